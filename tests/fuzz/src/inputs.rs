//! Inputs made of seeds by chance.

use crate::Chance;

/// Bytes of an input: longer ones find nothing new and are slow.
const MAX_INPUT: usize = 2_048;

/// Words that parsers wait for.
const WORDS: &[&[u8]] = &[
    b"AADSTS",
    b"8Q~",
    b"\":",
    b"error_codes",
    b"tenant",
    b"secret",
    b"\\u0000",
    b"\xe2\x80\x8b",
    b"\r\n",
    b"99999999999999999999",
    b"-1",
    b"{\"",
    b"[[",
    b"AF20024",
    b"eyJ",
    b"%7E",
    b"&tilde;",
    b"5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b",
    b"access_token",
    b"\xff\xfe",
    b"Q~",
    b"'",
];

/// One seed with a few changes: bits, words, cuts, doublings, a piece of another seed.
#[must_use]
pub fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(input.len() + 1);
        match chance.below(7) {
            0 if at < input.len() => input[at] ^= 1 << chance.below(8),
            1 => drop(input.splice(at..at, WORDS[chance.below(WORDS.len())].iter().copied())),
            2 => input.truncate(at),
            3 => {
                let end = (at + chance.below(40)).min(input.len());
                let piece = input[at..end].to_vec();
                drop(input.splice(at..at, piece));
            }
            4 => {
                let end = (at + chance.below(12)).min(input.len());
                drop(input.drain(at..end));
            }
            5 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                let piece = other[from..(from + chance.below(60)).min(other.len())].to_vec();
                drop(input.splice(at..at, piece));
            }
            _ => input.insert(at, chance.below(256) as u8),
        }
        input.truncate(MAX_INPUT);
    }
    input
}
