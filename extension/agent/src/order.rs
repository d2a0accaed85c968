//! What the background asks for, and what the agent answers: the two sides of the port.
//!
//! The messages are small flat objects that are read field by field. A field that is missing or of another kind is
//! empty: the agent must not fall over an older or newer background.

use handrail_locate::{By, How, Query};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::js;

/// A message from the background.
pub(crate) enum Order {
    /// Look for these controls and report what changes.
    Watch(Watch),
    /// Put ring and card there.
    Show(Show),
    /// The ringed step is done; a moment of applause.
    Mark,
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
            "mark" => Self::Mark,
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
        let probes = js::list(message, "probes").iter().map(|p| Spec::read(&p.unchecked_into())).collect();
        Self { turn: js::number(message, "gen"), probes }
    }
}

/// One control to look for.
#[derive(Clone, PartialEq)]
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
        Self {
            id: whole(&probe.get(0)),
            read: Reading::named(&word(&probe.get(1))),
            within: Some(whole(&probe.get(2))).filter(|id| *id >= 0),
            ways: Array::from(&probe.get(3)).iter().filter_map(|way| query(&way.unchecked_into())).collect(),
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
}

impl Reading {
    fn named(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "value" => Self::Value,
            "checked" => Self::Checked,
            _ => Self::Nothing,
        }
    }
}

/// A locator as the plan writes it; one of a kind this agent does not know is left out.
fn query(way: &Array) -> Option<Query> {
    let by = By::parse(&word(&way.get(0)))?;
    let how = How::parse(&word(&way.get(1)))?;
    let texts = way.iter().skip(4).filter_map(|text| text.as_string()).collect();
    let mut query = Query::new(by, how, texts);
    query.role = word(&way.get(2));
    query.of = word(&way.get(3));
    Some(query)
}

/// What the card says and where it points.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Show {
    /// Number of this order; reports carry it back.
    pub(crate) turn: f64,
    /// The control to ring; `None` for a card alone.
    pub(crate) probe: Option<i32>,
    /// This step's number.
    pub(crate) step: f64,
    /// Number of steps.
    pub(crate) steps: f64,
    /// `Step 3 of 24`.
    pub(crate) count: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) note: String,
    /// `normal`, `wrong`, `warn` or `done`.
    pub(crate) tone: String,
    /// The text to put on the clipboard.
    pub(crate) copy: String,
    /// The word of the copy button after it was pressed.
    pub(crate) copied: String,
    /// Buttons: what they do and their word.
    pub(crate) buttons: Vec<(String, String)>,
    /// The directory, as a line.
    pub(crate) directory: String,
    /// Language of the words.
    pub(crate) lang: String,
    /// Whether the words run from right to left.
    pub(crate) rtl: bool,
}

impl Show {
    fn read(message: &JsValue) -> Self {
        let text = |key| js::text(message, key);
        let (step, steps) = (js::number(message, "n"), js::number(message, "total"));
        let mut count = text("count");
        if count.is_empty() && steps > 0.0 {
            count = [figure(step), figure(steps)].join(" / ");
        }
        let buttons = js::list(message, "buttons").iter().map(|b| pair(&b.unchecked_into())).collect();
        Self {
            turn: js::number(message, "gen"),
            probe: Some(whole(&js::field(message, "probe"))).filter(|id| *id >= 0),
            step,
            steps,
            count,
            title: text("title"),
            text: text("text"),
            note: text("note"),
            tone: text("tone"),
            copy: text("copy"),
            copied: text("copied"),
            buttons,
            directory: text("dir"),
            lang: text("lang"),
            rtl: js::field(message, "rtl").is_truthy(),
        }
    }
}

fn pair(of: &Array) -> (String, String) {
    (word(&of.get(0)), word(&of.get(1)))
}

fn word(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}

/// A small whole number; −1 for anything else.
fn whole(value: &JsValue) -> i32 {
    value.as_f64().map_or(-1, |number| number as i32)
}

/// A small whole number in figures.
fn figure(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}
