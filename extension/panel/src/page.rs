//! The document and the browser: draws the tree, listens for presses, talks to the background.

#![allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]

use std::cell::{Cell, RefCell};

use gloo::timers::callback::{Interval, Timeout};
use handrail_customer::Asked;
use handrail_guide::health::{FORMAT, HealthFile};
use handrail_json::{from_str, to_pretty, to_string};
use handrail_messages::panel::{Command, ToPanel};
use handrail_ui::patch::patch;
use js_sys::{Array, Date, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition, Window,
};

use crate::focus;
use crate::labels;
use crate::linked;
use crate::screen;
use crate::state::State;
use crate::take::{copy, hand_over_text, save};
use crate::vendors;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Object)]
    type Port;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = onMessage)]
    fn on_message(this: &Port) -> Listeners;
    #[wasm_bindgen(method, getter, js_name = onDisconnect)]
    fn on_disconnect(this: &Port) -> Listeners;
    #[wasm_bindgen(extends = Object)]
    type Listeners;
    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &Listeners, call: &Function);
    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = connect)]
    fn connect(options: &JsValue) -> Result<Port, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "runtime"], js_name = onMessage)]
    static ON_MESSAGE: Listeners;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = query)]
    fn tabs_query(what: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "tabs"], js_name = onActivated)]
    static ON_ACTIVATED: Listeners;
    #[wasm_bindgen(js_name = handrailFell)]
    fn fell();
    /// Each language's tag and own name in turn, behind the tag that the admin chose.
    #[wasm_bindgen(js_name = handrailLanguages)]
    fn languages() -> Vec<String>;
    /// The connection over which hello was said before this was there (`static/early.js`), once. What comes over it is given
    /// to `hear`, what came so far too.
    #[wasm_bindgen(js_name = handrailEarly)]
    fn early(hear: &JsValue) -> Option<Port>;
    /// Asks the browser for what it withholds of the portal's pages. It asks the person, and only while a press is answered.
    #[wasm_bindgen(js_name = handrailAsk)]
    fn ask_for_access();
    #[wasm_bindgen(js_name = handrailChoose)]
    fn choose_language(tag: &str);
}

thread_local! {
    pub(crate) static STATE: RefCell<State> = RefCell::default();
    static PORT: RefCell<Option<Port>> = const { RefCell::new(None) };
    static TAB: RefCell<Option<i32>> = const { RefCell::new(None) };
    /// When the mouse or a finger was put down on the panel, in milliseconds since 1970; none when it is up again.
    static DOWN: Cell<Option<f64>> = const { Cell::new(None) };
    /// What was sent last and when, until something is heard: its connection may have been at its end.
    static UNHEARD: Cell<Option<(f64, JsValue)>> = const { Cell::new(None) };
}

/// Longest time for which it is unsure whether the background heard what was sent, in milliseconds; as the agent's.
const UNSURE: f64 = 1_500.0;

/// Longest time for which what is pressed is kept where it is: the end of a press may come to another window.
const HELD_MS: f64 = 2_000.0;

/// Begins: finds the tab, connects, listens.
#[wasm_bindgen]
pub fn start() {
    spawn_local(async {
        let named = named_tab();
        let tab = if named.is_some() { named } else { active_tab().await };
        TAB.with_borrow_mut(|t| *t = tab);
        if named.is_none() {
            follow();
        }
        listen();
        spoken();
        ON_MESSAGE.with(|l| {
            let wake = Closure::<dyn FnMut(JsValue)>::new(|_| {
                if PORT.with_borrow(Option::is_none) {
                    open();
                }
            });
            l.add_listener(&wake.into_js_value().unchecked_into());
        });
        open();
        Interval::new(1000, each_second).forget();
    });
}

/// The words are in another language from here on, or there is something else to say of labels or vendors.
#[wasm_bindgen]
pub fn spoken() {
    STATE.with_borrow_mut(|state| state.speak(languages(), labels::line(), vendors::list()));
    draw();
}

fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The tab named in the panel's address.
fn named_tab() -> Option<i32> {
    let search = window()?.location().search().ok()?;
    search.trim_start_matches('?').split('&').find_map(|p| p.strip_prefix("tab=")?.parse().ok())
}

