//! The record of a run, made of what is known about it; and the list of what has to be undone, which outlives the run.

use handrail_guide::plan::{Action, Part, Step, ValueKind};
use handrail_messages::panel::{Standing, StepState};
use handrail_messages::record::{Change, Made, Object, Record, Undo};

use crate::app::App;
use crate::index::{ACCOUNT, Index};
use crate::run::Mark;
use crate::time;
use crate::values;
use crate::walk::Walk;

/// Letters of an id such as a GUID.
const GUID: usize = 36;

impl App {
    /// The record of a run under way or over.
    pub(crate) fn record(&self, run: &str) -> Option<Record> {
        self.walks.get(run).map(Walk::record).or_else(|| self.records.get(run).cloned())
    }

    /// Keeps the record of a run that is put away, where it changed anything.
    pub(crate) fn put_away(&mut self, walk: &Walk) {
        let record = walk.record();
        if record.changes.iter().any(|c| c.made == Made::Done) || record.is_due() {
            self.records.insert(record.run.clone(), record);
        }
    }

    /// The admin says that something was undone, or takes that back.
    pub(crate) fn set_undone(&mut self, run: &str, item: &str, undone: bool) {
        let when = undone.then(|| time::iso(self.now));
        if let Some(walk) = self.walks.get_mut(run) {
            // An empty time: open again, though a step of the guide said that it was undone.
            walk.run.undone.insert(item.to_owned(), when.unwrap_or_default());
        } else if let Some(record) = self.records.get_mut(run)
            && let Some(item) = record.undo.iter_mut().find(|u| u.id == item)
        {
            item.undone = when;
        }
    }

    /// Forgets a record; one with something that must still be undone stays.
    pub(crate) fn forget_record(&mut self, run: &str) {
        if self.records.get(run).is_some_and(|r| !r.is_due()) {
            self.records.remove(run);
        }
    }
}

impl Walk {
    /// Notes which account the tab's own header names.
    pub(crate) fn note_account(&mut self) {
        let text = Index::new(&self.plan).control(ACCOUNT).and_then(|n| self.frames.top_text(n));
        let known = text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        self.run.accounts.extend(known.filter(|t| !values::looks_secret_text(t)));
    }

    /// The record of this run so far.
    pub(crate) fn record(&self) -> Record {
        let (plan, run) = (&self.plan, &self.run);
        let words = |text: &String| values::fill_words(plan, run, text).replace("**", "");
        // What would have come only with another answer is no part of this run.
        let chosen = |s: &Step| s.if_chosen.as_ref().is_none_or(|c| run.chosen.contains(c));
        let of_this_run = |p: &&Part| p.steps.iter().filter_map(|id| plan.step(id)).any(chosen);
        let changes = plan.parts.iter().filter(of_this_run).flat_map(|part| {
            let (made, at) = self.made(part);
            part.changes.iter().map(move |what| Change { what: words(what), made, at: at.clone() })
        });
        let ended = if run.standing == Standing::Finished { time::iso(run.touched) } else { String::new() };
        Record {
            format: 1,
            run: run.id.clone(),
            guide: run.guide.clone(),
            title: plan.title.clone(),
            vendor: plan.vendor.name.clone(),
            mode: plan.mode.clone(),
            digest: plan.digest.clone(),
            directory: run.directory.clone().unwrap_or_default(),
            accounts: run.accounts.iter().cloned().collect(),
            begun: time::iso(run.begun),
            ended,
            changes: changes.collect(),
            objects: self.objects(),
            verdict: run.report.as_ref().map(|r| r.verdict.name().to_owned()),
            checked: run.report.as_ref().map(|r| r.time.clone()).unwrap_or_default(),
            proof: run.proof.clone(),
            undo: self.undo_list(),
        }
    }

    /// Whether a part was carried out: as its last step that changes anything.
    fn made(&self, part: &Part) -> (Made, String) {
        let acts =
            |s: &&Step| matches!(s.action, Action::Press | Action::Tick | Action::Choose | Action::Type);
        let mut steps = part.steps.iter().rev().filter_map(|id| self.plan.step(id));
        let last = steps.find(acts).and_then(|s| self.run.marks.get(&s.id));
        match last {
            Some(Mark { state: StepState::Done, at, .. }) => (Made::Done, time::iso(*at)),
            Some(Mark { state: StepState::Already, .. }) => (Made::WasSo, String::new()),
            _ => (Made::NotDone, String::new()),
        }
    }

    /// Whether the current step is one of those that make the credential.
    pub(crate) fn is_at_credential(&self) -> bool {
        let makes = |p: &&Part| p.achieves.starts_with("credential.") && p.steps.contains(&self.run.at);
        self.plan.mode != "remove" && self.plan.parts.iter().any(|p| makes(&p))
    }

    /// The day on which the credential ends, as the page shows it.
    pub(crate) fn renew_by(&self) -> Option<String> {
        let value = self.plan.values.iter().find(|v| v.kind == ValueKind::ExpiryDate)?;
        self.run.values.get(&value.id).map(|k| k.text.clone()).filter(|t| !t.is_empty())
    }

    /// Everything with an id that was seen: collected values that are no secret, and what stood beside them.
    fn objects(&self) -> Vec<Object> {
        let mut list: Vec<Object> = Vec::new();
        let collected = self.plan.values.iter().filter(|v| !v.kind.is_secret() && v.parser.is_none());
        for value in collected {
            let text = self.run.values.get(&value.id).map(|k| k.text.clone()).unwrap_or_default();
            if !text.is_empty() {
                list.push(Object { label: value.label.clone(), id: text });
            }
        }
        for (control, text) in &self.run.read {
            let known = list.iter().any(|o| o.id.eq_ignore_ascii_case(text));
            if is_guid(text) && !known {
                let called = self.plan.control(control).map(|c| c.called.replace("**", ""));
                list.push(Object {
                    label: called.unwrap_or_else(|| control.clone()),
                    id: text.trim().to_owned(),
                });
            }
        }
        list
    }

    /// What is to be taken back: all that was made, and before it what was chosen against the advice. That is open from
    /// the moment it was chosen until its own step of the guide is done, or the admin says that it is undone.
    pub(crate) fn undo_list(&self) -> Vec<Undo> {
        let mut list = Vec::new();
        for part in &self.plan.parts {
            let owed = part.steps.iter().filter_map(|id| self.plan.step(id)).find(|s| self.run.owes(s));
            if owed.is_none() && self.made(part).0 != Made::Done {
                continue;
            }
            let by_step = owed
                .and_then(|s| self.run.marks.get(&s.id))
                .filter(|m| m.state == StepState::Done)
                .map(|m| time::iso(m.at));
            for (n, text) in part.undo.iter().enumerate() {
                let id = format!("{}#{n}", part.id);
                let said = self.run.undone.get(&id).cloned().or_else(|| by_step.clone());
                list.push(Undo {
                    undone: said.filter(|when| !when.is_empty()),
                    text: values::fill_words(&self.plan, &self.run, text).replace("**", ""),
                    id,
                    urgent: owed.is_some(),
                });
            }
        }
        list.sort_by_key(|item| !item.urgent);
        list
    }
}

fn is_guid(text: &str) -> bool {
    let text = text.trim();
    text.len() == GUID && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
