//! One run of a guide in one directory: what is kept, and how it moves from step to step.
//!
//! Pure: the clock, the page and the storage are handed in. What is here is written to disk, so no secret is.

use vecmap::{VecMap, VecSet};

use handrail_guide::plan::{Action, Condition, Plan, Step};
use handrail_json::{FromJson, ToJson};
use handrail_messages::panel::{Standing, StepState};
use handrail_messages::report::{Refusal, Report};
use handrail_words::{id, say};

use crate::conditions::{Facts, Truth};
use crate::frames::Sighting;
use crate::index::openers;
use crate::library::file_of;
use crate::reach::Bar;

/// A step that is over.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
pub(crate) struct Mark {
    pub(crate) state: StepState,
    #[serde(default)]
    pub(crate) why: String,
    /// When, in milliseconds since 1970.
    #[serde(default)]
    pub(crate) at: f64,
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Source {
    /// Read from the page.
    Page,
    /// Pasted into the panel.
    #[default]
    Pasted,
}

/// A value that was collected. The text of a secret is kept elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
pub(crate) struct Kept {
    pub(crate) text: String,
    pub(crate) source: Source,
    /// The admin keeps it in spite of what was found.
    pub(crate) overruled: bool,
    /// It has to be collected again.
    pub(crate) stale: bool,
}

/// A run.
#[derive(Clone, Debug, Default, PartialEq, FromJson, ToJson)]
#[serde(default)]
pub(crate) struct Run {
    pub(crate) id: String,
    pub(crate) guide: String,
    /// Name of its plan where that is not the guide's usual one.
    pub(crate) way: String,
    /// The file that plan is in; read where the service worker starts, before any of this is understood.
    pub(crate) file: String,
    pub(crate) tab: Option<i32>,
    pub(crate) portal: String,
    /// Id of the current step; empty when all are over.
    pub(crate) at: String,
    pub(crate) marks: VecMap<String, Mark>,
    pub(crate) standing: Standing,
    /// The directory it was begun in, as the page names it.
    pub(crate) directory: Option<String>,
    pub(crate) directory_now: Option<String>,
    /// The tenant the tab's address named then, if it named one.
    pub(crate) url_tenant: Option<String>,
    pub(crate) used: VecSet<String>,
    /// Choices made against the default of a decision.
    pub(crate) chosen: VecSet<String>,
    pub(crate) confirmed: bool,
    /// The admin came here by hand: stay, though the step's end shows already.
    pub(crate) held: bool,
    /// The current step was seen not done since it was reached.
    pub(crate) open: bool,
    pub(crate) values: VecMap<String, Kept>,
    /// What the page shows beside the values' labels; never a secret.
    pub(crate) read: VecMap<String, String>,
    /// Moments of change, by topic.
    pub(crate) changed: VecMap<String, String>,
    /// What wrong turns showed and is not mended since, by topic; the check is told.
    pub(crate) seen: VecMap<String, String>,
    pub(crate) verified: bool,
    pub(crate) report: Option<Report>,
    pub(crate) refusal: Option<Refusal>,
    /// When the check is repeated; forgotten with the browser, and as soon as a value changes.
    pub(crate) retry_at: Option<f64>,
    /// Values that stand.
    #[serde(skip)]
    pub(crate) stands: VecSet<String>,
    /// Counts the changes of the values; a verdict belongs to one of them.
    pub(crate) edition: u64,
    pub(crate) retries: u32,
    pub(crate) origin: Option<String>,
    pub(crate) link: Option<String>,
    /// Address of the vendor's link it began with.
    pub(crate) address: Option<String>,
    /// What that link has in place of a secret, by name: the vendor proves it after the hand-over.
    pub(crate) own: VecMap<String, String>,
    /// The domain to which it was handed over, sealed.
    pub(crate) handed_over: Option<String>,
    /// Values are not read from the page unless the admin says so each time.
    pub(crate) by_hand: bool,
    /// The watch list sent last in each language: its generation, and a fingerprint of what was in it.
    pub(crate) lists: VecMap<String, (u32, u64)>,
    /// The browser keeps the agent off the portal's page.
    pub(crate) kept_off: Option<Bar>,
    /// Generation of the ring and card shown last: a press on them counts though the service worker was stopped since.
    pub(crate) generation: u32,
    /// When the admin or the page last moved it.
    pub(crate) touched: f64,
    /// When it was begun.
    pub(crate) begun: f64,
    /// The accounts the portal's header named.
    pub(crate) accounts: VecSet<String>,
    /// What the admin says was undone, and when.
    pub(crate) undone: VecMap<String, String>,
    /// What proves that an old credential is rejected.
    pub(crate) proof: Option<String>,
    /// Who handed the run over, as far as the run says: it was begun in another browser.
    pub(crate) handed: bool,
}

/// What a look at the page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Stay,
    Done,
    Already(String),
    /// A wrong turn shows: position in the step's list.
    Wrong(usize),
    /// The page was left: begin again at this step.
    Again(usize),
    /// It belongs to a choice that was not made.
    LeftOut,
}

