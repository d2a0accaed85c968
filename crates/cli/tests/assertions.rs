//! Certificates and federated credentials in place of a secret: the practice tenant verifies what was signed, for real.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

mod common;

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::{Practice, ended, text};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, pkcs1::EncodeRsaPrivateKey};
use serde_json::{Value, json};
use sha2::Sha256;

const FEED: &str = "management:ActivityFeed.Read";

/// A key and its certificate, made for this test.
struct Made {
    key: RsaPrivateKey,
    certificate: String,
}

fn made() -> Made {
    let key = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let pair = rcgen::KeyPair::from_pem(&pem).unwrap();
    let certificate =
        rcgen::CertificateParams::new(vec!["collector".into()]).unwrap().self_signed(&pair).unwrap().pem();
    Made { key, certificate }
}

impl Made {
    fn file(&self, practice: &Practice, name: &str, key: &str) -> PathBuf {
        let file = practice.folder.path().join(name);
        std::fs::write(&file, format!("{}{key}", self.certificate)).unwrap();
        file
    }

    fn pkcs8(&self) -> String {
        self.key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string()
    }

    fn signed(&self, claims: &Value) -> String {
        let part = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
        let signed = format!("{}.{}", part(&json!({"alg": "RS256", "kid": "k1"})), part(claims));
        let signature = SigningKey::<Sha256>::new(self.key.clone()).sign(signed.as_bytes()).to_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn key_set(&self) -> Value {
        let number = |n: &rsa::BigUint| URL_SAFE_NO_PAD.encode(n.to_bytes_be());
        json!({"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig",
            "n": number(self.key.n()), "e": number(self.key.e())}]})
    }
}

fn app(practice: &Practice) -> (String, String) {
    let made = practice
        .post("seed", &json!({"permissions": ["ActivityFeed.Read"], "consent": true, "secretDays": null}));
    (text(&made["tenantId"]).to_owned(), text(&made["clientId"]).to_owned())
}

#[test]
fn a_certificate_takes_the_place_of_a_secret() {
    let practice = Practice::start();
    let (tenant, client) = app(&practice);
    let (mine, other) = (made(), made());
    let check = |file: &PathBuf, more: &[&str]| {
        let ids = [
            "--tenant-id",
            &tenant,
            "--client-id",
            &client,
            "--require",
            FEED,
            "--certificate",
            file.to_str().unwrap(),
        ];
        practice.handrail(&[&ids[..], more].concat(), "")
    };
    let file = mine.file(&practice, "mine.pem", &mine.pkcs8());
    // Not uploaded yet.
    ended(&check(&file, &[]), 1, "not the certificate or key that signed", "PRIVATE KEY");
    let at = format!("portal/{tenant}/apps/{client}/certificates");
    practice.post(&at, &json!({"certificate": mine.certificate, "description": "collector"}));
    ended(&check(&file, &[]), 0, "passed", "PRIVATE KEY");
    // The older form of the key, and Windows line ends.
    let older = mine.key.to_pkcs1_pem(LineEnding::CRLF).unwrap().to_string();
    let older = mine.file(&practice, "older.pem", &older);
    ended(&check(&older, &[]), 0, "passed", "PRIVATE KEY");
    // The right certificate with another key: the signature does not fit, and the tenant sees it.
    let forged = mine.file(&practice, "forged.pem", &other.pkcs8());
    ended(&check(&forged, &[]), 1, "AADSTS700027", "PRIVATE KEY");
    // Files that are something else.
    let bare = practice.folder.path().join("bare.pem");
    std::fs::write(&bare, mine.pkcs8()).unwrap();
    ended(&check(&bare, &[]), 2, "holds no certificate", "MII");
    std::fs::write(&bare, &mine.certificate).unwrap();
    ended(&check(&bare, &[]), 2, "holds no private key", "MII");
    std::fs::write(&bare, "").unwrap();
    ended(&check(&bare, &[]), 2, "holds no certificate", "MII");
}

#[test]
fn a_federated_credential_takes_the_place_of_a_secret() {
    let practice = Practice::start();
    let (tenant, client) = app(&practice);
    let issuer = made();
    let now = jiff::Timestamp::now().as_second();
    let claims = |subject: &str, from: i64| json!({"iss": "https://vendor.example", "sub": subject, "aud": "api://AzureADTokenExchange", "nbf": from, "exp": from + 300});
    let file = practice.folder.path().join("token");
    let check = |token: &str| {
        std::fs::write(&file, format!("{token}\r\n")).unwrap();
        let ids = [
            "--tenant-id",
            &tenant,
            "--client-id",
            &client,
            "--require",
            FEED,
            "--federated-token",
            file.to_str().unwrap(),
        ];
        practice.handrail(&ids, "")
    };
    let good = issuer.signed(&claims("link-1", now));
    practice.post("issuer", &json!({"issuer": "https://vendor.example", "jwks": issuer.key_set()}));
    // Nobody trusts the issuer yet.
    ended(&check(&good), 1, "AADSTS700211", &good);
    let trust = json!({"name": "vendor", "issuer": "https://vendor.example", "subject": "link-1", "audience": "api://AzureADTokenExchange"});
    practice.post(&format!("portal/{tenant}/apps/{client}/federated"), &trust);
    ended(&check(&good), 0, "passed", &good);
    let strange = issuer.signed(&claims("link-2", now));
    ended(&check(&strange), 1, "AADSTS700213", &strange);
    let late = issuer.signed(&claims("link-1", now - 4_000));
    ended(&check(&late), 1, "time window", &late);
    let forged = made().signed(&claims("link-1", now));
    let refused = check(&forged);
    assert_ne!(refused.status.code(), Some(0), "a forged statement was accepted");
}
