//! What servers answer, what is sent to the Worker, and what frames say to the extension.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_credential::Secret;
use handrail_entra::{Answer, Case, Next, Report, Verdict, Verifier};
use handrail_guide::plan::{Requirements, TokenNeed, ValueKind};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{all, text};

const TENANT: &str = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
const CLIENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
const GRAPH: (&str, &str) = ("Microsoft Graph", "00000003-0000-0000-c000-000000000000");
const MANAGEMENT: (&str, &str) = ("Office 365 Management APIs", "c5393580-f805-4401-95e8-94b7a6ef2fc2");
const NOW: i64 = 1_900_000_000;

/// Drives a check; each address is answered by `answer`.
fn drive(api: (&str, &str), role: &str, mut answer: impl FnMut(&str) -> (u16, String)) -> Report {
    let now = Timestamp::from_second(NOW).unwrap_or_default();
    let values = [
        ("tenant-id", ValueKind::TenantId, TENANT),
        ("client-id", ValueKind::ClientId, CLIENT),
        ("client-secret", ValueKind::ClientSecret, "an-old-secret-of-thirty-two-char"),
    ];
    let token = TokenNeed {
        resource: "api".into(),
        name: api.0.into(),
        app_id: api.1.into(),
        roles: vec![role.into()],
    };
    let requirements = Requirements {
        values: values.iter().map(|(id, kind, _)| ((*id).to_owned(), *kind)).collect(),
        tokens: vec![token],
        probes: vec!["management-subscriptions".into()],
        ..Requirements::default()
    };
    let given = values.iter().map(|(id, _, text)| ((*id).to_owned(), Secret::from(*text))).collect();
    let case = Case { requirements, values: given, no_surplus: true, ..Case::default() };
    let mut verifier = Verifier::new(case, now);
    for _ in 0..64 {
        match verifier.next(now) {
            Next::Done(report) => return *report,
            Next::Send(request) => {
                assert!(handrail_entra::hosts().contains(&request.host), "{}", request.url);
                let (status, body) = answer(&request.url);
                verifier
                    .answer(&Answer::Response { status, headers: Vec::new(), body: Secret::new(body) }, now);
            }
        }
    }
    panic!("it asks for ever");
}

fn directory() -> String {
    json!({"issuer": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "tenant_region_scope": "EU",
        "cloud_instance_name": "microsoftonline.com"})
    .to_string()
}

