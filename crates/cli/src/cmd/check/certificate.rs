//! `--certificate`: signs the statement by which an app with a certificate proves itself (private_key_jwt, RFC 7523).

use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use handrail_credential::Secret;
use handrail_entra::Cloud;
use jiff::Timestamp;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::json;
use zeroize::Zeroizing;

/// Seconds that a statement is good for; Entra takes up to ten minutes.
const LIFE: i64 = 300;

/// A statement for one directory and app, signed with the key in the file.
pub(super) fn assertion(
    file: &Path,
    tenant: &str,
    client: &str,
    cloud: Cloud,
    now: Timestamp,
) -> Result<Secret> {
    let shown = file.display();
    let text = Zeroizing::new(std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?);
    let certificate = block(&text, "CERTIFICATE").with_context(|| format!("{shown} holds no certificate"))?;
    let key = match (block(&text, "PRIVATE KEY"), block(&text, "RSA PRIVATE KEY")) {
        (Some(pkcs8), _) => RsaKeyPair::from_pkcs8(&pkcs8),
        (None, Some(pkcs1)) => RsaKeyPair::from_der(&pkcs1),
        (None, None) => bail!("{shown} holds no private key that is not encrypted"),
    };
    // The library's words say nothing of the key itself.
    let key = key.map_err(|why| {
        anyhow::anyhow!("the private key in {shown} cannot be used ({why}); Entra takes RSA keys")
    })?;
    let random = SystemRandom::new();
    let mut id = [0_u8; 16];
    random.fill(&mut id).map_err(|_| anyhow::anyhow!("this machine gives no randomness"))?;
    let header = json!({
        "alg": "RS256", "typ": "JWT",
        "x5t": URL_SAFE_NO_PAD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate)),
        "x5t#S256": URL_SAFE_NO_PAD.encode(digest(&SHA256, &certificate)),
    });
    let second = now.as_second();
    let claims = json!({
        "aud": format!("https://{}/{tenant}/oauth2/v2.0/token", cloud.login_host()),
        "iss": client, "sub": client, "jti": URL_SAFE_NO_PAD.encode(id),
        "iat": second, "nbf": second, "exp": second.saturating_add(LIFE),
    });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature)
        .map_err(|_| anyhow::anyhow!("the key does not sign"))?;
    Ok(Secret::new(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))))
}

/// The first block of this kind in a PEM text.
pub(super) fn block(text: &str, kind: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {kind}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {kind}-----"))?;
    let body: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
    STANDARD.decode(body.as_bytes()).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    fn blocks_are_found() {
        let text = "x\n-----BEGIN CERTIFICATE-----\nAQI\nD\n-----END CERTIFICATE-----\n";
        assert_eq!(block(text, "CERTIFICATE").as_deref(), Some(&vec![1, 2, 3]));
        assert!(block(text, "PRIVATE KEY").is_none());
    }
}
