//! The one table of what is said to people about a pasted value: code, severity, what it is, what to do.
//!
//! Codes are forever: journeys, reports and translations name them. A `{…}` in a text is filled by the check.

use crate::check::Kind;
use crate::guess::SLIPS;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was cleaned, or is worth knowing. Nothing to do.
    Note,
    /// Unusual; may well be right.
    Doubt,
    /// Almost certainly wrong. The person may still say "use it anyway".
    Warning,
    /// Cannot be used at all: nothing is there, or it is no ID. Never given to a client secret on its looks.
    Stop,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Stable code.
    pub code: &'static str,
    /// Its weight.
    pub severity: Severity,
    /// What was found.
    pub what: &'static str,
    /// What to do now; empty when there is nothing to do.
    pub next: &'static str,
}

/// Something found in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable code of the catalogue.
    pub code: &'static str,
    /// Its weight.
    pub severity: Severity,
    /// What its words put in: a number, or names of kinds with blanks between; mostly nothing. Never the value.
    pub n: String,
}

impl Finding {
    /// What was found, in one sentence of English. Never holds the value.
    #[must_use]
    pub fn what(&self) -> String {
        let parts = self.n.split(' ');
        let n: Vec<&str> = parts.map(|part| Kind::named(part).map_or(part, |kind| kind.label())).collect();
        self.words().map_or("This looks unusual.", |row| row.what).replace("{n}", &n.join(" and "))
    }

    /// What to do now, in English; empty when there is nothing to do.
    #[must_use]
    pub fn next(&self) -> &'static str {
        self.words().map_or("", |row| row.next)
    }

    fn words(&self) -> Option<&'static Entry> {
        CATALOGUE.iter().find(|row| row.code == self.code)
    }

    /// Whether the finding stands in the way until the person overrules or mends it.
    #[must_use]
    pub fn objects(&self) -> bool {
        self.severity >= Severity::Warning
    }
}

/// A finding by its code; `{n}` in its words becomes `n`.
pub(crate) fn finding(code: &'static str, n: &str) -> Finding {
    let severity =
        WEIGHTS.iter().find(|(row, _)| *row == code).map_or(Severity::Doubt, |(_, weight)| *weight);
    Finding { code, severity, n: n.to_owned() }
}

/// The weights alone: a program that says findings in another language carries none of the words below.
#[allow(clippy::indexing_slicing, reason = "at compile time, within the bounds")]
static WEIGHTS: [(&str, Severity); CATALOGUE.len()] = {
    let mut all = [("", Severity::Note); CATALOGUE.len()];
    let mut n = 0;
    while n < CATALOGUE.len() {
        all[n] = (CATALOGUE[n].code, CATALOGUE[n].severity);
        n += 1;
    }
    all
};

/// A message in Fluent's syntax, as `locales/` has them: what happened, and `next`, what to do.
#[must_use]
pub fn message(id: &str, what: &str, next: &str) -> String {
    let fluent = |text: &str| text.replace('{', "{ $").replace('}', " }");
    let next = if next.is_empty() { String::new() } else { format!("    .next = {}\n", fluent(next)) };
    format!("{id} = {}\n{next}", fluent(what))
}

/// Everything said here as messages, for those who say it in another language: `finding-<code>`, `slip-<code>` and
/// `label-<kind>`.
#[must_use]
pub fn messages() -> String {
    let findings = CATALOGUE.iter().map(|row| message(&format!("finding-{}", row.code), row.what, row.next));
    let slips = SLIPS.iter().map(|(code, words)| message(code, words, ""));
    let labels =
        Kind::ALL.iter().map(|(kind, name)| message(&format!("label-{name}"), &capital(kind.label()), ""));
    findings.chain(slips).chain(labels).collect()
}

/// With a capital first letter, for the beginning of a sentence.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

const fn note(code: &'static str, what: &'static str) -> Entry {
    Entry { code, severity: Severity::Note, what, next: "" }
}

const fn doubt(code: &'static str, what: &'static str, next: &'static str) -> Entry {
    Entry { code, severity: Severity::Doubt, what, next }
}

const fn warning(code: &'static str, what: &'static str, next: &'static str) -> Entry {
    Entry { code, severity: Severity::Warning, what, next }
}

