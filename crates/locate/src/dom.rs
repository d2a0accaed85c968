//! Small steps through the document that web-sys spells at length: names, attributes, flat-tree parents, references.
//! Computes nothing about roles or names.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node, ShadowRoot};

use crate::{text, words};

/// `Node.ELEMENT_NODE` and its neighbours.
pub(crate) const ELEMENT: u16 = Node::ELEMENT_NODE;
/// `Node.TEXT_NODE`.
pub(crate) const TEXT: u16 = Node::TEXT_NODE;
const FRAGMENT: u16 = Node::DOCUMENT_FRAGMENT_NODE;

/// The local name, if it is one anything depends on; else the empty word.
///
/// A form answers with a control of its own that is called `localName`; it is a form all the same.
pub(crate) fn tag(el: &Element) -> &'static str {
    let name = live(el).own_name();
    let known = words::known(&name);
    if known.is_empty() && !name.is_string() { "form" } else { known }
}

/// Attribute or nothing.
pub(crate) fn attr(el: &Element, name: &'static str) -> Option<String> {
    words::with(name, |name| live(el).attribute(name))
}

/// Whether the attribute is there.
pub(crate) fn has(el: &Element, name: &'static str) -> bool {
    words::with(name, |name| live(el).has(name))
}

/// The closest ancestor or self in the same tree that fits.
pub(crate) fn nearest(el: &Element, selector: &'static str) -> Option<Element> {
    words::with(selector, |selector| live(el).nearest(selector))
}

/// Attribute, unless it is missing or blank.
pub(crate) fn attr_text(el: &Element, name: &'static str) -> Option<String> {
    attr(el, name).filter(|v| !text::is_blank(v))
}

/// Whether the attribute is there with this value, ASCII case ignored.
pub(crate) fn attr_is(el: &Element, name: &'static str, value: &str) -> bool {
    attr(el, name).is_some_and(|v| text::trim(&v).eq_ignore_ascii_case(value))
}

/// The slot a node is assigned to.
pub(crate) fn slot_of(node: &Node) -> Option<Element> {
    let slot = match node.node_type() {
        ELEMENT => node.unchecked_ref::<Element>().assigned_slot(),
        TEXT => node.unchecked_ref::<web_sys::Text>().assigned_slot(),
        _ => None,
    };
    slot.map(JsCast::unchecked_into)
}

/// Parent in the flat tree: the slot it is assigned to, its parent, or the host of the shadow root it is in.
pub(crate) fn flat_parent(node: &Node) -> Option<Element> {
    slot_of(node).or_else(|| dom_parent(node))
}

/// Parent element, or the host of the shadow root the node is a child of.
pub(crate) fn dom_parent(node: &Node) -> Option<Element> {
    if let Some(parent) = node.parent_element() {
        return Some(parent);
    }
    node.parent_node().filter(|p| p.node_type() == FRAGMENT)?.dyn_ref::<ShadowRoot>().map(ShadowRoot::host)
}

/// The child elements, in order.
pub(crate) fn children(el: &Element) -> impl Iterator<Item = Element> + use<> {
    let mut next = el.first_element_child();
    std::iter::from_fn(move || {
        let now = next.take()?;
        next = now.next_element_sibling();
        Some(now)
    })
}

/// The child nodes, in order.
pub(crate) fn child_nodes(parent: &Node) -> impl Iterator<Item = Node> + use<> {
    let mut next = parent.first_child();
    std::iter::from_fn(move || {
        let now = next.take()?;
        next = now.next_sibling();
        Some(now)
    })
}

/// First child element with this tag.
pub(crate) fn child_with_tag(el: &Element, wanted: &str) -> Option<Element> {
    children(el).find(|c| tag(c) == wanted)
}

/// The element with this id in the same document or shadow root.
pub(crate) fn by_id(near: &Element, id: &str) -> Option<Element> {
    let root = near.get_root_node();
    match root.node_type() {
        Node::DOCUMENT_NODE => root.unchecked_ref::<Document>().get_element_by_id(id),
        FRAGMENT => root.dyn_ref::<web_sys::DocumentFragment>().and_then(|f| f.get_element_by_id(id)),
        _ => None,
    }
}

/// The elements an attribute of ids refers to, in the order given, missing ones left out.
pub(crate) fn references(el: &Element, attribute: &'static str) -> Vec<Element> {
    by_ids(el, &attr(el, attribute).unwrap_or_default())
}

fn by_ids(el: &Element, ids: &str) -> Vec<Element> {
    let mut found = Vec::new();
    for id in text::tokens(ids) {
        if let Some(named) = by_id(el, id) {
            found.push(named);
        }
    }
    found
}

/// The elements that label `el` through `aria-labelledby` or through its reflected property, which leaves the
/// attribute empty and may point outside of the shadow root.
pub(crate) fn labelled_by(el: &Element) -> Vec<Element> {
    match attr(el, "aria-labelledby").or_else(|| attr(el, "aria-labeledby")) {
        None => Vec::new(),
        Some(ids) if text::is_blank(&ids) => reflected(el, "ariaLabelledByElements"),
        Some(ids) => by_ids(el, &ids),
    }
}

