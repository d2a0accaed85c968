//! Which address leads where. One file per route; a new one is a file and a line in `route`.

mod check;
mod guides;
mod health;
mod openapi;
mod pages;
mod quick;

use worker::{Env, Method, Request, Response, Result};

use crate::answer;

/// Finds the route of a request.
pub(crate) async fn route(request: Request, env: Env) -> Result<Response> {
    let path = request.path();
    let method = request.method();
    let is_api = path.starts_with("/api/");
    if is_api && method == Method::Options {
        return answer::preflight();
    }
    match (method, path.as_str()) {
        (Method::Post, "/api/check") => check::check(request, &env).await,
        (Method::Get, "/api/health") => health::health(&request, &env),
        (Method::Get, "/api/guides") => guides::guides(),
        (Method::Get, "/api/openapi.json") => openapi::openapi(),
        (Method::Get | Method::Head, "/check") => quick::form(&request, &env),
        (Method::Post, "/check") => quick::answer(request, &env).await,
        (Method::Get | Method::Head, "/") => pages::home(),
        (_, "/api/check" | "/api/health" | "/api/guides" | "/api/openapi.json" | "/") => {
            answer::refuse(answer::WRONG_METHOD)
        }
        (Method::Get | Method::Head, other) => match other.strip_prefix("/g/") {
            Some(id) => pages::guide(id),
            None if is_api => answer::refuse(answer::NOT_FOUND),
            None => pages::not_found(),
        },
        _ => answer::refuse(answer::NOT_FOUND),
    }
}

/// What the operator says about checks without a link: `on`, `practice` (on this machine alone), or anything else
/// for no.
fn anonymous(request: &Request, env: &Env) -> Option<&'static str> {
    let told = env.var("ANONYMOUS_CHECKS").ok()?.to_string();
    match told.as_str() {
        "on" => Some("on"),
        "practice" if request.url().is_ok_and(|url| is_here(url.host_str().unwrap_or_default())) => {
            Some("practice")
        }
        _ => None,
    }
}

/// Whether this names the machine itself, where the practice tenant runs.
fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}
