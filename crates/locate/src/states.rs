//! The states a query may ask for: WAI-ARIA 1.2 section 6.6 and HTML-AAM's state mappings.

use web_sys::Element;

use crate::dom::{self, attr, attr_is, tag};
use crate::query::{Checked, States};
use crate::{role, text};

const CHECKABLE: &[&str] =
    &["checkbox", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "treeitem"];
const EXPANDABLE: &[&str] = &[
    "application",
    "button",
    "checkbox",
    "columnheader",
    "combobox",
    "gridcell",
    "link",
    "listbox",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "row",
    "rowheader",
    "switch",
    "tab",
    "treeitem",
];
const SELECTABLE: &[&str] = &["columnheader", "gridcell", "option", "row", "rowheader", "tab", "treeitem"];
const LEVELLED: &[&str] = &["heading", "listitem", "row", "treeitem"];
const NOT_DISABLEABLE: &[&str] = &[
    "alert",
    "alertdialog",
    "article",
    "banner",
    "blockquote",
    "caption",
    "cell",
    "code",
    "complementary",
    "contentinfo",
    "definition",
    "deletion",
    "dialog",
    "directory",
    "document",
    "emphasis",
    "feed",
    "figure",
    "form",
    "generic",
    "heading",
    "img",
    "insertion",
    "list",
    "listitem",
    "log",
    "main",
    "mark",
    "marquee",
    "math",
    "meter",
    "navigation",
    "none",
    "note",
    "paragraph",
    "progressbar",
    "region",
    "rowgroup",
    "search",
    "status",
    "strong",
    "subscript",
    "superscript",
    "table",
    "tabpanel",
    "term",
    "time",
    "timer",
    "tooltip",
];

/// Whether the element is in all the states asked for.
pub(crate) fn fit(el: &Element, role: &str, wanted: &States) -> bool {
    wanted.checked.is_none_or(|w| w == checked(el, role))
        && wanted.pressed.is_none_or(|w| w == pressed(el, role))
        && wanted.selected.is_none_or(|w| w == selected(el, role))
        && wanted.expanded.is_none_or(|w| Some(w) == expanded(el, role))
        && wanted.level.is_none_or(|w| w == level(el, role))
        && wanted.disabled.is_none_or(|w| w == disabled(el, role))
}

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

fn pressed(el: &Element, role: &str) -> Checked {
    if role == "button" { tri(attr(el, "aria-pressed")) } else { Checked::False }
}

fn selected(el: &Element, role: &str) -> bool {
    if tag(el) == "option" {
        return dom::flag(el, "selected");
    }
    SELECTABLE.contains(&role) && attr_is(el, "aria-selected", "true")
}

fn expanded(el: &Element, role: &str) -> Option<bool> {
    if tag(el) == "details" {
        return Some(dom::has(el, "open"));
    }
    if !EXPANDABLE.contains(&role) {
        return None;
    }
    attr(el, "aria-expanded").map(|v| v == "true")
}

fn level(el: &Element, role: &str) -> u32 {
    let native = match tag(el) {
        "h1" => 1,
        "h2" => 2,
        "h3" => 3,
        "h4" => 4,
        "h5" => 5,
        "h6" => 6,
        _ => 0,
    };
    if !LEVELLED.contains(&role) {
        return native;
    }
    let written = attr(el, "aria-level").and_then(|v| text::number(&v)).filter(|l| *l >= 1);
    if native > 0 { native } else { written.map_or(0, i32::unsigned_abs) }
}

/// Disabled by HTML, or by `aria-disabled` on it or above it.
pub(crate) fn disabled(el: &Element, role: &str) -> bool {
    if natively_disabled(el) {
        return true;
    }
    if NOT_DISABLEABLE.contains(&role) {
        return false;
    }
    let mut at = Some(el.clone());
    while let Some(now) = at {
        if attr_is(&now, "aria-disabled", "true") {
            return true;
        }
        if attr_is(&now, "aria-disabled", "false") {
            return false;
        }
        at = dom::dom_parent(&now);
    }
    false
}

fn natively_disabled(el: &Element) -> bool {
    let name = tag(el);
    if !matches!(name, "button" | "input" | "select" | "textarea" | "option" | "optgroup") {
        return false;
    }
    dom::has(el, "disabled")
        || (name == "option" && dom::nearest(el, "optgroup[disabled]").is_some())
        || in_disabled_fieldset(el)
}

fn in_disabled_fieldset(el: &Element) -> bool {
    let Some(set) = dom::nearest(el, "fieldset[disabled]") else { return false };
    let legend = dom::child_with_tag(&set, "legend");
    !legend.is_some_and(|l| l.contains(Some(el)))
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
