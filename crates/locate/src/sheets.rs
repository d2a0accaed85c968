//! The texts that style sheets put before and after elements, as far as the sheets can be read. A name may begin or end
//! with one of them, and no text node holds it.
//!
//! Read only when a search by text found nothing, and again only when the number of sheets or rules has changed.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

use crate::{css_content, text};

/// Rules read at most: beyond, what sheets generate counts as unknown and every element is looked at.
const MAX_RULES: u32 = 20_000;

/// Shadow roots whose sheets are counted with each search that found nothing, in turn: about a microsecond each.
const ROOTS_PER_LOOK: usize = 16;

#[wasm_bindgen]
extern "C" {
    /// A document or shadow root seen as the owner of style sheets, a sheet, or a rule.
    type Styled;
    #[wasm_bindgen(method, getter = styleSheets)]
    fn sheets(this: &Styled) -> JsValue;
    #[wasm_bindgen(method, getter = adoptedStyleSheets)]
    fn adopted(this: &Styled) -> JsValue;
    #[wasm_bindgen(method, getter, catch)]
    fn length(this: &Styled) -> Result<Option<u32>, JsValue>;
    #[wasm_bindgen(method, getter = cssRules, catch)]
    fn rules(this: &Styled) -> Result<Option<Styled>, JsValue>;
    #[wasm_bindgen(method)]
    fn item(this: &Styled, at: u32) -> Option<Styled>;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Styled) -> Option<Styled>;
    #[wasm_bindgen(method, getter)]
    fn content(this: &Styled) -> Option<String>;
}

/// What the sheets of all known roots generate.
#[derive(Default)]
pub(crate) struct Sheets {
    texts: RefCell<Texts>,
}

#[derive(Default)]
struct Texts {
    /// Rules of each root when they were last read, by the root's number.
    counted: Vec<u32>,
    next: usize,
    known: Vec<String>,
    /// A text that depends on an attribute, or more rules than are read.
    unknown: bool,
}

/// What is left of a wanted text when generated texts are taken off its ends.
pub(crate) enum Rest {
    /// Any of these; may be empty.
    Middles(Vec<String>),
    /// Nothing can be said: generated text may be all of it.
    Unknown,
}

impl Sheets {
    /// The texts an element's own content could be, if generated texts make it the wanted one.
    pub(crate) fn rest_of(&self, roots: &[Node], wanted: &str) -> Rest {
        let mut texts = self.texts.borrow_mut();
        if texts.is_outdated(roots) {
            texts.read(roots);
        }
        if texts.unknown {
            return Rest::Unknown;
        }
        let mut middles: Vec<String> = Vec::new();
        let mut todo = vec![wanted.to_owned()];
        while let Some(now) = todo.pop() {
            for known in &texts.known {
                for rest in [now.strip_prefix(known.as_str()), now.strip_suffix(known.as_str())] {
                    let Some(rest) = rest.map(text::trim) else { continue };
                    if rest.is_empty() {
                        return Rest::Unknown;
                    }
                    if !middles.iter().any(|m| m == rest) {
                        middles.push(rest.to_owned());
                        todo.push(rest.to_owned());
                    }
                }
            }
        }
        Rest::Middles(middles)
    }
}

impl Texts {
    fn is_outdated(&mut self, roots: &[Node]) -> bool {
        let known = self.counted.len();
        if known != roots.len() {
            return true;
        }
        let look = |number: usize| roots.get(number).map(count) == self.counted.get(number).copied();
        let from = self.next.max(1);
        let to = known.min(from + ROOTS_PER_LOOK);
        let same = look(0) && (from..to).all(look);
        self.next = if to == known { 1 } else { to };
        !same
    }

    fn read(&mut self, roots: &[Node]) {
        *self = Self::default();
        let mut left = MAX_RULES;
        for root in roots {
            self.counted.push(count(root));
            for sheet in sheets_of(root) {
                if let Ok(Some(rules)) = sheet.unchecked_ref::<Styled>().rules() {
                    self.rules(&rules, &mut left);
                }
            }
        }
        self.unknown |= left == 0;
    }

    fn rules(&mut self, rules: &Styled, left: &mut u32) {
        for at in 0..length(rules) {
            if *left == 0 {
                return;
            }
            *left -= 1;
            let Some(rule) = rules.item(at) else { return };
            if let Some(content) = rule.style().and_then(|s| s.content()).filter(|c| !c.is_empty()) {
                self.unknown |= text::contains(&content, "attr(");
                let generated = text::normalise(&css_content::fixed_text(&content));
                if !generated.is_empty() && !self.known.contains(&generated) {
                    self.known.push(generated);
                }
            }
            if let Ok(Some(inner)) = rule.rules() {
                self.rules(&inner, left);
            }
        }
    }
}

fn length(list: &Styled) -> u32 {
    list.length().ok().flatten().unwrap_or(0)
}

fn sheets_of(root: &Node) -> Vec<JsValue> {
    let root: &Styled = root.unchecked_ref();
    let mut found = Array::from(&root.sheets()).to_vec();
    found.append(&mut Array::from(&root.adopted()).to_vec());
    found
}

/// Sheets and their top rules, counted; enough to notice a new one.
fn count(root: &Node) -> u32 {
    let styled: &Styled = root.unchecked_ref();
    if length(styled.sheets().unchecked_ref()) + length(styled.adopted().unchecked_ref()) == 0 {
        return 0;
    }
    let mut sum = 1;
    for sheet in sheets_of(root) {
        let rules = sheet.unchecked_ref::<Styled>().rules().ok().flatten();
        sum += 1000 + rules.map_or(0, |r| length(&r));
    }
    sum
}
