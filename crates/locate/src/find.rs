//! Candidates for each kind of query, before visibility is asked.

use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::dom::{self, attr, tag};
use crate::page::{self, Page};
use crate::query::{By, How, Query};
use crate::reader::ATTRIBUTES;
use crate::role_table::{PLAIN_TAGS, SELECTORS, lookup};
use crate::sheets::Rest;
use crate::{labels, name, order, role, text};

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
        By::Field => by_field(page, query, scope),
        By::Text => by_text(page, query, scope),
        By::Cell => by_cell(page, query, scope),
        By::Css => by_selector(page, query, scope),
    };
    let mut found = Vec::new();
    for element in elements {
        if tag(&element) != OVERLAY {
            let hidden = page.eyes.unseen(&element);
            found.push(Match { element, hidden });
        }
    }
    found
}

/// The host of our own ring and card. It is not part of the page.
const OVERLAY: &str = "hand-rail";

/// What a list of elements is narrowed by. One function for all lists: each closure type would bring its own copy.
fn keep(from: Vec<Element>, fits: &mut dyn FnMut(&Element) -> bool) -> Vec<Element> {
    let mut kept = Vec::new();
    for el in from {
        if fits(&el) {
            kept.push(el);
        }
    }
    kept
}

fn select_all(page: &Page, scope: Option<&Element>, selector: &str) -> Vec<Element> {
    page.index.select(selector, scope)
}

fn by_selector(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let mut found = Vec::new();
    for selector in &query.texts {
        found.append(&mut select_all(page, scope, selector));
    }
    order::sort(&mut found);
    found
}

/// The wanted texts, normalised. Nothing when only looking at every element helps: no text is wanted, or part of one.
fn whole_texts(query: &Query) -> Option<Vec<String>> {
    let texts = normalised(query);
    (query.how == How::Exact && !texts.is_empty() && !texts.iter().any(String::is_empty)).then_some(texts)
}

fn normalised(query: &Query) -> Vec<String> {
    let mut texts = Vec::new();
    for text in &query.texts {
        texts.push(text::normalise(text));
    }
    texts
}

/// What is left of the texts when what style sheets generate is taken off; nothing when that may be all of them.
fn without_generated(page: &Page, texts: &[String]) -> Option<Vec<String>> {
    let mut rests = Vec::new();
    for text in texts {
        match page.sheets.rest_of(&page.index, text) {
            Rest::Unknown => return None,
            Rest::Middles(mut middles) => rests.append(&mut middles),
        }
    }
    Some(rests)
}

fn by_attribute(page: &Page, name: &str, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let prefix = query.by == By::FormElement;
    let mut found = Vec::new();
    if query.how == How::Exact && !prefix && ATTRIBUTES.contains(&name) {
        for wanted in &query.texts {
            for node in page.index.holding(wanted) {
                let within = |el| scope.is_none_or(|scope| page::inside(el, scope));
                if node.node_type() == dom::ELEMENT && within(node.unchecked_ref()) {
                    found.push(node.unchecked_into());
                }
            }
        }
        order::sort(&mut found);
    } else {
        found = select_all(page, scope, &text::join(&["[", name, "]"]));
    }
    keep(found, &mut |el| {
        el.get_attribute(name).is_some_and(|value| {
            query.fits(&value) || prefix && query.texts.iter().any(|t| value.starts_with(t.as_str()))
        })
    })
}

/// A selector that leaves out most of what cannot have the role. A comma and a space between its ways, so that they can be
/// told apart.
pub(crate) fn role_selector(role: &str) -> String {
    let mut selector = String::new();
    for written in role::spellings(role) {
        // Looking for a word among others takes the browser twice as long as for a part of it.
        add_way(&mut selector, &["[role*=\"", written, "\" i]"]);
    }
    for (tag, _) in PLAIN_TAGS.iter().filter(|(_, r)| *r == role) {
        add_way(&mut selector, &[tag]);
    }
    if let Some(also) = lookup(SELECTORS, role) {
        add_way(&mut selector, &[also]);
    }
    selector
}

fn add_way(selector: &mut String, way: &[&str]) {
    if !selector.is_empty() {
        selector.push_str(", ");
    }
    selector.push_str(&text::join(way));
}

