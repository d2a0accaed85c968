//! The three kinds of files a person writes, and the permission catalogue, as they stand on disk.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Action, By, Match, PermissionKind, Read, ValueKind};

/// `guides/<vendor>.toml`: what must be true at the end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GuideFile {
    /// Title shown to people.
    pub title: String,
    /// Who asks.
    pub vendor: VendorPart,
    /// What it is for and which data leaves the tenant; the approval sheet opens with it.
    pub purpose: String,
    /// Seed document whose statements this guide answers for, e.g. `S001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// The app registration, if the guide has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<AppPart>,
    /// The vendor's own app that is consented to, if that is the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentPart>,
    /// Permissions of the app, in the order they are asked for.
    #[serde(default, rename = "permission", skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<PermissionPart>,
    /// The credential handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialPart>,
    /// Tenant settings and other procedures, by name; each brings in the recipe that `achieves` it.
    #[serde(default, rename = "setting", skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, SettingPart>,
    /// What is handed over, in the vendor's order.
    #[serde(default, rename = "value", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValuePart>,
    /// How the values reach the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<HandOverPart>,
    /// What is done in the vendor's own product or on a server, where nothing can be pointed at.
    #[serde(default, rename = "vendor-step", skip_serializing_if = "Vec::is_empty")]
    pub vendor_steps: Vec<VendorStepPart>,
    /// What the vendor's document offers and nobody needs: a decision that defaults to leaving it out.
    #[serde(default, rename = "optional", skip_serializing_if = "Vec::is_empty")]
    pub optionals: Vec<OptionalPart>,
    /// Questions to the vendor that its document leaves open, each with the default taken until it is answered.
    #[serde(default, rename = "question", skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionPart>,
    /// Things no verifier can see, said in the report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_checked: Vec<String>,
    /// What a step of a recipe carries out, or says differently, in this guide; by step id.
    #[serde(default, rename = "step", skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<String, StepPart>,
    /// Statements that only give context.
    #[serde(default, rename = "context", skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<ContextPart>,
    /// Statements that are no longer true.
    #[serde(default, rename = "superseded", skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<SupersededPart>,
    /// Statements that would weaken the tenant: each is a decision that defaults to no.
    #[serde(default, rename = "unsafe", skip_serializing_if = "Vec::is_empty")]
    pub unsafes: Vec<UnsafePart>,
}

/// The vendor.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VendorPart {
    /// Name in the vendor's own spelling.
    pub name: String,
    /// Domains that may send links for this guide.
    pub domains: Vec<String>,
    /// Where questions go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// Statements this part comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// The app registration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppPart {
    /// Display name.
    pub name: String,
    /// Who may sign in; `single-tenant` is the only account type a customer's own app needs.
    pub accounts: Accounts,
    /// Redirect URIs of the web platform; empty when none is needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    /// Directory roles assigned to the app itself, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Statements this part comes from, beside those of single steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// Supported account types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Accounts {
    /// This directory only.
    SingleTenant,
}

/// The vendor's own app, consented to instead of registered.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConsentPart {
    /// Names under which the app may appear, the likelier first.
    pub names: Vec<String>,
    /// Where in the vendor's product the consent is started.
    pub start: String,
    /// Publisher as the consent page should show it, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Application ID of the vendor's app, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
}

/// One permission.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PermissionPart {
    /// Key of the resource: a file in `portal/permissions/`.
    pub resource: String,
    /// Permission name; never localised.
    pub name: String,
    /// Application or delegated.
    pub kind: PermissionKind,
    /// Why the vendor wants it.
    pub why: String,
    /// Statements it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// The credential.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CredentialPart {
    /// A client secret, with the description it gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretPart>,
    /// A certificate whose private key the vendor keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificatePart>,
    /// A federated credential: nothing secret exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub federated: Option<FederatedPart>,
}

/// A client secret.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SecretPart {
    /// Its description.
    pub description: String,
    /// Recommended life in days; Microsoft marks 180 as recommended and allows 730 at most.
    pub days: u32,
    /// Statements it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// A certificate.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CertificatePart {
    /// Its description.
    pub description: String,
    /// Where the public part (`.cer`, `.pem`, `.crt`) comes from.
    pub from: String,
}

/// A federated credential.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FederatedPart {
    /// Its name.
    pub name: String,
    /// Where issuer and subject come from; the subject is one per link, chosen by the vendor.
    pub from: String,
}

/// A tenant setting or another procedure.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SettingPart {
    /// Why the vendor needs it.
    pub why: String,
    /// Texts and lists the recipe asks for, by name.
    #[serde(default, flatten)]
    pub with: BTreeMap<String, serde_json::Value>,
}

