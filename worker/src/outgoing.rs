//! Requests of our own: to Microsoft, to a vendor's domain, to our objects and files. Made with the platform's types: the
//! crate's own description of a request can say far more, and its code would be a fiftieth of the Worker.

use handrail_credential::Secret;
use worker::wasm_bindgen::JsValue;
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::worker_sys::web_sys;
use worker::{Request, Result};

use crate::later::{Later, Number};

#[wasm_bindgen(module = "/js/ask.js")]
extern "C" {
    /// Calls `answered` with the number, and the status, the headers that were wanted and the body of each.
    #[wasm_bindgen(js_name = ask)]
    fn ask_outside(number: u32, questions: &str, wanted: &str, most: u32, answered: &JsValue);
}

/// Between the parts of a question or an answer, and between questions or answers: a text less is a call less over the
/// border. As in `ask.js`.
const UNIT: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// A question to the world.
pub(crate) struct Question<'a> {
    pub(crate) method: &'static str,
    pub(crate) url: &'a str,
    /// Names and values.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Option<&'a str>,
}

/// What was answered.
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// The headers that were wanted, in that order; empty for one that is not there.
    pub(crate) told: Vec<String>,
    /// The body, up to the length that was asked for; what is no UTF-8 is replaced.
    pub(crate) body: Secret,
}

/// Asks the world one thing.
pub(crate) async fn ask(question: Question<'_>, most: usize) -> Result<Reply> {
    let one = wave([question].into_iter()).ok_or("no part of a question has a control character")?;
    ask_all(&one, &[], most).await.into_iter().next().flatten().ok_or_else(|| "no answer".into())
}

/// Asks all of a [`wave`] at the same time and waits ten seconds at most; `None` for each that was not answered. No redirect
/// is followed. `most` are the bytes of an answer's body that are read.
pub(crate) async fn ask_all(questions: &Secret, wanted: &[&str], most: usize) -> Vec<Option<Reply>> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let names = wanted.join("\u{1f}");
    // EXPOSE: over the border, where it becomes the requests.
    let begin = |Number { number, answered }: Number<'_>| {
        ask_outside(number, questions.expose(), &names, most, answered);
    };
    // Tokens are in it: wiped.
    let answers = Secret::new(String::from_utf8(Later::begin(begin).await).unwrap_or_default());
    // EXPOSE: taken apart into secrets.
    answers.expose().split(RECORD).map(|one| read(one, wanted.len())).collect()
}

/// Questions as one text; `None` when a part of one could be taken for more than one. Values may hold tokens.
pub(crate) fn wave<'a>(questions: impl Iterator<Item = Question<'a>>) -> Option<Secret> {
    let mut text = String::with_capacity(1024);
    let mut whole = true;
    for (at, question) in questions.enumerate() {
        if at > 0 {
            text.push(RECORD);
        }
        let parts = [question.method, question.url, question.body.unwrap_or_default()];
        let named = question.headers.iter().flat_map(|(name, value)| [*name, *value]);
        for (at, part) in parts.into_iter().chain(named).enumerate() {
            whole &= !part.bytes().any(|b| matches!(b, 0x1e | 0x1f));
            if at > 0 {
                text.push(UNIT);
            }
            text.push_str(part);
        }
    }
    let text = Secret::new(text);
    whole.then_some(text)
}

/// An answer of a wave: status, so many headers, and the body, in which anything may stand.
fn read(one: &str, wanted: usize) -> Option<Reply> {
    let mut parts = one.splitn(wanted + 2, UNIT);
    let status = parts.next()?.parse().ok()?;
    let told: Vec<String> = parts.by_ref().take(wanted).map(str::to_owned).collect();
    Some(Reply { status, told, body: Secret::from(parts.next()?) })
}

/// A request to an object or to our files; it follows no redirect.
pub(crate) fn request(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Result<Request> {
    let list = web_sys::Headers::new()?;
    for (name, value) in headers {
        list.set(name, value)?;
    }
    let init = web_sys::RequestInit::new();
    init.set_method(method);
    init.set_headers(&list);
    init.set_redirect(web_sys::RequestRedirect::Manual);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    Ok(web_sys::Request::new_with_str_and_init(url, &init)?.into())
}

#[cfg(test)]
mod tests {
    use super::{Question, read, wave};

    fn get(url: &str) -> Question<'_> {
        Question { method: "GET", url, headers: &[("accept", "application/json")], body: None }
    }

    #[test]
    fn a_wave_is_one_text_and_no_part_of_it_can_be_two() {
        let text = wave([get("https://a/"), get("https://b/")].into_iter()).unwrap();
        let one = |url: &str| format!("GET\u{1f}{url}\u{1f}\u{1f}accept\u{1f}application/json");
        // EXPOSE: a made-up question.
        assert_eq!(text.expose(), [one("https://a/"), one("https://b/")].join("\u{1e}"));
        for url in ["https://a/\u{1f}", "https://a/\u{1e}GET"] {
            assert!(wave([get(url)].into_iter()).is_none(), "{url:?}");
        }
    }

    #[test]
    fn answers_are_taken_apart_and_one_that_did_not_come_is_none() {
        let shown = |one: &str| {
            // EXPOSE: a made-up answer.
            read(one, 2).map(|r| format!("{} {} {}", r.status, r.told.join("|"), r.body.expose()))
        };
        assert_eq!(shown("200\u{1f}\u{1f}x\u{1f}one"), Some("200 |x one".to_owned()));
        assert_eq!(shown("404\u{1f}7\u{1f}\u{1f}t\u{1f}w"), Some("404 7| t\u{1f}w".to_owned()));
        assert_eq!(shown("200\u{1f}\u{1f}\u{1f}"), Some("200 | ".to_owned()));
        for nothing in ["", "200", "200\u{1f}x", "x\u{1f}\u{1f}\u{1f}one"] {
            assert_eq!(shown(nothing), None, "{nothing:?}");
        }
    }
}
