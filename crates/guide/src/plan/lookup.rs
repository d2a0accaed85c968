//! Finding things in a plan by their ids.

use super::{Control, Page, Plan, Step, Value};

impl Plan {
    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }

    /// Position of the step with this id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|s| s.id == id)
    }

    /// The page with this id.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|p| p.id == id)
    }

    /// The control with this id, on whichever page it is.
    #[must_use]
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.pages.iter().flat_map(|p| &p.controls).find(|c| c.id == id)
    }

    /// The value with this id.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<&Value> {
        self.values.iter().find(|v| v.id == id)
    }
}
