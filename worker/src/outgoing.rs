//! Requests of our own: to Microsoft, to a vendor's domain, to our objects and files. Made with the platform's types: the
//! crate's own description of a request can say far more, and its code would be a fiftieth of the Worker.

use handrail_credential::Secret;
use worker::js_sys::Promise;
use worker::js_sys::futures::JsFuture;
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{JsCast as _, JsValue};
use worker::worker_sys::web_sys;
use worker::{Request, Result};

#[wasm_bindgen(module = "/js/ask.js")]
extern "C" {
    #[wasm_bindgen(js_name = ask)]
    fn ask_outside(head: &str, wanted: &str, body: Option<&str>, most: u32) -> Promise;

    /// What was answered.
    pub(crate) type Reply;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn status(this: &Reply) -> u16;
    /// The values of the headers that were wanted, a line each; an empty line for one that is not there.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn told(this: &Reply) -> String;
    /// The body, up to the length that was asked for.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Reply) -> Vec<u8>;
}

/// A question to the world.
pub(crate) struct Question<'a> {
    pub(crate) method: &'static str,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Option<&'a str>,
    /// Names of the answer's headers that are looked at, a line each.
    pub(crate) wanted: &'a str,
    /// Bytes of the answer's body that are read.
    pub(crate) most: usize,
}

/// Asks the world. The question is on its way when this returns; whoever awaits the answer waits ten seconds at most.
/// No redirect is followed.
pub(crate) fn ask(question: &Question<'_>) -> impl Future<Output = Result<Reply>> + use<> {
    let answer = head(question).map(|head| {
        let most = u32::try_from(question.most).unwrap_or(u32::MAX);
        // EXPOSE: over the border, where it becomes the request.
        JsFuture::from(ask_outside(head.expose(), question.wanted, question.body, most))
    });
    async move {
        let answer = answer.ok_or("no header has two lines")?;
        Ok(answer.await?.unchecked_into())
    }
}

/// All but the body in one text: a string less is a call less over the border. Values may hold tokens.
fn head(question: &Question<'_>) -> Option<Secret> {
    let parts = [question.method, question.url].into_iter();
    let parts = parts.chain(question.headers.iter().flat_map(|(name, value)| [*name, *value]));
    let lines = parts.clone().all(|part| !part.contains(['\n', '\r']));
    lines.then(|| Secret::new(parts.collect::<Vec<_>>().join("\n")))
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
