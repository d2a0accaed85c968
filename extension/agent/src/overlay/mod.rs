//! Ring and card, above everything on the page and part of nothing on it.
//!
//! One element of an undefined name carries a closed shadow root and is shown in the top layer. It has no size of its
//! own, catches no pointer outside the card, takes no focus, and takes its style sheet through the object model so that
//! the page's policy does not matter. Dropped, it is gone.

mod aim;
mod card;
mod dom;
mod hand;
mod markup;
mod place;

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, HtmlElement, ShadowRoot, Window};

use self::aim::Aim;
use self::card::Card;
use self::dom::{append, make, mark, put, px, show, style};
pub(crate) use self::markup::runs;
use self::place::{Box, Side, Spot, hidden, place, within};
use crate::js;
use crate::order::Show;

/// Name of the host element. Defined nowhere, so that no page style is meant for it.
pub(crate) const HOST: &str = "hand-rail";

/// Distance between target and ring.
const AIR: f64 = 4.0;

/// What a person may want to press besides the target.
const USABLE: &str = "button,a,input,select,textarea,label,[role=button],[role=radio],[role=tab],[role=option],\
    [role=checkbox],[role=menuitem],[role=combobox],[tabindex='0']";

/// How many of them are looked at; what is beyond that on a page is far down a list.
const MOST_USABLE: u32 = 400;

/// How long the card stays in place without its target, in milliseconds.
const PATIENCE: f64 = 700.0;

/// The host's own style, in words no page rule can outdo.
const HOST_STYLE: &str = "all:initial!important;display:block!important;position:fixed!important;\
    inset:0 auto auto 0!important;width:0!important;height:0!important;margin:0!important;padding:0!important;\
    border:0!important;overflow:visible!important;background:none!important;pointer-events:none!important;\
    z-index:2147483647!important;opacity:1!important;visibility:visible!important;transform:none!important";

/// How the overlay stands to a modal dialog of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The card can be pressed.
    Live,
    /// A modal dialog makes it dead.
    Inert,
}

/// The target's box, what shows of it, and the sizes of window and card.
type Drawn = ([Box; 2], [(f64, f64); 2]);

/// Ring and card of one document.
pub(crate) struct Overlay {
    window: Window,
    document: Document,
    host: HtmlElement,
    root: ShadowRoot,
    ring: HtmlElement,
    away: HtmlElement,
    pulse: HtmlElement,
    beat: bool,
    card: Card,
    aim: Option<Aim>,
    /// Which place beside the target the card has.
    last: Option<usize>,
    /// How many usable things there were when the card was placed.
    usable: u32,
    /// Where on the card the pointer holds it.
    held: Option<(f64, f64)>,
    /// The pointer that is let go now has pulled the card.
    pulled: bool,
    /// Where the admin put the card.
    moved: Option<(f64, f64)>,
    rtl: bool,
    /// What was drawn last.
    drawn: Option<Drawn>,
    reach: Reach,
    /// Since when the target is gone while the card waits where it was.
    lost_at: Option<f64>,
}

impl Overlay {
    /// An overlay that shows nothing yet. `event` hears of the pointer over the card's handle.
    pub(crate) fn new(window: &Window, document: &Document, event: &Function) -> Result<Self, JsValue> {
        let host = make(document, HOST, "");
        host.style().set_css_text(HOST_STYLE);
        let root = dom::closed_root(&host);
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(include_str!("overlay.css"))?;
        if !js::dress(&root, &sheet) {
            let fallback = make(document, "style", "");
            fallback.set_text_content(Some(include_str!("overlay.css")));
            append(&root, &fallback);
        }
        let (ring, away, card) =
            (make(document, "div", "ring"), make(document, "div", "away"), Card::new(document));
        dom::drawing(document, &away, "M4 10 L15 10 M10.5 5 L15.5 10 L10.5 15", "20");
        js::listen(&card.handle, "pointermove", event, &JsValue::UNDEFINED);
        let pulse = make(document, "i", "pulse");
        append(&root, &pulse);
        for part in [&ring, &away, &card.frame] {
            show(part, false);
            append(&root, part);
        }
        let overlay = Self {
            window: window.clone(),
            document: document.clone(),
            host,
            root,
            ring,
            away,
            pulse,
            beat: false,
            card,
            aim: None,
            last: None,
            usable: 0,
            held: None,
            pulled: false,
            moved: None,
            rtl: false,
            drawn: None,
            reach: Reach::Live,
            lost_at: None,
        };
        Ok(overlay)
    }

