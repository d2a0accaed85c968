//! `GET /api/openapi.json`: the API's description, as it is checked in. It is a file beside the Worker, not a part of it.

use worker::{Env, Response, Result};

use crate::answer::{self, json_text, refuse};
use crate::spoken::file;

pub(super) async fn openapi(env: &Env) -> Result<Response> {
    match file(env, "openapi.json").await? {
        Some(text) => json_text(200, text),
        None => refuse(answer::NOT_FOUND),
    }
}