/// A value handed over.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ValuePart {
    /// Id of a value that one of the recipes collects.
    pub id: String,
    /// The vendor's own word for it, when it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_label: Option<String>,
    /// A hint of this guide, put before the recipe's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Statements it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// The vendor's own way of receiving values.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HandOverPart {
    /// Which recipe `achieves` it: `file`, `form`, `mail` or `none`.
    pub by: String,
    /// Where the admin brings it, in words.
    pub to: String,
    /// Name of the text file, for `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Text of the file, with `{value}` placeholders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A message that says it was done and holds no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// A step in the vendor's own product.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VendorStepPart {
    /// Before anything in the tenant, or after everything.
    pub at: VendorMoment,
    /// Short imperative title.
    pub title: String,
    /// What to do.
    pub text: String,
    /// What has to be typed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// Statements it carries out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// When a vendor's step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VendorMoment {
    /// Before anything in the tenant.
    Before,
    /// After everything in the tenant.
    After,
}

/// Something that is offered and not needed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionalPart {
    /// Stable id.
    pub id: String,
    /// Title of the decision.
    pub title: String,
    /// What the document offers, in our words.
    pub said: String,
    /// Why it is left out by default.
    pub skip: String,
    /// How it is done, safely, if it is wanted all the same.
    pub chosen: String,
    /// Statements it answers for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// An open question to the vendor.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct QuestionPart {
    /// The question, ready to send.
    pub ask: String,
    /// What is done until there is an answer.
    pub default: String,
    /// Why it has to be asked.
    pub why: String,
    /// Statements it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// What this guide adds to a step of a recipe.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StepPart {
    /// Statements the step carries out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
    /// Why, in this guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// A warning, in this guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// The card's words, in this guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Statements that give context.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContextPart {
    /// Their numbers.
    pub statements: Vec<String>,
    /// What they are about, in our words.
    pub about: String,
}

/// Statements that are no longer true.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SupersededPart {
    /// Their numbers.
    pub statements: Vec<String>,
    /// What the document says, in our words.
    pub said: String,
    /// What is true today.
    pub today: String,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Where that is written.
    pub source: String,
}

/// Statements that would weaken the tenant.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnsafePart {
    /// Stable id.
    pub id: String,
    /// Their numbers.
    pub statements: Vec<String>,
    /// What the document asks for, in our words.
    pub said: String,
    /// What it does to the tenant.
    pub danger: String,
    /// What to do instead; the default.
    pub instead: String,
    /// How it is taken back if it was done all the same.
    pub undo: String,
    /// Where that is written.
    pub source: String,
}

/// Where in the order a recipe belongs. The order is fixed: what is shown once is made last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Signing in, the directory.
    Start,
    /// What must be so before anything is changed.
    Before,
    /// Decisions that default to no.
    Decide,
    /// Making the app and the like.
    Make,
    /// Permissions and consent.
    Allow,
    /// Values that can be read at any time.
    Collect,
    /// What is shown once.
    Once,
    /// The verifier.
    Check,
    /// Handing over.
    HandOver,
    /// After the hand-over: cleaning up.
    After,
}

/// `recipes/<procedure>.toml`: how a person brings one piece of a state about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecipeFile {
    /// Heading of the group of steps.
    pub title: String,
    /// The part of a guide it brings about, as a path, e.g. `credential.secret`; `*` for every guide.
    pub achieves: String,
    /// Where in the order it belongs.
    pub phase: Phase,
    /// Order within the phase; lower first.
    #[serde(default)]
    pub rank: u32,
    /// Repeat the steps for each item of this list; `${item.…}` names its parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// What the approval sheet says it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    /// How it is taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undo: Vec<String>,
    /// Roles it needs.
    #[serde(default, rename = "role", skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RolePart>,
    /// What must be so before it.
    #[serde(default, rename = "prerequisite", skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<PrerequisitePart>,
    /// Values it collects.
    #[serde(default, rename = "value", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<RecipeValue>,
    /// Topic of a failed check → step of this recipe that mends it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mends: BTreeMap<String, String>,
    /// What the verifier cannot see of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_checked: Vec<String>,
    /// Its steps, in order.
    #[serde(default, rename = "step", skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<RecipeStep>,
}

/// A role a recipe needs.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RolePart {
    /// Role name as Microsoft prints it.
    pub role: String,
    /// What it is needed for.
    pub needed_for: String,
    /// Only when this holds; see [`RecipeStep::when`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// What must be so before a recipe.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PrerequisitePart {
    /// Stable id.
    pub id: String,
    /// What must be so.
    pub text: String,
    /// How it becomes known.
    pub known_by: KnownBy,
    /// The command whose output is pasted, or the page to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// What happens if it is not so.
    pub consequence: String,
    /// Only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// How a prerequisite becomes known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// A portal page shows it.
    Page,
    /// A command's pasted output says it.
    Command,
    /// A public document says it.
    PublicDocument,
    /// Nothing says it: it is a question.
    Nobody,
}

