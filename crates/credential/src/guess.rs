//! "Did you mean …?": the one secret that differs by a single slip and has a right checksum.
//!
//! The answer is offered to the person and never sent unasked: each try against Entra counts as a failed sign-in.

use crate::marvin::{ALPHABET, LENGTH, is_valid};
use crate::secret::Secret;
use crate::text::is_secret_byte;

/// Finds the secret the text was meant to be: one character changed, two neighbours swapped, one lost or one added.
///
/// `None` when no such secret exists, when several do and none is the likely one, or when the text is valid already.
#[must_use]
pub fn did_you_mean(text: &str) -> Option<Secret> {
    let bytes = text.as_bytes();
    let looks = bytes.len().abs_diff(LENGTH) <= 1
        && bytes.iter().all(|b| is_secret_byte(*b))
        && !bytes.iter().all(u8::is_ascii_hexdigit)
        && bytes
            .windows(2)
            .any(|w| matches!(w, [b'Q' | b'q' | b'0' | b'O', b'~'] | [b'8', b'Q' | b'~'] | [b'Q', _]));
    if !looks || is_valid(bytes) {
        return None;
    }
    let mut likely = Vec::new();
    let mut others = Vec::new();
    let mut keep = |candidate: &[u8], is_likely: bool| {
        if is_valid(candidate) {
            if is_likely { &mut likely } else { &mut others }.push(candidate.to_vec());
        }
    };
    match bytes.len() {
        LENGTH => {
            changed(bytes, &mut keep);
            swapped(bytes, &mut keep);
        }
        n if n < LENGTH => lost(bytes, &mut keep),
        _ => added(bytes, &mut keep),
    }
    likely.sort();
    likely.dedup();
    others.sort();
    others.dedup();
    let found = match (likely.as_slice(), others.as_slice()) {
        ([one], _) => one,
        ([], [one]) => one,
        _ => return None,
    };
    String::from_utf8(found.clone()).ok().map(Secret::new)
}

fn changed(bytes: &[u8], keep: &mut impl FnMut(&[u8], bool)) {
    let mut copy = bytes.to_vec();
    for at in 0..bytes.len() {
        let Some(old) = bytes.get(at).copied() else { continue };
        for new in ALPHABET {
            if let Some(place) = copy.get_mut(at) {
                *place = *new;
            }
            if *new != old {
                keep(&copy, confusable(old, *new));
            }
        }
        if let Some(place) = copy.get_mut(at) {
            *place = old;
        }
    }
}

fn swapped(bytes: &[u8], keep: &mut impl FnMut(&[u8], bool)) {
    let mut copy = bytes.to_vec();
    for at in 1..bytes.len() {
        copy.swap(at - 1, at);
        keep(&copy, true);
        copy.swap(at - 1, at);
    }
}

fn lost(bytes: &[u8], keep: &mut impl FnMut(&[u8], bool)) {
    for at in 0..=bytes.len() {
        for new in ALPHABET {
            let mut copy = bytes.to_vec();
            copy.insert(at, *new);
            // A double click stops at these, so one of them at an end is what is lost most often.
            let at_end = at == 0 || at == bytes.len();
            keep(&copy, at_end && matches!(new, b'-' | b'.' | b'_' | b'~'));
        }
    }
}

fn added(bytes: &[u8], keep: &mut impl FnMut(&[u8], bool)) {
    for at in 0..bytes.len() {
        let mut copy = bytes.to_vec();
        copy.remove(at);
        keep(&copy, at == 0 || at + 1 == bytes.len());
    }
}

/// Characters that people take for one another when they retype a secret.
fn confusable(a: u8, b: u8) -> bool {
    const GROUPS: &[&[u8]] =
        &[b"lI1i", b"O0oQ", b"5Ss", b"2Zz", b"8B", b"6bG", b"9gq", b"uvUV", b"nm", b"-_~", b".,"];
    a.eq_ignore_ascii_case(&b) || GROUPS.iter().any(|g| g.contains(&a) && g.contains(&b))
}
