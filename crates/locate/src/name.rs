//! The accessible name: Accessible Name and Description Computation 1.2 section 4.3, with HTML-AAM 1.0 section 4 for
//! native text alternatives. Letters in comments are the specification's steps.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::dom::{self, attr, attr_text, tag};
use crate::hidden::is_ignored;
use crate::page::Page;
use crate::role_table::{CONTENT, NAMELESS, flags};
use crate::{labels, role, text};

/// How the computation came to a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Via {
    /// It is the element whose name is wanted.
    Target,
    /// It is inside an element that is named by its content.
    Content,
    /// `aria-labelledby` points at it.
    LabelledBy,
    /// It is a `label` of the element.
    Label,
    /// It is a caption, legend, figure caption or SVG title of the element.
    Native,
}

#[derive(Clone, Copy)]
struct At {
    via: Via,
    /// Reached through `aria-labelledby`, here or further up: no second reference is followed.
    referenced: bool,
    /// Everything below a reference, label or caption gives its text, whatever its role.
    takes_all: bool,
    /// Hidden nodes count, because the node that was referred to is hidden itself.
    hidden_too: bool,
}

impl At {
    const fn below(self) -> Self {
        Self { via: Via::Content, ..self }
    }
}

/// One name computation.
pub(crate) struct Namer<'a> {
    page: &'a Page,
    meant: Option<&'a str>,
    visited: Vec<Element>,
    /// The elements whose labels are being followed, innermost last.
    owners: Vec<Element>,
}

/// The accessible name, white space flattened; empty for what is hidden.
pub(crate) fn name_of(page: &Page, el: &Element) -> String {
    if page.eyes.hidden(el) { String::new() } else { name_shown(page, el) }
}

/// The accessible name of an element known not to be hidden.
fn name_shown(page: &Page, el: &Element) -> String {
    compute(page, el, false, None)
}

/// The accessible name, as if nothing were hidden if so wanted. `meant` is the role a query takes it to have: a role may be
/// written where it does not count.
pub(crate) fn compute(page: &Page, el: &Element, hidden_too: bool, meant: Option<&str>) -> String {
    let mut namer = Namer { page, meant, visited: Vec::new(), owners: Vec::new() };
    let at = At { via: Via::Target, referenced: false, takes_all: false, hidden_too };
    text::flatten(&namer.alternative(el, at))
}

