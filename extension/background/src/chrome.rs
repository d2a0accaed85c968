//! The bindings to the browser: events in, effects out. No decision is made here.

#![allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use handrail_credential::Secret;
use handrail_json::{from_str, to_string};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde_json::{Value, json};
use serde_wasm_bindgen::Serializer;
use vecmap::VecMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::app::{App, Event, Stored};
use crate::effect::Effect;
use crate::portals::{PATTERNS, portal_of};
use crate::reach::Tried;
use crate::senders::Sender;

#[wasm_bindgen]
extern "C" {
    /// A connection.
    #[wasm_bindgen(extends = Object)]
    type Port;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn disconnect(this: &Port);

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn local_set(items: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    fn local_remove(key: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set)]
    fn session_set(items: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = remove)]
    fn session_remove(key: &str) -> Promise;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = registerContentScripts)]
    fn register_scripts(scripts: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts)]
    fn unregister_scripts(filter: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = executeScript)]
    fn execute_script(injection: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn permitted_contains(what: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = update)]
    fn tabs_update(tab: i32, properties: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = get)]
    fn tabs_get(tab: i32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = sendMessage)]
    fn tabs_send(tab: i32, message: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    fn runtime_send(message: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn own_url(path: &str) -> String;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = create)]
    fn alarm_create(name: &str, info: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = clear)]
    fn alarm_clear(name: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = fetch)]
    fn fetch(url: &str, options: &JsValue) -> Promise;
    #[wasm_bindgen(js_name = handrailPlan)]
    fn plan_file(name: &str) -> Promise;
    #[wasm_bindgen(js_name = btoa)]
    fn btoa(binary: &str) -> String;
    #[wasm_bindgen(thread_local_v2, js_name = handrailStart)]
    static START: Function;
    #[wasm_bindgen(thread_local_v2, js_name = handrailUnask)]
    static UNASK: Function;
}

/// Name of the registered content script and of the alarm.
const NAME: &str = "handrail";
/// Minutes between looks for idle secrets.
const ALARM_MINUTES: f64 = 5.0;
/// A check that takes longer than this has failed; the service itself gives up earlier.
const CHECK_TIMEOUT_MS: u32 = 60_000;

