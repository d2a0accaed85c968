//! Answers: JSON and HTML with the headers that every one of them carries, and the refusals with their words.

use handrail_handover::json::tree_of;
use handrail_handover::refusal;
use serde::Serialize;
use serde_json::{Value, json};
use worker::worker_sys::web_sys;
use worker::{Headers, Response, ResponseBuilder, Result};

use crate::asked;
use crate::spoken::Spoken;

/// Why a request is refused, and the seconds to wait where that helps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    why: handrail_handover::Refusal,
    retry_after: Option<i64>,
}

impl From<handrail_handover::Refusal> for Refusal {
    fn from(why: handrail_handover::Refusal) -> Self {
        own(why)
    }
}

impl Refusal {
    /// With the seconds to wait.
    pub(crate) fn later(self, seconds: u32) -> Self {
        Self { retry_after: Some(i64::from(seconds)), ..self }
    }

    /// Status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.why.status
    }

    /// The seconds to wait, where that helps.
    pub(crate) fn wait(&self) -> Option<i64> {
        self.retry_after
    }

    /// Its code, what is wrong, and what to do.
    pub(crate) fn words(&self) -> (&'static str, &'static str, &'static str) {
        (self.why.code, self.why.what, self.why.next)
    }

    /// The refusal of an object, by its code.
    pub(crate) fn of(code: &str, retry_after: Option<i64>) -> Self {
        let found = refusal::ALL.iter().find(|why| why.code == code);
        Self { retry_after, ..found.map_or(BAD_REQUEST, |why| own(*why)) }
    }
}

const fn own(why: handrail_handover::Refusal) -> Refusal {
    Refusal { why, retry_after: None }
}

macro_rules! own {
    ($($name:ident),*) => { $(pub(crate) const $name: Refusal = own(refusal::$name);)* };
}

own!(
    LINK_REQUIRED,
    NOT_FOUND,
    WRONG_METHOD,
    NOT_JSON,
    FORM_REQUIRED,
    LENGTH_REQUIRED,
    TOO_LARGE,
    BAD_REQUEST,
    BAD_TIME,
    UNKNOWN_CLOUD,
    UNKNOWN_GUIDE,
    TOO_OFTEN,
    NOT_SET_UP,
    FROM_ELSEWHERE,
    INTERNAL
);

/// Puts a named value into an object.
pub(crate) fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(name.to_owned(), value);
    }
}

/// What can be written as JSON.
pub(crate) fn written(value: &impl Serialize) -> std::result::Result<Vec<u8>, Refusal> {
    serde_json::to_vec(value).map_err(|_| INTERNAL)
}

/// What can be written as JSON, as its tree. By way of its text: a second writer for every type would be large.
pub(crate) fn tree(value: &impl Serialize) -> std::result::Result<Value, Refusal> {
    tree_of(&written(value)?).map_err(|_| INTERNAL)
}

/// A refusal as JSON.
pub(crate) fn refuse(refusal: Refusal) -> Result<Response> {
    let (status, retry_after, (code, what, next)) = (refusal.status(), refusal.retry_after, refusal.words());
    let mut error = json!({"code": code, "what": what, "next": next});
    if let Some(seconds) = retry_after {
        put(&mut error, "retry-after", json!(seconds));
    }
    let answer = json_answer(status, &json!({"error": error}))?;
    if let Some(seconds) = retry_after {
        answer.headers().set("retry-after", &seconds.to_string())?;
    }
    Ok(answer)
}

/// JSON with a status, for pages of any origin.
pub(crate) fn json_answer(status: u16, body: &impl Serialize) -> Result<Response> {
    let answer = private_answer(status, body)?;
    open_to_all(answer.headers())?;
    Ok(answer)
}

/// JSON that is written already.
pub(crate) fn json_text(status: u16, text: Vec<u8>) -> Result<Response> {
    let answer = private_text(status, text)?;
    open_to_all(answer.headers())?;
    Ok(answer)
}

/// As [`json_text`], in one call over the border.
pub(crate) fn open_text(status: u16, text: &[u8]) -> Result<web_sys::Response> {
    OPEN_JSON.with(|made| match made {
        Ok(headers) => asked::answer(status, &headers.0, text),
        Err(_) => Err("no headers".into()),
    })
}

