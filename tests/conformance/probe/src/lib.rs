//! The location engine for a page's own script: what the conformance runs and the benchmark call.
//!
//! Ships nowhere. States come as text, `""` for "do not ask", because a flat border is the same in both builds.

use handrail_locate::{By, Checked, Engine, Found, How, Query, States};
use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Element};

/// An engine and the query it is asked again and again.
#[wasm_bindgen]
pub struct Probe {
    engine: Engine,
    query: Query,
}

#[wasm_bindgen]
impl Probe {
    /// An engine for this document.
    #[wasm_bindgen(constructor)]
    pub fn new(document: &Document) -> Self {
        let query = Query::new(By::Role, How::Exact, Vec::new());
        Self { engine: Engine::new(document), query }
    }

    /// The role.
    pub fn role(&mut self, el: &Element) -> String {
        self.engine.role(el)
    }

    /// The accessible name.
    pub fn name(&mut self, el: &Element) -> String {
        self.engine.name(el)
    }

    /// Sets the query: kind, comparison, role, `of`, texts.
    pub fn ask(&mut self, by: &str, how: &str, role: &str, of: &str, texts: Vec<String>) {
        self.query =
            Query::new(By::parse(by).unwrap_or(By::Role), How::parse(how).unwrap_or_default(), texts);
        role.clone_into(&mut self.query.role);
        of.clone_into(&mut self.query.of);
    }

    /// Sets the states asked for.
    pub fn states(
        &mut self,
        checked: &str,
        pressed: &str,
        selected: &str,
        expanded: &str,
        level: u32,
        disabled: &str,
    ) {
        self.query.states = States {
            checked: tri(checked),
            pressed: tri(pressed),
            selected: yes_no(selected),
            expanded: yes_no(expanded),
            level: (level > 0).then_some(level),
            disabled: yes_no(disabled),
        };
    }

    /// All matches.
    #[wasm_bindgen(js_name = all)]
    pub fn all(&mut self, scope: Option<Element>, include_hidden: bool) -> Array {
        let found = self.engine.find_all(&self.query, scope.as_ref(), include_hidden);
        found.iter().collect()
    }

    /// The one match, a number (0 none, -1 hidden, else how many).
    pub fn one(&mut self, scope: Option<Element>) -> wasm_bindgen::JsValue {
        match self.engine.find(&self.query, scope.as_ref()) {
            Found::One(el) => el.into(),
            Found::None => 0.into(),
            Found::Hidden(_) => (-1).into(),
            Found::Ambiguous(n) => n.into(),
        }
    }

    /// Brings the index up to date; answers whether it is.
    pub fn work(&mut self, budget: f64) -> bool {
        self.engine.work(budget)
    }

    /// Text, value and state of an element, for tests of reading.
    pub fn read(&mut self, el: &Element, what: &str) -> String {
        match what {
            "text" => self.engine.read_text(el),
            "value" => self.engine.read_value(el),
            _ => self.engine.read_checked(el),
        }
    }

    /// Whether a person can see it.
    pub fn visible(&mut self, el: &Element) -> bool {
        self.engine.visible(el)
    }
}

fn tri(word: &str) -> Option<Checked> {
    match word {
        "true" => Some(Checked::True),
        "false" => Some(Checked::False),
        "mixed" => Some(Checked::Mixed),
        _ => None,
    }
}

fn yes_no(word: &str) -> Option<bool> {
    tri(word).map(|state| state == Checked::True)
}
