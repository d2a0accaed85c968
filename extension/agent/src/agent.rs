//! The agent of one frame: takes orders, looks, draws, reports. Whether the frame is seen is in `sight`.

mod sight;

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Window};

use crate::eyes::{Eyes, Look};
use crate::hooks::{Calls, Hooks};
use crate::js::{self, Message, Port};
use crate::order::{Order, Show, Watch};
use crate::overlay::{Overlay, Reach, runs};
use crate::pace::Pace;

use self::sight::Seen;

/// Milliseconds between looks when the page tells of no change: styles move things without a mutation.
const REST: f64 = 400.0;
/// How long the ring is measured at every picture after something moved, in milliseconds.
const FOLLOW: f64 = 300.0;
/// How long after the admin's own doing changes are looked at without waiting for the next picture, in milliseconds.
const URGENT: f64 = 1_000.0;
/// How long what was told may still be lost with a background that stops, in milliseconds.
const UNSURE: f64 = 1_500.0;
/// A look that took longer leaves the drawing to a task of its own, in milliseconds.
const SHORT: f64 = 2.0;

/// Everything an agent has. The hooks come first: they are dropped first.
pub(crate) struct Agent {
    hooks: Hooks,
    overlay: Option<Overlay>,
    eyes: Eyes,
    pace: Pace,
    port: Option<Port>,
    window: Window,
    document: Document,
    lowered: bool,
    /// The agent is to be dropped.
    pub(crate) leaving: bool,
    show: Option<Show>,
    /// Whether the background knows of the ring (or card) as it is now.
    ringed: bool,
    /// The card's words that were announced last.
    announced: String,
    follow_until: f64,
    /// What the admin did last, and when.
    unsure: Option<(f64, Message)>,
    /// Until when changes are looked at without waiting for the next picture.
    urgent_until: f64,
    /// A look is on its way.
    look_waits: bool,
    /// A look waits for the next picture.
    look_due: bool,
    /// What was seen waits to be drawn.
    draw_due: bool,
    /// The observer of the target's place has spoken once.
    placed: bool,
    sight: Seen,
    address: (String, String),
}

