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
    use super::{contains_ignoring_case, flatten, normalise, number};

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
        assert_eq!(normalise("\u{e8c8} 1234\u{f8ff}"), "1234");
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
