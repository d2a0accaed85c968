//! What the admin does: on the ringed control, on the card, and to the page around them.
//!
//! Page events are watched, never stopped or changed. Events on the card are ours alone: they are stopped before the
//! page hears of them, because a portal closes its fly-outs when it hears of a press elsewhere.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event};

use crate::agent::Agent;
use crate::js;
use crate::overlay::point;

/// An event came, before the page has it.
pub(crate) fn came(agent: &mut Agent, event: &JsValue) {
    let event: &Event = event.unchecked_ref();
    let Some(target) = event.target() else { return };
    if event.type_() == "pointermove" {
        // Only the card's handle is listened to for this.
        if let Some(overlay) = agent.overlay_mut() {
            overlay.pull(event);
        }
    } else if agent.overlay().is_some_and(|overlay| overlay.owns(&target)) {
        on_card(agent, event);
    } else {
        on_page(agent, event);
    }
}

fn on_card(agent: &mut Agent, event: &Event) {
    event.stop_immediate_propagation();
    let Some(overlay) = agent.overlay_mut().filter(|_| event.is_trusted()) else { return };
    match event.type_().as_str() {
        // No focus is taken, so nothing of the page loses it.
        "mousedown" => event.prevent_default(),
        "pointerdown" => overlay.grab(event),
        // The end of a pull is no press.
        "click" if overlay.let_go() => event.prevent_default(),
        "click" => pressed(agent, event),
        "keydown" if overlay.nudge(&js::text(event, "key")) => event.prevent_default(),
        _ => {}
    }
}

fn pressed(agent: &mut Agent, event: &Event) {
    // A press by keyboard has no place.
    let at = (js::number(event, "detail") > 0.0).then(|| point(event));
    let Some(act) = agent.overlay().and_then(|overlay| overlay.act(at)) else { return };
    agent.favour();
    if act == "copy" && copy(agent.document(), &agent.copy_text()) {
        if let Some(overlay) = agent.overlay() {
            overlay.was_copied();
        }
        agent.tell_act("copied");
    } else {
        agent.tell_act(&act);
    }
}

fn on_page(agent: &mut Agent, event: &Event) {
    match event.type_().as_str() {
        "scroll" | "resize" | "transitionrun" | "animationstart" | "fullscreenchange" => {
            agent.keep_following()
        }
        "click" | "change" | "keydown" | "keyup" | "input" => {
            if event.is_trusted() {
                agent.favour();
                if uses(agent.target(), event) {
                    agent.tell_used();
                }
            }
            agent.stirred();
        }
        "transitionend" | "animationend" | "load" | "toggle" | "pageshow" | "visibilitychange"
        | "hashchange" | "popstate" => agent.stirred(),
        // What is left is listened to for the card's sake.
        _ => {}
    }
}

/// Whether this event uses the element: a press on a button, the end of a change in a text box.
fn uses(target: Option<&Element>, event: &Event) -> bool {
    let Some(target) = target else { return false };
    if !event.composed_path().includes(target, 0) {
        return false;
    }
    match event.type_().as_str() {
        "change" => true,
        "click" => !takes_text(target),
        "keydown" => {
            let key = js::text(event, "key");
            // A real button turns these keys into a click by itself.
            !takes_text(target) && !presses_itself(target) && matches!(key.as_str(), "Enter" | " ")
        }
        _ => false,
    }
}

fn takes_text(element: &Element) -> bool {
    match element.local_name().as_str() {
        "textarea" | "select" => true,
        "input" => !matches!(
            js::text(element, "type").as_str(),
            "checkbox" | "radio" | "button" | "submit" | "reset" | "image" | "file" | "color" | "range"
        ),
        _ => js::field(element, "isContentEditable").is_truthy(),
    }
}

fn presses_itself(element: &Element) -> bool {
    matches!(element.local_name().as_str(), "button" | "a" | "input" | "summary")
}

/// Puts a text on the clipboard without selecting or focusing anything: the `copy` event is answered by us.
fn copy(document: &Document, text: &str) -> bool {
    let done = Rc::new(RefCell::new(false));
    let answer: Closure<dyn Fn(JsValue)> = {
        let (text, done) = (text.to_owned(), done.clone());
        Closure::new(move |event: JsValue| {
            let event: Event = event.unchecked_into();
            event.stop_immediate_propagation();
            event.prevent_default();
            *done.borrow_mut() = js::give_clipboard(&event, &text);
        })
    };
    let listener = answer.as_ref().unchecked_ref();
    let Some(window) = document.default_view() else { return false };
    if window.add_event_listener_with_callback_and_bool("copy", listener, true).is_err() {
        return false;
    }
    let asked = js::command_copy(document);
    drop(window.remove_event_listener_with_callback_and_bool("copy", listener, true));
    asked && *done.borrow()
}
