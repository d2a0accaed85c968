//! What the admin does in the panel.

use std::rc::Rc;

use handrail_credential::Secret;
use handrail_json::{to_pretty, to_string};
use handrail_messages::panel::{Command, Standing, ToPanel};
use handrail_messages::report::{Refusal, Verdict};

use crate::app::{App, Offer, secrets_key};
use crate::effect::Effect;
use crate::portals;
use crate::run::{Run, Source};
use crate::values;
use crate::walk::Walk;
use crate::words;

impl App {
    /// Carries out a command of the panel at this connection.
    pub(crate) fn command(&mut self, port: u32, command: Command) {
        if let Command::Hello { tab } = command {
            if let Some(panel) = self.panels.get_mut(&port) {
                panel.tab = tab;
                panel.greeted = true;
                panel.notice = self.fell.then(words::own_fault);
            }
            return;
        }
        let tab = self.panels.get(&port).and_then(|p| p.tab);
        self.notice(port, None);
        match &command {
            Command::Start { guide: plan, .. } | Command::Switch { plan }
                if self.waits(plan, port, &command) =>
            {
                return;
            }
            Command::LinkProved { guide, .. } if self.waits_for_line(guide, port, &command) => return,
            _ => {}
        }
        match command {
            Command::Offer { guide } => self.offer(tab, Some(guide)),
            Command::Home => self.offer(tab, None),
            Command::LinkProved { guide, mode, vendor, own } => {
                self.link_proved(tab, (&guide, &mode), vendor, own);
            }
            Command::Start { guide, portal } => self.start(port, tab, &guide, &portal),
            Command::Adopt { run } => self.adopt(port, tab, &run),
            Command::ApproveOrigin { origin } => self.approve(port, &origin),
            Command::ForgetOrigin { origin } => {
                self.approved.remove(&origin);
            }
            Command::KeepHealth { on } => self.keeps_health = on,
            Command::ClearHealth => self.health.clear(),
            Command::TakeOver { text } => self.take_over(port, tab, &text),
            Command::Undone { run, item, on } => self.set_undone(&run, &item, on),
            Command::SaveRecord { run, form } => self.save_record(port, &run, &form),
            Command::ForgetRecord { run } => self.forget_record(&run),
            Command::HandedOver { vendor, run } => self.with(&run, |w| w.handed_over_to(vendor)),
            other => {
                if let Some(run) = self.run_shown(tab) {
                    self.run_command(port, &run, other);
                }
            }
        }
    }

    /// The run a panel shows: the one in its tab, finished or not.
    pub(crate) fn run_shown(&self, tab: Option<i32>) -> Option<String> {
        let tab = tab?;
        let finished = || self.walks.values().find(|w| w.run.tab == Some(tab)).map(|w| w.run.id.clone());
        self.run_in(tab).or_else(finished)
    }

    pub(crate) fn notice(&mut self, port: u32, notice: Option<Refusal>) {
        if let Some(panel) = self.panels.get_mut(&port) {
            panel.notice = notice;
        }
    }

    fn offer(&mut self, tab: Option<i32>, guide: Option<String>) {
        if let Some(guide) = &guide {
            self.fetch(guide);
        }
        if let Some(tab) = tab {
            let offer = self.offers.entry(tab).or_default();
            let same = offer.guide == guide;
            let of =
                |name: &Option<String>| name.as_deref().and_then(|n| self.plans.guide_of(n)).map(|l| &l.id);
            if offer.address.is_some() && guide.is_some() && of(&offer.guide) == of(&guide) {
                // Another way through the guide that the link is for.
                offer.guide = guide;
            } else if !same || guide.is_none() {
                *offer = Offer { guide, ..Offer::default() };
            }
        }
    }

    fn start(&mut self, port: u32, tab: Option<i32>, guide: &str, portal: &str) {
        let Some(tab) = tab else {
            return self.notice(port, Some(words::no_portal_tab()));
        };
        if let Some(walk) = self.run_in(tab).and_then(|id| self.walks.get(&id)) {
            let refusal = words::busy_tab(&walk.plan.title);
            return self.notice(port, Some(refusal));
        }
        let Some(plan) = self.plans.plan(guide) else {
            return;
        };
        let offer = self.offers.remove(&tab).unwrap_or_default();
        let id = format!("{guide}-{tab}-{:.0}", self.now);
        let mut run = Run::begin(id.clone(), guide, &plan, Some(tab), portal, self.now);
        run.origin = offer.origin.or_else(|| self.usual_origin());
        run.link = offer.link;
        run.address = offer.address;
        run.own = offer.own;
        self.clear_tab(tab);
        let mut walk = Walk::new(plan, run, values::Secrets::new(), self.now);
        if let Some(handed) = offer.handed.filter(|h| h.plan == guide) {
            walk.take_up(&handed, self.now);
        }
        self.walks.insert(id.clone(), walk);
        self.enter(&id);
        self.with(&id, |_| {});
    }

