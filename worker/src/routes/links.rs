//! `/api/links/…` and `/api/vendor/…`: what customers do with a link's code, and what vendors do with a signature.

use handrail_credential::{domain, utc};
use handrail_entra::is_consent_page;
use handrail_handover::state::Progress;
use handrail_handover::{
    By, Code, Envelope, LinkClaims, RECEIPT_TYPE, ReceiptClaims, ReportClaims, RequestClaims, body_hash,
    jose, may_use, refusal,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use worker::{Env, Method, Request, Response};

use crate::answer::{self, Refusal, json_answer, private_answer, refuse};
use crate::objects::{Incoming, LinkAsk, Signed, VendorAsk, VendorEvent, ask_link, ask_vendor};
use crate::{guides, limit, microsoft, proof, signing};

/// Bytes of a request's body: a report and a sealed bundle stay under fifty thousand.
const MAX_BODY: usize = 200 * 1024;

/// Bytes of a sealed bundle.
const MAX_SEALED: usize = 64 * 1024;

/// Characters of a text in a request that is kept: a step's id, a day, a digest.
const MAX_TEXT: usize = 120;

/// Characters of a digest: SHA-256 in base64url.
const DIGEST: usize = 43;

/// Days from now that a link may be good for.
const MAX_LINK_LIFE: i64 = 367 * 86_400;

type Done<T> = std::result::Result<T, Refusal>;

/// A platform's error says nothing that the other side needs.
fn ours(_: worker::Error) -> Refusal {
    answer::INTERNAL
}

/// Answers what is below `/api/links/` and `/api/vendor/`.
pub(super) async fn route(mut request: Request, env: &Env, path: &str) -> worker::Result<Response> {
    let method = request.method();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).skip(1).collect();
    let open_to_pages = matches!(
        (method.clone(), parts.as_slice()),
        (Method::Get, ["links", _]) | (Method::Post, ["links", _, "open" | "progress" | "hand-over"])
    );
    let done = match (method, parts.as_slice()) {
        (Method::Get, ["links", code]) => look(env, code).await,
        (Method::Post, ["links", code, "open"]) => opened(env, code).await,
        (Method::Post, ["links", code, "progress"]) => progress(&mut request, env, code).await,
        (Method::Post, ["links", code, "hand-over"]) => hand_over(&mut request, env, code).await,
        (Method::Put, ["links", code]) => create(&mut request, env, code).await,
        (Method::Get, ["links", code, "state"]) => vendor(&mut request, env, code, "state").await,
        (Method::Post, ["links", code, verb]) => vendor(&mut request, env, code, verb).await,
        (Method::Get, ["vendor", "links"]) => list(&mut request, env, None).await,
        (Method::Get, ["vendor", "due"]) => due(&mut request, env).await,
        (Method::Put, ["vendor", "webhook"]) => webhook(&mut request, env).await,
        (Method::Put, ["vendor", "code"]) => page_code(&mut request, env).await,
        (_, ["links", _] | ["links", _, _] | ["vendor", "links" | "due" | "webhook" | "code"]) => {
            Err(answer::WRONG_METHOD)
        }
        _ => Err(answer::NOT_FOUND),
    };
    match done {
        Ok(value) if open_to_pages => json_answer(200, &value),
        Ok(value) => private_answer(200, &value),
        Err(refusal) => refuse(refusal),
    }
}

/// The code of an address, however it was typed.
pub(super) fn code_of(text: &str) -> Done<Code> {
    Code::parse(text).map_err(|_| refusal::CODE_WRONG.into())
}

async fn look(env: &Env, code: &str) -> Done<Value> {
    look_at(env, &code_of(code)?).await
}

/// What everyone who has the code may see of a link. Changes nothing.
pub(super) async fn look_at(env: &Env, code: &Code) -> Done<Value> {
    ask_link(env, code.as_str(), &LinkAsk::Look).await.map_err(ours)?
}

/// The token of what [`look_at`] saw.
pub(super) fn token_of(look: &Value) -> &str {
    look.get("token").and_then(Value::as_str).unwrap_or_default()
}

