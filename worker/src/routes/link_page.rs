//! `GET /l/<code>`: the page behind a link, and the files it is made of. Looking at it changes nothing, however often a
//! mail gateway does.

use handrail_credential::domain;
use handrail_handover::{LinkClaims, find, jose};
use worker::{Env, Request, Response, Result};

use super::links;
use crate::{answer, outgoing};

/// What the page is made of: name and type.
const FILES: [(&str, &str); 3] = [
    ("page.js", "text/javascript; charset=utf-8"),
    ("page.css", "text/css; charset=utf-8"),
    ("page_bg.wasm", "application/wasm"),
];

const HTML: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
content=\"width=device-width,initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><title>Handrail</title>\
<link rel=\"stylesheet\" href=\"/assets/page.css\"><link rel=\"modulepreload\" href=\"/assets/page.js\">\
<link rel=\"preload\" href=\"/assets/page_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin><main id=\"page\"></main><noscript><p>This page checks who sent the link \
and seals what you enter, in your browser. For that it needs JavaScript.</p></noscript>\
<script type=\"module\" src=\"/assets/page.js\"></script></html>";

/// The page. It may talk to the domain that the link names; whether that domain made the link is proved there.
pub(super) async fn page(request: &Request, env: &Env) -> Result<Response> {
    let address = request.inner().url();
    // Whatever a mail program did to the address, the code is looked for in all of it.
    let Some(found) = find(&address) else { return answer::link_page(404, HTML.to_owned(), "") };
    match links::look_at(env, &found.code).await {
        Ok(look) => {
            let claims: Option<LinkClaims> = jose::dangerous_claims(links::token_of(&look));
            let vendor = claims.and_then(|claims| domain(&claims.iss)).unwrap_or_default();
            answer::link_page(200, HTML.to_owned(), &format!(" https://{vendor}"))
        }
        Err(_) => answer::link_page(404, HTML.to_owned(), ""),
    }
}

/// A file of the page.
pub(super) async fn asset(env: &Env, path: &str) -> Result<Response> {
    let name = path.trim_start_matches("/assets/");
    let listed = FILES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let kinds = [(".steps.json", "application/json"), (".ftl", "text/plain; charset=utf-8")];
    let named = kinds.iter().find(|(end, _)| is_plain(name, end)).map(|(_, kind)| *kind);
    let Some(kind) = listed.or(named) else {
        return answer::refuse(answer::NOT_FOUND);
    };
    match file(env, name).await? {
        Some(bytes) => answer::asset(kind, bytes),
        None => answer::refuse(answer::NOT_FOUND),
    }
}

/// Whether a guide's steps as words or a language are asked for; which there are, the folder knows.
fn is_plain(name: &str, end: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    name.strip_suffix(end).is_some_and(|id| id.bytes().all(plain) && !id.contains(".."))
}

/// A file that lies beside the Worker.
pub(super) async fn file(env: &Env, name: &str) -> Result<Option<Vec<u8>>> {
    let ask = outgoing::request("GET", &format!("http://assets/{name}"), &[], None)?;
    let mut file = env.service("ASSETS")?.fetch_request(ask).await?;
    if file.status_code() == 200 { file.bytes().await.map(Some) } else { Ok(None) }
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
