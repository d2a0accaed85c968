//! What the admin takes along at a press: words on the clipboard, a text as a file.

use handrail_messages::panel::Screen;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlAnchorElement;

use crate::state::State;

/// Puts words on the clipboard; only while a press is answered.
pub(crate) fn copy(words: &str) {
    if let Some(window) = web_sys::window() {
        let done = window.navigator().clipboard().write_text(words);
        spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}

/// Saves a text as a file on the admin's machine.
pub(crate) fn save(name: &str, words: &str) {
    let (Some(document), Ok(blob)) = (
        web_sys::window().and_then(|window| window.document()),
        web_sys::Blob::new_with_str_sequence(&Array::of1(&words.into())),
    ) else {
        return;
    };
    let (Ok(url), Ok(link)) =
        (web_sys::Url::create_object_url_with_blob(&blob), document.create_element("a"))
    else {
        return;
    };
    if let Ok(link) = link.dyn_into::<HtmlAnchorElement>() {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = web_sys::Url::revoke_object_url(&url);
}

/// What is handed over, a line for each value; secrets masked unless they have been asked for.
pub(crate) fn hand_over_text(state: &State) -> String {
    let masked = match state.view.as_ref().map(|v| &v.screen) {
        Some(Screen::Run(run)) => run.hand_over.clone(),
        _ => Vec::new(),
    };
    let lines = state.clear.clone().unwrap_or(masked);
    lines.iter().map(|(label, text)| format!("{label}: {text}\n")).collect()
}
