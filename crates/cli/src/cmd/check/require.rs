//! `--require`: permissions named on the command line instead of by a guide.

use anyhow::{Context, ensure};
use handrail_credential::guid;
use handrail_entra::{PROBES, Probe};
use handrail_guide::plan::{Requirements, TokenNeed};

/// Short names of APIs, the name the portal shows, and their application IDs.
const APIS: &[(&str, &str, &str)] = &[
    ("graph", "Microsoft Graph", "00000003-0000-0000-c000-000000000000"),
    ("management", "Office 365 Management APIs", "c5393580-f805-4401-95e8-94b7a6ef2fc2"),
    ("exchange", "Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"),
    ("sharepoint", "SharePoint", "00000003-0000-0ff1-ce00-000000000000"),
];

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
        let known = APIS.iter().find(|(short, _, id)| short.eq_ignore_ascii_case(api) || *id == api);
        let (name, app_id) = match known {
            Some((_, name, id)) => ((*name).to_owned(), (*id).to_owned()),
            None => {
                let id = guid(api).with_context(|| {
                    format!(
                        "`{api}` is no API: use graph, management, exchange, sharepoint or an application ID"
                    )
                })?;
                (format!("API {id}"), id)
            }
        };
        let found = requirements.tokens.iter_mut().find(|t| t.app_id == app_id);
        match found {
            Some(token) => token.roles.push(role.trim().to_owned()),
            None => {
                let resource = known.map_or_else(|| app_id.clone(), |(short, _, _)| (*short).to_owned());
                if resource == "management" {
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
    use super::{add, probes};
    use handrail_guide::plan::Requirements;

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
