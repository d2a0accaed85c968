//! The short code of a link: 85 random bits and a check character, meant to be read aloud and typed.
//!
//! Crockford's alphabet has no I, L, O and U; what people type for them is read as what was meant. The check
//! character is a polynomial over GF(32): it notices every single wrong character and every swap of two.

use std::fmt;

/// A link's code, in its one spelling: three groups of six.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Another number of characters than a code has.
    #[error("a code has 18 letters and digits")]
    Length,
    /// A character that no code has.
    #[error("a character that is in no code")]
    Character,
    /// The check character does not fit.
    #[error("a letter or digit is wrong")]
    Check,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random characters: 17 of 5 bits.
const RANDOM: usize = 17;

/// All characters, the check among them.
pub(crate) const LENGTH: usize = RANDOM + 1;

/// Characters of one group.
const GROUP: usize = 6;

pub(crate) fn digit(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|a| char::from(*a) == c)?;
    u8::try_from(at).ok()
}

/// The element after this one of GF(32): times x, modulo x⁵ + x² + 1.
const fn times_x(n: u8) -> u8 {
    let doubled = n << 1;
    if doubled & 32 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

/// By Horner's rule: every position has a weight of its own.
fn check(digits: &[u8]) -> u8 {
    times_x(digits.iter().fold(0, |sum, digit| times_x(sum) ^ digit))
}

fn write(digits: &[u8]) -> String {
    let letter = |d: &u8| ALPHABET.get(usize::from(*d)).map_or('0', |a| char::from(*a));
    let groups: Vec<String> = digits.chunks(GROUP).map(|g| g.iter().map(letter).collect()).collect();
    groups.join("-")
}

impl Code {
    /// A code from random bytes, of which the low five bits are used.
    #[must_use]
    pub fn from_random(bytes: [u8; RANDOM]) -> Self {
        let mut digits = bytes.map(|b| b & 31).to_vec();
        digits.push(check(&digits));
        Self(write(&digits))
    }

    /// Reads a code as a person typed it: any case, with or without hyphens and spaces.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut digits = Vec::new();
        for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')) {
            digits.push(digit(c).ok_or(CodeError::Character)?);
        }
        Self::from_digits(&digits)
    }

    pub(crate) fn from_digits(digits: &[u8]) -> Result<Self, CodeError> {
        if digits.len() != LENGTH {
            return Err(CodeError::Length);
        }
        let (random, last) = digits.split_at(RANDOM);
        if last != [check(random)] {
            return Err(CodeError::Check);
        }
        Ok(Self(write(digits)))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Code {
        let mut bytes = [0; RANDOM];
        bytes.iter_mut().enumerate().for_each(|(n, b)| *b = (n * 73 + 11) as u8);
        Code::from_random(bytes)
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = some();
        assert_eq!(code.as_str().len(), LENGTH + 2);
        let plain = code.as_str().replace('-', "");
        for typed in [
            code.as_str().to_owned(),
            code.as_str().to_lowercase(),
            plain.replace('0', "O").replace('1', "l"),
            plain.replace('0', "o").replace('1', "I"),
            format!("  {} {} ", plain.split_at(5).0, plain.split_at(5).1),
            code.as_str().replace('-', "\u{2011}"),
        ] {
            assert_eq!(Code::parse(&typed), Ok(some()), "{typed}");
        }
    }

    #[test]
    fn every_wrong_character_and_every_swap_is_noticed() {
        let plain: Vec<char> = some().as_str().replace('-', "").chars().collect();
        for at in 0..LENGTH {
            for other in ALPHABET.map(char::from) {
                let mut typed = plain.clone();
                typed[at] = other;
                let right = other == plain[at];
                assert_eq!(Code::parse(&typed.iter().collect::<String>()).is_ok(), right);
            }
            for with in 0..at {
                let mut typed = plain.clone();
                typed.swap(at, with);
                let right = plain[at] == plain[with];
                assert_eq!(Code::parse(&typed.iter().collect::<String>()).is_ok(), right, "{at} {with}");
            }
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!(Code::parse("ABC"), Err(CodeError::Length));
        assert_eq!(Code::parse("ABCDEF-GHJKMN-PQRSTU"), Err(CodeError::Character));
        assert_eq!(Code::parse(""), Err(CodeError::Length));
    }
}
