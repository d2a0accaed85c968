//! The card's only markup: `**bold**` for what is printed on the page, `` `code` `` for what is typed.
//!
//! The words are cut into runs that are put into text nodes; nothing is ever parsed as HTML.

/// How a run is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    Bold,
    Code,
}

/// Cuts `text` into runs. A mark without its partner is shown as it is.
pub(crate) fn runs(text: &str) -> Vec<(Look, &str)> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((look, before, inner, after)) = next_mark(rest) {
        if !before.is_empty() {
            out.push((Look::Plain, before));
        }
        out.push((look, inner));
        rest = after;
    }
    if !rest.is_empty() {
        out.push((Look::Plain, rest));
    }
    out
}

fn next_mark(text: &str) -> Option<(Look, &str, &str, &str)> {
    let cut = |mark: &str| {
        let (before, rest) = text.split_once(mark)?;
        let (inner, after) = rest.split_once(mark)?;
        (!inner.is_empty()).then_some((before, inner, after))
    };
    let bold = cut("**").map(|(before, inner, after)| (Look::Bold, before, inner, after));
    let code = cut("`").map(|(before, inner, after)| (Look::Code, before, inner, after));
    match (bold, code) {
        (Some(b), Some(c)) => Some(if c.1.len() < b.1.len() { c } else { b }),
        (b, c) => b.or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{Look::*, runs};

    #[test]
    fn cuts_bold_and_code() {
        assert_eq!(
            runs("Press **Register**, then type `a*b`."),
            [(Plain, "Press "), (Bold, "Register"), (Plain, ", then type "), (Code, "a*b"), (Plain, ".")]
        );
        assert_eq!(runs("**All**"), [(Bold, "All")]);
        assert_eq!(runs("`x` and **`y`**"), [(Code, "x"), (Plain, " and "), (Bold, "`y`")]);
    }

    #[test]
    fn shows_a_lonely_mark_as_it_is() {
        assert_eq!(runs("2 ** 3"), [(Plain, "2 ** 3")]);
        assert_eq!(runs("****"), [(Plain, "****")]);
        assert_eq!(runs("a `b"), [(Plain, "a `b")]);
        assert_eq!(runs(""), []);
    }

    #[test]
    fn leaves_html_alone() {
        assert_eq!(runs("<img src=x>"), [(Plain, "<img src=x>")]);
    }
}
