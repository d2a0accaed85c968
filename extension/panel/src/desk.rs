//! The way outside of a link: what the service and the vendor's domain say, and the sealed hand-over. Nothing that is sent
//! from here can be read by whoever takes it.

use handrail_customer::{Asked, Look, Trouble};
use handrail_handover::{find, refusal};
use js_sys::Promise;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response};

use crate::vendors;

/// Fills with the browser's secure randomness. Without it nothing may be sealed at all, so everything stops.
pub(crate) fn fill(bytes: &mut [u8]) {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.is_none_or(|crypto| crypto.get_random_values_with_u8_array(bytes).is_err()) {
        wasm_bindgen::throw_str("this browser has no secure randomness");
    }
}

#[allow(clippy::cast_possible_truncation, reason = "seconds fit")]
pub(crate) fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

#[wasm_bindgen]
extern "C" {
    /// Keeps a vendor's own guide for the background: its id, text, digest, and the proved domain.
    #[wasm_bindgen(js_name = handrailKeepGuide)]
    fn keep_guide(id: &str, text: &str, digest: &str, domain: &str) -> Promise;
}

/// Finds out who made a link: the service is asked for it, and the domain it names for its keys. `told` is the fingerprint that
/// the vendor told, where its keys are not those that were seen before.
pub(crate) async fn prove(address: &str, told: Option<&str>) -> Result<Asked, Trouble> {
    let found = find(address).ok_or(refusal::CODE_WRONG)?;
    let origin = found.origin.ok_or(refusal::CODE_WRONG)?;
    let look = format!("{origin}/api/links/{}", found.code);
    let (status, text) = ask(&look, None).await.unwrap_or_default();
    let look = Look::read(status, &text)?;
    let (status, document) = ask(&look.document(), None).await.unwrap_or_default();
    if status != 200 {
        return Err(refusal::DOCUMENT_MISSING.into());
    }
    let known = vendors::known(&look.domain).await;
    let asked = look.prove(&document, &found.code, &origin, now(), known.as_ref(), told)?;
    if let Some(text) = &asked.guide {
        let claims = &asked.link.claims;
        // What cannot be kept is not found by the background, which says so.
        let _ = JsFuture::from(keep_guide(&claims.guide, text, &claims.digest, asked.domain())).await;
    }
    Ok(asked)
}

/// How far the link is, as the service tells of it.
pub(crate) async fn look(asked: &Asked) -> Option<Look> {
    let claims = &asked.link.claims;
    let (status, text) = ask(&format!("{}/api/links/{}", claims.aud, claims.jti), None).await?;
    Look::read(status, &text).ok()
}

/// Sends a sealed hand-over; status and text of the answer.
pub(crate) async fn hand_over(asked: &Asked, body: &Value) -> (u16, String) {
    let claims = &asked.link.claims;
    let address = format!("{}/api/links/{}/hand-over", claims.aud, claims.jti);
    ask(&address, Some(body)).await.unwrap_or_default()
}

/// Tells the vendor which step a run is at. Whether that arrives is nobody's concern here.
pub(crate) async fn tell(address: &str, body: &Value) {
    let _ = ask(address, Some(body)).await;
}

/// No cookie, no cache, no redirect, no referrer.
async fn ask(address: &str, body: Option<&Value>) -> Option<(u16, String)> {
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(&JsValue::from_str(&body.to_string()));
    }
    let request = Request::new_with_str_and_init(address, &init).ok()?;
    if body.is_some() {
        request.headers().set("content-type", "application/json").ok()?;
    }
    let answer = JsFuture::from(web_sys::window()?.fetch_with_request(&request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    Some((answer.status(), text))
}
