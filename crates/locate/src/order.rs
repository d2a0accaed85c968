//! The order of answers: tree order, each shadow root after the whole tree it hangs in and before the next one.

use std::cmp::Ordering;

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, ShadowRoot};

/// Sorts and drops what is there twice.
pub(crate) fn sort(elements: &mut Vec<Element>) {
    if elements.len() < 2 {
        return;
    }
    // Insertion from the end: what is found is few, or nearly in order.
    let mut sorted: Vec<(Vec<Node>, Element)> = Vec::new();
    for el in elements.drain(..) {
        let chain = hosts(&el);
        let mut place = sorted.len();
        let mut twice = false;
        while let Some((other_chain, other)) = place.checked_sub(1).and_then(|p| sorted.get(p)) {
            match chains(other_chain, &chain).then_with(|| position(other, &el)) {
                Ordering::Greater => place -= 1,
                Ordering::Equal => {
                    twice = true;
                    break;
                }
                Ordering::Less => break,
            }
        }
        if !twice {
            sorted.insert(place, (chain, el));
        }
    }
    for (_, el) in sorted {
        elements.push(el);
    }
}

/// The hosts of the shadow roots an element is in, outermost first.
fn hosts(el: &Element) -> Vec<Node> {
    let mut found = Vec::new();
    let mut root = el.get_root_node();
    while root.node_type() == Node::DOCUMENT_FRAGMENT_NODE {
        let Some(host) = root.dyn_ref::<ShadowRoot>().map(ShadowRoot::host) else { break };
        root = host.get_root_node();
        found.push(host.into());
    }
    found.reverse();
    found
}

fn chains(a: &[Node], b: &[Node]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = position(a, b);
        if order != Ordering::Equal {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

fn position(a: &Node, b: &Node) -> Ordering {
    let relation = a.compare_document_position(b);
    if relation & Node::DOCUMENT_POSITION_FOLLOWING != 0 {
        Ordering::Less
    } else if relation & Node::DOCUMENT_POSITION_PRECEDING != 0 {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}
