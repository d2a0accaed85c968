//! `GET /l/<code>`: the page behind a link, and the files it is made of. Looking at it changes nothing, however often a
//! mail gateway does. Where a mail program left no whole link, a page asks for it, or for its code.

use handrail_credential::domain;
use handrail_handover::{LinkClaims, find, jose};
use worker::{Env, Request, Response, Result};

use super::{links, pages};
use crate::answer;
use crate::spoken::{file, spoken};

/// What the page is made of: name and type.
const FILES: [(&str, &str); 4] = [
    ("own.js", "text/javascript; charset=utf-8"),
    ("page.js", "text/javascript; charset=utf-8"),
    ("page.css", "text/css; charset=utf-8"),
    ("page_bg.wasm", "application/wasm"),
];

/// What comes before a link that was entered in the form of `worker/pages/code.html`.
const ENTERED: &str = "/l/?link=";

/// The page. It may talk to the domain that the link names; whether that domain made the link is proved there.
pub(super) async fn page(request: &Request, env: &Env) -> Result<Response> {
    let address = request.inner().url();
    // Forms write a space as a plus.
    let entered = address.split_once(ENTERED).map(|(_, entered)| entered.replace('+', " "));
    // Whatever a mail program did to the address, the code is looked for in all of it.
    let Some(found) = find(entered.as_deref().unwrap_or(&address)) else {
        return pages::code(env, request).await;
    };
    if entered.is_some() {
        return answer::lead_to(&["/l/", found.code.as_str()].concat());
    }
    let Some(html) = spoken(env, request, "link", "page").await? else {
        return answer::refuse(answer::INTERNAL);
    };
    match links::look_at(env, &found.code).await {
        Ok(look) => {
            let claims: Option<LinkClaims> = jose::dangerous_claims(links::token_of(&look));
            let vendor = claims.and_then(|claims| domain(&claims.iss)).unwrap_or_default();
            answer::link_page(200, html, &format!(" https://{vendor}"))
        }
        Err(_) => answer::link_page(404, html, ""),
    }
}

/// A file of the page.
pub(super) async fn asset(env: &Env, request: &Request, path: &str) -> Result<Response> {
    let name = path.trim_start_matches("/assets/");
    let is_spoken = name == "own.json" || is_plain(name, ".steps.json");
    if let Some(plain) = name.strip_suffix(".json").filter(|_| is_spoken) {
        return match spoken(env, request, plain, "json").await? {
            Some(found) => answer::asset("application/json", found.bytes, Some(&found.tag)),
            None => answer::refuse(answer::NOT_FOUND),
        };
    }
    let listed = FILES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let Some(kind) = listed.or_else(|| is_plain(name, ".ftl").then_some("text/plain; charset=utf-8")) else {
        return answer::refuse(answer::NOT_FOUND);
    };
    match file(env, name).await? {
        Some(bytes) => answer::asset(kind, bytes, None),
        None => answer::refuse(answer::NOT_FOUND),
    }
}

/// Whether a guide, its steps as words or a language are asked for; which there are, the folder knows.
pub(super) fn is_plain(name: &str, end: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    name.strip_suffix(end).is_some_and(|id| id.bytes().all(plain) && !id.contains(".."))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn steps_are_asked_for_by_a_plain_name() {
        let is_steps = |name| is_plain(name, ".steps.json");
        assert!(is_steps("some-guide.steps.json") && is_steps("some-guide.renew.steps.json"));
        for other in
            ["../x.steps.json", "a/b.steps.json", "X.steps.json", "some-guide.json", "a%2fb.steps.json"]
        {
            assert!(!is_steps(other), "{other}");
        }
    }
}
