//! White space and comparison of texts. Knows nothing of elements.

/// HTML's ASCII white space. U+00A0 is not among them: it is part of a name.
pub(crate) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Runs of white space become one space; none at the ends.
pub(crate) fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_flat(&mut out, text, false);
    out
}

/// As [`flatten`], and without what nobody reads or types: zero-width space, soft hyphen, icon glyphs.
pub(crate) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_flat(&mut out, text, true);
    out
}

/// What is in a text and not to be compared: zero-width space, soft hyphen, the glyphs of icon fonts.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{ad}' | '\u{e000}'..='\u{f8ff}')
}

const HASH_START: u32 = 0x811c_9dc5;

/// One step of FNV-1a over a character.
const fn hash_step(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x0100_0193)
}

/// Hash of a text as [`normalise`] leaves it, without making it; nothing for a blank one.
pub(crate) fn hash(text: &str) -> Option<u32> {
    hash_next(text, &mut 0, u32::MAX)
}

/// [`hash`] of the next `units` UTF-16 units of a longer text, from byte `at` on, which moves behind them.
pub(crate) fn hash_next(text: &str, at: &mut usize, units: u32) -> Option<u32> {
    let (mut hash, mut gap, mut any) = (HASH_START, false, false);
    let mut left = units;
    for c in text.get(*at..).unwrap_or("").chars() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(c.len_utf16() as u32);
        *at += c.len_utf8();
        if is_space(c) {
            gap = any;
        } else if !is_invisible(c) {
            if gap {
                hash = hash_step(hash, ' ');
            }
            (gap, any) = (false, true);
            hash = hash_step(hash, c);
        }
    }
    any.then_some(hash)
}

/// Hashes of every beginning of a normalised text that could be a text of its own.
pub(crate) fn prefix_hashes(text: &str) -> Vec<u32> {
    let mut hash = HASH_START;
    let mut out = Vec::new();
    for c in text.chars() {
        hash = hash_step(hash, c);
        if c != ' ' {
            out.push(hash);
        }
    }
    out
}

/// Hashes of every end of a normalised text that could be a text of its own.
pub(crate) fn suffix_hashes(text: &str) -> Vec<u32> {
    let starts = text.char_indices().filter(|(_, c)| *c != ' ').map(|(at, _)| at);
    starts.filter_map(|at| text.get(at..)).map(|rest| rest.chars().fold(HASH_START, hash_step)).collect()
}

fn push_flat(out: &mut String, text: &str, drop_invisible: bool) {
    let mut gap = false;
    for c in text.chars() {
        if is_space(c) {
            gap = true;
        } else if !(drop_invisible && is_invisible(c)) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
}

/// Whether nothing but white space is there.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// Without the glyphs of icon fonts (private-use area), flattened.
pub(crate) fn without_glyphs(text: &str) -> String {
    normalise(text)
}

/// Letter case aside, does `text` contain `part`?
pub(crate) fn contains_ignoring_case(text: &str, part: &str) -> bool {
    contains(&lower(text), &lower(part))
}

/// Whether `part` is in `text`. Byte by byte: the standard library's search is large, and names are short.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// Lower case; beyond ASCII as the browser has it, so that its tables need not be carried along.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    return String::from(js_sys::JsString::from(text).to_lower_case());
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// Strings one after another.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut joined = String::new();
    for part in parts {
        joined.push_str(part);
    }
    joined
}

/// Whether there is anything to read in it: a letter or a digit, or whatever is beyond ASCII.
pub(crate) fn has_letters(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphanumeric() || c > '\u{a0}')
}

/// A whole number, white space around it ignored.
pub(crate) fn number(text: &str) -> Option<i32> {
    let text = trim(text);
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let mut value = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i32::from(byte - b'0');
    }
    Some(if negative { -value } else { value })
}

/// Without HTML's white space at the ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The tokens of a space-separated attribute.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{
        contains_ignoring_case, flatten, hash, hash_next, normalise, number, prefix_hashes, suffix_hashes,
        without_glyphs,
    };

    #[test]
    fn white_space_runs_become_one_space_and_no_break_spaces_stay() {
        assert_eq!(flatten("  a \n\t b\u{a0} "), "a b\u{a0}");
    }

    #[test]
    fn invisible_characters_are_dropped_only_for_comparison() {
        assert_eq!(normalise("Sa\u{ad}ve\u{200b} all"), "Save all");
        assert_eq!(flatten("Sa\u{ad}ve"), "Sa\u{ad}ve");
    }

    #[test]
    fn glyphs_of_icon_fonts_are_dropped_from_what_is_read() {
        assert_eq!(without_glyphs("\u{e8c8} 1234\u{f8ff}"), "1234");
    }

    #[test]
    fn hashes_are_those_of_the_normalised_text() {
        assert_eq!(hash("  Sa\u{ad}ve \n all\u{e8c8} "), hash("Save all"));
        assert_eq!(hash(" \n"), None);
        assert_eq!(prefix_hashes("ab c").last().copied(), hash("ab c"));
        assert_eq!(prefix_hashes("ab c").get(1).copied(), hash("ab"));
        assert_eq!(suffix_hashes("ab c").last().copied(), hash("c"));
        assert_eq!(prefix_hashes("ab c").len(), 3);
    }

    #[test]
    fn texts_are_hashed_out_of_a_longer_one() {
        let (all, mut at) = ("ab \u{1f600}é  c", 0);
        assert_eq!(hash_next(all, &mut at, 2), hash("ab"));
        assert_eq!(hash_next(all, &mut at, 4), hash("\u{1f600}é"));
        assert_eq!(hash_next(all, &mut at, 1), None);
        assert_eq!(hash_next(all, &mut at, 2), hash("c"));
        assert_eq!(hash_next(all, &mut at, 2), None);
    }

    #[test]
    fn numbers_are_whole_and_short() {
        assert_eq!(number(" 12 "), Some(12));
        assert_eq!(number("-1"), Some(-1));
        assert_eq!(number("1.5"), None);
        assert_eq!(number(""), None);
        assert_eq!(number("123456789"), None);
    }

    #[test]
    fn containment_ignores_letter_case() {
        assert!(contains_ignoring_case("Neue Registrierung ÜBER", "über"));
        assert!(!contains_ignoring_case("Save", "saved"));
    }
}
