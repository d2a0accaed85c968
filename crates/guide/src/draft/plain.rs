//! A document as plain lines: tags, emphasis and escapes taken away, line numbers kept.

/// One line of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number, counted from 1.
    pub(crate) number: usize,
    /// As it stands in the document.
    pub(crate) raw: String,
    /// Without markup.
    pub(crate) text: String,
}

/// The lines of a document.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let html = looks_like_html(text);
    text.lines()
        .enumerate()
        .map(|(n, raw)| {
            let text = if html { without_tags(raw) } else { without_tags(&without_markdown(raw)) };
            Line {
                number: n + 1,
                raw: raw.to_owned(),
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

fn looks_like_html(text: &str) -> bool {
    let head = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    head.contains("<html") || head.contains("<!doctype") || head.contains("<body")
}

/// Takes tags away and reads the usual entities.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match after.split_once('>') {
            Some((inside, behind)) if tag => {
                // What was in two cells, rows or paragraphs is two words.
                out.extend(breaks(inside).then_some(' '));
                rest = behind;
            }
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(out, |text, (entity, plain)| text.replace(entity, plain))
}

/// Whether a tag begins or ends something of its own, rather than a stretch of a sentence.
fn breaks(tag: &str) -> bool {
    let name =
        tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let inline = [
        "a", "abbr", "b", "code", "em", "font", "i", "kbd", "mark", "s", "small", "span", "strong", "sub",
        "sup", "u",
    ];
    !inline.contains(&name.to_ascii_lowercase().as_str())
}

/// Takes emphasis, code marks and backslash escapes away.
fn without_markdown(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.trim_start_matches(['#', '>']).chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(characters.next())
            }
            '*' | '`' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_away_and_numbers_are_kept() {
        let text = |document: &str| lines(document).into_iter().map(|line| line.text).collect::<Vec<_>>();
        assert_eq!(text("# **1.** Press *Add*\n\nName: a\\_b"), ["1. Press Add", "", "Name: a_b"]);
        assert_eq!(text("<html>\n<p>Tick&nbsp;<b>Mail.Read</b></p>"), ["", "Tick Mail.Read"]);
        assert_eq!(
            text("<html>\n<tr><td>Mail.Read</td><td>Delegated</td></tr>"),
            ["", "Mail.Read Delegated"]
        );
        assert_eq!(text("a < b and <u>c</u>"), ["a < b and c"]);
    }
}
