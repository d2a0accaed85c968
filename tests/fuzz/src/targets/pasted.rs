//! What people paste.

use handrail_credential::{
    Kind, Look, Shape, check, classify, cross_check, identify, nearest, slip, test_secret,
};
use handrail_entra::diagnose;

use super::{all, text};

pub(super) fn diagnose_seeds() -> Vec<Vec<u8>> {
    all(&[
        r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: x Correlation ID: y","error_codes":[7000215]}"#,
        r#"{"error":{"code":"AF10001","message":"The permission set () sent in the request does not include the expected permission."}}"#,
        "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The audience is invalid\"",
        "Traceback: 50033 - [2020-01-02]: <html><body>AADSTS",
    ])
}

pub(super) fn diagnose_any(bytes: &[u8]) {
    let found = diagnose(&text(bytes));
    assert!(found.aadsts.len() <= 64 && !found.what.is_empty());
    assert!(!found.what.contains('{') && !found.next.contains('{'), "an unfilled place: {}", found.what);
}

pub(super) fn identify_seeds() -> Vec<Vec<u8>> {
    // EXPOSE: a made-up secret.
    let secret = test_secret(1).expose().to_owned();
    let mut seeds = all(&[
        "Tenant ID: 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b\nClient ID: {0f8fad5b-d9cb-469f-a165-70867728950e}\nValue: abc8Q~xyz\n",
        "tenant,client,secret\na,b,\"c\"\n",
        "{\"clientSecret\":\"AB:CD\"} client_secret=%7E&tilde;\u{201c}",
    ]);
    seeds.push(format!("Value\tExpires\n{secret}\t11/22/2028\n").into_bytes());
    seeds
}

pub(super) fn identify_any(bytes: &[u8]) {
    for one in identify(&text(bytes)) {
        // EXPOSE: random text.
        let value = one.value.expose();
        let sound = classify(value) == Shape::Secret;
        assert!(one.kind != "client-secret" || one.look != Look::Right || sound, "called right: {value:?}");
    }
}

pub(super) fn value_seeds() -> Vec<Vec<u8>> {
    // EXPOSE: a made-up secret.
    let secret = test_secret(2).expose().to_owned();
    let mut seeds = all(&[
        "\u{201c}abc8Q~0123456789\u{201d}",
        "{5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b}",
        "https://a@contoso.com/x",
    ]);
    seeds.push(secret.as_bytes().to_vec());
    seeds.push(secret.replace('~', "%7E").into_bytes());
    seeds
}

pub(super) fn value_any(bytes: &[u8]) {
    let text = text(bytes);
    let kinds = [
        Kind::ClientSecret,
        Kind::TenantId,
        Kind::ClientId,
        Kind::TenantDomain,
        Kind::Url,
        Kind::Thumbprint,
        Kind::Text,
    ];
    for kind in kinds {
        let once = check(kind, &text).value;
        // EXPOSE: random text.
        let twice = check(kind, once.expose()).value;
        assert!(once == twice, "{kind:?}: cleaning again changes {text:?}");
    }
    for offer in nearest(&text) {
        // EXPOSE: random text.
        assert_eq!(classify(offer.expose()), Shape::Secret);
        // EXPOSE: random text.
        assert!(slip(&text, offer.expose()).is_some(), "{text:?}");
    }
    drop(cross_check(&[(Kind::ClientId, &text), (Kind::TenantId, &text)], &[(Kind::ObjectId, &text)]));
}

pub(super) fn output_seeds() -> Vec<Vec<u8>> {
    all(&["UnifiedAuditLogIngestionEnabled : True\r\n", "collector.contoso.com:443", "a\nTrue\nFalse"])
}

/// The pasted output of a command.
pub(super) fn output_any(bytes: &[u8]) {
    let text = text(bytes);
    for parser in ["audit-logging", "mailbox-protocols", "host", "nothing"] {
        let _ = handrail_guide::pasted::read(parser, &text);
    }
}

pub(super) fn token_seeds() -> Vec<Vec<u8>> {
    let body = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----";
    all(&["eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.eyJhdWQiOiJ4IiwiZXhwIjoxfQ.AQID", "Bearer a.b.c", body])
}

/// A token that is explained, and a certificate to sign with.
pub(super) fn token_any(bytes: &[u8]) {
    let text = text(bytes);
    assert!(handrail_cli::outside::token(&text).is_none_or(|lines| lines > 0));
    assert!(handrail_cli::outside::pem(&text).is_none_or(|length| length <= text.len()));
}
