//! Steps: what the admin does, and how it is seen that it was done.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use vecmap::VecMap;

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
