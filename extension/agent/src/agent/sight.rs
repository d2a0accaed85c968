//! Whether the admin sees this frame: what an observer says of its document and of the first controls found.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Agent;
use crate::js::{Entry, Message};

/// How long a frame must be out of sight before it is said, in milliseconds.
const UNSEEN: f64 = 250.0;
/// Elements watched for being really visible: the document and the first controls found.
const SIGHTED: usize = 6;

/// Whether the admin sees this frame.
#[derive(Default)]
pub(super) struct Seen {
    /// Elements under observation: which, in the viewport, uncovered.
    elements: Vec<(Element, bool, bool)>,
    pub(super) told: Option<(bool, bool)>,
    /// Since when it would have to be said that the frame is no longer seen.
    unseen: Option<f64>,
}

impl Agent {
    pub(super) fn watch_sight(&mut self) {
        let mut wanted: Vec<Element> = self.document.document_element().into_iter().collect();
        wanted.extend(self.eyes.found(SIGHTED).cloned());
        if wanted.iter().eq(self.sight.elements.iter().map(|(element, ..)| element)) {
            return;
        }
        // What stays is watched on without a gap: in a frame that has just left the screen nothing is worked out any more,
        // and an observer that begins there would never say that it left.
        let old = core::mem::take(&mut self.sight.elements);
        for (element, ..) in old.iter().filter(|(element, ..)| !wanted.contains(element)) {
            self.hooks.watch_visibility(element, false);
        }
        for element in wanted {
            let known = old.iter().find(|(other, ..)| *other == element).cloned();
            if known.is_none() {
                self.hooks.watch_visibility(&element, true);
            }
            self.sight.elements.push(known.unwrap_or((element, false, false)));
        }
    }

    /// The observer of visibility spoke.
    pub(crate) fn sight_changed(&mut self, entries: &Array) {
        for entry in entries.iter() {
            let entry: Entry = entry.unchecked_into();
            let target = entry.target();
            let part = entry.is_intersecting();
            // Our own ring lies over what it points at; that does not hide it.
            let ours = self.overlay.as_ref().is_some_and(|overlay| overlay.target() == Some(&target));
            let clear = part && (ours || entry.is_visible().unwrap_or(true));
            if let Some(known) = self.sight.elements.iter_mut().find(|(element, ..)| *element == target) {
                (known.1, known.2) = (part, clear);
            }
        }
        self.tell_sight();
    }

    pub(super) fn tell_sight(&mut self) {
        let part = self.sight.elements.iter().any(|(_, part, _)| *part);
        let on = self.sight.elements.iter().any(|(.., clear)| *clear);
        if self.sight.told == Some((on, part)) || self.port.is_none() {
            self.sight.unseen = None;
            return;
        }
        // The observer begins with "no" for every new element, and a passing call-out covers much: wait for the end.
        let now = self.hooks.now();
        if !on && self.sight.told.is_some() && *self.sight.unseen.get_or_insert(now) + UNSEEN > now {
            self.hooks.later(now, UNSEEN);
            return;
        }
        self.sight.unseen = None;
        self.sight.told = Some((on, part));
        self.report(Message::new("shown").with("on", on).with("part", part));
    }
}