impl Namer<'_> {
    fn seen(&mut self, el: &Element) -> bool {
        if self.visited.iter().any(|v| dom::same(v, el)) {
            return true;
        }
        self.visited.push(el.clone());
        false
    }

    fn alternative(&mut self, el: &Element, at: At) -> String {
        let name = tag(el);
        // A: hidden, and not referred to.
        if is_ignored(name) {
            return String::new();
        }
        // Whatever points at it has looked.
        if !at.hidden_too && at.via == Via::Content && self.page.eyes.hidden(el) {
            return if self.page.eyes.only_veiled(el) { self.unveiled(el, at) } else { String::new() };
        }
        // B: aria-labelledby.
        let references = if at.referenced { Vec::new() } else { dom::labelled_by(el) };
        if !references.is_empty() {
            let joined = self.join(el, &references, Via::LabelledBy, at);
            if !text::is_blank(&joined) {
                return joined;
            }
        }
        // Each node is consulted once; what refers to others is followed all the same.
        if self.visited.iter().any(|v| dom::same(v, el)) {
            return String::new();
        }
        let meant = self.meant.filter(|_| at.via == Via::Target);
        let role = meant.unwrap_or_else(|| role::role_with_tag(el, name));
        // C: a control inside the label of another.
        if at.via != Via::Target
            && !self.owners.last().is_some_and(|o| dom::same(o, el))
            && let Some(value) = self.embedded(el, role, name, at)
        {
            return value;
        }
        // D: aria-label. A slot has no box and no role to carry one.
        if name != "slot"
            && let Some(label) = attr_text(el, "aria-label")
        {
            self.seen(el);
            return label;
        }
        // E: what HTML and SVG say.
        if role != "none"
            && let Some(native) = self.native(el, name, at)
        {
            self.seen(el);
            return native;
        }
        // F, G, H: content.
        if at.takes_all || from_content(role, name, at.via) {
            self.seen(el);
            let content = self.content(el, at.below());
            if at.via == Via::Target {
                let trimmed = content.trim_matches(|c| text::is_space(c) || c == '\u{a0}');
                if !trimmed.is_empty() {
                    return trimmed.to_owned();
                }
            } else if !text::is_blank(&content) || !content.is_empty() && !dom::has(el, "title") {
                return content;
            }
        }
        // I: tooltip.
        self.seen(el);
        if role == "none" && !matches!(name, "iframe" | "frame") {
            return String::new();
        }
        attr(el, "title").unwrap_or_default()
    }

    /// What is inside of an element that only `visibility` hides: its own text is not seen, its elements may be.
    fn unveiled(&mut self, el: &Element, at: At) -> String {
        let mut out = String::new();
        for child in dom::children(el) {
            self.child(&mut out, &child, at);
        }
        out
    }

    fn join(&mut self, owner: &Element, elements: &[Element], via: Via, from: At) -> String {
        let mut joined = String::new();
        self.owners.push(owner.clone());
        for el in elements {
            // A label or caption that is not rendered names nothing; a reference may point at what is hidden, and
            // a title of a drawing never has a box.
            let native = via != Via::LabelledBy && tag(el) != "title";
            let hidden = self.page.eyes.hidden(el);
            if hidden && native && !from.hidden_too && self.page.eyes.unseen(el) {
                continue;
            }
            let at = At {
                via,
                referenced: via == Via::LabelledBy || from.referenced,
                takes_all: true,
                hidden_too: from.hidden_too && from.via == Via::Target || hidden,
            };
            let part = self.alternative(el, at);
            if !text::is_blank(&part) {
                if !joined.is_empty() {
                    joined.push(' ');
                }
                joined.push_str(&part);
            }
        }
        self.owners.pop();
        joined
    }

    fn embedded(&mut self, el: &Element, role: &str, name: &str, at: At) -> Option<String> {
        match role {
            "textbox" | "searchbox" => {
                self.seen(el);
                Some(if matches!(name, "input" | "textarea") {
                    dom::value(el)
                } else {
                    el.text_content().unwrap_or_default()
                })
            }
            "combobox" | "listbox" => {
                self.seen(el);
                Some(self.chosen(el, role, name, at))
            }
            "progressbar" | "scrollbar" | "slider" | "spinbutton" | "meter" => {
                self.seen(el);
                Some(range_value(el, name))
            }
            "menu" | "menubar" => Some(String::new()),
            _ => None,
        }
    }

    /// Text of what is chosen in a list or combo box.
    fn chosen(&mut self, el: &Element, role: &str, name: &str, at: At) -> String {
        let options: Vec<Element> = if name == "select" {
            let chosen = dom::live(el).selected_options();
            let mut options = Vec::new();
            for at in 0..chosen.length() {
                options.extend(chosen.item(at));
            }
            options
        } else {
            let list = if role == "listbox" { Some(el.clone()) } else { self.listbox_of(el) };
            list.map(|l| {
                within_owned(&l, &|o| {
                    role::role_of(o) == "option" && dom::attr_is(o, "aria-selected", "true")
                })
            })
            .unwrap_or_default()
        };
        if options.is_empty() {
            return match name {
                "input" => dom::value(el),
                "select" => String::new(),
                _ if role == "combobox" => el.text_content().unwrap_or_default(),
                _ => String::new(),
            };
        }
        let mut joined = String::new();
        for option in &options {
            joined.push_str(&self.alternative(option, at.below()));
            joined.push(' ');
        }
        joined
    }

    fn listbox_of(&self, el: &Element) -> Option<Element> {
        let is_list = |o: &Element| role::role_of(o) == "listbox";
        within_owned(el, &is_list)
            .into_iter()
            .next()
            .or_else(|| dom::references(el, "aria-controls").into_iter().find(is_list))
    }

    /// Step E. `None` when HTML has nothing to say and the computation goes on.
    fn native(&mut self, el: &Element, name: &str, at: At) -> Option<String> {
        let title = || attr(el, "title").unwrap_or_default();
        match name {
            "input" => Some(self.input(el, at)),
            "textarea" => {
                Some(self.labelled(el, at).or_else(|| attr_text(el, "title")).unwrap_or_else(|| {
                    attr(el, "placeholder").or_else(|| attr(el, "aria-placeholder")).unwrap_or_default()
                }))
            }
            "select" | "meter" | "progress" | "output" => Some(self.labelled(el, at).unwrap_or_else(title)),
            "button" => self.labelled(el, at),
            "fieldset" => self.caption(el, "legend", at),
            "figure" => self.caption(el, "figcaption", at),
            "table" => self.caption(el, "caption", at).or_else(|| attr_text(el, "summary")),
            "img" | "area" => Some(attr(el, "alt").unwrap_or_else(title)),
            "optgroup" => attr_text(el, "label"),
            "option" => attr_text(el, "label"),
            _ => self.svg(el, name, at),
        }
    }

    fn svg(&mut self, el: &Element, name: &str, at: At) -> Option<String> {
        if name != "svg" && dom::live(el).owner_svg().is_none() {
            return None;
        }
        if let Some(titled) = self.caption(el, "title", at) {
            return Some(titled);
        }
        if name == "a" { attr_text(el, "xlink:title") } else { None }
    }

    fn input(&mut self, el: &Element, at: At) -> String {
        let kind = dom::live(el).kind();
        if let Some(named) = self.labelled(el, at) {
            return named;
        }
        let title = || attr(el, "title").unwrap_or_default();
        let value = || Some(dom::value(el)).filter(|v| !text::is_blank(v));
        match kind.as_str() {
            "button" => value().unwrap_or_else(title),
            "submit" => value().unwrap_or_else(|| "Submit".to_owned()),
            "reset" => value().unwrap_or_else(|| "Reset".to_owned()),
            "image" => {
                attr_text(el, "alt").or_else(|| attr_text(el, "title")).unwrap_or_else(|| "Submit".to_owned())
            }
            "file" => attr_text(el, "title").unwrap_or_else(|| "Choose File".to_owned()),
            "text" | "password" | "number" | "search" | "tel" | "email" | "url" => attr_text(el, "title")
                .or_else(|| attr_text(el, "placeholder"))
                .or_else(|| attr_text(el, "aria-placeholder"))
                .unwrap_or_default(),
            _ => title(),
        }
    }

    /// The text of its labels, unless it is reached as part of one.
    fn labelled(&mut self, el: &Element, at: At) -> Option<String> {
        if at.via == Via::Label {
            return None;
        }
        let found = labels::of(&self.page.index, el);
        if found.is_empty() {
            return None;
        }
        self.seen(el);
        Some(self.join(el, &found, Via::Label, at)).filter(|t| !text::is_blank(t))
    }

    fn caption(&mut self, el: &Element, caption: &str, at: At) -> Option<String> {
        let child = dom::child_with_tag(el, caption)?;
        self.seen(el);
        Some(self.join(el, &[child], Via::Native, at))
    }

    /// Steps F, G and H: generated text, children or assigned nodes, owned elements, generated text.
    fn content(&mut self, el: &Element, at: At) -> String {
        let mut out = String::new();
        if !self.page.index.generates(el) {
            self.children(&mut out, el, at);
            return out;
        }
        out.push_str(&self.page.eyes.generated(el, "::before").unwrap_or_default());
        match self.page.eyes.replaced(el) {
            Some(text) => out.push_str(&text),
            None => self.children(&mut out, el, at),
        }
        if let Some(after) = self.page.eyes.generated(el, "::after") {
            out.push_str(&after);
        }
        out
    }

    fn children(&mut self, out: &mut String, el: &Element, at: At) {
        let assigned = (tag(el) == "slot").then(|| dom::live(el).assigned_nodes()).filter(|a| a.length() > 0);
        if let Some(assigned) = assigned {
            for node in assigned.iter() {
                self.child(out, node.unchecked_ref(), at);
            }
        } else {
            let root: Node = el.shadow_root().map_or_else(|| el.clone().into(), Into::into);
            // Of closed details only the summary is there.
            let closed = tag(el) == "details" && !dom::has(el, "open");
            for node in dom::child_nodes(&root) {
                if !closed || node.node_type() == dom::ELEMENT {
                    self.child(out, &node, at);
                }
            }
        }
        for owned in dom::owned(el) {
            out.push(' ');
            self.child(out, &owned, at);
        }
    }

    fn child(&mut self, out: &mut String, node: &Node, at: At) {
        match node.node_type() {
            dom::TEXT => out.push_str(&node.node_value().unwrap_or_default()),
            dom::ELEMENT => {
                let el: &Element = node.unchecked_ref();
                let part = self.alternative(el, at);
                let apart = tag(el) == "br" || !self.is_inline(el);
                if apart {
                    out.push(' ');
                }
                out.push_str(&part);
                if apart {
                    out.push(' ');
                }
            }
            _ => {}
        }
    }

    fn is_inline(&self, el: &Element) -> bool {
        matches!(self.page.eyes.display(el), "inline" | "contents")
    }
}

