//! The browser: fetches, presses, and the document.

use std::cell::RefCell;

use handrail_handover::json::{from_tree, tree_of};
use handrail_handover::{Code, DOCUMENT_PATH, LinkClaims, VendorDocument, find, jose, refusal};
use handrail_ui::patch::patch;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, Event, HtmlAnchorElement, HtmlInputElement,
    HtmlTextAreaElement, ReferrerPolicy, Request, RequestCredentials, RequestInit, RequestRedirect, Response,
    Url, Window,
};

use crate::model::{Guide, Model, NO_ANSWER, Phase};
use crate::view::view;

thread_local! {
    static MODEL: RefCell<Model> = RefCell::default();
}

/// Begins.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]
pub fn start() {
    listen("click", clicked);
    listen("input", typed);
    draw();
    spawn_local(async {
        load().await;
        draw();
    });
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

#[allow(clippy::cast_possible_truncation, reason = "seconds fit")]
fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// Fills with the browser's secure randomness. Without it nothing may be sealed at all, so everything stops.
fn fill(bytes: &mut [u8]) {
    let filled = window()
        .and_then(|w| w.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
    if !filled {
        wasm_bindgen::throw_str("this browser has no secure randomness");
    }
}

fn draw() {
    let Some(document) = document() else { return };
    let Some(main) = document.get_element_by_id("page") else { return };
    let tree = MODEL.with_borrow(view);
    let _ = patch(&document, &main, &tree);
    let _ = main.set_attribute("data-ready", "");
}

fn listen(kind: &str, what: fn(Event)) {
    let Some(document) = document() else { return };
    let call = Closure::<dyn FnMut(Event)>::new(what);
    let _ = document.add_event_listener_with_callback(kind, call.as_ref().unchecked_ref());
    call.forget();
}

/// Finds out who asks. The vendor's document comes from the vendor's own domain, not through the Worker.
async fn load() {
    let found = window().and_then(|w| w.location().href().ok()).and_then(|href| find(&href));
    let origin = window().and_then(|w| w.location().origin().ok()).unwrap_or_default();
    let Some(code) = found.map(|found| found.code) else {
        return MODEL.with_borrow_mut(|m| m.refuse(refusal::CODE_WRONG));
    };
    if let Err((what, next)) = asked(&code, &origin).await {
        MODEL.with_borrow_mut(|m| m.phase = Phase::Refused(what, next));
    }
}

type Trouble = (String, String);

async fn asked(code: &Code, origin: &str) -> Result<(), Trouble> {
    let (status, text) = fetch("GET", &format!("/api/links/{code}"), None).await.ok_or_else(no_answer)?;
    let look: Value = tree_of(text.as_bytes()).unwrap_or_default();
    if status != 200 {
        let word = |name: &str| {
            look.get("error").and_then(|e| e.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        return Err((word("what").to_owned(), word("next").to_owned()));
    }
    let token = look.get("token").and_then(Value::as_str).unwrap_or_default();
    let Some(claims) = jose::dangerous_claims::<LinkClaims>(token) else {
        return Err(because(refusal::LINK_FORGED));
    };
    let domain = handrail_credential::domain(&claims.iss)
        .filter(|domain| *domain == claims.iss)
        .ok_or_else(|| because(refusal::LINK_FORGED))?;
    let text = published(&domain).await.ok_or_else(|| because(refusal::DOCUMENT_MISSING))?;
    let published = VendorDocument::parse(&text, &domain).map_err(because)?;
    let (_, guides) = fetch("GET", "/api/guides", None).await.ok_or_else(no_answer)?;
    let guides: Value = tree_of(guides.as_bytes()).unwrap_or_default();
    let guide = guides.get("guides").and_then(|all| all.get(&claims.guide)).cloned().unwrap_or_default();
    let guide: Guide = from_tree(guide).unwrap_or_default();
    MODEL.with_borrow_mut(|model| {
        model.guide = guide;
        model.version =
            look.get("version").and_then(Value::as_u64).and_then(|n| n.try_into().ok()).unwrap_or_default();
        let reopened = look.get("reopened").and_then(Value::as_bool).unwrap_or_default();
        model.taken = model.version > 0 && !reopened;
        model.decide(token, code, origin, published, now());
    });
    Ok(())
}

fn because(why: handrail_handover::Refusal) -> Trouble {
    (why.what.to_owned(), why.next.to_owned())
}

fn no_answer() -> Trouble {
    (NO_ANSWER.to_owned(), "Load the page again.".to_owned())
}

/// The vendor's document: no cookie, no redirect, nothing about this page told.
async fn published(domain: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let request = Request::new_with_str_and_init(&format!("https://{domain}{DOCUMENT_PATH}"), &init).ok()?;
    let (status, text) = read(&request).await?;
    (status == 200).then_some(text)
}

async fn fetch(method: &str, path: &str, body: Option<&Value>) -> Option<(u16, String)> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::Omit);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(&body.to_string()));
    }
    let request = Request::new_with_str_and_init(path, &init).ok()?;
    if body.is_some() {
        request.headers().set("content-type", "application/json").ok()?;
    }
    read(&request).await
}

