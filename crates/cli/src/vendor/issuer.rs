//! The vendor's OpenID issuer for federated credentials: RSA keys, the two files that are published, and signed statements.
//! Microsoft takes RS256 from outside issuers and nothing else, so these keys are apart from those that sign links.

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use handrail_credential::Secret;
use handrail_handover::{Statement, issuer_key_id};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs8::EncodePrivateKey as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::keys::Kept;

/// Bits of a key: what Microsoft's own keys have.
const BITS: usize = 2048;

/// Name of the file with the public keys, below the issuer.
pub(crate) const KEYS_FILE: &str = "jwks.json";

/// The issuer as the key file holds it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Issuer {
    /// Its address, to the letter as customers enter it.
    pub(crate) url: String,
    /// Its keys, the newest first: PKCS#8, base64.
    pub(crate) keys: Vec<Kept>,
}

/// A new key.
pub(crate) fn make_key() -> anyhow::Result<Kept> {
    let made = rsa::RsaPrivateKey::new(&mut rand::rngs::OsRng, BITS).ok().context("no key can be made")?;
    let der = made.to_pkcs8_der().ok().context("no key can be written")?;
    Ok(Kept::new(Zeroizing::new(STANDARD.encode(der.as_bytes()))))
}

impl Issuer {
    /// What belongs at `/.well-known/openid-configuration` below the issuer (OpenID Connect Discovery 1.0, section 3).
    pub(crate) fn configuration(&self) -> Value {
        json!({
            "issuer": self.url,
            "jwks_uri": format!("{}/{KEYS_FILE}", self.url),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        })
    }

    /// The public keys that count now.
    pub(crate) fn key_set(&self, now: i64) -> anyhow::Result<Value> {
        let count = self.keys.iter().filter(|kept| kept.until.is_none_or(|until| now < until));
        let keys: Vec<Value> =
            count.map(|kept| pair(kept).map(|pair| public(&pair).0)).collect::<anyhow::Result<_>>()?;
        Ok(json!({"keys": keys}))
    }

    /// The statement, signed with the newest key.
    pub(crate) fn signed(&self, statement: &Statement) -> anyhow::Result<Secret> {
        let pair = pair(self.keys.first().context("the key file holds no issuer's key")?)?;
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": public(&pair).1});
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(header.to_string()), part(serde_json::to_string(statement)?));
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .ok()
            .context("the issuer's key does not sign")?;
        Ok(Secret::new(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))))
    }
}

fn pair(kept: &Kept) -> anyhow::Result<RsaKeyPair> {
    // No word of the libraries: it could quote the key.
    let der = STANDARD.decode(kept.key.0.as_bytes()).ok().map(Zeroizing::new);
    der.and_then(|der| RsaKeyPair::from_pkcs8(&der).ok()).context("an issuer's key cannot be read")
}

/// The public key as a JWK, and its name.
fn public(pair: &RsaKeyPair) -> (Value, String) {
    let parts = PublicKeyComponents::<Vec<u8>>::from(pair.public());
    let (n, e) = (URL_SAFE_NO_PAD.encode(parts.n), URL_SAFE_NO_PAD.encode(parts.e));
    let kid = issuer_key_id(&n, &e);
    (json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e}), kid)
}
