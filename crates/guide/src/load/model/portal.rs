//! A portal page as it stands on disk: where things are.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{By, Match, Read};

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
    /// `azure`, `entra` or `purview`.
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
    pub label: BTreeMap<String, OneOrMany>,
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
    /// Control of this page it is looked for in, where that can be found: a pane, a menu. Else it is looked for
    /// everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Control of this page that must be there too, such as the words of the question this is the answer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// Control (`page.control`) that opens the menu it is folded into where it has no room, as in a narrow window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folded_in: Option<String>,
    /// Ways to find it, best first.
    pub locators: Vec<LocatorPart>,
    /// Texts it may show, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub states: BTreeMap<String, Vec<StatePart>>,
    /// Where the facts come from.
    pub source: String,
    /// How well they are known.
    pub strength: Strength,
    /// Why it is kept although no recipe uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_for: Option<String>,
}

/// One text or several.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several, today's first.
    Many(Vec<String>),
}

impl OneOrMany {
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
    pub text: BTreeMap<String, OneOrMany>,
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
    /// ARIA role, for `by = "role"`; several where it may have any of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<OneOrMany>,
    /// A text that no language changes: attribute value, selector. Absent: the control's label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<OneOrMany>,
    /// How the text is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<Match>,
    /// Attribute name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Control (`page.control`, found by selectors alone) of which a page may have several, for `by = "role"`: this is
    /// inside one of them. What a later locator finds elsewhere is doubtful then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<String>,
}
