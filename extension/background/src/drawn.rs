//! Which drawing of ring and card a press was made on: it counts for the step that drawing was of.

use crate::early::Early;
use crate::run::Run;

/// Drawings are numbered; the last one's number is the run's `generation`, which is written down with the run.
#[derive(Debug)]
pub(crate) struct Drawn {
    /// The first drawing for a step, and that step.
    first: (u32, String),
    /// The last drawing that was written down when the service worker stopped.
    written: u32,
}

impl Drawn {
    /// Of a run as it was read from storage, or begun.
    pub(crate) fn new(run: &Run) -> Self {
        Self { first: (run.generation, run.at.clone()), written: run.generation }
    }

    /// Ring and card are drawn anew.
    pub(crate) fn again(&mut self, run: &mut Run) {
        run.generation = run.generation.saturating_add(1);
        if self.first.1 != run.at {
            self.first = (run.generation, run.at.clone());
        }
    }

    /// Whether something said of a ring or card is about the current step. They are drawn anew while the page fills, and
    /// a press may be on its way then; but where a wrong turn is shown, only what is read now can be meant.
    pub(crate) fn is_current(&self, generation: u32, run: &Run, wrong: bool) -> bool {
        let (first, step) = &self.first;
        let before = generation < run.generation && generation >= *first && run.at == *step;
        generation == run.generation || (before && !wrong)
    }

    /// Whether it may be about a ring or card that came after the last one written down: the service worker began at
    /// `loaded`, which is just now.
    pub(crate) fn is_later(&self, generation: u32, loaded: f64, now: f64) -> bool {
        generation > self.written && Early::may_come(loaded, now)
    }
}
