//! The small pieces every answer is made of: the request as the routes see it, and replies.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use serde_json::Value;

/// A request, taken apart.
pub struct Ask {
    /// Host without port, lower case.
    pub host: String,
    /// Method.
    pub method: Method,
    /// Path, not decoded.
    pub path: String,
    /// Query, not decoded.
    pub query: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

/// A reply.
pub type Reply = Response<Body>;

impl Ask {
    /// The path's segments.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|s| !s.is_empty()).collect()
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    /// The token of an `Authorization: Bearer` header.
    #[must_use]
    pub fn bearer(&self) -> Option<&str> {
        let value = self.header("authorization");
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }
}

/// Parses `application/x-www-form-urlencoded`.
#[must_use]
pub fn form(text: &str) -> Vec<(String, String)> {
    let pair = |p: &str| {
        let (key, value) = p.split_once('=').unwrap_or((p, ""));
        (decode(&key.replace('+', " ")), decode(&value.replace('+', " ")))
    };
    text.split('&').filter(|p| !p.is_empty()).map(pair).collect()
}

/// Undoes percent-encoding; what is no encoding stays.
#[must_use]
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| bytes.get(i + 1..i + 3)).flatten();
        let byte = hex.and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(byte.unwrap_or(bytes[i]));
        i += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A JSON reply.
#[must_use]
pub fn json(status: u16, body: &Value) -> Reply {
    text(status, "application/json; charset=utf-8", body.to_string())
}

/// A reply of any type.
#[must_use]
pub fn text(status: u16, kind: &str, body: impl Into<Body>) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reply = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store, no-cache");
    reply.body(body.into()).unwrap_or_else(|_| Response::new(Body::empty()))
}

/// The practice portal's own error shape.
#[must_use]
pub fn refuse(status: u16, code: &str, message: &str) -> Reply {
    json(status, &serde_json::json!({"error": {"code": code, "message": message}}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded_and_stray_percent_signs_stay() {
        let pairs = form("a=1%2B2+3&b=100%&=x&c");
        let expect = [("a", "1+2 3"), ("b", "100%"), ("", "x"), ("c", "")];
        assert_eq!(pairs, expect.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }
}
