//! Candidates for each kind of query, before visibility is asked.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::dom::{self, attr, tag};
use crate::query::{By, Engine, How, Query};
use crate::role_table::{INPUT_TYPES, PLAIN_TAGS};
use crate::{labels, name, role, states, text};

/// All elements that fit the query, hidden ones included.
pub(crate) fn candidates(
    engine: &Engine,
    query: &Query,
    scope: Option<&Element>,
    include_hidden: bool,
) -> Vec<Element> {
    match query.by {
        By::Telemetry => by_attribute(engine, "data-telemetryname", query, scope),
        By::FormElement => by_attribute(engine, "data-formelement", query, scope),
        By::Attribute => by_attribute(engine, &query.of, query, scope),
        By::Role => by_role(engine, query, scope, include_hidden),
        By::Label => by_label(engine, query, scope),
        By::Field => by_text(engine, query, scope).iter().filter_map(field_beside).collect(),
        By::Text => by_text(engine, query, scope),
        By::Cell => by_cell(engine, query, scope),
        By::Css => query.texts.iter().flat_map(|selector| select_all(engine, scope, selector)).collect(),
    }
}

fn select_all(engine: &Engine, scope: Option<&Element>, selector: &str) -> Vec<Element> {
    engine.roots(scope).iter().flat_map(|root| dom::select(root, selector)).collect()
}

fn by_attribute(engine: &Engine, name: &str, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let selector = ["[", name, "]"].concat();
    let prefix = query.by == By::FormElement;
    let mut found = select_all(engine, scope, &selector);
    found.retain(|el| {
        let value = attr(el, name).unwrap_or_default();
        query.fits(&value) || prefix && query.texts.iter().any(|t| value.starts_with(t.as_str()))
    });
    found
}

/// A selector that leaves out most of what cannot have the role.
pub(crate) fn role_selector(role: &str) -> String {
    let mut selector = String::from("[role]");
    for (tag, _) in PLAIN_TAGS.iter().filter(|(_, r)| *r == role) {
        selector.push(',');
        selector.push_str(tag);
    }
    if INPUT_TYPES.iter().any(|(_, r)| *r == role) {
        selector.push_str(",input");
    }
    selector.push_str(match role {
        "link" => ",a,area",
        "textbox" | "searchbox" => ",input",
        "combobox" => ",input,select",
        "listbox" => ",select",
        "cell" | "gridcell" => ",td",
        "columnheader" | "rowheader" => ",th",
        "listitem" => ",li",
        "img" | "none" | "generic" => ",*",
        "complementary" => ",aside",
        "banner" | "sectionheader" => ",header",
        "contentinfo" | "sectionfooter" => ",footer",
        "form" => ",form",
        "region" => ",section",
        "group" => ",g",
        _ => "",
    });
    selector
}

fn by_role(engine: &Engine, query: &Query, scope: Option<&Element>, include_hidden: bool) -> Vec<Element> {
    let wanted = role::canonical(&query.role);
    let mut found = select_all(engine, scope, &role_selector(wanted));
    found.retain(|el| {
        let computed = role::role_of(el);
        // An author who wrote the role meant it, even where the specification takes it back.
        let role = if computed == wanted { computed } else { role::written(el).unwrap_or_default() };
        role == wanted
            && states::fit(el, role, &query.states)
            && (query.texts.is_empty() || query.fits(&name::name_of(&engine.eyes, el, include_hidden)))
    });
    found
}

const FORM_CONTROLS: &str = "input,select,textarea,meter,progress,output,[contenteditable],[role=textbox],\
[role=combobox],[role=searchbox],[role=checkbox],[role=radio],[role=switch],[role=spinbutton],[role=slider],\
[role=listbox],[role=radiogroup],button[aria-haspopup]";

fn by_label(engine: &Engine, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let mut found = select_all(engine, scope, FORM_CONTROLS);
    found.retain(|el| {
        query.fits(&name::name_of(&engine.eyes, el, true))
            || labels::of(el).iter().any(|l| query.fits(&l.text_content().unwrap_or_default()))
    });
    found
}

/// How far up from a text its element is looked for: a label in five wrappers is common, deeper is another thing.
const TEXT_CLIMB: u32 = 6;

fn by_text(engine: &Engine, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let wanted: Vec<String> = query.texts.iter().map(|t| text::normalise(t)).collect();
    let mut found: Vec<Element> = Vec::new();
    for root in engine.roots(scope) {
        let Ok(walker) = engine.document.create_tree_walker_with_what_to_show(&root, 4) else { continue };
        while let Ok(Some(node)) = walker.next_node() {
            if let Some(el) = element_with_text(&node, &wanted, query.how)
                && !found.iter().any(|f| dom::same(f, &el))
            {
                found.push(el);
            }
        }
    }
    let all = found.clone();
    found.retain(|el| !all.iter().any(|other| !dom::same(other, el) && el.contains(Some(other))));
    found
}