    /// Puts a step's words on the card.
    pub(crate) fn fill(&mut self, step: &Show) {
        self.rtl = step.rtl();
        mark(&self.host, "data-tone", &step.words("tone"));
        self.card.fill(step);
        self.drawn = None;
    }

    /// Rings this element, or nothing, and shows the card.
    pub(crate) fn aim(&mut self, element: Option<&Element>) {
        self.lost_at = None;
        match element {
            Some(element) if self.aim.as_ref().is_some_and(|aim| aim.is(element)) => {}
            Some(element) => {
                self.aim = Some(Aim::at(&self.window, element));
                self.last = None;
                self.drawn = None;
                self.ring.set_class_name("ring");
                // Restarts the arrival animation.
                let _ = self.ring.offset_width();
                self.ring.set_class_name("ring arrive");
            }
            None => {
                self.aim = None;
                self.drawn = None;
            }
        }
        show(&self.card.frame, self.reach == Reach::Live);
        self.attach();
        self.follow();
    }

    /// The target is not there. The ring goes at once; the card stays a moment, for a page that is only redrawing.
    pub(crate) fn lose(&mut self, now: f64) {
        self.aim = None;
        self.drawn = None;
        show(&self.ring, false);
        show(&self.away, false);
        if *self.lost_at.get_or_insert(now) + PATIENCE < now && !self.card.frame.hidden() {
            self.follow();
        }
    }

    /// The element that is ringed.
    pub(crate) fn target(&self) -> Option<&Element> {
        self.aim.as_ref().map(|aim| &aim.element)
    }

    /// Changes the size of a hidden element of ours, and so makes the observer of sizes call as soon as the page is laid
    /// out and before it is painted. Measuring then costs no layout, and the ring is not a picture late.
    pub(crate) fn beat(&mut self) {
        self.beat = !self.beat;
        style(&self.pulse, "width", if self.beat { "1px" } else { "2px" });
    }

    /// The elements whose size is to be observed.
    pub(crate) fn beating(&self) -> impl Iterator<Item = &Element> {
        self.aim.as_ref().map(Aim::shape).into_iter().chain([self.pulse.as_ref(), self.card.frame.as_ref()])
    }

    /// What stands for the target and how far it is from the window's top, right, bottom and left.
    pub(crate) fn margins(&self) -> Option<(&Element, [f64; 4])> {
        let aim = self.aim.as_ref()?;
        let (at, view) = (aim.whole(), self.view());
        Some((aim.shape(), [at.y, view.0 - at.right(), view.1 - at.bottom(), at.x]))
    }

    /// Takes aim anew: what clips the target may have changed, and what the card must not cover.
    pub(crate) fn refresh(&mut self) {
        if let Some(aim) = &self.aim {
            self.aim = Some(Aim::at(&self.window, &aim.element));
            if dom::count(&self.document, USABLE) != self.usable {
                self.drawn = None;
            }
        }
    }

    /// Shows nothing.
    pub(crate) fn clear(&mut self) {
        self.aim = None;
        self.drawn = None;
        self.last = None;
        self.lost_at = None;
        show(&self.ring, false);
        show(&self.away, false);
        show(&self.card.frame, false);
    }

