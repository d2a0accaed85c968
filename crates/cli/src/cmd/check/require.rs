//! `--require`: permissions named on the command line instead of by a guide.

use anyhow::{Context, ensure};
use handrail_credential::guid;
use handrail_entra::{Api, PROBES, Probe};
use handrail_guide::plan::{Requirements, TokenNeed};

/// The probes by name; `all` stands for those whose permissions are required. A probe's API has to be among the tokens.
pub(super) fn probes(requirements: &mut Requirements, wanted: &[String]) -> anyhow::Result<()> {
    for name in wanted {
        if name == "all" {
            let fits = |probe: &&Probe| {
                let mut asked =
                    requirements.tokens.iter().filter(|t| t.app_id.eq_ignore_ascii_case(probe.app_id()));
                asked.any(|t| t.roles.iter().any(|role| probe.roles.contains(&role.as_str())))
            };
            let all: Vec<String> = PROBES.iter().filter(fits).map(|probe| probe.name.to_owned()).collect();
            requirements.probes.extend(all);
        } else {
            ensure!(
                Probe::named(name).is_some(),
                "there is no probe `{name}`; `handrail check --probes` lists them"
            );
            requirements.probes.push(name.clone());
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    requirements.probes.retain(|name| seen.insert(name.clone()));
    Ok(())
}

/// The list of probes for people: what each reads, shows and does not show.
pub(super) fn list() -> String {
    let row = |probe: &Probe| {
        format!(
            "{}\n  reads   {}\n  needs   {} ({})\n  proves  {}\n  but not {}\n",
            probe.name,
            probe.reads,
            probe.roles.join(" or "),
            probe.api(),
            probe.proves,
            probe.not
        )
    };
    PROBES.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Adds what is required to the tokens that are asked for. The Management API's subscriptions are looked at as well, since
/// that read changes nothing and shows whether audit logging is there.
pub(super) fn add(requirements: &mut Requirements, wanted: &[String]) -> anyhow::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    requirements.tokens.clear();
    for text in wanted {
        let (api, role) = text.split_once(':').context("--require takes `API:PERMISSION`")?;
        ensure!(!role.trim().is_empty(), "--require takes `API:PERMISSION`");
        let mut all = Api::ALL.into_iter();
        let known = all.find(|one| one.name().eq_ignore_ascii_case(api)).or_else(|| Api::of(api));
        let (name, app_id) = match known {
            Some(known) => (known.label().to_owned(), known.app_id().to_owned()),
            None => {
                let id = guid(api).with_context(|| {
                    let names = Api::ALL.map(Api::name).join(", ");
                    format!("`{api}` is no API: use {names} or an application ID")
                })?;
                (format!("API {id}"), id)
            }
        };
        let found = requirements.tokens.iter_mut().find(|t| t.app_id == app_id);
        match found {
            Some(token) => token.roles.push(role.trim().to_owned()),
            None => {
                let resource = known.map_or_else(|| app_id.clone(), |known| known.name().to_owned());
                if known == Some(Api::Management) {
                    requirements.probes.push("management-subscriptions".to_owned());
                }
                requirements.tokens.push(TokenNeed {
                    resource,
                    name,
                    app_id,
                    roles: vec![role.trim().to_owned()],
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Probe, add, probes};
    use handrail_guide::plan::Requirements;

    /// A probe that the catalogue names and nobody knows would be left out of every check, in silence.
    #[test]
    fn every_probe_of_the_catalogue_is_one_of_its_api() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let library = handrail_guide::load::Library::load(root).unwrap();
        let mut found = 0;
        for (key, resource) in &library.resources {
            for name in &resource.file.probes {
                let probe = Probe::named(name).unwrap();
                assert!(probe.app_id().eq_ignore_ascii_case(&resource.file.app_id), "{key}: {name}");
                found += 1;
            }
        }
        assert!(found > 0);
    }

    #[test]
    fn permissions_are_grouped_by_api() {
        let mut requirements = Requirements::default();
        let wanted = ["graph:User.Read.All", "management:ActivityFeed.Read", "graph:Group.Read.All"];
        add(&mut requirements, &wanted.map(str::to_owned)).unwrap();
        let roles: Vec<_> =
            requirements.tokens.iter().map(|t| (t.resource.as_str(), t.roles.len())).collect();
        assert_eq!(roles, [("graph", 2), ("management", 1)]);
        assert_eq!(requirements.probes, ["management-subscriptions"]);
        probes(&mut requirements, &["all".to_owned(), "graph-organization".to_owned()]).unwrap();
        assert_eq!(requirements.probes[0], "management-subscriptions");
        assert!(requirements.probes.contains(&"graph-users".to_owned()), "{:?}", requirements.probes);
        assert!(!requirements.probes.contains(&"graph-sites".to_owned()));
        assert_eq!(requirements.probes.iter().filter(|p| *p == "management-subscriptions").count(), 1);
        assert!(probes(&mut requirements, &["graph-mail".to_owned()]).is_err());
        assert!(add(&mut requirements, &["mail:X".to_owned()]).is_err());
        assert!(add(&mut requirements, &["graph".to_owned()]).is_err());
    }
}
