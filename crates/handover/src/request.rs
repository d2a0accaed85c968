//! Requests of a vendor: method, address and body under one signature that counts for a minute and once.

use handrail_json::FromJson;
use serde::{Deserialize, Serialize};

use crate::jose::{self, JoseError, PublicKey, Signing};
use crate::refusal::{self, Refusal};

/// Type of a request's token.
pub const REQUEST_TYPE: &str = "handrail-request+jwt";

/// Seconds a signature counts, and that two clocks may differ.
const LIFE: i64 = 60;

/// Characters of a one-time id that are kept: a UUID has 36.
const MAX_ID: usize = 64;

/// The claims of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct RequestClaims {
    /// The vendor's domain.
    pub iss: String,
    /// Origin of the Worker.
    pub aud: String,
    /// When it was signed.
    pub iat: i64,
    /// One-time id.
    pub jti: String,
    /// Method.
    pub htm: String,
    /// Path and query.
    pub htu: String,
    /// Digest of the body.
    pub bh: String,
}

/// The digest of a body, as the claim has it.
#[must_use]
pub fn body_hash(body: &[u8]) -> String {
    jose::digest(body)
}

/// Signs a request.
///
/// # Errors
/// When the claims cannot be written.
pub fn request_token(key: &Signing, claims: &RequestClaims) -> Result<String, JoseError> {
    key.token(REQUEST_TYPE, claims)
}

/// Proves that a request is the vendor's; `hash` is [`body_hash`] of its body. Whether its id was used before is for whoever remembers ids.
///
/// # Errors
/// When the token is for something else, by somebody else, or not of now.
pub fn verify_request(
    token: &str,
    keys: &[PublicKey],
    (origin, method, target, hash): (&str, &str, &str, &str),
    now: i64,
) -> Result<RequestClaims, Refusal> {
    let claims: RequestClaims = jose::verify(token, REQUEST_TYPE, keys).map_err(|error| match error {
        JoseError::Signature => refusal::WRONG_SIGNATURE,
        _ => refusal::UNSIGNED,
    })?;
    if claims.jti.is_empty() || claims.jti.len() > MAX_ID {
        return Err(refusal::UNSIGNED);
    }
    let same = claims.aud == origin && claims.htm == method && claims.htu == target && claims.bh == hash;
    if !same {
        return Err(refusal::OTHER_REQUEST);
    }
    if claims.iat.abs_diff(now) > LIFE.unsigned_abs() {
        return Err(refusal::STALE);
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_one_request_and_one_minute() {
        let key = Signing::from_seed([1; 32]);
        let claims = RequestClaims {
            iss: "vendor.example".into(),
            aud: "https://w.example".into(),
            iat: 1_000,
            jti: "one".into(),
            htm: "POST".into(),
            htu: "/api/links?x=1".into(),
            bh: body_hash(b"{}"),
        };
        let token = request_token(&key, &claims).unwrap();
        let keys = [key.public()];
        let ask = |target: (&str, &str, &str, &str), now| verify_request(&token, &keys, target, now);
        let (body, other) = (body_hash(b"{}"), body_hash(b"{ }"));
        let right = ("https://w.example", "POST", "/api/links?x=1", body.as_str());
        assert_eq!(ask(right, 1_060), Ok(claims.clone()));
        assert_eq!(ask(right, 1_061), Err(refusal::STALE));
        assert_eq!(ask(right, 939), Err(refusal::STALE));
        for other in [
            ("https://x.example", right.1, right.2, right.3),
            (right.0, "GET", right.2, right.3),
            (right.0, right.1, "/api/links", right.3),
            (right.0, right.1, right.2, other.as_str()),
        ] {
            assert_eq!(ask(other, 1_000), Err(refusal::OTHER_REQUEST));
        }
        let link = key.token("handrail-link+jwt", &claims).unwrap();
        assert_eq!(verify_request(&link, &keys, right, 1_000), Err(refusal::UNSIGNED));
        let stranger = request_token(&Signing::from_seed([2; 32]), &claims).unwrap();
        assert_eq!(verify_request(&stranger, &keys, right, 1_000), Err(refusal::WRONG_SIGNATURE));
    }
}