    /// Puts away the finished run that a tab still shows.
    fn clear_tab(&mut self, tab: i32) {
        let old: Vec<String> =
            self.walks.values().filter(|w| w.run.tab == Some(tab)).map(|w| w.run.id.clone()).collect();
        for id in old {
            if let Some(walk) = self.walks.remove(&id) {
                self.put_away(&walk);
            }
        }
    }

    /// Brings a run's agent into its tab; opens the portal when the tab is elsewhere. A run that only checks has no
    /// business in any page.
    pub(crate) fn enter(&mut self, id: &str) {
        let Some(walk) = self.walks.get(id).filter(|w| !w.plan.pages.is_empty()) else {
            return;
        };
        let Some(tab) = walk.run.tab else {
            return;
        };
        let link = walk.step().and_then(|(_, s)| walk.link_of(s));
        let Some(url) = link.or_else(|| portals::address(&walk.run.portal, "/")) else {
            return;
        };
        self.out.push(Effect::Enter { tab, url });
    }

    fn adopt(&mut self, port: u32, tab: Option<i32>, run: &str) {
        let Some(tab) = tab else {
            return self.notice(port, Some(words::no_portal_tab()));
        };
        if let Some(other) = self.run_in(tab).filter(|id| id != run).and_then(|id| self.walks.get(&id)) {
            let refusal = words::busy_tab(&other.plan.title);
            return self.notice(port, Some(refusal));
        }
        let mut page = None;
        if let Some(walk) = self.walks.get_mut(run) {
            if walk.run.tab != Some(tab) {
                walk.leave(&mut self.out);
                page = walk.step().and_then(|(_, s)| walk.link_of(s));
            }
            walk.run.tab = Some(tab);
            walk.run.touched = self.now;
        }
        self.enter(run);
        self.out.extend(page.map(|url| Effect::Navigate { tab, url }));
        self.with(run, |_| {});
    }

    fn approve(&mut self, port: u32, origin: &str) {
        if let Err(refusal) = self.policy.worker(origin) {
            return self.notice(port, Some(refusal));
        }
        match portals::origin_of(origin) {
            Some(plain) if plain == origin => {
                self.approved.insert(plain);
            }
            _ => self.notice(port, Some(words::link_broken())),
        }
    }

    fn run_command(&mut self, port: u32, id: &str, command: Command) {
        match command {
            Command::Reveal { value } => self.reveal(port, id, value),
            Command::RevealHandOver | Command::SaveFile | Command::Seal if self.is_blocked(id) => {
                let refusal = words::hand_over_blocked(&self.missing(id));
                self.notice(port, Some(refusal));
            }
            Command::RevealHandOver => self.reveal_hand_over(port, id),
            Command::SaveFile => self.save_file(port, id),
            Command::Check => {
                if let Some(refusal) = self.check(id) {
                    self.with(id, |w| w.run.refusal = Some(refusal));
                }
            }
            Command::CheckLink { code, salt } => {
                if let Some(refusal) = self.check_link(id, &code, salt) {
                    self.with(id, |w| w.run.refusal = Some(refusal));
                }
            }
            Command::Seal => self.give_to_seal(port, id),
            Command::Prove { text, link } => {
                if let Some(refusal) = self.prove(id, &text, link) {
                    self.with(id, |w| w.run.refusal = Some(refusal));
                }
            }
            Command::Cancel => self.cancel(id),
            Command::HandRun => self.hand_run(port, id),
            Command::Switch { plan } => self.switch(id, &plan),
            Command::Mend { step } if self.mend_by_guide(id, &step) => {}
            Command::OpenPage => self.open_page(id),
            Command::ChooseOrigin { origin } => {
                if self.services.iter().any(|s| s.origin == origin) || self.is_approved(&origin) {
                    self.with(id, |w| w.run.origin = Some(origin));
                }
            }
            other => self.walk_command(id, other),
        }
    }

    fn walk_command(&mut self, id: &str, command: Command) {
        let now = self.now;
        let was_finished = self.walks.get(id).is_some_and(|w| w.run.standing == Standing::Finished);
        self.with(id, |walk| {
            walk.run.touched = now;
            let plan = Rc::clone(&walk.plan);
            match command {
                Command::Back if walk.wrong.is_some() => walk.back_from_wrong(),
                Command::Back => {
                    walk.run.back(&plan);
                    walk.moved();
                }
                Command::Next => walk.skip(),
                Command::Confirm => walk.run.confirmed = true,
                Command::Choose => walk.choose(),
                Command::GoTo { step } => {
                    walk.run.go_to(&plan, &step, true);
                    walk.moved();
                }
                Command::Mend { step } => {
                    walk.run.go_to(&plan, &step, false);
                    walk.moved();
                }
                Command::Pause => walk.run.standing = Standing::Paused,
                Command::Resume => walk.resume(),
                Command::ReadPage { on } => walk.run.by_hand = !on,
                Command::Read => walk.collect(now),
                Command::Restart => walk.restart(now),
                Command::Paste { value, text } => walk.paste(&value, &text, now),
                Command::UseSuggestion { value, n } => walk.use_suggestion(&value, n, now),
                Command::UseAnyway { value } => walk.overrule(&value),
                Command::Forget { value } => walk.forget(&value),
                _ => {}
            }
        });
        if was_finished && self.walks.get(id).is_some_and(|w| w.run.standing != Standing::Finished) {
            self.enter(id);
        }
    }