fn by_role(page: &Page, query: &Query, scope: Option<&Element>, include_hidden: bool) -> Vec<Match> {
    let mut roles = Vec::new();
    let mut selector = String::new();
    for role in text::tokens(&query.role).map(role::canonical) {
        add_way(&mut selector, &[&role_selector(role)]);
        roles.push(role);
    }
    if roles.is_empty() {
        return Vec::new();
    }
    let check = |elements: Vec<Element>| checked(page, query, &roles, elements, include_hidden);
    if let Some(texts) = whole_texts(query) {
        let found = check(page.index.reach(&texts, &selector, scope));
        if !found.is_empty() {
            return found;
        }
        if let Some(rests) = without_generated(page, &texts) {
            return if rests.is_empty() { found } else { check(page.index.reach(&rests, &selector, scope)) };
        }
    }
    check(select_all(page, scope, &selector))
}

/// Those of the candidates that have one of the roles, are in their place and in the states, and have the name.
fn checked(
    page: &Page,
    query: &Query,
    roles: &[&str],
    candidates: Vec<Element>,
    include_hidden: bool,
) -> Vec<Match> {
    let place = (!query.of.is_empty()).then(|| JsString::from(query.of.as_str()));
    let mut found: Vec<Match> = Vec::new();
    for element in candidates {
        if place.as_ref().is_some_and(|place| dom::live(&element).nearest(place).is_none()) {
            continue;
        }
        let Some(role) = roles.iter().find(|role| role::is_meant(&element, tag(&element), role)) else {
            continue;
        };
        #[cfg(feature = "states")]
        if !crate::states::fit(&element, role, &query.states) {
            continue;
        }
        let hidden = page.eyes.hidden(&element);
        if (include_hidden || !hidden)
            && (query.texts.is_empty() || query.fits(&name_at(page, &element, hidden, Some(role))))
        {
            found.push(Match { element, hidden });
        }
    }
    if roles.len() > 1 {
        leave_wrappers_out(&mut found);
    }
    found
}

/// What holds another of them is the wrapper that got its name from it: a menu item around its button.
fn leave_wrappers_out(found: &mut Vec<Match>) {
    let mut seen = Vec::new();
    for of in found.iter().filter(|of| !of.hidden) {
        seen.push(of.element.clone());
    }
    found.retain(|of| !seen.iter().any(|el| !dom::same(el, &of.element) && of.element.contains(Some(el))));
}

fn name_at(page: &Page, el: &Element, hidden: bool, role: Option<&str>) -> String {
    name::compute(page, el, hidden, role)
}

const FORM_CONTROLS: &str = "input,select,textarea,meter,progress,output,[contenteditable],[role=textbox],\
[role=combobox],[role=searchbox],[role=checkbox],[role=radio],[role=switch],[role=spinbutton],[role=slider],\
[role=listbox],[role=radiogroup],button[aria-haspopup]";

fn by_label(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let controls = match whole_texts(query) {
        Some(texts) => page.index.reach(&texts, FORM_CONTROLS, scope),
        None => select_all(page, scope, FORM_CONTROLS),
    };
    keep(controls, &mut |el| {
        query.fits(&name_at(page, el, page.eyes.hidden(el), None))
            || labels::of(&page.index, el).iter().any(|l| query.fits(&l.text_content().unwrap_or_default()))
    })
}

fn by_field(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let mut found = Vec::new();
    for label in by_text(page, query, scope) {
        // A column may be headed by the same words; what stands beside a heading is another heading.
        if dom::nearest(&label, "th,[role=columnheader]").is_some() {
            continue;
        }
        if let Some(value) = field_beside(&label) {
            found.push(value);
        }
    }
    order::sort(&mut found);
    found
}

/// How far up from a text its element is looked for: a label in five wrappers is common, deeper is another thing.
const TEXT_CLIMB: u32 = 6;

fn by_text(page: &Page, query: &Query, scope: Option<&Element>) -> Vec<Element> {
    let wanted = normalised(query);
    let mut found: Vec<Element> = Vec::new();
    let mut look = |node: &Node| {
        // The scope itself may be the smallest element with the text.
        if let Some(el) = element_with_text(node, &wanted, query.how)
            && scope.is_none_or(|scope| dom::same(&el, scope) || page::inside(&el, scope))
        {
            found.push(el);
        }
    };
    if query.how == How::Exact {
        for text in &wanted {
            for node in page.index.parts_of(text) {
                if node.node_type() == dom::TEXT {
                    look(&node);
                }
            }
        }
    } else {
        for node in page.index.like(&wanted) {
            look(&node);
        }
    }
    order::sort(&mut found);
    let all = found.clone();
    keep(found, &mut |el| !all.iter().any(|other| !dom::same(other, el) && el.contains(Some(other))))
}

