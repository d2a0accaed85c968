//! The Worker's own keys: the one that signs, from a secret binding, and earlier ones that still verify.

use handrail_handover::jose::Jwk;
use handrail_handover::{PublicKey, Signing};
use worker::Env;

/// The key that signs reports, receipts and webhooks; without it the Worker keeps no links.
pub(crate) fn key(env: &Env) -> Option<Signing> {
    let text = env.secret("SIGNING_KEY").ok()?.to_string();
    Signing::parse(&text)
}

/// All keys, the signing one first. `RETIRED_KEYS` holds `x` of earlier ones, separated by spaces.
pub(crate) fn public(env: &Env) -> Vec<PublicKey> {
    let retired = env.var("RETIRED_KEYS").map(|var| var.to_string()).unwrap_or_default();
    key(env)
        .map(|key| key.public())
        .into_iter()
        .chain(retired.split_whitespace().filter_map(PublicKey::parse))
        .collect()
}

/// The keys as a JWK set lists them.
pub(crate) fn set(env: &Env) -> Vec<Jwk> {
    public(env).iter().map(PublicKey::jwk).collect()
}