async fn read(request: &Request) -> Option<(u16, String)> {
    let answer = JsFuture::from(window()?.fetch_with_request(request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    Some((answer.status(), text))
}

fn typed(event: Event) {
    let Some(target) = event.target() else { return };
    if let Some(box_) = target.dyn_ref::<HtmlTextAreaElement>() {
        let filled = MODEL.with_borrow_mut(|m| m.pasted(&box_.value()));
        if filled > 0 {
            // What was recognised moves to its fields; the rest must not linger.
            box_.set_value("");
            show_values();
        }
    } else if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        match input.get_attribute("data-value") {
            Some(id) => MODEL.with_borrow_mut(|m| m.entered(&id, &input.value())),
            None => MODEL.with_borrow_mut(|m| m.ends = input.value()),
        }
    }
    draw();
}

/// Puts the values that were recognised or proposed into their fields.
fn show_values() {
    let Some(document) = document() else { return };
    MODEL.with_borrow(|model| {
        for field in &model.fields {
            let input = document.get_element_by_id(&format!("value-{}", field.id));
            if let (Some(checked), Some(input)) =
                (&field.checked, input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()))
            {
                // EXPOSE: into the field it belongs to, masked where it is a secret.
                input.set_value(checked.value.expose());
            }
        }
    });
}

fn clicked(event: Event) {
    let pressed = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let Some(button) = pressed.and_then(|e| e.closest("[data-act]").ok().flatten()) else { return };
    let id = button.get_attribute("data-for").unwrap_or_default();
    match button.get_attribute("data-act").unwrap_or_default().as_str() {
        "begin" => begin(),
        "check" => run_check(),
        "hand-over" => hand_over(),
        "download" => download(),
        "use-anyway" => MODEL.with_borrow_mut(|m| m.overruled(&id, None)),
        "use-suggestion" => {
            let n = button.get_attribute("data-n").and_then(|n| n.parse().ok());
            MODEL.with_borrow_mut(|m| m.overruled(&id, Some(n.unwrap_or_default())));
            show_values();
        }
        "receipt" => MODEL.with_borrow(|m| {
            let kept = json!({"receipt": m.receipt, "replace-token": m.replace, "link": m.token});
            save("handrail-receipt.json", "application/json", &format!("{kept:#}"));
        }),
        "calendar" => calendar(),
        _ => {}
    }
    draw();
}

fn code() -> String {
    MODEL.with_borrow(|m| m.link.as_ref().map(|l| l.claims.jti.clone()).unwrap_or_default())
}

fn begin() {
    MODEL.with_borrow_mut(|m| m.phase = Phase::Form);
    spawn_local(async {
        let _ = fetch("POST", &format!("/api/links/{}/open", code()), Some(&json!({}))).await;
    });
}

fn run_check() {
    if !MODEL.with_borrow(Model::complete) {
        return;
    }
    let mut salt = [0; 32];
    fill(&mut salt);
    let body = MODEL.with_borrow_mut(|m| {
        m.phase = Phase::Checking;
        m.report = None;
        m.sent = None;
        m.check_body(salt)
    });
    spawn_local(async move {
        let (status, text) = fetch("POST", "/api/check", Some(&body)).await.unwrap_or_default();
        MODEL.with_borrow_mut(|m| m.answered(status, &text));
        draw();
    });
}

fn hand_over() {
    let body = MODEL.with_borrow_mut(|m| {
        let body = m.hand_over_body(now(), &mut fill);
        m.phase = if body.is_some() { Phase::Sending } else { Phase::Form };
        body
    });
    let Some(body) = body else { return };
    spawn_local(async move {
        let answer = fetch("POST", &format!("/api/links/{}/hand-over", code()), Some(&body)).await;
        let (status, text) = answer.unwrap_or_default();
        MODEL.with_borrow_mut(|m| m.handed_over(status, &text));
        draw();
    });
}

fn download() {
    let envelope = MODEL.with_borrow(|m| m.sealed(now(), &mut fill));
    let Some(envelope) = envelope else { return };
    let text = serde_json::to_string(&envelope).unwrap_or_default();
    save(&format!("{}.handrail.json", code()), "application/json", &text);
    MODEL.with_borrow_mut(|m| {
        m.phase = Phase::Downloaded;
        m.fields.clear();
    });
}

fn calendar() {
    MODEL.with_borrow(|m| {
        let Some(day) = m.end_day() else { return };
        let compact = day.replace('-', "");
        let title = m.guide.title.replace([',', ';', '\\', '\n'], " ");
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Handrail//EN\r\nBEGIN:VEVENT\r\nUID:{}@handrail\r\n\
DTSTAMP:{compact}T000000Z\r\nDTSTART;VALUE=DATE:{compact}\r\nSUMMARY:Client secret ends: {title}\r\n\
BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Ask for a renewal\r\nTRIGGER:-P30D\r\nEND:VALARM\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n",
            code()
        );
        save("secret-ends.ics", "text/calendar", &text);
    });
}

/// Offers a text as a file.
fn save(name: &str, kind: &str, text: &str) {
    let saved = || -> Option<()> {
        let parts = js_sys::Array::of1(&JsValue::from_str(text));
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url).ok()
    };
    let _ = saved();
}