async fn opened(env: &Env, code: &str) -> Done<Value> {
    ask_link(env, code_of(code)?.as_str(), &LinkAsk::Opened).await.map_err(ours)?
}

#[derive(Deserialize)]
struct Shared {
    step: String,
    number: u32,
    of: u32,
}

async fn progress(request: &mut Request, env: &Env, code: &str) -> Done<Value> {
    let code = code_of(code)?;
    let shared: Shared = body(request).await?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if shared.step.len() > MAX_TEXT || !shared.step.chars().all(plain) {
        return Err(answer::BAD_REQUEST);
    }
    let at = microsoft::now().as_second();
    let progress = Progress { step: shared.step, number: shared.number, of: shared.of, at };
    ask_link(env, code.as_str(), &LinkAsk::Progress(progress)).await.map_err(ours)?
}

/// A hand-over as the customer's side sends it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Sent {
    /// The version it expects to follow; 0 for the first.
    after: u32,
    /// A random text of the sender's: the same for every try of the same hand-over.
    key: String,
    /// What permits to replace what was handed over before.
    replace: Option<String>,
    /// SHA-256, base64url, of what will permit to replace this one; its text never leaves the sender until then.
    next_replace: String,
    /// The report's token.
    report: String,
    /// The bundle, sealed, base64.
    sealed: String,
    /// The day the credential ends.
    ends: Option<String>,
}

async fn hand_over(request: &mut Request, env: &Env, code: &str) -> Done<Value> {
    let code = code_of(code)?;
    let sent: Sent = body(request).await?;
    let key = signing::key(env).ok_or(answer::NOT_SET_UP)?;
    let origin = origin(&super::address(request).0, env);
    let now = microsoft::now().as_second();
    let envelope =
        Envelope { report: sent.report, sealed: sent.sealed, handrail_envelope: 1, ..Envelope::default() };
    let sealed = envelope.sealed_bytes()?;
    let text = |text: &str| !text.is_empty() && text.len() <= MAX_TEXT;
    let day = |day: &String| day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !text(&sent.key) || !text(&sent.next_replace) || sent.ends.as_ref().is_some_and(|ends| !day(ends)) {
        return Err(answer::BAD_REQUEST);
    }
    if sealed.len() > MAX_SEALED || !sealed.starts_with(b"age-encryption.org/v1\n-> X25519 ") {
        return Err(refusal::NOT_SEALED.into());
    }
    let keys = signing::public(env);
    let report = ReportClaims::admits(&envelope.report, &keys, &origin, code.as_str(), now)?;
    let sha256 = jose::digest(&sealed);
    let receipt = ReceiptClaims {
        iss: origin,
        aud: report.aud,
        sub: code.to_string(),
        iat: now,
        version: sent.after.saturating_add(1),
        by: By::Service,
        report: jose::digest(envelope.report.as_bytes()),
        verdict: report.verdict.clone(),
        sha256: sha256.clone(),
        bytes: u64::try_from(sealed.len()).unwrap_or_default(),
    };
    let receipt = key.token(RECEIPT_TYPE, &receipt).map_err(|_| answer::INTERNAL)?;
    let incoming = Incoming {
        after: sent.after,
        key: jose::digest(sent.key.as_bytes()),
        replace: sent.replace.map(|token| jose::digest(token.as_bytes())),
        next_replace: sent.next_replace,
        sha256,
        verdict: report.verdict,
        tenant: report.tenant,
        ends: sent.ends,
        envelope,
        receipt,
    };
    ask_link(env, code.as_str(), &LinkAsk::HandOver(Box::new(incoming))).await.map_err(ours)?
}

#[derive(Deserialize)]
struct NewLink {
    token: String,
    /// The vendor's own guide, where the link is for one.
    guide: Option<String>,
}

