//! Where the target is on screen: its box, what clips it, and what stands in for a control too small to ring.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, ShadowRoot, Window};

use super::place::Box;
use crate::js;

/// Smallest side of a box worth ringing.
const TINY: f64 = 6.0;

/// An element that is pointed at.
pub(super) struct Aim {
    /// The control itself.
    pub(super) element: Element,
    /// What is ringed: the control, or what the admin sees in its place.
    stand_in: Element,
    /// The words beside a check box or radio button, which the card must not cover either.
    label: Option<Element>,
    /// Whether it opens a list or a menu below itself.
    pub(super) opens: bool,
    /// Ancestors that clip it, inner first.
    clips: Vec<Element>,
}

impl Aim {
    /// Takes aim.
    pub(super) fn at(window: &Window, element: &Element) -> Self {
        let stand_in = seen_instead(window, element);
        let clips = clipping(window, &stand_in);
        let label = Some(&stand_in).filter(|it| ticks(it)).and_then(label_of);
        let opens =
            element.matches("select,[role=combobox],[aria-haspopup],[aria-expanded]").unwrap_or(false);
        Self { element: element.clone(), stand_in, label, opens, clips }
    }

    /// Whether this is still the element, in the page.
    pub(super) fn is(&self, element: &Element) -> bool {
        &self.element == element && self.stand_in.is_connected()
    }

    /// What is ringed.
    pub(super) fn shape(&self) -> &Element {
        &self.stand_in
    }

    /// The whole box.
    pub(super) fn whole(&self) -> Box {
        box_of(&self.stand_in)
    }

    /// The part of the window to keep the card off, where `seen` is what shows of the target.
    pub(super) fn keep_clear(&self, seen: Box) -> Box {
        self.label.as_ref().map_or(seen, |label| seen.with(box_of(label)))
    }

    /// The part of the window in which nothing clips it.
    pub(super) fn opening(&self, view: (f64, f64)) -> Box {
        let window = Box { x: 0.0, y: 0.0, w: view.0, h: view.1 };
        self.clips.iter().fold(window, |left, by| left.clip(box_of(by)))
    }

    /// The part of the box that nothing clips, in a window of this size.
    pub(super) fn visible(&self, view: (f64, f64)) -> Box {
        self.whole().clip(self.opening(view))
    }
}

/// An element's box in the window.
#[inline(never)]
pub(super) fn box_of(element: &Element) -> Box {
    let rect = element.get_bounding_client_rect();
    Box { x: rect.x(), y: rect.y(), w: rect.width(), h: rect.height() }
}

fn tiny(area: Box) -> bool {
    area.w < TINY || area.h < TINY
}

/// Portals draw check boxes and radio buttons with a span and hide the real input under it: ring what is seen.
fn seen_instead(window: &Window, element: &Element) -> Element {
    let transparent = || style_of(window, element).is_some_and(|style| value(&style, "opacity") == "0");
    if element.local_name() != "input" || !(tiny(box_of(element)) || transparent()) {
        return element.clone();
    }
    let parent = element.parent_element();
    label_of(element).or(parent).filter(|other| !tiny(box_of(other))).unwrap_or_else(|| element.clone())
}

fn ticks(element: &Element) -> bool {
    element.matches("input[type=checkbox],input[type=radio]").unwrap_or(false)
}

/// The label around the input, or the one right after it that names it. (`labels` would rescan the document after
/// every insertion.)
fn label_of(element: &Element) -> Option<Element> {
    if let Ok(Some(label)) = element.closest("label") {
        return Some(label);
    }
    let id = js::text(element, "id");
    let next = element.next_element_sibling()?;
    (!id.is_empty() && next.get_attribute("for").as_deref() == Some(&id)).then_some(next)
}

/// The ancestors that cut the element off, following the boxes it is laid out in.
fn clipping(window: &Window, element: &Element) -> Vec<Element> {
    let mut out = Vec::new();
    let mut position = style_of(window, element).map(|style| value(&style, "position")).unwrap_or_default();
    let mut at = parent(element);
    while let Some(ancestor) = at {
        if position == "fixed" {
            break;
        }
        at = parent(&ancestor);
        let Some(style) = style_of(window, &ancestor) else { continue };
        let its = value(&style, "position");
        // An absolute box is not clipped by a static ancestor between it and the box it is placed in.
        if position == "absolute" && its == "static" {
            continue;
        }
        position = its;
        // The root's overflow is the window's.
        if at.is_some() && value(&style, "overflow-x") != "visible" || value(&style, "overflow-y") == "scroll"
        {
            out.push(ancestor);
        }
    }
    out
}

/// The parent in the tree as laid out: slot, shadow host, element.
#[inline(never)]
fn parent(element: &Element) -> Option<Element> {
    if let Some(slot) = element.assigned_slot() {
        return Some(slot.into());
    }
    element.parent_element().or_else(|| Some(element.parent_node()?.dyn_into::<ShadowRoot>().ok()?.host()))
}

#[inline(never)]
fn style_of(window: &Window, element: &Element) -> Option<CssStyleDeclaration> {
    window.get_computed_style(element).ok().flatten()
}

#[inline(never)]
fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}
