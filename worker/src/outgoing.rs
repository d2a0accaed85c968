//! Requests of our own: to Microsoft, to a vendor's domain, to our objects and files. Made with the platform's types: the
//! crate's own description of a request can say far more, and its code would be a fiftieth of the Worker.

use worker::wasm_bindgen::JsValue;
use worker::worker_sys::web_sys;
use worker::{AbortSignal, Fetch, Request, Response, Result};

/// Milliseconds for one answer; Microsoft's usually take under one second.
const TIMEOUT: u32 = 10_000;

/// A request that follows no redirect.
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

/// Sends it into the world, and gives up after a while.
pub(crate) async fn send(request: Request) -> Result<Response> {
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(TIMEOUT));
    Fetch::Request(request).send_with_signal(&signal).await
}
