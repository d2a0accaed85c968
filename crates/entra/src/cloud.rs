//! Microsoft's clouds: a closed table of hosts. What is not documented for one is `None`, not guessed.

/// A Microsoft cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// The commercial cloud.
    Worldwide,
    /// US government, moderate: the commercial sign-in host with its own Management API host.
    Gcc,
    /// US government, L4.
    GccHigh,
    /// US Department of Defense, L5.
    Dod,
    /// Operated by 21Vianet in China.
    China,
}

/// The hosts of one cloud.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hosts {
    pub(crate) login: &'static str,
    pub(crate) graph: &'static str,
    /// Where the Management API is called.
    pub(crate) management: Option<&'static str>,
    /// What a token for the Management API is asked for; GCC answers to the worldwide name.
    pub(crate) management_scope: Option<&'static str>,
}

impl Cloud {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Worldwide, Self::Gcc, Self::GccHigh, Self::Dod, Self::China];

    /// The cloud with this name (`worldwide`, `gcc`, `gcc-high`, `dod`, `china`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }

    /// Its name, as requests and reports spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Worldwide => "worldwide",
            Self::Gcc => "gcc",
            Self::GccHigh => "gcc-high",
            Self::Dod => "dod",
            Self::China => "china",
        }
    }

    /// Its name as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Worldwide => "Microsoft's worldwide cloud",
            Self::Gcc => "Microsoft 365 GCC",
            Self::GccHigh => "Microsoft 365 GCC High",
            Self::Dod => "Microsoft 365 DoD",
            Self::China => "Microsoft 365 operated by 21Vianet",
        }
    }

    /// Its sign-in host.
    #[must_use]
    pub const fn login_host(self) -> &'static str {
        self.hosts().login
    }

    /// What it calls itself in the audience of a federated credential's token (Microsoft Graph, federatedIdentityCredential).
    #[must_use]
    pub const fn federated_audience(self) -> &'static str {
        match self {
            Self::Worldwide | Self::Gcc => "api://AzureADTokenExchange",
            Self::GccHigh | Self::Dod => "api://AzureADTokenExchangeUSGov",
            Self::China => "api://AzureADTokenExchangeChina",
        }
    }

    /// Its hosts (MSAL's known metadata; Management Activity API reference).
    pub(crate) const fn hosts(self) -> Hosts {
        match self {
            Self::Worldwide => Hosts {
                login: "login.microsoftonline.com",
                graph: "graph.microsoft.com",
                management: Some("manage.office.com"),
                management_scope: Some("manage.office.com"),
            },
            Self::Gcc => Hosts {
                login: "login.microsoftonline.com",
                graph: "graph.microsoft.com",
                management: Some("manage-gcc.office.com"),
                management_scope: Some("manage.office.com"),
            },
            Self::GccHigh => Hosts {
                login: "login.microsoftonline.us",
                graph: "graph.microsoft.us",
                management: Some("manage.office365.us"),
                management_scope: Some("manage.office365.us"),
            },
            Self::Dod => Hosts {
                login: "login.microsoftonline.us",
                graph: "dod-graph.microsoft.us",
                management: Some("manage.protection.apps.mil"),
                management_scope: Some("manage.protection.apps.mil"),
            },
            Self::China => Hosts {
                login: "login.partner.microsoftonline.cn",
                graph: "microsoftgraph.chinacloudapi.cn",
                management: None,
                management_scope: None,
            },
        }
    }

    /// The cloud a discovery document speaks of, where it says so.
    pub(crate) fn told_by(instance: Option<&str>, region: Option<&str>, sub: Option<&str>) -> Option<Self> {
        match (instance, region, sub) {
            (_, Some("USGov"), Some("DOD")) => Some(Self::Dod),
            (_, Some("USGov"), _) | (Some("microsoftonline.us"), ..) => Some(Self::GccHigh),
            (Some("partner.microsoftonline.cn" | "microsoftonline.cn"), ..) => Some(Self::China),
            (Some("microsoftonline.com"), _, Some("GCC")) => Some(Self::Gcc),
            (Some("microsoftonline.com"), ..) => Some(Self::Worldwide),
            _ => None,
        }
    }
}

