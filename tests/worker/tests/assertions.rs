//! A signed statement in place of a secret, through the Worker: the practice tenant verifies its signature for real.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_worker_tests::{Bench, first};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::Sha256;

fn signed(key: &RsaPrivateKey, subject: &str) -> String {
    let now = jiff::Timestamp::now().as_second();
    let claims = json!({"iss": "https://vendor.example", "sub": subject, "aud": "api://AzureADTokenExchange",
        "nbf": now, "exp": now + 300});
    let part = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
    let text = format!("{}.{}", part(&json!({"alg": "RS256", "kid": "k1"})), part(&claims));
    let signature = SigningKey::<Sha256>::new(key.clone()).sign(text.as_bytes()).to_bytes();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn practice(bench: &Bench, what: &str, body: &Value) {
    let url = format!("http://{}/_practice/{what}", bench.tenant.http());
    ureq::post(url).send(body.to_string().as_bytes()).unwrap();
}

#[test]
fn a_federated_credential_is_checked_without_a_secret() {
    let bench = Bench::start("worker", Some("practice")).unwrap();
    let app = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true, "secretDays": null});
    let mut values = bench.seed(&app).unwrap();
    values.as_object_mut().unwrap().remove("client-secret");
    let key = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap();
    let number = |n: &rsa::BigUint| URL_SAFE_NO_PAD.encode(n.to_bytes_be());
    let keys = json!({"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig",
        "n": number(key.n()), "e": number(key.e())}]});
    practice(&bench, "issuer", &json!({"issuer": "https://vendor.example", "jwks": keys}));
    let check = |subject: &str, key: &RsaPrivateKey| {
        let only = json!({"tenant-id": values["tenant-id"], "client-id": values["client-id"], "tenant-domain": values["tenant-domain"]});
        let body = json!({"guide": "securus360", "values": only, "assertion": signed(key, subject)});
        let got = bench.post("/api/check", "application/json", &body.to_string()).unwrap();
        assert_eq!(got.status, 200, "{}", got.text);
        first(&got.json())
    };
    assert_eq!(check("link-1", &key).1, "federated-mismatch");
    let at = format!(
        "portal/{}/apps/{}/federated",
        values["tenant-id"].as_str().unwrap(),
        values["client-id"].as_str().unwrap()
    );
    let trust = json!({"name": "vendor", "issuer": "https://vendor.example", "subject": "link-1", "audience": "api://AzureADTokenExchange"});
    practice(&bench, &at, &trust);
    assert_eq!(check("link-1", &key), ("passed".into(), "-".into()));
    assert_eq!(check("link-2", &key).1, "federated-mismatch");
    // The same words, signed by somebody else.
    let other = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap();
    assert_ne!(check("link-1", &other).0, "passed");
}