    fn view(&self) -> (f64, f64) {
        let root = self.document.document_element();
        // Without the scroll bars, where the root knows them.
        let clip = root.map_or((0.0, 0.0), |r| (f64::from(r.client_width()), f64::from(r.client_height())));
        let inner = (js::number(&self.window, "innerWidth"), js::number(&self.window, "innerHeight"));
        let least = |a: f64, b: f64| if a > 0.0 && a < b { a } else { b };
        let quirky = js::text(&self.document, "compatMode") == "BackCompat";
        (least(clip.0, inner.0), if quirky { inner.1 } else { least(clip.1, inner.1) })
    }

    /// Puts ring and card where the target is now. Says whether anything moved.
    pub(crate) fn follow(&mut self) -> bool {
        let view = self.view();
        let seen = self.aim.as_ref().map(|aim| aim.visible(view));
        let target = seen.filter(|b| b.area() > 0.0);
        let whole = self.aim.as_ref().map(Aim::whole).unwrap_or_default();
        // What clips it may change while it stays where it is.
        let now = ([whole, target.unwrap_or_default()], [view, self.card.size()]);
        if self
            .drawn
            .is_some_and(|([w, t], v)| w.near(whole) && t.near(target.unwrap_or_default()) && v == now.1)
        {
            return false;
        }
        self.drawn = Some(now);
        if let Some(at) = target {
            self.put_ring(at.grown(AIR));
        }
        show(&self.ring, target.is_some());
        self.point_away(view, seen.is_some() && target.is_none());
        let clear = |at| self.aim.as_ref().map_or(at, |aim| aim.keep_clear(at)).grown(AIR);
        self.put_card(target.map(clear), view);
        true
    }

    fn put_ring(&self, at: Box) {
        put(&self.ring, at.x, at.y, "");
        style(&self.ring, "width", &px(at.w));
        style(&self.ring, "height", &px(at.h));
    }

    /// Points to a target that was scrolled out of sight, from the edge of what it was scrolled out of.
    fn point_away(&self, view: (f64, f64), on: bool) {
        show(&self.away, on);
        let Some(aim) = self.aim.as_ref().filter(|_| on) else { return };
        let (target, opening) = (aim.whole().middle(), aim.opening(view));
        let inside = |at: f64, from: f64, to: f64| at.min(to - 28.0).max(from + 28.0);
        let x = inside(target.0, opening.x, opening.right());
        let y = inside(target.1, opening.y, opening.bottom());
        let (right, down) = (target.0 - x, target.1 - y);
        let turn = match (right.abs() > down.abs(), right < 0.0, down < 0.0) {
            (true, false, _) => "0deg",
            (true, true, _) => "180deg",
            (false, _, false) => "90deg",
            (false, _, true) => "-90deg",
        };
        put(&self.away, x - 16.0, y - 16.0, turn);
    }

    fn put_card(&mut self, target: Option<Box>, view: (f64, f64)) {
        if self.card.frame.hidden() {
            return;
        }
        let size = self.card.size();
        if let Some((x, y)) = self.moved {
            let spot = Spot {
                x: within(x, size.0, view.0),
                y: within(y, size.1, view.1),
                side: Side::Corner,
                tip: 0.0,
                at: 0,
            };
            // Where the admin wants it, but never over what is to be used.
            if self.held.is_some() || target.is_none_or(|target| hidden(target, spot, size) <= 0.0) {
                return self.card.put(spot);
            }
        }
        let opens = self.aim.as_ref().is_some_and(|aim| aim.opens);
        let usable = dom::count(&self.document, USABLE);
        let how = (self.rtl, opens, usable != self.usable);
        self.usable = usable;
        let mut list = None;
        let mut crowd = |area: Box| self.covered(list.get_or_insert_with(|| self.neighbours(view)), area);
        let spot = place(target, size, view, how, self.last, &mut crowd);
        self.last = Some(spot.at);
        self.card.put(spot);
    }

    /// What can be used in the window besides the target.
    fn neighbours(&self, view: (f64, f64)) -> Vec<(Element, Box)> {
        let window = Box { x: 0.0, y: 0.0, w: view.0, h: view.1 };
        let mut list = dom::all(&self.document, USABLE, MOST_USABLE);
        let target = self.aim.as_ref().map(|aim| &aim.element);
        list.retain(|it| {
            !it.contains(target.map(AsRef::as_ref)) && target.is_none_or(|t| !t.contains(Some(it)))
        });
        list.into_iter().map(|it| (it.clone(), aim::box_of(&it).clip(window))).collect()
    }

