//! Signatures: compact JWS with Ed25519, through `jsonwebtoken` and a provider of our own that knows nothing else.
//!
//! A token's `typ` says what it is for and is always compared, so that a link is never taken for a request. Claims
//! of time and audience are checked by whoever reads them: `jsonwebtoken` would read a clock.

use std::fmt;
use std::sync::Once;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, SignatureError, Signer, SigningKey, Verifier, VerifyingKey};
use handrail_json::{FromJson, from_str};
use jsonwebtoken::crypto::{self, CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use crate::json::read_json;

/// The one algorithm, as headers name it.
const ALGORITHM: &str = "EdDSA";

/// Characters of a token that are looked at: a report with its checks stays under 20 KB.
const MAX_TOKEN: usize = 64 * 1024;

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    /// It is no token of this form.
    #[error("not a token")]
    Malformed,
    /// It is a token for something else.
    #[error("a token for something else")]
    Type,
    /// None of the keys signed it.
    #[error("signed by nobody known")]
    Signature,
    /// Signed, but what it says has another form.
    #[error("a token of an unknown form")]
    Claims,
}

/// A private signing key. Never printed, wiped when dropped.
pub struct Signing {
    seed: Zeroizing<[u8; 32]>,
}

impl Signing {
    /// A key from 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed: Zeroizing::new(seed) }
    }

    /// From its text: base64url of the 32 bytes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text.trim()).ok()?);
        let mut seed = Zeroizing::new([0; 32]);
        if bytes.len() != seed.len() {
            return None;
        }
        seed.copy_from_slice(&bytes);
        Some(Self { seed })
    }

    /// Its text, for the file that keeps it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.seed.as_ref()))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(SigningKey::from_bytes(&self.seed).verifying_key().to_bytes())
    }

    /// Signs claims as a token of this type.
    ///
    /// # Errors
    /// When the claims cannot be written as JSON.
    pub fn token(&self, typ: &str, claims: &impl Serialize) -> Result<String, JoseError> {
        let claims = serde_json::to_vec(claims).map_err(|_| JoseError::Claims)?;
        // Its order is the one that RFC 8037 prints; nothing in it needs quoting.
        let header = format!(r#"{{"alg":"{ALGORITHM}","typ":"{typ}","kid":"{}"}}"#, self.public().id());
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(self.sign(signed.as_bytes()))))
    }

    /// The bare signature over bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        SigningKey::from_bytes(&self.seed).sign(message).to_bytes()
    }
}

impl fmt::Debug for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signing({})", self.public().id())
    }
}

/// A public signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// From `x` of a JWK. Only points of the curve are taken.
    #[must_use]
    pub fn parse(x: &str) -> Option<Self> {
        let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(x).ok()?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        (!key.is_weak()).then_some(Self(bytes))
    }

    /// `x` of a JWK.
    #[must_use]
    pub fn x(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The JWK thumbprint of RFC 7638: names the key wherever it is meant.
    #[must_use]
    pub fn id(&self) -> String {
        let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.x());
        URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
    }

    /// The key as a JWK.
    #[must_use]
    pub fn jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            alg: "EdDSA".to_owned(),
            kid: self.id(),
            x: self.x(),
        }
    }

    /// Whether this key made the signature over these bytes.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

/// A public key as a JWK set lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Jwk {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// `EdDSA`.
    #[serde(default)]
    pub alg: String,
    /// Thumbprint of the key.
    #[serde(default)]
    pub kid: String,
    /// The key.
    pub x: String,
}

impl Jwk {
    /// The key, if it is one of ours.
    #[must_use]
    pub fn key(&self) -> Option<PublicKey> {
        (self.kty == "OKP" && self.crv == "Ed25519").then(|| PublicKey::parse(&self.x)).flatten()
    }
}

/// A token taken apart, unproved.
struct Parts<'a> {
    /// Header and claims, as they were signed.
    signed: &'a str,
    claims: &'a str,
    signature: &'a str,
    header: Value,
}

impl<'a> Parts<'a> {
    fn of(token: &'a str) -> Option<Self> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = decoded::<Value>(header).filter(Value::is_object)?;
        (!claims.contains('.')).then_some(Self { signed, claims, signature, header })
    }

