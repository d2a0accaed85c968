//! The pages for people: what this is, and one page per guide, whose address the extension's button reads.
//!
//! Without a script, and the same for everybody: they lie beside the Worker in every language.

use worker::{Env, Request, Response, Result};

use super::link_page::is_plain;
use crate::spoken::{missing, whole};

pub(super) async fn home(env: &Env, request: &Request) -> Result<Response> {
    found(env, request, "home").await
}

/// Asks for a link or its code, where an address holds none.
pub(super) async fn code(env: &Env, request: &Request) -> Result<Response> {
    of_status(env, request, 404, "code").await
}

pub(super) async fn guide(env: &Env, request: &Request, id: &str) -> Result<Response> {
    if is_plain(id, "") {
        found(env, request, &["guide-", id].concat()).await
    } else {
        missing(env, request).await
    }
}

async fn found(env: &Env, request: &Request, name: &str) -> Result<Response> {
    of_status(env, request, 200, name).await
}

async fn of_status(env: &Env, request: &Request, status: u16, name: &str) -> Result<Response> {
    match whole(env, request, status, name).await? {
        Some(page) => Ok(page),
        None => missing(env, request).await,
    }
}
