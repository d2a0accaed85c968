//! Directory roles in a token: no permissions, and at times more than any permission.

/// Directory roles that are met most, by the ids of their templates (Entra's reference of built-in roles).
const DIRECTORY_ROLES: &[(&str, &str)] = &[
    ("62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
    ("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader"),
    ("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator"),
    ("158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator"),
    ("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"),
    ("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator"),
    ("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator"),
    ("f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"),
    ("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"),
    ("5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader"),
    ("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers"),
];

/// In every token of an app: it stands for nothing.
const NO_ROLE: &str = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";

/// The names of directory roles in a token, or their ids; the one that stands for nothing left out.
pub(crate) fn directory_roles(wids: &[String]) -> Vec<String> {
    let ids = wids.iter().filter_map(|wid| handrail_credential::guid(wid)).filter(|id| id != NO_ROLE);
    ids.map(|id| {
        DIRECTORY_ROLES.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| (*name).to_owned())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::directory_roles;

    #[test]
    fn directory_roles_have_names() {
        let wids = [
            "0997a1d0-0d1d-4acb-b408-d5ca73121e90",
            "62e90394-69f5-4237-9190-012177145e10",
            "no id",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
        ];
        let names = directory_roles(&wids.map(str::to_owned));
        assert_eq!(names, ["Global Administrator", "0f8fad5b-d9cb-469f-a165-70867728950e"]);
    }
}
