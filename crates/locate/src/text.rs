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

/// As [`flatten`], and without what nobody sees or types: zero-width space and soft hyphen.
pub(crate) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_flat(&mut out, text, true);
    out
}

fn push_flat(out: &mut String, text: &str, drop_invisible: bool) {
    let mut gap = false;
    for c in text.chars() {
        if is_space(c) {
            gap = true;
        } else if !(drop_invisible && matches!(c, '\u{200b}' | '\u{ad}')) {
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
    let kept: String = text.chars().filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}')).collect();
    flatten(&kept)
}

/// Letter case aside, does `text` contain `part`?
pub(crate) fn contains_ignoring_case(text: &str, part: &str) -> bool {
    lower(text).contains(&lower(part))
}

/// Lower case. ASCII letters by table-free arithmetic, the rest by the standard library.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

/// The tokens of a space-separated attribute.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{contains_ignoring_case, flatten, normalise, without_glyphs};

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
    fn containment_ignores_letter_case() {
        assert!(contains_ignoring_case("Neue Registrierung ÜBER", "über"));
        assert!(!contains_ignoring_case("Save", "saved"));
    }
}
