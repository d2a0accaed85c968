//! A run handed to a colleague who has the role that is missing here: a text without any secret, which opens the run at
//! the same step in another browser. What comes in is material to check, not to believe: values go through the same
//! checks as pasted ones, and the run is bound to the directory it was begun in.

use vecmap::VecMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_json::{FromJson, ToJson, from_str, to_string};
use handrail_messages::panel::{StepState, ToPanel};
use handrail_messages::report::Refusal;
use handrail_words::id;

use crate::app::{App, Offer};
use crate::run::{Mark, Source};
use crate::values;
use crate::walk::Walk;
use crate::words;

/// What the text begins with.
const MARK: &str = "handrail-run:";
/// Longer than any run that was written here; what is longer is not read.
const MAX_LENGTH: usize = 64 * 1024;

/// A run on its way. No field of it can hold a secret.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(default)]
pub(crate) struct Handed {
    format: u32,
    /// Name of the plan.
    pub(crate) plan: String,
    portal: String,
    /// The step it stands at.
    pub(crate) step: String,
    /// The directory it belongs to.
    pub(crate) directory: Option<String>,
    /// Steps that are over.
    over: VecMap<String, StepState>,
    /// Values that are no secret.
    values: VecMap<String, String>,
    changed: VecMap<String, String>,
    accounts: Vec<String>,
    begun: f64,
}

impl Handed {
    /// Reads it out of a text in which it stands, or a link's fragment.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (_, rest) = text.split_once(MARK)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let code: String = rest.trim_start().chars().take_while(|c| plain(*c)).take(MAX_LENGTH).collect();
        let bytes = URL_SAFE_NO_PAD.decode(code).ok()?;
        let handed: Self = from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
        (handed.format == 1).then_some(handed)
    }

    fn text(&self) -> String {
        format!("{MARK}{}", URL_SAFE_NO_PAD.encode(to_string(self)))
    }
}

impl App {
    /// Gives the panel what to send to the colleague.
    pub(crate) fn hand_run(&mut self, port: u32, run: &str) {
        let Some(walk) = self.walks.get(run) else {
            return;
        };
        let code = walk.handed().text();
        let link = walk.run.origin.as_ref().map(|origin| format!("{origin}/g/{}#{code}", walk.run.guide));
        let message = ToPanel::Handed { text: walk.words_for_colleague(&code), link };
        self.answer(port, &message);
    }

    /// Takes such a text: the approval sheet is shown first, as at every beginning.
    pub(crate) fn take_over(&mut self, port: u32, tab: Option<i32>, text: &str) {
        let Some(tab) = tab else {
            return self.notice(port, Some(words::no_portal_tab()));
        };
        match self.offer_of(text) {
            Ok(offer) => {
                if let Some(plan) = offer.guide.clone() {
                    self.fetch(&plan);
                }
                self.offers.insert(tab, offer);
            }
            Err(refusal) => self.notice(port, Some(refusal)),
        }
    }

    /// The offer a handed run makes.
    pub(crate) fn offer_of(&self, text: &str) -> Result<Offer, Refusal> {
        let handed = Handed::read(text).ok_or_else(words::handed_broken)?;
        if !self.plans.has(&handed.plan) {
            return Err(words::link_unknown_guide(&handed.plan));
        }
        Ok(Offer { guide: Some(handed.plan.clone()), handed: Some(handed), ..Offer::default() })
    }
}

impl Walk {
    fn handed(&self) -> Handed {
        let run = &self.run;
        let plain = |id: &String| self.plan.value(id).is_some_and(|v| !v.kind.is_secret());
        let standing = run.values.iter().filter(|(id, k)| plain(id) && !k.text.is_empty() && !k.stale);
        Handed {
            format: 1,
            plan: run.plan().to_owned(),
            portal: run.portal.clone(),
            step: run.at.clone(),
            directory: run.directory.clone(),
            over: run.marks.iter().map(|(id, mark)| (id.clone(), mark.state)).collect(),
            values: standing.map(|(id, kept)| (id.clone(), kept.text.clone())).collect(),
            changed: run.changed.iter().filter(|(topic, _)| plain_topic(topic, &plain)).map(pair).collect(),
            accounts: run.accounts.iter().cloned().collect(),
            begun: run.begun,
        }
    }

    fn words_for_colleague(&self, code: &str) -> String {
        let title = self.step().map(|(_, s)| values::fill_words(&self.plan, &self.run, &s.title));
        let title = title.unwrap_or_default().replace("**", "");
        let roles: Vec<String> =
            self.plan.sheet.roles.iter().map(|r| format!("- {}: {}", r.role, r.needed_for)).collect();
        let directory = self.run.directory.clone().unwrap_or_default();
        let roles = roles.join("\n").replace("**", "");
        words::for_colleague(&self.plan.title, &directory, &title, &roles, code)
    }

    /// Puts what a colleague has done into a run that has just begun here.
    pub(crate) fn take_up(&mut self, handed: &Handed, now: f64) {
        let plan = std::rc::Rc::clone(&self.plan);
        for (id, state) in &handed.over {
            if plan.step(id).is_some() {
                let mark =
                    Mark { state: *state, why: id!("mark-by-a-colleague").into(), at: handed.begun.min(now) };
                self.run.marks.insert(id.clone(), mark);
            }
        }
        for (id, text) in &handed.values {
            if let Some(value) = plan.value(id).filter(|v| !v.kind.is_secret()) {
                self.keep(value, text, Source::Pasted, now);
            }
        }
        self.run.changed.extend(handed.changed.clone());
        self.run.accounts.extend(handed.accounts.iter().filter(|a| !values::looks_secret_text(a)).cloned());
        self.run.directory.clone_from(&handed.directory);
        self.run.handed = true;
        if handed.begun > 0.0 && handed.begun <= now {
            self.run.begun = handed.begun;
        }
        if let Some(at) = plan.position(&handed.step) {
            self.run.enter(&plan, at);
        }
        self.moved();
    }
}

fn pair((key, value): (&String, &String)) -> (String, String) {
    (key.clone(), value.clone())
}

/// Moments of change of what stays where it is: not of a secret, which does not travel.
fn plain_topic(topic: &String, plain: &dyn Fn(&String) -> bool) -> bool {
    topic == "consent" || plain(topic)
}
