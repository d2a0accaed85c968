//! Messages between the background and the side panel. Taken from the extension's own pages only.

pub use handrail_guide::health::HealthLine;
use handrail_guide::plan::Sheet;
use handrail_json::{FromJson, ToJson};

pub use crate::command::Command;
use crate::record::Record;
use crate::report::Refusal;
pub use crate::run::{
    CardView, CheckView, FindingView, KeptOff, Pointing, RunView, Standing, StepLine, StepState, ValueState,
    ValueView,
};

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
