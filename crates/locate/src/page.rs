//! What the parts of the engine share: eyes for styles, the index for texts.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, ShadowRoot};

use crate::dom;
use crate::hidden::Eyes;
use crate::index::Index;
#[cfg(feature = "sheets")]
use crate::sheets::Sheets;

/// One document as the engine knows it.
pub(crate) struct Page {
    pub(crate) document: Document,
    pub(crate) eyes: Eyes,
    pub(crate) index: Index,
    #[cfg(feature = "sheets")]
    pub(crate) sheets: Sheets,
}

impl Page {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            document: document.clone(),
            eyes: Eyes::new(document.default_view()),
            index: Index::new(document),
            #[cfg(feature = "sheets")]
            sheets: Sheets::default(),
        }
    }

    /// Brings everything up to date.
    pub(crate) fn settle(&mut self) {
        self.index.settle();
        self.eyes.expect_shadows(self.index.roots().len() > 1);
    }

    /// The document and every open shadow root, or the scope and every one below it.
    pub(crate) fn roots(&self, scope: Option<&Element>) -> Vec<Node> {
        let known = self.index.roots().iter().filter(|root| root.is_connected());
        match scope {
            None => known.cloned().collect(),
            Some(scope) => {
                let below = known.filter(|root| {
                    root.dyn_ref::<ShadowRoot>()
                        .is_some_and(|r| dom::same(&r.host(), scope) || inside(&r.host(), scope))
                });
                std::iter::once(scope.clone().into()).chain(below.cloned()).collect()
            }
        }
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