async fn active_tab() -> Option<i32> {
    let what = JSON::parse(r#"{"active":true,"currentWindow":true}"#).ok()?;
    let tabs: Array = JsFuture::from(tabs_query(&what).ok()?).await.ok()?.dyn_into().ok()?;
    let id = Reflect::get(&tabs.get(0), &"id".into()).ok()?.as_f64()?;
    #[allow(clippy::cast_possible_truncation, reason = "the browser's tab numbers are 32-bit")]
    Some(id as i32)
}

/// A panel that is for no tab in particular shows the active one's run.
fn follow() {
    let activated = Closure::<dyn FnMut()>::new(|| {
        spawn_local(async {
            let tab = active_tab().await;
            TAB.with_borrow_mut(|t| *t = tab);
            send(&Command::Hello { tab });
        });
    });
    ON_ACTIVATED.with(|l| l.add_listener(&activated.into_js_value().unchecked_into()));
}

/// Connects to the background and says for which tab.
fn open() {
    let hear = Closure::<dyn FnMut(JsValue)>::new(heard).into_js_value();
    let said_hello = early(&hear);
    let is_early = said_hello.is_some();
    let made = || JSON::parse(r#"{"name":"panel"}"#).and_then(|options| connect(&options)).ok();
    let Some(port) = said_hello.or_else(made) else {
        return;
    };
    let end = Closure::<dyn FnMut()>::new(|| {
        PORT.with_borrow_mut(|p| *p = None);
        // The background may have stopped before it heard what was pressed last.
        let unheard = UNHEARD.take().filter(|(at, _)| Date::now() - at < UNSURE);
        if let Some((_, message)) = unheard {
            open();
            post(&message);
        }
    });
    port.on_disconnect().add_listener(&end.into_js_value().unchecked_into());
    if !is_early {
        port.on_message().add_listener(hear.unchecked_ref());
    }
    PORT.with_borrow_mut(|p| *p = Some(port));
    if !is_early {
        let tab = TAB.with_borrow(|t| *t);
        if let Some(message) = message(&Command::Hello { tab }) {
            post(&message);
        }
    }
}

/// Sends a command, over a new connection if the old one ended.
pub(crate) fn send(command: &Command) {
    let Some(message) = message(command) else { return };
    if PORT.with_borrow(Option::is_none) {
        open();
    }
    post(&message);
    UNHEARD.set(Some((Date::now(), message)));
}

fn message(command: &Command) -> Option<JsValue> {
    JSON::parse(&to_string(command)).ok()
}

fn post(message: &JsValue) {
    PORT.with_borrow(|port| {
        if let Some(port) = port {
            // A connection that just ended says so in its own event.
            let _ = port.post_message(message);
        }
    });
}

fn heard(message: JsValue) {
    UNHEARD.set(None);
    let json: Option<String> = JSON::stringify(&message).ok().map(Into::into);
    let Some(message) = json.and_then(|json| from_str::<ToPanel>(&json).ok()) else {
        return;
    };
    STATE.with_borrow_mut(|state| match message {
        ToPanel::View(view) => state.take(*view),
        ToPanel::Revealed { value, text } => drop(state.revealed.insert(value, text)),
        ToPanel::HandOver { lines } => state.clear = Some(lines),
        ToPanel::File { name, text } => save(&name, &text),
        ToPanel::Clip { text } => copy(&text),
        ToPanel::Handed { text, link } => state.handed = Some((text, link)),
        ToPanel::ToSeal { values, salt, report, ends } => linked::seal(state, values, &salt, &report, ends),
        ToPanel::Fell => {
            state.fell = true;
            fell();
        }
        ToPanel::Wake => {}
    });
    linked::heard();
    draw();
}

/// The check, under the link where there is one, so that its report can be handed over.
fn check() -> Option<Command> {
    match STATE.with_borrow(|state| state.link.is_none()) {
        true => Some(Command::Check),
        false => linked::under_link().map(|(code, salt)| Command::CheckLink { code, salt }),
    }
}

fn each_second() {
    let due = STATE.with_borrow_mut(|state| {
        state.now = Date::now();
        state.due()
    });
    if due && let Some(command) = check() {
        send(&command);
    }
    draw();
}

pub(crate) fn draw() {
    // What moves away under a press is not pressed.
    if DOWN.get().is_some_and(|since| Date::now() - since < HELD_MS) {
        return;
    }
    let Some(document) = document() else {
        return;
    };
    STATE.with_borrow_mut(|state| {
        if state.fell {
            return;
        }
        state.now = Date::now();
        let root = document.get_element_by_id("root");
        let place = root.as_ref().and_then(|root| focus::place(&document, root));
        if let Some(root) = &root {
            // A document of our own takes every change.
            let _ = patch(&document, root, &screen::page(state));
        }
        let mut is_new = false;
        if let Some(body) = document.body() {
            let was = |name: &str| body.get_attribute(name).unwrap_or_default();
            let (view, step) = (was("data-view"), was("data-step"));
            for (name, value) in screen::body(state) {
                let _ = body.set_attribute(name, &value);
            }
            is_new = was("data-view") != view;
            if is_new {
                show_top();
            } else if was("data-step") != step {
                show_card(&document);
            }
        }
        if let Some(root) = &root {
            focus::keep(&document, root, place, is_new);
        }
    });
}

/// A new screen is read from its beginning.
fn show_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// A new step's card is brought into view; one that is seen stays where it is.
fn show_card(document: &Document) {
    let card = document.query_selector("[data-part='card']").ok().flatten();
    if let Some(card) = card {
        let how = ScrollIntoViewOptions::new();
        how.set_block(ScrollLogicalPosition::Nearest);
        card.scroll_into_view_with_scroll_into_view_options(&how);
    }
}

/// One listener per kind of event, on the document: what is pressed says what it does.
fn listen() {
    let Some(document) = document() else {
        return;
    };
    let on = |name: &str, call: fn(Event)| {
        let call = Closure::<dyn FnMut(Event)>::new(call).into_js_value();
        let _ = document.add_event_listener_with_callback(name, call.unchecked_ref());
    };
    on("pointerdown", |_| DOWN.set(Some(Date::now())));
    for end in ["pointerup", "pointercancel"] {
        on(end, |_| {
            // After the click that follows.
            Timeout::new(0, || {
                DOWN.set(None);
                draw();
            })
            .forget();
        });
    }
    on("click", clicked);
    on("change", changed);
    on("paste", pasted);
    on("keydown", |event| match event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).as_deref() {
        Some("Enter") => match field(&event) {
            Some(input) => commit(&input),
            None if is_fingerprint(&event) => STATE.with_borrow(linked::compare),
            None => {}
        },
        Some("Escape") => escape(),
        _ => {}
    });
}

/// Escape takes back what was opened here: the settings, or the question before a run is forgotten.
fn escape() {
    let open = "[data-act='settings'][aria-expanded='true'], [data-act='cancel-no']";
    let open = document().and_then(|d| d.query_selector(open).ok().flatten());
    if let Some(button) = open.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
        button.click();
    }
}