const fn stop(code: &'static str, what: &'static str, next: &'static str) -> Entry {
    Entry { code, severity: Severity::Stop, what, next }
}

const COPY_VALUE: &str = "Copy the **Value** again, with the copy button beside it. It is shown only once: if it is gone, make a new client secret.";

/// Everything that can be said about a value.
pub const CATALOGUE: &[Entry] = &[
    // What was cleaned.
    note("cleaned-space", "Blanks or line breaks around it were removed."),
    note("cleaned-invisible", "Invisible characters were removed."),
    note("cleaned-inner-space", "A line break or blank inside it was removed."),
    note("cleaned-look-alike", "A character that only looks like **~** or **-** was put right."),
    note("cleaned-escape", "Backslashes or codes that a text editor had put in were removed."),
    note("cleaned-wrapping", "Quotes, brackets or words around it were removed."),
    note("cleaned-row", "A whole row was pasted; the part that belongs here was taken."),
    note("cleaned-twice", "It was pasted twice; one of the two was kept."),
    note("cleaned-pairs", "Colons or blanks between its digits were removed."),
    note(
        "id-unnamed",
        "This is an ID: of a directory, an app, an object or a secret. Its name is needed to tell which.",
    ),
    note("cleaned-guid", "The ID was written without its dashes; they were added."),
    note("cleaned-domain", "Only the domain was taken from what was pasted."),
    // Every kind.
    stop("empty", "There is nothing here.", "Copy the value again and paste it."),
    stop(
        "placeholder-left",
        "This is a placeholder, not the value itself.",
        "Paste the value that the portal shows.",
    ),
    // Client secret.
    warning(
        "secret-is-id",
        "This is a GUID. It looks like the **Secret ID**, not the secret itself.",
        "In the same row, copy what stands under **Value**.",
    ),
    warning(
        "secret-masked",
        "This is the hidden form of a secret: only its first characters, then dots or stars.",
        COPY_VALUE,
    ),
    warning("secret-placeholder", "This is a placeholder, not a secret.", COPY_VALUE),
    warning("secret-damaged", "This looks like a client secret, but a character in it is wrong.", COPY_VALUE),
    warning(
        "secret-cut",
        "A client secret of this kind has 40 characters; this one has {n}. Something was lost or added.",
        COPY_VALUE,
    ),
    warning(
        "secret-foreign",
        "This looks like a client secret, but it holds characters that such a secret never has.",
        COPY_VALUE,
    ),
    warning(
        "secret-in-base64",
        "This is a client secret in base64, as Kubernetes keeps it.",
        "Paste the secret itself.",
    ),
    warning("secret-has-space", "There are blanks inside. A client secret has none.", COPY_VALUE),
    warning("secret-not-ascii", "There are characters in it that no client secret has.", COPY_VALUE),
    warning(
        "secret-is-thumbprint",
        "This looks like the thumbprint of a certificate, not like a client secret.",
        COPY_VALUE,
    ),
    warning("secret-is-token", "This is a token, not a client secret.", COPY_VALUE),
    warning("secret-is-pem", "This is a key or a certificate, not a client secret.", COPY_VALUE),
    warning(
        "secret-is-storage-key",
        "This looks like the key of a storage account, not like a client secret.",
        COPY_VALUE,
    ),
    warning(
        "secret-is-devops-token",
        "This looks like an Azure DevOps token, not like a client secret.",
        COPY_VALUE,
    ),
    warning(
        "secret-is-other-key",
        "This looks like the key of another service, not like a client secret of Entra.",
        COPY_VALUE,
    ),
    warning("secret-is-url", "This is a link, not a client secret.", COPY_VALUE),
    warning("secret-is-email", "This is an e-mail address, not a client secret.", COPY_VALUE),
    warning("secret-is-domain", "This is a domain, not a client secret.", COPY_VALUE),
    doubt(
        "secret-older",
        "This has the form of client secrets made until 2022. It may have ended by now.",
        "Look at its end date in the portal.",
    ),
    doubt(
        "secret-legacy",
        "This has the form of client secrets made before 2021. It may have ended by now.",
        "Look at its end date in the portal.",
    ),
    doubt(
        "secret-unknown-form",
        "This does not have the form of today's client secrets.",
        "If it was copied from the **Value** column it may still be right.",
    ),
    // IDs.
    stop(
        "id-not-guid",
        "This is not an ID. An ID has 32 hexadecimal digits in five groups.",
        "Copy the ID again with the copy button beside it.",
    ),
    stop(
        "id-cut",
        "This looks like an ID, but characters are missing or too many.",
        "Copy the ID again with the copy button beside it.",
    ),
    stop(
        "id-is-secret",
        "This looks like a client secret. It does not belong here.",
        "Copy the ID from the app's **Overview** page.",
    ),
    stop("id-several", "There are several IDs in what was pasted.", "Paste only the one that is asked for."),
    stop(
        "id-is-nil",
        "This ID is all zeros: a placeholder.",
        "Copy the ID again with the copy button beside it.",
    ),
    warning(
        "tenant-is-domain",
        "This is a domain. It names the directory as well, but the ID was asked for.",
        "Copy the **Directory (tenant) ID** from the app's **Overview** page.",
    ),
    stop(
        "tenant-is-common",
        "This word stands for any directory. Your own directory is needed.",
        "Copy the **Directory (tenant) ID** from the app's **Overview** page.",
    ),
    stop(
        "tenant-is-consumer",
        "This is the ID of Microsoft's directory for personal accounts, not of yours.",
        "Copy the **Directory (tenant) ID** from the app's **Overview** page.",
    ),
    warning(
        "id-is-microsoft-app",
        "This is the ID of one of Microsoft's own apps.",
        "Copy the **Application (client) ID** of your app from its **Overview** page.",
    ),
    // Domain.
    stop(
        "domain-wrong",
        "This is not a domain. A domain looks like **name.onmicrosoft.com**.",
        "Copy the domain again.",
    ),
    stop(
        "domain-is-id",
        "This is an ID, not a domain.",
        "Copy the domain, which looks like **name.onmicrosoft.com**.",
    ),
    stop(
        "domain-is-secret",
        "This looks like a client secret. It does not belong here.",
        "Copy the domain, which looks like **name.onmicrosoft.com**.",
    ),
    // The rest.
    warning("thumbprint-wrong", "A thumbprint has 40 hexadecimal digits.", "Copy the thumbprint again."),
    warning(
        "user-wrong",
        "This is not a user name. It looks like an e-mail address.",
        "Copy the user principal name again.",
    ),
    warning("url-wrong", "This is not a link that begins with https://.", "Copy the link again."),
    warning("date-wrong", "This is not a date.", "Copy the date from the **Expires** column."),
    warning(
        "text-is-secret",
        "This looks like a client secret. It does not belong here.",
        "Put the secret into the field for the client secret.",
    ),
    // Several values together.
    warning("ids-swapped", "The tenant ID and the client ID seem to be swapped.", "Exchange the two."),
    warning(
        "ids-same",
        "The same ID stands in two fields: {n}.",
        "Copy each ID from the line with its own name.",
    ),
    warning(
        "secret-is-other-id",
        "The secret field holds the same ID as the field {n}.",
        "In the row of the secret, copy what stands under **Value**.",
    ),
    warning(
        "client-is-object",
        "This is the **Object ID** of the app, not its client ID.",
        "Copy the **Application (client) ID**, one line away.",
    ),
    warning(
        "tenant-is-object",
        "This is the **Object ID** of the app, not the tenant ID.",
        "Copy the **Directory (tenant) ID** from the app's **Overview** page.",
    ),
    warning(
        "id-is-secret-id",
        "This is the **Secret ID**, not the ID that is asked for.",
        "Copy the ID from the app's **Overview** page.",
    ),
];

#[cfg(test)]
mod tests {
    use super::{CATALOGUE, Severity};

    #[test]
    fn every_code_is_unique_and_has_its_words() {
        let mut codes: Vec<&str> = CATALOGUE.iter().map(|e| e.code).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
        for entry in CATALOGUE {
            assert!(entry.what.ends_with('.'), "{}", entry.code);
            assert!(entry.severity == Severity::Note || entry.next.ends_with('.'), "{}", entry.code);
        }
    }

    #[test]
    fn no_secret_is_stopped_on_its_looks() {
        let stopped =
            CATALOGUE.iter().filter(|e| e.code.starts_with("secret-") && e.severity == Severity::Stop);
        assert_eq!(stopped.count(), 0);
    }
}
