//! The card in the admin's hand: pulled by its handle, or moved by the arrow keys.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::{Overlay, aim, dom, point};
use crate::js;

/// How far an arrow key moves the card, in CSS pixels.
const STEP: f64 = 32.0;

/// How far the card must be pulled before that counts as more than a press, in CSS pixels.
const PULL: f64 = 4.0;

impl Overlay {
    /// The pointer took the card, if it is on its handle.
    pub(crate) fn grab(&mut self, event: &JsValue) {
        self.pulled = false;
        let (x, y) = point(event);
        let node = self.root.element_from_point(x as f32, y as f32);
        if node.is_some_and(|node| self.card.handle.contains(Some(&node))) {
            let at = aim::box_of(&self.card.frame);
            self.held = Some((x - at.x, y - at.y));
            dom::capture(&self.card.handle, js::number(event, "pointerId"));
        }
    }

    /// The pointer moved over the handle.
    pub(crate) fn pull(&mut self, event: &JsValue) {
        let Some((left, top)) = self.held else { return };
        if js::number(event, "buttons") == 0.0 {
            self.held = None;
            return;
        }
        let ((x, y), at) = (point(event), aim::box_of(&self.card.frame));
        let (x, y) = (x - left, y - top);
        if self.pulled || (x - at.x).abs() + (y - at.y).abs() >= PULL {
            self.pulled = true;
            self.shift(x, y);
        }
    }

    /// The pointer let go. Says whether it has pulled the card, so that its press is none.
    pub(crate) fn let_go(&mut self) -> bool {
        self.held = None;
        core::mem::take(&mut self.pulled)
    }

    /// An arrow key was pressed on the card. Says whether it moved the card.
    pub(crate) fn nudge(&mut self, key: &str) -> bool {
        let (x, y) = match key {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            _ => return false,
        };
        let on_handle =
            self.root.active_element().is_some_and(|it| it == *self.card.handle.unchecked_ref::<Element>());
        if on_handle {
            let at = aim::box_of(&self.card.frame);
            self.shift(at.x + x, at.y + y);
        }
        on_handle
    }

    fn shift(&mut self, x: f64, y: f64) {
        self.moved = Some((x, y));
        self.drawn = None;
        self.follow();
    }
}
