//! Client assertions: a JWT signed by a certificate of the app, or by an issuer the app trusts (federated credential).
//!
//! Issuers are read as they are published: the configuration says who the issuer is and where its keys are. The practice tenant
//! answers for the vendors' hosts itself, so nothing leaves the machine.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use rsa::{BigUint, RsaPublicKey, pss};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::aadsts::Aadsts;
use crate::state::{App, Certificate, World, new_id};

/// A parsed assertion, signature still unchecked.
struct Assertion<'a> {
    header: Value,
    claims: Value,
    signed: &'a str,
    signature: Vec<u8>,
}

impl<'a> Assertion<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let json = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        Some(Self { header: json(header)?, claims: json(claims)?, signed, signature })
    }

    fn claim(&self, name: &str) -> &str {
        self.claims[name].as_str().unwrap_or("")
    }

    fn is_signed_by(&self, key: &RsaPublicKey) -> bool {
        match self.header["alg"].as_str() {
            Some("RS256") => Signature::try_from(self.signature.as_slice()).is_ok_and(|signature| {
                VerifyingKey::<Sha256>::new(key.clone()).verify(self.signed.as_bytes(), &signature).is_ok()
            }),
            Some("PS256") => pss::Signature::try_from(self.signature.as_slice()).is_ok_and(|signature| {
                pss::VerifyingKey::<Sha256>::new(key.clone())
                    .verify(self.signed.as_bytes(), &signature)
                    .is_ok()
            }),
            _ => false,
        }
    }
}

/// Checks a client assertion.
///
/// # Errors
/// The code Microsoft answers for what is wrong with it.
pub fn check(world: &World, app: &App, text: &str) -> Result<(), Aadsts> {
    let Some(assertion) = Assertion::read(text) else {
        return Err(Aadsts::new(50027, "invalid_request", "JWT token is invalid or malformed."));
    };
    let now = Timestamp::now().as_second();
    let (from, until) =
        (assertion.claims["nbf"].as_i64().unwrap_or(0), assertion.claims["exp"].as_i64().unwrap_or(0));
    if from > now + 300 || until < now - 300 {
        let words = "Client assertion is not within its valid time range.";
        return Err(Aadsts::new(700_024, "invalid_client", words));
    }
    if assertion.claim("iss").eq_ignore_ascii_case(&app.app_id) {
        by_certificate(app, &assertion)
    } else {
        by_issuer(world, app, &assertion)
    }
}

fn by_certificate(app: &App, assertion: &Assertion<'_>) -> Result<(), Aadsts> {
    let names = ["x5t", "x5t#S256", "kid"].map(|n| assertion.header[n].as_str().unwrap_or(""));
    let known = |c: &&Certificate| {
        names.iter().any(|n| {
            !n.is_empty() && (*n == c.x5t || *n == c.x5t_sha256 || n.eq_ignore_ascii_case(&c.thumbprint))
        })
    };
    let Some(certificate) = app.certificates.iter().find(known) else {
        let words = format!(
            "The certificate with identifier used to sign the client assertion is not registered on application. \
             [Reason - The key was not found., Please visit the Azure Portal, Graph Explorer or directly use MS Graph \
             to see configured keys for app Id '{}'.]",
            app.app_id
        );
        return Err(Aadsts::new(700_027, "invalid_client", words));
    };
    if !assertion.claim("aud").starts_with("https://login.")
        && !assertion.claim("aud").starts_with("https://sts.")
    {
        let words = "Client assertion audience claim does not match Realm issuer.";
        return Err(Aadsts::new(700_023, "invalid_client", words));
    }
    if !assertion.is_signed_by(&certificate.key) {
        let words = "The certificate with identifier used to sign the client assertion is not registered on \
                     application. [Reason - Client assertion failed signature validation.]";
        return Err(Aadsts::new(700_027, "invalid_client", words));
    }
    Ok(())
}

fn by_issuer(world: &World, app: &App, assertion: &Assertion<'_>) -> Result<(), Aadsts> {
    let refuse = |code: u32, what: &str, value: &str| {
        let words = format!(
            "No matching federated identity record found for presented assertion {what} '{value}'. Check your \
             federated identity credential Subject, Audience and Issuer against the presented assertion."
        );
        Aadsts::new(code, "invalid_client", words)
    };
    let (issuer, subject, audience) =
        (assertion.claim("iss"), assertion.claim("sub"), assertion.claim("aud"));
    let trusted: Vec<_> = app.federated.iter().filter(|f| f.issuer == issuer).collect();
    if trusted.is_empty() {
        return Err(refuse(700_211, "issuer", issuer));
    }
    let Some(credential) = trusted.into_iter().find(|f| f.subject == subject) else {
        return Err(refuse(700_213, "subject", subject));
    };
    if credential.audience != audience {
        return Err(refuse(700_212, "audience", audience));
    }
    let Some(keys) = keys_of(world, issuer) else {
        let words = "Request to External OIDC endpoint failed.";
        return Err(Aadsts::new(50166, "invalid_request", words));
    };
    let kid = &assertion.header["kid"];
    let fits = |key: &&Value| key["kid"] == *kid;
    let key = keys["keys"].as_array().and_then(|list| list.iter().find(fits)).and_then(public_key);
    if key.is_some_and(|key| assertion.is_signed_by(&key)) {
        return Ok(());
    }
    let words = "Assertion failed signature validation. [Reason - The key was not found.]";
    Err(Aadsts::new(50013, "invalid_grant", words))
}