fn element_with_text(node: &Node, wanted: &[String], how: How) -> Option<Element> {
    let own = text::normalise(&node.node_value()?);
    if own.is_empty() {
        return None;
    }
    let hopeful = wanted.iter().any(|w| how != How::Exact || w.contains(&own));
    if !hopeful {
        return None;
    }
    let mut at = dom::dom_parent(node);
    for _ in 0..TEXT_CLIMB {
        let el = at?;
        if matches!(tag(&el).as_str(), "script" | "style" | "noscript" | "template" | "title") {
            return None;
        }
        let whole = text::normalise(&el.text_content().unwrap_or_default());
        if wanted.iter().any(|w| how.fits(&whole, w)) {
            return Some(el);
        }
        if how == How::Exact && wanted.iter().all(|w| w.len() < whole.len()) {
            return None;
        }
        at = dom::dom_parent(&el);
    }
    None
}

/// How far up from a label its value is looked for.
const FIELD_CLIMB: u32 = 4;

/// The value beside a label: what it labels, the `dd` after its `dt`, or the next thing with text or a value.
fn field_beside(label: &Element) -> Option<Element> {
    if let Some(control) =
        labels::control(&label.closest("label").ok().flatten().unwrap_or_else(|| label.clone()))
    {
        return Some(control);
    }
    let mut at = label.clone();
    for _ in 0..FIELD_CLIMB {
        if let Some(labelled) = labelled_by_id(&at) {
            return Some(labelled);
        }
        let mut next = at.next_element_sibling();
        while let Some(now) = next {
            if has_value(&now) {
                return Some(innermost(now));
            }
            next = now.next_element_sibling();
        }
        at = dom::dom_parent(&at)?;
    }
    None
}

fn labelled_by_id(label: &Element) -> Option<Element> {
    let id = attr(label, "id").filter(|id| !id.is_empty())?;
    let root = label.get_root_node();
    dom::select(&root, "[aria-labelledby]").into_iter().find(|el| {
        !el.contains(Some(label))
            && attr(el, "aria-labelledby").is_some_and(|ids| text::tokens(&ids).any(|t| t == id))
    })
}

fn has_value(el: &Element) -> bool {
    let shown = text::without_glyphs(&el.text_content().unwrap_or_default());
    shown.chars().any(|c| c.is_alphanumeric()) || !dom::select(el, "input,textarea,select").is_empty()
}

/// Down to the element that carries the value: past wrappers with one child of interest.
fn innermost(el: Element) -> Element {
    let mut at = el;
    loop {
        if dom::attr_text(&at, "title").is_some() {
            return at;
        }
        let own_text = dom::child_nodes(&at).any(|n| {
            n.node_type() == dom::TEXT
                && !text::without_glyphs(&n.node_value().unwrap_or_default()).is_empty()
        });
        let mut inside = dom::children(&at).filter(has_value);
        match (own_text, inside.next(), inside.next()) {
            (false, Some(only), None) => at = only,
            _ => return at,
        }
    }
}

fn by_cell(engine: &Engine, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let rows = match scope.and_then(row_of) {
        Some(row) => vec![row],
        None => {
            let mut rows = select_all(engine, scope, &role_selector("row"));
            rows.retain(|row| {
                role::role_of(row) == "row"
                    && cells(row).iter().any(|cell| query.fits(&cell.text_content().unwrap_or_default()))
            });
            rows
        }
    };
    let wanted = text::normalise(&query.of);
    rows.iter().filter_map(|row| cell_under(row, &wanted)).collect()
}

fn row_of(el: &Element) -> Option<Element> {
    let mut at = Some(el.clone());
    while let Some(now) = at {
        if role::role_of(&now) == "row" {
            return Some(now);
        }
        at = dom::dom_parent(&now);
    }
    dom::select(el, &role_selector("row")).into_iter().find(|r| role::role_of(r) == "row")
}

fn cells(row: &Element) -> Vec<Element> {
    let mut cells = dom::select(row, "[role],td,th");
    cells.retain(|c| matches!(role::role_of(c), "cell" | "gridcell" | "rowheader" | "columnheader"));
    cells
}

/// Column numbers, from `aria-colindex` or counted with spans.
fn columns(row: &Element) -> Vec<(u32, Element)> {
    let mut next = 1;
    let mut out = Vec::new();
    for cell in cells(row) {
        let number = |name: &str| attr(&cell, name).and_then(|v| v.trim().parse::<u32>().ok());
        let at = number("aria-colindex").unwrap_or(next);
        next = at + number("colspan").or_else(|| number("aria-colspan")).unwrap_or(1).max(1);
        out.push((at, cell));
    }
    out
}

fn cell_under(row: &Element, header: &str) -> Option<Element> {
    let grid = grid_of(row)?;
    let mut rows = dom::select(&grid, &role_selector("row"));
    rows.retain(|r| role::role_of(r) == "row");
    let column = rows.iter().find_map(|r| {
        columns(r).into_iter().find_map(|(at, cell)| {
            let shown = text::without_glyphs(&cell.text_content().unwrap_or_default());
            let named = attr(&cell, "aria-label").is_some_and(|l| text::normalise(&l) == header);
            (role::role_of(&cell) == "columnheader" && (named || text::normalise(&shown) == header))
                .then_some(at)
        })
    })?;
    columns(row).into_iter().find(|(at, _)| *at == column).map(|(_, cell)| cell)
}

fn grid_of(row: &Element) -> Option<Element> {
    let mut at = dom::dom_parent(row);
    while let Some(now) = at {
        if matches!(role::role_of(&now), "table" | "grid" | "treegrid") {
            return Some(now);
        }
        at = dom::dom_parent(&now);
    }
    row.parent_element().and_then(|p| p.parent_element()).map(JsCast::unchecked_into)
}
