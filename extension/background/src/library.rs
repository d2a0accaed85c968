//! The guides' plans. Each is read when it is first needed: a service worker that starts for one run reads one plan.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use handrail_guide::plan::Plan;
use handrail_messages::panel::GuideLine;
use serde_json::value::RawValue;

/// The format of plans this version understands.
const FORMAT: u32 = 1;

/// The plans by guide.
#[derive(Debug, Default)]
pub(crate) struct Library {
    texts: BTreeMap<String, Box<RawValue>>,
    read: RefCell<BTreeMap<String, Rc<Plan>>>,
    lines: OnceCell<Vec<GuideLine>>,
}

impl Library {
    /// The plans in `plans.json`.
    pub(crate) fn new(json: &str) -> Self {
        Self { texts: serde_json::from_str(json).unwrap_or_default(), ..Self::default() }
    }

    /// Whether there is such a guide.
    pub(crate) fn has(&self, guide: &str) -> bool {
        self.texts.contains_key(guide)
    }

    /// The plan of a guide.
    pub(crate) fn plan(&self, guide: &str) -> Option<Rc<Plan>> {
        if let Some(plan) = self.read.borrow().get(guide) {
            return Some(Rc::clone(plan));
        }
        let plan: Plan = serde_json::from_str(self.texts.get(guide)?.get()).ok()?;
        if plan.format != FORMAT {
            return None;
        }
        let plan = Rc::new(plan);
        self.read.borrow_mut().insert(guide.to_owned(), Rc::clone(&plan));
        Some(plan)
    }

    /// One line per guide, for the list.
    pub(crate) fn lines(&self) -> &[GuideLine] {
        self.lines.get_or_init(|| {
            let plans = self.texts.keys().filter_map(|guide| self.plan(guide));
            plans.map(|plan| line(&plan)).collect()
        })
    }
}

fn line(plan: &Plan) -> GuideLine {
    GuideLine {
        id: plan.guide.clone(),
        title: plan.title.clone(),
        vendor: plan.vendor.name.clone(),
        steps: plan.steps.len(),
    }
}
