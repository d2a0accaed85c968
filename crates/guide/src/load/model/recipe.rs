//! A recipe as it stands on disk: how a person brings one piece of a state about.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Action, Match, ValueKind};

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

/// What a plan is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Setting the integration up, or continuing it.
    #[default]
    Run,
    /// Setting it up with an app registration that is there already.
    Adopt,
    /// A new credential in place of one that ends.
    Renew,
    /// Taking the integration away.
    Remove,
}

impl Mode {
    /// The word used in files and plans.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Adopt => "adopt",
            Self::Renew => "renew",
            Self::Remove => "remove",
        }
    }

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Run, Self::Adopt, Self::Renew, Self::Remove];

    /// The mode of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == name)
    }

    /// Whether a recipe for these modes, which achieves this, is carried out in this mode. Adopting is setting up, but
    /// for the app, which is found and not made.
    #[must_use]
    pub fn takes(self, modes: &[Self], achieves: &str) -> bool {
        modes.contains(&self) || (self == Self::Adopt && achieves != "app" && modes.contains(&Self::Run))
    }
}

/// Modes of a recipe that says nothing.
fn run_only() -> Vec<Mode> {
    vec![Mode::Run]
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
    /// What kinds of plans it belongs to; setting up alone when not given.
    #[serde(default = "run_only")]
    pub modes: Vec<Mode>,
    /// Repeat the steps for each item of this list; `${item.…}` names its parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Id of the choice without which all its steps are left out, e.g. `${item.id}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_chosen: Option<String>,
    /// Why it is kept although no guide here comes to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_for: Option<String>,
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
    /// Handed over in every guide that uses the recipe: a vendor's link asks for it.
    #[serde(default)]
    pub handed_over: bool,
}

/// One step of a recipe. `${path}` is filled from the guide, `@{page.control}` with what the control is called,
/// `{value}` stays for run time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecipeStep {
    /// Id within the recipe.
    pub id: String,
    /// Why it is kept although no guide here comes to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_for: Option<String>,
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
    /// For a decision: its other answer, offered in the panel alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<ChoicePart>,
    /// Id of the choice this step takes back; it cannot be passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// The answer of a decision that is not the default.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChoicePart {
    /// What recipes name in `if-chosen` and steps in `undoes`.
    pub id: String,
    /// Words of its button.
    pub label: String,
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
    /// What the check is told was seen, by topic, e.g. `permission-kind = "delegated"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<String, String>,
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
    /// It was sealed and handed over under a vendor's link.
    HandedOver,
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
