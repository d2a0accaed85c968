//! The states a query may ask for (feature `states`): WAI-ARIA 1.2 section 6.6 and HTML-AAM's state mappings.

use web_sys::Element;

use crate::checked::{checked, pressed, selected};
use crate::dom::{self, attr, attr_is, tag};
use crate::query::States;
use crate::text;

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
fn disabled(el: &Element, role: &str) -> bool {
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
