//! All runs, frames and panels together. Takes events, gives effects; touches neither browser nor clock.

mod storage;

use vecmap::{VecMap, VecSet};

use handrail_credential::Secret;
use handrail_json::{FromJson, ToJson, from_str, to_string};
use handrail_messages::agent::{FromAgent, FromLoader, ToAgent};
use handrail_messages::panel::{Command, HealthLine, Standing, ToPanel};
use handrail_messages::record::Record;
use handrail_messages::report::Refusal;

use crate::effect::Effect;
use crate::handed::Handed;
use crate::library::Library;
use crate::policy::Policy;
use crate::portals;
use crate::reach::{Bar, Tried};
use crate::senders::{Sender, Who, who};
use crate::walk::Walk;
use crate::words;

pub(crate) use storage::{Stored, secrets_key};

/// A secret that nobody touched for an hour is wiped: a lunch break is survived, a forgotten browser is not.
const IDLE_LIMIT_MS: f64 = 60.0 * 60.0 * 1000.0;

/// What happens outside.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// Somebody connected.
    Connected { port: u32, name: String, sender: Sender },
    /// A message over a connection, as JSON.
    Said { port: u32, json: Secret },
    /// A connection ended.
    Disconnected { port: u32 },
    /// A single message, as JSON.
    Message { sender: Sender, json: String },
    /// The toolbar button.
    Clicked { tab: i32, url: String },
    /// A tab went to another address.
    Moved { tab: i32, url: String },
    /// A tab has loaded a page, whose address the browser may not tell.
    Loaded { tab: i32 },
    /// The agent was to be brought into a tab.
    Reached { tab: i32, tried: Tried },
    /// Access to pages was given or taken away.
    Permitted,
    /// A tab was closed.
    Closed { tab: i32 },
    /// The checking service's answer, or none.
    Answered { run: String, origin: String, edition: u64, status: u16, body: String },
    /// The checking service's answer about an old secret, or none.
    Proved { run: String, origin: String, status: u16, body: String },
    /// The file of a plan that was asked for; empty when there is none.
    Plan { name: String, json: String },
    /// Other labels are in use.
    Relabelled,
    /// Some time passed.
    Tick,
}

/// A checking service named in the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
#[serde(default)]
pub(crate) struct Service {
    pub(crate) origin: String,
    pub(crate) name: String,
    pub(crate) practice: bool,
}

/// `config.json`.
#[derive(Clone, Debug, Default, FromJson)]
#[serde(default)]
pub(crate) struct Config {
    pub(crate) check: Vec<Service>,
}

/// A connected panel.
#[derive(Clone, Debug, Default)]
pub(crate) struct Panel {
    /// It said which tab it is for; until then it is shown nothing.
    pub(crate) greeted: bool,
    pub(crate) tab: Option<i32>,
    pub(crate) notice: Option<Refusal>,
    last: String,
}

/// A guide that was asked for in a tab. Kept while the browser runs: an approval sheet is read for longer than a service
/// worker lives.
#[derive(Clone, Debug, Default, FromJson, ToJson)]
#[serde(default)]
pub(crate) struct Offer {
    /// Name of the plan.
    pub(crate) guide: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) origin: Option<String>,
    /// Address of a vendor's link.
    pub(crate) address: Option<String>,
    /// What that link has in place of a secret, by name.
    pub(crate) own: VecMap<String, String>,
    #[serde(skip)]
    pub(crate) notice: Option<Refusal>,
    /// A colleague's run that is to be gone on with.
    pub(crate) handed: Option<Handed>,
}

#[derive(Clone, Copy, Debug)]
enum Peer {
    Panel,
    /// `id` is the browser's number of the frame; 0 is the tab's own document.
    Frame {
        tab: i32,
        id: i64,
    },
}

/// The whole state of the background.
#[derive(Debug, Default)]
pub(crate) struct App {
    own: String,
    base: String,
    pub(crate) plans: Library,
    pub(crate) services: Vec<Service>,
    pub(crate) approved: VecSet<String>,
    /// What the organisation sets.
    pub(crate) policy: Policy,
    /// Records of runs that were put away.
    pub(crate) records: VecMap<String, Record>,
    /// Whether guide health is kept: only when the admin asked for it.
    pub(crate) keeps_health: bool,
    pub(crate) health: Vec<HealthLine>,
    pub(crate) walks: VecMap<String, Walk>,
    pub(crate) panels: VecMap<u32, Panel>,
    pub(crate) offers: VecMap<i32, Offer>,
    pub(crate) tabs: VecMap<i32, String>,
    peers: VecMap<u32, Peer>,
    saved: VecMap<String, String>,
    /// What the memory-only storage holds of the offers.
    offered: String,
    /// What was asked for while its plan was on its way.
    pub(crate) waiting: Vec<(String, u32, Command)>,
    alarm: bool,
    /// It began anew after a fault of its own; each panel is told once.
    pub(crate) fell: bool,
    pub(crate) now: f64,
    pub(crate) out: Vec<Effect>,
}

