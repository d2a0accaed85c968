//! The approval sheet: what is asked for, and what its words mean.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};

/// The approval sheet: what is asked for, said before the first step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Sheet {
    /// One paragraph: what the integration is for and which data leaves the tenant.
    pub purpose: String,
    /// What will be changed in the tenant, one sentence each.
    pub changes: Vec<String>,
    /// Permissions, with why the vendor wants each.
    pub permissions: Vec<Permission>,
    /// Values that leave the tenant, by label.
    pub leaves: Vec<String>,
    /// The least roles that suffice, each with what it is needed for.
    pub roles: Vec<RoleNeed>,
    /// What must be so before the first step.
    pub prerequisites: Vec<Prerequisite>,
    /// How everything is taken back, one sentence each.
    pub undo: Vec<String>,
    /// Where the vendor's own document is out of date and what this guide does instead.
    pub corrections: Vec<Correction>,
}

/// One permission of the app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Permission {
    /// Key of the resource in the permission catalogue, e.g. `office-365-management`.
    pub resource: String,
    /// Name of the resource as the portal shows it, e.g. `Office 365 Management APIs`.
    pub resource_name: String,
    /// Application id of the resource (GUID).
    pub resource_app_id: String,
    /// Permission name, e.g. `ActivityFeed.Read`; never localised by Microsoft.
    pub name: String,
    /// Permission id (GUID) of this name and kind in the catalogue.
    pub id: String,
    /// Application permission (`Role` in a manifest) or delegated (`Scope`).
    pub kind: PermissionKind,
    /// Why the vendor wants it.
    pub why: String,
    /// How dangerous it is: `low`, `medium`, `high` or `tier-0`.
    pub danger: String,
}

/// Application or delegated permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PermissionKind {
    /// Used without a signed-in user; appears in `roles`.
    Application,
    /// Used on behalf of a user; appears in `scp`.
    Delegated,
}

impl PermissionKind {
    /// Its name in files: `application` or `delegated`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Delegated => "delegated",
        }
    }

    /// Its `type` in an app's `requiredResourceAccess` (Microsoft Graph, resourceAccess).
    #[must_use]
    pub const fn access_type(self) -> &'static str {
        match self {
            Self::Application => "Role",
            Self::Delegated => "Scope",
        }
    }
}

/// A directory or service role and what it is needed for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct RoleNeed {
    /// Role name as Microsoft prints it.
    pub role: String,
    /// What it is needed for.
    pub needed_for: String,
}

/// Something that must be so before the first step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Prerequisite {
    /// Stable id.
    pub id: String,
    /// What must be so.
    pub text: String,
    /// How it becomes known: `page`, `command`, `public-document` or `nobody`.
    pub known_by: String,
    /// The command whose output is pasted, or the page to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// What happens if it is not so.
    pub consequence: String,
}

/// A statement of the vendor's document that is no longer true, and what is done instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Correction {
    /// Numbers of the statements, e.g. `S001-28`.
    pub statements: Vec<String>,
    /// What the document says, in our words.
    pub said: String,
    /// What is true today.
    pub today: String,
    /// Where that is written.
    pub source: String,
}

impl Permission {
    /// How dangerous it is, for somebody who does not know the word tier-0.
    #[must_use]
    pub fn danger_words(&self) -> String {
        match self.danger.as_str() {
            "tier-0" => "tier-0: whoever holds it can take over the directory".to_owned(),
            danger => danger.to_owned(),
        }
    }
}

impl Prerequisite {
    /// How it becomes known, as a sentence.
    #[must_use]
    pub fn known(&self) -> String {
        let teller = match self.known_by.as_str() {
            "page" => "The page shows it",
            "command" => "The output of this command tells it",
            "public-document" => "A public document tells it",
            _ => "Nothing tells it, it is a question",
        };
        match self.how.as_deref().map(|how| how.trim_end_matches('.')) {
            Some(how) if self.known_by == "command" => format!("{teller}: `{how}`."),
            Some(how) if self.known_by == "nobody" => format!("{teller}. {how}."),
            Some(how) => format!("{teller}: {how}."),
            None => format!("{teller}."),
        }
    }
}