/// Every host a request can go to, for allow-lists.
#[must_use]
pub fn hosts() -> Vec<&'static str> {
    let mut all: Vec<&str> = Cloud::ALL
        .into_iter()
        .map(Cloud::hosts)
        .flat_map(|h| [Some(h.login), Some(h.graph), h.management])
        .flatten()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether an address is the page on which an administrator consents to an app, at a sign-in host of the table.
#[must_use]
pub fn is_consent_page(address: &str) -> bool {
    Cloud::ALL.into_iter().any(|cloud| {
        let path = address.strip_prefix("https://").and_then(|rest| rest.strip_prefix(cloud.hosts().login));
        let path = path.and_then(|rest| rest.strip_prefix('/')).and_then(|rest| rest.split_once('/'));
        path.is_some_and(|(tenant, page)| {
            let named = !tenant.is_empty()
                && tenant.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
            named && (page.starts_with("adminconsent?") || page.starts_with("v2.0/adminconsent?"))
        })
    })
}

/// Whether this is one of [`hosts`].
pub(crate) fn is_host(name: &str) -> bool {
    let is = |hosts: Hosts| hosts.login == name || hosts.graph == name || hosts.management == Some(name);
    Cloud::ALL.into_iter().map(Cloud::hosts).any(is)
}

/// A resource whose names and hosts are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Graph,
    Management,
    Exchange,
    SharePoint,
}

impl Known {
    /// The resources whose tokens are looked at for surplus permissions.
    pub(crate) const ALL: [Self; 4] = [Self::Graph, Self::Management, Self::Exchange, Self::SharePoint];

    pub(crate) const fn app_id(self) -> &'static str {
        match self {
            Self::Graph => "00000003-0000-0000-c000-000000000000",
            Self::Management => "c5393580-f805-4401-95e8-94b7a6ef2fc2",
            Self::Exchange => "00000002-0000-0ff1-ce00-000000000000",
            Self::SharePoint => "00000003-0000-0ff1-ce00-000000000000",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Graph => "Microsoft Graph",
            Self::Management => "Office 365 Management APIs",
            Self::Exchange => "Office 365 Exchange Online",
            Self::SharePoint => "SharePoint",
        }
    }

    pub(crate) fn of(app_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.app_id().eq_ignore_ascii_case(app_id))
    }
}

