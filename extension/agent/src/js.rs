//! The browser as the agent needs it beyond `web-sys`: extension messaging, announcements, and plain objects.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// A connection to the background.
    pub(crate) type Port;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = connect)]
    fn runtime_connect(info: &JsValue) -> Result<Port, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = getManifest)]
    fn runtime_manifest() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "runtime"], js_name = onMessage)]
    static ON_MESSAGE: Signal;

    /// The script's own world. In Firefox that is not the window, which `js_sys::global` prefers.
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static WORLD: JsValue;

    #[wasm_bindgen(catch, method, js_name = postMessage)]
    pub(crate) fn post(this: &Port, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method)]
    pub(crate) fn disconnect(this: &Port) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter, js_name = onMessage)]
    pub(crate) fn on_message(this: &Port) -> Signal;

    #[wasm_bindgen(method, getter, js_name = onDisconnect)]
    pub(crate) fn on_disconnect(this: &Port) -> Signal;

    /// An extension event.
    pub(crate) type Signal;

    #[wasm_bindgen(catch, method, js_name = addListener)]
    pub(crate) fn add(this: &Signal, listener: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = removeListener)]
    pub(crate) fn remove(this: &Signal, listener: &Function) -> Result<(), JsValue>;

    /// A document that can speak.
    #[wasm_bindgen(extends = Document)]
    type Speaker;

    #[wasm_bindgen(catch, method, js_name = ariaNotify)]
    fn aria_notify(this: &Speaker, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, js_name = execCommand)]
    fn exec_command(this: &Speaker, name: &str) -> Result<bool, JsValue>;

    /// A constructed style sheet goes in a list made by the page's realm.
    #[wasm_bindgen(extends = ShadowRoot)]
    type Dressed;

    #[wasm_bindgen(catch, method, setter, js_name = adoptedStyleSheets)]
    fn dress(this: &Dressed, sheets: &Array) -> Result<(), JsValue>;

    /// Something to listen to. Our arguments are always good ones, so no way of failing is bound.
    type Source;

    #[wasm_bindgen(method, js_name = addEventListener)]
    fn add_listener(this: &Source, name: &str, listener: &Function, options: &JsValue);

    /// A `copy` event.
    type CopyEvent;

    #[wasm_bindgen(method, getter, js_name = clipboardData)]
    fn clipboard(this: &CopyEvent) -> Option<Clipboard>;

    /// What a `copy` event puts on the clipboard.
    type Clipboard;

    #[wasm_bindgen(catch, method, js_name = setData)]
    fn set_data(this: &Clipboard, kind: &str, text: &str) -> Result<(), JsValue>;

    /// An entry of an observer that knows whether anything covers its element.
    pub(crate) type Entry;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn target(this: &Entry) -> Element;

    #[wasm_bindgen(method, getter, js_name = isIntersecting)]
    pub(crate) fn is_intersecting(this: &Entry) -> bool;

    #[wasm_bindgen(method, getter, js_name = isVisible)]
    pub(crate) fn is_visible(this: &Entry) -> Option<bool>;
}

/// Opens a connection named `agent`. Fails when the extension was updated or removed.
pub(crate) fn connect() -> Result<Port, JsValue> {
    runtime_connect(&Message::bare().with("name", "agent").into())
}

/// Whether the extension this script belongs to is still installed as it was.
pub(crate) fn extension_lives() -> bool {
    runtime_manifest().is_ok()
}

/// Listens to messages sent to the tab rather than over the port.
pub(crate) fn hear(listener: &Function) {
    // Without messaging there is nobody to hear; the port will say so.
    drop(ON_MESSAGE.with(|signal| signal.add(listener)));
}

/// Stops listening.
pub(crate) fn unhear(listener: &Function) {
    drop(ON_MESSAGE.with(|signal| signal.remove(listener)));
}

/// Says `text` through the screen reader, if the browser can.
pub(crate) fn announce(document: &Document, text: &str) {
    // A browser that cannot still has the card's role and words.
    drop(document.unchecked_ref::<Speaker>().aria_notify(text));
}

/// Asks the browser for a `copy` event.
pub(crate) fn command_copy(document: &Document) -> bool {
    document.unchecked_ref::<Speaker>().exec_command("copy").unwrap_or(false)
}

/// Puts a text into the clipboard of a `copy` event.
pub(crate) fn give_clipboard(event: &web_sys::Event, text: &str) -> bool {
    let board = event.unchecked_ref::<CopyEvent>().clipboard();
    board.is_some_and(|board| board.set_data("text/plain", text).is_ok())
}

/// Gives the root its style sheet.
pub(crate) fn dress(root: &ShadowRoot, sheet: &JsValue) -> bool {
    root.unchecked_ref::<Dressed>().dress(&Array::of1(sheet)).is_ok()
}

/// A flat object on its way to the background.
#[derive(Clone)]
pub(crate) struct Message(Object);

impl Message {
    /// A message of this kind.
    pub(crate) fn new(kind: &str) -> Self {
        Self::bare().with("k", kind)
    }

    /// An object without a kind.
    pub(crate) fn bare() -> Self {
        Self(Object::new())
    }

    /// Adds a field.
    #[inline]
    pub(crate) fn with(self, key: &str, value: impl Into<JsValue>) -> Self {
        self.set(key, &value.into());
        self
    }

    #[inline(never)]
    fn set(&self, key: &str, value: &JsValue) {
        // A fresh plain object takes any field.
        drop(Reflect::set(&self.0, &JsValue::from_str(key), value));
    }
}

impl From<Message> for JsValue {
    fn from(message: Message) -> Self {
        message.0.into()
    }
}

/// A field of an object; `undefined` if there is none.
#[inline(never)]
pub(crate) fn field(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// A text field; empty if there is none.
#[inline(never)]
pub(crate) fn text(of: &JsValue, key: &str) -> String {
    field(of, key).as_string().unwrap_or_default()
}

/// A number field; 0 if there is none.
#[inline(never)]
pub(crate) fn number(of: &JsValue, key: &str) -> f64 {
    field(of, key).as_f64().unwrap_or_default()
}

/// A list field; empty if there is none.
pub(crate) fn list(of: &JsValue, key: &str) -> Array {
    array(field(of, key))
}

/// The value as a list; empty if it is none.
#[inline(never)]
pub(crate) fn array(value: JsValue) -> Array {
    value.dyn_into().unwrap_or_default()
}

/// A number in figures, as the browser prints it; Rust's own printing would cost kilobytes.
#[inline(never)]
pub(crate) fn figure(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// Listens to an event.
pub(crate) fn listen(on: &JsValue, name: &str, listener: &Function, options: &JsValue) {
    on.unchecked_ref::<Source>().add_listener(name, listener, options);
}

/// Takes a name out of the script's own world.
pub(crate) fn forget(name: &str) {
    // A property that a script has set can be deleted.
    drop(WORLD.with(|world| Reflect::delete_property(world.unchecked_ref::<Object>(), &name.into())));
}

/// A new object of a class that every browser we run in has.
#[inline(never)]
pub(crate) fn construct(class: &str, arguments: &Array) -> JsValue {
    let class = WORLD.with(|world| field(world, class));
    Reflect::construct(class.unchecked_ref::<Function>(), arguments).unwrap_or(JsValue::UNDEFINED)
}
