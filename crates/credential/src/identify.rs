//! What is this text? A single value, a mail, a list, JSON, an `.env` file, a table, a row of the portal: each thing in
//! it is found, named and checked. Works offline and proves nothing: only Microsoft can say that a secret is right.

mod labelled;
#[cfg(not(feature = "texts"))]
#[path = "identify/less.rs"]
mod more;
#[cfg(feature = "texts")]
mod more;
mod running;
mod table;

use self::running::running;
use self::table::table;
use crate::catalogue::{Finding, Severity, finding};
use crate::check::{Checked, Kind, check};
use crate::secret::Secret;
use crate::shape::{Shape, classify};
use crate::text::{MAX_LAYERS, QUOTES, from_base64, guid, has_mark, is_mixed};

/// Bytes of a text that are looked at: a mail with its history is shorter.
const MAX_TEXT: usize = 256 * 1024;

/// Things that are found in one text at most; a list of more customers is a batch.
const MAX_FOUND: usize = 500;

/// Name of a thumbprint.
const THUMBPRINT: &str = "certificate-thumbprint";

/// What is shown as it is. Everything else may be a secret, or hold one.
const PUBLIC: [&str; 9] = [
    "id",
    "tenant-id",
    "client-id",
    "object-id",
    "tenant-domain",
    "user-name",
    THUMBPRINT,
    "url",
    "expiry-date",
];

/// What the form of a value says. Never that it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The form is right, and so is its checksum where there is one.
    Right,
    /// Possible, unusual, or almost certainly damaged; may be used all the same.
    Unsure,
    /// Cannot be one of the values: a placeholder, a hidden value, a thing of another kind.
    Wrong,
}

/// One thing in a text.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is: the name of a [`Kind`], `id` for a GUID that nothing names, or another thing's name.
    pub kind: &'static str,
    /// What its form says.
    pub look: Look,
    /// Whether it may be a secret, so that it must not be shown.
    pub is_secret: bool,
    /// The cleaned value.
    pub value: Secret,
    /// What was cleaned.
    pub repairs: Vec<Finding>,
    /// What else is to be said.
    pub findings: Vec<Finding>,
    /// Values that may be meant, the likeliest first; to be offered, never sent unasked.
    pub suggestions: Vec<Secret>,
}

/// Finds every value in a text.
#[must_use]
pub fn identify(text: &str) -> Vec<Found> {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let mut found = table(text);
    if found.is_empty() {
        found = running(text);
    }
    if found.len() <= 1 {
        let one = whole(text, found.first());
        return one.into_iter().collect();
    }
    found.truncate(MAX_FOUND);
    found
}

/// The text as one value: how most of them come.
fn whole(text: &str, only: Option<&Found>) -> Option<Found> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    match only {
        // What stands around it is cleaned away and said.
        Some(one) if one.kind == Kind::ClientSecret.name() => {
            let whole = named(Kind::ClientSecret, text);
            let better = has_mark(one.value.expose()) || whole.look == Look::Right; // EXPOSE: looked at, not passed on.
            Some(if better && has_mark(whole.value.expose()) { whole } else { one.clone() })
        }
        Some(one) if unquoted(trimmed).is_some() => Some(unwrapped(one.clone())),
        Some(one) => Some(one.clone()),
        None => Some(match unquoted(trimmed) {
            Some(inner) => unwrapped(unnamed(inner)),
            None => unnamed(text),
        }),
    }
}

/// A labelled value, its quotes taken off.
fn value_of(kind: Kind, text: &str) -> Found {
    match unquoted(text.trim()) {
        Some(inner) => unwrapped(named(kind, inner)),
        None => named(kind, text.trim()),
    }
}

/// Says that something around the value was taken off.
fn unwrapped(mut found: Found) -> Found {
    if !found.repairs.iter().any(|f| f.code == "cleaned-wrapping") {
        found.repairs.push(finding("cleaned-wrapping", ""));
    }
    found
}

/// The inside of quotes, of a code mark, or before a comma: never part of what Entra makes up.
fn unquoted(text: &str) -> Option<&str> {
    let mut inner = text;
    for _ in 0..MAX_LAYERS {
        let ended = inner.trim().trim_end_matches([',', ';']).trim_end();
        let pair = QUOTES.iter().find_map(|(open, close)| ended.strip_prefix(open)?.strip_suffix(close));
        // An older secret may begin with a bracket of its own; its length tells.
        let bracket =
            || ended.strip_prefix('[')?.strip_suffix(']').filter(|inner| more::is_in_brackets(inner));
        match pair.filter(|p| !p.trim().is_empty()).or_else(bracket) {
            Some(p) => inner = p.trim(),
            None if ended.len() != inner.len() && !ended.is_empty() => inner = ended,
            None => break,
        }
    }
    (inner.len() != text.len() && (is_issued(inner) || !is_template(text))).then_some(inner)
}

/// Whether Entra could have handed it out before 2021: of one of the lengths, small letters, capitals and digits mixed.
fn is_issued(text: &str) -> bool {
    classify(text) == Shape::SecretLegacy && is_mixed(text)
}

/// `<your-secret>` and `{{secret}}` are placeholders as they are.
fn is_template(text: &str) -> bool {
    classify(text) == Shape::Placeholder
        && classify(text.trim_matches(['"', '\'', '`', '“', '”', ',', ';'])) == Shape::Placeholder
}

