//! The words as the browser says them: `js/words.js` has the language's file and Mozilla's library.

use wasm_bindgen::prelude::*;

use crate::Arg;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = handrailText)]
    fn handrail_text(asked: &str) -> String;
}

/// Stands between the name of a message and its arguments' names and values; no text of a page holds it.
const BREAK: char = '\u{1f}';
/// Stands before the value that is a number.
const NUMBER: char = '\u{1e}';

/// Everything goes over the border as one text: half the code of a list of values.
#[inline(never)]
pub(crate) fn say(id: &str, args: &[(&str, Arg<'_>)]) -> String {
    let mut asked = id.to_owned();
    for (name, value) in args {
        asked.push(BREAK);
        asked.push_str(name);
        asked.push(BREAK);
        match value {
            Arg::Text(text) => asked.extend(text.chars().filter(|c| *c != BREAK && *c != NUMBER)),
            Arg::Number(number) => {
                asked.push(NUMBER);
                asked.push_str(&number.to_string());
            }
        }
    }
    handrail_text(&asked)
}
