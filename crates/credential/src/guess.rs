//! "Did you mean …?": the secrets that differ by a single slip and have a right checksum.
//!
//! The answer is offered to the person and never sent unasked: each try against Entra counts as a failed sign-in.

use crate::marvin::{ALPHABET, LENGTH, is_valid};
use crate::secret::Secret;
use crate::text::is_secret_byte;

/// Most values that are offered: more would be a riddle, not a help.
const MAX_OFFERS: usize = 8;

/// Every secret with a right checksum that is one slip away from the text: one character changed, two neighbours
/// swapped, one lost or one added; the likelier ones first. None when the text is valid already, or no such text.
#[must_use]
pub fn nearest(text: &str) -> Vec<Secret> {
    let bytes = text.as_bytes();
    if !looks_like_one(bytes) || is_valid(bytes) {
        return Vec::new();
    }
    let mut found: Vec<(bool, [u8; LENGTH])> = Vec::new();
    let mut keep = |candidate: &[u8; LENGTH], is_likely: bool| {
        if is_valid(candidate) && !found.iter().any(|(_, known)| known == candidate) {
            found.push((is_likely, *candidate));
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
    let of = |wanted| found.iter().filter(move |(is_likely, _)| *is_likely == wanted);
    let texts = of(true).chain(of(false)).filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    texts.take(MAX_OFFERS).map(Secret::from).collect()
}

/// How an offer differs from what was pasted. It shows no more than one character of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Stable code.
    pub code: &'static str,
    /// The character's place, counted from 1.
    pub place: usize,
    /// The character that is offered, where one is; else empty.
    pub character: String,
}

const WRAPPED: &str = "slip-wrapping";

/// The words of each, to be said after "with": `{c}` is the character, `{n}` its place, `{m}` the place after it.
pub(crate) const SLIPS: [(&str, &str); 5] = [
    ("slip-changed", "`{c}` as character {n}"),
    ("slip-exchanged", "the characters {n} and {m} exchanged"),
    ("slip-added", "one more character, `{c}` at place {n}"),
    ("slip-left-out", "character {n} left out"),
    (WRAPPED, "what is wrapped around it taken off"),
];

impl Slip {
    /// More than a slip: what stands around the value is gone.
    pub(crate) const WRAPPED: Self = Self { code: WRAPPED, place: 0, character: String::new() };

    /// In English, to be said after "with": `X` as character 3.
    #[must_use]
    pub fn words(&self) -> String {
        let words = SLIPS.iter().find(|(code, _)| *code == self.code).map_or("", |(_, words)| words);
        let next = self.place.saturating_add(1);
        let places = words.replace("{n}", &self.place.to_string()).replace("{m}", &next.to_string());
        places.replace("{c}", &self.character)
    }
}

/// How the offer differs from what was pasted. None when it is more than one slip, or not at all.
#[must_use]
pub fn slip(pasted: &str, offer: &str) -> Option<Slip> {
    let (old, new) = (pasted.as_bytes(), offer.as_bytes());
    let at = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let place = at + 1;
    let character = new.get(at).filter(|b| b.is_ascii()).map(|b| char::from(*b).to_string());
    let without = |code| Slip { code, place, character: String::new() };
    if old.len() == new.len() && old.get(place..) == new.get(place..) {
        return Some(Slip { code: "slip-changed", place, character: character? });
    }
    let is_exchanged = old.get(at) == new.get(place) && old.get(place) == new.get(at);
    if is_exchanged && old.get(place + 1..) == new.get(place + 1..) {
        return Some(without("slip-exchanged"));
    }
    if old.get(at..) == new.get(place..) {
        return Some(Slip { code: "slip-added", place, character: character? });
    }
    (old.get(place..) == new.get(at..)).then(|| without("slip-left-out"))
}

/// The right length but for one, the right characters, and at least two of the three characters of the mark about
/// where they belong. A thumbprint has the same length and is none.
fn looks_like_one(bytes: &[u8]) -> bool {
    let near = bytes.get(2..7).unwrap_or_default();
    let marks = b"8Q~".iter().filter(|mark| near.contains(mark)).count();
    bytes.len().abs_diff(LENGTH) <= 1
        && marks >= 2
        && bytes.iter().all(|b| is_secret_byte(*b))
        && !bytes.iter().all(u8::is_ascii_hexdigit)
}

/// A candidate in place: the text's bytes, as many as fit.
fn copy_of(bytes: &[u8]) -> [u8; LENGTH] {
    let mut copy = [0; LENGTH];
    for (to, from) in copy.iter_mut().zip(bytes) {
        *to = *from;
    }
    copy
}

fn changed(bytes: &[u8], keep: &mut impl FnMut(&[u8; LENGTH], bool)) {
    let mut copy = copy_of(bytes);
    for (at, old) in bytes.iter().copied().enumerate() {
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

fn swapped(bytes: &[u8], keep: &mut impl FnMut(&[u8; LENGTH], bool)) {
    let mut copy = copy_of(bytes);
    for at in 1..LENGTH {
        copy.swap(at - 1, at);
        keep(&copy, true);
        copy.swap(at - 1, at);
    }
}

/// Each place, each character: the hole wanders from the beginning to the end.
fn lost(bytes: &[u8], keep: &mut impl FnMut(&[u8; LENGTH], bool)) {
    let mut copy = [0; LENGTH];
    for (to, from) in copy.iter_mut().skip(1).zip(bytes) {
        *to = *from;
    }
    for at in 0..LENGTH {
        // A double click stops at these, so one of them at an end is what is lost most often.
        let at_end = at == 0 || at + 1 == LENGTH;
        for new in ALPHABET {
            if let Some(place) = copy.get_mut(at) {
                *place = *new;
            }
            keep(&copy, at_end && matches!(new, b'-' | b'.' | b'_' | b'~'));
        }
        if let (Some(place), Some(next)) = (copy.get_mut(at), bytes.get(at)) {
            *place = *next;
        }
    }
}

fn added(bytes: &[u8], keep: &mut impl FnMut(&[u8; LENGTH], bool)) {
    for at in 0..bytes.len() {
        let rest = bytes.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, b)| *b);
        let mut copy = [0; LENGTH];
        for (to, from) in copy.iter_mut().zip(rest) {
            *to = from;
        }
        keep(&copy, at == 0 || at + 1 == bytes.len());
    }
}

/// Characters that people take for one another when they retype a secret.
fn confusable(a: u8, b: u8) -> bool {
    const GROUPS: &[&[u8]] =
        &[b"lI1i", b"O0oQ", b"5Ss", b"2Zz", b"8B", b"6bG", b"9gq", b"uvUV", b"nm", b"-_~", b".,"];
    a.eq_ignore_ascii_case(&b) || GROUPS.iter().any(|g| g.contains(&a) && g.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn slips_are_told_by_their_place() {
        for (pasted, offer, words) in [
            ("abcd", "abXd", "`X` as character 3"),
            ("abcd", "abdc", "the characters 3 and 4 exchanged"),
            ("abd", "abcd", "one more character, `c` at place 3"),
            ("abccd", "abcd", "character 4 left out"),
            ("abc", "abcd", "one more character, `d` at place 4"),
        ] {
            assert_eq!(slip(pasted, offer).map(|slip| slip.words()).as_deref(), Some(words));
        }
        assert_eq!(slip("abcd", "abcd"), None);
        assert_eq!(slip("abcd", "xycd"), None, "two slips");
        assert_eq!(slip("YWJj", "abc"), None, "another text");
    }
}
