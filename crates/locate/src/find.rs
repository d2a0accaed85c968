//! Candidates for each kind of query, before visibility is asked.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::dom::{self, attr, tag};
use crate::index::ATTRIBUTES;
use crate::page::{self, Page};
use crate::query::{By, How, Query};
use crate::role_table::{INPUT_TYPES, PLAIN_TAGS};
use crate::{climb, labels, name, order, role, states, text};

/// An element that fits, and whether it is hidden.
pub(crate) struct Match {
    pub(crate) element: Element,
    pub(crate) hidden: bool,
}

/// All elements that fit the query. Names of hidden elements are looked at only with `include_hidden`.
pub(crate) fn matches(
    page: &Page,
    query: &Query,
    scope: Option<&Element>,
    include_hidden: bool,
) -> Vec<Match> {
    let elements = match query.by {
        By::Role => return by_role(page, query, scope, include_hidden),
        By::Telemetry => by_attribute(page, "data-telemetryname", query, scope),
        By::FormElement => by_attribute(page, "data-formelement", query, scope),
        By::Attribute => by_attribute(page, &query.of, query, scope),
        By::Label => by_label(page, query, scope),
        By::Field => by_text(page, query, scope).iter().filter_map(field_beside).collect(),
        By::Text => by_text(page, query, scope),
        By::Cell => by_cell(page, query, scope),
        By::Css => query.texts.iter().flat_map(|selector| select_all(page, scope, selector)).collect(),
    };
    let looked = elements.into_iter().map(|element| {
        let hidden = page.eyes.unseen(&element);
        Match { element, hidden }
    });
    looked.filter(|m| tag(&m.element) != OVERLAY).collect()
}

/// The host of our own ring and card. It is not part of the page.
const OVERLAY: &str = "hand-rail";

fn select_all(page: &Page, scope: Option<&Element>, selector: &str) -> Vec<Element> {
    page.roots(scope).iter().flat_map(|root| dom::select(root, selector)).collect()
}

/// Elements any of the wanted texts can be the whole name of. Nothing when only looking at every element helps:
/// no text is wanted, or part of one.
fn by_index(
    page: &Page,
    query: &Query,
    scope: Option<&Element>,
    fits: &dyn Fn(&Element, &str) -> bool,
) -> Option<Vec<Element>> {
    if query.how != How::Exact || query.texts.is_empty() {
        return None;
    }
    let mut starts = page.index.referring_to("");
    for wanted in &query.texts {
        let wanted = text::normalise(wanted);
        if wanted.is_empty() {
            return None;
        }
        starts.extend(page.index.parts_of(&wanted));
    }
    let mut found = Vec::new();
    climb::from(&page.index, starts, &mut |el, tag| {
        if fits(el, tag) {
            found.push(el.clone());
        }
    });
    found.retain(|el| scope.is_none_or(|scope| page::inside(el, scope)));
    Some(found)
}

fn by_attribute(page: &Page, name: &str, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let prefix = query.by == By::FormElement;
    let fits = |el: &Element| {
        attr(el, name).is_some_and(|value| {
            query.fits(&value) || prefix && query.texts.iter().any(|t| value.starts_with(t.as_str()))
        })
    };
    let mut found: Vec<Element> = if query.how == How::Exact && !prefix && ATTRIBUTES.contains(&name) {
        let holding = query.texts.iter().flat_map(|t| page.index.holding(t));
        let elements = holding.filter(|n| n.node_type() == dom::ELEMENT).map(JsCast::unchecked_into);
        elements.filter(|el| scope.is_none_or(|scope| page::inside(el, scope))).collect()
    } else {
        select_all(page, scope, &["[", name, "]"].concat())
    };
    found.retain(fits);
    order::sort(&mut found);
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

fn by_role(page: &Page, query: &Query, scope: Option<&Element>, include_hidden: bool) -> Vec<Match> {
    let wanted = role::canonical(&query.role);
    // An author who wrote the role meant it, even where the specification takes it back.
    let has_role = |el: &Element, tag: &str| {
        role::role_with_tag(el, tag) == wanted || role::written(el).is_some_and(|r| r == wanted)
    };
    let found = by_index(page, query, scope, &has_role).unwrap_or_else(|| {
        let mut all = select_all(page, scope, &role_selector(wanted));
        all.retain(|el| has_role(el, &tag(el)));
        all
    });
    let looked =
        found.into_iter().filter(|el| states::fit(el, wanted, &query.states)).filter_map(|element| {
            let hidden = page.eyes.hidden(&element);
            let asked = include_hidden || !hidden;
            (asked && (query.texts.is_empty() || query.fits(&name::name_of(page, &element, hidden))))
                .then_some(Match { element, hidden })
        });
    looked.collect()
}

const FORM_CONTROLS: &str = "input,select,textarea,meter,progress,output,[contenteditable],[role=textbox],\
[role=combobox],[role=searchbox],[role=checkbox],[role=radio],[role=switch],[role=spinbutton],[role=slider],\
[role=listbox],[role=radiogroup],button[aria-haspopup]";

fn by_label(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let is_control = |el: &Element, _: &str| el.matches(FORM_CONTROLS).unwrap_or(false);
    let mut found =
        by_index(page, query, scope, &is_control).unwrap_or_else(|| select_all(page, scope, FORM_CONTROLS));
    found.retain(|el| {
        query.fits(&name::name_of(page, el, page.eyes.hidden(el)))
            || labels::of(&page.index, el).iter().any(|l| query.fits(&l.text_content().unwrap_or_default()))
    });
    found
}

/// How far up from a text its element is looked for: a label in five wrappers is common, deeper is another thing.
const TEXT_CLIMB: u32 = 6;

fn by_text(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let wanted: Vec<String> = query.texts.iter().map(|t| text::normalise(t)).collect();
    let mut found: Vec<Element> = Vec::new();
    let mut look = |node: &Node| {
        if let Some(el) = element_with_text(node, &wanted, query.how)
            && scope.is_none_or(|scope| page::inside(&el, scope))
        {
            found.push(el);
        }
    };
    if query.how == How::Exact {
        for node in wanted.iter().flat_map(|w| page.index.parts_of(w)).filter(|n| n.node_type() == dom::TEXT)
        {
            look(&node);
        }
    } else {
        for root in page.roots(scope) {
            // 4 = NodeFilter.SHOW_TEXT.
            let Ok(walker) = page.document.create_tree_walker_with_what_to_show(&root, 4) else { continue };
            while let Ok(Some(node)) = walker.next_node() {
                look(&node);
            }
        }
    }
    order::sort(&mut found);
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

fn by_cell(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let rows = match scope.and_then(row_of) {
        Some(row) => vec![row],
        None => {
            let mut rows = select_all(page, scope, &role_selector("row"));
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