fn clicked(event: Event) {
    DOWN.set(None);
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let Some(button) = target.and_then(|t| t.closest("[data-act]").ok().flatten()) else {
        return;
    };
    let act = button.get_attribute("data-act").unwrap_or_default();
    if !own(&act, &button)
        && let Some(command) = command(&act, &button)
    {
        send(&command);
    }
    linked::tell();
    draw();
}

/// The command a button stands for.
fn command(act: &str, button: &Element) -> Option<Command> {
    let named = |name: &str| button.get_attribute(name).unwrap_or_default();
    let value = || named("data-for");
    Some(match act {
        "offer" => Command::Offer { guide: named("data-guide") },
        "home" => Command::Home,
        "start" => Command::Start { guide: named("data-guide"), portal: named("data-portal") },
        "adopt" => Command::Adopt { run: named("data-run") },
        "back" => Command::Back,
        "next" => Command::Next,
        "confirm" => Command::Confirm,
        "choose" => Command::Choose,
        "go-to" => Command::GoTo { step: named("data-step") },
        "mend" => Command::Mend { step: named("data-step") },
        "pause" => Command::Pause,
        "resume" => Command::Resume,
        "cancel-yes" => Command::Cancel,
        "restart" => Command::Restart,
        "open-page" => Command::OpenPage,
        "use-suggestion" => {
            Command::UseSuggestion { value: value(), n: named("data-n").parse().unwrap_or_default() }
        }
        "use-anyway" => Command::UseAnyway { value: value() },
        "forget" => Command::Forget { value: value() },
        "reveal" => Command::Reveal { value: value() },
        "reveal-hand-over" => Command::RevealHandOver,
        "save-file" => Command::SaveFile,
        "approve-origin" => Command::ApproveOrigin { origin: named("data-origin") },
        "forget-origin" => Command::ForgetOrigin { origin: named("data-origin") },
        "read" => Command::Read,
        "read-page" => Command::ReadPage { on: named("data-on") == "true" },
        "check" => return check(),
        "seal" => Command::Seal,
        "switch" => Command::Switch { plan: named("data-guide") },
        "hand-run" => Command::HandRun,
        "undone" => Command::Undone {
            run: named("data-run"),
            item: named("data-item"),
            on: named("data-on") == "true",
        },
        "save-record" => Command::SaveRecord { run: named("data-run"), form: named("data-form") },
        "forget-record" => Command::ForgetRecord { run: named("data-run") },
        "keep-health" => Command::KeepHealth { on: named("data-on") == "true" },
        "clear-health" => Command::ClearHealth,
        _ => return None,
    })
}

