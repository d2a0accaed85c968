//! Makes client secrets with a right checksum, for tests and the practice tenant. Never built into a product.

use crate::marvin::{ALPHABET, checksum};
use crate::secret::Secret;

/// A secret with a right checksum, the same one for the same seed.
#[must_use]
pub fn test_secret(seed: u64) -> Secret {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678_9abc_def1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Letters and digits only: a run of symbols reads as a placeholder.
        ALPHABET.get((state >> 33) as usize % 62).copied().unwrap_or(b'a')
    };
    let mut bytes: Vec<u8> = (0..37).map(|_| next()).collect();
    for (to, from) in bytes.iter_mut().skip(3).zip(b"8Q~") {
        *to = *from;
    }
    let sum = checksum(&bytes);
    bytes.extend(sum);
    Secret::new(String::from_utf8(bytes).unwrap_or_default())
}

/// The same secret with its tenth character changed: right in form, wrong in its checksum.
#[must_use]
pub fn damaged_secret(seed: u64) -> Secret {
    // EXPOSE: a made-up secret of a test.
    let mut bytes = test_secret(seed).expose().as_bytes().to_vec();
    if let Some(b) = bytes.get_mut(9) {
        *b = if *b == b'x' { b'y' } else { b'x' };
    }
    Secret::new(String::from_utf8(bytes).unwrap_or_default())
}