/// A value whose kind its label tells.
fn named(kind: Kind, text: &str) -> Found {
    // A GUID where a secret is asked for is the Secret ID, most likely.
    let checked = check(kind, text);
    // EXPOSE: classified, not passed on.
    let shape = classify(checked.value.expose());
    match (kind, shape) {
        (Kind::ClientSecret, Shape::Guid) => found("secret-id", Look::Unsure, checked),
        (Kind::ClientSecret, shape) => secret_like(checked, shape),
        (_, Shape::Secret | Shape::SecretDamaged | Shape::SecretCut | Shape::SecretOlder) => {
            secret_like(check(Kind::ClientSecret, text), shape)
        }
        (Kind::TenantId, Shape::Domain) => {
            found(Kind::TenantDomain.name(), Look::Right, check(Kind::TenantDomain, text))
        }
        (Kind::Thumbprint, _) if thumbprint(text).is_some() => thumbprint_of(text),
        (kind, _) => {
            let look = match checked.findings.first().map(|f| f.severity) {
                None | Some(Severity::Note) => Look::Right,
                Some(Severity::Doubt | Severity::Warning) => Look::Unsure,
                Some(Severity::Stop) => Look::Wrong,
            };
            found(kind.name(), look, checked)
        }
    }
}

/// A value without any label: its shape has to tell.
fn unnamed(text: &str) -> Found {
    let checked = check(Kind::ClientSecret, text);
    // EXPOSE: classified, not passed on.
    match classify(checked.value.expose()) {
        Shape::Guid => {
            let mut id = found("id", Look::Unsure, check(Kind::ClientId, text));
            id.findings.push(finding("id-unnamed", ""));
            id
        }
        _ if thumbprint(text).is_some() => thumbprint_of(text),
        Shape::Domain => found(Kind::TenantDomain.name(), Look::Right, check(Kind::TenantDomain, text)),
        Shape::Email => found(Kind::UserName.name(), Look::Right, check(Kind::UserName, text)),
        Shape::Other if is_cut_id(text.trim()) => found("id", Look::Wrong, check(Kind::ClientId, text)),
        shape => secret_like(checked, shape),
    }
}

/// The digits of a thumbprint (SHA-1 or SHA-256), written together or in pairs.
fn thumbprint(text: &str) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| !matches!(c, ':' | ' ' | '-' | '\u{200e}')).collect();
    (matches!(digits.len(), 40 | 64) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| digits.to_ascii_uppercase())
}

fn thumbprint_of(text: &str) -> Found {
    let digits = thumbprint(text).unwrap_or_default();
    let differs = !digits.eq_ignore_ascii_case(text.trim());
    let mut found = found(THUMBPRINT, Look::Right, check(Kind::Text, &digits));
    found.repairs.extend(differs.then(|| finding("cleaned-pairs", "")));
    found
}

/// A GUID that lost or gained characters.
fn is_cut_id(text: &str) -> bool {
    (30..=42).contains(&text.len())
        && text.matches('-').count() >= 3
        && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// What was checked as a secret.
fn secret_like(checked: Checked, shape: Shape) -> Found {
    // EXPOSE: measured and looked at, not passed on.
    let random = is_random(checked.value.expose());
    // EXPOSE: looked at, not passed on.
    let is_foreign = shape == Shape::Other && more::is_no_secret(checked.value.expose());
    let (kind, look) = match shape {
        Shape::Secret => (Kind::ClientSecret.name(), Look::Right),
        Shape::Empty => ("nothing", Look::Wrong),
        // One sign after another behind the mark: nobody's secret, but of its form.
        // EXPOSE: looked at, not passed on.
        Shape::Placeholder if has_mark(checked.value.expose()) => ("placeholder", Look::Unsure),
        Shape::Placeholder => ("placeholder", Look::Wrong),
        Shape::Masked => ("hidden-secret", Look::Wrong),
        Shape::Token => ("token", Look::Wrong),
        Shape::Pem => ("private-key-or-certificate", Look::Wrong),
        Shape::Url => (Kind::Url.name(), Look::Wrong),
        Shape::Email => (Kind::UserName.name(), Look::Wrong),
        Shape::Domain => (Kind::TenantDomain.name(), Look::Unsure),
        Shape::StorageKey => ("storage-key", Look::Unsure),
        Shape::DevOpsToken => ("devops-token", Look::Unsure),
        Shape::OtherService => ("other-service-key", Look::Unsure),
        Shape::Thumbprint => (THUMBPRINT, Look::Unsure),
        Shape::Guid => ("secret-id", Look::Unsure),
        Shape::Other if !random || is_foreign => ("text", Look::Unsure),
        _ => (Kind::ClientSecret.name(), Look::Unsure),
    };
    found(kind, look, checked)
}

/// Whether a text could be something that a machine made up: long enough, no blanks, letters and others mixed.
fn is_random(text: &str) -> bool {
    let letters =
        text.bytes().any(|b| b.is_ascii_lowercase()) && text.bytes().any(|b| b.is_ascii_uppercase());
    let others = text.bytes().any(|b| !b.is_ascii_alphabetic());
    // Microsoft: a secret has 16 to 64 characters; New-MsIdClientSecret makes base64 of 64 bytes.
    (16..=88).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) && (letters || others)
}

fn found(kind: &'static str, look: Look, checked: Checked) -> Found {
    // EXPOSE: measured and searched; what comes out are secrets again.
    let text = checked.value.expose();
    let mut suggestions = checked.suggestions;
    let inner =
        from_base64(text).and_then(|b| String::from_utf8(b).ok()).filter(|t| guid(t.trim()).is_some());
    suggestions.extend(inner.map(|t| Secret::new(t.trim())));
    let (repairs, findings): (Vec<Finding>, Vec<Finding>) =
        checked.findings.into_iter().partition(|f| f.severity == Severity::Note);
    Found {
        kind,
        look,
        is_secret: !PUBLIC.contains(&kind),
        value: checked.value,
        repairs,
        findings,
        suggestions,
    }
}
