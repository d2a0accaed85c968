//! From a text to every element whose name it can be part of: up the tree, through slots, from a label to its control,
//! and along `aria-labelledby` and `aria-owns` backwards.

use js_sys::Set;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

use crate::dom::{self, attr, tag};
use crate::index::Index;
use crate::labels;

/// Visits each element once, with its tag.
pub(crate) fn from(index: &Index, starts: Vec<Node>, visit: &mut dyn FnMut(&Element, &'static str)) {
    let seen = Set::new(&JsValue::UNDEFINED);
    let shadows = index.roots().len() > 1;
    let mut todo = starts;
    // The first way up meets nothing twice, and most searches have no second.
    let mut first = todo.len() == 1;
    while let Some(node) = todo.pop() {
        let mut at = if node.node_type() == dom::ELEMENT {
            Some(node.unchecked_into::<Element>())
        } else {
            if shadows {
                push_slot(&node, &mut todo);
            }
            dom::dom_parent(&node)
        };
        while let Some(el) = at {
            if !first {
                if seen.has(&el) {
                    break;
                }
                seen.add(&el);
            }
            let name = tag(&el);
            visit(&el, name);
            if name == "label"
                && let Some(control) = labels::control(&el)
            {
                todo.push(control.into());
            }
            if let Some(id) = attr(&el, "id").filter(|id| !id.is_empty()) {
                todo.extend(index.referring_to(&id));
            }
            if shadows {
                push_slot(&el, &mut todo);
            }
            at = dom::dom_parent(&el);
        }
        first = false;
    }
}

fn push_slot(node: &Node, todo: &mut Vec<Node>) {
    if let Some(slot) = dom::slot_of(node) {
        todo.push(slot.into());
    }
}
