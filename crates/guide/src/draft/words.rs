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

/// A control of the catalogue, and what people say instead of its labels.
struct Named {
    page: &'static str,
    control: &'static str,
    more: &'static [&'static str],
}

const SECRET: Named = Named {
    page: "certificates-secrets",
    control: "new-client-secret",
    more: &[
        "client secret",
        "secret key",
        "key value",
        "application key",
        "geheimer clientschlüssel",
        "clientgeheimnis",
    ],
};
const SECRETS: Named = Named { page: "certificates-secrets", control: "client-secrets", more: &[] };
const REGISTERS: Named = Named {
    page: "app-registrations",
    control: "new-registration",
    more: &[
        "new registration",
        "register an application",
        "application registration",
        "register a new app",
        "app registration",
        "app-registrierung",
    ],
};
const REGISTER_BUTTON: Named = Named { page: "register-application", control: "register", more: &[] };
const CLIENT_ID: Named = Named {
    page: "app-overview",
    control: "client-id",
    more: &["clientid", "client id", "application id", "app id", "client-id", "anwendungs-id"],
};
const TENANT_ID: Named = Named {
    page: "app-overview",
    control: "tenant-id",
    more: &["tenantid", "tenant id", "directory id", "tenant-id", "verzeichnis-id", "mandanten-id"],
};
const APPLICATION: Named = Named {
    page: "request-api-permissions",
    control: "application-permissions",
    more: &["application permission", "app permission", "app-only permission"],
};
const DELEGATED: Named = Named {
    page: "request-api-permissions",
    control: "delegated-permissions",
    more: &["delegated permission"],
};
const CONSENT: Named = Named {
    page: "api-permissions",
    control: "grant-admin-consent",
    more: &[
        "admin consent",
        "administrative consent",
        "administratorzustimmung",
        "administratoreinwilligung",
        "zustimmung des administrators",
    ],
};
const EXPIRES: Named = Named {
    page: "add-client-secret",
    control: "expires",
    more: &["expire", "expiration", "expiry", "duration", "months", "läuft ab", "ablauf", "monate", "gültig"],
};
const REDIRECT: Named = Named {
    page: "register-application",
    control: "redirect-uri",
    more: &["redirect", "reply url", "umleitungs"],
};

impl Named {
    fn words(&self, library: &Library) -> Vec<String> {
        let part = library.pages.get(self.page).and_then(|page| page.file.controls.get(self.control));
        let labels = part.into_iter().flat_map(|part| part.label.values()).flat_map(|labels| labels.list());
        let labels = labels.filter(|text| !text.contains("${")).map(|text| text.to_lowercase());
        let more = self.more.iter().map(ToString::to_string);
        more.chain(labels).filter(|word| word.chars().count() > 1).collect()
    }
}

impl Words {
    /// The words of this catalogue.
    pub(crate) fn new(library: &Library) -> Self {
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
        Self {
            secret: [SECRET.words(library), SECRETS.words(library)].concat(),
            registers: REGISTERS.words(library),
            register_button: REGISTER_BUTTON.words(library),
            client_id: CLIENT_ID.words(library),
            tenant_id: TENANT_ID.words(library),
            application: APPLICATION.words(library),
            delegated: DELEGATED.words(library),
            consent: CONSENT.words(library),
            expires: EXPIRES.words(library),
            redirect: REDIRECT.words(library),
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_control_that_is_named_is_in_the_catalogue() {
        let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        for named in [
            SECRET,
            SECRETS,
            REGISTERS,
            REGISTER_BUTTON,
            CLIENT_ID,
            TENANT_ID,
            APPLICATION,
            DELEGATED,
            CONSENT,
            EXPIRES,
            REDIRECT,
        ] {
            let page = &library.pages[named.page].file;
            assert!(page.controls.contains_key(named.control), "{}.{}", named.page, named.control);
        }
    }
}
