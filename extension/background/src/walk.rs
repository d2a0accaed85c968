//! A run with the page it is on: takes what frames report, and moves the run on. What the frames are told is in `told`.

mod told;

use std::rc::Rc;
use vecmap::VecMap;

use handrail_credential::Secret;
use handrail_guide::plan::{Plan, Step};
use handrail_messages::agent::{Act, FromAgent, Show};
use handrail_messages::panel::{FindingView, HealthLine, Pointing, Standing, StepState};
use handrail_words::id;

use crate::conditions::{Facts, Truth};
use crate::drawn::Drawn;
use crate::early::{Early, Press};
use crate::effect::Effect;
use crate::frames::{Frame, Frames, Sighting};
use crate::index::Index;
use crate::run::{Decision, Run};
use crate::{health, time, values, values::Secrets};

/// A chain of steps that were all done before is never longer than this; it also ends a loop a guide may hold.
const MAX_MOVES: usize = 200;

/// How long a wrong turn has to show before it is said; the portal fills its lists in pieces.
const SURE_AFTER_MS: f64 = 800.0;

/// How long something has to be absent before a step ends for it; a list that is being filtered is empty meanwhile.
const ABSENT_AFTER_MS: f64 = 1500.0;

/// A run and its page.
#[derive(Debug)]
pub(crate) struct Walk {
    pub(crate) plan: Rc<Plan>,
    pub(crate) run: Run,
    pub(crate) secrets: Secrets,
    pub(crate) frames: Frames,
    /// Where the tab is.
    pub(crate) address: String,
    pub(crate) pointing: Pointing,
    /// The wrong turn that shows.
    pub(crate) wrong: Option<usize>,
    /// Since when the step's end has shown, where it is that something is gone.
    ending: Option<f64>,
    /// The wrong turn that may show, and since when.
    suspected: Option<(usize, f64)>,
    /// The message that says how the run came to this step.
    pub(crate) remark: Option<&'static str>,
    /// A check is under way.
    pub(crate) busy: bool,
    drawn: Drawn,
    /// A press on what came after that: the service worker stopped before the step was written down.
    early: Option<Early>,
    /// When this was read from storage, or begun.
    loaded: f64,
    watch_generation: u32,
    /// Since when the control has been missing.
    missing: Option<f64>,
    /// Whether it has been missing for so long that one out of its place is taken for it.
    pub(crate) resigned: bool,
    /// What is shown now, and where.
    shown: Option<(u32, Show)>,
    /// The step whose locator was recorded.
    pub(crate) recorded: Option<(String, health::Outcome)>,
    /// Whether guide health is kept: then frames also say what the ringed control is like.
    pub(crate) looks: bool,
    /// Secrets as they were last written down.
    stored: Secrets,
    /// When the next call was asked for.
    timer: f64,
    /// What was refused as a value, without the text.
    pub(crate) refused: VecMap<String, FindingView>,
}

impl Walk {
    /// `now` numbers the watch lists: an answer to a list of a service worker that has stopped since is never taken for
    /// one to a list of this.
    pub(crate) fn new(plan: Rc<Plan>, run: Run, secrets: Secrets, now: f64) -> Self {
        let drawn = Drawn::new(&run);
        let mut walk = Self {
            plan,
            run,
            stored: secrets.clone(),
            secrets,
            frames: Frames::default(),
            address: String::new(),
            pointing: Pointing::Looking,
            wrong: None,
            ending: None,
            suspected: None,
            remark: None,
            busy: false,
            drawn,
            early: None,
            loaded: now,
            watch_generation: time::count(now),
            missing: None,
            resigned: false,
            shown: None,
            recorded: None,
            looks: false,
            timer: 0.0,
            refused: VecMap::new(),
        };
        walk.restand();
        walk
    }

    /// The current step.
    pub(crate) fn step(&self) -> Option<(usize, &Step)> {
        let at = self.run.position(&self.plan)?;
        Some((at, self.plan.steps.get(at)?))
    }

