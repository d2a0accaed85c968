//! A press that came before the run had come to its step: the service worker stopped before the step was written down.

use handrail_messages::agent::Act;

/// How long after the service worker's start a press waits for the step it belongs to: the page is looked at anew.
const EARLY_MS: f64 = 10_000.0;

/// A press whose step is not the current one yet.
#[derive(Debug)]
pub(crate) struct Early {
    what: Press,
    /// Number of the step, counted from one.
    step: u32,
    at: f64,
}

/// What was pressed.
#[derive(Debug)]
pub(crate) enum Press {
    /// This control, while it was ringed.
    Used(String),
    /// A button of the card.
    Card(Act),
}

impl Early {
    pub(crate) fn new(what: Press, step: u32, at: f64) -> Self {
        Self { what, step, at }
    }

    /// Whether one may still come in, this long after the service worker began.
    pub(crate) fn may_come(began: f64, now: f64) -> bool {
        now - began < EARLY_MS
    }

    /// Whether it counts now that the run is at this step.
    pub(crate) fn is_for(&self, step: Option<u32>, now: f64) -> bool {
        Some(self.step) == step && now - self.at < EARLY_MS
    }

    pub(crate) fn what(self) -> Press {
        self.what
    }
}
