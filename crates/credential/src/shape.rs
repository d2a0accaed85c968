//! What a text is, judged by its shape alone.

use crate::marvin;
#[cfg(feature = "services")]
use crate::services::is_listed;
use crate::text::{domain, from_base64, guid, has_mark, is_mixed, is_secret_byte};

/// What a text looks like. The order of the tests is from the most to the least certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing at all.
    Empty,
    /// A GUID: a tenant, client, object or secret ID.
    Guid,
    /// A client secret of today, 40 characters with a right checksum.
    Secret,
    /// A client secret of today, 40 characters, but the checksum is wrong: a character was changed.
    SecretDamaged,
    /// It has the mark of today's secrets but another length: something was lost or added.
    SecretCut,
    /// It has the mark of today's secrets but holds characters that these never have.
    SecretForeign,
    /// A client secret of 2021–22 (`7Q~`, 37 characters, no checksum).
    SecretOlder,
    /// A mark as today's secrets have it, with a digit not known to be in use.
    SecretOtherDigit,
    /// Could be a secret from before 2021: 32 or 34 characters with symbols, or 44 of base64.
    SecretLegacy,
    /// Stars or dots: what a portal shows in place of a secret.
    Masked,
    /// A text that stands for a value, e.g. `<your-client-secret>`.
    Placeholder,
    /// 40 hexadecimal digits: a certificate's thumbprint.
    Thumbprint,
    /// A signed token (`eyJ…`).
    Token,
    /// A key or certificate in PEM.
    Pem,
    /// 88 characters of base64: a storage account key.
    StorageKey,
    /// 52 or 84 characters: an Azure DevOps token.
    DevOpsToken,
    /// A key of another service, known by its first letters.
    OtherService,
    /// Base64 around a client secret, as Kubernetes keeps it.
    SecretInBase64,
    /// A link.
    Url,
    /// An e-mail address or user principal name.
    Email,
    /// A DNS name.
    Domain,
    /// None of these.
    Other,
}

/// Says what the (cleaned) text looks like.
#[must_use]
pub fn classify(text: &str) -> Shape {
    if text.is_empty() {
        return Shape::Empty;
    }
    if guid(text).is_some() {
        return Shape::Guid;
    }
    // Whatever else it looks like: no other service's key and no placeholder has that checksum.
    let marked = has_mark(text).then(|| marked(text));
    if marked == Some(Shape::Secret) {
        return Shape::Secret;
    }
    if marked.is_none() && is_other_service(text) {
        return Shape::OtherService;
    }
    if is_masked(text) {
        return Shape::Masked;
    }
    if is_placeholder(text) {
        return Shape::Placeholder;
    }
    marked.unwrap_or_else(|| unmarked(text))
}

/// The text has `?Q~` at its place.
fn marked(text: &str) -> Shape {
    if !text.bytes().all(is_secret_byte) {
        return Shape::SecretForeign;
    }
    match (text.as_bytes().get(3), text.len()) {
        (Some(b'8'), marvin::LENGTH) if marvin::is_valid(text.as_bytes()) => Shape::Secret,
        (Some(b'8'), marvin::LENGTH) => Shape::SecretDamaged,
        (Some(b'7'), 37) => Shape::SecretOlder,
        (Some(b'7' | b'8'), _) => Shape::SecretCut,
        _ => Shape::SecretOtherDigit,
    }
}

fn unmarked(text: &str) -> Shape {
    let len = text.len();
    let all_base64 = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    if text.contains("-----BEGIN") {
        Shape::Pem
    } else if text.starts_with("eyJ") && text.matches('.').count() >= 2 {
        Shape::Token
    } else if text.contains("://") {
        Shape::Url
    } else if is_email(text) {
        Shape::Email
    } else if domain(text).is_some() && !(len == 34 && is_mixed(text)) {
        Shape::Domain
    } else if len == 40 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        Shape::Thumbprint
    } else if all_base64 && holds_secret(text) {
        Shape::SecretInBase64
    } else if len == 88 && all_base64 && text.ends_with("==") {
        Shape::StorageKey
    } else if matches!(len, 52 | 84) && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Shape::DevOpsToken
    } else if is_legacy(text, all_base64) {
        Shape::SecretLegacy
    } else {
        Shape::Other
    }
}

/// How keys of other services begin, and how many characters they have at least (their makers' own documents).
const OTHER_SERVICES: &[(&str, usize)] = &[
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 24),
    ("xoxp-", 24),
    ("AIza", 39),
    ("sk_live_", 24),
    ("sk_test_", 24),
    ("sk-", 40),
    ("SG.", 60),
    ("npm_", 36),
    ("hvs.", 24),
    ("dop_v1_", 64),
    ("shpat_", 38),
    ("age-secret-key-1", 70),
    ("AGE-SECRET-KEY-1", 70),
];

