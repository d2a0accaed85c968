//! The keyboard's place in the panel: what has the focus goes on having it after the page was drawn anew, or something
//! near it has. Without this a person who uses no mouse would be thrown back to the top at every step.

use std::cell::RefCell;

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlElement};

thread_local! {
    /// What had the focus when it was switched off: it gets it back when it is switched on again.
    static OFF: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// What can take the focus.
const CONTROLS: &str = "button:not(:disabled), input:not(:disabled), textarea, summary";

/// What has the focus, and everything around it up to the root, from the inside out.
pub(crate) fn place(document: &Document, root: &Element) -> Option<Vec<Element>> {
    let mut next = document.active_element().filter(|e| e != root && root.contains(Some(e)));
    let mut place = Vec::new();
    while let Some(element) = next.filter(|e| e != root) {
        next = element.parent_element();
        place.push(element);
    }
    (!place.is_empty()).then_some(place)
}

/// After the page was drawn: gives the focus to what had it, or to what is nearest to that. A new screen is read from
/// its heading, a new step from its own. Does nothing while the person is elsewhere, in the portal for one.
pub(crate) fn keep(document: &Document, root: &Element, place: Option<Vec<Element>>, is_new: bool) {
    if !document.has_focus().unwrap_or_default() {
        return;
    }
    let Some(place) = place else {
        return give_back(document, root);
    };
    let lost = place.first().is_some_and(|had| !is_shown(root, had));
    if !lost && !is_new {
        let off = place.first().filter(|had| had.matches(":disabled").unwrap_or_default());
        return OFF.set(off.cloned());
    }
    let around = place.iter().find(|e| is_shown(root, e)).filter(|_| !is_new);
    let within = |e: &Element, what: &str| e.query_selector(what).ok().flatten();
    let near = around.and_then(|around| match around.closest("[data-part='card']").ok().flatten() {
        Some(card) => within(&card, "h2"),
        None => within(around, CONTROLS),
    });
    focus(near.or_else(|| within(root, "h1")));
}

/// Gives the focus back to what was switched off and is on again, unless the person has gone elsewhere.
fn give_back(document: &Document, root: &Element) {
    let off = OFF.with_borrow(Clone::clone).filter(|e| is_shown(root, e));
    let elsewhere = document.active_element().is_some_and(|e| Some(e) != document.body().map(Into::into));
    if off.is_none() || elsewhere {
        return OFF.set(None);
    }
    if off.as_ref().is_some_and(|e| !e.matches(":disabled").unwrap_or_default()) {
        focus(OFF.take());
    }
}

/// Whether it is in the page and nothing around it is hidden.
fn is_shown(root: &Element, element: &Element) -> bool {
    root.contains(Some(element)) && element.closest("[hidden]").ok().flatten().is_none()
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // What cannot take it leaves it where it is.
        let _ = element.focus();
    }
}
