//! Which labels a form control has, asked from the label's side.
//!
//! `element.labels` is not used: browsers rebuild that list by walking the document after every insertion.

use web_sys::{Element, Node};

use crate::dom::{self, attr, tag};

/// The labels of a control, in tree order.
pub(crate) fn of(el: &Element) -> Vec<Element> {
    let mut found = Vec::new();
    if let Some(around) = el.closest("label").ok().flatten()
        && controls(&around, el)
    {
        found.push(around);
    }
    let Some(id) = attr(el, "id").filter(|id| !id.is_empty()) else { return found };
    for label in all_in(&el.get_root_node()) {
        if attr(&label, "for").is_some_and(|f| f == id)
            && controls(&label, el)
            && !found.iter().any(|l| dom::same(l, &label))
        {
            let first = found
                .first()
                .is_some_and(|l| label.compare_document_position(l) & Node::DOCUMENT_POSITION_FOLLOWING != 0);
            if first && found.len() == 1 { found.insert(0, label) } else { found.push(label) }
        }
    }
    found
}

fn controls(label: &Element, el: &Element) -> bool {
    dom::live(label).control().is_some_and(|c| dom::same(&c, el))
}

fn all_in(root: &Node) -> Vec<Element> {
    dom::select(root, "label[for]")
}

/// The control a label is for.
pub(crate) fn control(label: &Element) -> Option<Element> {
    if tag(label) == "label" { dom::live(label).control() } else { None }
}
