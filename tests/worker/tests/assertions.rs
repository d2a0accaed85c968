//! A signed statement in place of a secret, through the Worker: the practice tenant verifies its signature for real.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_worker_tests::{Bench, first};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn jwt(key: &RsaPrivateKey, header: &Value, claims: &Value) -> String {
    let part = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
    let text = format!("{}.{}", part(header), part(claims));
    let signature = SigningKey::<Sha256>::new(key.clone()).sign(text.as_bytes()).to_bytes();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn signed(key: &RsaPrivateKey, subject: &str) -> String {
    let now = jiff::Timestamp::now().as_second();
    let claims = json!({"iss": "https://vendor.example", "sub": subject, "aud": "api://AzureADTokenExchange",
        "nbf": now, "exp": now + 300});
    jwt(key, &json!({"alg": "RS256", "kid": "k1"}), &claims)
}

/// A key with a certificate of its own, as PEM and as the thumbprint that an assertion names.
struct Certificate {
    key: RsaPrivateKey,
    pem: String,
    thumbprint: String,
}

impl Certificate {
    fn made() -> Self {
        let key = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap();
        let pair = rcgen::KeyPair::from_pem(&key.to_pkcs8_pem(LineEnding::LF).unwrap()).unwrap();
        let made =
            rcgen::CertificateParams::new(vec!["collector".into()]).unwrap().self_signed(&pair).unwrap();
        Self { key, pem: made.pem(), thumbprint: URL_SAFE_NO_PAD.encode(Sha256::digest(made.der())) }
    }

    /// What an app says of itself in place of a secret (private_key_jwt); `late` seconds after it ended.
    fn statement(&self, tenant: &str, client: &str, late: i64) -> String {
        let now = jiff::Timestamp::now().as_second() - late;
        let claims = json!({"iss": client, "sub": client, "jti": "1", "nbf": now - 300, "exp": now + 300,
            "aud": format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token")});
        jwt(&self.key, &json!({"alg": "RS256", "typ": "JWT", "x5t#S256": self.thumbprint}), &claims)
    }
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

#[test]
fn a_certificate_is_checked_without_a_secret() {
    let bench = Bench::start("worker", Some("practice")).unwrap();
    let app = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true, "secretDays": null});
    let made = bench.seed(&app).unwrap();
    let names = ["tenant-id", "client-id", "tenant-domain"];
    let values: Value = names.iter().map(|name| ((*name).to_owned(), made[*name].clone())).collect();
    let (tenant, client) = (values["tenant-id"].as_str().unwrap(), values["client-id"].as_str().unwrap());
    let (mine, other) = (Certificate::made(), Certificate::made());
    let check = |statement: String| {
        let body = json!({"guide": "securus360", "values": values, "assertion": statement});
        let got = bench.post("/api/check", "application/json", &body.to_string()).unwrap();
        assert_eq!(got.status, 200, "{}", got.text);
        assert!(!got.text.contains(&statement), "{}", got.text);
        first(&got.json())
    };
    // Not uploaded yet.
    assert_eq!(check(mine.statement(tenant, client, 0)), ("failed".into(), "certificate-wrong".into()));
    let at = format!("portal/{tenant}/apps/{client}/certificates");
    practice(&bench, &at, &json!({"certificate": mine.pem, "description": "collector"}));
    assert_eq!(check(mine.statement(tenant, client, 0)), ("passed".into(), "-".into()));
    // The right thumbprint under another's signature, another's certificate, and a statement that has ended.
    let forged =
        Certificate { key: other.key.clone(), pem: mine.pem.clone(), thumbprint: mine.thumbprint.clone() };
    assert_eq!(check(forged.statement(tenant, client, 0)), ("failed".into(), "certificate-wrong".into()));
    assert_eq!(check(other.statement(tenant, client, 0)), ("failed".into(), "certificate-wrong".into()));
    assert_eq!(check(mine.statement(tenant, client, 3_600)), ("failed".into(), "assertion-time".into()));
}
