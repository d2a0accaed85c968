//! The role of an element: WAI-ARIA 1.2 section 8, HTML-AAM 1.0 section 3, SVG-AAM 1.0.
//!
//! Names are not computed here; roles that count only with a name look for its sources, not its text.

use web_sys::Element;

use crate::dom::{self, attr, attr_text, tag};
use crate::role_table::{GLOBAL_ATTRIBUTES, INPUT_TYPES, NEEDS_NAME, PLAIN_TAGS, known, lookup};
use crate::text;

/// The role, in its canonical spelling; `generic` for what has none, `none` for what is presentational.
pub(crate) fn role_of(el: &Element) -> &'static str {
    role_with_tag(el, tag(el))
}

/// [`role_of`] for a caller that has the tag already.
pub(crate) fn role_with_tag(el: &Element, tag: &'static str) -> &'static str {
    match explicit(el) {
        None => implicit(el, tag),
        Some("none") => {
            let native = implicit(el, tag);
            if matters(el, tag, native) { native } else { "none" }
        }
        Some(role) => role,
    }
}

/// The first role in the `role` attribute that exists and may be used here.
pub(crate) fn explicit(el: &Element) -> Option<&'static str> {
    let written = attr(el, "role")?;
    for token in text::tokens(&written) {
        if let Some((role, flags)) = known(token) {
            if flags & NEEDS_NAME != 0 && !has_author_name(el) {
                continue;
            }
            if is_orphan(el, role) {
                continue;
            }
            return Some(canonical(role));
        }
    }
    None
}

/// Roles that mean nothing outside of their container: WAI-ARIA 1.2 section 5.2.7, as far as browsers apply it.
fn is_orphan(el: &Element, role: &str) -> bool {
    let containers: &[&str] = match role {
        "listitem" => &["list", "directory"],
        "option" => &["listbox", "group", "combobox"],
        "treeitem" => &["tree", "group"],
        _ => return false,
    };
    let mut at = dom::flat_parent(el);
    while let Some(now) = at {
        let contains = match attr(&now, "role") {
            Some(written) => text::tokens(&written).any(|t| containers.contains(&t)),
            None => {
                let name = tag(&now);
                lookup(PLAIN_TAGS, name).is_some_and(|r| containers.contains(&r)) || name == "select"
            }
        };
        if contains {
            return false;
        }
        at = dom::flat_parent(&now);
    }
    !is_owned(el)
}

/// Whether an `aria-owns` in the same tree takes it somewhere else.
fn is_owned(el: &Element) -> bool {
    attr(el, "id").is_some_and(|id| {
        let owners = dom::select(&el.get_root_node(), "[aria-owns]");
        owners.iter().any(|o| attr(o, "aria-owns").is_some_and(|ids| text::tokens(&ids).any(|t| t == id)))
    })
}

/// Whether it has this role in the sense of a query: computed, or written by its author wherever it stands.
pub(crate) fn is_meant(el: &Element, tag: &'static str, wanted: &str) -> bool {
    let Some(written) = attr(el, "role") else { return implicit(el, tag) == wanted };
    let first = text::tokens(&written).find_map(known).map(|(role, _)| canonical(role));
    first == Some(wanted) || role_with_tag(el, tag) == wanted
}

/// How a canonical role may be written.
pub(crate) fn spellings(role: &str) -> impl Iterator<Item = &str> {
    let other = match role {
        "none" => Some("presentation"),
        "img" => Some("image"),
        "list" => Some("directory"),
        _ => None,
    };
    core::iter::once(role).chain(other)
}

/// Synonyms have one spelling.
pub(crate) fn canonical(role: &str) -> &str {
    match role {
        "presentation" => "none",
        "image" => "img",
        "directory" => "list",
        other => other,
    }
}

/// WAI-ARIA 1.2 section 7.1, presentational roles conflict resolution: the author's "none" does not hold for an
/// element that can take the focus or carries a global attribute allowed on its native role.
fn matters(el: &Element, tag: &str, native: &str) -> bool {
    if is_focusable(el, tag) {
        return true;
    }
    if has_global(el) {
        return true;
    }
    native != "generic" && (dom::has(el, "aria-label") || dom::has(el, "aria-labelledby"))
}

