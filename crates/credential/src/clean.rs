//! Takes away what copying adds: blanks, invisible characters, quotes, look-alikes, the rest of a table row.
//!
//! Each thing taken away is reported by its code. A client secret that does not have today's mark is only trimmed,
//! since older ones may begin or end with any sign.

use zeroize::Zeroizing;

use crate::marvin;
use crate::text::{MAX_LAYERS, QUOTES, guid, guids_in, has_mark, is_secret_byte};

/// A cleaned text and the codes of what was done to it.
pub(crate) struct Cleaned {
    pub(crate) text: Zeroizing<String>,
    pub(crate) codes: Vec<&'static str>,
}

impl Cleaned {
    fn replace(&mut self, new: String, code: &'static str) {
        if new != *self.text {
            self.text = Zeroizing::new(new);
            if !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
    }
}

/// Turns after which a text is left as it was pasted: nobody wraps a value this deep.
const MAX_TURNS: usize = 32;

/// Cleans until nothing changes any more, so that a cleaned value stays the same wherever it is cleaned again: what
/// the check sends and what is handed over are one value.
fn until_still(pasted: &str, step: fn(&str) -> Cleaned) -> Cleaned {
    let mut all = step(pasted);
    if *all.text == pasted {
        return all;
    }
    for _ in 0..MAX_TURNS {
        let next = step(&all.text);
        if *next.text == *all.text {
            return all;
        }
        all.text = next.text;
        for code in next.codes {
            if !all.codes.contains(&code) {
                all.codes.push(code);
            }
        }
    }
    start(pasted)
}

/// Invisible characters and blanks at the ends: right for every kind.
fn start(pasted: &str) -> Cleaned {
    let mut c = Cleaned { text: Zeroizing::new(pasted.to_owned()), codes: Vec::new() };
    if c.text.contains(is_invisible) {
        let visible: String = c.text.chars().filter(|ch| !is_invisible(*ch)).collect();
        c.replace(visible, "cleaned-invisible");
    }
    let trimmed = c.text.trim_matches(|ch: char| ch.is_whitespace() || ch.is_control());
    if trimmed.len() != c.text.len() {
        let trimmed = trimmed.to_owned();
        c.replace(trimmed, "cleaned-space");
    }
    c
}

/// Zero-width and direction marks, soft hyphens, byte-order marks, the portal's icon glyphs (private use area).
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// A client secret.
pub(crate) fn secret(pasted: &str) -> Cleaned {
    // What nearly every secret is: nothing to take away.
    if marvin::is_valid(pasted.as_bytes()) && pasted.bytes().all(is_secret_byte) {
        return Cleaned { text: Zeroizing::new(pasted.to_owned()), codes: Vec::new() };
    }
    until_still(pasted, secret_once)
}

fn secret_once(pasted: &str) -> Cleaned {
    let mut c = start(pasted);
    if guid(&c.text).is_some() {
        return c;
    }
    let (plain, escaped, alike) = plain_marks(&c.text);
    // Look-alikes are put right only where that gives the mark of today's secrets; older secrets keep every sign.
    if !marked_runs(&plain).is_empty() {
        let old = c.text.clone();
        c.text = Zeroizing::new(plain);
        if *old != *c.text {
            c.codes.extend(escaped.then_some("cleaned-escape"));
            c.codes.extend(alike.then_some("cleaned-look-alike"));
        }
    }
    // A mail's source breaks long lines behind a `=`; the checksum tells that nothing else is lost.
    let squeezed: String = c.text.chars().filter(|ch| !ch.is_whitespace() && *ch != '=').collect();
    if squeezed.len() != c.text.len() && marvin::is_valid(squeezed.as_bytes()) {
        c.replace(squeezed, "cleaned-inner-space");
    }
    // The end of a sentence: those of 2021–22 have 37 characters.
    if cfg!(feature = "services")
        && c.text.len() == 38
        && has_mark(&c.text)
        && c.text.as_bytes().get(3) == Some(&b'7')
        && let Some(inner) = c.text.strip_suffix('.')
    {
        let inner = inner.to_owned();
        c.replace(inner, "cleaned-wrapping");
    }
    let half = c.text.len() / 2;
    if let Some((a, b)) = c.text.split_at_checked(half)
        && a == b
        && has_mark(a)
    {
        let once = a.to_owned();
        c.replace(once, "cleaned-twice");
    }
    if let [run] = marked_runs(&c.text).as_slice()
        && run.len() != c.text.len()
    {
        let is_row = c.text.contains(['\t', '\n']);
        let run = (*run).to_owned();
        c.replace(run, if is_row { "cleaned-row" } else { "cleaned-wrapping" });
    }
    // The end of a sentence or a neighbouring word may touch it; a right checksum tells where it begins and ends.
    if let Some(inner) = valid_window(&c.text).filter(|inner| inner.len() != c.text.len()) {
        let inner = inner.to_owned();
        c.replace(inner, "cleaned-wrapping");
    }
    c
}

/// The one piece of the text that is a secret with a right checksum.
fn valid_window(text: &str) -> Option<&str> {
    let windows = text.match_indices("8Q~").filter_map(|(at, _)| {
        let start = at.checked_sub(3)?;
        text.get(start..start + marvin::LENGTH).filter(|w| marvin::is_valid(w.as_bytes()))
    });
    let all: Vec<&str> = windows.collect();
    if let [one] = all.as_slice() { Some(one) } else { None }
}

/// The text with look-alikes of `~` and `-` and a text editor's escapes put right; whether either was there.
fn plain_marks(text: &str) -> (String, bool, bool) {
    let mut out = text.to_owned();
    // What nearly every value is.
    if text.bytes().all(|b| b.is_ascii() && !matches!(b, b'%' | b'&' | b'\\')) {
        return (out, false, false);
    }
    for (from, to) in [
        ("%7E", "~"),
        ("%7e", "~"),
        ("&tilde;", "~"),
        ("&#126;", "~"),
        #[cfg(feature = "services")]
        ("\\u007e", "~"),
        #[cfg(feature = "services")]
        ("\\u007E", "~"),
        ("\\~", "~"),
        ("\\_", "_"),
        ("\\-", "-"),
        ("\\.", "."),
    ] {
        out = out.replace(from, to);
    }
    let escaped = out != text;
    let alike: String = out
        .chars()
        .map(|c| match c {
            '\u{ff5e}' | '\u{2dc}' | '\u{223c}' | '\u{301c}' | '\u{2053}' => '~',
            '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
            _ => c,
        })
        .collect();
    let changed = alike != out;
    (alike, escaped, changed)
}

/// Runs of secret characters that have the mark of today's secrets, of a plausible length.
fn marked_runs(text: &str) -> Vec<&str> {
    let runs = text.split(|ch: char| !(ch.is_ascii() && is_secret_byte(ch as u8)));
    // 30 leaves room for a secret that lost its end and is still worth naming as one.
    runs.filter(|run| has_mark(run) && run.len() >= 30).collect()
}

/// An ID: the one GUID in the text.
pub(crate) fn id(pasted: &str) -> Cleaned {
    // What nearly every ID is.
    if let Some(canonical) = guid(pasted).filter(|_| pasted.len() == 36) {
        return Cleaned { text: Zeroizing::new(canonical), codes: Vec::new() };
    }
    until_still(pasted, id_once)
}

fn id_once(pasted: &str) -> Cleaned {
    let mut c = start(pasted);
    let dashes: String = plain_marks(&c.text).0;
    if let Some(canonical) = guid(&dashes) {
        let code = if dashes.len() == 32 { "cleaned-guid" } else { "cleaned-wrapping" };
        if canonical.eq_ignore_ascii_case(&c.text) {
            c.text = Zeroizing::new(canonical);
        } else if dashes.len() == c.text.chars().count() && dashes != *c.text {
            c.replace(canonical, "cleaned-look-alike");
        } else {
            c.replace(canonical, code);
        }
        return c;
    }
    if let [one] = guids_in(&dashes).as_slice() {
        let is_row = c.text.contains(['\t', '\n']);
        c.replace(one.clone(), if is_row { "cleaned-row" } else { "cleaned-wrapping" });
    }
    unwrap(&mut c);
    c
}

/// A domain: taken out of a link or an address.
pub(crate) fn domain(pasted: &str) -> Cleaned {
    until_still(pasted, domain_once)
}

fn domain_once(pasted: &str) -> Cleaned {
    let mut c = start(pasted);
    unwrap(&mut c);
    let after_scheme = c.text.split_once("://").map_or(c.text.as_str(), |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit('@').next().unwrap_or_default();
    if let Some(found) = crate::text::domain(name) {
        let new = found.to_ascii_lowercase();
        if new.eq_ignore_ascii_case(&c.text) {
            c.text = Zeroizing::new(new);
        } else {
            c.replace(new, "cleaned-domain");
        }
    }
    c
}

/// Any other value: blanks and quotes only.
pub(crate) fn other(pasted: &str) -> Cleaned {
    until_still(pasted, other_once)
}

fn other_once(pasted: &str) -> Cleaned {
    let mut c = start(pasted);
    unwrap(&mut c);
    c
}

/// Takes off pairs of quotes and brackets, and a comma or semicolon at the end.
fn unwrap(c: &mut Cleaned) {
    const BRACKETS: &[(&str, &str)] = &[("(", ")"), ("[", "]")];
    for _ in 0..MAX_LAYERS {
        let text = c.text.trim_end_matches([',', ';']).trim();
        let inner = QUOTES.iter().chain(BRACKETS).find_map(|(open, close)| {
            text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.is_empty())
        });
        let new = inner.unwrap_or(text).trim().to_owned();
        if new == *c.text {
            break;
        }
        c.replace(new, "cleaned-wrapping");
    }
}