impl Run {
    pub(crate) fn begin(
        id: String,
        name: &str,
        plan: &Plan,
        tab: Option<i32>,
        portal: &str,
        now: f64,
    ) -> Self {
        Self {
            id,
            guide: plan.guide.clone(),
            way: name.to_owned(),
            file: file_of(name).to_owned(),
            tab,
            portal: portal.to_owned(),
            at: plan.steps.first().map(|s| s.id.clone()).unwrap_or_default(),
            touched: now,
            begun: now,
            ..Self::default()
        }
    }

    /// Name of its plan.
    pub(crate) fn plan(&self) -> &str {
        if self.way.is_empty() { &self.guide } else { &self.way }
    }

    /// Position of the current step. A step a newer guide no longer has is replaced by the first one not over.
    pub(crate) fn position(&self, plan: &Plan) -> Option<usize> {
        if self.standing == Standing::Finished {
            return None;
        }
        plan.position(&self.at).or_else(|| self.open_step(plan, 0))
    }

    fn open_step(&self, plan: &Plan, from: usize) -> Option<usize> {
        (from..plan.steps.len()).find(|n| plan.steps.get(*n).is_some_and(|s| !self.marks.contains_key(&s.id)))
    }

    /// What to do about the current step, given what is known of the page. `late`: its control has been missing for
    /// longer than the step's patience.
    pub(crate) fn decide(&self, plan: &Plan, at: usize, facts: &Facts, late: bool) -> Decision {
        let Some(step) = plan.steps.get(at) else {
            return Decision::Stay;
        };
        if step.if_chosen.as_ref().is_some_and(|c| !self.chosen.contains(c)) {
            return Decision::LeftOut;
        }
        let wrong = step.wrong.iter().position(|w| facts.judge(&w.when) == Truth::Yes);
        if let Some(n) = wrong {
            return Decision::Wrong(n);
        }
        if !self.held {
            if facts.judge(&step.done) == Truth::Yes {
                return if self.fresh(step) {
                    Decision::Already(id!("mark-already-so").into())
                } else {
                    Decision::Done
                };
            }
            if step.already.as_ref().is_some_and(|c| facts.judge(c) == Truth::Yes) {
                return Decision::Already(id!("mark-already-so").into());
            }
        }
        if late && !self.pressed(step) && step.page.as_deref().is_some_and(|p| facts.page(p) == Truth::No) {
            let back = openers(plan, step, at).find(|(_, s)| {
                s.target.as_deref().is_some_and(|t| matches!(facts.look(t), Sighting::Once { .. }))
            });
            if let Some((n, _)) = back {
                return Decision::Again(n);
            }
        }
        Decision::Stay
    }