impl Agent {
    /// Hangs a new agent into the page.
    pub(crate) fn begin(lowered: bool, calls: &Calls, fell: &Function) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let hooks = Hooks::hang(window.clone(), calls, fell);
        let now = hooks.now();
        Some(Self {
            eyes: Eyes::new(&document),
            overlay: None,
            pace: Pace::new(now),
            port: None,
            window,
            document,
            lowered,
            leaving: false,
            show: None,
            ringed: false,
            announced: String::new(),
            follow_until: 0.0,
            unsure: None,
            urgent_until: 0.0,
            look_waits: false,
            look_due: false,
            draw_due: false,
            placed: false,
            sight: Seen::default(),
            address: (String::new(), String::new()),
            hooks,
        })
    }

    /// Says hello and begins to watch whether this frame is seen.
    pub(crate) fn introduce(&mut self) {
        self.eyes.on_change(self.hooks.changed());
        self.watch_sight();
        self.connected();
        self.hooks.later(self.hooks.now(), REST);
    }

    // The connection.

    /// Makes sure of a connection. Without an extension to connect to, the agent leaves.
    fn connected(&mut self) -> bool {
        if self.port.is_some() {
            return true;
        }
        match js::connect().and_then(|port| self.hooks.attend(&port).map(|()| port)) {
            Ok(port) => self.port = Some(port),
            Err(_) => {
                self.leaving = true;
                return false;
            }
        }
        self.hello();
        true
    }

    fn hello(&mut self) {
        self.address = self.read_address();
        let top = self.window.parent().ok().flatten().is_none_or(|parent| parent == self.window);
        let hello = Message::new("hello")
            .with("build", if self.lowered { "lowered" } else { "wasm" })
            .with("top", top)
            .with("url", self.address.0.as_str())
            .with("lang", self.address.1.as_str())
            .with("gen", self.eyes.turn);
        self.post(hello);
        self.sight.told = None;
        self.tell_sight();
        if self.eyes.turn > 0.0 {
            self.eyes.fresh = true;
            self.tell_news();
        }
    }

    fn post(&mut self, message: Message) {
        let failed = self.port.as_ref().is_none_or(|port| port.post(&message.into()).is_err());
        if failed {
            self.port = None;
        }
    }

    /// Reports something, over a new connection if the old one is gone.
    pub(crate) fn report(&mut self, message: Message) {
        if self.connected() {
            self.post(message);
        }
    }

    /// A report about what is shown.
    fn about_show(&self, kind: &str) -> Message {
        let (turn, step) = self.show.as_ref().map_or((0.0, 0.0), |show| (show.turn, show.progress().0));
        Message::new(kind).with("gen", turn).with("n", step)
    }

    fn about_probe(&self, kind: &str) -> Message {
        let probe = self.show.as_ref().and_then(|show| show.probe).unwrap_or(-1);
        self.about_show(kind).with("probe", probe)
    }

    /// The background stopped (which is normal) or is gone for good.
    pub(crate) fn port_gone(&mut self) {
        self.port = None;
        self.leaving |= !js::extension_lives();
        // What the admin did a moment ago may have been lost on the way; its number tells if it was not.
        if let Some((_, again)) = self.unsure.take().filter(|(at, _)| self.hooks.now() - at < UNSURE)
            && !self.leaving
        {
            self.report(again);
        }
    }

    // Orders.

    /// A message came.
    pub(crate) fn message(&mut self, message: &JsValue) {
        match Order::read(message) {
            Some(Order::Watch(watch)) => self.watch(watch),
            Some(Order::Show(show)) => self.show(show),
            Some(Order::Clear) => self.clear(),
            Some(Order::Wake) => drop(self.connected()),
            Some(Order::Bye) => self.leave(),
            None => {}
        }
    }

    fn watch(&mut self, watch: Watch) {
        self.eyes.watch(watch);
        self.pace.favour(self.hooks.now());
        self.look();
    }

    fn show(&mut self, show: Show) {
        self.pace.favour(self.hooks.now());
        if self.overlay.is_none() {
            self.overlay = Overlay::new(&self.window, &self.document, self.hooks.event()).ok();
        }
        if let Some(overlay) = &mut self.overlay {
            overlay.fill(&show);
        }
        self.ringed = false;
        self.show = Some(show);
        self.draw();
    }

    fn clear(&mut self) {
        self.show = None;
        self.ringed = false;
        self.hooks.watch_size([].into_iter());
        self.hooks.watch_place(None);
        if let Some(overlay) = &mut self.overlay {
            overlay.clear();
        }
    }

    /// After a fault: says so, once, and lets go of the connection. Nothing that was under way is looked at.
    pub(crate) fn fall(&mut self) {
        if let Some(port) = &self.port {
            drop(port.post(&Message::new("fell").into()));
        }
        self.leave();
    }

    fn leave(&mut self) {
        if let Some(port) = self.port.take() {
            // It may be closed already.
            drop(port.disconnect());
        }
        self.leaving = true;
    }

    // Looking.

    /// Something may have changed.
    pub(crate) fn stirred(&mut self) {
        self.eyes.stir();
        if !self.look_waits {
            self.look_soon();
        }
    }

    /// The admin did something: what comes next is worth a look at once.
    pub(crate) fn favour(&mut self) {
        let now = self.hooks.now();
        self.pace.favour(now);
        self.urgent_until = now + URGENT;
        self.look_waits = false;
    }

    fn look_soon(&mut self) {
        if !self.eyes.any() {
            return;
        }
        self.look_waits = true;
        let now = self.hooks.now();
        let wait = self.pace.wait(now);
        if wait > 0.0 {
            self.hooks.later(now, wait + 1.0);
        } else if now < self.urgent_until || self.document.hidden() {
            self.hooks.soon();
        } else {
            // Right after a picture styles and layout are as the page wants them; before it, asking would work them
            // out twice.
            self.look_due = true;
            self.hooks.next_frame();
        }
    }

    /// A task of our own came.
    pub(crate) fn task(&mut self) {
        self.hooks.posted_came();
        if core::mem::take(&mut self.draw_due) { self.draw_seen() } else { self.look() }
    }

    /// Draws what a look has found.
    fn draw_seen(&mut self) {
        let begun = self.hooks.now();
        self.draw();
        self.watch_sight();
        let now = self.hooks.now();
        self.pace.spend(now, now - begun);
        if self.eyes.stale() {
            self.look_soon();
        }
    }

    /// The timer came: the rest between looks is over.
    pub(crate) fn timer(&mut self) {
        self.hooks.timer_came();
        self.look_waits = false;
        self.leaving |= self.port.is_none() && !js::extension_lives();
        self.tell_sight();
        let now = self.hooks.now();
        if core::mem::take(&mut self.look_due) {
            // No picture came: this frame is not painted now. What is in it may be asked for all the same.
            self.hooks.soon();
        } else if self.eyes.stale() || self.pace.is_at_ease() {
            self.tell_address();
            self.stirred();
        }
        self.hooks.later(now, REST);
    }

    fn look(&mut self) {
        if !self.eyes.any() {
            return;
        }
        self.look_waits = false;
        let begun = self.hooks.now();
        let hooks = &self.hooks;
        let look = self.eyes.look(|| hooks.now());
        if matches!(look, Look::Finished) {
            self.tell_news();
        }
        let now = self.hooks.now();
        let cost = now - begun;
        self.pace.spend(now, cost);
        let finished = matches!(look, Look::Finished);
        self.draw_due = finished && cost > SHORT;
        if finished && !self.draw_due { self.draw_seen() } else { self.hooks.soon() }
    }

    fn tell_news(&mut self) {
        // A background that rests is woken for news only.
        if !self.eyes.has_news() || !self.connected() {
            return;
        }
        if let Some(rows) = self.eyes.news() {
            self.report(Message::new("seen").with("gen", self.eyes.turn).with("r", rows));
        }
    }

    fn read_address(&self) -> (String, String) {
        let url = js::text(&self.window.location(), "href");
        let lang = self.document.document_element().and_then(|root| root.get_attribute("lang"));
        (url, lang.unwrap_or_default())
    }

    fn tell_address(&mut self) {
        let address = self.read_address();
        if self.port.is_some() && address != self.address {
            self.report(
                Message::new("page").with("url", address.0.as_str()).with("lang", address.1.as_str()),
            );
            self.address = address;
        }
    }

    // Drawing.

    /// Puts ring and card where they belong now.
    fn draw(&mut self) {
        let (Some(show), Some(overlay)) = (&self.show, &mut self.overlay) else { return };
        let target = match show.probe {
            Some(probe) => self.eyes.element(probe),
            None => None,
        };
        if target.is_none() && show.probe.is_some() {
            overlay.lose(self.hooks.now());
            if self.ringed {
                self.ringed = false;
                let lost = self.about_probe("lost");
                self.report(lost);
            }
            return;
        }
        let moved = overlay.target() != target;
        overlay.aim(target);
        if !self.ringed || moved {
            overlay.bring_into_view();
            self.hooks.watch_size(overlay.beating());
        } else {
            overlay.refresh();
            overlay.follow();
        }
        if let Some(reach) = overlay.surface() {
            let inert = self.about_show("inert").with("on", reach == Reach::Inert);
            self.report(inert);
        }
        if !self.ringed || moved {
            self.keep_following();
        }
        self.tell_ringed();
    }

    fn tell_ringed(&mut self) {
        if self.ringed {
            return;
        }
        self.ringed = true;
        let words = self.show.as_ref().map(spoken).unwrap_or_default();
        if words != self.announced {
            js::announce(&self.document, &words);
            self.announced = words;
        }
        self.report(self.about_probe("ringed"));
    }

    /// Measures at every picture for a while.
    pub(crate) fn keep_following(&mut self) {
        if self.show.is_some() && self.overlay.is_some() {
            self.follow_until = self.hooks.now() + FOLLOW;
            self.hooks.next_frame();
        }
    }

    /// A picture is about to be painted.
    pub(crate) fn frame(&mut self) {
        self.hooks.frame_came();
        if core::mem::take(&mut self.look_due) {
            self.hooks.soon();
        }
        if let Some(overlay) = self.overlay.as_mut().filter(|_| self.ringed) {
            overlay.beat();
        }
    }

    /// The layout of this picture is known, and it is not painted yet: the moment to measure.
    pub(crate) fn laid_out(&mut self) {
        let Some(overlay) = self.overlay.as_mut().filter(|_| self.ringed) else { return };
        let now = self.hooks.now();
        if overlay.follow() {
            self.follow_until = now + FOLLOW;
        }
        if now < self.follow_until {
            self.hooks.next_frame();
        } else {
            let place = overlay.margins().map(|(element, margins)| (&self.document, element, margins));
            self.placed = false;
            self.hooks.watch_place(place);
        }
    }

    /// The observer of the target's place spoke: first to say that it is there, then when it leaves.
    pub(crate) fn place_changed(&mut self) {
        if core::mem::replace(&mut self.placed, true) {
            self.keep_following();
        }
    }

    // What the admin did; told by `events`.

    /// The overlay, if there is one.
    pub(crate) fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// The overlay, if there is one.
    pub(crate) fn overlay_mut(&mut self) -> Option<&mut Overlay> {
        self.overlay.as_mut()
    }

    /// The ringed element, while the ring is drawn.
    pub(crate) fn target(&self) -> Option<&Element> {
        self.overlay.as_ref().filter(|_| self.ringed)?.target()
    }

    /// The document.
    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// The text the card offers for the clipboard.
    pub(crate) fn copy_text(&self) -> String {
        self.show.as_ref().map(|show| show.words("copy")).unwrap_or_default()
    }

    /// The admin used the ringed control.
    pub(crate) fn tell_used(&mut self) {
        let used = self.about_probe("used");
        self.tell_surely(used);
    }

    /// The admin pressed this on the card.
    pub(crate) fn tell_act(&mut self, act: &str) {
        let card = self.about_show("card").with("act", act);
        self.tell_surely(card);
    }

    fn tell_surely(&mut self, message: Message) {
        self.unsure = Some((self.hooks.now(), message.clone()));
        self.report(message);
    }
}

/// The card as it is spoken: its words without their marks.
fn spoken(show: &Show) -> String {
    let mut out = String::new();
    for part in [show.count(), show.words("title"), show.words("text"), show.words("note")] {
        for (_, run) in runs(&part) {
            out.push_str(run);
        }
        if !part.is_empty() {
            out.push_str(". ");
        }
    }
    out
}
