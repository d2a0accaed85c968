//! What the panel knows for itself: which things are open, what is shown in clear, what was just copied.

use std::collections::BTreeMap;

use crate::link::Link;
use handrail_messages::panel::{Screen, Standing, View};

/// The panel's own state. Clear text is dropped as soon as it is hidden or the run changes.
#[derive(Clone, Default)]
pub(crate) struct State {
    /// The background gave up; what is said then stays.
    pub(crate) fell: bool,
    pub(crate) view: Option<View>,
    /// Values in clear, by id.
    pub(crate) revealed: BTreeMap<String, String>,
    /// The hand-over lines in clear.
    pub(crate) clear: Option<Vec<(String, String)>>,
    /// The admin pressed Cancel once.
    pub(crate) cancelling: bool,
    /// The settings are open.
    pub(crate) settings: bool,
    /// The portal chosen on the sheet.
    pub(crate) portal: Option<String>,
    /// What a colleague needs to go on: the words, and a link.
    pub(crate) handed: Option<(String, Option<String>)>,
    /// Languages Handrail speaks, each with its own name.
    pub(crate) languages: Vec<(String, String)>,
    /// The one the admin chose; empty for the browser's.
    pub(crate) language: String,
    /// Newer labels: where they are looked for, the number of those in use, and what came of the last look.
    pub(crate) labels: Vec<String>,
    /// Vendors whose keys are remembered: each domain and what is remembered of it in turn.
    pub(crate) vendors: Vec<String>,
    /// What was copied last, to say so on its button.
    pub(crate) copied: String,
    /// The vendor's link.
    pub(crate) link: Option<Link>,
    /// The links before it under which something was handed over, or is on its way: the receipt is nowhere else, and one panel
    /// may be for all tabs.
    pub(crate) before: Vec<Link>,
    /// Milliseconds since 1970.
    pub(crate) now: f64,
    /// A repeat of the check was sent for this moment.
    pub(crate) asked: f64,
}

impl State {
    /// Takes what the settings show besides the view: the languages, each one's tag and own name in turn behind the tag that
    /// the admin chose, what there is to say about newer labels, and the vendors that are remembered.
    pub(crate) fn speak(&mut self, languages: Vec<String>, labels: Vec<String>, vendors: Vec<String>) {
        (self.labels, self.vendors) = (labels, vendors);
        let mut list = languages.into_iter();
        self.language = list.next().unwrap_or_default();
        self.languages.clear();
        while let (Some(tag), Some(name)) = (list.next(), list.next()) {
            self.languages.push((tag, name));
        }
    }

    /// Takes a new view.
    pub(crate) fn take(&mut self, view: View) {
        // What is not named here is forgotten with the run, whatever is added to it.
        if self.run_id() != run_id(&view) {
            *self = Self {
                now: self.now,
                link: self.link.take(),
                before: std::mem::take(&mut self.before),
                languages: std::mem::take(&mut self.languages),
                language: std::mem::take(&mut self.language),
                labels: std::mem::take(&mut self.labels),
                vendors: std::mem::take(&mut self.vendors),
                ..Self::default()
            };
        }
        if self.view.as_ref().and_then(edition) != edition(&view) {
            self.revealed.clear();
            self.clear = None;
        }
        if self.link.as_ref().map(|link| &link.address) != view.link.as_ref() {
            let at = self.before.iter().position(|before| view.link.as_ref() == Some(&before.address));
            let before = at.map(|at| Link { is_back: true, ..self.before.swap_remove(at) });
            let new = || view.link.clone().map(|address| Link { address, ..Link::default() });
            let left = std::mem::replace(&mut self.link, before.or_else(new));
            self.before.extend(left.filter(|left| left.sending || left.has_receipt()));
        }
        self.view = Some(view);
    }

    /// The link of this address, shown or from before.
    pub(crate) fn link_at(&mut self, address: &str) -> Option<&mut Link> {
        self.link.iter_mut().chain(&mut self.before).find(|link| link.address == address)
    }

    /// The link that nobody looked at yet.
    pub(crate) fn unproved(&self) -> Option<String> {
        let link = self.link.as_ref().filter(|link| link.asked.is_none() && link.trouble.is_none())?;
        Some(link.address.clone())
    }

    /// The run that is shown.
    pub(crate) fn run_id(&self) -> Option<&str> {
        self.view.as_ref().and_then(run_id)
    }

    /// Seconds until the check is asked again.
    pub(crate) fn wait(&self) -> Option<u32> {
        let at = match &self.view.as_ref()?.screen {
            Screen::Run(run) if run.standing == Standing::Running => run.check.retry_at?,
            _ => return None,
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number of seconds, cut at 0"
        )]
        let seconds = ((at - self.now) / 1000.0).ceil().max(0.0) as u32;
        Some(seconds)
    }

    /// Whether the check is to be asked again now; true once for each moment.
    pub(crate) fn due(&mut self) -> bool {
        let at = match self.view.as_ref().map(|v| &v.screen) {
            Some(Screen::Run(run)) if run.standing == Standing::Running => run.check.retry_at.unwrap_or(0.0),
            _ => 0.0,
        };
        let due = at > 0.0 && at <= self.now && at > self.asked;
        if due {
            self.asked = at;
        }
        due
    }
}

/// Whether it is a day as a hand-over names it: `2027-05-20`.
pub(crate) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

fn run_id(view: &View) -> Option<&str> {
    match &view.screen {
        Screen::Run(run) => Some(&run.id),
        _ => None,
    }
}

fn edition(view: &View) -> Option<u64> {
    match &view.screen {
        Screen::Run(run) => Some(run.edition),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handrail_messages::panel::RunView;

    fn running(id: &str, retry_at: Option<f64>) -> View {
        let mut run = RunView { id: id.into(), ..RunView::default() };
        run.check.retry_at = retry_at;
        View { screen: Screen::Run(Box::new(run)), ..View::default() }
    }

    #[test]
    fn clear_text_goes_with_the_run() {
        let mut state = State::default();
        state.take(running("a", None));
        state.revealed.insert("x".into(), "clear".into());
        state.take(running("a", None));
        assert_eq!(state.revealed.len(), 1);
        let mut changed = running("a", None);
        if let Screen::Run(run) = &mut changed.screen {
            run.edition = 1;
        }
        state.clear = Some(Vec::new());
        state.take(changed);
        assert!(state.revealed.is_empty() && state.clear.is_none());
        // Another run of the same edition, and none at all.
        for next in [running("b", None), View::default()] {
            state.revealed.insert("x".into(), "clear".into());
            (state.cancelling, state.clear) = (true, Some(Vec::new()));
            state.take(next);
            assert!(state.revealed.is_empty() && state.clear.is_none() && !state.cancelling);
        }
    }

    #[test]
    fn a_pending_check_is_asked_again_once() {
        let mut state = State { now: 1000.0, ..State::default() };
        state.take(running("a", Some(5000.0)));
        assert_eq!(state.wait(), Some(4));
        assert!(!state.due());
        state.now = 5001.0;
        assert!(state.due());
        assert!(!state.due());
    }
}