fn token(claims: &[u8]) -> String {
    let token =
        format!("{}.{}.x", URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#), URL_SAFE_NO_PAD.encode(claims));
    json!({"token_type": "Bearer", "expires_in": 3599, "access_token": token}).to_string()
}

fn good_claims(api: &str, role: &str) -> Value {
    json!({"aud": api, "tid": TENANT, "appid": CLIENT, "oid": TENANT, "iss": format!("https://sts.windows.net/{TENANT}/"),
        "roles": [role], "exp": NOW + 3_000, "nbf": NOW - 10, "uti": "x"})
}

pub(super) fn login_seeds() -> Vec<Vec<u8>> {
    all(&[
        r#"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.x"}"#,
        r#"{"issuer":"https://login.microsoftonline.com/5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b/v2.0","tenant_region_scope":"EU"}"#,
        r#"{"error":"invalid_tenant","error_codes":"[90002]"}"#,
    ])
}

/// Whatever the sign-in hosts answer: never a pass without a token for this app.
pub(super) fn login_any(bytes: &[u8]) {
    let status = [200, 400, 401, 429, 503][usize::from(bytes.first().copied().unwrap_or(0)) % 5];
    let report = drive(GRAPH, "User.Read.All", |_| (status, text(bytes)));
    assert!(report.verdict != Verdict::Passed, "passed without evidence: {report:?}");
}

pub(super) fn claims_seeds() -> Vec<Vec<u8>> {
    let good = good_claims(GRAPH.1, "User.Read.All");
    let mut odd = good.clone();
    odd["roles"] = json!("User.Read.All");
    odd["wids"] = json!(["62e90394-69f5-4237-9190-012177145e10"]);
    vec![good.to_string().into_bytes(), odd.to_string().into_bytes()]
}

/// Whatever a token claims: a pass only with the permission, for this app, directory and time.
pub(super) fn claims_any(bytes: &[u8]) {
    let report = drive(GRAPH, "User.Read.All", |url| match url.contains("/oauth2/") {
        true => (200, token(bytes)),
        false => (200, directory()),
    });
    if report.verdict == Verdict::Passed {
        let claims: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let is = |name: &str, want: &str| claims[name].as_str().is_some_and(|v| v.eq_ignore_ascii_case(want));
        let roles = claims["roles"].as_array().is_some_and(|all| all.iter().any(|r| r == "User.Read.All"));
        let now = claims["exp"].as_i64().is_some_and(|exp| exp > NOW - 300)
            && claims["nbf"].as_i64().is_some_and(|nbf| nbf <= NOW + 300);
        let app = is("appid", CLIENT) || (claims.get("appid").is_none() && is("azp", CLIENT));
        assert!(roles && now && app && is("tid", TENANT) && claims.get("scp").is_none(), "passed: {claims}");
    }
}

pub(super) fn probe_seeds() -> Vec<Vec<u8>> {
    all(&[
        r#"[{"contentType":"Audit.Exchange","status":"enabled","webhook":null}]"#,
        r#"{"error":{"code":"AF20022","message":"No subscription found"}}"#,
        r#"{"error":{"code":"StartSubscription [TenantId","message":"Microsoft.Office.Compliance.Audit.DataServiceException: Tenant x does not exist."}}"#,
    ])
}

/// Whatever the API itself answers.
pub(super) fn probe_any(bytes: &[u8]) {
    let status = [200, 400, 401, 403, 500][usize::from(bytes.first().copied().unwrap_or(0)) % 5];
    let claims = good_claims(MANAGEMENT.1, "ActivityFeed.Read").to_string();
    let report = drive(MANAGEMENT, "ActivityFeed.Read", |url| match url {
        url if url.contains("/oauth2/") => (200, token(claims.as_bytes())),
        url if url.contains("login.") => (200, directory()),
        _ => (status, text(bytes)),
    });
    let probe = report.checks.iter().find(|c| c.id.starts_with("probe."));
    let lists = status == 200 && serde_json::from_slice::<Vec<Value>>(bytes).is_ok();
    let none = status == 400 && text(bytes).contains("AF20022");
    assert!(probe.is_none_or(|c| c.verdict != Verdict::Passed || lists || none), "{probe:?}");
}

pub(super) fn request_seeds() -> Vec<Vec<u8>> {
    all(&[
        r#"{"guide":"securus360","cloud":"gcc","values":{"client-id":"x"},"changed":{"consent":"2026-11-21T12:00:00Z"}}"#,
        "tenant-id=a%2Bb&client-id=+c&client-secret=%7e%",
    ])
}

/// What is posted to the Worker.
pub(super) fn request_any(bytes: &[u8]) {
    assert!(handrail_worker::outside::check(bytes).is_none_or(|values| values <= 32));
    assert!(handrail_worker::outside::form(&text(bytes)) <= 8);
}

pub(super) fn message_seeds() -> Vec<Vec<u8>> {
    all(&[
        r#"{"seen":{"gen":4,"r":[[1,1,"x","0"],[2,0,"",""]]}}"#,
        r#"{"hello":{"build":"wasm","top":true,"url":"https://portal.azure.com/","lang":"en"}}"#,
        r#"{"verdict":"passed","checks":[{"id":"x","verdict":"passed"}]}"#,
        r#"{"go-to":{"step":"a.b"}}"#,
    ])
}

/// What frames, the panel and the checking service say to the background.
pub(super) fn message_any(bytes: &[u8]) {
    let text = text(bytes);
    drop(handrail_json::from_str::<handrail_messages::agent::FromAgent>(&text));
    drop(handrail_json::from_str::<handrail_messages::panel::Command>(&text));
    // What is read, serde reads as well and the same; what serde writes is read. serde itself takes more: a list for an object.
    type Report = handrail_messages::report::Report;
    let as_serde = serde_json::from_str::<Report>(&text).ok();
    let report = handrail_json::from_str::<Report>(&text).ok();
    assert!(report.is_none() || report == as_serde || is_rounded(&text), "{text}");
    let written = as_serde.as_ref().map(|read| serde_json::to_string(read).unwrap_or_default());
    let again = written.as_ref().and_then(|written| handrail_json::from_str::<Report>(written).ok());
    assert!(as_serde == again || again.is_some() && is_rounded(&text), "{text}");
}

/// Whether there is a number in it whose last digit depends on who reads it: one with a point, an exponent or many digits.
fn is_rounded(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        let ends = digits > 0 && matches!(byte, b'.' | b'e' | b'E');
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        ends || digits > 18
    })
}