async fn create(request: &mut Request, env: &Env, code: &str) -> Done<Value> {
    let code = code_of(code)?;
    let bytes = bytes(request).await?;
    let vendor = authorised(request, env, &bytes).await?;
    let NewLink { token, guide } = jose::read_json(&bytes).map_err(|_| answer::BAD_REQUEST)?;
    let claims: LinkClaims = jose::dangerous_claims(&token).ok_or(refusal::BAD_LINK)?;
    let now = microsoft::now().as_second();
    let fits = claims.iss == vendor
        && claims.aud == origin(&super::address(request).0, env)
        && claims.jti == code.as_str()
        && claims.exp > now
        && claims.exp <= now.saturating_add(MAX_LINK_LIFE)
        && claims.customer.len() <= MAX_TEXT
        && claims.says_what_is_proved()
        && claims.consent.as_deref().is_none_or(is_consent_page);
    if !fits {
        return Err(refusal::BAD_LINK.into());
    }
    match &guide {
        Some(text) => may_use(&vendor, &guides::own(&claims, text)?.1)?,
        None => may_use(&vendor, &guides::one(&claims.guide).ok_or(refusal::BAD_LINK)?.domains)?,
    }
    if signing::key(env).is_none() {
        return Err(answer::NOT_SET_UP);
    }
    ask_vendor(env, &vendor, &VendorAsk::Proves(token.clone())).await.map_err(ours)??;
    ask_link(env, code.as_str(), &LinkAsk::Create(token, guide)).await.map_err(ours)??;
    Ok(json!({"link": format!("{}/l/{code}", claims.aud), "expires": claims.exp}))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    version: Option<u32>,
    ok: Option<bool>,
    code: Option<String>,
}

impl Detail {
    /// How the vendor's try went. Only reasons that this service has words for are told to a customer.
    fn proof(self) -> Done<VendorEvent> {
        let version = self.version.ok_or(answer::BAD_REQUEST)?;
        match (self.ok, self.code) {
            (Some(true), None) => Ok(VendorEvent::Prove(version, None)),
            (Some(false), Some(code)) if proof::words(&code).is_some() => {
                Ok(VendorEvent::Prove(version, Some(code)))
            }
            _ => Err(answer::BAD_REQUEST),
        }
    }
}

async fn vendor(request: &mut Request, env: &Env, code: &str, verb: &str) -> Done<Value> {
    let code = code_of(code)?;
    let bytes = bytes(request).await?;
    let vendor = authorised(request, env, &bytes).await?;
    let detail: Detail = if bytes.is_empty() {
        Detail::default()
    } else {
        jose::read_json(&bytes).map_err(|_| answer::BAD_REQUEST)?
    };
    let event = match verb {
        "state" => VendorEvent::State,
        "collect" => VendorEvent::Collect,
        "acknowledge" => VendorEvent::Acknowledge(detail.version.ok_or(answer::BAD_REQUEST)?),
        "first-data" => VendorEvent::FirstData,
        "prove" => detail.proof()?,
        "revoke" => VendorEvent::Revoke,
        "reopen" => VendorEvent::Reopen,
        _ => return Err(answer::NOT_FOUND),
    };
    ask_link(env, code.as_str(), &LinkAsk::Vendor(vendor, event)).await.map_err(ours)?
}

async fn list(request: &mut Request, env: &Env, until: Option<String>) -> Done<Value> {
    let bytes = bytes(request).await?;
    let vendor = authorised(request, env, &bytes).await?;
    let ask = until.map_or(VendorAsk::List, VendorAsk::Due);
    ask_vendor(env, &vendor, &ask).await.map_err(ours)?
}

async fn due(request: &mut Request, env: &Env) -> Done<Value> {
    let target = super::address(request).1;
    let within = target.split_once("?within=").map_or("60", |(_, within)| within);
    let days: i64 = within.parse().map_err(|_| answer::BAD_REQUEST)?;
    if !(0..=3_660).contains(&days) {
        return Err(answer::BAD_REQUEST);
    }
    let until = microsoft::now().as_second().saturating_add(days.saturating_mul(86_400));
    list(request, env, Some(utc(until).chars().take(10).collect())).await
}

#[derive(Deserialize)]
struct Hook {
    url: String,
}

async fn webhook(request: &mut Request, env: &Env) -> Done<Value> {
    let bytes = bytes(request).await?;
    let vendor = authorised(request, env, &bytes).await?;
    let hook: Hook = jose::read_json(&bytes).map_err(|_| answer::BAD_REQUEST)?;
    ask_vendor(env, &vendor, &VendorAsk::Webhook(hook.url)).await.map_err(ours)?
}