    /// How many of these the area covers. One that lies under something of the page is no neighbour.
    fn covered(&self, list: &mut [(Element, Box)], area: Box) -> u32 {
        let mut count = 0;
        for (element, at) in list {
            if at.clip(area).area() <= 0.0 {
                continue;
            }
            let (x, y) = at.middle();
            let hits = self.document.elements_from_point(x as f32, y as f32);
            let first = hits.get(0);
            let hit = if self.owns(&first) { hits.get(1) } else { first };
            if element.contains(hit.dyn_ref()) {
                count += 1;
            } else {
                *at = Box::default();
            }
        }
        count
    }

    /// Brings a target that is off screen, or mostly so, into view.
    pub(crate) fn bring_into_view(&self) {
        let Some(aim) = &self.aim else { return };
        let (whole, seen) = (aim.whole(), aim.visible(self.view()));
        if seen.area() >= whole.area() * 0.75 || seen.area() > 0.0 && whole.area() > 60_000.0 {
            return;
        }
        let still = self.window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        let how = if still.is_some_and(|m| m.matches()) { "instant" } else { "smooth" };
        dom::scroll_to(aim.shape(), how);
    }

    /// Puts the host into the page and the top layer, if it is not there.
    fn attach(&self) {
        if !self.host.is_connected() {
            let Some(root) = self.document.document_element() else { return };
            append(&root, &self.host);
        }
        for name in ["aria-hidden", "inert"] {
            if self.host.has_attribute(name) {
                drop(self.host.remove_attribute(name));
            }
        }
        if self.host.get_attribute("popover").is_none() {
            mark(&self.host, "popover", "manual");
        }
        if !self.host.matches(":popover-open").unwrap_or(true) {
            drop(self.host.show_popover());
        }
    }

    /// Makes sure that nothing of the page lies over the card, as far as the browser lets us. Answers when it changed.
    pub(crate) fn surface(&mut self) -> Option<Reach> {
        self.attach();
        let before = self.reach;
        show(&self.card.frame, true);
        let mut reach = self.reachable();
        if reach == Reach::Inert {
            // Last into the top layer is on top; a modal dialog keeps us dead all the same.
            drop(self.host.hide_popover());
            drop(self.host.show_popover());
            reach = self.reachable();
        }
        self.reach = reach;
        show(&self.card.frame, reach == Reach::Live);
        (before != reach).then_some(reach)
    }

    fn reachable(&self) -> Reach {
        let at = aim::box_of(&self.card.frame);
        let (x, y) = (at.x + at.w / 2.0, at.y + at.h / 2.0);
        let hit = self.document.element_from_point(x as f32, y as f32);
        // Off screen nothing is hit; that says nothing about dialogs.
        let live = hit.is_none_or(|hit| hit == *self.host.unchecked_ref::<Element>());
        if live { Reach::Live } else { Reach::Inert }
    }

    /// Whether an event happened on the card.
    pub(crate) fn owns(&self, target: &JsValue) -> bool {
        target == self.host.as_ref() as &JsValue
    }

    /// What the card does when pressed at this place; by keyboard there is no place.
    pub(crate) fn act(&self, at: Option<(f64, f64)>) -> Option<String> {
        let node = match at {
            Some((x, y)) => self.root.element_from_point(x as f32, y as f32),
            None => self.root.active_element(),
        };
        Card::act(&node?)
    }

    /// The text is on the clipboard.
    pub(crate) fn was_copied(&self) {
        self.card.was_copied();
    }
}

/// Where the pointer is.
pub(crate) fn point(event: &JsValue) -> (f64, f64) {
    (js::number(event, "clientX"), js::number(event, "clientY"))
}

impl Drop for Overlay {
    fn drop(&mut self) {
        self.host.remove();
    }
}