/// What `aria-owns` or its reflected property adds to the children.
pub(crate) fn owned(el: &Element) -> Vec<Element> {
    match attr(el, "aria-owns") {
        None => Vec::new(),
        Some(ids) if text::is_blank(&ids) => reflected(el, "ariaOwnsElements"),
        Some(ids) => by_ids(el, &ids),
    }
}

fn reflected(el: &Element, property: &str) -> Vec<Element> {
    let value = Reflect::get(el, &JsValue::from_str(property)).unwrap_or(JsValue::UNDEFINED);
    if !Array::is_array(&value) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for el in value.unchecked_ref::<Array>().iter() {
        found.push(el.unchecked_into());
    }
    found
}

/// A property that is exactly `true`.
pub(crate) fn flag(el: &Element, name: &str) -> bool {
    Reflect::get(el, &JsValue::from_str(name)).ok().and_then(|v| v.as_bool()).unwrap_or(false)
}

/// Whether the element is in the SVG namespace.
pub(crate) fn is_svg(el: &Element) -> bool {
    el.namespace_uri().is_some_and(|ns| ns.ends_with("svg"))
}

/// The closest ancestor or self with one of these tags, through shadow hosts.
pub(crate) fn closest(el: &Element, wanted: &[&str]) -> Option<Element> {
    let mut at = Some(el.clone());
    while let Some(now) = at {
        if wanted.contains(&tag(&now)) {
            return Some(now);
        }
        at = dom_parent(&now);
    }
    None
}

/// Whether both are the same node.
pub(crate) fn same(a: &Element, b: &Element) -> bool {
    AsRef::<JsValue>::as_ref(a) == AsRef::<JsValue>::as_ref(b)
}

#[wasm_bindgen]
extern "C" {
    /// An element seen with the properties that web-sys spreads over a dozen types, or does not have.
    #[wasm_bindgen(extends = Element)]
    pub(crate) type Live;

    /// `localName`, or whatever hides it.
    #[wasm_bindgen(method, getter = localName)]
    pub(crate) fn own_name(this: &Live) -> JsValue;
    /// `getAttribute`.
    #[wasm_bindgen(method, js_name = getAttribute)]
    fn attribute(this: &Live, name: &JsString) -> Option<String>;
    /// `hasAttribute`.
    #[wasm_bindgen(method, js_name = hasAttribute)]
    fn has(this: &Live, name: &JsString) -> bool;
    /// `closest`.
    #[wasm_bindgen(method, js_name = closest)]
    pub(crate) fn nearest(this: &Live, selector: &JsString) -> Option<Element>;
    /// `Element.checkVisibility()`.
    #[wasm_bindgen(method, js_name = checkVisibility)]
    pub(crate) fn check_visibility(this: &Live) -> bool;
    /// `Element.checkVisibility(options)`.
    #[wasm_bindgen(method, js_name = checkVisibility)]
    pub(crate) fn check_visibility_with(this: &Live, options: &JsValue) -> bool;
    /// `type` of a form control, as HTML resolves it.
    #[wasm_bindgen(method, getter = type)]
    pub(crate) fn kind(this: &Live) -> String;
    /// `value`, where there is one.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn value(this: &Live) -> JsValue;
    /// `checked`, where there is one.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn checked(this: &Live) -> Option<bool>;
    /// `control` of a label.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn control(this: &Live) -> Option<Element>;
    /// `assignedNodes()` of a slot.
    #[wasm_bindgen(method, js_name = assignedNodes)]
    pub(crate) fn assigned_nodes(this: &Live) -> Array;
    /// `options` of a select.
    #[wasm_bindgen(method, getter = selectedOptions)]
    pub(crate) fn selected_options(this: &Live) -> web_sys::HtmlCollection;
    /// `ownerSVGElement`.
    #[wasm_bindgen(method, getter = ownerSVGElement)]
    pub(crate) fn owner_svg(this: &Live) -> Option<Element>;
}

/// The element with its live properties in reach. Reading one it does not have gives nothing.
pub(crate) fn live(el: &Element) -> &Live {
    el.unchecked_ref()
}

/// The live `value` as text.
pub(crate) fn value(el: &Element) -> String {
    live(el).value().as_string().unwrap_or_default()
}

fn take_all(list: &web_sys::NodeList, found: &mut Vec<Element>) {
    for at in 0..list.length() {
        if let Some(node) = list.get(at) {
            found.push(node.unchecked_into());
        }
    }
}

/// The descendants of a document, shadow root or element that fit the selector, in tree order; shadow roots inside
/// are not entered. An invalid selector fits nothing.
pub(crate) fn select(root: &Node, selector: &str) -> Vec<Element> {
    let mut found = Vec::new();
    if let Some(list) = select_list(root, selector) {
        take_all(&list, &mut found);
    }
    found
}

/// [`select`] without taking the elements out of their list.
fn select_list(root: &Node, selector: &str) -> Option<web_sys::NodeList> {
    let list = match root.node_type() {
        ELEMENT => root.unchecked_ref::<Element>().query_selector_all(selector),
        Node::DOCUMENT_NODE => root.unchecked_ref::<Document>().query_selector_all(selector),
        _ => root.unchecked_ref::<web_sys::DocumentFragment>().query_selector_all(selector),
    };
    list.ok()
}