/// What a button does here, without the background. True when that is all.
fn own(act: &str, button: &Element) -> bool {
    STATE.with_borrow_mut(|state| {
        match act {
            "settings" => state.settings = !state.settings,
            "cancel" => state.cancelling = true,
            "cancel-no" => state.cancelling = false,
            "restart" | "cancel-yes" => {
                state.cancelling = false;
                return false;
            }
            "hide" => drop(state.revealed.remove(&button.get_attribute("data-for").unwrap_or_default())),
            "hide-hand-over" => state.clear = None,
            "approve-print" => drop(window().and_then(|w| w.print().ok())),
            "copy" => {
                let words = button.get_attribute("data-copy").unwrap_or_default();
                copy(&words);
                state.copied = words;
            }
            "share" => {
                if let Some(link) = &mut state.link {
                    link.shares = !link.shares;
                }
            }
            // What comes of it the background hears from the browser.
            "ask-for-access" => ask_for_access(),
            "look-for-labels" | "forget-labels" => labels::pressed(act),
            "compare" => linked::compare(state),
            "forget-vendor" => vendors::forget(&button.get_attribute("data-vendor").unwrap_or_default()),
            "look" => linked::look(),
            "save-receipt" => {
                let kept = state.link.as_ref().and_then(|link| link.asked.as_ref()).map(Asked::to_keep);
                save("handrail-receipt.json", &kept.unwrap_or_default());
            }
            "copy-hand-over" => copy(&hand_over_text(state)),
            "export-health" => {
                let lines = state.view.as_ref().map(|v| v.health.clone()).unwrap_or_default();
                let file =
                    HealthFile { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), lines };
                save("handrail-guide-health.json", &to_pretty(&file));
            }
            _ => return false,
        }
        true
    })
}

fn is_fingerprint(event: &Event) -> bool {
    event.target().and_then(|t| t.dyn_into::<Element>().ok()).is_some_and(|e| e.id() == "fingerprint")
}

/// The value's field an event is about.
fn field(event: &Event) -> Option<HtmlInputElement> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    input.has_attribute("data-value").then_some(input)
}

/// What a colleague sent, put into its field.
fn handed_in(event: &Event) -> Option<HtmlTextAreaElement> {
    let area = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.has_attribute("data-field").then_some(area)
}

fn take_over(area: &HtmlTextAreaElement) {
    let text = area.value();
    if !text.trim().is_empty() {
        area.set_value("");
        send(&Command::TakeOver { text });
    }
}

fn changed(event: Event) {
    if let Some(area) = handed_in(&event) {
        return take_over(&area);
    }
    if let Some(input) = field(&event) {
        commit(&input);
        return;
    }
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if let Some(select) = target.as_ref().and_then(|t| t.dyn_ref::<HtmlSelectElement>()) {
        return choose_language(&select.value());
    }
    if let Some(input) = target.as_ref().and_then(|t| t.dyn_ref::<HtmlInputElement>())
        && let Some(key) = input.get_attribute("data-tick")
    {
        STATE.with_borrow_mut(|state| crate::own::tick(state, key, input.checked()));
        return draw();
    }
    let portal = target.and_then(|e| e.get_attribute("data-portal"));
    if portal.is_some() {
        STATE.with_borrow_mut(|s| s.portal = portal);
        draw();
    }
}

/// A paste is checked at once: as soon as the browser has put it into the field.
fn pasted(event: Event) {
    if let Some(area) = handed_in(&event) {
        Timeout::new(0, move || take_over(&area)).forget();
        return;
    }
    if let Some(input) = field(&event) {
        Timeout::new(0, move || commit(&input)).forget();
    }
}

/// Sends what is in a field and empties it.
fn commit(input: &HtmlInputElement) {
    let (value, text) = (input.get_attribute("data-value").unwrap_or_default(), input.value());
    if text.trim().is_empty() {
        return;
    }
    input.set_value("");
    STATE.with_borrow_mut(|s| drop(s.revealed.remove(&value)));
    send(&if input.has_attribute("data-prove") {
        Command::Prove { text, link: linked::under_link() }
    } else {
        Command::Paste { value, text }
    });
}
