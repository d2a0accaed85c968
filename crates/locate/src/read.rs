//! Reads what an element shows: text as rendered, value, state. Never the whole page, only what was found.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::dom::{self, attr, attr_text, tag};
use crate::hidden::Eyes;
use crate::{role, text};

/// The text a person would copy: the `title` if there is one (the portal cuts long values short and keeps the whole in
/// the title), else what is rendered, without buttons and tooltips inside and without the glyphs of icon fonts.
pub(crate) fn text_of(eyes: &Eyes, el: &Element) -> String {
    if let Some(title) = attr_text(el, "title") {
        return text::normalise(&title);
    }
    if matches!(tag(el), "input" | "textarea" | "select") {
        return value_of(eyes, el);
    }
    let mut out = String::new();
    rendered(eyes, el, el, &mut out, false);
    if text::is_blank(&out) {
        // Nothing but a button: a link without an address is one, and then its words are the value.
        rendered(eyes, el, el, &mut out, true);
    }
    text::normalise(&out)
}

fn rendered(eyes: &Eyes, top: &Element, el: &Element, out: &mut String, buttons: bool) {
    let root: web_sys::Node = el.shadow_root().map_or_else(|| el.clone().into(), Into::into);
    for node in dom::child_nodes(&root) {
        match node.node_type() {
            dom::TEXT => out.push_str(&node.node_value().unwrap_or_default()),
            dom::ELEMENT => {
                let child: &Element = node.unchecked_ref();
                if eyes.unseen(child) || is_extra(child, top, buttons) {
                    continue;
                }
                let apart = eyes.display(child) != "inline";
                if apart {
                    out.push(' ');
                }
                if matches!(tag(child), "input" | "textarea" | "select") {
                    out.push_str(&value_of(eyes, child));
                } else if tag(child) == "slot" {
                    for assigned in dom::live(child).assigned_nodes().iter() {
                        out.push_str(
                            &assigned.unchecked_ref::<web_sys::Node>().text_content().unwrap_or_default(),
                        );
                    }
                } else {
                    rendered(eyes, top, child, out, buttons);
                }
                if apart {
                    out.push(' ');
                }
            }
            _ => {}
        }
    }
}

/// Copy buttons and tooltips beside a value are not the value.
fn is_extra(el: &Element, top: &Element, buttons: bool) -> bool {
    let role = role::role_of(el);
    role == "tooltip" || (!buttons && role == "button" && role::role_of(top) != "button")
}

/// The value of a form control, or the text of the chosen option.
pub(crate) fn value_of(eyes: &Eyes, el: &Element) -> String {
    match tag(el) {
        "input" | "textarea" => dom::value(el),
        "select" => {
            let chosen = dom::live(el).selected_options();
            chosen.item(0).map(|o| text::flatten(&o.text_content().unwrap_or_default())).unwrap_or_default()
        }
        _ => {
            if let Some(now) = attr_text(el, "aria-valuetext").or_else(|| attr_text(el, "aria-valuenow")) {
                return now;
            }
            if let Some(inner) = dom::select(el, "input,textarea,select").into_iter().next() {
                return value_of(eyes, &inner);
            }
            if attr(el, "title").is_some() {
                return text_of(eyes, el);
            }
            let mut out = String::new();
            rendered(eyes, el, el, &mut out, false);
            text::normalise(&out)
        }
    }
}