/// JSON with a status, for no page of another origin.
pub(crate) fn private_answer(status: u16, body: &impl Serialize) -> Result<Response> {
    private_text(status, serde_json::to_vec(body)?)
}

fn private_text(status: u16, text: Vec<u8>) -> Result<Response> {
    let headers = JSON.with(copied)?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(text))
}

/// A page without scripts, whose forms go to this service.
pub(crate) fn page(status: u16, tag: &str, html: Vec<u8>) -> Result<Response> {
    let headers = html_headers(tag)?;
    headers.set(
        "content-security-policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html))
}

fn html_headers(tag: &str) -> Result<Headers> {
    let headers = common()?;
    headers.set("content-type", "text/html; charset=utf-8")?;
    in_language(&headers, tag)?;
    Ok(headers)
}

/// The language of an answer, and what it was chosen by.
fn in_language(headers: &Headers, tag: &str) -> Result<()> {
    headers.set("content-language", tag)?;
    headers.set("vary", "accept-language")
}

/// JSON that says something to people, in their language.
pub(crate) fn spoken_json(spoken: Spoken) -> Result<Response> {
    let answer = json_text(200, spoken.bytes)?;
    in_language(answer.headers(), &spoken.tag)?;
    Ok(answer)
}

/// The page behind a link: scripts of our own alone, and requests to this Worker and the vendor's domain.
pub(crate) fn link_page(status: u16, html: Spoken, vendor: &str) -> Result<Response> {
    let headers = html_headers(&html.tag)?;
    headers.set("x-robots-tag", "noindex, nofollow")?;
    headers.set(
        "content-security-policy",
        &format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'{vendor}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'"
        ),
    )?;
    headers.set("cross-origin-opener-policy", "same-origin")?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html.bytes))
}

/// To another address of this service.
pub(crate) fn lead_to(path: &str) -> Result<Response> {
    let headers = common()?;
    headers.set("location", path)?;
    Ok(ResponseBuilder::new().with_status(303).with_headers(headers).empty())
}

/// A file of the link page; `tag` where it is in a language that was chosen.
pub(crate) fn asset(kind: &str, bytes: Vec<u8>, tag: Option<&str>) -> Result<Response> {
    let headers = common()?;
    if let Some(tag) = tag {
        in_language(&headers, tag)?;
    }
    headers.set("content-type", kind)?;
    headers.set("cache-control", "public, max-age=300")?;
    headers.set("cross-origin-resource-policy", "same-origin")?;
    Ok(ResponseBuilder::new().with_headers(headers).fixed(bytes))
}

/// The answer to a preflight.
pub(crate) fn preflight() -> Result<Response> {
    let headers = common()?;
    open_to_all(&headers)?;
    headers.set("access-control-allow-methods", "GET, POST")?;
    headers.set("access-control-allow-headers", "content-type, authorization")?;
    headers.set("access-control-max-age", "86400")?;
    Ok(ResponseBuilder::new().with_status(204).with_headers(headers).empty())
}

/// Extensions come from an origin of their own per installation, so no list of origins is possible; no cookie is
/// ever read here, and what protects a check is the link.
fn open_to_all(headers: &Headers) -> Result<()> {
    headers.set("access-control-allow-origin", "*")
}

thread_local! {
    /// The headers of every answer, and of those that are JSON, for no other origin and for all: made once in the life of an instance.
    static COMMON: Result<Headers> = common_headers();
    static JSON: Result<Headers> = json_headers();
    static OPEN_JSON: Result<Headers> = json_headers().and_then(|made| open_to_all(&made).map(|()| made));
}

fn common() -> Result<Headers> {
    COMMON.with(copied)
}

fn copied(made: &Result<Headers>) -> Result<Headers> {
    made.as_ref().cloned().map_err(|_| "no headers".into())
}

fn common_headers() -> Result<Headers> {
    let headers = Headers::new();
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("permissions-policy", "interest-cohort=()"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        headers.set(name, value)?;
    }
    Ok(headers)
}

fn json_headers() -> Result<Headers> {
    let headers = common_headers()?;
    headers.set("content-type", "application/json; charset=utf-8")?;
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")?;
    Ok(headers)
}
