//! The compiled plan: what every surface is given. Plain data with no behaviour but look-ups.
//!
//! A plan is made from one guide, the recipes it uses and the portal pages those recipes visit. It is what the
//! extension walks, what the verifier checks against and what documents and scripts are rendered from. It carries
//! no secret and nothing about a particular customer.

mod lookup;
mod page;
mod part;
mod people;
mod sheet;
mod step;
mod value;

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};

pub use self::page::{By, Control, Locator, PORTALS, Page, Read, Route};
pub use self::part::Part;
pub use self::people::FOR_PEOPLE;
pub use self::sheet::{Correction, Permission, PermissionKind, Prerequisite, RoleNeed, Sheet};
pub use self::step::{Action, Choice, Condition, FileTemplate, Match, Step, WrongTurn};
pub use self::value::{Requirements, TokenNeed, Value, ValueKind};

/// One vendor's integration, ready to be walked, checked and rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// Version of this format; 1 today. A reader refuses what it does not know.
    pub format: u32,
    /// Stable id of the guide: its file name without `.toml`.
    pub guide: String,
    /// What it is for: `run` (setting up), `adopt`, `renew` or `remove`.
    #[serde(default = "run")]
    pub mode: String,
    /// SHA-256, lower-case hex, over the guide, the recipes it calls for in any way and the permissions it names; the same
    /// for every way. Portal pages are no part of it.
    pub digest: String,
    /// Title shown to people.
    pub title: String,
    /// Who asks for this integration.
    pub vendor: Vendor,
    /// The app registration, when the guide has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<App>,
    /// The credential that is made for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<Credential>,
    /// The sheet a security officer approves before anything is changed.
    pub sheet: Sheet,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// What is collected on the way and handed over at the end.
    pub values: Vec<Value>,
    /// What the verifier must see.
    pub requirements: Requirements,
    /// What is changed, by whom of the steps, and how it is taken back: what a record of the run is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Portal pages used by the steps.
    pub pages: Vec<Page>,
}

/// The mode of a plan that says nothing.
fn run() -> String {
    "run".to_owned()
}

/// The app registration a guide makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct App {
    /// Display name.
    pub name: String,
    /// Redirect URIs of the web platform.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    /// Directory roles the app itself gets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// The credential a guide makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Credential {
    /// `secret`, `certificate` or `federated`.
    pub kind: String,
    /// Its description or name in the portal.
    pub name: String,
    /// Days it is to live, for a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

impl Credential {
    /// Days that Microsoft's list for a client secret marks as recommended.
    pub const RECOMMENDED_DAYS: u32 = 180;

    /// Days that Microsoft allows a client secret: 24 months.
    pub const MAX_DAYS: u32 = 730;
}

/// The vendor as the admin sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Vendor {
    /// Name in the vendor's own spelling.
    pub name: String,
    /// Domains that may send links for this guide.
    pub domains: Vec<String>,
    /// Where questions go: e-mail address or URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
}
