//! Access tokens: RS256, signed with a key made at start.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs8::EncodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::state::new_id;

/// The key that signs every token of this run.
pub struct Signing {
    key: RsaKeyPair,
    random: SystemRandom,
    public: RsaPublicKey,
    kid: String,
}

impl Signing {
    /// Makes a key.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn make() -> Result<Self> {
        let private = RsaPrivateKey::new(&mut rand::thread_rng(), 2048)?;
        let public = private.to_public_key();
        let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(public.n().to_bytes_be())[..20]);
        let key = RsaKeyPair::from_pkcs8(private.to_pkcs8_der()?.as_bytes())
            .map_err(|why| anyhow::anyhow!("the key cannot be used: {why}"))?;
        Ok(Self { key, random: SystemRandom::new(), public, kid })
    }

    /// The public key as a JSON Web Key Set.
    #[must_use]
    pub fn key_set(&self) -> Value {
        json!({"keys": [{
            "kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid,
            "n": URL_SAFE_NO_PAD.encode(self.public.n().to_bytes_be()),
            "e": URL_SAFE_NO_PAD.encode(self.public.e().to_bytes_be()),
        }]})
    }

    /// Signs claims. With `graph`, the header carries a nonce and the signature is over its hash, so that nobody but
    /// Graph can check it.
    #[must_use]
    pub fn sign(&self, claims: &Value, graph: bool) -> String {
        let mut header = json!({"typ": "JWT", "alg": "RS256", "x5t": self.kid, "kid": self.kid});
        let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
        let mut shown = header.clone();
        if graph {
            let nonce = new_id();
            header["nonce"] = json!(URL_SAFE_NO_PAD.encode(Sha256::digest(nonce.as_bytes())));
            shown["nonce"] = json!(nonce);
        }
        let signed = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header.to_string()));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let done = self.key.sign(&RSA_PKCS1_SHA256, &self.random, signed.as_bytes(), &mut signature);
        // Only a buffer of the wrong length could fail.
        debug_assert!(done.is_ok());
        let shown = URL_SAFE_NO_PAD.encode(shown.to_string());
        format!("{shown}.{payload}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The claims of a token, unchecked; nothing when it is none.
#[must_use]
pub fn claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

/// Decodes the `user:password` of a Basic header.
#[must_use]
pub fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, text) = value.split_once(' ')?;
    let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (user.to_owned(), password.to_owned()))
}
