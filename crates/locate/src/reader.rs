//! The page in bulk: which text stands where, kept up to date by mutations. The reading is done by `js/reader.js`, in
//! one call for thousands of nodes; here is its face.

use std::cell::RefCell;

use js_sys::{Array, Function, JsString};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

/// The attributes that are indexed by their text.
pub(crate) const ATTRIBUTES: &[&str] = &["aria-label", "title", "alt", "placeholder"];

#[wasm_bindgen(module = "/js/reader.js")]
extern "C" {
    type Reader;
    #[wasm_bindgen(constructor)]
    fn new(document: &Document) -> Reader;
    #[wasm_bindgen(method)]
    fn tell(this: &Reader, changed: &Function);
    #[wasm_bindgen(method)]
    fn drop(this: &Reader);
    #[wasm_bindgen(method)]
    fn work(this: &Reader, budget: f64) -> bool;
    #[wasm_bindgen(method)]
    fn settle(this: &Reader) -> u32;
    #[wasm_bindgen(method)]
    fn parts(this: &Reader, wanted: &str) -> Array;
    #[wasm_bindgen(method)]
    fn reach(this: &Reader, wanted: &Array, selector: &JsString, scope: Option<&Element>) -> Array;
    #[wasm_bindgen(method)]
    fn holding(this: &Reader, wanted: &str) -> Array;
    #[wasm_bindgen(method)]
    fn like(this: &Reader, wanted: &Array) -> Array;
    #[wasm_bindgen(method, js_name = labelsOf)]
    fn labels_of(this: &Reader, el: &Element) -> Array;
    #[wasm_bindgen(method)]
    fn select(this: &Reader, selector: &str, scope: Option<&Element>) -> Array;
    #[wasm_bindgen(method)]
    fn generates(this: &Reader, el: &Element) -> bool;
    #[wasm_bindgen(method)]
    fn generated(this: &Reader) -> Option<Array>;
}

/// The index of one document, for as long as it is kept.
pub(crate) struct Index {
    reader: Reader,
    /// The last question as JavaScript's strings: the next one is often the same.
    asked: RefCell<Asked>,
}

#[derive(Default)]
struct Asked {
    texts: Vec<String>,
    selector: String,
    strings: Array,
    string: JsString,
}

impl Index {
    pub(crate) fn new(document: &Document) -> Self {
        Self { reader: Reader::new(document), asked: RefCell::default() }
    }

    pub(crate) fn on_change(&mut self, tell: &Function) {
        self.reader.tell(tell);
    }

    /// Brings the index up to date within `budget` milliseconds; answers whether it is.
    pub(crate) fn work(&self, budget: f64) -> bool {
        self.reader.work(budget)
    }

    /// Everything at once, for a question that cannot wait; answers how many roots there are: the document and every open
    /// shadow root.
    pub(crate) fn settle(&self) -> u32 {
        self.reader.settle()
    }

    /// Nodes of which at least one takes part in every name that is this text.
    pub(crate) fn parts_of(&self, wanted: &str) -> Vec<Node> {
        listed(&self.reader.parts(wanted))
    }

    /// Elements that fit the selector and whose name one of those nodes can be part of.
    pub(crate) fn reach(&self, wanted: &[String], selector: &str, scope: Option<&Element>) -> Vec<Element> {
        let mut asked = self.asked.borrow_mut();
        if asked.texts != wanted || asked.selector != selector {
            *asked = Asked {
                texts: wanted.to_vec(),
                selector: selector.to_owned(),
                strings: strings(wanted),
                string: selector.into(),
            };
        }
        listed(&self.reader.reach(&asked.strings, &asked.string, scope))
    }

    /// The elements with an attribute that is this text, and the text nodes.
    pub(crate) fn holding(&self, wanted: &str) -> Vec<Node> {
        listed(&self.reader.holding(wanted))
    }

    /// Text nodes in which one of the texts can begin, letter case aside.
    pub(crate) fn like(&self, wanted: &[String]) -> Vec<Node> {
        listed(&self.reader.like(&strings(wanted)))
    }

    /// The labels of a control.
    pub(crate) fn labels_of(&self, el: &Element) -> Vec<Element> {
        listed(&self.reader.labels_of(el))
    }

    /// What fits a selector inside the scope or the document, and in every open shadow root below. An invalid selector
    /// fits nothing.
    pub(crate) fn select(&self, selector: &str, scope: Option<&Element>) -> Vec<Element> {
        listed(&self.reader.select(selector, scope))
    }

    /// Whether a style puts text before, after or in place of an element's own.
    pub(crate) fn generates(&self, el: &Element) -> bool {
        self.reader.generates(el)
    }

    /// The values of `content` in all style sheets, unless they are those of the last time.
    pub(crate) fn generated(&self) -> Option<Array> {
        self.reader.generated()
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.reader.drop();
    }
}

fn strings(texts: &[String]) -> Array {
    let strings = Array::new();
    for text in texts {
        strings.push(&JsValue::from_str(text));
    }
    strings
}

fn listed<T: JsCast>(list: &Array) -> Vec<T> {
    let mut found = Vec::new();
    for at in 0..list.length() {
        found.push(list.get(at).unchecked_into());
    }
    found
}
