//! What is shown: rendered, visible, not hidden from assistive technology. Asks the page's style, so it is the
//! dear part of every search and comes last.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, Node, Window};

use crate::css_content;
use crate::dom::{self, tag};

/// Looks at computed styles of one window's document.
pub(crate) struct Eyes {
    window: Option<Window>,
}

/// Contents of these are never shown as text.
pub(crate) fn is_ignored(tag: &str) -> bool {
    matches!(tag, "script" | "style" | "noscript" | "template")
}

impl Eyes {
    pub(crate) const fn new(window: Option<Window>) -> Self {
        Self { window }
    }

    pub(crate) fn style(&self, el: &Element) -> Option<CssStyleDeclaration> {
        self.window.as_ref()?.get_computed_style(el).ok().flatten()
    }

    /// One computed property; empty if there is no style.
    pub(crate) fn computed(&self, el: &Element, property: &str) -> String {
        self.style(el).and_then(|s| s.get_property_value(property).ok()).unwrap_or_default()
    }

    /// The text of `::before` or `::after`, with the spaces its box puts around it.
    pub(crate) fn generated(&self, el: &Element, pseudo: &str) -> Option<String> {
        let style = self.window.as_ref()?.get_computed_style_with_pseudo_elt(el, pseudo).ok().flatten()?;
        let content = style.get_property_value("content").ok()?;
        if matches!(content.as_str(), "" | "none" | "normal" | "\"\"") {
            return None;
        }
        let display = style.get_property_value("display").ok()?;
        if display == "none" || style.get_property_value("visibility").ok()? != "visible" {
            return None;
        }
        let text = css_content::text(&content, el);
        Some(if display == "inline" { text } else { crate::text::join(&[" ", &text, " "]) })
    }

    /// What replaces the element's own content, when its `content` is an image with an alternative text.
    pub(crate) fn replaced(&self, style: &CssStyleDeclaration, el: &Element) -> Option<String> {
        let content = style.get_property_value("content").ok()?;
        if matches!(content.as_str(), "" | "none" | "normal") || !content.as_bytes().contains(&b'/') {
            return None;
        }
        Some(css_content::text(&content, el))
    }

    /// Whether assistive technology does not see it: not rendered, `visibility`, or `aria-hidden` on it or above.
    pub(crate) fn hidden(&self, el: &Element) -> bool {
        self.unseen(el) || aria_hidden(el)
    }

    /// Whether it is rendered and only `visibility` hides it: what is inside may be visible again.
    pub(crate) fn only_veiled(&self, el: &Element) -> bool {
        dom::live(el).check_visibility() && self.computed(el, "visibility") != "visible" && !aria_hidden(el)
    }

    /// Whether it is not rendered or not visible.
    pub(crate) fn unseen(&self, el: &Element) -> bool {
        let name = tag(el);
        if is_ignored(&name) || !el.is_connected() {
            return true;
        }
        match name.as_str() {
            // An option has a box only while its list is open, an area never has one.
            "option" | "optgroup" => {
                if let Some(list) = dom::closest(el, &["select", "datalist"]) {
                    return self.unseen(&list) || self.computed(el, "display") == "none";
                }
            }
            "area" | "map" => {
                return dom::dom_parent(el).is_some_and(|p| self.unseen(&p));
            }
            _ => {}
        }
        if dom::live(el).check_visibility() {
            return self.computed(el, "visibility") != "visible";
        }
        match self.computed(el, "display").as_str() {
            // Without a box of its own, it is seen if anything in it is; a slot through what is assigned to it.
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
                return self.computed(el, "visibility") == "visible";
            }
            if self.computed(&now, "display") != "contents" {
                return false;
            }
            at = dom::flat_parent(&now);
        }
        false
    }
}

/// Whether it or anything above it in the flat tree says `aria-hidden="true"`.
fn aria_hidden(el: &Element) -> bool {
    let mut at = Some(el.clone());
    while let Some(now) = at {
        if dom::attr_is(&now, "aria-hidden", "true") {
            return true;
        }
        at = dom::flat_parent(&now);
    }
    false
}
