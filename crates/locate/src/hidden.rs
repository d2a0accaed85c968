//! What is shown: rendered, visible, not hidden from assistive technology. Asks the page's style, so it is the
//! dear part of every search and comes last.

use std::cell::Cell;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Element, Node, Window};

use crate::dom::{self, tag};
use crate::{css_content, words};

/// Looks at computed styles of one window's document.
pub(crate) struct Eyes {
    window: Option<Window>,
    /// Options for `checkVisibility`: `visibility` counts too.
    fully: JsValue,
    /// Whether the page has open shadow roots; without any, a tree ends where the document does.
    shadows: Cell<bool>,
}

#[wasm_bindgen]
extern "C" {
    /// A computed style with the properties asked for most.
    #[wasm_bindgen(extends = CssStyleDeclaration)]
    type Style;
    #[wasm_bindgen(method, getter)]
    fn content(this: &Style) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn display(this: &Style) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn visibility(this: &Style) -> JsValue;
}

/// Contents of these are never shown as text.
pub(crate) fn is_ignored(tag: &str) -> bool {
    matches!(tag, "script" | "style" | "noscript" | "template")
}

impl Eyes {
    pub(crate) fn new(window: Option<Window>) -> Self {
        let fully = Object::new();
        // A plain object takes any property.
        let _ = Reflect::set(&fully, &JsValue::from_str("visibilityProperty"), &JsValue::TRUE);
        Self { window, fully: fully.into(), shadows: Cell::new(true) }
    }

    /// Tells whether there are open shadow roots.
    pub(crate) fn expect_shadows(&self, shadows: bool) {
        self.shadows.set(shadows);
    }

    fn style(&self, el: &Element) -> Option<Style> {
        self.window.as_ref()?.get_computed_style(el).ok().flatten().map(JsCast::unchecked_into)
    }

    /// The computed `display`, if it is one anything depends on.
    pub(crate) fn display(&self, el: &Element) -> &'static str {
        self.style(el).map_or("none", |s| words::known(&s.display()))
    }

    fn is_visible(&self, el: &Element) -> bool {
        self.style(el).is_some_and(|s| words::known(&s.visibility()) == "visible")
    }

    /// The text of `::before` or `::after`, with the spaces its box puts around it.
    pub(crate) fn generated(&self, el: &Element, pseudo: &'static str) -> Option<String> {
        let window = self.window.as_ref()?;
        let style: Style = window.get_computed_style_with_pseudo_elt(el, pseudo).ok()??.unchecked_into();
        let content = style.content();
        if !words::known(&content).is_empty() {
            return None;
        }
        let content = content.as_string()?;
        let display = words::known(&style.display());
        if content.is_empty() || display == "none" || words::known(&style.visibility()) != "visible" {
            return None;
        }
        let text = css_content::text(&content, el);
        Some(if display == "inline" { text } else { crate::text::join(&[" ", &text, " "]) })
    }

    /// What replaces the element's own content, when its `content` is an image with an alternative text.
    pub(crate) fn replaced(&self, el: &Element) -> Option<String> {
        let content = self.style(el)?.content();
        if !words::known(&content).is_empty() {
            return None;
        }
        let content = content.as_string().filter(|c| c.as_bytes().contains(&b'/'))?;
        Some(css_content::text(&content, el))
    }

    /// Whether assistive technology does not see it: not rendered, `visibility`, or `aria-hidden` on it or above.
    pub(crate) fn hidden(&self, el: &Element) -> bool {
        self.unseen(el) || self.aria_hidden(el)
    }

    /// Whether it is rendered and only `visibility` hides it: what is inside may be visible again.
    pub(crate) fn only_veiled(&self, el: &Element) -> bool {
        dom::live(el).check_visibility() && !self.is_visible(el) && !self.aria_hidden(el)
    }

    /// Whether it is not rendered or not visible.
    pub(crate) fn unseen(&self, el: &Element) -> bool {
        let name = tag(el);
        if is_ignored(name) || !el.is_connected() {
            return true;
        }
        match name {
            // An option has a box only while its list is open, an area never has one.
            "option" | "optgroup" => {
                if let Some(list) = dom::closest(el, &["select", "datalist"]) {
                    return self.unseen(&list) || self.display(el) == "none";
                }
            }
            "area" | "map" => {
                return dom::dom_parent(el).is_some_and(|p| self.unseen(&p));
            }
            _ => {}
        }
        if dom::live(el).check_visibility_with(&self.fully) {
            return false;
        }
        match self.display(el) {
            // A slot is seen through what is assigned to it. Without a box of its own, it is seen if anything in it is.
            "contents" => !self.shows_content(el),
            _ => true,
        }
    }

    fn shows_content(&self, el: &Element) -> bool {
        let shown = |node: Node| match node.node_type() {
            dom::ELEMENT => !self.unseen(node.unchecked_ref()),
            dom::TEXT => {
                node.node_value().is_some_and(|t| !crate::text::is_blank(&t)) && self.parent_shown(el)
            }
            _ => false,
        };
        if tag(el) == "slot" {
            let assigned = dom::live(el).assigned_nodes();
            if assigned.length() > 0 {
                return assigned.iter().any(|n| shown(n.unchecked_into()));
            }
        }
        let root: Node = el.shadow_root().map_or_else(|| el.clone().unchecked_into(), JsCast::unchecked_into);
        dom::child_nodes(&root).any(shown)
    }

    /// A text directly in an element without a box is shown if the nearest box above is.
    fn parent_shown(&self, el: &Element) -> bool {
        let mut at = dom::flat_parent(el);
        while let Some(now) = at {
            if dom::live(&now).check_visibility() {
                return self.is_visible(el);
            }
            if self.display(&now) != "contents" {
                return false;
            }
            at = dom::flat_parent(&now);
        }
        false
    }

    /// Whether it or anything above it in the flat tree says `aria-hidden="true"`.
    fn aria_hidden(&self, el: &Element) -> bool {
        if !self.shadows.get() {
            return dom::nearest(el, HIDDEN).is_some();
        }
        let mut at = Some(el.clone());
        while let Some(now) = at {
            if dom::nearest(&now, HIDDEN).is_some() {
                return true;
            }
            at = above_in_another_tree(&now);
        }
        false
    }
}

/// Says that assistive technology is not to see it.
const HIDDEN: &str = "[aria-hidden=true i]";

/// The slot that an element or one of its ancestors in the same tree is assigned to, or the host of that tree.
fn above_in_another_tree(el: &Element) -> Option<Element> {
    let mut at: Node = el.clone().into();
    loop {
        if let Some(slot) = dom::slot_of(&at) {
            return Some(slot);
        }
        let parent = at.parent_node()?;
        match parent.node_type() {
            dom::ELEMENT => at = parent,
            _ => return dom::dom_parent(&at),
        }
    }
}
