//! What is looked at of every request before it is anybody's: read in one call over the border to JavaScript.

use worker::Result;
use worker::wasm_bindgen::JsValue;
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::worker_sys::web_sys;

use crate::later::{Later, Number};

#[wasm_bindgen(module = "/js/request.js")]
extern "C" {
    fn about(request: &web_sys::Request) -> String;
    fn body(number: u32, request: &web_sys::Request, answered: &JsValue);
    #[wasm_bindgen(catch)]
    fn respond(
        status: u16,
        headers: &web_sys::Headers,
        bytes: &[u8],
    ) -> std::result::Result<web_sys::Response, JsValue>;
}

/// What a request says about itself, a line each.
pub(crate) struct Asked(String);

impl Asked {
    pub(crate) fn of(request: &web_sys::Request) -> Self {
        Self(about(request))
    }

    fn line(&self, at: usize) -> &str {
        self.0.split('\n').nth(at).unwrap_or_default()
    }

    pub(crate) fn method(&self) -> &str {
        self.line(0)
    }

    /// Origin, and path with query.
    pub(crate) fn address(&self) -> (&str, &str) {
        split(self.line(1))
    }

    /// `content-type`; empty where none came.
    pub(crate) fn kind(&self) -> &str {
        self.line(2)
    }

    /// `content-length`.
    pub(crate) fn length(&self) -> Option<usize> {
        self.line(3).parse().ok()
    }

    /// The address of who asks, as the platform tells it; empty where it does not.
    pub(crate) fn from(&self) -> &str {
        self.line(4)
    }
}

/// The body of a request; empty where it did not come.
pub(crate) async fn body_of(request: &web_sys::Request) -> Vec<u8> {
    Later::begin(|Number { number, answered }| body(number, request, answered)).await
}

/// An answer in one call.
pub(crate) fn answer(status: u16, headers: &web_sys::Headers, bytes: &[u8]) -> Result<web_sys::Response> {
    respond(status, headers, bytes).map_err(|_| "no answer".into())
}

/// Origin, and path with query, of an address. The runtime writes addresses in one spelling, so splitting is enough, and
/// spares the Worker a parser.
pub(crate) fn split(address: &str) -> (&str, &str) {
    let host = address.find("://").map_or(0, |at| at + 3);
    let split = address.get(host..).and_then(|rest| rest.find('/')).map_or(address.len(), |at| host + at);
    let (origin, target) = address.split_at_checked(split).unwrap_or((address, ""));
    (origin, target.split('#').next().unwrap_or_default())
}
