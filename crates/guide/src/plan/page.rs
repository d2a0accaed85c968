//! The portal: its pages, their controls, and the ways to find these.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use vecmap::VecMap;

use super::Match;

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

/// Each portal's key, its name for people and its host; the first is taken for a key that is none. A page's file names the
/// portal of each of its routes by the key.
pub const PORTALS: [(&str, &str, &str); 3] = [
    ("entra", "Entra admin center", "https://entra.microsoft.com"),
    ("azure", "Azure portal", "https://portal.azure.com"),
    ("purview", "Purview portal", "https://purview.microsoft.com"),
];

/// A deep link to a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Route {
    /// One of [`PORTALS`], by its key.
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

impl Locator {
    /// Whether what it finds is in a place of its kind, such as the commands above a page.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.by == By::Role && self.of.is_some()
    }
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
