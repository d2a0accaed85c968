//! The check of one value at the moment it is pasted or read.

use crate::catalogue::{Finding, finding};
use crate::clean::{self, Cleaned};
use crate::guess::{Slip, nearest, slip};
use crate::secret::Secret;
use crate::shape::{Shape, classify};
use crate::text::{domain, from_base64, guid, guids_in};

/// What a value is meant to be. The names are those of the plan's value kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Directory (tenant) ID.
    TenantId,
    /// Application (client) ID.
    ClientId,
    /// Object ID of the app registration.
    ObjectId,
    /// Object ID of the enterprise application.
    ServicePrincipalId,
    /// Client secret value.
    ClientSecret,
    /// Secret ID.
    SecretId,
    /// A domain of the tenant.
    TenantDomain,
    /// Certificate thumbprint.
    Thumbprint,
    /// User principal name.
    UserName,
    /// End date of the credential.
    ExpiryDate,
    /// A URL.
    Url,
    /// Free text.
    Text,
}

impl Kind {
    pub(crate) const ALL: [(Self, &'static str); 12] = [
        (Self::TenantId, "tenant-id"),
        (Self::ClientId, "client-id"),
        (Self::ObjectId, "object-id"),
        (Self::ServicePrincipalId, "service-principal-id"),
        (Self::ClientSecret, "client-secret"),
        (Self::SecretId, "secret-id"),
        (Self::TenantDomain, "tenant-domain"),
        (Self::Thumbprint, "thumbprint"),
        (Self::UserName, "user-name"),
        (Self::ExpiryDate, "expiry-date"),
        (Self::Url, "url"),
        (Self::Text, "text"),
    ];

    /// The kind with this name (`tenant-id`, `client-secret`, …).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(k, _)| *k)
    }

    /// Its name, as plans spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(k, _)| *k == self).map_or("text", |(_, n)| n)
    }

    /// Its name as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TenantId => "tenant ID",
            Self::ClientId => "client ID",
            Self::ObjectId => "object ID",
            Self::ServicePrincipalId => "object ID of the enterprise application",
            Self::ClientSecret => "client secret",
            Self::SecretId => "ID of the secret",
            Self::TenantDomain => "domain",
            Self::Thumbprint => "thumbprint",
            Self::UserName => "user name",
            Self::ExpiryDate => "end date",
            Self::Url => "link",
            Self::Text => "text",
        }
    }

    /// Whether it is a GUID.
    #[must_use]
    pub const fn is_id(self) -> bool {
        matches!(
            self,
            Self::TenantId | Self::ClientId | Self::ObjectId | Self::ServicePrincipalId | Self::SecretId
        )
    }
}

/// A value after its check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The cleaned value: what is used. It may be a secret whatever the field asked for, so it travels as one.
    pub value: Secret,
    /// What was found, the weightiest first.
    pub findings: Vec<Finding>,
    /// "Did you mean …?", the likeliest first, for the person to take or leave; never used unasked.
    pub suggestions: Vec<Secret>,
}

impl Checked {
    /// The weightiest finding that stands in the way, if any does.
    #[must_use]
    pub fn objection(&self) -> Option<&Finding> {
        self.findings.iter().find(|f| f.objects())
    }

    /// How a suggestion differs from the value: it shows one character at most.
    #[must_use]
    pub fn slip(&self, suggestion: &Secret) -> Slip {
        // EXPOSE: compared; the place of a slip comes out.
        slip(self.value.expose(), suggestion.expose()).unwrap_or(Slip::WRAPPED)
    }
}

/// Cleans a value, says what is odd about it, and offers what it may have been meant to be.
#[must_use]
pub fn check(kind: Kind, pasted: &str) -> Checked {
    let (cleaned, mut findings, suggestions) = match kind {
        Kind::ClientSecret => secret(pasted),
        Kind::TenantDomain => tenant_domain(pasted),
        _ if kind.is_id() => id(kind, pasted),
        _ => other(kind, pasted),
    };
    findings.extend(cleaned.codes.iter().map(|code| finding(code, "")));
    Checked { value: Secret::new(cleaned.text.as_str()), findings: worst_first(findings), suggestions }
}

/// Ordered by severity, and those of one severity as they came. There are a handful: the library's way to sort is made for
/// thousands, and is larger than all of this crate's checks.
fn worst_first(findings: Vec<Finding>) -> Vec<Finding> {
    let mut ordered: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let less = ordered.iter().position(|other| other.severity < finding.severity);
        ordered.insert(less.unwrap_or(ordered.len()), finding);
    }
    ordered
}

type Parts = (Cleaned, Vec<Finding>, Vec<Secret>);