/// What stands in connection strings of Azure's services.
const CONNECTION_PARTS: &[&str] = &[
    "AccountKey=",
    "SharedAccessKey=",
    "SharedAccessSignature",
    "InstrumentationKey=",
    "DefaultEndpointsProtocol=",
];

fn is_other_service(text: &str) -> bool {
    OTHER_SERVICES.iter().any(|(start, least)| text.starts_with(start) && text.len() >= *least)
        || CONNECTION_PARTS.iter().any(|part| text.contains(part))
        || (text.contains("sig=") && text.contains("sv=") && text.contains('&'))
        || is_listed(text)
}

#[cfg(not(feature = "services"))]
const fn is_listed(_: &str) -> bool {
    false
}

fn is_legacy(text: &str, all_base64: bool) -> bool {
    let symbols = text.bytes().any(|b| b.is_ascii_punctuation());
    let printable = text.bytes().all(|b| b.is_ascii_graphic());
    match text.len() {
        32 | 34 => printable && symbols,
        44 => all_base64 && text.ends_with('='),
        _ => false,
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !user.contains(char::is_whitespace) && domain(host).is_some()
    })
}

fn holds_secret(text: &str) -> bool {
    from_base64(text).and_then(|b| String::from_utf8(b).ok()).is_some_and(|inner| {
        let inner = inner.trim_end();
        has_mark(inner) && matches!(inner.len(), 37 | 40)
    })
}

/// Stars and bullets in a row, or an ellipsis in the middle, or the three-character hint alone. Single stars may stand in a
/// secret that an admin chose.
fn is_masked(text: &str) -> bool {
    let is_star = |c: char| matches!(c, '*' | '•' | '●' | '∙');
    let in_a_row = text.split(|c| !is_star(c)).any(|run| run.chars().count() >= 3);
    in_a_row || text.contains('…') || text.contains("....") || text.chars().count() == 3
}

/// Words that people leave standing in a field.
const PLACEHOLDERS: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "client-secret",
    "client_secret",
    "clientsecret",
    "secret",
    "password",
    "todo",
    "tbd",
    "none",
    "null",
    "undefined",
    "example",
    "test",
    "value",
];

/// Samples of Microsoft's documents count up: `Aa1Bb~2Cc3…`; others count through alphabet and digits.
fn is_sample(lower: &str) -> bool {
    let plain: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    ["bb2cc3dd4", "a1b2c3d4e5", "abcdefghijklmnop", "1234567890123456", "0123456789abcdefghij"]
        .iter()
        .any(|run| plain.contains(run))
        && !plain.bytes().all(|b| b.is_ascii_hexdigit())
}

/// How a text begins that tells what to put in its place.
const PLACEHOLDER_STARTS: &[&str] = &[
    "your-",
    "your_",
    "your ",
    "enter_",
    "enter-",
    "enter ",
    "insert_",
    "insert-",
    "replace_",
    "paste_",
    "my-secret",
    "my_secret",
    "dummy",
    "fake",
    "placeholder",
    "redacted",
    "sample",
    "example",
    "secret-here",
    "add-your",
    "put-your",
    "todo",
];

/// What such a text says anywhere.
const PLACEHOLDER_PARTS: &[&str] = &[
    "your-client",
    "your_client",
    "yourclient",
    "yoursecret",
    "your-secret",
    "your_secret",
    "client-secret",
    "client_secret",
    "clientsecret",
    "secret-value",
    "secretvalue",
    "secret_value",
    "app-secret",
    "appsecret",
    "app_secret",
    "change-me",
    "changeme",
    "change_me",
    "secret_here",
    "secret-here",
    "redacted",
    "placeholder",
    "xxxxxxxx",
];

fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let says = || {
        !has_mark(text)
            && (PLACEHOLDER_STARTS.iter().any(|w| lower.starts_with(w))
                || PLACEHOLDER_PARTS.iter().any(|w| lower.contains(w)))
    };
    is_sample(&lower)
        || is_template(text)
        || says()
        || is_one_sign(text)
        || PLACEHOLDERS.contains(&lower.as_str())
}

/// Whether it is wrapped as templates and scripts mark what is to be filled in.
fn is_template(text: &str) -> bool {
    (text.starts_with('<') && text.ends_with('>'))
        || (text.starts_with("{{") && text.ends_with("}}"))
        || text.starts_with("${")
        || (text.starts_with('%') && text.ends_with('%') && text.len() > 2)
        || (text.starts_with('[') && text.ends_with(']') && text.contains([' ', '_']))
}

/// Whether one sign is repeated, behind the mark of today's secrets where that is there. Stars and bullets hide a value.
fn is_one_sign(text: &str) -> bool {
    let mut body = text.chars().skip(if has_mark(text) { 6 } else { 0 });
    body.next().is_some_and(|first| {
        let rest: Vec<char> = body.collect();
        rest.len() >= 5 && rest.iter().all(|c| *c == first && *c != '*' && *c != '•')
    })
}
