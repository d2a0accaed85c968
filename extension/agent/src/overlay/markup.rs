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
    let mut from = 0;
    while let Some(byte) = rest.as_bytes().get(from) {
        let found = match byte {
            b'*' => between(rest, from, "**").map(|inner| (Look::Bold, inner, 2)),
            b'`' => between(rest, from, "`").map(|inner| (Look::Code, inner, 1)),
            _ => None,
        };
        let Some((look, inner, mark)) = found else {
            from += 1;
            continue;
        };
        push(&mut out, Look::Plain, rest.get(..from));
        push(&mut out, look, Some(inner));
        rest = rest.get(from + inner.len() + 2 * mark..).unwrap_or_default();
        from = 0;
    }
    push(&mut out, Look::Plain, Some(rest));
    out
}

fn push<'a>(out: &mut Vec<(Look, &'a str)>, look: Look, run: Option<&'a str>) {
    if let Some(run) = run.filter(|run| !run.is_empty()) {
        out.push((look, run));
    }
}

/// The text between a mark at `from` and the next one like it.
fn between<'a>(text: &'a str, from: usize, mark: &str) -> Option<&'a str> {
    let inner = text.get(from..)?.strip_prefix(mark)?;
    let end = (1..inner.len()).find(|at| inner.get(*at..).is_some_and(|rest| rest.starts_with(mark)))?;
    inner.get(..end)
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
        assert_eq!(runs("ä* **ö**"), [(Plain, "ä* "), (Bold, "ö")]);
        assert_eq!(runs("a `b"), [(Plain, "a `b")]);
        assert_eq!(runs(""), []);
    }

    #[test]
    fn leaves_html_alone() {
        assert_eq!(runs("<img src=x>"), [(Plain, "<img src=x>")]);
    }
}
