//! What a panel shows. Holds no secret: a secret is a mask here.

use handrail_guide::plan::{Plan, Value};
use handrail_messages::panel::{
    CheckView, OriginLine, RunLine, RunView, Screen, SheetView, Standing, StepLine, StepState, ValueState,
    ValueView, View,
};
use handrail_messages::report::Refusal;
use handrail_words::say;

use crate::app::App;
use crate::portals;
use crate::run::{Kept, Source};
use crate::values::{self, Assessment};
use crate::walk::Walk;

impl App {
    /// The view for a tab.
    pub(crate) fn view(&self, tab: Option<i32>, notice: Option<Refusal>) -> View {
        let offer = tab.and_then(|t| self.offers.get(&t));
        let run = self.run_shown(tab).and_then(|id| self.walks.get(&id));
        let offered =
            offer.and_then(|o| o.guide.clone()).and_then(|name| Some((self.plans.plan(&name)?, name)));
        let screen = match (run, offered.map(|(plan, name)| (name, plan))) {
            (Some(walk), _) => Screen::Run(Box::new(self.run_view(walk))),
            (None, Some((name, plan))) => Screen::Sheet(Box::new(self.sheet_view(&name, &plan, tab))),
            (None, None) => Screen::Home,
        };
        View {
            tab,
            notice: notice.or_else(|| offer.and_then(|o| o.notice.clone())),
            // One that the organisation does not allow is not proved, and nothing is handed over under it.
            link: match run {
                Some(walk) => self.allowed_link(walk.run.address.as_deref(), walk.run.link.as_deref()),
                None => offer.and_then(|o| self.allowed_link(o.address.as_deref(), o.link.as_deref())),
            },
            screen,
            guides: self.plans.lines(),
            runs: self.walks.values().map(run_line).collect(),
            origins: self.origins(),
            keeps_health: self.keeps_health,
            health: self.health.clone(),
            records: self.records.values().cloned().collect(),
        }
    }

    fn origins(&self) -> Vec<OriginLine> {
        let named = self.services.iter().map(|s| self.origin_line(&s.origin));
        let others = self
            .approved
            .union(&self.policy.approved)
            .filter(|o| !self.services.iter().any(|s| s.origin == **o));
        named.chain(others.map(|o| self.origin_line(o))).collect()
    }

    fn origin_line(&self, origin: &str) -> OriginLine {
        let service = self.services.iter().find(|s| s.origin == origin);
        OriginLine {
            origin: origin.to_owned(),
            name: service.map(|s| s.name.clone()).unwrap_or_default(),
            practice: service.is_some_and(|s| s.practice),
            approved: self.is_approved(origin),
            policy: self.policy.approved.contains(origin),
            barred: self.policy.send(Some(origin), None).err(),
        }
    }

    fn sheet_view(&self, name: &str, plan: &Plan, tab: Option<i32>) -> SheetView {
        let offer = tab.and_then(|t| self.offers.get(&t));
        let origin = offer.and_then(|o| o.origin.clone()).or_else(|| self.usual_origin());
        let used = |p: &&handrail_guide::plan::Page| !p.controls.is_empty();
        let live = plan.pages.iter().filter(used).filter(|p| p.confirmed_live.is_some()).count();
        let handed = offer.and_then(|o| o.handed.as_ref()).filter(|h| h.plan == name).map(|h| {
            let step = plan.step(&h.step).map(|s| s.title.replace("**", "")).unwrap_or_default();
            (step, h.directory.clone().unwrap_or_default())
        });
        SheetView {
            guide: plan.guide.clone(),
            plan: name.to_owned(),
            mode: plan.mode.clone(),
            ways: self.plans.guide_of(name).map(|l| l.ways.clone()).unwrap_or_default(),
            handed,
            title: plan.title.clone(),
            vendor: plan.vendor.name.clone(),
            domains: plan.vendor.domains.clone(),
            support: plan.vendor.support.clone(),
            digest: plan.digest.clone(),
            sheet: plan.sheet.clone(),
            not_checked: plan.requirements.not_checked.clone(),
            steps: plan.steps.iter().map(|s| s.title.clone()).collect(),
            portal: tab
                .and_then(|t| self.tabs.get(&t))
                .and_then(|u| portals::portal_of(u))
                .map(str::to_owned),
            link: offer.and_then(|o| o.link.clone()),
            origin: origin.map(|o| self.origin_line(&o)),
            confirmed: (live, plan.pages.iter().filter(used).count()),
        }
    }

