//! The values of a run: read from the page, pasted, refused, dropped.

use std::rc::Rc;
use vecmap::{VecMap, VecSet};

use handrail_guide::plan::{Value, ValueKind};
use handrail_messages::panel::Standing;

use crate::frames::Sighting;
use crate::run::{Kept, Source};
use crate::time;
use crate::values::{self, Assessment};
use crate::walk::Walk;

impl Walk {
    /// Remembers what the page shows beside the labels of values that are no secret.
    pub(crate) fn remember(&mut self) {
        if self.run.standing != Standing::Running {
            return;
        }
        let plan = Rc::clone(&self.plan);
        let secret: VecSet<&String> =
            plan.values.iter().filter(|v| v.kind.is_secret()).filter_map(|v| v.control.as_ref()).collect();
        let controls = plan.values.iter().flat_map(|v| v.control.iter().chain(&v.look_alikes));
        for id in controls.filter(|id| !secret.contains(id)) {
            if let Sighting::Once { text, .. } = self.sure(id)
                && !text.trim().is_empty()
                && !values::looks_secret(ValueKind::Text, &text)
            {
                self.run.read.insert(id.clone(), text);
            }
        }
    }

    /// Takes the values the current step collects from the page, and what is no secret of the step before: the page
    /// may show it a moment later than what ended that step.
    pub(crate) fn collect(&mut self, now: f64) {
        let plan = Rc::clone(&self.plan);
        let Some(at) = self.run.position(&plan) else {
            return;
        };
        let of = |n: usize| {
            plan.steps.get(n).into_iter().flat_map(|s| &s.collects).filter_map(|id| plan.value(id))
        };
        let before = at.checked_sub(1).into_iter().flat_map(of);
        let late = before.filter(|v| !v.kind.is_secret() && !self.run.values.contains_key(&v.id));
        let wanted: Vec<&Value> = of(at).chain(late).collect();
        for value in wanted {
            let Some(Sighting::Once { text, .. }) = value.control.as_ref().map(|c| self.sure(c)) else {
                continue;
            };
            let kept = self.run.values.get(&value.id);
            let may = kept.is_none_or(|k| k.stale || k.source == Source::Page);
            // A secret that has to be replaced is not taken from the page a second time.
            let old = value.kind.is_secret()
                && kept.is_some_and(|k| k.stale)
                && self.secrets.get(&value.id) == Some(&values::cleaned(value, &text));
            if may && !old && values::readable(value.kind, &text) {
                self.keep(value, text.trim(), Source::Page, now);
            }
        }
    }

    /// Keeps a value. A new secret is a change in the tenant that takes a moment to reach every server.
    pub(crate) fn keep(&mut self, value: &Value, text: &str, source: Source, now: f64) {
        if !value.kind.is_secret() && values::looks_secret(value.kind, text) {
            self.refused.insert(value.id.clone(), values::refused(value, text));
            return;
        }
        self.refused.remove(&value.id);
        let cleaned = values::cleaned(value, text);
        // EXPOSE: only the text of what is no secret is put into the run.
        let plain = if value.kind.is_secret() { String::new() } else { cleaned.expose().to_owned() };
        let same_secret = self.secrets.get(&value.id) == Some(&cleaned);
        let same =
            self.run.values.get(&value.id).is_some_and(|k| {
                !k.stale && if value.kind.is_secret() { same_secret } else { k.text == plain }
            });
        if same {
            return;
        }
        if value.kind.is_secret() && !same_secret {
            self.run.changed.insert(value.id.clone(), time::iso(now));
            self.secrets.insert(value.id.clone(), cleaned);
        }
        self.run
            .values
            .insert(value.id.clone(), Kept { text: plain, source, overruled: false, stale: false });
        self.run.unproved();
        self.restand();
        self.run.held = false;
        self.run.touched = now;
    }

    /// Drops a value.
    pub(crate) fn forget(&mut self, value: &str) {
        self.secrets.remove(value);
        self.run.values.remove(value);
        self.refused.remove(value);
        self.run.unproved();
        self.restand();
    }

    /// Finds out anew which values stand.
    pub(crate) fn restand(&mut self) {
        self.run.stands = values::standing(&self.run, &self.found());
    }

    /// Takes one of the corrections that are offered.
    pub(crate) fn use_suggestion(&mut self, value: &str, n: usize, now: f64) {
        let plan = Rc::clone(&self.plan);
        let found = self.found();
        let suggestion = found.get(value).and_then(|a| a.suggestions.get(n));
        if let (Some(value), Some((text, _))) = (plan.value(value), suggestion) {
            // EXPOSE: it goes straight back into the run's own store.
            self.keep(value, text.expose(), Source::Pasted, now);
        }
    }

    /// What was found about the values.
    pub(crate) fn found(&self) -> VecMap<String, Assessment> {
        values::assess(&self.plan, &self.run, &self.secrets)
    }
}