impl App {
    /// Takes an event; gives what is to be done for it.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn handle(&mut self, event: Event, now: f64) -> Vec<Effect> {
        let mut out = self.act(event, now);
        out.extend(self.follow_up());
        out
    }

    /// Takes an event; gives what is to be done at once. What can wait is in [`App::follow_up`].
    pub(crate) fn act(&mut self, event: Event, now: f64) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Connected { port, name, sender } => self.connected(port, &name, &sender),
            Event::Said { port, json } => self.said(port, &json),
            Event::Disconnected { port } => self.disconnected(port),
            Event::Message { sender, json } => self.message(&sender, &json),
            Event::Clicked { tab, url } => self.clicked(tab, url),
            Event::Moved { tab, url } => self.tab_moved(tab, url),
            Event::Loaded { tab } => self.tab_loaded(tab),
            Event::Reached { tab, tried } => self.reached(tab, &tried),
            Event::Permitted => self.reach_all(),
            Event::Closed { tab } => self.tab_closed(tab),
            Event::Answered { run, origin, edition, status, body } => {
                self.answered(&run, &origin, edition, status, &body);
            }
            Event::Proved { run, origin, status, body } => self.proved(&run, &origin, status, &body),
            Event::Plan { name, json } => self.plan_came(&name, &json),
            Event::Relabelled => {
                self.plans.forget();
                self.fetch_offered();
            }
            Event::Tick => self.tick(),
        }
        std::mem::take(&mut self.out)
    }

    /// What an event brought to be written down and shown in panels: after ring and card are on their way.
    pub(crate) fn follow_up(&mut self) -> Vec<Effect> {
        self.store();
        self.show_panels();
        std::mem::take(&mut self.out)
    }

    /// Whether values may be sent to this origin: the admin approved it, or the organisation did, which may also forbid it.
    pub(crate) fn is_approved(&self, origin: &str) -> bool {
        let approved = self.approved.contains(origin) || self.policy.approved.contains(origin);
        approved && self.policy.worker(origin).is_ok()
    }

    /// Where values are checked when no link says so: the first service that may be used, else the first.
    pub(crate) fn usual_origin(&self) -> Option<String> {
        let usable = self.services.iter().find(|s| self.policy.worker(&s.origin).is_ok());
        usable.or(self.services.first()).map(|s| s.origin.clone())
    }

    /// Has a plan's file fetched when it is not there yet; true when it is.
    pub(crate) fn fetch(&mut self, plan: &str) -> bool {
        let needed = self.plans.needs(plan);
        let ready = needed.is_none();
        self.out.extend(needed.map(|name| Effect::Plan { name }));
        ready
    }

    /// Has the plans fetched of which a sheet is shown.
    fn fetch_offered(&mut self) {
        let offered: Vec<String> = self.offers.values().filter_map(|o| o.guide.clone()).collect();
        for name in offered {
            self.fetch(&name);
        }
    }

    /// Puts a command off until its plan is there; true when it has to wait.
    pub(crate) fn waits(&mut self, plan: &str, port: u32, command: &Command) -> bool {
        match self.plans.needs(plan) {
            Some(file) => {
                self.waiting.push((file.clone(), port, command.clone()));
                self.out.push(Effect::Plan { name: file });
                true
            }
            None => false,
        }
    }

    fn plan_came(&mut self, name: &str, json: &str) {
        let usable = self.plans.add(name, json);
        let (now, later) = std::mem::take(&mut self.waiting).into_iter().partition(|(file, ..)| file == name);
        self.waiting = later;
        let now: Vec<(String, u32, Command)> = now;
        for (_, port, command) in now {
            if usable {
                self.command(port, command);
            } else if matches!(command, Command::LinkProved { .. }) {
                self.notice(port, Some(words::guide_unfit()));
            } else {
                self.notice(port, Some(words::plan_broken()));
            }
        }
    }

    fn connected(&mut self, port: u32, name: &str, sender: &Sender) {
        match (who(sender, &self.own, &self.base), name) {
            (Who::Panel, "panel") => {
                self.peers.insert(port, Peer::Panel);
                self.panels.insert(port, Panel::default());
            }
            (Who::Frame { tab }, "agent") => {
                self.peers.insert(port, Peer::Frame { tab, id: sender.frame });
                match self.run_in(tab).and_then(|id| self.walks.get_mut(&id)) {
                    // Where access is withheld, a press on the button may have lent this page alone.
                    Some(walk) if sender.frame == 0 && walk.run.kept_off != Some(Bar::Withheld) => {
                        walk.run.kept_off = None;
                    }
                    Some(_) => {}
                    None => self.out.push(Effect::Agent { port, message: ToAgent::Bye }),
                }
            }
            _ => self.out.push(Effect::Close { port }),
        }
    }

    fn said(&mut self, port: u32, json: &Secret) {
        match self.peers.get(&port) {
            Some(Peer::Panel) => {
                // EXPOSE: parsed into the closed list of commands; a pasted secret travels in it.
                if let Ok(command) = from_str::<Command>(json.expose()) {
                    self.command(port, command);
                }
            }
            Some(Peer::Frame { tab, id }) => {
                let (tab, number) = (*tab, *id);
                // EXPOSE: parsed into the closed list of reports; a secret read from the page travels in it.
                let Ok(mut message) = from_str::<FromAgent>(json.expose()) else {
                    return;
                };
                if let FromAgent::Hello { top, .. } = &mut message {
                    *top = number == 0;
                }
                if let Some(id) = self.run_in(tab) {
                    if let FromAgent::Hello { top: true, url, .. } = &message {
                        self.tabs.insert(tab, url.clone());
                    }
                    let now = self.now;
                    self.with(&id, |walk| {
                        walk.heard(port, message, now);
                        if let Some(frame) = walk.frames.frame(port) {
                            frame.number = number;
                        }
                    });
                }
            }
            None => {}
        }
    }

    fn disconnected(&mut self, port: u32) {
        self.panels.remove(&port);
        if let Some(Peer::Frame { tab, .. }) = self.peers.remove(&port)
            && let Some(id) = self.run_in(tab)
        {
            self.with(&id, |walk| walk.gone(port));
        }
    }

    /// What may be said without a connection: a frame's loader asks for its agent, and a document tells of the frames in it.
    fn message(&mut self, sender: &Sender, json: &str) {
        let Who::Frame { tab } = who(sender, &self.own, &self.base) else {
            return;
        };
        let Some(id) = self.run_in(tab) else {
            return;
        };
        match from_str(json) {
            Ok(FromLoader::Boot { wasm }) => {
                self.out.push(Effect::Boot { tab, document: sender.document.clone(), wasm });
            }
            Ok(FromLoader::Frames { r }) => {
                if let Some(walk) = self.walks.get_mut(&id) {
                    walk.frames.within(sender.frame, r);
                }
                self.with(&id, |_| {});
            }
            Err(_) => {}
        }
    }

    /// The toolbar button gives the tab's address: a link page offers its guide.
    fn clicked(&mut self, tab: i32, url: String) {
        let mut offer = self.offer_of(&url).unwrap_or_default();
        if let Some(plan) = offer.guide.clone() {
            self.fetch(&plan);
        }
        if let Some(link) = portals::link(&url) {
            offer.link = Some(link.origin.clone());
            match portals::check_origin(&link, |o| self.is_approved(o), |o| self.policy.worker(o)) {
                Err(refusal) => offer.notice = Some(refusal),
                Ok(_) if !self.plans.has(&link.guide) => {
                    offer.notice = Some(words::link_unknown_guide(&link.guide));
                }
                Ok(origin) => {
                    offer.origin = Some(origin);
                    // A colleague's run names its own plan of that guide.
                    let guide = offer
                        .guide
                        .take()
                        .filter(|plan| self.plans.guide_of(plan).is_some_and(|line| line.id == link.guide));
                    let guide = guide.unwrap_or(link.guide);
                    self.fetch(&guide);
                    offer.guide = Some(guide);
                }
            }
        }
        if let Some(origin) = portals::service_of_link(&url) {
            match self.policy.worker(&origin) {
                // Nobody is asked anything about it.
                Err(refusal) => offer.notice = Some(refusal),
                Ok(()) => {
                    offer.origin = Some(origin);
                    offer.address = Some(url.clone());
                }
            }
        }
        self.tabs.insert(tab, url);
        self.offers.insert(tab, offer);
    }

    fn tab_moved(&mut self, tab: i32, url: String) {
        if let Some(id) = self.run_in(tab) {
            self.with(&id, |walk| walk.tenant_of_tab(&url));
        }
        self.tabs.insert(tab, url);
    }

    /// Tries again where no frame of a run's tab has come yet: whether the browser lets it in shows only then.
    fn tab_loaded(&mut self, tab: i32) {
        let there = self.peers.values().any(|p| matches!(p, Peer::Frame { tab: t, id: 0 } if *t == tab));
        let runs =
            self.run_in(tab).and_then(|id| self.walks.get(&id)).is_some_and(|w| !w.plan.pages.is_empty());
        if runs && !there {
            self.out.push(Effect::Reach { tab });
        }
    }

    fn reached(&mut self, tab: i32, tried: &Tried) {
        if let Some(walk) = self.run_in(tab).and_then(|id| self.walks.get_mut(&id)) {
            walk.run.kept_off = tried.bar();
        }
    }

    fn reach_all(&mut self) {
        let walks = self.walks.values().filter(|w| !w.plan.pages.is_empty());
        let tabs = walks.filter(|w| w.run.standing != Standing::Finished).filter_map(|w| w.run.tab);
        self.out.extend(tabs.map(|tab| Effect::Reach { tab }));
    }

    fn tab_closed(&mut self, tab: i32) {
        self.tabs.remove(&tab);
        self.offers.remove(&tab);
        if let Some(id) = self.run_in(tab)
            && let Some(walk) = self.walks.get_mut(&id)
        {
            walk.run.tab = None;
            self.unregister();
        }
    }

    /// Whether a frame's loader is to stay: there is a run in its tab.
    pub(crate) fn is_wanted(&self, sender: &Sender) -> bool {
        matches!(who(sender, &self.own, &self.base), Who::Frame { tab } if self.run_in(tab).is_some())
    }

    fn tick(&mut self) {
        let ids: Vec<String> = self.walks.keys().cloned().collect();
        for id in ids {
            let idle = self.walks.get(&id).is_some_and(|w| self.now - w.run.touched > IDLE_LIMIT_MS);
            let holds = self.walks.get(&id).is_some_and(|w| !w.secrets.is_empty());
            self.with(&id, |walk| {
                if idle && holds {
                    walk.wipe();
                    walk.run.refusal = Some(words::idle_wiped());
                }
            });
        }
    }

    /// The run that is under way in a tab.
    pub(crate) fn run_in(&self, tab: i32) -> Option<String> {
        let here = |w: &&Walk| w.run.tab == Some(tab) && w.run.standing != Standing::Finished;
        self.walks.values().find(here).map(|w| w.run.id.clone())
    }

    /// Changes a run and does what follows.
    pub(crate) fn with(&mut self, id: &str, change: impl FnOnce(&mut Walk)) {
        let Some(walk) = self.walks.get_mut(id) else {
            return;
        };
        let finished = walk.run.standing == Standing::Finished;
        change(walk);
        walk.looks = self.keeps_health;
        let mut unkept = Vec::new();
        let lines = if self.keeps_health { &mut self.health } else { &mut unkept };
        walk.settle(self.now, lines, &mut self.out);
        if !finished && walk.run.standing == Standing::Finished {
            walk.leave(&mut self.out);
            self.unregister();
        }
    }

    /// Takes the content scripts back when no run needs them.
    pub(crate) fn unregister(&mut self) {
        let needed = self.walks.values().any(|w| w.run.tab.is_some() && w.run.standing != Standing::Finished);
        if !needed {
            self.out.push(Effect::Unregister);
        }
    }

    /// Tells each panel what it shows, when that changed.
    fn show_panels(&mut self) {
        let ports: Vec<u32> = self.panels.keys().copied().collect();
        for port in ports {
            let Some(tab) = self.panels.get(&port).filter(|p| p.greeted).map(|p| p.tab) else {
                continue;
            };
            let view = self.view(tab, self.panels.get(&port).and_then(|p| p.notice.clone()));
            let json = to_string(&ToPanel::View(Box::new(view)));
            if let Some(panel) = self.panels.get_mut(&port).filter(|p| p.last != json) {
                panel.last.clone_from(&json);
                self.out.push(Effect::Panel { port, json: Secret::new(json) });
            }
        }
    }
}
