//! What a panic leaves behind: the place in the code, never its words, which could hold a value.

use std::panic;
use std::sync::Once;

use worker::console_error;
use worker::js_sys::{Reflect, global};
use worker::wasm_bindgen::JsValue;

static INSTALLED: Once = Once::new();

/// Replaces the default hook, and the crate `worker`'s, both of which log the payload.
///
/// It also raises the flag by which the entry script answers the requests in flight and starts a fresh instance.
pub(crate) fn install() {
    INSTALLED.call_once(|| {
        panic::set_hook(Box::new(|info| {
            match info.location() {
                Some(place) => console_error!("panicked at {}:{}", place.file(), place.line()),
                None => console_error!("panicked"),
            }
            if let Ok(state) = Reflect::get(&global(), &JsValue::from_str("__worker_init_state")) {
                drop(Reflect::set(&state, &JsValue::from_str("criticalError"), &JsValue::TRUE));
            }
        }));
    });
}
