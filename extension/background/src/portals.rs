//! The portals' hosts, and links that begin a guide.

use handrail_messages::report::Refusal;

use crate::words;

/// Name and host of each portal. The first is the one that is opened when the tab is elsewhere.
pub(crate) const PORTALS: &[(&str, &str)] =
    &[("azure", "portal.azure.com"), ("entra", "entra.microsoft.com"), ("purview", "purview.microsoft.com")];

/// Where content scripts run during a guide: the portals and the host families of their frames.
pub(crate) const PATTERNS: &[&str] = &[
    "https://portal.azure.com/*",
    "https://*.portal.azure.com/*",
    "https://entra.microsoft.com/*",
    "https://purview.microsoft.com/*",
    "https://*.reactblade.portal.azure.net/*",
    "https://*.reactblade-ms.portal.azure.net/*",
    "https://*.reactblade-rc.portal.azure.net/*",
    "https://*.hosting.portal.azure.net/*",
];

/// The portal an address belongs to.
pub(crate) fn portal_of(url: &str) -> Option<&'static str> {
    let (origin, _) = split(url)?;
    let host = origin.strip_prefix("https://")?;
    PORTALS
        .iter()
        .find(|(_, h)| host == *h || host.strip_suffix(h).is_some_and(|sub| sub.ends_with('.')))
        .map(|(name, _)| *name)
}

/// The address of a portal's page.
pub(crate) fn address(portal: &str, path: &str) -> Option<String> {
    let (_, host) = PORTALS.iter().find(|(name, _)| *name == portal)?;
    let slash = if path.starts_with('/') { "" } else { "/" };
    Some(format!("https://{host}{slash}{path}"))
}

/// The tenant an address of the portal names: `#@contoso.onmicrosoft.com/…` or a first path part that is a domain
/// or a GUID.
pub(crate) fn tenant_in(url: &str) -> Option<String> {
    let (_, rest) = split(url)?;
    let (path, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let named = fragment.strip_prefix('@').and_then(|f| f.split('/').next());
    let first =
        path.split(['/', '?']).nth(1).filter(|p| p.contains('.') || (p.len() == 36 && p.contains('-')));
    named.or(first).filter(|t| !t.is_empty()).map(str::to_lowercase)
}

/// A view of the portal as an address names it: its blade and, in a menu, the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    blade: String,
    entry: Option<String>,
}

impl View {
    /// Whether this view, taken from a page's route, is what an address shows. A route without an entry stands for all.
    pub(crate) fn shows(&self, here: &Self) -> bool {
        self.blade == here.blade && (self.entry.is_none() || self.entry == here.entry)
    }
}

/// The view an address or a route names, in the new form (`#view/…/~/Entry/…`) or the old one (`#blade/…/Entry/…`).
pub(crate) fn view_of(address: &str) -> Option<View> {
    let (_, fragment) = address.split_once('#')?;
    let mut parts = fragment.split('/').skip_while(|p| p.is_empty() || p.starts_with('@'));
    let old = match parts.next()? {
        "view" => false,
        "blade" => true,
        _ => return None,
    };
    let (_extension, blade) = (parts.next()?, parts.next()?);
    let entry = match parts.next() {
        Some("~") => parts.next(),
        other => other.filter(|_| old),
    };
    let entry = entry.filter(|e| !e.is_empty()).map(str::to_owned);
    Some(View { blade: blade.to_owned(), entry })
}

/// A link that begins a guide: `https://<service>/g/<guide>#check=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) origin: String,
    pub(crate) guide: String,
    /// The checking service it names, if it names one.
    pub(crate) check: Option<String>,
}

/// Reads such a link.
pub(crate) fn link(url: &str) -> Option<Link> {
    let (origin, rest) = split(url)?;
    let origin = origin_of(&origin)?;
    let (path, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let path = path.split('?').next().unwrap_or_default();
    let guide = path.strip_prefix("/g/")?.trim_end_matches('/');
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if guide.is_empty() || !guide.chars().all(plain) {
        return None;
    }
    let check = fragment.split('&').find_map(|p| p.strip_prefix("check=")).map(decode);
    Some(Link { origin, guide: guide.to_owned(), check })
}

/// The service of a vendor's link, `https://<service>/l/<code>`. Who made the link and for which guide is proved elsewhere.
pub(crate) fn service_of_link(url: &str) -> Option<String> {
    let (origin, rest) = split(url)?;
    rest.strip_prefix("/l/").filter(|code| !code.is_empty())?;
    origin_of(&origin)
}

/// Where a link's values would be checked: its own origin, or an approved one it names. Any other is refused, and what
/// the organisation does not allow, which says so.
pub(crate) fn check_origin(
    link: &Link,
    approved: impl Fn(&str) -> bool,
    allowed: impl Fn(&str) -> Result<(), Refusal>,
) -> Result<String, Refusal> {
    let Some(named) = &link.check else {
        return allowed(&link.origin).map(|()| link.origin.clone());
    };
    let named = origin_of(named).ok_or_else(words::link_broken)?;
    allowed(&named)?;
    if named == link.origin || approved(&named) {
        Ok(named)
    } else {
        Err(words::link_other_origin(&link.origin, &named))
    }
}

/// The origin of an address, lower-case: https, or http on this machine.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    let (origin, _) = split(url)?;
    let origin = origin.to_lowercase();
    let (scheme, host) = origin.split_once("://")?;
    let name = host.split(':').next().unwrap_or_default();
    let port_ok = host.split_once(':').is_none_or(|(_, p)| p.parse::<u16>().is_ok());
    let host_ok = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        && !name.starts_with('.');
    let local = name == "127.0.0.1" || name == "localhost";
    (host_ok && port_ok && (scheme == "https" || (scheme == "http" && local))).then(|| {
        let bare = if scheme == "https" { host.strip_suffix(":443").unwrap_or(host) } else { host };
        format!("{scheme}://{bare}")
    })
}