    fn run_view(&self, walk: &Walk) -> RunView {
        let run = &walk.run;
        let current = walk.step();
        RunView {
            id: run.id.clone(),
            guide: run.guide.clone(),
            title: walk.plan.title.clone(),
            vendor: walk.plan.vendor.name.clone(),
            edition: run.edition,
            standing: run.standing,
            directory: run.directory.clone(),
            directory_now: run.directory_now.clone(),
            steps: walk.step_lines(),
            card: current.filter(|_| run.standing == Standing::Running).map(|(at, s)| walk.card_view(at, s)),
            values: walk.value_views(),
            reads: !run.by_hand,
            mode: walk.plan.mode.clone(),
            others: self.others(walk),
            at_credential: walk.is_at_credential(),
            roles: walk.plan.sheet.roles.clone(),
            handed: run.handed,
            renew_by: walk.renew_by(),
            record: walk.record(),
            undo: walk.plan.sheet.undo.iter().map(|u| values::fill_words(&walk.plan, run, u)).collect(),
            check: CheckView {
                origin: run.origin.as_deref().map(|o| self.origin_line(o)),
                missing: self.missing(&run.id),
                busy: walk.busy,
                report: run.report.clone(),
                refusal: run.refusal.clone(),
                retry_at: run.retry_at,
                titles: walk.plan.steps.iter().map(|s| (s.id.clone(), s.title.clone())).collect(),
                barred: self.barred(run),
            },
            handed_over: run.handed_over.clone(),
            kept_off: run
                .kept_off
                .filter(|_| run.standing != Standing::Finished)
                .map(|bar| bar.told(&run.portal)),
            hand_over: walk.hand_over_view(),
            support: walk.plan.vendor.support.clone(),
        }
    }
}

fn run_line(walk: &Walk) -> RunLine {
    RunLine {
        id: walk.run.id.clone(),
        title: walk.plan.title.clone(),
        directory: walk.run.directory.clone().unwrap_or_default(),
        done: walk.run.over(&walk.plan),
        total: walk.plan.steps.len(),
        tab: walk.run.tab,
    }
}

impl Walk {
    fn step_lines(&self) -> Vec<StepLine> {
        let at = self.step().map(|(at, _)| at);
        let line = |(n, step): (usize, &handrail_guide::plan::Step)| {
            let mark = self.run.marks.get(&step.id).cloned().unwrap_or_default();
            StepLine {
                id: step.id.clone(),
                group: step.group.clone(),
                title: values::fill_words(&self.plan, &self.run, &step.title),
                state: if Some(n) == at { StepState::Current } else { mark.state },
                why: if mark.why.is_empty() { mark.why } else { handrail_words::text(&mark.why) },
            }
        };
        self.plan.steps.iter().enumerate().map(line).collect()
    }

    fn value_views(&self) -> Vec<ValueView> {
        let found = self.found();
        let wanted = self.step().map(|(_, s)| s.collects.clone()).unwrap_or_default();
        let view = |v: &Value| self.value_view(v, found.get(&v.id), wanted.contains(&v.id));
        self.plan.values.iter().map(view).collect()
    }

    fn value_view(&self, value: &Value, found: Option<&Assessment>, wanted: bool) -> ValueView {
        let kept = self.run.values.get(&value.id);
        let secret = value.kind.is_secret();
        ValueView {
            id: value.id.clone(),
            label: value.label.clone(),
            vendor_label: value.vendor_label.clone(),
            hint: value.hint.clone(),
            secret,
            state: if self.refused.contains_key(&value.id) { ValueState::Bad } else { state(kept, found) },
            shown: self.shown_text(value),
            source: match kept.map(|k| k.source) {
                Some(Source::Page) => "page".into(),
                Some(Source::Pasted) => "pasted".into(),
                None => String::new(),
            },
            findings: match self.refused.get(&value.id) {
                Some(refused) => vec![refused.clone()],
                None => found.map(|a| a.findings.clone()).unwrap_or_default(),
            },
            suggestions: found
                .map(|a| a.suggestions.iter().map(|(_, words)| words.clone()).collect())
                .unwrap_or_default(),
            may_keep: found.is_some_and(|a| a.may_keep) && !kept.is_some_and(|k| k.overruled),
            wanted,
            wiped: secret && kept.is_some() && self.secret(&value.id).is_none(),
        }
    }

    /// The value, or a mask with the three characters the portal shows as well.
    fn shown_text(&self, value: &Value) -> String {
        if !value.kind.is_secret() {
            return self.run.values.get(&value.id).map(|k| k.text.clone()).unwrap_or_default();
        }
        // EXPOSE: three characters, as on the portal's own page, and the length.
        let Some(text) = self.secret(&value.id).map(handrail_credential::Secret::expose) else {
            return String::new();
        };
        let length = text.chars().count();
        let first: String = if length > 8 { text.chars().take(3).collect() } else { String::new() };
        format!("{first}••••••••  ({})", say!("secret-length", n = length))
    }

    /// What is handed over, in the vendor's order.
    pub(crate) fn handed_over(&self) -> impl Iterator<Item = &Value> {
        self.plan.values.iter().filter(|v| v.handed_over)
    }

    fn hand_over_view(&self) -> Vec<(String, String)> {
        self.handed_over()
            .map(|v| (v.vendor_label.clone().unwrap_or_else(|| v.label.clone()), self.shown_text(v)))
            .collect()
    }
}

fn state(kept: Option<&Kept>, found: Option<&Assessment>) -> ValueState {
    match (kept, found) {
        (Some(k), _) if k.stale => ValueState::Missing,
        (Some(k), Some(a)) if a.objection && k.overruled && a.may_keep => ValueState::Overruled,
        (Some(_), Some(a)) if a.objection => ValueState::Bad,
        (Some(_), Some(a)) if a.findings.iter().any(|f| f.severity == "doubt") => ValueState::Remark,
        (Some(_), Some(_)) => ValueState::Good,
        _ => ValueState::Missing,
    }
}