/// Step F's first condition.
fn from_content(role: &str, tag: &str, via: Via) -> bool {
    if flags(role) & CONTENT != 0 || tag == "summary" && role != "none" {
        return true;
    }
    via != Via::Target && gives_content(role)
}

/// Roles whose content counts inside of something named by its content.
fn gives_content(role: &str) -> bool {
    flags(role) & NAMELESS != 0
        || matches!(
            role,
            "contentinfo"
                | "definition"
                | "list"
                | "listitem"
                | "region"
                | "rowgroup"
                | "table"
                | "term"
                | "form"
                | "article"
                | "banner"
                | "complementary"
                | "main"
                | "navigation"
                | "sectionheader"
                | "sectionfooter"
                | "blockquote"
                | "group"
                | "figure"
                | "status"
                | "note"
                | "search"
        )
}

fn range_value(el: &Element, name: &str) -> String {
    attr(el, "aria-valuetext").or_else(|| attr(el, "aria-valuenow")).unwrap_or_else(|| {
        if name == "input" { dom::value(el) } else { attr(el, "value").unwrap_or_default() }
    })
}

/// Descendants and owned elements that fit.
fn within_owned(el: &Element, fits: &dyn Fn(&Element) -> bool) -> Vec<Element> {
    let mut all = dom::select(el, "[role],option");
    for owned in dom::owned(el) {
        let below = dom::select(&owned, "[role],option");
        all.push(owned);
        all.extend(below);
    }
    let mut found = Vec::new();
    for el in all {
        if fits(&el) {
            found.push(el);
        }
    }
    found
}
