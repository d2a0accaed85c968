//! What the extension would do on a page: the background's own decisions over what the location engine finds.

use std::collections::BTreeMap;

use handrail_background::outside::Outside;
use handrail_guide::plan::{Control, Plan, Step};
use handrail_messages::agent::{FromAgent, Probe, Seen, Show, ToAgent};
use handrail_messages::panel::Command;
use serde_json::{Value, json};

/// What one frame shows: what the engine found, and what the portal says is there.
pub(crate) struct Look {
    /// Address of the document.
    pub(crate) url: String,
    /// Language of the document.
    pub(crate) lang: String,
    /// By number of the probe.
    found: BTreeMap<u32, Hit>,
    /// The portal's own names of what is shown.
    pub(crate) truths: Vec<String>,
    /// Those that are folded into the menu of what has no room.
    folded: Vec<String>,
}

/// What the engine found for a probe.
#[derive(Clone, Debug)]
struct Hit {
    seen: Seen,
    /// The portal's own name of it.
    truth: Option<String>,
    /// The beginning of its markup, for messages.
    markup: String,
}

impl Look {
    /// From what `ask.js` answers.
    pub(crate) fn read(url: &str, lang: &str, answer: &Value) -> Self {
        let mut found = BTreeMap::new();
        for row in answer["rows"].as_array().into_iter().flatten() {
            let seen = json!([row[0], row[1], row[2], row[3]]).to_string();
            let seen: Seen = handrail_json::from_str(&seen).unwrap_or_else(|_| {
                // A row that cannot be read would hide a mistake of the harness.
                panic!("not a row: {row}")
            });
            let truth = row[4].as_str().map(str::to_owned);
            let markup = row[5].as_str().unwrap_or_default().to_owned();
            found.insert(seen.0, Hit { seen, truth, markup });
        }
        let names = |key: &str| {
            let names = answer[key].as_array().into_iter().flatten();
            names.filter_map(|t| t.as_str().map(str::to_owned)).collect()
        };
        Self {
            url: url.to_owned(),
            lang: lang.to_owned(),
            found,
            truths: names("truths"),
            folded: names("folded"),
        }
    }
}

/// How a step did on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The ring is on the right control.
    Right,
    /// The control is there, and the card says it in words.
    Missed,
    /// The ring is on another control.
    Wrong,
    /// The control is not there, and nothing is ringed.
    Absent,
    /// On this page the guide is at another step.
    Elsewhere,
}

/// A verdict with what is to be said about it.
pub(crate) struct Verdict {
    pub(crate) step: String,
    pub(crate) target: String,
    pub(crate) outcome: Outcome,
    /// How many of the locators were tried before the one that found it.
    pub(crate) way: String,
    /// What was ringed instead, or how it was missed.
    pub(crate) why: String,
}

/// The decisions of one run over many pages.
pub(crate) struct Judge<'p> {
    plan: &'p Plan,
    background: Outside,
    connected: Vec<u32>,
}

impl<'p> Judge<'p> {
    /// A run of this guide, just begun.
    pub(crate) fn new(text: &str, plan: &'p Plan) -> Self {
        let mut background = Outside::new(&plan.guide, text);
        background.press(&Command::Start { guide: plan.guide.clone(), portal: "azure".into() });
        Self { plan, background, connected: Vec::new() }
    }

    /// All steps that point at something, on a page that looks like this. The first look is the top document's.
    pub(crate) fn judge(&mut self, looks: &[Look]) -> Vec<Verdict> {
        for port in std::mem::take(&mut self.connected) {
            self.background.gone(port);
        }
        for (port, look) in (0..).zip(looks) {
            self.background.connect(port, &look.url);
            self.connected.push(port);
            let hello = FromAgent::Hello {
                build: "wasm".into(),
                top: port == 0,
                url: look.url.clone(),
                lang: look.lang.clone(),
                r#gen: 0,
            };
            let told = self.background.say(port, &hello);
            self.answer(looks, told);
            let told = self.background.say(port, &FromAgent::Shown { on: true, part: true });
            self.answer(looks, told);
        }
        let plan = self.plan;
        plan.steps.iter().filter(|s| s.target.is_some()).map(|step| self.step(looks, step)).collect()
    }

