//! Words that go to the browser and come back again and again. Each becomes a JavaScript string once, and what comes
//! back is recognised without being copied: turning strings over costs more than most questions they ask.

use std::cell::RefCell;

use js_sys::JsString;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Tags and style keywords that are told apart anywhere; everything else is the empty word.
const KNOWN: &[&str] = &[
    "a",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "blockquote",
    "br",
    "button",
    "caption",
    "circle",
    "code",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "ellipse",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "foreignObject",
    "form",
    "frame",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hand-rail",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "image",
    "img",
    "input",
    "ins",
    "label",
    "legend",
    "li",
    "line",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meter",
    "nav",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "path",
    "polygon",
    "polyline",
    "progress",
    "rect",
    "s",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
    "use",
    "video",
    // Style keywords.
    "none",
    "normal",
    "inline",
    "contents",
    "visible",
];

#[wasm_bindgen(module = "/js/reader.js")]
extern "C" {
    /// A map from strings to places in [`KNOWN`].
    #[wasm_bindgen(js_name = Map)]
    type Places;
    /// Of words, a space after each. One call for all of them: the first question waits for it.
    fn places(words: &str) -> Places;
    #[wasm_bindgen(method)]
    fn get(this: &Places, key: &JsValue) -> Option<u32>;
}

/// Places for words; twice the words there are, so that a free one is near.
const PLACES: usize = 128;

thread_local! {
    static PLACE_OF: Places = places(&all_known());
    static STRINGS: RefCell<Vec<Option<(&'static str, JsString)>>> = RefCell::new(vec![None; PLACES]);
}

/// [`KNOWN`], a space after each.
fn all_known() -> String {
    let mut all = String::new();
    for word in KNOWN {
        all.push_str(word);
        all.push(' ');
    }
    all
}

/// The word a JavaScript string is, if it is one of those that are told apart; else the empty word.
pub(crate) fn known(value: &JsValue) -> &'static str {
    let place = PLACE_OF.with(|places| places.get(value));
    place.and_then(|place| KNOWN.get(place as usize)).copied().unwrap_or("")
}

/// A word as a JavaScript string, made once.
pub(crate) fn with<T>(word: &'static str, using: impl FnOnce(&JsString) -> T) -> T {
    STRINGS.with(|strings| {
        let place = find(&mut strings.borrow_mut(), word);
        match strings.borrow().get(place) {
            Some(Some((_, string))) => using(string),
            _ => using(&JsString::from(word)),
        }
    })
}

/// The word's place; beyond the end when there is none left.
fn find(strings: &mut [Option<(&'static str, JsString)>], word: &'static str) -> usize {
    let mut place = (word.as_ptr() as usize >> 1).wrapping_mul(31) % PLACES;
    for _ in 0..PLACES {
        match strings.get_mut(place) {
            Some(Some((other, _))) if std::ptr::eq(*other, word) => return place,
            Some(empty @ None) => {
                *empty = Some((word, JsString::from(word)));
                return place;
            }
            _ => place = (place + 1) % PLACES,
        }
    }
    PLACES
}
