//! The file: a header with the file key wrapped once per recipient, its MAC, and the payload.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use hkdf::hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::keys::{Identity, Recipient};
use crate::stream;

/// First line of every file.
const VERSION: &str = "age-encryption.org/v1";

/// Name of the one kind of stanza written here, and its label in the key derivation.
const X25519: &str = "X25519";
const X25519_LABEL: &str = "age-encryption.org/v1/X25519";

/// Bytes of a sealed file that are looked at: a bundle has a few kilobytes, its report a few dozen.
pub const MAX_SEALED: usize = 256 * 1024;

/// Why something cannot be sealed or opened. Deliberately coarse: which byte was wrong helps nobody honest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody to seal to, or a recipient that is no point of the curve.
    #[error("there is no usable recipient")]
    NoRecipient,
    /// It is not in the age format, or of another version.
    #[error("this is not a sealed bundle")]
    NotSealed,
    /// Sealed to others.
    #[error("this was sealed to other keys")]
    OtherKeys,
    /// It was changed after it was sealed.
    #[error("the bundle is damaged")]
    Damaged,
    /// Larger than any bundle.
    #[error("this is larger than any bundle")]
    TooLarge,
}

struct Stanza<'a> {
    kind: &'a str,
    arguments: Vec<&'a str>,
    body: Vec<u8>,
}

fn derive(secret: &[u8], salt: &[u8], label: &str) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    // 32 bytes are always within what HKDF gives.
    let _ = Hkdf::<Sha256>::new(Some(salt), secret).expand(label.as_bytes(), key.as_mut());
    key
}

fn mac(file_key: &[u8], header: &str) -> [u8; 32] {
    let key = derive(file_key, &[], "header");
    match <Hmac<Sha256> as Mac>::new_from_slice(key.as_ref()) {
        Ok(mac) => mac.chain_update(header.as_bytes()).finalize().into_bytes().into(),
        Err(_) => [0; 32],
    }
}

/// The key that wraps the file key for one recipient. None when the shared secret is the point at infinity.
fn wrapping_key(
    secret: &StaticSecret,
    peer: [u8; 32],
    share: &[u8; 32],
    to: &[u8; 32],
) -> Option<Zeroizing<[u8; 32]>> {
    let shared = secret.diffie_hellman(&PublicKey::from(peer));
    shared
        .was_contributory()
        .then(|| derive(shared.as_bytes(), &[share.as_slice(), to].concat(), X25519_LABEL))
}

/// Seals `plain` to every recipient. `random` fills what it is given from the platform's secure source.
///
/// # Errors
/// When there is no usable recipient, or the contents are larger than any bundle.
pub fn seal(
    recipients: &[Recipient],
    plain: &[u8],
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, Error> {
    if recipients.is_empty() {
        return Err(Error::NoRecipient);
    }
    if plain.len() > MAX_SEALED / 2 {
        return Err(Error::TooLarge);
    }
    let mut file_key = Zeroizing::new([0u8; 16]);
    random(file_key.as_mut());
    let mut header = format!("{VERSION}\n");
    for recipient in recipients {
        let mut bytes = Zeroizing::new([0u8; 32]);
        random(bytes.as_mut());
        let ephemeral = StaticSecret::from(*bytes);
        let share = PublicKey::from(&ephemeral).to_bytes();
        let key = wrapping_key(&ephemeral, recipient.0, &share, &recipient.0).ok_or(Error::NoRecipient)?;
        let wrapped = ChaCha20Poly1305::new(Key::from_slice(key.as_ref()))
            .encrypt(&Nonce::default(), file_key.as_slice())
            .map_err(|_| Error::NoRecipient)?;
        let (share, wrapped) = (STANDARD_NO_PAD.encode(share), STANDARD_NO_PAD.encode(wrapped));
        let _ = writeln!(header, "-> {X25519} {share}\n{wrapped}");
    }
    header.push_str("---");
    let mut sealed =
        format!("{header} {}\n", STANDARD_NO_PAD.encode(mac(file_key.as_ref(), &header))).into_bytes();
    let mut nonce = [0u8; 16];
    random(&mut nonce);
    sealed.extend_from_slice(&nonce);
    let key = derive(file_key.as_ref(), &nonce, "payload");
    sealed.extend(stream::encrypt(&key, plain).ok_or(Error::TooLarge)?);
    Ok(sealed)
}

/// Opens what was sealed to one of these identities.
///
/// # Errors
/// When it is no age file, sealed to others, or damaged.
pub fn open(identities: &[Identity], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (header, stanzas, tag, payload) = parse(sealed)?;
    let file_key = stanzas
        .iter()
        .filter(|stanza| stanza.kind == X25519)
        .find_map(|stanza| identities.iter().find_map(|identity| unwrap(identity, stanza)))
        .ok_or(Error::OtherKeys)?;
    if !bool::from(mac(&file_key, header).ct_eq(&tag)) {
        return Err(Error::Damaged);
    }
    let (nonce, payload) = payload.split_at_checked(16).ok_or(Error::Damaged)?;
    let key = derive(&file_key, nonce, "payload");
    stream::decrypt(&key, payload).map(Zeroizing::new).ok_or(Error::Damaged)
}

/// How many X25519 recipients a file says it is sealed to. Who they are cannot be seen.
///
/// # Errors
/// When it is no age file.
pub fn recipients_of(sealed: &[u8]) -> Result<usize, Error> {
    parse(sealed).map(|(_, stanzas, _, _)| stanzas.iter().filter(|s| s.kind == X25519).count())
}

fn unwrap(identity: &Identity, stanza: &Stanza<'_>) -> Option<Zeroizing<Vec<u8>>> {
    let [share] = stanza.arguments.as_slice() else { return None };
    let share: [u8; 32] = STANDARD_NO_PAD.decode(share).ok()?.try_into().ok()?;
    if stanza.body.len() != 32 {
        return None;
    }
    let key = wrapping_key(&identity.0, share, &share, &identity.recipient().0)?;
    let cipher = ChaCha20Poly1305::new(Key::from_slice(key.as_ref()));
    cipher.decrypt(&Nonce::default(), stanza.body.as_slice()).ok().map(Zeroizing::new)
}

type Parsed<'a> = (&'a str, Vec<Stanza<'a>>, [u8; 32], &'a [u8]);