/// Origin and the rest. An address with a user name in it is none.
fn split(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at_checked(end)?;
    (!host.contains('@')).then(|| (format!("{scheme}://{host}"), rest))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        let code = (b == b'%').then(|| {
            let mut ahead = rest.clone();
            let hex = [ahead.next()?, ahead.next()?];
            u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()
        });
        if let Some(Some(code)) = code {
            bytes.push(code);
            rest.next();
            rest.next();
        } else {
            bytes.push(b);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendors_link_names_its_service() {
        assert_eq!(
            service_of_link("https://Worker.example/l/ABC?x=1").as_deref(),
            Some("https://worker.example")
        );
        for other in
            ["https://worker.example/l/", "https://worker.example/g/l/x", "http://worker.example/l/x", "x"]
        {
            assert_eq!(service_of_link(other), None, "{other}");
        }
    }

    #[test]
    fn a_view_is_known_by_its_blade_and_entry() {
        let view = |a: &str| view_of(a).unwrap();
        let keys =
            view("/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/{client-id}");
        let old = "https://portal.azure.com/#blade/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/Credentials/appId/1";
        let tenant = "https://entra.microsoft.com/#@contoso.com/view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/1";
        assert!(keys.shows(&view(old)));
        assert!(!keys.shows(&view(tenant)));
        assert!(view("#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade").shows(&view(tenant)));
        assert_eq!(view_of("https://portal.azure.com/#home"), None);
        assert_eq!(view_of("https://portal.azure.com/"), None);
    }

    #[test]
    fn the_manifest_asks_for_these_hosts_and_no_others() {
        let manifest: serde_json::Value =
            serde_json::from_str(include_str!("../../static/manifest.json")).unwrap();
        let hosts: Vec<&str> =
            manifest["host_permissions"].as_array().unwrap().iter().filter_map(|h| h.as_str()).collect();
        assert_eq!(hosts, PATTERNS);
        let told = include_str!("../../../docs/store/permissions.md");
        let untold: Vec<_> = hosts.iter().filter(|host| !told.contains(&format!("`{host}`"))).collect();
        assert!(untold.is_empty(), "docs/store/permissions.md does not name {untold:?}");
    }

    #[test]
    fn portals_are_known_by_host() {
        assert_eq!(portal_of("https://portal.azure.com/#home"), Some("azure"));
        assert_eq!(portal_of("https://ms.portal.azure.com/"), Some("azure"));
        assert_eq!(portal_of("https://entra.microsoft.com/"), Some("entra"));
        assert_eq!(portal_of("https://portal.azure.com.evil.example/"), None);
        assert_eq!(portal_of("https://evilportal.azure.com/"), None);
        assert_eq!(portal_of("http://portal.azure.com/"), None);
        assert_eq!(portal_of("https://portal.azure.com@evil.example/"), None);
    }

    #[test]
    fn the_tenant_is_read_from_the_address() {
        assert_eq!(
            tenant_in("https://portal.azure.com/#@Contoso.onmicrosoft.com/home").as_deref(),
            Some("contoso.onmicrosoft.com")
        );
        assert_eq!(
            tenant_in("https://entra.microsoft.com/contoso.com/#home").as_deref(),
            Some("contoso.com")
        );
        assert_eq!(tenant_in("https://portal.azure.com/#view/X/Y"), None);
        assert_eq!(tenant_in("https://portal.azure.com/?a.b=c#home"), None);
    }

    #[test]
    fn a_link_is_read() {
        let l = link("https://check.example/g/some-guide?x=1#check=https%3A%2F%2Fcheck.example").unwrap();
        assert_eq!((l.origin.as_str(), l.guide.as_str()), ("https://check.example", "some-guide"));
        assert_eq!(l.check.as_deref(), Some("https://check.example"));
        assert_eq!(link("https://check.example/h/some-guide"), None);
        assert_eq!(link("https://check.example/g/../../x"), None);
        assert_eq!(link("http://check.example/g/some-guide"), None);
        assert!(link("http://127.0.0.1:8787/g/some-guide").is_some());
    }

    #[test]
    fn a_link_may_name_its_own_or_an_approved_service_only() {
        let to = |check: &str| link(&format!("https://a.example/g/x#check={check}")).unwrap();
        let none = link("https://a.example/g/x").unwrap();
        let approved = |o: &str| o == "https://ours.example";
        let check = |link: &Link| check_origin(link, approved, |_| Ok(())).map_err(|refusal| refusal.code);
        assert_eq!(check(&to("https://a.example/path")).unwrap(), "https://a.example");
        assert_eq!(check(&to("https://ours.example")).unwrap(), "https://ours.example");
        assert_eq!(check(&to("https://evil.example")).unwrap_err(), "link-other-origin");
        assert_eq!(check(&to("https://a.example@evil.example")).unwrap_err(), "link-broken");
        assert_eq!(check(&to("javascript:1")).unwrap_err(), "link-broken");
        assert_eq!(check(&none).unwrap(), "https://a.example");

        let ours = |o: &str| if approved(o) { Ok(()) } else { Err(words::policy_worker(o)) };
        let check = |link: &Link| check_origin(link, |_| true, ours).map_err(|refusal| refusal.code);
        assert_eq!(check(&to("https://ours.example")).unwrap(), "https://ours.example");
        for other in [none, to("https://a.example"), to("https://evil.example")] {
            assert_eq!(check(&other).unwrap_err(), "policy-worker", "{other:?}");
        }
    }
}
