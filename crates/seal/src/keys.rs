//! Recipients (`age1…`) and identities (`AGE-SECRET-KEY-1…`), both bech32.

use std::fmt;
use std::str::FromStr;

use bech32::{Bech32, Hrp};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is not bech32, or a character of it is wrong.
    #[error("a character of the key is wrong or missing")]
    Spelling,
    /// It is bech32 of something else.
    #[error("this is not a key of the kind asked for")]
    Kind,
}

/// Whom something is sealed to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient(pub(crate) [u8; 32]);

/// What opens it. Never printed.
pub struct Identity(pub(crate) StaticSecret);

fn decode(text: &str, kind: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let (hrp, bytes) = bech32::decode(text.trim()).map_err(|_| KeyError::Spelling)?;
    let bytes = Zeroizing::new(bytes);
    if !hrp.as_str().eq_ignore_ascii_case(kind) {
        return Err(KeyError::Kind);
    }
    let mut key = Zeroizing::new([0; 32]);
    if bytes.len() != key.len() {
        return Err(KeyError::Kind);
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

fn encode(kind: &str, key: &[u8; 32]) -> String {
    // Both names are valid prefixes and 32 bytes are short enough, so this never is the empty text.
    Hrp::parse(kind).ok().and_then(|hrp| bech32::encode::<Bech32>(hrp, key).ok()).unwrap_or_default()
}

impl FromStr for Recipient {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        decode(text, "age").map(|key| Self(*key))
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode("age", &self.0))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Identity {
    /// An identity from 32 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(StaticSecret::from(bytes))
    }

    /// The recipient it opens for.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0).to_bytes())
    }

    /// The text of an identity file's line. It opens everything sealed to it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let lower = Zeroizing::new(encode("age-secret-key-", self.0.as_bytes()));
        Zeroizing::new(lower.to_ascii_uppercase())
    }
}

impl FromStr for Identity {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        decode(text, "age-secret-key-").map(|key| Self(StaticSecret::from(*key)))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let identity = Identity::from_random([7; 32]);
        let text = identity.to_text();
        assert!(text.starts_with("AGE-SECRET-KEY-1"));
        let again: Identity = text.parse().unwrap();
        assert_eq!(again.recipient(), identity.recipient());
        let shown = identity.recipient().to_string();
        assert_eq!(shown.parse::<Recipient>().unwrap(), identity.recipient());
        assert!(!format!("{identity:?}").contains("SECRET"));
    }

    #[test]
    fn a_wrong_character_and_the_wrong_kind_are_told_apart() {
        let shown = Identity::from_random([7; 32]).recipient().to_string();
        let last = if shown.ends_with('q') { "p" } else { "q" };
        let wrong = format!("{}{last}", shown.strip_suffix(|_: char| true).unwrap());
        assert_eq!(wrong.parse::<Recipient>(), Err(KeyError::Spelling));
        let secret = Identity::from_random([7; 32]).to_text();
        assert_eq!(secret.parse::<Recipient>(), Err(KeyError::Kind));
        assert_eq!(shown.parse::<Identity>().err(), Some(KeyError::Kind));
    }
}
