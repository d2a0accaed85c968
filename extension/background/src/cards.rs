//! The words of the card, the same on the page and in the panel.

use handrail_guide::plan::{Action, Step};
use handrail_messages::agent::{Act, Show};
use handrail_messages::panel::{CardView, Pointing};
use handrail_words::{id, say};

use crate::frames::Sighting;
use crate::run::said_by_admin;
use crate::values::{fill, fill_words};
use crate::walk::Walk;
use crate::{portals, words};

/// What does not change from step to step.
fn words_of_every_card() -> Show {
    Show {
        copied: say!("card-copied"),
        handle: say!("card-handle"),
        lang: say!("language-tag"),
        rtl: say!("language-direction") == "rtl",
        ..Show::default()
    }
}

impl Walk {
    /// Ring and card for a step; `probe` −1 for a card alone.
    pub(crate) fn card(&self, at: usize, step: &Step, probe: i32) -> Show {
        let view = self.card_view(at, step);
        let (mut tone, mut text) = ("normal", view.text);
        let mut note: Vec<String> = Vec::new();
        if let Some((_, wrong, _)) = &view.wrong {
            tone = "wrong";
            text.clone_from(wrong);
        } else {
            note.extend(view.caution);
            if let Some(menu) = view.menu {
                note.push(words::not_found(view.called.as_deref().unwrap_or_default(), &menu));
            }
            if self.pointing == Pointing::Several {
                note.push(say!("card-several"));
            }
            note.extend(Some(view.remark).filter(|remark| !remark.is_empty()));
            if step.caution.is_some() {
                tone = "warn";
            }
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Show {
            r#gen: 0,
            probe,
            n: count(at.saturating_add(1)),
            total: count(self.plan.steps.len()),
            title: view.title,
            text,
            note: note.join(" "),
            tone: tone.into(),
            copy: view.copy.unwrap_or_default(),
            buttons: self.buttons(at, step),
            dir: words::in_directory(self.run.directory.as_deref()),
            ..words_of_every_card()
        }
    }

    fn buttons(&self, at: usize, step: &Step) -> Vec<(Act, String)> {
        let mut list = Vec::new();
        if step.copy.as_deref().is_some_and(|text| fill(&self.plan, &self.run, text).is_some()) {
            list.push((Act::Copy, say!("card-copy")));
        }
        let back = self.wrong.and_then(|n| step.wrong.get(n)).and_then(|w| w.back.as_ref());
        if back.is_some() {
            list.push((Act::Back, say!("card-back-to-step")));
        } else if at > 0 {
            list.push((Act::Back, say!("card-back")));
        }
        let last = match said_by_admin(step) {
            Some(label) => Some((Act::Done, label)),
            // With a ring the page itself is what to press; going on by hand is offered in the panel then. Who came back
            // to a step that is done has nothing to press.
            None if self.pointing == Pointing::Ring && self.wrong.is_none() => {
                self.run.held.then(|| (Act::Next, say!("card-go-on")))
            }
            None => (step.action != Action::Check).then(|| (Act::Next, say!("card-next"))),
        };
        list.extend(last);
        list
    }

    /// The card while the tab shows another directory.
    pub(crate) fn other_directory_card(&self) -> Show {
        let was = self.run.directory.as_deref().unwrap_or_default();
        let back = self.run.directory_now.is_none();
        let text = match self.run.directory_now.as_deref() {
            Some(now) => words::other_directory(was, now),
            None => say!("card-back-in-directory"),
        };
        Show {
            probe: -1,
            title: say!("card-other-directory"),
            text,
            tone: "warn".into(),
            buttons: if back { vec![(Act::Next, say!("card-go-on"))] } else { Vec::new() },
            dir: words::in_directory(Some(was)),
            ..words_of_every_card()
        }
    }

    /// The current step for the panel.
    pub(crate) fn card_view(&self, at: usize, step: &Step) -> CardView {
        let words = |text: &str| fill_words(&self.plan, &self.run, text);
        let page = step.page.as_deref().and_then(|p| self.plan.page(p));
        let in_words = matches!(self.pointing, Pointing::Words | Pointing::Several)
            || (self.pointing == Pointing::Here && step.action == Action::Open);
        let called = step.target.as_deref().and_then(|t| self.plan.control(t)).map(|c| c.called.clone());
        let wrong = self.wrong.and_then(|n| step.wrong.get(n));
        CardView {
            step: step.id.clone(),
            n: at.saturating_add(1),
            title: words(&step.title),
            text: words(&step.text),
            why: step.why.as_deref().map(words),
            caution: step.caution.as_deref().map(words),
            copy: step.copy.as_deref().and_then(|c| fill(&self.plan, &self.run, c)),
            action: step.action,
            pointing: self.pointing,
            menu: page.filter(|_| in_words).map(|p| p.menu.clone()),
            called,
            confirm: said_by_admin(step),
            choice: step.choice.as_ref().map(|c| c.label.clone()),
            owed: self.run.owes(step),
            link: self.link_of(step).is_some(),
            wrong: wrong.map(|w| (w.id.clone(), words(&w.text), w.back.is_some())),
            collects: step.collects.clone(),
            file: step.file.as_ref().map(|f| f.name.clone()),
            remark: self.hint(step).map(handrail_words::text).unwrap_or_default(),
        }
    }

    /// The message that says what else is to be said: how the run came here, or why the ring is elsewhere or nowhere.
    fn hint(&self, step: &Step) -> Option<&'static str> {
        let folded = || self.is_folded().then_some(id!("card-folded"));
        self.remark.or_else(folded).or_else(|| self.is_one_of_a_list(step).then_some(id!("card-beyond")))
    }

    /// Whether the control is one of many of a kind, in a place that is there while it is not.
    fn is_one_of_a_list(&self, step: &Step) -> bool {
        let target = step.target.as_deref().and_then(|t| self.plan.control(t)).filter(|c| c.id.contains('['));
        let place = target.and_then(|c| c.within.as_deref().or(c.region.as_deref()));
        self.pointing == Pointing::Words
            && place.is_some_and(|p| !p.contains('[') && matches!(self.sighting(p), Sighting::Once { .. }))
    }

    /// The address of the step's page, when all it needs is known.
    pub(crate) fn link_of(&self, step: &Step) -> Option<String> {
        let page = self.plan.page(step.page.as_deref()?)?;
        let own = page.routes.iter().filter(|r| r.portal == self.run.portal);
        own.chain(page.routes.iter())
            .find_map(|r| portals::address(&r.portal, &fill(&self.plan, &self.run, &r.path)?))
    }
}
