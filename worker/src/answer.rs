//! Answers: JSON and HTML with the headers that every one of them carries, and the refusals with their words.

use serde::Serialize;
use serde_json::json;
use worker::{Headers, Response, ResponseBuilder, Result};

/// Why a request is refused: status, stable code, what is wrong, what to do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    what: &'static str,
    next: &'static str,
}

const fn refusal(status: u16, code: &'static str, what: &'static str, next: &'static str) -> Refusal {
    Refusal { status, code, what, next }
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

/// A refusal as JSON.
pub(crate) fn refuse(refusal: Refusal) -> Result<Response> {
    let Refusal { status, code, what, next } = refusal;
    json_answer(status, &json!({"error": {"code": code, "what": what, "next": next}}))
}

/// JSON with a status.
pub(crate) fn json_answer(status: u16, body: &impl Serialize) -> Result<Response> {
    json_text(status, &serde_json::to_string(body)?)
}

/// JSON that is written already.
pub(crate) fn json_text(status: u16, text: &str) -> Result<Response> {
    let headers = common()?;
    headers.set("content-type", "application/json; charset=utf-8")?;
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")?;
    open_to_all(&headers)?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(text.as_bytes().to_vec()))
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

fn common() -> Result<Headers> {
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