impl KnownBy {
    /// The word used in files and plans.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Command => "command",
            Self::PublicDocument => "public-document",
            Self::Nobody => "nobody",
        }
    }
}

/// A value a recipe collects.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecipeValue {
    /// Stable id.
    pub id: String,
    /// What it is.
    pub kind: ValueKind,
    /// What people call it, when it has no label in the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the admin should know about it.
    pub hint: String,
    /// Control it can be read from; its label is the value's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// Controls that show something easily taken for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<String>,
    /// Parser for pasted command output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parser: Option<String>,
    /// Kept in every guide that uses the recipe, even if it is not handed over.
    #[serde(default)]
    pub always: bool,
}

/// One step of a recipe. `${path}` is filled from the guide, `@{page.control}` with what the control is called,
/// `{value}` stays for run time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecipeStep {
    /// Id within the recipe.
    pub id: String,
    /// Short imperative title.
    pub title: String,
    /// The card's words.
    pub text: String,
    /// Why this is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// A warning shown with the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// Page it happens on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Control the ring is put on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What the admin does.
    pub action: Action,
    /// What has to be typed or chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// A text file that may be saved at this step: path of a guide part with `file` and `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Values collected here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collects: Vec<String>,
    /// When the step is over.
    pub done: Cond,
    /// When it was done before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub already: Option<Cond>,
    /// Wrong turns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongPart>,
    /// Milliseconds to look for the target; 4000 unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<u32>,
    /// Only when the guide has this part (`app.redirect-uris`), has it not (`!app.redirect-uris`), or has this text
    /// in it (`item.kind=application`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Repeat for each item of this list; `${each.…}` names its parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
}

/// A wrong turn.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WrongPart {
    /// Id within the step.
    pub id: String,
    /// When it shows.
    pub when: Cond,
    /// What happened and what to do.
    pub text: String,
    /// Step to go back to: of this recipe, or `<recipe>.<step>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
}

/// A condition as written in a recipe.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cond {
    /// The page is shown.
    Page(String),
    /// The control is there and visible.
    Visible(String),
    /// The control is not there, on a page that is shown.
    Gone(String),
    /// The control's value or text is this one.
    Is {
        /// Control id.
        control: String,
        /// Expected text.
        text: String,
        /// How to compare.
        #[serde(default)]
        how: Match,
    },
    /// The control shows one of its named states, in any language the catalogue knows.
    Shows {
        /// Control id.
        control: String,
        /// Name of the state.
        state: String,
    },
    /// On.
    Checked(String),
    /// Off.
    Unchecked(String),
    /// The admin used the control.
    Used(String),
    /// The value was collected.
    Collected(String),
    /// The admin said so.
    Confirmed,
    /// The verifier answered *passed*.
    Verified,
    /// All of these.
    All(Vec<Cond>),
    /// Any of these.
    Any(Vec<Cond>),
    /// Not this.
    Not(Box<Cond>),
    /// This for every item of a list; `${it.…}` names its parts.
    Every {
        /// The list.
        of: String,
        /// The condition.
        that: Box<Cond>,
    },
    /// This for at least one item of a list.
    Some {
        /// The list.
        of: String,
        /// The condition.
        that: Box<Cond>,
    },
}

/// `portal/<page>.toml`: where things are on one page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PageFile {
    /// Title in English, as the page shows it today.
    pub title: String,
    /// The way there in words.
    pub menu: String,
    /// `never`, or the date and language it was last seen on the live portal, e.g. `2026-11-21 en`.
    pub confirmed_live: String,
    /// Where this page's facts come from.
    pub source: String,
    /// Deep links, best first.
    #[serde(default, rename = "route", skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RoutePart>,
    /// The page is shown when any of these controls is visible.
    pub recognise: Vec<String>,
    /// Its controls.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub controls: BTreeMap<String, ControlPart>,
}

/// A deep link.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoutePart {
    /// `azure` or `entra`.
    pub portal: String,
    /// Everything after the host.
    pub path: String,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How well a fact about a control is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Code that its author plainly ran against the live portal.
    Ran,
    /// Code that reads as if run.
    Seen,
    /// A guide's or Microsoft's documentation.
    Doc,
    /// Concluded from other facts.
    Inference,
    /// Known without a source.
    Known,
}

