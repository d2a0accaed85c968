//! What a text is read by: its plain form, the words around a place, codes behind labels.

use super::is_oauth;

/// Bytes before and behind a name in which something may be said of it.
const REACH: usize = 56;

/// Whether the sentence stands in the text; `…` in it is anything between.
pub(super) fn holds(text: &str, sentence: &str) -> bool {
    let mut rest = text;
    sentence.split('…').all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// The text around a place, as far as [`REACH`] goes.
pub(super) fn around(text: &str, start: usize, end: usize) -> &str {
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    text.get(from..to).unwrap_or_default()
}

/// What stands between the two parts of `words` where the text begins with the first one; nothing between, when they are
/// one.
pub(super) fn between<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (head, tail) = words.split_once('…').unwrap_or((words, ""));
    let rest = text.strip_prefix(head)?;
    rest.find(tail).filter(|at| *at < REACH).and_then(|at| rest.get(..at))
}

/// The last characters of a text.
pub(super) fn end_of(text: &str, length: usize) -> &str {
    let start = text.char_indices().rev().nth(length).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// A code as it is compared: its capitals and `_` are written in more than one way.
pub(super) fn folded(code: &str) -> String {
    code.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// What stands behind one of the labels, whole and in its parts (SharePoint puts its number and an exception's name
/// into one code), folded.
pub(super) fn labelled_codes(plain: &str, labels: &[&str]) -> Vec<String> {
    let mut told = Vec::new();
    for label in labels {
        for (at, _) in plain.match_indices(label) {
            let rest = plain.get(at + label.len()..).unwrap_or_default();
            let value = rest.trim_start_matches([' ', '"', '\'', '\\', ':', '=', '(']);
            // Python's old way to write a text.
            let value = value.strip_prefix("u'").unwrap_or(value);
            if value.len() == rest.len() && *label != "[" {
                continue;
            }
            let whole: String = value
                .chars()
                .take(80)
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ','))
                .collect();
            told.extend(whole.split([',', '.']).chain([whole.as_str()]).map(str::to_owned));
        }
    }
    // OAuth's own errors read like codes of Graph once their `_` is gone.
    told.retain(|t| !t.is_empty() && !is_oauth(t));
    told.iter().map(|t| folded(t)).collect()
}

/// Words with a colon behind them, folded: a program writes `code: message`.
pub(super) fn leading_codes(raw: &str) -> impl Iterator<Item = String> {
    raw.split_whitespace().filter_map(|word| {
        let head = word.strip_suffix(':')?.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_code = head.len() > 7 && head.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (is_code && !is_oauth(&head.to_lowercase())).then(|| folded(head))
    })
}

/// What people and formats put around a value.
const AROUND: [char; 6] = ['"', '\'', '*', '`', ' ', '」'];

/// The rest of a line: whether it goes on with words, another sentence or a remark. Behind a setting another `name : value`
/// is a program's.
pub(super) fn talks_on(rest: &str, behind_setting: bool) -> bool {
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start_matches(AROUND);
    let behind_name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.starts_with(|c: char| c.is_alphabetic() || c == '(')
        && !(behind_setting && behind_name.trim_start_matches(AROUND).starts_with(':'))
}

/// The rest of a line: whether a setting ends there, as far as a program writes on.
pub(super) fn stands_last(rest: &str) -> bool {
    let rest = rest.trim_start_matches(AROUND);
    match rest.chars().next() {
        Some(',') => !talks_on(rest.trim_start_matches(','), true),
        Some(c) => rest == "." || "}];\\\r".contains(c) || c.is_ascii_alphabetic(),
        None => true,
    }
}

/// The start of a line: whether a setting begins behind it: nothing, a bracket, a log's time and level, other
/// settings, or the command that asked for this one.
pub(super) fn stands_first(start: &str, setting: &str) -> bool {
    let start = start.rsplit("\\n").next().unwrap_or_default();
    let told = start.trim_end_matches(|c: char| AROUND.contains(&c) || c == '\r');
    let mut words = told.split_whitespace().rev();
    let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_value = before.ends_with(':') && !last.ends_with(':');
    let is_item = last == "-" && start.ends_with(' ');
    told.is_empty()
        || told.ends_with(|c: char| "{[>|],".contains(c) || c.is_ascii_digit())
        || is_value
        || is_item
        || last == setting
}

/// An address with its `+` and `%27` undone.
pub(super) fn unescaped(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let byte = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(u8::is_ascii);
        match byte {
            Some(byte) => {
                out.push(char::from(byte));
                out.push_str(part.get(2..).unwrap_or_default());
            }
            None => {
                out.push('%');
                out.push_str(part);
            }
        }
    }
    out.replace('+', " ")
}

/// Lower case, straight quotes, one blank between words.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text
        .replace("\\r", " ")
        .replace("\\n", " ")
        .replace("\\t", " ")
        .replace("\\u0027", "'")
        .replace("\\u003c", "<")
        .replace("\\\"", "\"")
        .replace("''", "'")
        .chars()
    {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{00b4}' | '`' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Where a word stands on its own.
pub(super) fn word_at(text: &str, word: &str) -> Option<usize> {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(at + word.len()..)?.chars().next();
        (!before.is_some_and(letter) && !after.is_some_and(letter)).then_some(at)
    })
}
