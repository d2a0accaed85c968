//! Answers: JSON and HTML with the headers that every one of them carries, and the refusals with their words.

use handrail_handover::json::tree_of;
use serde::Serialize;
use serde_json::{Value, json};
use worker::{Headers, Response, ResponseBuilder, Result};

/// Why a request is refused: status, stable code, what is wrong, what to do, and the seconds to wait where that helps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    what: &'static str,
    next: &'static str,
    retry_after: Option<i64>,
}

impl From<handrail_handover::Refusal> for Refusal {
    fn from(why: handrail_handover::Refusal) -> Self {
        refusal(why.status, why.code, why.what, why.next)
    }
}

impl Refusal {
    /// With the seconds to wait.
    pub(crate) fn later(self, seconds: u32) -> Self {
        Self { retry_after: Some(i64::from(seconds)), ..self }
    }

    /// Status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// What is wrong, and what to do.
    pub(crate) fn words(&self) -> (&'static str, &'static str) {
        (self.what, self.next)
    }

    /// The refusal of an object, by its code.
    pub(crate) fn of(code: &str, retry_after: Option<i64>) -> Self {
        let found = handrail_handover::refusal::ALL.iter().find(|why| why.code == code);
        Self { retry_after, ..found.map_or(BAD_REQUEST, |why| Self::from(*why)) }
    }
}

const fn refusal(status: u16, code: &'static str, what: &'static str, next: &'static str) -> Refusal {
    Refusal { status, code, what, next, retry_after: None }
}

/// A check without a link where the operator did not allow it.
pub(crate) const LINK_REQUIRED: Refusal = refusal(
    403,
    "link-required",
    "This service checks only for holders of a link from a vendor.",
    "Open the link that the vendor sent you, or check on your own machine with `handrail check`.",
);
/// No such address.
pub(crate) const NOT_FOUND: Refusal =
    refusal(404, "not-found", "There is nothing at this address.", "Check the address.");
/// The address exists for another method.
pub(crate) const WRONG_METHOD: Refusal =
    refusal(405, "wrong-method", "This address is not used with this method.", "See the API's description.");
/// Something else than JSON was sent.
pub(crate) const NOT_JSON: Refusal = refusal(
    415,
    "json-required",
    "Only JSON is understood here.",
    "Send the request with `Content-Type: application/json`.",
);
/// The length is not said in advance.
pub(crate) const LENGTH_REQUIRED: Refusal =
    refusal(411, "length-required", "The length of the request is missing.", "Send a `Content-Length`.");
/// Too long.
pub(crate) const TOO_LARGE: Refusal = refusal(
    413,
    "too-large",
    "The request is larger than any check needs.",
    "Send only the values asked for.",
);
/// It is JSON, but not a check.
pub(crate) const BAD_REQUEST: Refusal = refusal(
    400,
    "bad-request",
    "The request is not a check.",
    "Send `guide` and `values`, as the API's description shows.",
);
/// A moment of change that is no time.
pub(crate) const BAD_TIME: Refusal =
    refusal(400, "bad-time", "A moment in `changed` is no time.", "Write times like 2026-11-21T12:00:00Z.");
/// A cloud outside the table.
pub(crate) const UNKNOWN_CLOUD: Refusal = refusal(
    400,
    "unknown-cloud",
    "There is no cloud of this name.",
    "Use worldwide, gcc, gcc-high, dod or china, or leave it out.",
);
/// A guide that was not compiled in.
pub(crate) const UNKNOWN_GUIDE: Refusal = refusal(
    404,
    "unknown-guide",
    "This service does not know the guide.",
    "See the list at /api/guides; the service may be older than the guide.",
);

/// More checks than one address or link may ask for.
pub(crate) const TOO_OFTEN: Refusal = refusal(
    429,
    "too-often",
    "More checks were asked for than one person needs.",
    "Wait a minute, then try again.",
);

/// A refusal that says when to come again.
pub(crate) fn refuse_later(refusal: Refusal, seconds: u32) -> Result<Response> {
    let response = refuse(refusal)?;
    response.headers().set("retry-after", &seconds.to_string())?;
    Ok(response)
}

/// The operator gave the Worker no key to sign with.
pub(crate) const NOT_SET_UP: Refusal = refusal(
    503,
    "not-set-up",
    "This service is not set up for links.",
    "Its operator has to give it a signing key: see the deployment's description.",
);

/// A form that another site sent.
pub(crate) const FROM_ELSEWHERE: Refusal = refusal(
    403,
    "from-elsewhere",
    "This form was sent by another site.",
    "Open the page itself and use the form there.",
);

/// Something failed that is nobody's fault but ours.
pub(crate) const INTERNAL: Refusal =
    refusal(500, "internal", "Something went wrong on our side.", "Try again.");

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
    let Refusal { status, code, what, next, retry_after } = refusal;
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

/// JSON with a status, for no page of another origin.
pub(crate) fn private_answer(status: u16, body: &impl Serialize) -> Result<Response> {
    private_text(status, serde_json::to_vec(body)?)
}

fn private_text(status: u16, text: Vec<u8>) -> Result<Response> {
    let headers = JSON.with(copied)?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(text))
}

/// A page without scripts.
pub(crate) fn page(status: u16, html: String) -> Result<Response> {
    html_page(status, html, "'none'")
}

/// A page with a form that goes to this service.
pub(crate) fn form_page(status: u16, html: String) -> Result<Response> {
    html_page(status, html, "'self'")
}

fn html_page(status: u16, html: String, forms: &str) -> Result<Response> {
    let headers = common()?;
    headers.set("content-type", "text/html; charset=utf-8")?;
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    );
    headers.set("content-security-policy", &policy)?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html.into_bytes()))
}

/// The page behind a link: scripts of our own alone, and requests to this Worker and the vendor's domain.
pub(crate) fn link_page(status: u16, html: String, vendor: &str) -> Result<Response> {
    let headers = common()?;
    headers.set("content-type", "text/html; charset=utf-8")?;
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
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html.into_bytes()))
}

/// A file of the link page.
pub(crate) fn asset(kind: &str, bytes: Vec<u8>) -> Result<Response> {
    let headers = common()?;
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
    /// The headers of every answer, and of those that are JSON: made once in the life of an instance.
    static COMMON: Result<Headers> = common_headers();
    static JSON: Result<Headers> = json_headers();
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
