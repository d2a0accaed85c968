//! Puts a tree into a document and later changes only what differs. What the admin typed is left alone.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

use crate::node::Node;

/// Makes the children of `root` these. What comes or goes between others leaves those as they are: a button that is
/// being pressed, or has the focus, stays the same button.
///
/// # Errors
/// When the document refuses a change; nothing of ours leads to that.
pub fn patch(document: &Document, root: &Element, children: &[Node]) -> Result<(), JsValue> {
    let mut next = root.first_child();
    for (n, child) in children.iter().enumerate() {
        next = without_gone(root, next, child)?;
        let later = children.get(n.saturating_add(1)..).unwrap_or_default();
        match next.take() {
            Some(there) if same_kind(&there, child) => {
                update(document, &there, child)?;
                next = there.next_sibling();
            }
            Some(there) if later.iter().any(|later| same_kind(&there, later)) => {
                root.insert_before(&create(document, child)?, Some(&there))?;
                next = Some(there);
            }
            Some(there) => {
                next = there.next_sibling();
                root.replace_child(&create(document, child)?, &there)?;
            }
            None => drop(root.append_child(&create(document, child)?)?),
        }
    }
    while let Some(extra) = next {
        next = extra.next_sibling();
        root.remove_child(&extra)?;
    }
    Ok(())
}

/// The next node that is there: if one after it can become what is wanted, those before that one are gone.
fn without_gone(
    root: &Element,
    first: Option<web_sys::Node>,
    wanted: &Node,
) -> Result<Option<web_sys::Node>, JsValue> {
    let mut next = first.clone();
    while let Some(there) = &next {
        if same_kind(there, wanted) {
            break;
        }
        next = there.next_sibling();
    }
    if next.is_none() {
        return Ok(first);
    }
    let mut gone = first;
    while let Some(there) = gone.filter(|there| Some(there) != next.as_ref()) {
        gone = there.next_sibling();
        root.remove_child(&there)?;
    }
    Ok(next)
}

/// Whether the node that is there can become this one. Elements with a `data-key` keep it, and so do those that say
/// what they do: a button never becomes another.
fn same_kind(there: &web_sys::Node, node: &Node) -> bool {
    match node {
        Node::Text(_) => there.node_type() == web_sys::Node::TEXT_NODE,
        Node::Element { tag, attributes, .. } => there.dyn_ref::<Element>().is_some_and(|e| {
            let wanted = |name: &str| attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
            let keeps = |name: &str| e.get_attribute(name).as_deref() == wanted(name);
            e.local_name() == *tag && keeps("data-key") && keeps("data-act")
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