fn is_focusable(el: &Element, tag: &str) -> bool {
    if attr(el, "tabindex").is_some_and(|v| text::number(&v).is_some()) {
        return true;
    }
    match tag {
        "button" | "select" | "textarea" => !dom::has(el, "disabled"),
        "input" => !dom::has(el, "disabled") && !dom::attr_is(el, "type", "hidden"),
        "a" | "area" => dom::has(el, "href"),
        "summary" => is_details_summary(el),
        "iframe" => true,
        "audio" | "video" => dom::has(el, "controls"),
        _ => attr(el, "contenteditable").is_some_and(|v| !v.eq_ignore_ascii_case("false")),
    }
}

/// Whether an author gave it a name: `aria-label`, `aria-labelledby` or `title`.
pub(crate) fn has_author_name(el: &Element) -> bool {
    attr_text(el, "aria-label").is_some()
        || attr_text(el, "title").is_some()
        || (dom::has(el, "aria-labelledby") && !dom::labelled_by(el).is_empty())
}

/// The role the element has without a `role` attribute.
fn implicit(el: &Element, tag: &'static str) -> &'static str {
    let native = native(el, tag);
    if inherits_presentation(el, tag) { "none" } else { native }
}

fn native(el: &Element, tag: &str) -> &'static str {
    if let Some(role) = lookup(PLAIN_TAGS, tag) {
        return role;
    }
    match tag {
        "a" | "area" if dom::has(el, "href") || (dom::is_svg(el) && el.has_attribute("xlink:href")) => "link",
        "aside" => aside(el),
        "footer" if !in_sectioning(el, false) => "contentinfo",
        "header" if !in_sectioning(el, false) => "banner",
        "form" if has_author_name(el) => "form",
        "section" if has_author_name(el) => "region",
        "img" => image(el),
        "input" => input(el),
        "li" => list_item(el),
        "select" => select(el),
        "summary" => "generic",
        "td" => cell(el),
        "th" => header_cell(el),
        "svg" => "img",
        _ if dom::is_svg(el) => svg_part(el, tag),
        _ => "generic",
    }
}

/// SVG-AAM 1.0 section 6.2: parts of a drawing count when they are named.
fn svg_part(el: &Element, tag: &str) -> &'static str {
    match tag {
        "image" => "img",
        _ if !svg_is_described(el) => "generic",
        "g" | "foreignObject" => "group",
        "use" => "graphics-object",
        "circle" | "ellipse" | "line" | "path" | "polygon" | "polyline" | "rect" => "graphics-symbol",
        _ => "generic",
    }
}

fn svg_is_described(el: &Element) -> bool {
    has_author_name(el)
        || dom::child_with_tag(el, "title").is_some()
        || dom::child_with_tag(el, "desc").is_some()
}

const SECTIONING: &[&str] = &["article", "aside", "main", "nav", "section"];
const SECTIONING_ROLES: &[&str] = &["article", "complementary", "main", "navigation", "region"];

fn in_sectioning(el: &Element, but_main: bool) -> bool {
    let mut at = dom::dom_parent(el);
    while let Some(now) = at {
        let inside = match attr(&now, "role") {
            Some(role) => {
                SECTIONING_ROLES.contains(&text::trim(&role)) && !(but_main && text::trim(&role) == "main")
            }
            None => {
                let name = tag(&now);
                SECTIONING.contains(&name) && !(but_main && name == "main")
            }
        };
        if inside {
            return true;
        }
        at = dom::dom_parent(&now);
    }
    false
}

fn aside(el: &Element) -> &'static str {
    if !in_sectioning(el, true) || has_author_name(el) { "complementary" } else { "generic" }
}

fn image(el: &Element) -> &'static str {
    let decorative = attr(el, "alt").is_some_and(|alt| alt.is_empty());
    let matters = has_global(el)
        || ["title", "aria-label", "aria-labelledby"].iter().any(|name| dom::has(el, name))
        || is_focusable(el, "img");
    if decorative && !matters { "none" } else { "img" }
}

fn has_global(el: &Element) -> bool {
    GLOBAL_ATTRIBUTES.iter().any(|name| dom::has(el, name))
}

