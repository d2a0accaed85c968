//! `POST /api/check`: the only moment a secret is here. It is verified and forgotten.

use std::collections::BTreeMap;

use handrail_credential::{Secret, moment};
use handrail_entra::{Case, Cloud, Verifier};
use handrail_guide::plan::Requirements;
use handrail_handover::OWN;
use handrail_handover::json::{from_tree, tree_of};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use worker::worker_sys::web_sys;
use worker::{Env, Result};

use super::{anonymous, linked};
use crate::answer::{self, Refusal, refuse};
use crate::asked::Asked;
use crate::{asked, guides, limit, microsoft};

/// Bytes of a request: four values and some times take under one kilobyte; a pasted table row may be longer.
pub(super) const MAX_REQUEST: usize = 16 * 1024;

/// Characters of a guide's digest: SHA-256 in hexadecimal. What is longer is none, and is not signed.
const DIGEST: usize = 64;

/// Values, times and notes of one request; guides ask for four.
const MAX_ENTRIES: usize = 32;

#[derive(Deserialize)]
struct Body {
    guide: String,
    cloud: Option<String>,
    values: BTreeMap<String, String>,
    changed: Option<BTreeMap<String, String>>,
    seen: Option<BTreeMap<String, String>>,
    /// A signed statement in place of the secret: a certificate's or a federated credential's.
    assertion: Option<String>,
}

pub(super) async fn check(request: &web_sys::Request, asked: &Asked, env: &Env) -> Result<web_sys::Response> {
    match checked(request, asked, env).await {
        Ok(report) => answer::open_text(200, &report),
        Err(refusal) => refuse(refusal).map(Into::into),
    }
}

async fn checked(
    request: &web_sys::Request,
    asked: &Asked,
    env: &Env,
) -> std::result::Result<Vec<u8>, Refusal> {
    let told = anonymous(asked.address().0, env);
    let anonymous = told.is_some();
    if let Err(refusal) = acceptable(asked, "application/json", answer::NOT_JSON) {
        return Err(if anonymous { refusal } else { answer::LINK_REQUIRED });
    }
    if !within_limits(asked, env, told).await {
        return Err(answer::TOO_OFTEN.later(limit::WINDOW));
    }
    let bytes = asked::body_of(request).await;
    if bytes.len() > MAX_REQUEST {
        return Err(answer::TOO_LARGE);
    }
    // The parser's own words could quote a value, so they are dropped.
    let body = tree_of(&bytes);
    let Link { link, salt, followed } = body.as_ref().map(Link::of).unwrap_or_default();
    if link.is_none() && !anonymous {
        return Err(answer::LINK_REQUIRED);
    }
    let is_own =
        |body: &Value| body.get("guide").and_then(Value::as_str).is_some_and(|id| id.starts_with(OWN));
    let own = match &link {
        Some(link) if body.as_ref().is_ok_and(is_own) => Some(linked::requirements(env, link).await?),
        _ => None,
    };
    let mut case = body.map_err(|_| answer::BAD_REQUEST).and_then(|body| case(body, own))?;
    let reserved = match link {
        None => None,
        Some(link) => {
            let origin = asked.address().0;
            Some(linked::reserve(origin, env, (&link, salt.as_deref()), &case).await?)
        }
    };
    if let Some(reserved) = &reserved {
        reserved.adapt(&mut case);
    }
    #[cfg(feature = "fault")]
    fault(&case).await;
    let report = microsoft::run(Verifier::new(case, microsoft::now())).await;
    match reserved {
        None => answer::written(&report),
        Some(reserved) => linked::commit(env, reserved, &report, followed).await,
    }
}

/// The link a check is made under, the salt of the commitment to its values, and the digest of the guide that was followed.
#[derive(Default)]
struct Link {
    link: Option<String>,
    salt: Option<String>,
    followed: Option<String>,
}

impl Link {
    fn of(body: &Value) -> Self {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            link: text("link"),
            salt: text("salt"),
            followed: text("followed").filter(|digest| digest.len() <= DIGEST),
        }
    }
}

/// Whether who asks from this address may ask once more. `anonymous` is what the operator says of checks without a link.
pub(super) async fn within_limits(asked: &Asked, env: &Env, anonymous: Option<&str>) -> bool {
    let key = format!("address {}", asked.from());
    limit::allowed(env, &[key], anonymous == Some("practice"), microsoft::now().as_second()).await
}

/// A form of a page, as browsers send it.
pub(super) fn acceptable_form(asked: &Asked) -> std::result::Result<(), Refusal> {
    acceptable(asked, "application/x-www-form-urlencoded", answer::FORM_REQUIRED)
}