    /// Whether nothing has been done at this step since it was reached.
    fn fresh(&self, step: &Step) -> bool {
        !self.open
            && self.used.is_empty()
            && !self.confirmed
            && step.collects.is_empty()
            && !mentions_verified(&step.done)
    }

    fn pressed(&self, step: &Step) -> bool {
        matches!(step.action, Action::Press | Action::Tick)
            && step.target.as_ref().is_some_and(|t| self.used.contains(t))
    }

    /// Takes note whether the current step's end shows. Once it does not, or the admin uses the control, a run that
    /// was held may move on by itself again.
    pub(crate) fn look_back(&mut self, step: &Step, done: Truth) {
        if done == Truth::No {
            self.open = true;
        }
        if done == Truth::No || step.target.as_ref().is_some_and(|t| self.used.contains(t)) {
            self.held = false;
        }
    }

    /// The current step is over; on to the next one that is not.
    pub(crate) fn pass(&mut self, plan: &Plan, at: usize, state: StepState, why: &str) {
        if let Some(step) = plan.steps.get(at) {
            self.marks.insert(step.id.clone(), Mark { state, why: why.to_owned(), at: self.touched });
            if state != StepState::Skipped {
                let mended: Vec<&String> = step.wrong.iter().flat_map(|w| w.seen.keys()).collect();
                self.seen.retain(|topic, _| !mended.contains(&topic));
            }
            for value in &step.collects {
                if let Some(kept) = self.values.get_mut(value) {
                    kept.stale = false;
                }
            }
        }
        match self.open_step(plan, at).or_else(|| self.open_step(plan, 0)) {
            Some(next) => self.enter(plan, next),
            None => {
                self.at.clear();
                self.standing = Standing::Finished;
            }
        }
    }

    /// A decision is answered: with its other answer, or with the safe one. What was begun for the other answer keeps its
    /// undo item all the same.
    pub(crate) fn decided(&mut self, plan: &Plan, at: usize, otherwise: bool) {
        let Some(choice) = plan.steps.get(at).and_then(|s| s.choice.as_ref()) else {
            return;
        };
        let belongs = |s: &&Step| s.if_chosen.as_ref() == Some(&choice.id);
        let begun = |s: &Step| self.marks.get(&s.id).is_some_and(|m| m.state == StepState::Done);
        if otherwise {
            self.chosen.insert(choice.id.clone());
            for step in plan.steps.iter().filter(belongs) {
                self.marks.remove(&step.id);
            }
        } else if !plan.steps.iter().filter(belongs).any(begun) {
            self.chosen.remove(&choice.id);
        }
    }

    /// Whether the step takes back something that was chosen; it stays open until it is done.
    pub(crate) fn owes(&self, step: &Step) -> bool {
        step.undoes.as_ref().is_some_and(|c| self.chosen.contains(c))
    }

    /// Makes this step the current one.
    pub(crate) fn enter(&mut self, plan: &Plan, at: usize) {
        if let Some(step) = plan.steps.get(at) {
            self.marks.remove(&step.id);
            self.at.clone_from(&step.id);
        }
        self.used.clear();
        self.confirmed = false;
        self.held = false;
        self.open = false;
        if self.standing == Standing::Finished {
            self.standing = Standing::Running;
        }
    }

    /// Back to the step before.
    pub(crate) fn back(&mut self, plan: &Plan) {
        let at = self.position(plan).unwrap_or(plan.steps.len());
        if let Some(before) = at.checked_sub(1) {
            self.enter(plan, before);
            self.held = true;
        }
    }

