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

#[cfg(test)]
mod tests {
    use super::{Cloud, hosts, is_issuer};

    #[test]
    fn no_host_outside_the_table() {
        assert_eq!(hosts().len(), 11);
        let known =
            |h: &&str| h.contains("microsoftonline.") || h.starts_with("manage") || h.contains("graph");
        assert!(hosts().iter().all(known));
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
