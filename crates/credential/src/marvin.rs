//! The checksum at the end of today's client secrets: Marvin32 over the first 37 characters, in base 66.
//!
//! Public knowledge from microsoft/security-utilities (MIT), `IdentifiableMetadata`; only the first three of its six
//! characters are kept by Entra. It holds for secrets of exactly 40 characters with `8Q~` at the fourth place and
//! says nothing about any other.

/// `AadPwd00`, as the source of the algorithm has it.
const SEED: u64 = 0x4161_6450_7764_3030;

/// Digits of the checksum, in the order of the algorithm.
pub(crate) const ALPHABET: &[u8; 66] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

/// Length of a secret that carries a checksum.
pub(crate) const LENGTH: usize = 40;

/// Characters of the secret that the checksum is over.
pub(crate) const BODY: usize = 37;

/// The three checksum characters for a body of 37 characters.
pub(crate) fn checksum(body: &[u8]) -> [u8; 3] {
    let hash = marvin32(body, SEED);
    let mut rest = (hash as u32) ^ ((hash >> 32) as u32);
    let mut digits = [b'a'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET.get((rest % 66) as usize).copied().unwrap_or(b'a');
        rest /= 66;
    }
    let [a, b, c, ..] = digits;
    [a, b, c]
}

/// Whether this is a 40-character `8Q~` secret whose checksum is right.
pub(crate) fn is_valid(secret: &[u8]) -> bool {
    secret.len() == LENGTH
        && secret.get(3..6) == Some(b"8Q~".as_slice())
        && secret.split_at_checked(BODY).is_some_and(|(body, sum)| checksum(body) == sum)
}

/// Whether the text is a client secret of today whose checksum is right.
#[must_use]
pub fn has_right_checksum(text: &str) -> bool {
    is_valid(text.as_bytes())
}

fn marvin32(data: &[u8], seed: u64) -> u64 {
    let (mut low, mut high) = (seed as u32, (seed >> 32) as u32);
    let (words, rest) = data.as_chunks::<4>();
    for word in words {
        low = low.wrapping_add(u32::from_le_bytes(*word));
        mix(&mut low, &mut high);
    }
    let mut last = [0u8; 4];
    for (to, from) in last.iter_mut().zip(rest.iter().chain(std::iter::once(&0x80))) {
        *to = *from;
    }
    low = low.wrapping_add(u32::from_le_bytes(last));
    mix(&mut low, &mut high);
    mix(&mut low, &mut high);
    (u64::from(high) << 32) | u64::from(low)
}

fn mix(low: &mut u32, high: &mut u32) {
    *high ^= *low;
    *low = low.rotate_left(20).wrapping_add(*high);
    *high = high.rotate_left(9) ^ *low;
    *low = low.rotate_left(27).wrapping_add(*high);
    *high = high.rotate_left(19);
}

#[cfg(test)]
mod tests {
    use super::{checksum, is_valid};

    /// Microsoft's own vector: its tests accept this value.
    #[test]
    fn the_reference_secret_is_valid() {
        let body = format!("zzz8Q~{}", "z".repeat(31));
        assert_eq!(&checksum(body.as_bytes()), b"blP");
        assert!(is_valid(format!("{body}blP").as_bytes()));
        assert!(!is_valid(format!("{body}blp").as_bytes()));
    }
}
