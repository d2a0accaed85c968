//! A certificate's or a federated credential's statement in place of a secret, and directory roles told apart.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "helpers of tests")]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_credential::Secret;
use handrail_entra::{Answer, Case, Next, Report, Request, Verdict, Verifier};
use handrail_guide::plan::{Requirements, TokenNeed, ValueKind};
use jiff::Timestamp;
use serde_json::{Value, json};

const TENANT: &str = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
const CLIENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn case() -> Case {
    let values = [("tenant-id", ValueKind::TenantId, TENANT), ("client-id", ValueKind::ClientId, CLIENT)];
    Case {
        requirements: Requirements {
            values: values.iter().map(|(id, kind, _)| ((*id).to_owned(), *kind)).collect(),
            tokens: vec![TokenNeed {
                resource: "graph".into(),
                name: "Microsoft Graph".into(),
                app_id: "00000003-0000-0000-c000-000000000000".into(),
                roles: vec!["User.Read.All".into()],
            }],
            ..Requirements::default()
        },
        values: values.iter().map(|(id, _, text)| ((*id).to_owned(), Secret::from(*text))).collect(),
        assertion: Some(Secret::from("head.body+/=.sign")),
        no_surplus: true,
        ..Case::default()
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(1_900_000_000).unwrap()
}

/// Discovery is answered; the token request goes to `token`.
fn run(token: impl Fn(&Request) -> (u16, Value)) -> Report {
    run_case(case(), token)
}

fn run_case(case: Case, token: impl Fn(&Request) -> (u16, Value)) -> Report {
    let mut verifier = Verifier::new(case, now());
    loop {
        match verifier.next(now()) {
            Next::Done(report) => return *report,
            Next::Send(request) => {
                let (status, body) = if request.url.contains("openid-configuration") {
                    let issuer = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
                    (200, json!({"issuer": issuer, "cloud_instance_name": "microsoftonline.com"}))
                } else {
                    token(&request)
                };
                verifier.answer(
                    &Answer::Response { status, headers: Vec::new(), body: Secret::new(body.to_string()) },
                    now(),
                );
            }
        }
    }
}

fn token(more: &Value) -> Value {
    let second = now().as_second();
    let mut claims = json!({
        "aud": "https://graph.microsoft.com", "iss": format!("https://sts.windows.net/{TENANT}/"), "tid": TENANT,
        "appid": CLIENT, "oid": CLIENT, "roles": ["User.Read.All"], "nbf": second - 10, "exp": second + 3600,
    });
    for (name, value) in more.as_object().unwrap() {
        claims.as_object_mut().unwrap().insert(name.clone(), value.clone());
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    json!({"token_type": "Bearer", "access_token": format!("{}.{}.eA", part(&json!({"alg": "RS256", "typ": "JWT"})), part(&claims))})
}

#[test]
fn the_statement_is_sent_and_no_secret() {
    let report = run(|request| {
        // EXPOSE: a made-up statement of a test.
        let body = request.body.as_ref().unwrap().expose().to_owned();
        assert!(body.contains("client_assertion=head.body%2B%2F%3D.sign"), "{body}");
        assert!(body.contains(
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        ));
        assert!(!body.contains("client_secret"));
        (200, token(&json!({})))
    });
    assert_eq!(report.verdict, Verdict::Passed, "{report:#?}");
}

#[test]
fn what_the_vendor_proves_afterwards_is_pending_and_asks_for_nothing_secret() {
    let mut case = Case { assertion: None, by_vendor: true, ..case() };
    case.requirements.values.insert("client-secret".into(), ValueKind::ClientSecret);
    let report = run_case(case.clone(), |request| panic!("a token was asked for: {}", request.url));
    assert_eq!(report.verdict, Verdict::Pending, "{report:#?}");
    assert_eq!(report.first_problem().map(|c| c.code.as_str()), Some("vendor-proves"));
    assert_eq!(report.tenant.as_deref(), Some(TENANT), "the directory was looked for all the same");
    case.values.remove("client-id");
    let report = run_case(case, |request| panic!("a token was asked for: {}", request.url));
    assert_eq!(report.verdict, Verdict::Failed, "what is missing is no secret, so it is asked for");
}

#[test]
fn a_certificate_that_the_app_does_not_have_is_named() {
    let report = run(|_| (401, json!({"error": "invalid_client", "error_codes": [700_027]})));
    assert_eq!(report.first_problem().map(|c| c.code.as_str()), Some("certificate-wrong"));
    let report = run(|_| (401, json!({"error": "invalid_request", "error_codes": [700_213]})));
    assert_eq!(report.first_problem().map(|c| c.code.as_str()), Some("federated-mismatch"));
}

#[test]
fn directory_roles_are_told_apart() {
    let wids = json!(["0997a1d0-0d1d-4acb-b408-d5ca73121e90", "62e90394-69f5-4237-9190-012177145e10"]);
    let report = run(|_| (200, token(&json!({"wids": wids}))));
    let told = report.checks.iter().find(|c| c.code == "directory-roles").unwrap();
    assert!(told.what.contains("Global Administrator") && report.surplus.is_empty());
    assert_eq!(report.verdict, Verdict::Passed);
}

#[test]
fn a_token_of_another_issuer_proves_nothing() {
    for iss in
        [json!("https://evil.example/x/"), json!(format!("https://sts.windows.net/{CLIENT}/")), json!(7)]
    {
        let report = run(|_| (200, token(&json!({"iss": iss}))));
        assert_eq!(report.verdict, Verdict::CouldNotTell, "{iss}");
    }
    let second = json!({"iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "aud": "00000003-0000-0000-c000-000000000000", "appid": null});
    let mut claims = second;
    claims.as_object_mut().unwrap().remove("appid");
    assert_eq!(run(|_| (200, token(&claims))).verdict, Verdict::Passed);
}
