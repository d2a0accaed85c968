//! What the background asks for, and what the agent answers: the two sides of the port.
//!
//! The messages are small flat objects that are read field by field. A field that is missing or of another kind is
//! empty: the agent must not fall over an older or newer background.

use handrail_locate::{By, How, Query};
use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::js;

/// A message from the background.
pub(crate) enum Order {
    /// Look for these controls and report what changes.
    Watch(Watch),
    /// Put ring and card there.
    Show(Show),
    /// No ring, no card.
    Clear,
    /// Say who you are again: the background was started anew.
    Wake,
    /// Leave without trace.
    Bye,
}

impl Order {
    /// Reads a message; `None` for what this agent does not know.
    pub(crate) fn read(message: &JsValue) -> Option<Self> {
        Some(match js::text(message, "k").as_str() {
            "watch" => Self::Watch(Watch::read(message)),
            "show" => Self::Show(Show::read(message)),
            "clear" => Self::Clear,
            "wake" => Self::Wake,
            "bye" => Self::Bye,
            _ => return None,
        })
    }
}

/// The controls to look for.
pub(crate) struct Watch {
    /// Number of this list; reports carry it back.
    pub(crate) turn: f64,
    /// The controls.
    pub(crate) probes: Vec<Spec>,
}

impl Watch {
    fn read(message: &JsValue) -> Self {
        let list = js::list(message, "probes");
        let probes = (0..list.length()).map(|at| Spec::read(&js::array(list.get(at)))).collect();
        Self { turn: js::number(message, "gen"), probes }
    }
}

/// One control to look for.
pub(crate) struct Spec {
    /// Its number, the same all through the run.
    pub(crate) id: i32,
    /// What is read from it.
    pub(crate) read: Reading,
    /// The control it must be inside of.
    pub(crate) within: Option<i32>,
    /// Ways to find it, best first.
    pub(crate) ways: Vec<Query>,
}

impl Spec {
    fn read(probe: &Array) -> Self {
        let ways = js::array(probe.get(3));
        Self {
            id: whole(&probe.get(0)),
            read: Reading::named(&word(&probe.get(1))),
            within: Some(whole(&probe.get(2))).filter(|id| *id >= 0),
            ways: (0..ways.length()).filter_map(|at| query(&js::array(ways.get(at)))).collect(),
        }
    }
}

/// What is read from a control.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Nothing,
    Text,
    Value,
    Checked,
    /// Role, name, and the attributes its ways name: what a survey of the page may hold. Never a value.
    Look,
}

impl Reading {
    /// By its first letter: whole words would cost more bytes than they tell.
    fn named(name: &str) -> Self {
        match name.as_bytes().first() {
            Some(b't') => Self::Text,
            Some(b'v') => Self::Value,
            Some(b'c') => Self::Checked,
            Some(b'l') => Self::Look,
            _ => Self::Nothing,
        }
    }
}

/// A locator as the plan writes it; one of a kind this agent does not know is left out.
fn query(way: &Array) -> Option<Query> {
    let by = By::parse(&word(&way.get(0)))?;
    let how = How::parse(&word(&way.get(1)))?;
    let texts = (4..way.length()).map(|at| word(&way.get(at))).collect();
    let mut query = Query::new(by, how, texts);
    query.role = word(&way.get(2));
    query.of = word(&way.get(3));
    Some(query)
}

/// What the card says and where it points. The words stay in the message until they are put on the card.
pub(crate) struct Show {
    /// Number of this order; reports carry it back.
    pub(crate) turn: f64,
    /// The control to ring; `None` for a card alone.
    pub(crate) probe: Option<i32>,
    message: JsValue,
}

impl Show {
    fn read(message: &JsValue) -> Self {
        Self {
            turn: js::number(message, "gen"),
            probe: Some(whole(&js::field(message, "probe"))).filter(|id| *id >= 0),
            message: message.clone(),
        }
    }

    /// Words: `title`, `text`, `note`, `copy` (for the clipboard), `copied` (the copy button's word after the press),
    /// `dir` (the directory), `tone` (`normal`, `wrong`, `warn`), `lang`. Empty if there are none.
    pub(crate) fn words(&self, key: &str) -> String {
        js::text(&self.message, key)
    }

    /// Whether the words run from right to left.
    pub(crate) fn rtl(&self) -> bool {
        js::field(&self.message, "rtl").is_truthy()
    }

    /// This step's number and the number of steps.
    pub(crate) fn progress(&self) -> (f64, f64) {
        (js::number(&self.message, "n"), js::number(&self.message, "total"))
    }

    /// `Step 3 of 24`, or `3 / 24`.
    pub(crate) fn count(&self) -> String {
        let given = self.words("count");
        let (step, steps) = self.progress();
        if !given.is_empty() || steps <= 0.0 {
            return given;
        }
        let mut count = js::figure(step);
        count.push_str(" / ");
        count.push_str(&js::figure(steps));
        count
    }

    /// Buttons in order: what they do and their word.
    pub(crate) fn buttons(&self) -> impl Iterator<Item = (String, String)> {
        let list = js::list(&self.message, "buttons");
        (0..list.length()).map(move |at| pair(&js::array(list.get(at))))
    }
}

#[inline(never)]
fn pair(of: &Array) -> (String, String) {
    (word(&of.get(0)), word(&of.get(1)))
}

#[inline(never)]
fn word(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}

/// A small whole number; −1 for anything else.
#[inline(never)]
fn whole(value: &JsValue) -> i32 {
    value.as_f64().map_or(-1, |number| number as i32)
}
