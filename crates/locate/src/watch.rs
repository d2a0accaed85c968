//! Hears what changes in the document and in every open shadow root, and keeps it until somebody asks.
//!
//! Nothing is worked out when the page changes: a callback only puts the records aside.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MutationObserver, MutationObserverInit, Node};

use crate::index::ATTRIBUTES;

/// Records put aside beyond this number cost more to read one by one than to read the page again.
const MAX_RECORDS: u32 = 20_000;

#[derive(Default)]
struct Aside {
    batches: Vec<Array>,
    records: u32,
    changed: Option<Box<dyn FnMut()>>,
}

/// Watches roots until it is dropped.
pub(crate) struct Watch {
    observer: Option<MutationObserver>,
    options: MutationObserverInit,
    aside: Rc<RefCell<Aside>>,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Watch {
    pub(crate) fn new() -> Self {
        let aside = Rc::new(RefCell::new(Aside::default()));
        let kept = Rc::clone(&aside);
        let callback = Closure::<dyn FnMut(Array)>::new(move |records: Array| {
            let told = {
                let mut aside = kept.borrow_mut();
                aside.put(records);
                aside.changed.take()
            };
            if let Some(mut tell) = told {
                tell();
                kept.borrow_mut().changed.get_or_insert(tell);
            }
        });
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_child_list(true);
        options.set_character_data(true);
        let filter: Array = ATTRIBUTES.iter().map(|name| JsValue::from_str(name)).collect();
        options.set_attribute_filter(filter.unchecked_ref());
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok();
        Self { observer, options, aside, _callback: callback }
    }

    pub(crate) fn root(&self, root: &Node) {
        if let Some(observer) = &self.observer {
            // It fails only for options that contradict each other.
            let _ = observer.observe_with_options(root, &self.options);
        }
    }

    /// Told once per batch of changes.
    pub(crate) fn on_change(&self, tell: Box<dyn FnMut()>) {
        self.aside.borrow_mut().changed = Some(tell);
    }

    /// What changed since the last call; nothing at all (`None`) when there was too much to keep.
    pub(crate) fn take(&self) -> Option<Vec<Array>> {
        let mut aside = self.aside.borrow_mut();
        if let Some(observer) = &self.observer {
            let fresh: Array = observer.take_records().unchecked_into();
            if fresh.length() > 0 {
                aside.put(fresh);
            }
        }
        let records = std::mem::take(&mut aside.records);
        let batches = std::mem::take(&mut aside.batches);
        (records <= MAX_RECORDS).then_some(batches)
    }
}

impl Aside {
    fn put(&mut self, records: Array) {
        self.records = self.records.saturating_add(records.length());
        if self.records > MAX_RECORDS {
            self.batches.clear();
        } else {
            self.batches.push(records);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
