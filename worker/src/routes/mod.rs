//! Which address leads where. One file per route; a new one is a file and a line in `route`.

pub(crate) mod check;
mod desk;
mod guides;
mod health;
mod link_page;
mod linked;
mod links;
mod openapi;
mod pages;
pub(crate) mod quick;

use serde_json::json;
use worker::worker_sys::web_sys;
use worker::{Env, Method, Request, Response, Result};

use crate::asked::Asked;
use crate::spoken::missing;
use crate::{answer, asked, signing, told};

/// Finds the route of a request. A check is asked for often and has a short way in and out.
pub(crate) async fn route(request: web_sys::Request, env: Env) -> Result<web_sys::Response> {
    let asked = Asked::of(&request);
    let path = path(asked.address().1);
    match (asked.method(), path) {
        ("POST", "/api/check") => check::check(&request, &asked, &env).await,
        (_, path) => other(request.into(), env, path).await.map(Into::into),
    }
}

fn path(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

async fn other(request: Request, env: Env, path: &str) -> Result<Response> {
    let method = request.method();
    let is_api = path.starts_with("/api/");
    if is_api && method == Method::Options {
        return answer::preflight();
    }
    match (method, path) {
        (Method::Get, "/api/health") => health::health(&request, &env),
        (Method::Get, "/api/guides") => guides::guides(&env, &request).await,
        (Method::Get, "/api/openapi.json") => openapi::openapi(&env).await,
        (Method::Get | Method::Head, "/check") => quick::form(&request, &env).await,
        (Method::Post, "/check") => quick::answer(request, &env).await,
        (Method::Get | Method::Head, "/vendor") => desk::form(&request, &env).await,
        (Method::Post, "/vendor") => desk::pressed(request, &env).await,
        (Method::Get, "/.well-known/jwks.json") => {
            answer::json_answer(200, &json!({"keys": signing::set(&env)}))
        }
        (Method::Get | Method::Head, "/") => pages::home(&env, &request).await,
        (_, path) if path.starts_with("/api/links/") || path.starts_with("/api/vendor/") => {
            links::route(request, &env, path).await
        }
        (
            _,
            "/api/check"
            | "/api/health"
            | "/api/guides"
            | "/api/openapi.json"
            | "/.well-known/jwks.json"
            | "/",
        ) => answer::refuse(answer::WRONG_METHOD),
        (Method::Get | Method::Head, other) => match other.strip_prefix("/g/") {
            Some(id) => pages::guide(&env, &request, id).await,
            None if other == "/l" || other.starts_with("/l/") => link_page::page(&request, &env).await,
            None if other.starts_with("/assets/") => link_page::asset(&env, &request, other).await,
            None if is_api => answer::refuse(answer::NOT_FOUND),
            None => missing(&env, &request).await,
        },
        _ => answer::refuse(answer::NOT_FOUND),
    }
}

/// What the operator says about checks without a link: `on`, `practice` (on this machine alone), or anything else
/// for no.
fn anonymous(origin: &str, env: &Env) -> Option<&'static str> {
    told::anonymous_checks(env, |told| match told {
        Some("on") => Some("on"),
        Some("practice") if is_here(origin) => Some("practice"),
        _ => None,
    })
}

/// Origin, and path with query, of a request.
fn address(request: &Request) -> (String, String) {
    let address = request.inner().url();
    let (origin, target) = asked::split(&address);
    (origin.to_owned(), target.to_owned())
}

/// Whether this origin is the machine itself, where the practice tenant runs.
fn is_here(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn only_the_machine_itself_is_here() {
        for origin in [
            "http://localhost",
            "http://localhost:8787",
            "http://127.0.0.1:1",
            "http://[::1]:80",
            "http://[::1]",
        ] {
            assert!(is_here(origin), "{origin}");
        }
        for origin in ["https://localhost.evil.example", "https://127.0.0.1.evil.example:80", "https://x", ""]
        {
            assert!(!is_here(origin), "{origin}");
        }
    }
}
