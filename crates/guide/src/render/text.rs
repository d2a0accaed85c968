//! Quoting for the languages the outputs are written in, and the little markup that plans carry.

use std::fmt::Write as _;

/// A text as one word of a POSIX shell.
pub(crate) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as a PowerShell literal. PowerShell takes typographic quotes for quotes, so they are doubled as well.
pub(crate) fn powershell(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

/// A text for a script's comment: one line.
pub(crate) fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text between HTML tags or in an attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A plan's words as HTML: `**bold**`, `` `code` ``, blank lines between paragraphs.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let words = marked(&marked(&escape(paragraph), "**", "strong"), "`", "code");
        let _ = write!(out, "<p>{}</p>", words.replace('\n', "<br>"));
    }
    out
}

/// Words inside a line of HTML: `**bold**`, `` `code` ``.
#[must_use]
pub fn inline(text: &str) -> String {
    marked(&marked(&escape(text), "**", "strong"), "`", "code")
}

/// Pairs of a mark become a tag; a mark without its pair stays.
fn marked(text: &str, mark: &str, tag: &str) -> String {
    let parts = text.split(mark).collect::<Vec<_>>();
    let last = parts.len() - 1;
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        match n {
            0 => {}
            n if n % 2 == 1 && n < last => out.push_str(&format!("<{tag}>")),
            n if n % 2 == 1 => out.push_str(mark),
            _ => out.push_str(&format!("</{tag}>")),
        }
        out.push_str(part);
    }
    out
}

/// What stands for the directory where none is known, one after the other.
pub const ON_PAPER: [(&str, &str); 2] =
    [("**{tenant}**", "the directory named in the top right corner"), ("{tenant}", "your directory")];

/// Card words on paper, where no directory is known.
pub(crate) fn in_words(text: &str) -> String {
    ON_PAPER.iter().fold(text.to_owned(), |text, (place, words)| text.replace(place, words))
}

/// A cell of a Markdown table.
pub(crate) fn cell(text: &str) -> String {
    comment(text).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_for_each_language() {
        assert_eq!(shell("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(powershell("it's ’so’"), "'it''s ’’so’’'");
        assert_eq!(escape("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(inline("press **Add** or `x<y`"), "press <strong>Add</strong> or <code>x&lt;y</code>");
        assert_eq!(inline("2 ** 3"), "2 ** 3");
        assert_eq!(html("a\nb\n\nc"), "<p>a<br>b</p><p>c</p>");
    }
}
