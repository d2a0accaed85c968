//! Whether something is checked, pressed or selected: WAI-ARIA 1.2 section 6.6 and HTML-AAM's state mappings.

use web_sys::Element;

use crate::dom::{self, attr, attr_is, tag};
use crate::query::Checked;
use crate::role;

const CHECKABLE: &[&str] =
    &["checkbox", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "treeitem"];
const SELECTABLE: &[&str] = &["columnheader", "gridcell", "option", "row", "rowheader", "tab", "treeitem"];

fn tri(value: Option<String>) -> Checked {
    match value.as_deref() {
        Some("true") => Checked::True,
        Some("mixed") => Checked::Mixed,
        _ => Checked::False,
    }
}

/// Checked, not, or in between. Not checkable counts as not checked.
pub(crate) fn checked(el: &Element, role: &str) -> Checked {
    if tag(el) == "input" {
        if dom::flag(el, "indeterminate") {
            return Checked::Mixed;
        }
        if matches!(dom::live(el).kind().as_str(), "checkbox" | "radio") {
            return if dom::live(el).checked() == Some(true) { Checked::True } else { Checked::False };
        }
    }
    if CHECKABLE.contains(&role) { tri(attr(el, "aria-checked")) } else { Checked::False }
}

/// `aria-pressed` of a button. What is none counts as not pressed.
pub(crate) fn pressed(el: &Element, role: &str) -> Checked {
    if role == "button" { tri(attr(el, "aria-pressed")) } else { Checked::False }
}

/// Selected by HTML or ARIA.
pub(crate) fn selected(el: &Element, role: &str) -> bool {
    if tag(el) == "option" {
        return dom::flag(el, "selected");
    }
    SELECTABLE.contains(&role) && attr_is(el, "aria-selected", "true")
}

/// The word for what [`checked`] says, for reports; empty if it cannot be checked at all.
pub(crate) fn checked_word(el: &Element) -> &'static str {
    let role = role::role_of(el);
    let native = tag(el) == "input" && matches!(dom::live(el).kind().as_str(), "checkbox" | "radio");
    if !native && !CHECKABLE.contains(&role) {
        if role == "button" && dom::has(el, "aria-pressed") {
            return word(pressed(el, role));
        }
        return "";
    }
    if !dom::has(el, "aria-checked") && SELECTABLE.contains(&role) {
        return if selected(el, role) { "true" } else { "false" };
    }
    word(checked(el, role))
}

const fn word(state: Checked) -> &'static str {
    match state {
        Checked::True => "true",
        Checked::False => "false",
        Checked::Mixed => "mixed",
    }
}
