//! A run that goes on another way: with another credential than the one the directory refuses, or as the whole guide
//! after a check that failed.

use handrail_messages::panel::{Standing, Way};

use crate::app::App;
use crate::library::file_of;
use crate::run::Run;
use crate::walk::Walk;

impl App {
    /// Other credentials the vendor accepts in the same kind of run.
    pub(crate) fn others(&self, walk: &Walk) -> Vec<Way> {
        let name = walk.run.plan();
        let Some(own) = self.plans.way(name) else {
            return Vec::new();
        };
        let all = self.plans.guide_of(name).map(|l| l.ways.as_slice()).unwrap_or_default();
        all.iter().filter(|w| w.mode == own.mode && w.plan != own.plan).cloned().collect()
    }

    /// Goes on with another plan of the same guide. What is the same in both stays done, values stay.
    pub(crate) fn switch(&mut self, id: &str, name: &str) {
        let Some(plan) = self.plans.plan(name) else {
            return;
        };
        let Some(walk) = self.walks.get_mut(id).filter(|w| w.run.guide == plan.guide) else {
            return;
        };
        let secrets = std::mem::take(&mut walk.secrets);
        let mut run: Run = walk.run.clone();
        walk.leave(&mut self.out);
        run.way = name.to_owned();
        run.file = file_of(name).to_owned();
        run.marks.retain(|step, _| plan.step(step).is_some());
        run.values.retain(|value, _| plan.value(value).is_some());
        run.lists.clear();
        run.unproved();
        if run.standing == Standing::Finished {
            run.standing = Standing::Running;
        }
        let first = plan.steps.iter().position(|s| !run.marks.contains_key(&s.id)).unwrap_or(0);
        run.enter(&plan, first);
        self.walks.insert(id.to_owned(), Walk::new(plan, run, secrets, self.now));
        self.enter(id);
        self.with(id, |_| {});
    }

    /// Where a check alone found something to mend, the whole guide is what mends it: at that step. True when it was so.
    pub(crate) fn mend_by_guide(&mut self, id: &str, step: &str) -> bool {
        let Some(walk) = self.walks.get(id).filter(|w| w.plan.mode == "check") else {
            return false;
        };
        let name = walk.run.guide.clone();
        self.switch(id, &name);
        self.with(id, |walk| {
            let plan = std::rc::Rc::clone(&walk.plan);
            walk.run.go_to(&plan, step, true);
            walk.moved();
        });
        true
    }
}