    /// Takes a frame's report. Frames report; whatever they say, nothing is revealed, checked or sent for it.
    pub(crate) fn heard(&mut self, port: u32, message: FromAgent, now: f64) {
        match message {
            FromAgent::Page { url, lang } => {
                if self.frames.frame(port).is_some_and(|f| f.top) {
                    self.tenant_of_tab(&url);
                }
                if let Some(frame) = self.frames.frame(port) {
                    frame.lang = lang;
                }
            }
            FromAgent::Hello { top, url, lang, build, r#gen, .. } => {
                if top {
                    // The page was loaded again, as that remark asks for.
                    self.remark = self.remark.filter(|remark| *remark != id!("card-fell"));
                    self.tenant_of_tab(&url);
                }
                self.frames.insert(port, Frame::hello(top, lang, r#gen).built(build));
            }
            FromAgent::Shown { on, part } => {
                let ringed = self.shown.as_ref().is_some_and(|(p, _)| *p == port);
                if let Some(frame) = self.frames.frame(port) {
                    frame.visibility(on, part, ringed);
                }
            }
            FromAgent::Seen { r#gen, r } => {
                if let Some(frame) = self.frames.frame(port) {
                    frame.report(r#gen, r);
                }
            }
            FromAgent::Used { r#gen, n, probe } => {
                if self.is_shown_in(port) || self.is_later(r#gen, now) {
                    self.used(r#gen, n, probe, now);
                }
            }
            FromAgent::Card { r#gen, n, act } => {
                if self.is_current(r#gen) && self.is_shown_in(port) {
                    self.pressed(act, now);
                } else if self.is_later(r#gen, now) {
                    self.early = Some(Early::new(Press::Card(act), n, now));
                    self.make_up(now);
                }
            }
            FromAgent::Fell {} => self.remark = Some(id!("card-fell")),
            FromAgent::Ringed { .. } | FromAgent::Lost { .. } | FromAgent::Inert { .. } => {}
        }
    }

    /// A frame went away.
    pub(crate) fn gone(&mut self, port: u32) {
        self.frames.remove(port);
        if self.shown.as_ref().is_some_and(|(p, _)| *p == port) {
            self.shown = None;
        }
    }

    /// Whether ring and card are in this frame. Nothing is shown yet when the service worker has just started.
    fn is_shown_in(&self, port: u32) -> bool {
        self.shown.as_ref().is_none_or(|(p, _)| *p == port)
    }

    fn is_current(&self, generation: u32) -> bool {
        self.drawn.is_current(generation, &self.run, self.wrong.is_some())
    }

    fn is_later(&self, generation: u32, now: f64) -> bool {
        self.drawn.is_later(generation, self.loaded, now)
    }

    fn used(&mut self, generation: u32, step: u32, probe: i32, now: f64) {
        let control = u32::try_from(probe).ok().and_then(|n| Index::new(&self.plan).control_at(n));
        let Some(id) = control.map(|c| c.id.clone()) else {
            return;
        };
        if self.is_current(generation) {
            self.run.used.insert(id);
            self.run.touched = now;
        } else if self.is_later(generation, now) {
            self.early = Some(Early::new(Press::Used(id), step, now));
            self.make_up(now);
        }
    }

    /// Lets an early press count when the run has come to its step.
    fn make_up(&mut self, now: f64) {
        let at = self.step().and_then(|(at, _)| u32::try_from(at).ok()).map(|at| at.saturating_add(1));
        match self.early.take_if(|early| early.is_for(at, now)).map(Early::what) {
            Some(Press::Used(id)) => drop(self.run.used.insert(id)),
            Some(Press::Card(act)) => self.pressed(act, now),
            None => {}
        }
    }

    fn pressed(&mut self, act: Act, now: f64) {
        self.run.touched = now;
        match act {
            Act::Next if self.run.standing == Standing::OtherDirectory => self.resume(),
            _ if self.run.standing != Standing::Running => {}
            Act::Back if self.wrong.is_some() => self.back_from_wrong(),
            Act::Back => self.run.back(&Rc::clone(&self.plan)),
            Act::Next => self.skip(),
            Act::Done => self.run.confirmed = true,
            Act::Copy | Act::Copied => {}
        }
    }

    /// Back to the step that mends the wrong turn that shows.
    pub(crate) fn back_from_wrong(&mut self) {
        let plan = Rc::clone(&self.plan);
        let back = self.step().and_then(|(_, s)| s.wrong.get(self.wrong?)?.back.clone());
        match back {
            Some(step) => self.run.go_to(&plan, &step, false),
            None => self.run.back(&plan),
        }
        self.moved();
    }

    /// On to the next step because the admin says so.
    pub(crate) fn skip(&mut self) {
        let plan = Rc::clone(&self.plan);
        let shows = self.step().is_some_and(|(_, step)| self.shows_done(step));
        if self.run.held && shows {
            // It is done, and not passed over.
            self.run.held = false;
            return;
        }
        let owed = self.step().is_some_and(|(_, step)| self.run.owes(step));
        if let Some(at) = self.run.position(&plan).filter(|_| !owed) {
            self.run.pass(&plan, at, StepState::Skipped, id!("mark-you-went-on"));
            self.moved();
        }
    }

    fn shows_done(&self, step: &Step) -> bool {
        self.with_facts(true, |_, facts| facts.judge(&step.done) == Truth::Yes)
    }

    /// The other answer of the current decision.
    pub(crate) fn choose(&mut self) {
        let plan = Rc::clone(&self.plan);
        let at = self.step().filter(|(_, step)| step.choice.is_some()).map(|(at, _)| at);
        if let Some(at) = at {
            self.run.decided(&plan, at, true);
            self.run.pass(&plan, at, StepState::Done, id!("mark-you-chose"));
            self.moved();
        }
    }

    /// Goes on after a pause; after another directory only when the tab is back.
    pub(crate) fn resume(&mut self) {
        let back = self.run.directory_now.is_none();
        if matches!(self.run.standing, Standing::Paused | Standing::OtherDirectory) {
            self.run.standing = if back { Standing::Running } else { Standing::OtherDirectory };
        }
    }

    /// The run is at another step.
    pub(crate) fn moved(&mut self) {
        self.missing = None;
        self.resigned = false;
        self.wrong = None;
        self.suspected = None;
        self.ending = None;
        self.remark = None;
        self.recorded = None;
    }

    pub(crate) fn sighting(&self, control: &str) -> Sighting {
        Index::new(&self.plan).control(control).map_or(Sighting::Unknown, |n| self.frames.look(n))
    }

    /// Looks at everything that is known and does what follows from it.
    pub(crate) fn settle(&mut self, now: f64, lines: &mut Vec<HealthLine>, out: &mut Vec<Effect>) {
        self.watch_directory();
        self.note_account();
        self.remember();
        self.restand();
        if self.run.standing == Standing::Running {
            for _ in 0..MAX_MOVES {
                if !self.run.by_hand {
                    self.collect(now);
                }
                if !self.advance(now, out) {
                    break;
                }
            }
            self.aim(now, lines, out);
        }
        self.draw(out);
        self.watch(out);
    }

    /// One look at the current step; true when the run moved.
    fn advance(&mut self, now: f64, out: &mut Vec<Effect>) -> bool {
        let plan = Rc::clone(&self.plan);
        let Some(at) = self.run.position(&plan) else {
            return false;
        };
        let Some(step) = plan.steps.get(at) else {
            return false;
        };
        let late = self.missing.is_some_and(|since| now - since >= f64::from(step.patience))
            && self.folded().is_none();
        let ends = |d: &Decision| matches!(d, Decision::Done | Decision::Already(_));
        let sure = self.with_facts(false, |run, facts| run.decide(&plan, at, facts, late));
        let (decision, done) =
            self.with_facts(true, |run, facts| (run.decide(&plan, at, facts, late), facts.judge(&step.done)));
        self.run.look_back(step, done);
        let again = matches!(decision, Decision::Again(_));
        self.suspect(&decision, now, out);
        if !self.lasts(ends(&decision) && !ends(&sure), now, out) {
            return false;
        }
        match decision {
            Decision::Stay | Decision::Wrong(_) => return false,
            Decision::LeftOut => self.run.pass(&plan, at, StepState::Skipped, id!("mark-left-out")),
            Decision::Done => {
                self.run.touched = now;
                self.run.decided(&plan, at, false);
                self.run.note_change(&plan, at, &time::iso(now));
                self.run.pass(&plan, at, StepState::Done, "");
            }
            Decision::Already(why) => self.run.pass(&plan, at, StepState::Already, &why),
            Decision::Again(to) => self.run.again(&plan, to, at),
        }
        self.run.touched = now;
        self.moved();
        self.remark = again.then_some(id!("card-left"));
        self.make_up(now);
        true
    }

    /// A wrong turn is said only when it has shown for a while: lists load late.
    fn suspect(&mut self, decision: &Decision, now: f64, out: &mut Vec<Effect>) {
        let Decision::Wrong(n) = *decision else {
            self.wrong = None;
            self.suspected = None;
            return;
        };
        let since = self.suspected.filter(|(m, _)| *m == n).map_or(now, |(_, since)| since);
        self.suspected = Some((n, since));
        let left = SURE_AFTER_MS - (now - since);
        if left > 0.0 {
            self.wrong = None;
            self.later(left, now, out);
        } else {
            self.wrong = Some(n);
            let seen = self.step().and_then(|(_, s)| s.wrong.get(n)).map(|w| w.seen.clone());
            self.run.seen.extend(seen.into_iter().flatten());
        }
    }

    /// What is gone has to be gone for a while: lists load late. True where nothing has to last, or it has.
    fn lasts(&mut self, has_to: bool, now: f64, out: &mut Vec<Effect>) -> bool {
        if !has_to {
            self.ending = None;
            return true;
        }
        let left = ABSENT_AFTER_MS - (now - *self.ending.get_or_insert(now));
        if left > 0.0 {
            self.later(left, now, out);
        }
        left <= 0.0
    }

    /// Asks to be called again, unless that is to happen sooner anyhow.
    fn later(&mut self, ms: f64, now: f64, out: &mut Vec<Effect>) {
        let at = now + ms;
        if self.timer <= now || at < self.timer {
            self.timer = at;
            // A little after, so that the time is over then.
            out.push(Effect::Later { ms: (ms + 5.0) as u32 });
        }
    }

    fn with_facts<T>(&self, absence_counts: bool, f: impl FnOnce(&Run, &Facts) -> T) -> T {
        let fill = |text: &str| values::fill(&self.plan, &self.run, text);
        let collected = values::collected(&self.run);
        let facts = Facts {
            index: Index::new(&self.plan),
            frames: &self.frames,
            used: &self.run.used,
            collected: &collected,
            confirmed: self.run.confirmed,
            verified: self.run.verified,
            handed_over: self.run.handed_over.is_some(),
            absence_counts,
            fill: &fill,
        };
        f(&self.run, &facts)
    }

    /// Where the current step's control is, and for how long it has been missing.
    fn aim(&mut self, now: f64, lines: &mut Vec<HealthLine>, out: &mut Vec<Effect>) {
        let Some((_, step)) = self.step() else {
            self.pointing = Pointing::Here;
            return;
        };
        let (id, patience, target) = (step.id.clone(), f64::from(step.patience), step.target.clone());
        let Some(target) = target else {
            self.pointing = Pointing::Here;
            self.missing = None;
            return;
        };
        let sighting = self.sure_by_now(&target, self.missing.is_some_and(|since| now - since >= patience));
        self.pointing = match &sighting {
            Sighting::Once { .. } => Pointing::Ring,
            Sighting::Several => Pointing::Several,
            _ => {
                let waited = now - *self.missing.get_or_insert(now);
                let folded = self.folded().is_some();
                // Lists load late, and so may the command beside the others.
                let left = if folded { SURE_AFTER_MS } else { patience } - waited;
                if left > 0.0 {
                    self.later(left, now, out);
                    Pointing::Looking
                } else if folded {
                    Pointing::Ring
                } else {
                    Pointing::Words
                }
            }
        };
        let in_words = self.pointing == Pointing::Words;
        let outcome = match sighting {
            Sighting::Once { locator, .. } => Some(health::Outcome::Found(locator)),
            Sighting::Several => Some(health::Outcome::Several),
            _ if in_words => Some(match self.sighting(&target) {
                Sighting::Once { .. } | Sighting::Several => health::Outcome::Page,
                Sighting::Hidden => health::Outcome::Hidden,
                _ => health::Outcome::Absent,
            }),
            _ => None,
        };
        // One out of its place is still missing in it.
        if matches!(outcome, Some(health::Outcome::Found(_) | health::Outcome::Several)) && !self.resigned {
            self.missing = None;
        }
        if let Some(outcome) = outcome {
            self.note_health(&id, &target, outcome, lines, now);
            self.note_look(&target, lines, now);
        }
    }

    /// Wipes what is secret.
    pub(crate) fn wipe(&mut self) {
        self.secrets.clear();
        self.run.unproved();
        self.restand();
    }

    /// Whether the secrets changed since this was last asked.
    pub(crate) fn secrets_changed(&mut self) -> bool {
        let changed = self.secrets != self.stored;
        if changed {
            self.stored.clone_from(&self.secrets);
        }
        changed
    }

    /// The secret with this id.
    pub(crate) fn secret(&self, value: &str) -> Option<&Secret> {
        self.secrets.get(value)
    }
}
