//! The salted commitment to the exact values that were checked. The salt is inside the bundle alone, so the report
//! tells nobody else anything about the values.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_credential::Secret;
use sha2::{Digest, Sha256};

/// Parts the hash from every other use of SHA-256.
const TAG: &[u8] = b"handrail-commitment-v1\0";

/// 32 random bytes, made where the values are.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// From the platform's secure source.
    #[must_use]
    pub const fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From its text in a request or a bundle.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// Its text.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// SHA-256 over tag, salt, the number of values, and every name and value with its length before it, ordered by
/// name; base64url.
#[must_use]
pub fn commitment<'a>(salt: &Salt, values: impl IntoIterator<Item = (&'a str, &'a Secret)>) -> String {
    let mut ordered = BTreeMap::new();
    for (name, value) in values {
        ordered.insert(name, value);
    }
    let mut hash = Sha256::new();
    hash.update(TAG);
    hash.update(salt.0);
    hash.update(length(ordered.len()));
    for (name, value) in ordered {
        hash.update(length(name.len()));
        hash.update(name);
        // EXPOSE: into the hash.
        let text = value.expose().as_bytes();
        hash.update(length(text.len()));
        hash.update(text);
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

fn length(n: usize) -> [u8; 8] {
    u64::try_from(n).unwrap_or(u64::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(n, v)| (*n, Secret::new(*v))).collect();
        commitment(&Salt::from_random([1; 32]), values.iter().map(|(n, v)| (*n, v)))
    }

    #[test]
    fn names_values_and_where_one_ends_all_count() {
        let one = of(&[("a", "bc"), ("d", "e")]);
        assert_eq!(one, of(&[("d", "e"), ("a", "bc")]), "the order does not");
        for other in
            [of(&[("a", "b"), ("d", "ce")]), of(&[("ab", "c"), ("d", "e")]), of(&[("a", "bc")]), of(&[])]
        {
            assert_ne!(one, other);
        }
        let salted = commitment(&Salt::from_random([2; 32]), []);
        assert_ne!(of(&[]), salted);
    }

    #[test]
    fn a_salt_is_read_as_written() {
        let salt = Salt::from_random([9; 32]);
        assert!(Salt::parse(&salt.to_text()) == Some(salt));
        assert!(Salt::parse("short").is_none());
    }
}