    fn reveal(&mut self, port: u32, id: &str, value: String) {
        let Some(walk) = self.walks.get(id) else {
            return;
        };
        let text = walk.plan.value(&value).and_then(|v| values::text_of(&walk.run, &walk.secrets, v));
        if let Some(text) = text {
            let message = ToPanel::Revealed { value, text: text.to_owned() };
            self.answer(port, &message);
        }
    }

    /// A hand-over waits while a value is missing or the last check failed.
    fn is_blocked(&self, id: &str) -> bool {
        let report = self.walks.get(id).and_then(|w| w.run.report.as_ref());
        report.is_some_and(|r| r.verdict == Verdict::Failed) || !self.missing(id).is_empty()
    }

    fn reveal_hand_over(&mut self, port: u32, id: &str) {
        let Some(walk) = self.walks.get(id) else {
            return;
        };
        let lines = walk
            .handed_over()
            .map(|v| {
                let text = values::text_of(&walk.run, &walk.secrets, v).unwrap_or_default();
                (v.vendor_label.clone().unwrap_or_else(|| v.label.clone()), text.to_owned())
            })
            .collect();
        self.answer(port, &ToPanel::HandOver { lines });
    }

    fn save_file(&mut self, port: u32, id: &str) {
        let file = self.walks.get(id).and_then(|walk| {
            let file = walk.step()?.1.file.as_ref()?;
            let text = values::fill_all(&walk.plan, &walk.run, &walk.secrets, &file.text)?;
            Some(ToPanel::File { name: file.name.clone(), text })
        });
        match file {
            Some(message) => self.answer(port, &message),
            None => self.notice(port, Some(words::values_missing(&self.missing(id)))),
        }
    }

    /// Sends something that may hold a value in clear to the panel that asked.
    pub(crate) fn answer(&mut self, port: u32, message: &ToPanel) {
        self.out.push(Effect::Panel { port, json: Secret::new(to_string(message)) });
    }

    fn save_record(&mut self, port: u32, run: &str, form: &str) {
        let Some(record) = self.record(run) else {
            return;
        };
        let name = format!("handrail-record-{}", record.run);
        let message = match form {
            "json" => ToPanel::File { name: format!("{name}.json"), text: to_pretty(&record) + "\n" },
            "copy" => ToPanel::Clip { text: record.to_markdown() },
            _ => ToPanel::File { name: format!("{name}.md"), text: record.to_markdown() },
        };
        self.answer(port, &message);
    }

    fn cancel(&mut self, id: &str) {
        if let Some(mut walk) = self.walks.remove(id) {
            self.put_away(&walk);
            walk.leave(&mut self.out);
            walk.wipe();
            self.out.push(Effect::Drop { key: secrets_key(id) });
        }
        self.unregister();
    }

    fn open_page(&mut self, id: &str) {
        let target = self.walks.get(id).and_then(|w| Some((w.run.tab?, w.link_of(w.step()?.1)?)));
        if let Some((tab, url)) = target {
            self.out.push(Effect::Navigate { tab, url });
        }
    }
}

impl Walk {
    /// Takes a pasted value; an empty one is not taken.
    fn paste(&mut self, value: &str, text: &str, now: f64) {
        let plan = Rc::clone(&self.plan);
        if text.trim().is_empty() {
            return;
        }
        if let Some(value) = plan.value(value) {
            self.keep(value, text, Source::Pasted, now);
            self.run.refusal = None;
        }
    }

    /// Keeps a value in spite of what was found.
    fn overrule(&mut self, value: &str) {
        if let Some(kept) = self.run.values.get_mut(value) {
            kept.overruled = true;
            kept.stale = false;
            self.run.unproved();
            self.restand();
        }
    }

    /// Begins again from the first step. The directory stays locked, values are dropped.
    fn restart(&mut self, now: f64) {
        let name = self.run.plan().to_owned();
        let fresh = Run::begin(self.run.id.clone(), &name, &self.plan, self.run.tab, &self.run.portal, now);
        let stopped = self.run.directory_now.is_some();
        self.run = Run {
            standing: if stopped { Standing::OtherDirectory } else { Standing::Running },
            edition: self.run.edition,
            directory: self.run.directory.take(),
            directory_now: self.run.directory_now.take(),
            url_tenant: self.run.url_tenant.take(),
            origin: self.run.origin.take(),
            link: self.run.link.take(),
            address: self.run.address.take(),
            by_hand: self.run.by_hand,
            generation: self.run.generation,
            undone: std::mem::take(&mut self.run.undone),
            accounts: std::mem::take(&mut self.run.accounts),
            begun: self.run.begun,
            ..fresh
        };
        self.wipe();
        self.moved();
    }
}