fn input(el: &Element) -> &'static str {
    let kind = dom::live(el).kind();
    if let Some(role) = lookup(INPUT_TYPES, &kind) {
        return role;
    }
    match kind.as_str() {
        "hidden" => "generic",
        "color" | "date" | "datetime-local" | "month" | "time" | "week" | "password" => "textbox",
        _ if dom::has(el, "list")
            && dom::references(el, "list").first().is_some_and(|l| tag(l) == "datalist") =>
        {
            "combobox"
        }
        "search" => "searchbox",
        _ => "textbox",
    }
}

fn list_item(el: &Element) -> &'static str {
    let in_list = dom::flat_parent(el).is_some_and(|p| matches!(tag(&p), "ul" | "ol" | "menu" | "dir"));
    if in_list || dom::flat_parent(el).is_some_and(|p| matches!(explicit(&p), Some("list"))) {
        "listitem"
    } else {
        "generic"
    }
}

fn select(el: &Element) -> &'static str {
    let size = attr(el, "size").and_then(|v| text::number(&v)).unwrap_or(0);
    if dom::has(el, "multiple") || size > 1 { "listbox" } else { "combobox" }
}

pub(crate) fn is_details_summary(el: &Element) -> bool {
    el.parent_element().is_some_and(|p| {
        tag(&p) == "details" && dom::child_with_tag(&p, "summary").is_some_and(|first| dom::same(&first, el))
    })
}

fn table_role(el: &Element) -> Option<&'static str> {
    dom::closest(el, &["table"]).map(|table| role_of(&table))
}

fn cell(el: &Element) -> &'static str {
    match table_role(el) {
        Some("grid" | "treegrid") => "gridcell",
        Some(_) => "cell",
        None => "generic",
    }
}

/// HTML's algorithm for header cells, as browsers apply it: by `scope`, else by what stands beside it.
fn header_cell(el: &Element) -> &'static str {
    match attr(el, "scope").map(|s| text::lower(text::trim(&s))).as_deref() {
        Some("col" | "colgroup") => return "columnheader",
        Some("row" | "rowgroup") => return "rowheader",
        _ => {}
    }
    let (before, after) = (el.previous_element_sibling(), el.next_element_sibling());
    if before.is_none() && after.is_none() && is_alone(el) {
        return "generic";
    }
    let is = |cell: &Option<Element>, name: &str| cell.as_ref().is_some_and(|c| tag(c) == name);
    if is(&before, "th") && is(&after, "th") {
        return "columnheader";
    }
    let beside_data = |c: &Option<Element>| {
        c.as_ref().is_some_and(|c| tag(c) == "td" && (c.child_element_count() > 0 || !is_empty_text(c)))
    };
    if beside_data(&before) || beside_data(&after) { "rowheader" } else { "columnheader" }
}

/// A header that is the only cell of its table is a header of nothing.
fn is_alone(el: &Element) -> bool {
    dom::closest(el, &["table"]).is_some_and(|table| dom::select(&table, "tr").len() <= 1)
}

fn is_empty_text(el: &Element) -> bool {
    el.text_content().is_none_or(|t| text::is_blank(&t))
}

/// Elements whose presentational parent takes their role away: WAI-ARIA 1.2 section 5.4 (required owned elements).
fn inherits_presentation(el: &Element, tag_name: &'static str) -> bool {
    let mut at = el.clone();
    let mut name = tag_name;
    loop {
        let parents: &[&str] = match name {
            "li" => &["ul", "ol", "menu", "dir"],
            "dt" | "dd" => &["dl", "div"],
            "div" => &["dl"],
            "tr" => &["thead", "tbody", "tfoot", "table"],
            "thead" | "tbody" | "tfoot" => &["table"],
            "td" | "th" => &["tr"],
            _ => return false,
        };
        let Some(parent) = dom::dom_parent(&at) else { return false };
        let parent_tag = tag(&parent);
        if !parents.contains(&parent_tag) {
            return false;
        }
        if explicit(&parent) == Some("none") && !matters(&parent, parent_tag, native(&parent, parent_tag)) {
            return true;
        }
        at = parent;
        name = parent_tag;
    }
}