    fn step(&mut self, looks: &[Look], step: &Step) -> Verdict {
        let target = step.target.clone().unwrap_or_default();
        let there = looks.iter().any(|l| l.truths.contains(&target) || l.folded.contains(&target));
        let opener = self.plan.control(&target).and_then(|c| c.folded_in.as_deref());
        let hits_of = |control: &str| {
            let number = number_of(self.plan, control);
            looks.iter().filter_map(move |l| l.found.get(&number))
        };
        let hits: Vec<&Hit> = hits_of(&target).collect();
        let mut verdict = Verdict {
            step: step.id.clone(),
            target: target.clone(),
            outcome: if there { Outcome::Missed } else { Outcome::Absent },
            way: String::new(),
            why: hits.iter().map(|h| format!("status {}", h.seen.1)).collect::<Vec<_>>().join(", "),
        };
        // Nothing is ringed where no frame has found it; the background need not be asked.
        let is_once = |hit: &&Hit| hit.seen.1 == 1;
        if !hits_of(&target).chain(opener.into_iter().flat_map(hits_of)).any(|hit| is_once(&hit)) {
            return verdict;
        }
        // Paused in between, so that everything is shown anew.
        self.background.press(&Command::Pause);
        let mut told = self.background.press(&Command::GoTo { step: step.id.clone() });
        told.extend(self.background.press(&Command::Resume));
        let mut shown = self.answer(looks, told);
        if shown.is_none() {
            // What is folded away is pointed at after a moment.
            let told = self.background.pass(1000.0);
            shown = self.answer(looks, told);
        }
        if self.background.at().as_deref() != Some(&step.id) {
            verdict.outcome = Outcome::Elsewhere;
        }
        let Some((port, show)) = shown else {
            return verdict;
        };
        let look = usize::try_from(port).ok().and_then(|n| looks.get(n));
        let ringed = u32::try_from(show.probe).ok().and_then(|n| look?.found.get(&n));
        let Some(hit) = ringed else {
            return verdict;
        };
        verdict.way.clone_from(&hit.seen.3);
        verdict.why =
            format!("{} by way {}: {}", hit.truth.as_deref().unwrap_or("nothing"), hit.seen.3, hit.markup);
        let meant = self.target_of(&show);
        let is_opener = look.is_some_and(|look| look.folded.contains(&meant))
            && hit.truth.as_deref() == self.plan.control(&meant).and_then(|c| c.folded_in.as_deref());
        if hit.truth.as_ref() != Some(&meant) && !is_opener {
            verdict.outcome = Outcome::Wrong;
            verdict.target = meant;
        } else if verdict.outcome != Outcome::Elsewhere {
            verdict.outcome = Outcome::Right;
        }
        verdict
    }

    /// The control that a card is about.
    fn target_of(&self, show: &Show) -> String {
        let step = usize::try_from(show.n).ok().and_then(|n| self.plan.steps.get(n.checked_sub(1)?));
        step.and_then(|s| s.target.clone()).unwrap_or_default()
    }

    /// Answers every watch list from what was found, until there is none left; gives what is shown in the end.
    fn answer(&mut self, looks: &[Look], mut told: Vec<(u32, ToAgent)>) -> Option<(u32, Show)> {
        let mut shown = None;
        // A list follows from what is seen; a handful of rounds is more than any guide needs.
        for _ in 0..20 {
            let mut next = Vec::new();
            for (port, message) in told {
                match message {
                    ToAgent::Watch { r#gen, probes, .. } => {
                        let report = FromAgent::Seen { r#gen, r: rows(looks, port, &probes) };
                        next.extend(self.background.say(port, &report));
                    }
                    ToAgent::Show(show) => shown = Some((port, *show)),
                    ToAgent::Clear if shown.as_ref().is_some_and(|(p, _)| *p == port) => shown = None,
                    _ => {}
                }
            }
            if next.is_empty() {
                break;
            }
            told = next;
        }
        shown
    }
}

fn rows(looks: &[Look], port: u32, probes: &[Probe]) -> Vec<Seen> {
    let Some(look) = usize::try_from(port).ok().and_then(|n| looks.get(n)) else {
        return Vec::new();
    };
    probes
        .iter()
        .filter_map(|p| look.found.get(&p.0))
        .filter(|h| h.seen.1 > 0)
        .map(|h| h.seen.clone())
        .collect()
}

fn controls(plan: &Plan) -> impl Iterator<Item = &Control> {
    plan.pages.iter().flat_map(|p| &p.controls)
}

/// The number of a control's probe: its place in the plan.
fn number_of(plan: &Plan, control: &str) -> u32 {
    (0..).zip(controls(plan)).find(|(_, c)| c.id == control).map_or(u32::MAX, |(n, _)| n)
}

/// Every probe a run of this guide may ever ask a frame in this language for.
pub(crate) fn all_probes(text: &str, plan: &Plan, url: &str, lang: &str) -> Vec<Probe> {
    let mut background = Outside::new(&plan.guide, text);
    background.press(&Command::Start { guide: plan.guide.clone(), portal: "azure".into() });
    background.connect(0, url);
    let hello = FromAgent::Hello {
        build: "wasm".into(),
        top: true,
        url: url.to_owned(),
        lang: lang.to_owned(),
        r#gen: 0,
    };
    let mut all = BTreeMap::new();
    let mut told = background.say(0, &hello);
    for step in &plan.steps {
        told.extend(background.press(&Command::GoTo { step: step.id.clone() }));
    }
    for (_, message) in told {
        if let ToAgent::Watch { probes, .. } = message {
            all.extend(probes.into_iter().map(|p| (p.0, p)));
        }
    }
    all.into_values().collect()
}
