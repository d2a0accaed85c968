//! The APIs that are known by more than their application ID: what a token is asked for with, and whom it is for.

use crate::cloud::Cloud;

/// An API whose names and hosts are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Microsoft Graph.
    Graph,
    /// The Office 365 Management Activity API.
    Management,
    /// Exchange Online.
    Exchange,
    /// SharePoint.
    SharePoint,
}

impl Api {
    /// All of them: those whose tokens are looked at for surplus permissions.
    pub const ALL: [Self; 4] = [Self::Graph, Self::Management, Self::Exchange, Self::SharePoint];

    /// Its name on the command line: `graph`, `management`, `exchange` or `sharepoint`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Management => "management",
            Self::Exchange => "exchange",
            Self::SharePoint => "sharepoint",
        }
    }

    /// Its application ID, the same in every cloud.
    #[must_use]
    pub const fn app_id(self) -> &'static str {
        match self {
            Self::Graph => "00000003-0000-0000-c000-000000000000",
            Self::Management => "c5393580-f805-4401-95e8-94b7a6ef2fc2",
            Self::Exchange => "00000002-0000-0ff1-ce00-000000000000",
            Self::SharePoint => "00000003-0000-0ff1-ce00-000000000000",
        }
    }

    /// Its name as the portal shows it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Graph => "Microsoft Graph",
            Self::Management => "Office 365 Management APIs",
            Self::Exchange => "Office 365 Exchange Online",
            Self::SharePoint => "SharePoint",
        }
    }

    /// The API with this application ID.
    #[must_use]
    pub fn of(app_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|api| api.app_id().eq_ignore_ascii_case(app_id))
    }
}

/// The identifier a token for this resource is asked for with; `None` where the cloud has no documented one.
pub(crate) fn scope(cloud: Cloud, app_id: &str) -> Option<String> {
    match Api::of(app_id) {
        Some(Api::Graph) => Some(format!("https://{}/.default", cloud.hosts().graph)),
        Some(Api::Management) => cloud.hosts().management_scope.map(|h| format!("https://{h}/.default")),
        // The application id is a resource identifier like any other, and the same in every cloud.
        _ => Some(format!("{app_id}/.default")),
    }
}

/// The hosts of Exchange Online in the clouds (Microsoft's lists of endpoints).
const EXCHANGE: &[&str] = &[
    "outlook.office.com",
    "outlook.office365.com",
    "outlook.office365.us",
    "outlook-dod.office365.us",
    "partner.outlook.cn",
];

/// Whether a token's audience is this resource in this cloud: its application id or one of its addresses.
pub(crate) fn is_audience(cloud: Cloud, app_id: &str, aud: &str) -> bool {
    let hosts = cloud.hosts();
    let bare = aud.strip_prefix("https://").unwrap_or(aud).trim_end_matches('/');
    let named = match Api::of(app_id) {
        Some(Api::Graph) => bare == hosts.graph,
        Some(Api::Management) => Some(bare) == hosts.management || Some(bare) == hosts.management_scope,
        Some(Api::Exchange) => EXCHANGE.contains(&bare),
        // SharePoint adds its host and the directory: `<id>/contoso.sharepoint.com@<tenant>`.
        Some(Api::SharePoint) => bare.split_once('/').is_some_and(|(id, _)| id.eq_ignore_ascii_case(app_id)),
        _ => false,
    };
    named || bare.strip_prefix("spn:").unwrap_or(bare).eq_ignore_ascii_case(app_id)
}

#[cfg(test)]
mod tests {
    use super::{Api, is_audience, scope};
    use crate::cloud::Cloud;

    const GRAPH: &str = Api::Graph.app_id();
    const MANAGEMENT: &str = Api::Management.app_id();

    #[test]
    fn scopes_per_cloud() {
        assert_eq!(scope(Cloud::Gcc, MANAGEMENT).as_deref(), Some("https://manage.office.com/.default"));
        assert_eq!(scope(Cloud::China, MANAGEMENT), None);
        assert_eq!(scope(Cloud::Dod, GRAPH).as_deref(), Some("https://dod-graph.microsoft.us/.default"));
    }

    #[test]
    fn audiences_in_their_spellings() {
        for aud in ["https://manage.office.com", "https://manage.office.com/", MANAGEMENT] {
            assert!(is_audience(Cloud::Worldwide, MANAGEMENT, aud), "{aud}");
        }
        for aud in ["https://graph.microsoft.com", "https://manage.office.com.evil.example", ""] {
            assert!(!is_audience(Cloud::Worldwide, MANAGEMENT, aud), "{aud}");
        }
        let exchange = Api::Exchange.app_id();
        assert!(is_audience(
            Cloud::Worldwide,
            Api::SharePoint.app_id(),
            "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@x"
        ));
        assert!(is_audience(Cloud::Worldwide, exchange, "https://outlook.office365.com/"));
        assert!(!is_audience(Cloud::Worldwide, exchange, "https://outlook.office.evil.example"));
        assert!(is_audience(
            Cloud::Worldwide,
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950e"
        ));
    }
}
