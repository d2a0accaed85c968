//! Building the overlay's own nodes: always by name and text, never by parsing.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

use super::markup::{Look, runs};

/// A new element with a class.
pub(super) fn make(document: &Document, tag: &str, class: &str) -> Result<HtmlElement, JsValue> {
    let element: HtmlElement = document.create_element(tag)?.unchecked_into();
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Ok(element)
}

/// A new element at the end of another.
pub(super) fn add(
    document: &Document,
    to: &HtmlElement,
    tag: &str,
    class: &str,
) -> Result<HtmlElement, JsValue> {
    let element = make(document, tag, class)?;
    to.append_child(&element)?;
    Ok(element)
}

/// A small drawing of one line.
pub(super) fn drawing(document: &Document, to: &HtmlElement, path: &str, size: &str) -> Result<(), JsValue> {
    const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");
    let svg = document.create_element_ns(SVG, "svg")?;
    for (name, value) in
        [("viewBox", "0 0 20 20"), ("width", size), ("height", size), ("aria-hidden", "true")]
    {
        svg.set_attribute(name, value)?;
    }
    let line = document.create_element_ns(SVG, "path")?;
    line.set_attribute("d", path)?;
    svg.append_child(&line)?;
    to.append_child(&svg)?;
    Ok(())
}

/// Shows or hides an element.
pub(super) fn show(element: &HtmlElement, on: bool) {
    if element.hidden() == on {
        element.set_hidden(!on);
    }
}

/// Fills an element with words; an empty text hides it.
pub(super) fn write(document: &Document, element: &HtmlElement, text: &str) {
    element.set_text_content(None);
    for (look, run) in runs(text) {
        let tag = match look {
            Look::Plain => "span",
            Look::Bold => "strong",
            Look::Code => "code",
        };
        if let Ok(part) = document.create_element(tag) {
            part.set_text_content(Some(run));
            // A fresh node in our own tree.
            drop(element.append_child(&part));
        }
    }
    show(element, !text.is_empty());
}

/// Sets one style property.
pub(super) fn style(element: &HtmlElement, name: &str, value: &str) {
    drop(element.style().set_property(name, value));
}

/// A length in CSS pixels.
pub(super) fn px(length: f64) -> String {
    // By the browser's own number printing; Rust's would cost kilobytes.
    let rounded = (length * 100.0).round() / 100.0;
    let mut text =
        js_sys::Number::from(rounded).to_string_with_radix(10).map(String::from).unwrap_or_default();
    text.push_str("px");
    text
}

/// Sets an attribute.
pub(super) fn mark(element: &Element, name: &str, value: &str) {
    drop(element.set_attribute(name, value));
}