/// The keys of an issuer; its configuration has to name this very issuer (OpenID Connect Discovery 1.0, 4.3).
fn keys_of(world: &World, issuer: &str) -> Option<Value> {
    let configuration = world.published(&format!("{issuer}/.well-known/openid-configuration"))?;
    let address = configuration["jwks_uri"].as_str().filter(|_| configuration["issuer"] == *issuer)?;
    world.published(address)
}

fn public_key(jwk: &Value) -> Option<RsaPublicKey> {
    let number =
        |name: &str| Some(BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(jwk[name].as_str()?).ok()?));
    RsaPublicKey::new(number("n")?, number("e")?).ok()
}

/// Reads an uploaded certificate: PEM, or DER in base64.
#[must_use]
pub fn certificate(text: &str, description: &str, start: Timestamp, end: Timestamp) -> Option<Certificate> {
    let body: String =
        text.lines().filter(|l| !l.starts_with("-----")).flat_map(|l| l.trim().chars()).collect();
    let der = STANDARD.decode(body).ok()?;
    let key = RsaPublicKey::from_public_key_der(key_info(&der)?).ok()?;
    let sha1 = digest(&SHA1_FOR_LEGACY_USE_ONLY, &der);
    Some(Certificate {
        key_id: new_id(),
        description: description.into(),
        thumbprint: sha1.as_ref().iter().map(|b| format!("{b:02X}")).collect(),
        x5t: URL_SAFE_NO_PAD.encode(sha1.as_ref()),
        x5t_sha256: URL_SAFE_NO_PAD.encode(Sha256::digest(&der)),
        key,
        start,
        end,
    })
}

/// One DER element.
struct Element<'a> {
    content: &'a [u8],
    whole: &'a [u8],
    rest: &'a [u8],
}

/// The element at the front.
fn element(der: &[u8]) -> Option<Element<'_>> {
    let first = usize::from(*der.get(1)?);
    let (length, head) = if first < 0x80 {
        (first, 2)
    } else {
        let count = first & 0x7f;
        let bytes = der.get(2..2 + count).filter(|_| (1..=4).contains(&count))?;
        (bytes.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b)), 2 + count)
    };
    let end = head.checked_add(length)?;
    Some(Element { content: der.get(head..end)?, whole: der.get(..end)?, rest: der.get(end..)? })
}

/// The SubjectPublicKeyInfo of a certificate: after version, serial, algorithm, issuer, validity and subject.
fn key_info(der: &[u8]) -> Option<&[u8]> {
    let mut rest = element(element(der)?.content)?.content;
    if rest.first() == Some(&0xa0) {
        rest = element(rest)?.rest;
    }
    for _ in 0..5 {
        rest = element(rest)?.rest;
    }
    Some(element(rest)?.whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused() {
        let now = Timestamp::now();
        for text in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] {
            assert!(certificate(text, "", now, now).is_none(), "{text}");
        }
        assert!(element(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).is_none());
    }

    #[test]
    fn an_assertion_signed_by_an_uploaded_certificate_is_accepted() {
        use rsa::pkcs8::EncodePrivateKey;
        use rsa::signature::{SignatureEncoding, Signer};
        let private = rsa::RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap();
        let der = private.to_pkcs8_der().unwrap();
        let pair = rcgen::KeyPair::try_from(der.as_bytes()).unwrap();
        let pem = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&pair).unwrap().pem();
        let now = Timestamp::now();
        let uploaded = certificate(&pem, "test", now, now).unwrap();
        assert_eq!(uploaded.thumbprint.len(), 40);
        let mut world = World::new();
        let app = world.directories[0].register("Signed", now, now, true);
        let claims = serde_json::json!({
            "iss": app.app_id, "sub": app.app_id, "aud": "https://login.microsoftonline.com/x/v2.0",
            "exp": now.as_second() + 60,
        });
        let header = serde_json::json!({"alg": "RS256", "typ": "JWT", "x5t": uploaded.x5t});
        app.certificates.push(uploaded);
        let id = app.app_id.clone();
        let encode = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let key = rsa::pkcs1v15::SigningKey::<Sha256>::new(private);
        let good = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).to_bytes()));
        let app = world.directories[0].app(&id).unwrap();
        assert!(check(&world, app, &good).is_ok());
        let bad = format!("{signed}.{}", URL_SAFE_NO_PAD.encode([0_u8; 256]));
        assert_eq!(check(&world, app, &bad).unwrap_err().code, 700_027);
    }
}
