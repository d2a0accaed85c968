//! The browser: fetches, presses, and the document.

use std::cell::RefCell;

use handrail_customer::{Asked, Look, Trouble};
use handrail_handover::{find, refusal};
use handrail_json::from_str;
use handrail_ui::patch::patch;
use js_sys::Promise;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, Event, HtmlAnchorElement, HtmlInputElement,
    HtmlTextAreaElement, KeyboardEvent, ReferrerPolicy, Request, RequestCredentials, RequestInit,
    RequestRedirect, Response, Url, Window,
};

use crate::model::{Guides, Model, Own, Phase, way_of};
use crate::vendors;
use crate::view::view;

thread_local! {
    static MODEL: RefCell<Model> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = handrailOwn)]
    fn read_own(text: &str, id: &str, digest: &str, domain: &str, way: &str) -> Promise;
}

/// Begins.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]
pub fn start() {
    listen("click", clicked);
    listen("input", typed);
    listen("keydown", keyed);
    watch();
    draw();
    spawn_local(load(None));
}

/// More words have come.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]
pub fn redraw() {
    draw();
}

pub(crate) fn window() -> Option<Window> {
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

/// Finds out who asks; `told` is the fingerprint that the vendor told, where its keys are not those that were seen before.
async fn load(told: Option<String>) {
    if let Err(why) = asked(told.as_deref()).await {
        MODEL.with_borrow_mut(|m| m.refuse(why, told.is_some()));
    }
    draw();
}

/// The vendor's document comes from the vendor's own domain, not through the Worker.
async fn asked(told: Option<&str>) -> Result<(), Trouble> {
    let place = window().map(|w| w.location());
    let href = place.as_ref().and_then(|place| place.href().ok()).unwrap_or_default();
    let origin = place.and_then(|place| place.origin().ok()).unwrap_or_default();
    let code = find(&href).ok_or(refusal::CODE_WRONG)?.code;
    let guides = send("GET", "/api/guides", None);
    let (status, text) = fetch("GET", &format!("/api/links/{code}"), None).await.unwrap_or_default();
    let look = Look::read(status, &text)?;
    let document = published(&look.document()).await.ok_or(refusal::DOCUMENT_MISSING)?;
    let guides = match guides {
        Some(guides) => read(guides).await,
        None => None,
    };
    let (_, guides) = guides.unwrap_or_default();
    let mut guides: Guides = from_str(&guides).unwrap_or_default();
    let guide = guides.guides.remove(&look.guide).unwrap_or_default();
    let known = vendors::known(&look.domain);
    let asked = look.prove(&document, &code, &origin, now(), known.as_ref(), told)?;
    let own = match &asked.guide {
        Some(text) => Some(own_guide(&asked, text).await.ok_or(refusal::GUIDE_UNFIT)?),
        None => None,
    };
    MODEL.with_borrow_mut(|model| {
        match own {
            Some(own) => {
                model.steps = Some(own.steps);
                model.begin(asked, own.guide);
            }
            None => model.begin(asked, guide),
        }
        // Only where everything else is right too.
        if let (Phase::Asked, Some(asked)) = (&model.phase, &model.asked) {
            vendors::remember(asked.domain(), &asked.known);
        }
    });
    Ok(())
}

/// A guide of the vendor's own, read by a script of its own; nothing where it says what such a guide may not say.
async fn own_guide(asked: &Asked, text: &str) -> Option<Own> {
    let claims = &asked.link.claims;
    let read = read_own(text, &claims.guide, &claims.digest, asked.domain(), way_of(claims));
    from_str(&JsFuture::from(read).await.ok()?.as_string()?).ok()
}

/// The vendor's document: no cookie, no redirect, nothing about this page told.
async fn published(address: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let request = Request::new_with_str_and_init(address, &init).ok()?;
    let (status, text) = read(window()?.fetch_with_request(&request)).await?;
    (status == 200).then_some(text)
}

async fn fetch(method: &str, path: &str, body: Option<&Value>) -> Option<(u16, String)> {
    read(send(method, path, body)?).await
}

/// Sends a request at once; [`read`] waits for what comes.
fn send(method: &str, path: &str, body: Option<&Value>) -> Option<Promise> {
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
    Some(window()?.fetch_with_request(&request))
}

async fn read(answer: Promise) -> Option<(u16, String)> {
    let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    Some((answer.status(), text))
}

fn keyed(event: Event) {
    MODEL.with_borrow_mut(|m| m.touch(now()));
    let is_entered = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter");
    if is_entered && fingerprint().is_some_and(|field| Some(field.into()) == event.target()) {
        compare();
    }
}

fn typed(event: Event) {
    let Some(target) = event.target() else { return };
    MODEL.with_borrow_mut(|m| m.touch(now()));
    if let Some(box_) = target.dyn_ref::<HtmlTextAreaElement>() {
        let filled = MODEL.with_borrow_mut(|m| m.pasted(&box_.value()));
        if filled > 0 {
            // What was recognised moves to its fields; the rest must not linger.
            box_.set_value("");
            show_values();
        }
    } else if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        if input.id() == "share" {
            MODEL.with_borrow_mut(|m| m.shares = input.checked());
            share();
            return;
        }
        if let Some(at) = input.get_attribute("data-tick").and_then(|at| at.parse().ok()) {
            MODEL.with_borrow_mut(|m| m.agree(at, input.checked()));
            draw();
            return;
        }
        match input.get_attribute("data-value") {
            Some(id) => MODEL.with_borrow_mut(|m| m.entered(&id, &input.value())),
            None if input.id() == "ends" => MODEL.with_borrow_mut(|m| m.ends = input.value()),
            None => {}
        }
    }
    draw();
    share();
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
    MODEL.with_borrow_mut(|m| m.touch(now()));
    match button.get_attribute("data-act").unwrap_or_default().as_str() {
        "begin" => begin(),
        "compare" => compare(),
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
            let kept = m.asked.as_ref().map(Asked::to_keep).unwrap_or_default();
            save("handrail-receipt.json", "application/json", &kept);
        }),
        "calendar" => save_calendar(),
        "steps" => fetch_steps(),
        "look" => look(),
        "copy" => copy(&button.get_attribute("data-copy").unwrap_or_default()),
        _ => {}
    }
    draw();
}

