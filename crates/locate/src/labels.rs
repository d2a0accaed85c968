//! Which labels a form control has, asked from the label's side.

use web_sys::Element;

use crate::dom::{self, tag};
use crate::order;
use crate::reader::Index;

/// The labels of a control, in tree order.
pub(crate) fn of(index: &Index, el: &Element) -> Vec<Element> {
    let mut found = index.labels_of(el);
    order::sort(&mut found);
    found
}

/// The control a label is for.
pub(crate) fn control(label: &Element) -> Option<Element> {
    if tag(label) == "label" { dom::live(label).control() } else { None }
}