/// Splits a file: the header up to its MAC, the stanzas, the MAC, the payload.
fn parse(sealed: &[u8]) -> Result<Parsed<'_>, Error> {
    if sealed.len() > MAX_SEALED {
        return Err(Error::TooLarge);
    }
    let mut rest = sealed;
    let mut length = 0usize;
    if line(&mut rest, &mut length)? != VERSION {
        return Err(Error::NotSealed);
    }
    let mut stanzas = Vec::new();
    loop {
        let before = length;
        let text = line(&mut rest, &mut length)?;
        if let Some(tag) = text.strip_prefix("--- ") {
            let tag = decode(tag)?.try_into().map_err(|_| Error::NotSealed)?;
            let header = sealed.get(..before.saturating_add(3)).and_then(|h| str::from_utf8(h).ok());
            return Ok((header.ok_or(Error::NotSealed)?, stanzas, tag, rest));
        }
        let mut words = text.strip_prefix("-> ").ok_or(Error::NotSealed)?.split(' ');
        let kind = words.next().unwrap_or_default();
        let mut stanza = Stanza { kind, arguments: words.collect(), body: Vec::new() };
        let mut encoded = String::new();
        loop {
            let part = line(&mut rest, &mut length)?;
            encoded.push_str(part);
            match part.len() {
                64 => {}
                0..64 => break,
                _ => return Err(Error::NotSealed),
            }
        }
        stanza.body = decode(&encoded)?;
        stanzas.push(stanza);
    }
}

fn line<'a>(rest: &mut &'a [u8], length: &mut usize) -> Result<&'a str, Error> {
    let end = rest.iter().position(|b| *b == b'\n').ok_or(Error::NotSealed)?;
    let (text, after) = rest.split_at_checked(end).ok_or(Error::NotSealed)?;
    *rest = after.get(1..).unwrap_or_default();
    *length = length.saturating_add(end).saturating_add(1);
    let text = str::from_utf8(text).map_err(|_| Error::NotSealed)?;
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) { Ok(text) } else { Err(Error::NotSealed) }
}

fn decode(text: &str) -> Result<Vec<u8>, Error> {
    STANDARD_NO_PAD.decode(text).map_err(|_| Error::NotSealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that count up: no randomness, which a test of framing does not need.
    fn counting() -> impl FnMut(&mut [u8]) {
        let mut next = 0u8;
        move |bytes| {
            bytes.iter_mut().for_each(|b| {
                next = next.wrapping_add(41);
                *b = next;
            });
        }
    }

    fn identity(n: u8) -> Identity {
        Identity::from_random([n; 32])
    }

    #[test]
    fn what_is_sealed_is_opened_by_each_recipient_and_by_nobody_else() {
        let (a, b) = (identity(1), identity(2));
        for length in [0usize, 1, 500, 65_535, 65_536, 65_537, 131_072] {
            let plain = vec![0x5a; length];
            let sealed = seal(&[a.recipient(), b.recipient()], &plain, &mut counting()).unwrap();
            assert_eq!(recipients_of(&sealed), Ok(2));
            assert_eq!(*open(&[identity(1)], &sealed).unwrap(), plain, "{length}");
            assert_eq!(*open(&[identity(9), identity(2)], &sealed).unwrap(), plain, "{length}");
            assert_eq!(open(&[identity(3)], &sealed).err(), Some(Error::OtherKeys));
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let sealed = seal(&[identity(1).recipient()], b"four values", &mut counting()).unwrap();
        for at in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[at] ^= 1;
            assert!(open(&[identity(1)], &broken).is_err(), "byte {at}");
            assert!(open(&[identity(1)], &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn nobody_to_seal_to_is_refused() {
        assert_eq!(seal(&[], b"x", &mut counting()), Err(Error::NoRecipient));
        // The point at infinity would give everyone the key.
        assert_eq!(seal(&[Recipient([0; 32])], b"x", &mut counting()), Err(Error::NoRecipient));
    }
}