fn acceptable(asked: &Asked, wanted: &str, other: Refusal) -> std::result::Result<(), Refusal> {
    let kind = asked.kind().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case(wanted) {
        return Err(other);
    }
    match asked.length() {
        None => Err(answer::LENGTH_REQUIRED),
        Some(n) if n > MAX_REQUEST => Err(answer::TOO_LARGE),
        Some(_) => Ok(()),
    }
}

/// The case that a request describes; `own` is what a vendor's own guide wants, under a link that has one.
pub(crate) fn case(body: Value, own: Option<Requirements>) -> std::result::Result<Case, Refusal> {
    let body: Body = from_tree(body).map_err(|_| answer::BAD_REQUEST)?;
    let changed = body.changed.unwrap_or_default();
    let seen = body.seen.unwrap_or_default();
    if body.values.len() + changed.len() + seen.len() > MAX_ENTRIES {
        return Err(answer::BAD_REQUEST);
    }
    let packaged = || guides::one(&body.guide).map(|guide| guide.requirements.clone());
    let requirements = own.or_else(packaged).ok_or(answer::UNKNOWN_GUIDE)?;
    let cloud = match body.cloud.as_deref() {
        None | Some("") => None,
        Some(name) => Some(Cloud::named(name).ok_or(answer::UNKNOWN_CLOUD)?),
    };
    let changed = changed
        .into_iter()
        .map(|(what, when)| {
            Ok((what, moment(&when).and_then(|s| Timestamp::from_second(s).ok()).ok_or(answer::BAD_TIME)?))
        })
        .collect::<std::result::Result<_, Refusal>>()?;
    Ok(Case {
        guide: body.guide,
        requirements,
        cloud,
        values: body.values.into_iter().map(|(id, text)| (id, Secret::new(text))).collect(),
        changed,
        seen,
        assertion: body.assertion.map(Secret::new),
        ..Case::default()
    })
}

/// In the fault build alone: panics with the secret in its words, or waits so that others can panic meanwhile.
#[cfg(feature = "fault")]
#[allow(clippy::panic, reason = "what this build is for")]
async fn fault(case: &Case) {
    match case.seen.get("fault").map(String::as_str) {
        // EXPOSE: the words of a panic, which must not reach the log; that is what is tested.
        Some("panic") => panic!("{}", case.values.get("client-secret").map_or("", |s| s.expose())),
        Some("wait") => {
            worker::console_log!("waiting");
            worker::Delay::from(std::time::Duration::from_secs(2)).await;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use handrail_entra::Case;
    use handrail_handover::json::tree_of;

    use crate::answer::{self, Refusal};

    fn case(text: &str) -> Result<Case, Refusal> {
        tree_of(text.as_bytes()).map_err(|_| answer::BAD_REQUEST).and_then(|body| super::case(body, None))
    }

    #[test]
    fn what_is_no_check_is_refused() {
        for (body, code) in [
            ("", "bad-request"),
            ("{}", "bad-request"),
            ("[]", "bad-request"),
            (r#"{"guide":"securus360","values":{"client-secret":7}}"#, "bad-request"),
            (r#"{"guide":"nothing","values":{}}"#, "unknown-guide"),
            (r#"{"guide":"securus360","values":{},"cloud":"mars"}"#, "unknown-cloud"),
            (r#"{"guide":"securus360","values":{},"changed":{"consent":"now"}}"#, "bad-time"),
        ] {
            let refusal = case(body).err().map(|refusal| refusal.words().0);
            assert_eq!(refusal, Some(code), "{body}");
        }
    }

    #[test]
    fn what_was_followed_is_told_by_a_digest() {
        let followed = |text: &str| super::Link::of(&serde_json::json!({"followed": text})).followed;
        let digest = "0".repeat(64);
        assert_eq!(followed(&digest), Some(digest.clone()));
        assert_eq!(followed(&format!("{digest}0")), None, "what is no digest is not signed");
        assert_eq!(super::Link::of(&serde_json::json!({"followed": 7})).followed, None);
    }

    #[test]
    fn a_signed_statement_takes_the_place_of_the_secret() {
        let read = |more: &str| case(&format!(r#"{{"guide":"securus360","values":{{}}{more}}}"#)).ok();
        assert!(read("").is_some_and(|c| c.assertion.is_none()));
        assert!(read(r#","assertion":"a.b.c""#).is_some_and(|c| c.assertion.is_some()));
    }

    #[test]
    fn a_check_is_read() {
        let body = r#"{"guide":"securus360","cloud":"gcc","values":{"client-id":"x"},
            "changed":{"consent":"2026-11-21T12:00:00Z"},"later":true}"#;
        let case = case(body).ok();
        assert!(case.is_some_and(|c| c.values.len() == 1 && c.changed.len() == 1 && c.cloud.is_some()));
    }
}
