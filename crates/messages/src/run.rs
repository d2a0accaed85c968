//! A run as the panel shows it: its steps, the card, the values and the check.

use handrail_guide::plan::{Action, RoleNeed};
use handrail_json::{FromJson, ToJson};

use crate::panel::{OriginLine, Way};
use crate::record::Record;
use crate::report::{Refusal, Report};

/// How a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Under way.
    #[default]
    Running,
    /// Paused by the admin.
    Paused,
    /// Stopped: the tab shows another directory.
    OtherDirectory,
    /// All steps are over.
    Finished,
}

impl Standing {
    /// Name for styling and for tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::OtherDirectory => "other-directory",
            Self::Finished => "finished",
        }
    }
}

/// State of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// To come.
    #[default]
    Todo,
    /// The one to do now.
    Current,
    /// Done.
    Done,
    /// Was so before.
    Already,
    /// The admin went on.
    Skipped,
}

impl StepState {
    /// Name for styling and for tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Current => "current",
            Self::Done => "done",
            Self::Already => "already",
            Self::Skipped => "skipped",
        }
    }
}

/// A step in the list.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
pub struct StepLine {
    /// Step id.
    pub id: String,
    /// Heading.
    pub group: String,
    /// Title.
    pub title: String,
    /// State.
    pub state: StepState,
    /// Why it was passed over.
    pub why: String,
}

/// How the current step is being shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Pointing {
    /// Still looking for the control.
    #[default]
    Looking,
    /// The ring is on the control.
    Ring,
    /// Not found in time: described in words.
    Words,
    /// Found more than once: described in words.
    Several,
    /// Happens here or outside the portal.
    Here,
}

impl Pointing {
    /// Name for styling and for tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::Ring => "ring",
            Self::Words => "words",
            Self::Several => "several",
            Self::Here => "here",
        }
    }
}

/// The current step, in the card's words.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct CardView {
    /// Step id.
    pub step: String,
    /// Number, from 1.
    pub n: usize,
    /// Title.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Why.
    pub why: Option<String>,
    /// A warning.
    pub caution: Option<String>,
    /// What goes on the clipboard.
    pub copy: Option<String>,
    /// What kind of step.
    pub action: Action,
    /// Whether ring, words or nothing.
    pub pointing: Pointing,
    /// The way there in words, when it is needed.
    pub menu: Option<String>,
    /// What the control is called.
    pub called: Option<String>,
    /// What the admin says to end the step, when only a person can.
    pub confirm: Option<String>,
    /// The other answer of a decision.
    pub choice: Option<String>,
    /// It takes back what was chosen, and cannot be passed over.
    pub owed: bool,
    /// Whether the step's page can be opened by a link.
    pub link: bool,
    /// The wrong turn that shows: id, words, and whether there is a step to go back to.
    pub wrong: Option<(String, String, bool)>,
    /// Values this step collects.
    pub collects: Vec<String>,
    /// Name of the file that can be saved here.
    pub file: Option<String>,
    /// How the run came to this step, when that needs a word.
    pub remark: String,
}

/// How a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum ValueState {
    /// Not there yet.
    #[default]
    Missing,
    /// There, and nothing is wrong with it.
    Good,
    /// There, with a remark.
    Remark,
    /// Something is wrong with it.
    Bad,
    /// Something looks wrong; the admin keeps it.
    Overruled,
}

impl ValueState {
    /// Name for styling and for tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Good => "good",
            Self::Remark => "remark",
            Self::Bad => "bad",
            Self::Overruled => "overruled",
        }
    }
}

/// Something found about a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
pub struct FindingView {
    /// Stable code.
    pub code: String,
    /// `note`, `warning` or `error`.
    pub severity: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct ValueView {
    /// Value id.
    pub id: String,
    /// The portal's label.
    pub label: String,
    /// The vendor's label.
    pub vendor_label: Option<String>,
    /// What to know about it.
    pub hint: String,
    /// Whether it is a secret.
    pub secret: bool,
    /// State.
    pub state: ValueState,
    /// What is shown: the value, or a mask.
    pub shown: String,
    /// `page` or `pasted`.
    pub source: String,
    /// What was found.
    pub findings: Vec<FindingView>,
    /// What it may have been meant to be, each in words that follow "Did you mean"; a secret is not spelled out.
    pub suggestions: Vec<String>,
    /// Whether the admin may keep it all the same.
    pub may_keep: bool,
    /// Whether the current step collects it.
    pub wanted: bool,
    /// A secret that was known and is gone from memory.
    pub wiped: bool,
}

/// How the check stands.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct CheckView {
    /// Where the values would go.
    pub origin: Option<OriginLine>,
    /// Labels of the values still missing.
    pub missing: Vec<String>,
    /// A check is under way.
    pub busy: bool,
    /// The last answer.
    pub report: Option<Report>,
    /// Why there was no answer.
    pub refusal: Option<Refusal>,
    /// Milliseconds since 1970 at which it is asked again.
    pub retry_at: Option<f64>,
    /// Titles of the mending steps, by id.
    pub titles: Vec<(String, String)>,
    /// Why the organisation's policy lets nothing be checked or handed over.
    #[serde(default)]
    pub barred: Option<Refusal>,
}

/// The browser keeps Handrail off the portal's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
pub struct KeptOff {
    /// What happened, who can change it and what to do meanwhile.
    pub why: Refusal,
    /// The browser can be asked for access by a press here.
    pub can_ask: bool,
}

/// A run.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct RunView {
    /// Run id.
    pub id: String,
    /// Guide id.
    pub guide: String,
    /// Title.
    pub title: String,
    /// The vendor's name.
    pub vendor: String,
    /// Counts the changes of the values: what was shown in clear belongs to one of them.
    pub edition: u64,
    /// How it stands.
    pub standing: Standing,
    /// The directory it was begun in.
    pub directory: Option<String>,
    /// The directory the tab shows now, when it is another.
    pub directory_now: Option<String>,
    /// The steps.
    pub steps: Vec<StepLine>,
    /// The step to do now.
    pub card: Option<CardView>,
    /// The values.
    pub values: Vec<ValueView>,
    /// Values are read from the page by themselves.
    pub reads: bool,
    /// What it is for: `run`, `check`, `adopt`, `renew` or `remove`.
    pub mode: String,
    /// Other credentials that may be made instead, offered where the directory refuses this one.
    pub others: Vec<Way>,
    /// The current step makes the credential.
    pub at_credential: bool,
    /// The least roles that suffice.
    pub roles: Vec<RoleNeed>,
    /// A colleague began it.
    pub handed: bool,
    /// When the credential has to be renewed, as far as it is known.
    pub renew_by: Option<String>,
    /// How it is undone.
    pub undo: Vec<String>,
    /// What was done, and how it is taken back.
    pub record: Record,
    /// The check.
    pub check: CheckView,
    /// The domain to which it was handed over, sealed.
    #[serde(default)]
    pub handed_over: Option<String>,
    /// Why there is no ring on the page.
    #[serde(default)]
    pub kept_off: Option<KeptOff>,
    /// Labels of what is handed over, in the vendor's order; the value, or a mask for a secret.
    pub hand_over: Vec<(String, String)>,
    /// Where questions go.
    pub support: Option<String>,
}
