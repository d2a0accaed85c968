//! Whether a condition of the plan holds. There are three answers: while the page has not said enough, it is unknown,
//! and nothing is decided on it.

use handrail_guide::plan::{Condition, Match};
use vecmap::VecSet;

use crate::frames::{Frames, Sighting};
use crate::index::{Index, page_of};

/// Yes, no, or not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Yes,
    No,
    Unknown,
}

impl From<bool> for Truth {
    fn from(b: bool) -> Self {
        if b { Self::Yes } else { Self::No }
    }
}

/// All that conditions are judged by.
pub(crate) struct Facts<'a> {
    pub(crate) index: Index<'a>,
    pub(crate) frames: &'a Frames,
    /// Controls used since the step began.
    pub(crate) used: &'a VecSet<String>,
    /// Values that stand.
    pub(crate) collected: &'a VecSet<String>,
    pub(crate) confirmed: bool,
    pub(crate) verified: bool,
    pub(crate) handed_over: bool,
    /// Whether what is not there counts as gone. Lists load late, so absence has to last before it proves anything.
    pub(crate) absence_counts: bool,
    /// Fills placeholders; nothing while a value is missing.
    pub(crate) fill: &'a dyn Fn(&str) -> Option<String>,
}

impl Facts<'_> {
    /// How a control stands.
    pub(crate) fn look(&self, control: &str) -> Sighting {
        self.index.control(control).map_or(Sighting::Unknown, |n| self.frames.look(n))
    }

    /// Whether a page is shown.
    pub(crate) fn page(&self, page: &str) -> Truth {
        match self.index.page(page).map_or(Sighting::Unknown, |n| self.frames.look(n)) {
            Sighting::Once { .. } | Sighting::Several => Truth::Yes,
            Sighting::Nowhere | Sighting::Hidden => Truth::No,
            Sighting::Unknown => Truth::Unknown,
        }
    }

    /// Whether this condition holds.
    pub(crate) fn judge(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::Page(page) => self.page(page),
            Condition::Visible(control) => visible(&self.look(control)),
            Condition::Gone(control) => self.gone(control),
            Condition::Is { control, text, how } => self.is(control, text, *how),
            Condition::Checked(control) => self.read(control, |t| t == "true"),
            Condition::Unchecked(control) => self.read(control, |t| t == "false"),
            Condition::Used(control) => self.used.contains(control).into(),
            Condition::Collected(value) => self.collected.contains(value).into(),
            Condition::Confirmed => self.confirmed.into(),
            Condition::Verified => self.verified.into(),
            Condition::HandedOver => self.handed_over.into(),
            Condition::All(list) => self.all(list),
            Condition::Any(list) => self.any(list),
            Condition::Not(inner) => match self.judge(inner) {
                Truth::Yes => Truth::No,
                Truth::No if !self.absence_counts && matches!(**inner, Condition::Visible(_)) => {
                    Truth::Unknown
                }
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
            },
        }
    }

    fn all(&self, list: &[Condition]) -> Truth {
        let mut answer = Truth::Yes;
        for condition in list {
            match self.judge(condition) {
                Truth::No => return Truth::No,
                Truth::Unknown => answer = Truth::Unknown,
                Truth::Yes => {}
            }
        }
        answer
    }

    fn any(&self, list: &[Condition]) -> Truth {
        let mut answer = Truth::No;
        for condition in list {
            match self.judge(condition) {
                Truth::Yes => return Truth::Yes,
                Truth::Unknown => answer = Truth::Unknown,
                Truth::No => {}
            }
        }
        answer
    }

    /// Gone means: not there while the portal shows a page we know. A pane takes its own page with it.
    fn gone(&self, control: &str) -> Truth {
        match self.look(control) {
            Sighting::Once { .. } | Sighting::Several => Truth::No,
            Sighting::Unknown => Truth::Unknown,
            Sighting::Nowhere | Sighting::Hidden if !self.absence_counts => Truth::Unknown,
            Sighting::Nowhere | Sighting::Hidden => {
                let shell = self.index.page("shell");
                let pages = self.index.pages().filter(|n| Some(*n) != shell);
                if self.page(page_of(control)) == Truth::Yes || !self.frames.present(pages).is_empty() {
                    Truth::Yes
                } else {
                    Truth::Unknown
                }
            }
        }
    }

    fn is(&self, control: &str, text: &str, how: Match) -> Truth {
        let Some(wanted) = (self.fill)(text).map(|t| normal(&t)) else {
            return Truth::Unknown;
        };
        self.read(control, |found| {
            let found = normal(found);
            match how {
                Match::Exact => found == wanted,
                Match::Prefix => found.starts_with(&wanted),
                Match::Contains => found.contains(&wanted),
            }
        })
    }

    fn read(&self, control: &str, test: impl Fn(&str) -> bool) -> Truth {
        match self.look(control) {
            Sighting::Once { text, .. } => test(&text).into(),
            Sighting::Nowhere | Sighting::Hidden => Truth::No,
            Sighting::Several | Sighting::Unknown => Truth::Unknown,
        }
    }
}

fn visible(sighting: &Sighting) -> Truth {
    match sighting {
        Sighting::Once { .. } => Truth::Yes,
        Sighting::Nowhere | Sighting::Hidden => Truth::No,
        Sighting::Several | Sighting::Unknown => Truth::Unknown,
    }
}

/// White space made single.
pub(crate) fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