fn secret(pasted: &str) -> Parts {
    let cleaned = clean::secret(pasted);
    let text = cleaned.text.as_str();
    let shape = classify(text);
    let code = match shape {
        Shape::Secret => None,
        Shape::Empty => Some("empty"),
        Shape::Guid => Some("secret-is-id"),
        Shape::SecretDamaged => Some("secret-damaged"),
        Shape::SecretCut => Some("secret-cut"),
        Shape::SecretForeign => Some("secret-foreign"),
        Shape::SecretOlder => Some("secret-older"),
        Shape::SecretLegacy => Some("secret-legacy"),
        Shape::Masked => Some("secret-masked"),
        Shape::Placeholder => Some("secret-placeholder"),
        Shape::Thumbprint => Some("secret-is-thumbprint"),
        Shape::Token => Some("secret-is-token"),
        Shape::Pem => Some("secret-is-pem"),
        Shape::StorageKey => Some("secret-is-storage-key"),
        Shape::DevOpsToken => Some("secret-is-devops-token"),
        Shape::OtherService => Some("secret-is-other-key"),
        Shape::SecretInBase64 => Some("secret-in-base64"),
        Shape::Url => Some("secret-is-url"),
        Shape::Email => Some("secret-is-email"),
        Shape::Domain => Some("secret-is-domain"),
        Shape::SecretOtherDigit | Shape::Other => Some("secret-unknown-form"),
    };
    let mut findings: Vec<Finding> = Vec::new();
    let telling = !matches!(shape, Shape::Other | Shape::SecretLegacy);
    if !telling && text.contains(char::is_whitespace) {
        findings.push(finding("secret-has-space", ""));
    } else if !telling && !text.is_ascii() {
        findings.push(finding("secret-not-ascii", ""));
    }
    findings.extend(code.map(|c| finding(c, &text.chars().count().to_string())));
    let suggestions = match shape {
        Shape::SecretInBase64 => from_base64(text)
            .and_then(|b| String::from_utf8(b).ok())
            .map(|inner| Secret::new(inner.trim_end()))
            .into_iter()
            .collect(),
        Shape::Secret | Shape::Guid | Shape::SecretOlder => Vec::new(),
        _ => nearest(text),
    };
    if !suggestions.is_empty() && shape == Shape::Other {
        findings = vec![finding("secret-damaged", "")];
    }
    (cleaned, findings, suggestions)
}

/// Words and IDs that stand for no single directory.
const COMMON: &[&str] = &["common", "organizations", "consumers"];
/// Microsoft's directory for personal accounts.
const CONSUMER_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// Apps of Microsoft whose IDs stand in many instructions and get copied by mistake.
const MICROSOFT_APPS: &[&str] = &[
    "00000003-0000-0000-c000-000000000000", // Microsoft Graph
    "00000002-0000-0000-c000-000000000000", // Azure Active Directory Graph
    "00000002-0000-0ff1-ce00-000000000000", // Office 365 Exchange Online
    "00000003-0000-0ff1-ce00-000000000000", // SharePoint
    "c5393580-f805-4401-95e8-94b7a6ef2fc2", // Office 365 Management APIs
    "797f4846-ba00-4fd7-ba43-dac1f8f63013", // Windows Azure Service Management API
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46", // Azure CLI
    "1950a258-227b-4e31-a9cf-717495945fc2", // Azure PowerShell
];

fn id(kind: Kind, pasted: &str) -> Parts {
    let cleaned = clean::id(pasted);
    let text = cleaned.text.as_str();
    let tenant = kind == Kind::TenantId;
    let code = if let Some(id) = guid(text) {
        if id.bytes().all(|b| b == b'0' || b == b'-') {
            Some("id-is-nil")
        } else if tenant && id == CONSUMER_TENANT {
            Some("tenant-is-consumer")
        } else {
            MICROSOFT_APPS.contains(&id.as_str()).then_some("id-is-microsoft-app")
        }
    } else if text.is_empty() {
        Some("empty")
    } else if tenant && COMMON.contains(&text.to_ascii_lowercase().as_str()) {
        Some("tenant-is-common")
    } else {
        Some(not_an_id(tenant, text))
    };
    let findings = code.map(|c| finding(c, "")).into_iter().collect();
    (cleaned, findings, Vec::new())
}

fn not_an_id(tenant: bool, text: &str) -> &'static str {
    let hex_like = text.len().abs_diff(36) <= 6 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    match classify(text) {
        s if is_todays_secret(s) => "id-is-secret",
        Shape::Domain if tenant => "tenant-is-domain",
        Shape::Placeholder | Shape::Masked => "placeholder-left",
        _ if guids_in(text).len() > 1 => "id-several",
        _ if hex_like => "id-cut",
        _ => "id-not-guid",
    }
}

const fn is_todays_secret(shape: Shape) -> bool {
    matches!(shape, Shape::Secret | Shape::SecretDamaged | Shape::SecretCut | Shape::SecretOlder)
}

fn tenant_domain(pasted: &str) -> Parts {
    let cleaned = clean::domain(pasted);
    let text = cleaned.text.as_str();
    let shape = classify(text);
    let code = match shape {
        Shape::Domain => None,
        Shape::Empty => Some("empty"),
        Shape::Guid => Some("domain-is-id"),
        s if is_todays_secret(s) => Some("domain-is-secret"),
        Shape::Placeholder => Some("placeholder-left"),
        _ if domain(text).is_some() => None,
        _ => Some("domain-wrong"),
    };
    let findings = code.map(|c| finding(c, "")).into_iter().collect();
    (cleaned, findings, Vec::new())
}

fn other(kind: Kind, pasted: &str) -> Parts {
    let cleaned = clean::other(pasted);
    let text = cleaned.text.as_str();
    let shape = classify(text);
    let code = match (kind, shape) {
        (_, Shape::Empty) => Some("empty"),
        (_, s) if is_todays_secret(s) => Some("text-is-secret"),
        (Kind::Thumbprint, s) if s != Shape::Thumbprint => Some("thumbprint-wrong"),
        (Kind::UserName, s) if s != Shape::Email => Some("user-wrong"),
        (Kind::Url, _) if !text.starts_with("https://") => Some("url-wrong"),
        (Kind::ExpiryDate, _) if !text.bytes().any(|b| b.is_ascii_digit()) => Some("date-wrong"),
        _ => None,
    };
    let findings = code.map(|c| finding(c, "")).into_iter().collect();
    (cleaned, findings, Vec::new())
}
