//! Client secrets of today's shape, made at run time: 3 characters, `8Q~`, 31 characters and a 3-character checksum.
//!
//! The checksum is the published one of Microsoft's security-utilities: Marvin32 over the first 37 characters with
//! the seed "AadPwd00", folded to 32 bits and written in base 66, of which the first three digits are kept.
//! It is written out here a second time on purpose: the product's own check has to agree with somebody else.

use rand::Rng;

const ALPHABET: &[u8; 66] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";
const SEED: u64 = 0x4161_6450_7764_3030;

/// A secret's text: compared and handed out once, never printed, never serialised.
pub struct SecretText(String);

impl SecretText {
    /// Makes a fresh secret with a right checksum.
    #[must_use]
    pub fn make() -> Self {
        let mut rng = rand::thread_rng();
        let mut pick =
            |n: usize| -> String { (0..n).map(|_| char::from(ALPHABET[rng.gen_range(0..62)])).collect() };
        let mut body = pick(3);
        body.push_str("8Q~");
        body.push_str(&pick(31));
        let sum = checksum(body.as_bytes());
        body.push_str(&sum);
        Self(body)
    }

    /// Whether `text` is this secret.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.0 == text
    }

    /// The first three characters, which Microsoft shows as the hint.
    #[must_use]
    pub fn hint(&self) -> String {
        self.0.chars().take(3).collect()
    }

    /// The text itself, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn checksum(body: &[u8]) -> String {
    let hash = marvin(body, SEED);
    let mut rest = u64::from((hash ^ (hash >> 32)) as u32);
    let mut digits = [ALPHABET[0]; 6];
    for place in digits.iter_mut().rev() {
        *place = ALPHABET[(rest % 66) as usize];
        rest /= 66;
    }
    digits.iter().take(3).map(|b| char::from(*b)).collect()
}

fn marvin(data: &[u8], seed: u64) -> u64 {
    let (mut lo, mut hi) = (seed as u32, (seed >> 32) as u32);
    let mut mix = |add: u32| {
        lo = lo.wrapping_add(add);
        hi ^= lo;
        lo = lo.rotate_left(20).wrapping_add(hi);
        hi = hi.rotate_left(9) ^ lo;
        lo = lo.rotate_left(27).wrapping_add(hi);
        hi = hi.rotate_left(19);
    };
    let mut chunks = data.chunks_exact(4);
    for c in &mut chunks {
        mix(u32::from_le_bytes([c[0], c[1], c[2], c[3]]));
    }
    let last = match chunks.remainder() {
        [a] => 0x8000 | u32::from(*a),
        [a, b] => 0x0080_0000 | u32::from(u16::from_le_bytes([*a, *b])),
        [a, b, c] => 0x8000_0000 | u32::from_le_bytes([*a, *b, *c, 0]),
        _ => 0x80,
    };
    mix(last);
    mix(0);
    (u64::from(hi) << 32) | u64::from(lo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_published_vector() {
        let body = format!("zzz8Q~{}", "z".repeat(31));
        assert_eq!(checksum(body.as_bytes()), "blP");
    }

    #[test]
    fn made_secrets_have_forty_characters_and_differ() {
        let (a, b) = (SecretText::make(), SecretText::make());
        assert_eq!(a.reveal().len(), 40);
        assert!(!a.matches(b.reveal()));
        assert_eq!(&a.reveal()[3..6], "8Q~");
    }

    #[test]
    fn the_product_takes_them_for_what_they_are() {
        use handrail_credential::{Shape, classify};
        assert!((0..50).all(|_| classify(SecretText::make().reveal()) == Shape::Secret));
    }
}
