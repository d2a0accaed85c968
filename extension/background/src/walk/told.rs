//! What the frames of a run are told: ring and card, what to look for, and to leave.

use std::rc::Rc;
use vecmap::VecMap;

use handrail_messages::agent::{Probe, Show, ToAgent};
use handrail_messages::panel::{Pointing, Standing};

use super::Walk;
use crate::effect::Effect;
use crate::frames::{Frames, Sighting};
use crate::index::{DIRECTORY, Index, fingerprint};
use crate::values;

impl Walk {
    /// Draws ring and card, each change once.
    pub(super) fn draw(&mut self, out: &mut Vec<Effect>) {
        let wanted = self.wanted();
        let same = match (&wanted, &self.shown) {
            (Some((port, show)), Some((p, s))) => port == p && *show == Show { r#gen: 0, ..s.clone() },
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        self.drawn.again(&mut self.run);
        if let Some((port, show)) = &wanted {
            let show = Show { r#gen: self.run.generation, ..show.clone() };
            let message = ToAgent::Show(Box::new(show));
            out.push(Effect::Agent { port: *port, message });
        }
        if let Some((port, _)) = &self.shown
            && wanted.as_ref().is_none_or(|(p, _)| p != port)
            && self.frames.frame(*port).is_some()
        {
            out.push(Effect::Agent { port: *port, message: ToAgent::Clear });
        }
        self.shown = wanted;
    }

    /// Ring and card that belong on the page now, and the frame for them.
    fn wanted(&self) -> Option<(u32, Show)> {
        let top = self.frames.top().map(|(port, _)| port);
        match self.run.standing {
            Standing::Finished | Standing::Paused => return None,
            Standing::OtherDirectory => return Some((top?, self.other_directory_card())),
            Standing::Running => {}
        }
        let (at, step) = self.step()?;
        let target = step.target.as_deref().filter(|_| self.pointing == Pointing::Ring);
        if let Some(target) = target
            && let Sighting::Once { port, .. } = self.sure(target)
        {
            let number = Index::new(&self.plan).control(target)?;
            return Some((port, self.card(at, step, i32::try_from(number).ok()?)));
        }
        if target.is_some()
            && let Some((opener, port)) = self.folded()
        {
            let number = Index::new(&self.plan).control(opener)?;
            return Some((port, self.card(at, step, i32::try_from(number).ok()?)));
        }
        match self.pointing {
            Pointing::Looking if self.wrong.is_none() => None,
            _ => Some((top?, self.card(at, step, -1))),
        }
    }

    /// Sends each frame what to look for, when that changed.
    pub(super) fn watch(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.run.standing, Standing::Finished) {
            return;
        }
        let plan = Rc::clone(&self.plan);
        let index = Index::new(&plan);
        let numbers = match self.run.position(&plan) {
            Some(at) if self.run.standing == Standing::Running => index.watched(at),
            _ => index.control(DIRECTORY).into_iter().collect(),
        };
        let fill = |text: &str| values::fill(&self.plan, &self.run, text);
        let target = self.step().and_then(|(_, step)| step.target.as_deref()).filter(|_| self.looks);
        let ringed = target.and_then(|id| index.control(id));
        let mut lists: VecMap<String, Vec<Probe>> = VecMap::new();
        for (_, frame) in self.frames.all() {
            lists.entry(frame.lang.clone()).or_insert_with(|| {
                let looked = ringed.and_then(|n| index.look(n, &frame.lang, &fill));
                numbers.iter().filter_map(|n| index.probe(*n, &frame.lang, &fill)).chain(looked).collect()
            });
        }
        let numbered: VecMap<String, (u32, Vec<Probe>)> =
            lists.into_iter().map(|(lang, list)| (lang.clone(), (self.number(&lang, &list), list))).collect();
        for port in self.frames.ports() {
            let Some(frame) = self.frames.frame(port) else {
                continue;
            };
            let Some((number, list)) = numbered.get(&frame.lang).filter(|(n, _)| *n != frame.watch_gen)
            else {
                continue;
            };
            frame.watched.clone_from(list);
            frame.watch_gen = *number;
            // A frame that came back after the service worker had stopped may hold this very list.
            if frame.holds != *number {
                let (lang, probes) = (frame.lang.clone(), list.clone());
                out.push(Effect::Agent { port, message: ToAgent::Watch { r#gen: *number, lang, probes } });
            }
        }
    }

    /// Generation of a list: the one it had, or a new one when what is in it has changed.
    fn number(&mut self, lang: &str, list: &[Probe]) -> u32 {
        let print = fingerprint(list);
        if let Some((number, _)) = self.run.lists.get(lang).filter(|(_, p)| *p == print) {
            return *number;
        }
        let highest = self.run.lists.values().map(|(number, _)| *number).max().unwrap_or(0);
        self.watch_generation = self.watch_generation.max(highest).saturating_add(1);
        self.run.lists.insert(lang.to_owned(), (self.watch_generation, print));
        self.watch_generation
    }

    /// Takes everything off the page.
    pub(crate) fn leave(&mut self, out: &mut Vec<Effect>) {
        for port in self.frames.ports() {
            out.push(Effect::Agent { port, message: ToAgent::Bye });
        }
        if let Some(tab) = self.run.tab {
            out.push(Effect::Leave { tab });
        }
        self.frames = Frames::default();
        self.shown = None;
    }
}
