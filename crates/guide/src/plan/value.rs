//! What is collected, and what the verifier must see.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use vecmap::VecMap;

/// A value that is collected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Value {
    /// Stable id, e.g. `tenant-id`.
    pub id: String,
    /// What it is.
    pub kind: ValueKind,
    /// The portal's label, in English.
    pub label: String,
    /// The vendor's own word for it, when it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_label: Option<String>,
    /// What the admin should know about it: look-alikes, where it is found.
    pub hint: String,
    /// Id of the control it can be read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// Ids of controls that show something easily taken for this value: a pasted text equal to what one of them
    /// shows is the wrong one, and the control's `called` says which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<String>,
    /// For the pasted output of a command: the parser that reads it, e.g. `audit-logging` (see `pasted`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parser: Option<String>,
    /// Whether it is handed over to the vendor.
    pub handed_over: bool,
}

/// The kinds of values Handrail knows; each has its format check in `handrail-credential`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Directory (tenant) ID.
    TenantId,
    /// Application (client) ID.
    ClientId,
    /// Object ID of the app registration.
    ObjectId,
    /// Object ID of the enterprise application (service principal).
    ServicePrincipalId,
    /// Client secret value; shown once.
    ClientSecret,
    /// Secret ID: not the secret.
    SecretId,
    /// A domain of the tenant, `….onmicrosoft.com` or a verified one.
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

impl ValueKind {
    /// Whether a value of this kind is a secret: kept in memory only, never shown, never logged.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::ClientSecret)
    }
}

/// What the verifier must see before the verdict is green.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Requirements {
    /// Values that must be submitted, by value id.
    pub values: VecMap<String, ValueKind>,
    /// One token per resource, with the roles it must carry.
    pub tokens: Vec<TokenNeed>,
    /// Read-only probes after the tokens, e.g. `management-subscriptions`.
    pub probes: Vec<String>,
    /// Things no verifier can see, each with the words that say so in the report.
    pub not_checked: Vec<String>,
    /// Topic of a failure → id of the step that mends it. Topics: `tenant-id`, `client-id`, `client-secret`,
    /// `tenant-domain`, `app`, `permission`, `permission-kind`, `consent`, `audit`.
    pub mend: VecMap<String, String>,
}

/// A token the verifier asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct TokenNeed {
    /// Key of the resource in the permission catalogue.
    pub resource: String,
    /// Name as the portal shows it.
    pub name: String,
    /// Application id of the resource (GUID).
    pub app_id: String,
    /// Application permissions that must be in `roles`.
    pub roles: Vec<String>,
}
