//! Which labels a form control has, asked from the label's side.
//!
//! `element.labels` is not used: browsers rebuild that list by walking the document after every insertion.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::dom::{self, attr, tag};
use crate::index::Index;
use crate::order;

/// The labels of a control, in tree order.
pub(crate) fn of(index: &Index, el: &Element) -> Vec<Element> {
    let mut found = Vec::new();
    if let Some(around) = dom::nearest(el, "label")
        && controls(&around, el)
    {
        found.push(around);
    }
    if let Some(id) = attr(el, "id").filter(|id| !id.is_empty()) {
        for label in index.labels_for(&id) {
            let label: Element = label.unchecked_into();
            let known = found.iter().any(|l| dom::same(l, &label));
            if !known && attr(&label, "for").is_some_and(|f| f == id) && controls(&label, el) {
                found.push(label);
            }
        }
    }
    order::sort(&mut found);
    found
}

fn controls(label: &Element, el: &Element) -> bool {
    control(label).is_some_and(|c| dom::same(&c, el))
}

/// The control a label is for.
pub(crate) fn control(label: &Element) -> Option<Element> {
    if tag(label) == "label" { dom::live(label).control() } else { None }
}
