//! `handrail-agent`: what runs in a frame of the portal while a guide runs.
//!
//! It finds the controls the background asks for, reads them, says what changed, and draws a ring and a card where it is
//! told to. It knows nothing of guides, decides nothing, and never acts for the admin: no press, no typed letter, no
//! change to the page. One value holds all it has; when that is dropped, the page is as it was.

mod agent;
mod events;
mod eyes;
#[cfg(target_arch = "wasm32")]
mod heap;
mod hooks;
mod js;
mod order;
mod overlay;
mod pace;

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::agent::Agent;
use crate::hooks::{Calls, Hook};

thread_local! {
    static AGENT: RefCell<Option<Agent>> = const { RefCell::new(None) };
}

/// Begins. `lowered` says which of the two builds this is.
#[wasm_bindgen]
pub fn start(lowered: bool) {
    let calls = Calls {
        event: events::came,
        visible: |agent, entries| agent.sight_changed(entries.unchecked_ref()),
        moved: |agent, _| agent.place_changed(),
        sized: |agent, _| agent.laid_out(),
        frame: |agent, _| agent.frame(),
        task: |agent, _| agent.task(),
        timer: |agent, _| agent.timer(),
        message: Agent::message,
        gone: |agent, _| agent.port_gone(),
        changed: |agent, _| agent.stirred(),
    };
    // Kept for good: it is needed when nothing else can be relied on.
    let fell: Function = Closure::<dyn Fn()>::new(fell).into_js_value().unchecked_into();
    match Agent::begin(lowered, &calls, &fell) {
        Some(agent) => AGENT.with(|slot| *slot.borrow_mut() = Some(agent)),
        None => forget(),
    }
    let introduce = Hook::new(|agent, _| agent.introduce(), &fell);
    // The guard catches whatever is thrown.
    drop(hooks::function(&introduce).call0(&JsValue::UNDEFINED));
}

/// Lets the agent act. A call from within a call (an event the agent caused itself) is left out.
pub(crate) fn with(act: fn(&mut Agent, &JsValue), value: &JsValue) {
    let leaving = AGENT.with(|slot| {
        let mut slot = slot.try_borrow_mut().ok()?;
        let agent = slot.as_mut()?;
        act(agent, value);
        if agent.leaving { slot.take() } else { None }
    });
    // Dropped outside the borrow: what goes away may fire a last event.
    if leaving.is_some() {
        drop(leaving);
        forget();
    }
}

/// The agent stopped in the middle of something and never goes on: it is taken off the page.
#[allow(unsafe_code, reason = "what had borrowed the agent ended with the fault and will not give it back")]
fn fell() {
    // SAFETY: one thread, and nothing of the agent runs: the guard calls this after the call has ended.
    let agent = AGENT.with(|slot| unsafe { (*slot.as_ptr()).take() });
    if let Some(mut agent) = agent {
        agent.fall();
        drop(agent);
    }
    forget();
}

/// Takes away the loader's mark, so that a later run can begin.
fn forget() {
    js::forget("__handrail");
}