    /// To a step, to do the rest of its group again from there; what that collects is collected again. Other permissions
    /// need another consent, so that is looked at again too. `stay`: even if the page shows it done.
    pub(crate) fn go_to(&mut self, plan: &Plan, step: &str, stay: bool) {
        let Some(at) = plan.position(step) else {
            return;
        };
        let end = end_of_group(plan, at).max(end_of_consent(plan, at).unwrap_or_default());
        for n in at..end {
            if let Some(s) = plan.steps.get(n) {
                self.marks.remove(&s.id);
            }
            self.expire(plan, n);
        }
        for verifying in plan.steps.iter().filter(|s| mentions_verified(&s.done)) {
            self.marks.remove(&verifying.id);
        }
        self.unproved();
        self.enter(plan, at);
        self.held = stay;
    }

    /// Takes the steps from `to` on as not done, because the page they led to was left.
    pub(crate) fn again(&mut self, plan: &Plan, to: usize, at: usize) {
        for step in plan.steps.iter().take(at).skip(to) {
            self.marks.remove(&step.id);
        }
        self.enter(plan, to);
    }

    /// The values are others now: no verdict holds for them, and none that is on its way will.
    pub(crate) fn unproved(&mut self) {
        self.edition = self.edition.saturating_add(1);
        self.verified = false;
        self.report = None;
        self.retry_at = None;
    }

    fn expire(&mut self, plan: &Plan, at: usize) {
        for value in plan.steps.get(at).map(|s| s.collects.as_slice()).unwrap_or_default() {
            if let Some(kept) = self.values.get_mut(value) {
                kept.stale = true;
            }
        }
    }

    /// Notes when something changed in the tenant that takes a while to reach every server: a step of the group that
    /// mends a missing consent was done now, and it was more than going to a page.
    pub(crate) fn note_change(&mut self, plan: &Plan, at: usize, time: &str) {
        let group = |n: usize| plan.steps.get(n).map(|s| &s.group);
        let mend = plan.requirements.mend.get("consent").and_then(|s| plan.position(s));
        let going = plan.steps.get(at).is_some_and(|s| matches!(s.done, Condition::Page(_)));
        if mend.is_some_and(|m| m <= at && group(m) == group(at)) && !going {
            self.changed.insert("consent".into(), time.to_owned());
        }
    }

    /// Steps that are over.
    pub(crate) fn over(&self, plan: &Plan) -> usize {
        plan.steps.iter().filter(|s| self.marks.contains_key(&s.id)).count()
    }
}

/// The end of the group that a step is in.
fn end_of_group(plan: &Plan, at: usize) -> usize {
    let group = |n: usize| plan.steps.get(n).map(|s| &s.group);
    (at..plan.steps.len()).find(|n| group(*n) != group(at)).unwrap_or(plan.steps.len())
}

/// The end of the steps that bring consent about, for a step that adds permissions before.
fn end_of_consent(plan: &Plan, at: usize) -> Option<usize> {
    let mend = |topic: &str| plan.position(plan.requirements.mend.get(topic)?);
    let (first, consent) = (mend("permission")?, mend("consent")?);
    let group = |n: usize| plan.steps.get(n).map(|s| &s.group);
    let adds = (first..consent).contains(&at) || group(at) == group(first);
    (adds && first < consent).then(|| end_of_group(plan, consent))
}

fn mentions_verified(condition: &Condition) -> bool {
    mentions(condition, &Condition::Verified)
}

/// Whether a condition holds another, outright or in one of its parts.
pub(crate) fn mentions(condition: &Condition, wanted: &Condition) -> bool {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().any(|c| mentions(c, wanted)),
        other => other == wanted,
    }
}

/// What the admin says to end a step that only a person can end; nothing where the page shows it.
pub(crate) fn said_by_admin(step: &Step) -> Option<String> {
    match step.action {
        Action::Check => None,
        Action::Confirm => Some(say!("card-it-is-so")),
        Action::Decide => Some(say!("card-leave-it")),
        Action::Prove => Some(say!("card-nobody-has-it")),
        Action::Wait | Action::Outside | Action::HandOver => Some(say!("card-done")),
        _ => mentions(&step.done, &Condition::Confirmed).then(|| say!("card-done")),
    }
}