fn element_with_text(node: &Node, wanted: &[String], how: How) -> Option<Element> {
    let own = text::normalise(&node.node_value()?);
    if own.is_empty() {
        return None;
    }
    let hopeful = wanted.iter().any(|w| how != How::Exact || text::contains(w, &own));
    if !hopeful {
        return None;
    }
    let mut at = dom::dom_parent(node);
    for _ in 0..TEXT_CLIMB {
        let el = at?;
        if matches!(tag(&el), "script" | "style" | "noscript" | "template" | "title") {
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
    if let Some(control) = labels::control(&dom::nearest(label, "label").unwrap_or_else(|| label.clone())) {
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
    let labelled = dom::select(&label.get_root_node(), "[aria-labelledby]");
    let refers = |el: &Element| {
        attr(el, "aria-labelledby").is_some_and(|ids| text::tokens(&ids).any(|t| t == id))
            && !el.contains(Some(label))
    };
    labelled.into_iter().find(refers)
}

fn has_value(el: &Element) -> bool {
    let shown = text::normalise(&el.text_content().unwrap_or_default());
    text::has_letters(&shown) || !dom::select(el, "input,textarea,select").is_empty()
}

/// Down to the element that carries the value: past wrappers with one child of interest.
fn innermost(el: Element) -> Element {
    let mut at = el;
    loop {
        if dom::attr_text(&at, "title").is_some() {
            return at;
        }
        let own_text = dom::child_nodes(&at).any(|n| {
            n.node_type() == dom::TEXT && !text::normalise(&n.node_value().unwrap_or_default()).is_empty()
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
        None => keep(select_all(page, scope, &role_selector("row")), &mut |row| {
            role::role_of(row) == "row"
                && cells(row).iter().any(|cell| query.fits(&cell.text_content().unwrap_or_default()))
        }),
    };
    let wanted = text::normalise(&query.of);
    let mut found = Vec::new();
    for row in rows {
        if let Some(cell) = cell_under(&row, &wanted) {
            found.push(cell);
        }
    }
    found
}

fn row_of(el: &Element) -> Option<Element> {
    let mut at = Some(el.clone());
    while let Some(now) = at {
        if role::role_of(&now) == "row" {
            return Some(now);
        }
        at = dom::dom_parent(&now);
    }
    rows_of(el).into_iter().next()
}

fn rows_of(el: &Element) -> Vec<Element> {
    keep(dom::select(el, &role_selector("row")), &mut |row| role::role_of(row) == "row")
}

fn cells(row: &Element) -> Vec<Element> {
    keep(dom::select(row, "[role],td,th"), &mut |c| {
        matches!(role::role_of(c), "cell" | "gridcell" | "rowheader" | "columnheader")
    })
}

/// Column numbers, from `aria-colindex` or counted with spans.
fn columns(row: &Element) -> Vec<(i32, Element)> {
    let mut next = 1;
    let mut out = Vec::new();
    for cell in cells(row) {
        let number = |name: &'static str| attr(&cell, name).and_then(|v| text::number(&v));
        let at = number("aria-colindex").unwrap_or(next);
        next = at + number("colspan").or_else(|| number("aria-colspan")).unwrap_or(1).max(1);
        out.push((at, cell));
    }
    out
}

fn cell_under(row: &Element, header: &str) -> Option<Element> {
    let column = column_headed(&grid_of(row)?, header)?;
    for (at, cell) in columns(row) {
        if at == column {
            return Some(cell);
        }
    }
    None
}

fn column_headed(grid: &Element, header: &str) -> Option<i32> {
    for row in rows_of(grid) {
        for (at, cell) in columns(&row) {
            let says = |text: Option<String>| text.is_some_and(|t| text::normalise(&t) == header);
            if role::role_of(&cell) == "columnheader"
                && (says(cell.text_content()) || says(attr(&cell, "aria-label")))
            {
                return Some(at);
            }
        }
    }
    None
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
