//! A guide as it stands on disk: what must be true at the end.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::PermissionKind;

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
    /// What to ask for the name of the customer's own server; `{server}` stands for it in the redirect URIs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
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

impl CredentialPart {
    /// Whether the vendor accepts this kind: `secret`, `certificate` or `federated`.
    #[must_use]
    pub fn accepts(&self, kind: &str) -> bool {
        match kind {
            "secret" => self.secret.is_some(),
            "certificate" => self.certificate.is_some(),
            "federated" => self.federated.is_some(),
            _ => false,
        }
    }
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
    /// Which recipe `achieves` it: `hand-over.by=<this>`, as `file`, `form` or `none`.
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
    /// The procedure that carries it out when it is chosen: the recipe that achieves `procedure.<this>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// What that procedure needs to know.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
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
    /// Title of the decision; the id in words when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
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
    /// The procedure that carries it out when it is chosen: the recipe that achieves `procedure.<this>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// What that procedure needs to know.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
    /// Where that is written.
    pub source: String,
}
