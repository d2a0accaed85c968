//! Building the overlay's own nodes: always by name and text, never by parsing.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, NodeList, ShadowRoot};

use super::markup::{Look, runs};
use crate::js::{self, Message};

// What cannot fail with the names we give is bound without the ways of failing: they are a third of the overlay's code.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Document)]
    type Maker;

    #[wasm_bindgen(method, js_name = createElement)]
    fn create(this: &Maker, tag: &str) -> HtmlElement;

    #[wasm_bindgen(method, js_name = createElementNS)]
    fn create_in(this: &Maker, space: &str, tag: &str) -> Element;

    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn all(this: &Maker, selector: &str) -> NodeList;

    #[wasm_bindgen(extends = Element)]
    type Part;

    #[wasm_bindgen(method, js_name = attachShadow)]
    fn attach(this: &Part, how: &JsValue) -> ShadowRoot;

    #[wasm_bindgen(method, js_name = scrollIntoView)]
    fn scroll(this: &Part, how: &JsValue);

    #[wasm_bindgen(method, js_name = setPointerCapture)]
    fn capture(this: &Part, pointer: f64);

    #[wasm_bindgen(method)]
    fn append(this: &Part, child: &JsValue);

    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set(this: &Part, name: &str, value: &str);

    type Rules;

    #[wasm_bindgen(method, js_name = setProperty)]
    fn set_rule(this: &Rules, name: &str, value: &str);
}

/// A new element with a class.
#[inline(never)]
pub(super) fn make(document: &Document, tag: &str, class: &str) -> HtmlElement {
    let element = document.unchecked_ref::<Maker>().create(tag);
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// A new element at the end of another.
#[inline(never)]
pub(super) fn add(document: &Document, to: &HtmlElement, tag: &str, class: &str) -> HtmlElement {
    let element = make(document, tag, class);
    append(to, &element);
    element
}

/// Puts a node at the end of another.
#[inline(never)]
pub(super) fn append(to: &JsValue, child: &JsValue) {
    to.unchecked_ref::<Part>().append(child);
}

/// A small drawing of one line.
#[inline(never)]
pub(super) fn drawing(document: &Document, to: &HtmlElement, path: &str, size: &str) {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let maker = document.unchecked_ref::<Maker>();
    let (svg, line) = (maker.create_in(SVG, "svg"), maker.create_in(SVG, "path"));
    for (name, value) in
        [("viewBox", "0 0 20 20"), ("width", size), ("height", size), ("aria-hidden", "true")]
    {
        mark(&svg, name, value);
    }
    mark(&line, "d", path);
    append(&svg, &line);
    append(to, &svg);
}

/// Shows or hides an element.
#[inline(never)]
pub(super) fn show(element: &HtmlElement, on: bool) {
    if element.hidden() == on {
        element.set_hidden(!on);
    }
}

/// Fills an element with words; an empty text hides it.
#[inline(never)]
pub(super) fn write(document: &Document, element: &HtmlElement, text: &str) {
    element.set_text_content(None);
    for (look, run) in runs(text) {
        let tag = match look {
            Look::Plain => "span",
            Look::Bold => "strong",
            Look::Code => "code",
        };
        add(document, element, tag, "").set_text_content(Some(run));
    }
    show(element, !text.is_empty());
}

/// Sets one style property.
#[inline(never)]
pub(super) fn style(element: &HtmlElement, name: &str, value: &str) {
    element.style().unchecked_ref::<Rules>().set_rule(name, value);
}

/// Puts an element there, turned by an angle if one is given.
#[inline(never)]
pub(super) fn put(element: &HtmlElement, x: f64, y: f64, turn: &str) {
    let mut place = px(x);
    place.push(' ');
    place.push_str(&px(y));
    style(element, "translate", &place);
    style(element, "rotate", turn);
}

/// A length in CSS pixels.
#[inline(never)]
pub(super) fn px(length: f64) -> String {
    let mut text = js::figure((length * 100.0).round() / 100.0);
    text.push_str("px");
    text
}

/// Sets an attribute.
#[inline(never)]
pub(super) fn mark(element: &JsValue, name: &str, value: &str) {
    element.unchecked_ref::<Part>().set(name, value);
}

/// How many elements fit a selector.
pub(super) fn count(document: &Document, selector: &str) -> u32 {
    document.unchecked_ref::<Maker>().all(selector).length()
}

/// The first elements that fit a selector.
pub(super) fn all(document: &Document, selector: &str, most: u32) -> Vec<Element> {
    let list = document.unchecked_ref::<Maker>().all(selector);
    (0..list.length().min(most)).filter_map(|at| list.get(at)).map(JsCast::unchecked_into).collect()
}

/// Lets an element hear of a pointer wherever it goes until it is let go.
pub(super) fn capture(element: &HtmlElement, pointer: f64) {
    element.unchecked_ref::<Part>().capture(pointer);
}

/// Gives an element a root that the page cannot look into.
pub(super) fn closed_root(host: &HtmlElement) -> ShadowRoot {
    host.unchecked_ref::<Part>().attach(&Message::bare().with("mode", "closed").into())
}

/// Brings an element to the middle of what scrolls.
pub(super) fn scroll_to(element: &Element, how: &str) {
    let how = Message::bare().with("behavior", how).with("block", "center").with("inline", "nearest");
    element.unchecked_ref::<Part>().scroll(&how.into());
}
