//! The compiled plan: what every surface is given. Plain data with no behaviour but look-ups.
//!
//! A plan is made from one guide, the recipes it uses and the portal pages those recipes visit. It is what the
//! extension walks, what the verifier checks against and what documents and scripts are rendered from. It carries
//! no secret and nothing about a particular customer.

mod known;
mod lookup;
mod people;

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use vecmap::VecMap;

pub use self::people::FOR_PEOPLE;
pub use crate::part::Part;

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
    /// SHA-256, lower-case hex, over the guide, the recipes and the portal pages that went in.
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

/// One thing for the admin to do or to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// Stable and unique in the plan: `<recipe>.<step>`, with `.<n>` for repeated ones.
    pub id: String,
    /// Heading of the group the step belongs to.
    pub group: String,
    /// Short imperative title.
    pub title: String,
    /// The card's words; may hold `{tenant}` and other names of [`Value`]s, filled at run time.
    pub text: String,
    /// Why this is done, if it is not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// A warning shown with the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// Id of the portal page it happens on; absent when it happens outside the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Id of the control the ring is put on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What the admin does.
    pub action: Action,
    /// What has to be typed or chosen, one press away on the clipboard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// A text file the admin may save here, in the vendor's own layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileTemplate>,
    /// Ids of the values collected at this step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collects: Vec<String>,
    /// When the step is over.
    pub done: Condition,
    /// When true as the step is reached, it was done before and is passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub already: Option<Condition>,
    /// Wrong turns that show on the page, each with its own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongTurn>,
    /// Milliseconds to look for the target before the card falls back to text with the menu path.
    pub patience: u32,
    /// Statements of the vendor's document that this step carries out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
    /// The other answer of a decision. The card has the safe one only; this one is offered in the panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// Id of the choice without which this step is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_chosen: Option<String>,
    /// Id of the choice this step takes back: it cannot be passed over, so the guide stays open until it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// The answer of a decision that is not the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Choice {
    /// What steps name in `if-chosen` and `undoes`.
    pub id: String,
    /// Words of its button.
    pub label: String,
}

/// A text file made of collected values. It is filled and saved on the admin's machine only, when asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct FileTemplate {
    /// File name.
    pub name: String,
    /// Its text, with `{value}` placeholders; a secret's placeholder is among them.
    pub text: String,
}

/// What the admin does at a step. The words on the card come from the step; this picks icon, keys and buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Open a page.
    Open,
    /// Press a button, a link or a menu item.
    Press,
    /// Type (or paste) a text.
    Type,
    /// Choose from a list or a set of radio buttons.
    Choose,
    /// Tick a check box.
    Tick,
    /// Read or copy a value.
    Read,
    /// Confirm that something outside the page is so.
    Confirm,
    /// Decide; the safe answer is the default.
    Decide,
    /// Wait for another person or for replication.
    Wait,
    /// Do something outside the portal.
    Outside,
    /// Run the verifier.
    Check,
    /// Have an old credential tried, to prove that it is rejected.
    Prove,
    /// Hand the values over.
    HandOver,
}

/// A mistake the page shows, and the way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct WrongTurn {
    /// Stable id, unique in the plan.
    pub id: String,
    /// When it is shown.
    pub when: Condition,
    /// What happened and what to do.
    pub text: String,
    /// Step to go back to, if not this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
    /// What the check is told was seen, by topic, until the step is done after all.
    #[serde(default, skip_serializing_if = "VecMap::is_empty")]
    pub seen: VecMap<String, String>,
}

/// A condition over what the page shows and what was collected. Controls are named by id, `<page>.<control>`; texts may hold
/// `{value}` placeholders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The page is shown (one of its `recognise` locators is there).
    Page(String),
    /// The control is there and visible.
    Visible(String),
    /// The control is not there, on a page that is shown.
    Gone(String),
    /// The control's value or text is this one.
    Is {
        /// Control id.
        control: String,
        /// Expected value or text, whitespace normalised.
        text: String,
        /// How to compare.
        #[serde(default)]
        how: Match,
    },
    /// The check box, radio button or switch is on.
    Checked(String),
    /// The check box, radio button or switch is off.
    Unchecked(String),
    /// The admin used the control: the last resort when the page shows no trace of it.
    Used(String),
    /// The value was collected and its format check raised no objection that still stands.
    Collected(String),
    /// The admin said so on the card or in the panel.
    Confirmed,
    /// The verifier answered *passed*.
    Verified,
    /// It was sealed and handed over under a vendor's link.
    HandedOver,
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// How two texts are compared, both with whitespace normalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// Equal, letter case included.
    #[default]
    Exact,
    /// Starts with. In a locator, where the text has a `…`: starts with what is before it and ends with what is behind it.
    Prefix,
    /// Contains.
    Contains,
}

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

/// A portal page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Page {
    /// Stable id: the file name without `.toml`.
    pub id: String,
    /// Title in English, as the page shows it today.
    pub title: String,
    /// Deep links, best first. `{client-id}` and the like are filled at run time.
    pub routes: Vec<Route>,
    /// The way there in words, for people.
    pub menu: String,
    /// The page is shown when any of these is found.
    pub recognise: Vec<Locator>,
    /// Its controls.
    pub controls: Vec<Control>,
    /// Never, or the date and language it was last seen on the live portal.
    pub confirmed_live: Option<String>,
}

/// A deep link to a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Route {
    /// `azure` or `entra`.
    pub portal: String,
    /// Everything after the host, e.g. `/#view/…`.
    pub path: String,
}

/// A control of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Control {
    /// `<page>.<control>`, unique in the plan.
    pub id: String,
    /// What to call it in a sentence, e.g. `the **Register** button`.
    pub called: String,
    /// Ways to find it, best first.
    pub locators: Vec<Locator>,
    /// Id of the control it must be inside of: a pane, a dialog, a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Id of the control it is looked for in, where that can be found: a pane, a menu. Else it is looked for everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Id of the control that must be there too: the words of the question that this is the answer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// Id of the control that opens the menu it is folded into where it has no room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folded_in: Option<String>,
    /// What is read from it.
    #[serde(default)]
    pub read: Read,
}

/// What a control is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// Only whether it is there.
    #[default]
    Nothing,
    /// Its text as rendered, glyphs of the private-use area stripped; its `title` if it has one.
    Text,
    /// The value of a form control, or the chosen option's text.
    Value,
    /// `true`, `false` or `mixed`.
    Checked,
}

/// One way to find a control. Tried in order; the first that finds exactly one visible element wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Locator {
    /// How.
    pub by: By,
    /// ARIA roles it may have, for `by = "role"`: what has one of them and the name is seen together, so that two of them
    /// are several and not one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The name, label, text, attribute value or selector, per language (`en`, `de`, …; `*` for any language).
    /// Several texts per language: today's first, older ones after it.
    pub text: VecMap<String, Vec<String>>,
    /// How the text is compared.
    #[serde(default)]
    pub how: Match,
    /// Attribute name for `by = "attribute"`; column header for `by = "cell"`; for `by = "role"` a selector it is inside of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// Ways to find an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// `data-telemetryname`, equal.
    Telemetry,
    /// `data-formelement`, equal to or beginning with the text.
    FormElement,
    /// Another attribute, named by `of`.
    Attribute,
    /// ARIA role and accessible name.
    Role,
    /// Form control with this label.
    Label,
    /// The element that shows the value beside this label (a definition list, the portal's Essentials).
    Field,
    /// Smallest element with this text.
    Text,
    /// The cell under the column headed `of`, in the row (the enclosing `within`, or the row with this text).
    Cell,
    /// A CSS selector: structural, the last resort.
    Css,
}
