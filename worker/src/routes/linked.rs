//! A check under a link: reserved before, committed after, and the report signed with a commitment to the values.

use handrail_entra::{Case, Report};
use handrail_guide::plan::{Requirements, ValueKind};
use handrail_handover::{LinkClaims, REPORT_TYPE, ReportClaims, Salt, commitment, jose, refusal};
use serde_json::{Value, json};
use worker::Env;

use super::links;
use crate::answer::{self, Refusal};
use crate::objects::{LinkAsk, ask_link};
use crate::{guides, microsoft, signing};

/// A check that may run.
pub(super) struct Reserved {
    id: String,
    claims: LinkClaims,
    origin: String,
    commitment: String,
}

impl Reserved {
    /// What the link changes about a check: what the vendor proves afterwards needs no secret, and a consent no more than
    /// the directory.
    pub(super) fn adapt(&self, case: &mut Case) {
        case.by_vendor = self.claims.is_proved_afterwards();
        if self.claims.consent.is_some() {
            case.requirements.values.entry("tenant-id".to_owned()).or_insert(ValueKind::TenantId);
        }
    }
}

/// The kinds of credential that were sent along.
fn kinds_of(case: &Case) -> impl Iterator<Item = &'static str> {
    let is_secret = |(id, kind): (&String, &ValueKind)| {
        // EXPOSE: asked only whether there is one.
        *kind == ValueKind::ClientSecret
            && case.values.get(id).is_some_and(|value| !value.expose().is_empty())
    };
    let secret = case.requirements.values.iter().any(is_secret).then_some("secret");
    secret.into_iter().chain(case.assertion.as_ref().map(|_| "certificate"))
}

/// Reserves an attempt. `origin` is that of the request, `salt` is the customer's; the report commits to exactly these values. A credential of a kind that the
/// vendor does not take is refused before it is tried.
pub(super) async fn reserve(
    origin: &str,
    env: &Env,
    (link, salt): (&str, Option<&str>),
    case: &Case,
) -> Result<Reserved, Refusal> {
    let code = links::code_of(link)?;
    let salt = salt.and_then(Salt::parse).ok_or(answer::BAD_REQUEST)?;
    if signing::key(env).is_none() {
        return Err(answer::NOT_SET_UP);
    }
    let seen = links::look_at(env, &code).await?;
    let claims: LinkClaims = jose::dangerous_claims(links::token_of(&seen)).ok_or(refusal::LINK_UNKNOWN)?;
    if claims.guide != case.guide {
        return Err(refusal::NOT_THIS_LINK.into());
    }
    if !kinds_of(case).all(|kind| claims.takes(kind)) {
        return Err(refusal::KIND_NOT_TAKEN.into());
    }
    let reserved = ask_link(env, code.as_str(), &LinkAsk::Reserve).await.map_err(|_| answer::INTERNAL)??;
    let id = reserved.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let commitment = commitment(&salt, case.values.iter().map(|(id, value)| (id.as_str(), value)));
    Ok(Reserved { id, claims, origin: links::origin(origin, env), commitment })
}

/// What the verifier must see under a link with a guide of the vendor's own, which is stored with it.
pub(super) async fn requirements(env: &Env, link: &str) -> Result<Requirements, Refusal> {
    let seen = links::look_at(env, &links::code_of(link)?).await?;
    let claims: LinkClaims = jose::dangerous_claims(links::token_of(&seen)).ok_or(refusal::LINK_UNKNOWN)?;
    let text = seen.get("guide").and_then(Value::as_str).ok_or(refusal::NOT_THIS_LINK)?;
    Ok(guides::own(&claims, text)?.0)
}

/// Commits the attempt and answers the report with its signed form beside it. `followed` is the digest that the customer's
/// side tells of its own copy of the guide.
pub(super) async fn commit(
    env: &Env,
    reserved: Reserved,
    report: &Report,
    followed: Option<String>,
) -> Result<Vec<u8>, Refusal> {
    let key = signing::key(env).ok_or(answer::NOT_SET_UP)?;
    let mut shown = answer::tree(report)?;
    let verdict = shown.get("verdict").and_then(Value::as_str).unwrap_or("could-not-tell").to_owned();
    let Reserved { id, claims, origin, commitment } = reserved;
    ask_link(env, &claims.jti, &LinkAsk::Commit(id, verdict.clone()))
        .await
        .map_err(|_| answer::INTERNAL)??;
    let packaged = guides::one(&claims.guide).map(|guide| guide.digest.clone());
    let digest = packaged.unwrap_or_else(|| claims.digest.clone());
    let signed = ReportClaims {
        iss: origin,
        aud: claims.iss,
        sub: claims.jti,
        iat: microsoft::now().as_second(),
        guide: claims.guide,
        digest,
        followed,
        tenant: report.tenant.clone(),
        verdict,
        commitment,
        report: shown.clone(),
    };
    let token = key.token(REPORT_TYPE, &signed).map_err(|_| answer::INTERNAL)?;
    answer::put(&mut shown, "signed", json!(token));
    answer::written(&shown)
}