/// The identifier a token for this resource is asked for with; `None` where the cloud has no documented one.
pub(crate) fn scope(cloud: Cloud, app_id: &str) -> Option<String> {
    match Known::of(app_id) {
        Some(Known::Graph) => Some(format!("https://{}/.default", cloud.hosts().graph)),
        Some(Known::Management) => cloud.hosts().management_scope.map(|h| format!("https://{h}/.default")),
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

/// Hosts that tokens of version 1.0 name as their issuer; those of version 2.0 name the sign-in host.
const ISSUERS: &[&str] = &["sts.windows.net", "sts.chinacloudapi.cn"];

/// Whether this is Microsoft's issuer for the directory, in either version's form.
pub(crate) fn is_issuer(iss: &str, tenant: &str) -> bool {
    let mut parts = iss.strip_prefix("https://").unwrap_or_default().trim_end_matches('/').split('/');
    let host = parts.next().unwrap_or_default();
    let known = ISSUERS.contains(&host) || Cloud::ALL.iter().any(|c| c.hosts().login == host);
    let same = parts.next().is_some_and(|id| id.eq_ignore_ascii_case(tenant));
    known && same && matches!(parts.next(), None | Some("v2.0")) && parts.next().is_none()
}

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

/// Whether a token's audience is this resource in this cloud: its application id or one of its addresses.
pub(crate) fn is_audience(cloud: Cloud, app_id: &str, aud: &str) -> bool {
    let hosts = cloud.hosts();
    let bare = aud.strip_prefix("https://").unwrap_or(aud).trim_end_matches('/');
    let named = match Known::of(app_id) {
        Some(Known::Graph) => bare == hosts.graph,
        Some(Known::Management) => Some(bare) == hosts.management || Some(bare) == hosts.management_scope,
        Some(Known::Exchange) => EXCHANGE.contains(&bare),
        // SharePoint adds its host and the directory: `<id>/contoso.sharepoint.com@<tenant>`.
        Some(Known::SharePoint) => {
            bare.split_once('/').is_some_and(|(id, _)| id.eq_ignore_ascii_case(app_id))
        }
        _ => false,
    };
    named || bare.strip_prefix("spn:").unwrap_or(bare).eq_ignore_ascii_case(app_id)
}

#[cfg(test)]
mod tests {
    use super::{Cloud, Known, directory_roles, hosts, is_audience, is_issuer, scope};

    const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
    const MANAGEMENT: &str = "c5393580-f805-4401-95e8-94b7a6ef2fc2";

    #[test]
    fn no_host_outside_the_table() {
        assert_eq!(hosts().len(), 11);
        let known =
            |h: &&str| h.contains("microsoftonline.") || h.starts_with("manage") || h.contains("graph");
        assert!(hosts().iter().all(known));
    }

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
        let exchange = Known::Exchange.app_id();
        assert!(is_audience(Cloud::Worldwide, exchange, "https://outlook.office365.com/"));
        assert!(!is_audience(Cloud::Worldwide, exchange, "https://outlook.office.evil.example"));
        assert!(is_audience(
            Cloud::Worldwide,
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950e"
        ));
    }

    #[test]
    fn consent_pages_are_microsoft_s_alone() {
        for right in [
            "https://login.microsoftonline.com/organizations/adminconsent?client_id=x",
            "https://login.microsoftonline.us/5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b/v2.0/adminconsent?client_id=x",
        ] {
            assert!(super::is_consent_page(right), "{right}");
        }
        for wrong in [
            "https://login.microsoftonline.com.evil.test/organizations/adminconsent?x",
            "https://login.microsoftonline.com@evil.test/x/adminconsent?x",
            "http://login.microsoftonline.com/organizations/adminconsent?x",
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?x",
            "https://login.microsoftonline.com//adminconsent?x",
            "https://login.microsoftonline.com/adminconsent",
        ] {
            assert!(!super::is_consent_page(wrong), "{wrong}");
        }
    }

    #[test]
    fn issuers_of_both_versions() {
        let tenant = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
        for host in [
            "sts.windows.net",
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "sts.chinacloudapi.cn",
        ] {
            for end in ["", "/", "/v2.0"] {
                assert!(is_issuer(&format!("https://{host}/{tenant}{end}"), tenant), "{host}{end}");
            }
        }
        for iss in [
            "",
            "https://sts.windows.net/",
            "https://evil.example/5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b/",
            tenant,
        ] {
            assert!(!is_issuer(iss, tenant), "{iss}");
        }
        assert!(!is_issuer("https://sts.windows.net/0f8fad5b-d9cb-469f-a165-70867728950e/", tenant));
    }

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
        assert!(is_audience(
            Cloud::Worldwide,
            Known::SharePoint.app_id(),
            "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@x"
        ));
    }

    #[test]
    fn discovery_names_the_cloud() {
        assert_eq!(Cloud::told_by(Some("microsoftonline.com"), Some("EU"), None), Some(Cloud::Worldwide));
        assert_eq!(Cloud::told_by(Some("microsoftonline.com"), Some("NA"), Some("GCC")), Some(Cloud::Gcc));
        assert_eq!(
            Cloud::told_by(Some("microsoftonline.us"), Some("USGov"), Some("DODCON")),
            Some(Cloud::GccHigh)
        );
        assert_eq!(Cloud::told_by(Some("microsoftonline.us"), Some("USGov"), Some("DOD")), Some(Cloud::Dod));
        assert_eq!(Cloud::told_by(None, None, None), None);
    }
}
