//! The Worker: checks what an admin collected against Microsoft, says what came of it, keeps nothing.
//!
//! It holds no business logic: the proof is `handrail-entra`'s, the words are its tables'. Here are the routes, the
//! fetches and the answers' headers. No value that was sent here is ever written to a log.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the entry exists on wasm32 alone"))]

mod answer;
mod asked;
mod guides;
mod hook;
mod later;
mod limit;
mod microsoft;
mod objects;
mod outgoing;
pub mod outside;
mod proof;
mod routes;
mod signing;
mod spoken;
mod told;

use worker::worker_sys::web_sys;
use worker::{Context, Env, Result, event};

/// Entry of every request.
///
/// # Errors
/// Only when an answer cannot be made at all; the entry script then answers 500 without detail.
#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    hook::install();
    routes::route(request, env).await
}