fn code() -> String {
    MODEL.with_borrow(|m| m.asked.as_ref().map(|a| a.link.claims.jti.clone()).unwrap_or_default())
}

/// Where the fingerprint is entered that the vendor told.
fn fingerprint() -> Option<HtmlInputElement> {
    document()?.get_element_by_id("fingerprint")?.dyn_into().ok()
}

/// Decides once more, by the fingerprint that was entered.
fn compare() {
    let Some(told) = fingerprint().map(|field| field.value()) else { return };
    spawn_local(load(Some(told)));
}

/// How often it is looked whether somebody is still here.
const WATCH_MS: i32 = 1_000;

/// Wipes what nobody touches any more, and everything when the page is left.
fn watch() {
    let Some(window) = window() else { return };
    let tick = Closure::<dyn FnMut()>::new(|| {
        if MODEL.with_borrow_mut(|m| m.tick(now())) {
            empty();
        }
        draw();
    });
    let every = tick.as_ref().unchecked_ref();
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(every, WATCH_MS);
    tick.forget();
    let leave = Closure::<dyn FnMut()>::new(|| {
        MODEL.with_borrow_mut(Model::wipe);
        empty();
    });
    let _ = window.add_event_listener_with_callback("pagehide", leave.as_ref().unchecked_ref());
    leave.forget();
}

/// Empties every field of the document.
fn empty() {
    let Some(document) = document() else { return };
    MODEL.with_borrow(|model| {
        for field in &model.fields {
            let input = document.get_element_by_id(&format!("value-{}", field.id));
            if let Some(input) = input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value("");
            }
        }
    });
    let all = document.get_element_by_id("anything");
    if let Some(all) = all.and_then(|a| a.dyn_into::<HtmlTextAreaElement>().ok()) {
        all.set_value("");
    }
}

/// Tells the vendor how far this is, where the customer agreed.
fn share() {
    let Some((step, number)) = MODEL.with_borrow_mut(Model::next_to_share) else { return };
    let body = json!({"step": step, "number": number, "of": 3});
    spawn_local(async move {
        let _ = fetch("POST", &format!("/api/links/{}/progress", code()), Some(&body)).await;
    });
}

/// Asks again how far the link is.
fn look() {
    spawn_local(async {
        let (status, text) = fetch("GET", &format!("/api/links/{}", code()), None).await.unwrap_or_default();
        if let Ok(look) = Look::read(status, &text) {
            MODEL.with_borrow_mut(|m| {
                if let Some(asked) = &mut m.asked {
                    asked.looked(look);
                }
            });
        }
        draw();
    });
}

/// Fetches the steps in words, the first time they are asked for.
fn fetch_steps() {
    let Some(file) = MODEL.with_borrow(|m| m.steps.is_none().then(|| m.steps_file())) else { return };
    spawn_local(async move {
        let (_, text) = fetch("GET", &file, None).await.unwrap_or_default();
        MODEL.with_borrow_mut(|m| m.steps = Some(from_str(&text).unwrap_or_default()));
        draw();
    });
}

fn copy(words: &str) {
    if let Some(window) = window() {
        // Where the browser refuses, the words are there to be selected.
        let _ = window.navigator().clipboard().write_text(words);
    }
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
    let Some(body) = MODEL.with_borrow_mut(|m| m.check_body(salt)) else { return };
    spawn_local(async move {
        let (status, text) = fetch("POST", "/api/check", Some(&body)).await.unwrap_or_default();
        MODEL.with_borrow_mut(|m| m.answered(status, &text));
        draw();
        share();
    });
}

fn hand_over() {
    let Some(body) = MODEL.with_borrow_mut(|m| m.hand_over_body(now(), &mut fill)) else { return };
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

fn save_calendar() {
    let made = MODEL.with_borrow(|m| m.reminder(now()));
    if let Some(text) = made {
        save("secret-ends.ics", "text/calendar", &text);
    }
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
