//! The words by which a document's steps and values are recognised: what the portal catalogue calls them, in every
//! language it knows, and what people say instead.

use std::collections::BTreeSet;

use crate::load::Library;

/// The words for one run over a document.
pub(crate) struct Words {
    pub(crate) registers: Vec<String>,
    pub(crate) register_button: Vec<String>,
    pub(crate) secret: Vec<String>,
    pub(crate) client_id: Vec<String>,
    pub(crate) tenant_id: Vec<String>,
    pub(crate) application: Vec<String>,
    pub(crate) delegated: Vec<String>,
    pub(crate) consent: Vec<String>,
    pub(crate) expires: Vec<String>,
    pub(crate) redirect: Vec<String>,
    /// Words of the portals, which are nobody's product.
    pub(crate) portal: BTreeSet<String>,
}

/// Words of Microsoft's and of guides in general.
const COMMON: &[&str] = &[
    "microsoft",
    "office365",
    "o365",
    "score",
    "azure",
    "office",
    "entra",
    "active",
    "directory",
    "graph",
    "exchange",
    "online",
    "sharepoint",
    "powershell",
    "outlook",
    "teams",
    "windows",
    "admin",
    "administrator",
    "global",
    "portal",
    "tenant",
    "mfa",
    "api",
    "apis",
    "url",
    "uri",
    "id",
    "ids",
    "oauth",
    "note",
    "step",
    "steps",
    "click",
    "select",
    "open",
    "enter",
    "copy",
    "press",
    "this",
    "the",
    "you",
    "your",
    "if",
    "once",
    "when",
    "for",
    "after",
    "before",
    "please",
    "management",
    "application",
    "applications",
    "integration",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "read",
    "write",
    "only",
    "https",
    "http",
    "json",
    "html",
    "pdf",
    "ad",
    "adfs",
    "imap",
    "smtp",
    "pop",
    "conditional",
    "access",
    "multi-factor",
    "authentication",
    "authenticator",
    "google",
    "security",
    "compliance",
    "center",
    "user",
    "users",
    "yes",
    "no",
    "ok",
    "next",
    "save",
    "add",
    "create",
    "new",
    "example",
    "introduction",
    "overview",
    "prerequisites",
    "summary",
    "sie",
    "die",
    "der",
    "das",
    "ein",
    "eine",
    "und",
    "in",
    "im",
    "wenn",
    "klicken",
    "wählen",
];

impl Words {
    /// The words of this catalogue.
    pub(crate) fn new(library: &Library) -> Self {
        let of = |page: &str, control: &str, more: &[&str]| {
            let mut words = more.iter().map(ToString::to_string).collect::<Vec<_>>();
            let part = library.pages.get(page).and_then(|page| page.file.controls.get(control));
            let labels =
                part.into_iter().flat_map(|part| part.label.values()).flat_map(|labels| labels.list());
            words.extend(labels.filter(|text| !text.contains("${")).map(|text| text.to_lowercase()));
            words.retain(|word| word.chars().count() > 1);
            words
        };
        let texts = library.pages.values().flat_map(|page| {
            let controls = page.file.controls.values();
            let labels = controls.flat_map(|c| c.label.values()).flat_map(|labels| labels.list());
            labels.chain([page.file.title.clone(), page.file.menu.clone()])
        });
        let names = library.resources.values().map(|resource| resource.file.name.clone());
        let portal = texts
            .chain(names)
            .flat_map(|text| text.split_whitespace().map(plain).collect::<Vec<_>>())
            .chain(COMMON.iter().map(ToString::to_string))
            .collect();
        let mut secret = of(
            "certificates-secrets",
            "new-client-secret",
            &[
                "client secret",
                "secret key",
                "key value",
                "application key",
                "geheimer clientschlüssel",
                "clientgeheimnis",
            ],
        );
        secret.extend(of("certificates-secrets", "client-secrets", &[]));
        Self {
            registers: of(
                "app-registrations",
                "new-registration",
                &[
                    "new registration",
                    "register an application",
                    "application registration",
                    "register a new app",
                    "app registration",
                    "app-registrierung",
                ],
            ),
            register_button: of("register-application", "register", &[]),
            secret,
            client_id: of(
                "app-overview",
                "client-id",
                &["clientid", "client id", "application id", "app id", "client-id", "anwendungs-id"],
            ),
            tenant_id: of(
                "app-overview",
                "tenant-id",
                &["tenantid", "tenant id", "directory id", "tenant-id", "verzeichnis-id", "mandanten-id"],
            ),
            application: of(
                "request-api-permissions",
                "application-permissions",
                &["application permission", "app permission", "app-only permission"],
            ),
            delegated: of("request-api-permissions", "delegated-permissions", &["delegated permission"]),
            consent: of(
                "api-permissions",
                "grant-admin-consent",
                &[
                    "admin consent",
                    "administrative consent",
                    "administratorzustimmung",
                    "administratoreinwilligung",
                    "zustimmung des administrators",
                ],
            ),
            expires: of(
                "add-client-secret",
                "expires",
                &[
                    "expire",
                    "expiration",
                    "expiry",
                    "duration",
                    "months",
                    "läuft ab",
                    "ablauf",
                    "monate",
                    "gültig",
                ],
            ),
            redirect: of("register-application", "redirect-uri", &["redirect", "reply url", "umleitungs"]),
            portal,
        }
    }
}

/// A word in lower case, without what stands around it.
pub(crate) fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether one of the words is in a line of lower case.
pub(crate) fn any(line: &str, words: &[String]) -> bool {
    words.iter().any(|word| line.contains(word.as_str()))
}
