//! `GET /api/health`: that the Worker runs, which version, and whether it checks without a link.

use serde_json::json;
use worker::{Env, Request, Response, Result};

use super::{address, anonymous};
use crate::answer::json_answer;

pub(super) fn health(request: &Request, env: &Env) -> Result<Response> {
    let anonymous = anonymous(&address(request).0, env).unwrap_or("off");
    json_answer(
        200,
        &json!({"ok": true, "version": env!("CARGO_PKG_VERSION"), "anonymous-checks": anonymous}),
    )
}
