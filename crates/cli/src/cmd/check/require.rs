//! `--require`: permissions named on the command line instead of by a guide.

use anyhow::{Context, ensure};
use handrail_credential::guid;
use handrail_guide::plan::{Requirements, TokenNeed};

/// Short names of APIs, the name the portal shows, and their application IDs.
const APIS: &[(&str, &str, &str)] = &[
    ("graph", "Microsoft Graph", "00000003-0000-0000-c000-000000000000"),
    ("management", "Office 365 Management APIs", "c5393580-f805-4401-95e8-94b7a6ef2fc2"),
    ("exchange", "Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"),
    ("sharepoint", "SharePoint", "00000003-0000-0ff1-ce00-000000000000"),
];

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
    use super::add;
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
        assert!(add(&mut requirements, &["mail:X".to_owned()]).is_err());
        assert!(add(&mut requirements, &["graph".to_owned()]).is_err());
    }
}