/// One control.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ControlPart {
    /// What to call it in a sentence.
    pub called: String,
    /// Its label per language: today's first, older ones after it. `${param}` stands for the parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label: BTreeMap<String, Labels>,
    /// Where the label of a language other than English is written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label_source: BTreeMap<String, String>,
    /// How the label is compared, when a locator does not say otherwise.
    #[serde(default)]
    pub how: Match,
    /// What the parameter stands for, when the control has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// What is read from it.
    #[serde(default)]
    pub read: Read,
    /// Control of this page it must be inside of; `${param}` is passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Ways to find it, best first.
    pub locators: Vec<LocatorPart>,
    /// Texts it may show, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub states: BTreeMap<String, Vec<StatePart>>,
    /// Where the facts come from.
    pub source: String,
    /// How well they are known.
    pub strength: Strength,
}

/// One label or several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Labels {
    /// One.
    One(String),
    /// Several, today's first.
    Many(Vec<String>),
}

impl Labels {
    /// As a list.
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        match self {
            Self::One(label) => vec![label.clone()],
            Self::Many(labels) => labels.clone(),
        }
    }
}

/// A text a control may show.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatePart {
    /// How it is compared.
    #[serde(default)]
    pub how: Match,
    /// The text per language.
    pub text: BTreeMap<String, Labels>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// One way to find a control.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LocatorPart {
    /// How.
    pub by: By,
    /// ARIA role, for `by = "role"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A text that no language changes: attribute value, selector. Absent: the control's label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Labels>,
    /// How the text is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<Match>,
    /// Attribute name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// `portal/permissions/<resource>.toml`: one resource's permissions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResourceFile {
    /// Name as the portal shows it.
    pub name: String,
    /// Application ID.
    pub app_id: String,
    /// Tab of the permission pane it is on: `microsoft-apis` or `my-organization-apis`.
    pub tab: String,
    /// Read-only probes the verifier may run with a token for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<String>,
    /// Least role that may consent to its application permissions.
    pub consent_role: String,
    /// Where the resource's facts come from, with date.
    pub source: String,
    /// Its permissions.
    #[serde(rename = "permission")]
    pub permissions: Vec<PermissionRow>,
}

/// One permission of a resource.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PermissionRow {
    /// Name.
    pub name: String,
    /// Id as application permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// Id as delegated permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated: Option<String>,
    /// Group of the permission pane it is listed in; the name before its first dot when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it allows.
    pub allows: String,
    /// `low`, `medium`, `high` or `tier-0`.
    pub danger: Danger,
    /// Why it is that dangerous, when it is not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_why: Option<String>,
    /// Where the ids come from.
    pub source: String,
    /// When that was written or read.
    pub date: String,
}

/// How dangerous a permission is in the wrong hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Little is learnt and nothing is changed.
    Low,
    /// Business data is read.
    Medium,
    /// Content of many people is read, or something is changed.
    High,
    /// The whole tenant can be taken over with it.
    #[serde(rename = "tier-0")]
    TierZero,
}

impl Danger {
    /// The word used in files and plans.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::TierZero => "tier-0",
        }
    }
}

/// `guides/seeds/<seed>.toml`: the numbered statements of one vendor's document, in our words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeedFile {
    /// What the document is.
    pub title: String,
    /// Number → what it is about.
    pub statements: BTreeMap<String, String>,
}

/// `guides/traps/*.toml`: what documents say that is outdated or dangerous.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrapFile {
    /// The traps.
    #[serde(rename = "trap")]
    pub traps: Vec<Trap>,
}

/// One trap.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Trap {
    /// Stable id.
    pub id: String,
    /// What sort of trap it is.
    pub kind: TrapKind,
    /// A line is caught when it holds one of these, letter case ignored, …
    pub any: Vec<String>,
    /// … and none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// What is true today.
    pub today: String,
    /// Where that is written.
    pub source: String,
}

/// Sorts of traps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrapKind {
    /// A name or an address that changed.
    Renamed,
    /// A way that no longer exists.
    Dead,
    /// A step that weakens the tenant.
    Dangerous,
    /// Not wrong, but more than is needed or less than is true.
    Weak,
    /// Labels exchanged.
    Swapped,
    /// A misprint.
    Typo,
}

impl TrapKind {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Dead => "dead",
            Self::Dangerous => "dangerous",
            Self::Weak => "weak",
            Self::Swapped => "swapped",
            Self::Typo => "typo",
        }
    }
}

impl Trap {
    /// Whether a line of text falls into it.
    #[must_use]
    pub fn catches(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.any.iter().any(|text| line.contains(text.as_str()))
            && !self.unless.iter().any(|text| line.contains(text.as_str()))
    }
}
