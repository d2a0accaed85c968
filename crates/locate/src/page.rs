//! What the parts of the engine share: eyes for styles, the index for texts.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, ShadowRoot};

use crate::dom;
use crate::hidden::Eyes;
use crate::reader::Index;
use crate::sheets::Sheets;

/// One document as the engine knows it.
pub(crate) struct Page {
    pub(crate) eyes: Eyes,
    pub(crate) index: Index,
    pub(crate) sheets: Sheets,
}

impl Page {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            eyes: Eyes::new(document.default_view()),
            index: Index::new(document),
            sheets: Sheets::default(),
        }
    }

    /// Brings everything up to date.
    pub(crate) fn settle(&self) {
        self.eyes.expect_shadows(self.index.settle() > 1);
    }
}

/// Whether an element is below the scope, through shadow roots; an element is not inside itself.
pub(crate) fn inside(el: &Element, scope: &Element) -> bool {
    if dom::same(el, scope) {
        return false;
    }
    let mut at: Node = el.clone().into();
    loop {
        if scope.contains(Some(&at)) {
            return true;
        }
        let root = at.get_root_node();
        match root.dyn_ref::<ShadowRoot>() {
            Some(shadow) => at = shadow.host().into(),
            None => return false,
        }
    }
}
