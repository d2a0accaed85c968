//! Messages between the background and the side panel. Taken from the extension's own pages only.

pub use handrail_guide::health::HealthLine;
use handrail_guide::plan::{Action, RoleNeed, Sheet};
use handrail_json::{FromJson, ToJson};

pub use crate::command::Command;
use crate::record::Record;
use crate::report::{Refusal, Report};

impl std::fmt::Debug for ToPanel {
    /// Without what it carries, which may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ToPanel(…)")
    }
}

/// What the background tells the panel.
#[derive(Clone, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum ToPanel {
    /// All that is shown. Holds no secret.
    View(Box<View>),
    /// A value in clear, asked for by a press.
    Revealed {
        /// Value id.
        value: String,
        /// The value.
        text: String,
    },
    /// The hand-over lines in clear, asked for by a press.
    HandOver {
        /// Label and value, in the vendor's order.
        lines: Vec<(String, String)>,
    },
    /// What the panel seals now, asked for by a press.
    ToSeal {
        /// Values in clear, by id, exactly those that were checked.
        values: Vec<(String, String)>,
        /// Salt of the report's commitment to them.
        salt: String,
        /// The signed report.
        report: String,
        /// The day the credential ends, as the portal shows it.
        ends: Option<String>,
    },
    /// A file to save on the admin's machine, asked for by a press.
    File {
        /// File name.
        name: String,
        /// Its text.
        text: String,
    },
    /// A text for the clipboard, asked for by a press.
    Clip {
        /// The text.
        text: String,
    },
    /// What a colleague needs to go on with the run. Holds no secret.
    Handed {
        /// The words to send.
        text: String,
        /// The same as a link, where there is a service to link to.
        link: Option<String>,
    },
    /// The background failed and cannot go on.
    Fell,
    /// Connect again if the connection was lost.
    Wake,
}

/// All that the panel shows.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct View {
    /// The tab it is about.
    pub tab: Option<i32>,
    /// Something the admin should know first.
    pub notice: Option<Refusal>,
    /// Address of the vendor's link that the tab shows, or that its run began with. The panel proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Which screen.
    pub screen: Screen,
    /// Guides that can be started.
    pub guides: Vec<GuideLine>,
    /// Runs in any tab.
    pub runs: Vec<RunLine>,
    /// Where values may be checked.
    pub origins: Vec<OriginLine>,
    /// Whether it is kept which locator found what.
    #[serde(default)]
    pub keeps_health: bool,
    /// What was learnt about the guides' locators.
    pub health: Vec<HealthLine>,
    /// Records of runs that were put away.
    #[serde(default)]
    pub records: Vec<Record>,
}

/// The screens of the panel.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// List of guides.
    #[default]
    Home,
    /// Approval sheet.
    Sheet(Box<SheetView>),
    /// A run.
    Run(Box<RunView>),
}

/// A guide in the list.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
pub struct GuideLine {
    /// Guide id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The vendor's name.
    pub vendor: String,
    /// The ways it can be walked, the usual one first.
    #[serde(default)]
    pub ways: Vec<Way>,
}

/// One way to walk a guide: what for, and with which credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
pub struct Way {
    /// Name of its plan.
    pub plan: String,
    /// `run`, `check`, `adopt`, `renew` or `remove`.
    pub mode: String,
    /// `secret`, `certificate` or `federated`, where it makes one.
    #[serde(default)]
    pub credential: Option<String>,
    /// Number of steps.
    #[serde(default)]
    pub steps: usize,
    /// Whether the values are checked on the way.
    #[serde(default)]
    pub checks: bool,
    /// It is walked for a vendor's link that asks for a federated credential or for a consent, and for nothing else.
    #[serde(default)]
    pub linked: bool,
}

/// A run in the list.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
pub struct RunLine {
    /// Run id.
    pub id: String,
    /// Title of the guide.
    pub title: String,
    /// The directory, if known.
    pub directory: String,
    /// Steps that are over.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// The tab it is in, if any.
    pub tab: Option<i32>,
}

/// A checking service.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
pub struct OriginLine {
    /// The origin.
    pub origin: String,
    /// Its name.
    pub name: String,
    /// For practice only.
    pub practice: bool,
    /// Approved by the admin, or by the organisation.
    pub approved: bool,
    /// Approved by the organisation's policy: it cannot be taken back here.
    #[serde(default)]
    pub policy: bool,
    /// Why the organisation's policy lets nothing be sent there.
    #[serde(default)]
    pub barred: Option<Refusal>,
}

/// The approval sheet and where it comes from.
#[derive(Clone, Debug, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct SheetView {
    /// Guide id.
    pub guide: String,
    /// Name of the plan.
    pub plan: String,
    /// What it is for: `run`, `check`, `adopt`, `renew` or `remove`.
    pub mode: String,
    /// All ways to walk this guide.
    pub ways: Vec<Way>,
    /// Title of the step at which a colleague handed it over, and the directory it was begun in.
    pub handed: Option<(String, String)>,
    /// Title of the guide.
    pub title: String,
    /// The vendor's name.
    pub vendor: String,
    /// Domains that may send links for this guide.
    pub domains: Vec<String>,
    /// Where questions go.
    pub support: Option<String>,
    /// SHA-256 over the guide's sources, the same for all its ways.
    pub digest: String,
    /// The sheet.
    pub sheet: Sheet,
    /// What no check looks at.
    pub not_checked: Vec<String>,
    /// Titles of the steps.
    pub steps: Vec<String>,
    /// The portal of the tab: `azure` or `entra`.
    pub portal: Option<String>,
    /// Where the link came from, if there was one.
    pub link: Option<String>,
    /// The origin that would check the values.
    pub origin: Option<OriginLine>,
    /// Pages whose controls were seen on the live portal, and all pages.
    pub confirmed: (usize, usize),
}

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

#[cfg(test)]
mod tests {
    use handrail_json::{from_str, to_string};

    use super::*;

    #[test]
    fn a_view_survives_the_wire() {
        let view = ToPanel::View(Box::new(View { screen: Screen::Run(Box::default()), ..View::default() }));
        let json = to_string(&view);
        assert_eq!(from_str::<ToPanel>(&json).unwrap(), view);
    }

    fn to_seal(text: String) -> ToPanel {
        let values = vec![("client-secret".into(), text)];
        ToPanel::ToSeal { values, salt: String::new(), report: String::new(), ends: None }
    }

    #[test]
    fn what_may_be_a_secret_is_never_printed() {
        let canary = "canary-4711";
        let text = || canary.to_owned();
        for printed in [
            format!("{:?}", Command::Paste { value: "client-secret".into(), text: text() }),
            format!("{:?}", Command::Prove { text: text(), link: None }),
            format!("{:?}", ToPanel::Revealed { value: "client-secret".into(), text: text() }),
            format!("{:?}", ToPanel::HandOver { lines: vec![("Value".into(), text())] }),
            format!("{:?}", to_seal(text())),
            format!("{:?}", ToPanel::File { name: "values.txt".into(), text: text() }),
            format!("{:?}", ToPanel::Clip { text: text() }),
        ] {
            assert!(!printed.contains(canary), "{printed}");
        }
    }

    #[test]
    fn commands_are_a_closed_list() {
        assert!(from_str::<Command>(r#"{"eval":{"code":"1"}}"#).is_err());
        assert_eq!(
            from_str::<Command>(r#"{"go-to":{"step":"a.b"}}"#).unwrap(),
            Command::GoTo { step: "a.b".into() }
        );
    }
}