#[derive(Deserialize)]
struct PageCode {
    digest: String,
}

/// A one-time code for the vendor's page. The code itself stays with who made it; its digest is what comes here.
async fn page_code(request: &mut Request, env: &Env) -> Done<Value> {
    let bytes = bytes(request).await?;
    let vendor = authorised(request, env, &bytes).await?;
    let code: PageCode = jose::read_json(&bytes).map_err(|_| answer::BAD_REQUEST)?;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if code.digest.len() != DIGEST || !code.digest.bytes().all(is_plain) {
        return Err(answer::BAD_REQUEST);
    }
    ask_vendor(env, &vendor, &VendorAsk::Offer(code.digest)).await.map_err(ours)?
}

/// The vendor whose signature a request carries. An address that keeps sending what is nobody's is not listened to for a
/// while: every such request may make this service look at a domain of the sender's choosing.
async fn authorised(request: &Request, env: &Env, body: &[u8]) -> Done<String> {
    let address = request.headers().get("cf-connecting-ip").ok().flatten().unwrap_or_default();
    let now = microsoft::now().as_second();
    if limit::is_suspect(&address, now) {
        return Err(Refusal::from(refusal::TOO_MANY).later(limit::WINDOW));
    }
    let proved = proved(request, env, body).await;
    if proved.is_err() {
        limit::suspect(env, &address, now).await;
    }
    proved
}

async fn proved(request: &Request, env: &Env, body: &[u8]) -> Done<String> {
    let header = request.headers().get("authorization").ok().flatten().unwrap_or_default();
    let token = header.strip_prefix("Handrail ").ok_or(refusal::UNSIGNED)?;
    let claims: RequestClaims = jose::dangerous_claims(token).ok_or(refusal::UNSIGNED)?;
    // The name decides whose document is fetched, so it is read as a DNS name and nothing else.
    let vendor = domain(&claims.iss).filter(|name| *name == claims.iss).ok_or(refusal::UNSIGNED)?;
    if !serves(env, &vendor) {
        return Err(refusal::VENDOR_UNKNOWN.into());
    }
    let target = super::address(request).1;
    let signed = Signed {
        domain: vendor.clone(),
        token: token.to_owned(),
        origin: origin(&super::address(request).0, env),
        method: request.method().to_string(),
        target,
        hash: body_hash(body),
    };
    ask_vendor(env, &vendor, &VendorAsk::Authorise(signed)).await.map_err(ours)??;
    Ok(vendor)
}

/// Whether the operator serves this vendor: `VENDORS` lists domains, or is `*`.
pub(super) fn serves(env: &Env, vendor: &str) -> bool {
    let listed = env.var("VENDORS").map(|var| var.to_string()).unwrap_or_default();
    listed.split_whitespace().any(|name| name == "*" || name == vendor)
}

/// The origin under which this Worker is known: its own address, or what the operator says where a proxy is before it.
pub(super) fn origin(asked: &str, env: &Env) -> String {
    match env.var("ORIGIN").map(|var| var.to_string()) {
        Ok(origin) if !origin.is_empty() => origin,
        _ => asked.to_owned(),
    }
}

async fn body<T: DeserializeOwned>(request: &mut Request) -> Done<T> {
    let kind = request.headers().get("content-type").ok().flatten().unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(answer::NOT_JSON);
    }
    jose::read_json(&bytes(request).await?).map_err(|_| answer::BAD_REQUEST)
}

async fn bytes(request: &mut Request) -> Done<Vec<u8>> {
    let said = request.headers().get("content-length").ok().flatten().and_then(|n| n.parse::<usize>().ok());
    if said.is_some_and(|n| n > MAX_BODY) {
        return Err(answer::TOO_LARGE);
    }
    let bytes = request.bytes().await.map_err(ours)?;
    if bytes.len() > MAX_BODY { Err(answer::TOO_LARGE) } else { Ok(bytes) }
}
