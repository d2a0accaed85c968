//! `handrail-agent`: what runs in a frame of the portal while a guide runs.
//!
//! It finds the controls the background asks for, reads them, says what changed, and draws a ring and a card where it is
//! told to. It knows nothing of guides, decides nothing, and never acts for the admin: no press, no typed letter, no
//! change to the page. One value holds all it has; when that is dropped, the page is as it was.

mod agent;
mod events;
mod eyes;
mod hooks;
mod js;
mod order;
mod overlay;
mod pace;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::agent::Agent;
use crate::hooks::Calls;

thread_local! {
    static AGENT: RefCell<Option<Agent>> = const { RefCell::new(None) };
}

/// Begins. `lowered` says which of the two builds this is.
#[wasm_bindgen]
pub fn start(lowered: bool) {
    let calls = Calls {
        event: events::came,
        mutations: |records| with(|agent| agent.page_changed(&records.unchecked_into())),
        visible: |entries| with(|agent| agent.sight_changed(&entries.unchecked_into())),
        sized: |_| with(Agent::stirred),
        frame: |_| with(Agent::frame),
        task: |_| with(Agent::task),
        timer: |_| with(Agent::timer),
        message: |message| with(|agent| agent.message(&message)),
        gone: |_| with(Agent::port_gone),
    };
    match Agent::begin(lowered, &calls) {
        Ok(agent) => AGENT.with(|slot| *slot.borrow_mut() = Some(agent)),
        Err(_) => forget(),
    }
    with(Agent::introduce);
}

/// Lets the agent act. A call from within a call (an event the agent caused itself) is left out.
fn with(act: impl FnOnce(&mut Agent)) {
    let leaving = AGENT.with(|slot| {
        let mut slot = slot.try_borrow_mut().ok()?;
        let agent = slot.as_mut()?;
        act(agent);
        if agent.leaving { slot.take() } else { None }
    });
    // Dropped outside the borrow: what goes away may fire a last event.
    if leaving.is_some() {
        drop(leaving);
        forget();
    }
}

/// Takes away the loader's mark, so that a later run can begin.
fn forget() {
    drop(js_sys::Reflect::delete_property(&js_sys::global(), &"__handrail".into()));
}