thread_local! {
    static APP: RefCell<App> = RefCell::default();
    static PORTS: RefCell<VecMap<u32, Port>> = const { RefCell::new(VecMap::new()) };
    static AGENT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Takes what was in storage when the service worker started.
#[wasm_bindgen]
pub fn load(own: &str, base: &str, stored: &JsValue) {
    let field = |name: &str| Reflect::get(stored, &name.into()).unwrap_or_default();
    let text = |name: &str| field(name).as_string().unwrap_or_default();
    let texts = |name: &str| field(name).dyn_into::<Array>().map(|a| a.to_vec()).unwrap_or_default();
    let all = |list: Vec<JsValue>| list.into_iter().map(|t| t.as_string().unwrap_or_default());
    let stored = Stored {
        index: text("index"),
        plans: all(texts("names")).zip(all(texts("files"))).collect(),
        config: text("config"),
        managed: text("managed"),
        local: text("local"),
        session: Secret::new(text("session")),
        fell: field("fell").is_truthy(),
    };
    let (app, effects) = App::load(own, base, &stored, js_sys::Date::now());
    APP.with_borrow_mut(|a| *a = app);
    perform(effects);
}

fn happen(event: Event) {
    perform(APP.with_borrow_mut(|app| app.act(event, js_sys::Date::now())));
    perform(APP.with_borrow_mut(App::follow_up));
}

/// Somebody connected.
#[wasm_bindgen]
pub fn connected(port: u32, connection: JsValue, name: String, sender: &str) {
    PORTS.with_borrow_mut(|p| p.insert(port, connection.unchecked_into()));
    happen(Event::Connected { port, name, sender: read_sender(sender) });
}

/// A message over a connection.
#[wasm_bindgen]
pub fn said(port: u32, json: String) {
    happen(Event::Said { port, json: Secret::new(json) });
}

/// A connection ended.
#[wasm_bindgen]
pub fn disconnected(port: u32) {
    PORTS.with_borrow_mut(|p| p.remove(&port));
    happen(Event::Disconnected { port });
}

/// A single message. Answers whether the sender is wanted: a loader in a tab without a run takes itself away.
#[wasm_bindgen]
pub fn message(sender: &str, json: String) -> bool {
    let sender = read_sender(sender);
    let wanted = APP.with_borrow(|app| app.is_wanted(&sender));
    happen(Event::Message { sender, json });
    wanted
}

/// The toolbar button.
#[wasm_bindgen]
pub fn clicked(tab: i32, url: String) {
    happen(Event::Clicked { tab, url });
}

/// A tab went to another address.
#[wasm_bindgen]
pub fn moved(tab: i32, url: String) {
    happen(Event::Moved { tab, url });
}

/// A tab has loaded a page.
#[wasm_bindgen]
pub fn loaded(tab: i32) {
    happen(Event::Loaded { tab });
}

/// Access to pages was given or taken away.
#[wasm_bindgen]
pub fn permitted() {
    happen(Event::Permitted);
}

/// A tab was closed.
#[wasm_bindgen]
pub fn closed(tab: i32) {
    happen(Event::Closed { tab });
}

/// Other labels of the portal's controls are in use.
#[wasm_bindgen]
pub fn relabelled() {
    happen(Event::Relabelled);
}

/// Some time passed.
#[wasm_bindgen]
pub fn tick() {
    happen(Event::Tick);
}

fn read_sender(json: &str) -> Sender {
    let v: Value = from_str(json).unwrap_or_default();
    let text = |key: &str| v.get(key).and_then(|t| t.as_str()).unwrap_or_default().to_owned();
    let tab = v.get("tab").and_then(Value::as_i64).and_then(|t| i32::try_from(t).ok());
    let frame = v.get("frame").and_then(Value::as_i64).unwrap_or(-1);
    Sender { id: text("id"), url: text("url"), tab, frame, document: text("document") }
}

/// A JSON text as a JavaScript value.
fn parse(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}

/// What a function of the browser is given.
fn js(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

fn pair(key: &str, value: &str) -> JsValue {
    let object = Object::new();
    // A fresh object takes any property.
    let _ = Reflect::set(&object, &key.into(), &value.into());
    object.into()
}

/// Lets a promise run; its failure means a tab or frame is gone, which is no news.
fn run(promise: Result<Promise, JsValue>) {
    if let Ok(promise) = promise {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

fn perform(effects: Vec<Effect>) {
    for effect in effects {
        carry_out(effect);
    }
}

fn carry_out(effect: Effect) {
    match effect {
        Effect::Agent { port, message } => post(port, &parse(&to_string(&message))),
        // EXPOSE: to a panel page of the extension, which is the only peer of this effect.
        Effect::Panel { port, json } => post(port, &parse(json.expose())),
        Effect::Close { port } => PORTS.with_borrow_mut(|ports| {
            if let Some(port) = ports.remove(&port) {
                port.disconnect();
            }
        }),
        Effect::Save { key, json } => run(Ok(local_set(&pair(&key, &json)))),
        Effect::Remove { key } => run(Ok(local_remove(&key))),
        // EXPOSE: into the memory-only storage, closed to content scripts.
        Effect::Keep { key, json } => run(Ok(session_set(&pair(&key, json.expose())))),
        Effect::Drop { key } => run(Ok(session_remove(&key))),
        Effect::Enter { tab, url } => spawn_local(enter(tab, url)),
        Effect::Reach { tab } => spawn_local(async move {
            let place = place(tab).await;
            reach(tab, place).await;
        }),
        Effect::Boot { tab, document, wasm } => spawn_local(boot(tab, document, wasm)),
        Effect::Leave { tab } => run(tabs_send(tab, &js(&json!({"k": "bye"})))),
        Effect::WakeTab { tab } => spawn_local(rejoin(tab)),
        Effect::WakePanels => run(runtime_send(&js(&json!("wake")))),
        Effect::Unregister => run(unregister_scripts(&js(&json!({"ids": [NAME]})))),
        Effect::Navigate { tab, url } => run(tabs_update(tab, &js(&json!({"url": url})))),
        Effect::Plan { name } => spawn_local(plan(name)),
        Effect::Check { run, origin, edition, proof, body } => {
            spawn_local(check(run, origin, edition, proof, body));
        }
        Effect::Later { ms } => {
            Timeout::new(ms, tick).forget();
        }
        Effect::Alarm { on: true } => {
            run(alarm_create(NAME, &js(&json!({"periodInMinutes": ALARM_MINUTES}))))
        }
        Effect::Alarm { on: false } => run(alarm_clear(NAME)),
    }
}

fn post(port: u32, message: &JsValue) {
    PORTS.with_borrow(|ports| {
        if let Some(port) = ports.get(&port) {
            // A port that just closed says so in its own event.
            let _ = port.post_message(message);
        }
    });
}

async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// Registers the content script, then injects into the frames that exist, or opens the portal if the tab is elsewhere.
async fn enter(tab: i32, url: String) {
    let script = json!([{
        "id": NAME,
        "js": ["agent-loader.js"],
        "matches": PATTERNS,
        "allFrames": true,
        "matchOriginAsFallback": true,
        "runAt": "document_end",
        "persistAcrossSessions": false,
    }]);
    // It fails when the script is registered already, which is what is wanted.
    let _ = wait(register_scripts(&js(&script))).await;
    let here = place(tab).await;
    if portal_of(&here).is_some() && portal_of(&here) == portal_of(&url) {
        reach(tab, here).await;
    } else {
        run(tabs_update(tab, &js(&json!({"url": url}))));
    }
}

/// The tab's address; empty where the browser does not tell it.
async fn place(tab: i32) -> String {
    let tab = wait(tabs_get(tab)).await.ok();
    tab.and_then(|t| Reflect::get(&t, &"url".into()).ok()?.as_string()).unwrap_or_default()
}

/// Brings the loader into the frames that exist, and tells what came of it. Where it is already, it does nothing.
async fn reach(tab: i32, place: String) {
    let granted = wait(permitted_contains(&js(&json!({"origins": PATTERNS})))).await;
    // A browser that cannot be asked is told apart by what it fails with.
    let granted = granted.map_or(true, |granted| granted.is_truthy());
    let target = json!({"target": {"tabId": tab, "allFrames": true}, "files": ["agent-loader.js"]});
    let error = match wait(execute_script(&js(&target))).await {
        Ok(_) => String::new(),
        Err(error) => {
            Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string()).unwrap_or_default()
        }
    };
    happen(Event::Reached { tab, tried: Tried { granted, place, error } });
}

/// Has the frames of a tab connect again, and those ask again whose agent never came.
async fn rejoin(tab: i32) {
    run(tabs_send(tab, &js(&json!({"k": "wake"}))));
    let call = js(&json!({"target": {"tabId": tab, "allFrames": true}}));
    UNASK.with(|unask| {
        let _ = Reflect::set(&call, &"func".into(), unask);
    });
    let _ = wait(execute_script(&call)).await;
    reach(tab, place(tab).await).await;
}

/// Brings the agent into one document: the WASM build with its bytes, or the lowered one.
async fn boot(tab: i32, document: String, wasm: bool) {
    let target = json!({"tabId": tab, "documentIds": [document]});
    let file = if wasm { "agent.js" } else { "agent-lowered.js" };
    let files = js(&json!({"target": target, "files": [file]}));
    if wait(execute_script(&files)).await.is_err() || !wasm {
        return;
    }
    let Some(bytes) = agent_bytes().await else {
        return;
    };
    let call = js(&json!({"target": target}));
    START.with(|start| {
        let _ = Reflect::set(&call, &"func".into(), start);
    });
    let _ = Reflect::set(&call, &"args".into(), &Array::of1(&bytes.into()));
    let _ = wait(execute_script(&call)).await;
}

/// Reads a plan's file from the extension's own package.
async fn plan(name: String) {
    let json = JsFuture::from(plan_file(&name)).await.ok().and_then(|text| text.as_string());
    happen(Event::Plan { name, json: json.unwrap_or_default() });
}

/// The agent's WASM as base64, read once.
async fn agent_bytes() -> Option<String> {
    if let Some(known) = AGENT.with_borrow(Clone::clone) {
        return Some(known);
    }
    let answer = JsFuture::from(fetch(&own_url("agent_bg.wasm"), &JsValue::UNDEFINED)).await.ok()?;
    let buffer = method(&answer, "arrayBuffer").await.ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    let base64 = btoa(&bytes.iter().map(|b| char::from(*b)).collect::<String>());
    AGENT.with_borrow_mut(|a| *a = Some(base64.clone()));
    Some(base64)
}

async fn method(on: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let call: Function = Reflect::get(on, &name.into())?.dyn_into()?;
    JsFuture::from(call.call0(on)?.dyn_into::<Promise>()?).await
}

/// Asks the checking service. No cookie, no cache, no redirect, no referrer.
async fn check(run: String, origin: String, edition: u64, proof: bool, body: Secret) {
    let (status, body) = ask(&origin, &body).await.unwrap_or_default();
    happen(if proof {
        Event::Proved { run, origin, status, body }
    } else {
        Event::Answered { run, origin, edition, status, body }
    });
}

async fn ask(origin: &str, body: &Secret) -> Option<(u16, String)> {
    let options = js(&json!({
        "method": "POST",
        "headers": {"content-type": "application/json"},
        "credentials": "omit",
        "cache": "no-store",
        "redirect": "error",
        "referrerPolicy": "no-referrer",
    }));
    // EXPOSE: the check the admin asked for, at the origin printed on the button.
    Reflect::set(&options, &"body".into(), &body.expose().into()).ok()?;
    let signal = web_sys::AbortSignal::timeout_with_u32(CHECK_TIMEOUT_MS);
    Reflect::set(&options, &"signal".into(), &signal).ok()?;
    let answer = JsFuture::from(fetch(&format!("{origin}/api/check"), &options)).await.ok()?;
    let status = Reflect::get(&answer, &"status".into()).ok()?.as_f64()?;
    let text = method(&answer, "text").await.ok()?.as_string()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an HTTP status has three digits"
    )]
    Some((status as u16, text))
}
