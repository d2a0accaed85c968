//! Puts a tree into a document and later changes only what differs. What the admin typed is left alone.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

use crate::node::Node;

/// Makes the children of `root` these.
///
/// # Errors
/// When the document refuses a change; nothing of ours leads to that.
pub fn patch(document: &Document, root: &Element, children: &[Node]) -> Result<(), JsValue> {
    let mut at: u32 = 0;
    for child in children {
        match root.child_nodes().get(at) {
            Some(there) if same_kind(&there, child) => update(document, &there, child)?,
            Some(there) => {
                root.replace_child(&create(document, child)?, &there)?;
            }
            None => {
                root.append_child(&create(document, child)?)?;
            }
        }
        at = at.saturating_add(1);
    }
    while let Some(extra) = root.child_nodes().get(at) {
        root.remove_child(&extra)?;
    }
    Ok(())
}

/// Whether the node that is there can become this one. Elements with a `data-key` keep it.
fn same_kind(there: &web_sys::Node, node: &Node) -> bool {
    match node {
        Node::Text(_) => there.node_type() == web_sys::Node::TEXT_NODE,
        Node::Element { tag, attributes, .. } => there.dyn_ref::<Element>().is_some_and(|e| {
            let key = attributes.iter().find(|(n, _)| *n == "data-key").map(|(_, v)| v.as_str());
            e.local_name() == *tag && e.get_attribute("data-key").as_deref() == key
        }),
    }
}

fn create(document: &Document, node: &Node) -> Result<web_sys::Node, JsValue> {
    match node {
        Node::Text(words) => Ok(document.create_text_node(words).into()),
        Node::Element { tag, attributes, children } => {
            let element = document.create_element(tag)?;
            for (name, value) in attributes {
                element.set_attribute(name, value)?;
            }
            for child in children {
                element.append_child(&create(document, child)?)?;
            }
            Ok(element.into())
        }
    }
}

fn update(document: &Document, there: &web_sys::Node, node: &Node) -> Result<(), JsValue> {
    match node {
        Node::Text(words) => {
            if there.node_value().as_deref() != Some(words) {
                there.set_node_value(Some(words));
            }
            Ok(())
        }
        Node::Element { attributes, children, .. } => {
            let Some(element) = there.dyn_ref::<Element>() else {
                return Ok(());
            };
            update_attributes(element, attributes)?;
            patch(document, element, children)
        }
    }
}

/// Attributes become these. Whether a `details` is open belongs to the person who opened it.
fn update_attributes(element: &Element, wanted: &[(&'static str, String)]) -> Result<(), JsValue> {
    for (name, value) in wanted {
        if element.get_attribute(name).as_ref() != Some(value)
            && !(*name == "open" && element.local_name() == "details")
        {
            element.set_attribute(name, value)?;
        }
    }
    let there = element.attributes();
    let mut gone = Vec::new();
    for n in 0..there.length() {
        if let Some(name) = there.item(n).map(|a| a.name())
            && !wanted.iter().any(|(w, _)| *w == name)
            && name != "open"
        {
            gone.push(name);
        }
    }
    gone.iter().try_for_each(|name| element.remove_attribute(name))
}
