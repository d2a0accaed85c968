//! The payload: chunks of 64 KiB under ChaCha20-Poly1305, each nonce a counter and a mark for the last chunk.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};

/// Bytes of one chunk before encryption; fixed by the format.
const CHUNK: usize = 64 * 1024;

/// Bytes that encryption adds to a chunk.
const TAG: usize = 16;

fn nonce(counter: u64, last: bool) -> Nonce {
    let mut nonce = Nonce::default();
    let number = counter.to_be_bytes();
    nonce.iter_mut().skip(3).zip(number).for_each(|(to, from)| *to = from);
    if let Some(mark) = nonce.last_mut() {
        *mark = u8::from(last);
    }
    nonce
}

pub(crate) fn encrypt(key: &[u8; 32], plain: &[u8]) -> Option<Vec<u8>> {
    let cipher = ChaCha20Poly1305::new(Key::from_slice(key));
    let mut out = Vec::with_capacity(plain.len().saturating_add(TAG));
    let chunks: Vec<&[u8]> = if plain.is_empty() { vec![plain] } else { plain.chunks(CHUNK).collect() };
    let count = chunks.len();
    for (at, chunk) in (1u64..).zip(chunks) {
        let last = usize::try_from(at).is_ok_and(|at| at == count);
        out.extend(cipher.encrypt(&nonce(at.wrapping_sub(1), last), chunk).ok()?);
    }
    Some(out)
}

/// The contents, or nothing at all: a broken chunk spoils the whole.
pub(crate) fn decrypt(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<u8>> {
    let cipher = ChaCha20Poly1305::new(Key::from_slice(key));
    let mut out = Vec::with_capacity(sealed.len());
    let chunks: Vec<&[u8]> = sealed.chunks(CHUNK.saturating_add(TAG)).collect();
    let count = chunks.len();
    for (at, chunk) in (1u64..).zip(chunks) {
        let last = usize::try_from(at).is_ok_and(|at| at == count);
        let plain = cipher.decrypt(&nonce(at.wrapping_sub(1), last), chunk).ok()?;
        // An empty chunk may only be the whole.
        if plain.is_empty() && count > 1 {
            return None;
        }
        out.extend(plain);
    }
    (count > 0).then_some(out)
}
