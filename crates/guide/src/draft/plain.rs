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

/// The lines of a document. What HTML sets apart without a line break is a line of its own, with the same number.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let html = looks_like_html(text);
    let text = if html { without_scripts(text) } else { text.to_owned() };
    let mut lines = Vec::new();
    for (n, raw) in text.lines().enumerate() {
        let pieces = if html { in_blocks(raw) } else { vec![raw.to_owned()] };
        for raw in pieces {
            let text = if html { without_tags(&raw) } else { without_tags(&without_markdown(&raw)) };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(Line { number: n + 1, raw, text });
        }
    }
    lines
}

fn looks_like_html(text: &str) -> bool {
    let head = text.chars().take(4000).collect::<String>().to_ascii_lowercase();
    let sure = ["<html", "<!doctype", "<body"].iter().any(|tag| head.contains(tag));
    // A piece of a page. Markdown may hold a few tags as well.
    let piece = text.trim_start().starts_with('<')
        && ["</p>", "</li>", "</td>", "</h1>", "</h2>"].iter().any(|tag| head.contains(tag));
    sure || piece
}

/// Scripts and styles are no text; their lines stay, so that numbers hold.
fn without_scripts(text: &str) -> String {
    let mut out = text.to_owned();
    for tag in ["script", "style"] {
        while let Some(from) = out.to_ascii_lowercase().find(&format!("<{tag}")) {
            let end = format!("</{tag}>");
            let rest = out.get(from..).unwrap_or_default().to_ascii_lowercase();
            let to = rest.find(&end).map_or(out.len(), |at| from + at + end.len());
            let breaks = out.get(from..to).unwrap_or_default().matches('\n').count();
            out.replace_range(from..to, &"\n".repeat(breaks));
        }
    }
    out
}

/// A line of HTML cut where a paragraph, a heading, an item or a table's row ends.
fn in_blocks(raw: &str) -> Vec<String> {
    let ends = [
        "</p>", "</li>", "</tr>", "</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</div>", "</title>", "<br>",
        "<br/>", "<br />",
    ];
    let lower = raw.to_ascii_lowercase();
    let mut cuts = ends
        .iter()
        .flat_map(|end| lower.match_indices(end).map(|(at, found)| at + found.len()))
        .collect::<Vec<_>>();
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in cuts {
        pieces.extend(raw.get(from..to).map(str::to_owned));
        from = to;
    }
    pieces.extend(raw.get(from..).filter(|rest| !rest.trim().is_empty() || from == 0).map(str::to_owned));
    pieces
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
                let next_cell = ["td", "th"].contains(&name(inside).as_str()) && !inside.starts_with('/');
                out.push_str(match (next_cell && !out.trim().is_empty(), breaks(inside)) {
                    (true, _) => " | ",
                    (false, true) => " ",
                    (false, false) => "",
                });
                rest = behind;
            }
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    entities(&out)
}

/// Entities as the characters they stand for.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';').filter(|(name, _)| (2..8).contains(&name.len()));
        match named.and_then(|(name, behind)| entity(name).map(|c| (c, behind))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = [
        ("nbsp", ' '),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("amp", '&'),
        ("rarr", '→'),
        ("raquo", '»'),
        ("laquo", '«'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bdquo", '„'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("bull", '•'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
    ];
    known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// Whether a tag begins or ends something of its own, rather than a stretch of a sentence.
fn breaks(tag: &str) -> bool {
    let inline = [
        "a", "abbr", "b", "code", "em", "font", "i", "kbd", "mark", "s", "small", "span", "strong", "sub",
        "sup", "u",
    ];
    !inline.contains(&name(tag).as_str())
}

/// A tag's name in lower case.
fn name(tag: &str) -> String {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.unwrap_or_default().to_ascii_lowercase()
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
            ["", "Mail.Read | Delegated"]
        );
        assert_eq!(text("a < b and <u>c</u>"), ["a < b and c"]);
        assert_eq!(
            text("<html><p>Press&nbsp;&#8220;Add&#x201D;</p><ul><li>one</li><li>two</li></ul>"),
            ["Press “Add”", "one", "two", ""],
            "what is written without line breaks is read with them"
        );
        assert_eq!(text("<html>\n<script>\nlet a;\n</script>\n<p>b</p>"), ["", "", "", "", "b"]);
    }
}