    fn says(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}

fn decoded<T: FromJson>(part: &str) -> Option<T> {
    from_str(&text_of(part)?).ok()
}

fn text_of(part: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// Reads a token of this type that one of the keys signed.
///
/// # Errors
/// When it is none, is for something else, or nobody known signed it.
pub fn verify<T: FromJson>(token: &str, typ: &str, keys: &[PublicKey]) -> Result<T, JoseError> {
    signed(token, typ, keys).and_then(|claims| from_str(&claims).map_err(|_| JoseError::Claims))
}

/// The claims as they were written, of a token of this type that one of the keys signed.
fn signed(token: &str, typ: &str, keys: &[PublicKey]) -> Result<String, JoseError> {
    install();
    let parts = Parts::of(token).ok_or(JoseError::Malformed)?;
    // One algorithm, and nothing that a reader would have to understand besides (RFC 7515, 4.1.11).
    if parts.says("alg") != Some(ALGORITHM) || parts.header.get("crit").is_some() {
        return Err(JoseError::Malformed);
    }
    if parts.says("typ") != Some(typ) {
        return Err(JoseError::Type);
    }
    // The key's name is a hint of whoever wrote the token: without a match there is nobody to ask.
    let named = parts.says("kid");
    let key = keys.iter().find(|key| Some(key.id().as_str()) == named).ok_or(JoseError::Signature)?;
    let key = DecodingKey::from_ed_der(&key.0);
    match crypto::verify(parts.signature, parts.signed.as_bytes(), &key, Algorithm::EdDSA) {
        Ok(true) => text_of(parts.claims).ok_or(JoseError::Claims),
        _ => Err(JoseError::Signature),
    }
}

/// What a token claims, unproved: to find out whose keys to ask for. Never to be acted upon.
#[must_use]
pub fn dangerous_claims<T: FromJson>(token: &str) -> Option<T> {
    decoded(Parts::of(token)?.claims)
}

/// Who signed, as the token says; unproved.
#[must_use]
pub fn dangerous_key_id(token: &str) -> Option<String> {
    Parts::of(token)?.says("kid").map(str::to_owned)
}

/// SHA-256 of a text, base64url: how tokens name each other.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

static PROVIDER: CryptoProvider = CryptoProvider {
    // [`Signing`] signs by itself: what only verifies need not carry how to sign.
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: |algorithm, key| match algorithm {
        Algorithm::EdDSA => Ok(Box::new(OurVerifier::new(key)?)),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

static INSTALLED: Once = Once::new();

/// Makes this the one provider of `jsonwebtoken`. Done by itself before the first token.
pub fn install() {
    INSTALLED.call_once(|| {
        // Another provider would already have been chosen by our own program; it then fails at the first token.
        let _ = PROVIDER.install_default();
    });
}

struct OurVerifier(VerifyingKey);

impl OurVerifier {
    fn new(key: &DecodingKey) -> Result<Self, Error> {
        let bytes = key.try_get_as_bytes()?.try_into().map_err(|_| ErrorKind::InvalidEddsaKey)?;
        Ok(Self(VerifyingKey::from_bytes(bytes).map_err(|_| ErrorKind::InvalidEddsaKey)?))
    }
}

impl Verifier<Vec<u8>> for OurVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        self.0.verify_strict(message, &Signature::from_slice(signature)?)
    }
}

impl JwtVerifier for OurVerifier {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(n: u8) -> Signing {
        Signing::from_seed([n; 32])
    }

    #[test]
    fn a_token_is_for_what_it_was_made_for_and_by_who_made_it() {
        let token = key(1).token("a+jwt", &json!({"n": 7})).unwrap();
        let keys = [key(2).public(), key(1).public()];
        assert_eq!(verify::<Value>(&token, "a+jwt", &keys).unwrap()["n"], 7);
        assert_eq!(verify::<Value>(&token, "b+jwt", &keys), Err(JoseError::Type));
        assert_eq!(verify::<Value>(&token, "a+jwt", &keys[..1]), Err(JoseError::Signature));
        assert_eq!(verify::<Value>("a.b.c", "a+jwt", &keys), Err(JoseError::Malformed));
        let changed = key(1).token("a+jwt", &json!({"n": 8})).unwrap();
        let (head, body) = (token.split('.').next().unwrap(), changed.split('.').nth(1).unwrap());
        let forged = format!("{head}.{body}.{}", token.split('.').nth(2).unwrap());
        assert_eq!(verify::<Value>(&forged, "a+jwt", &keys), Err(JoseError::Signature));
    }

    #[test]
    fn an_algorithm_of_the_token_s_own_choosing_is_not_followed() {
        let head = URL_SAFE_NO_PAD
            .encode(format!(r#"{{"alg":"HS256","typ":"a+jwt","kid":"{}"}}"#, key(1).public().id()));
        let token = format!("{head}.{}.{}", URL_SAFE_NO_PAD.encode("{}"), URL_SAFE_NO_PAD.encode([0; 32]));
        assert_eq!(verify::<Value>(&token, "a+jwt", &[key(1).public()]), Err(JoseError::Malformed));
        let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"a+jwt"}"#);
        assert_eq!(verify::<Value>(&format!("{head}.e30."), "a+jwt", &[]), Err(JoseError::Malformed));
    }

    #[test]
    fn a_key_is_named_by_its_thumbprint_as_rfc_8037_shows() {
        // RFC 8037, appendix A.3.
        let key = PublicKey::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(key.jwk().key(), Some(key));
    }

    #[test]
    fn keys_that_prove_nothing_are_refused() {
        assert_eq!(PublicKey::parse(&URL_SAFE_NO_PAD.encode([0; 32])), None);
        assert_eq!(PublicKey::parse("x"), None);
    }
}
