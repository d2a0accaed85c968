//! Finds a link in whatever a mail left of it: wrapped by a gateway, percent-encoded several times, broken over
//! lines, with a query or fragment added, lost or mangled, or typed as a bare code.
//!
//! The whole link is in the path, so nothing is lost with a query or a fragment. Gateways that hide the address
//! behind one of their own (Mimecast, some of Cisco's) lead to it when opened, and cannot be read here.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::code::{Code, LENGTH, digit};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Origin the link names; absent for a bare code.
    pub origin: Option<String>,
    /// Its code.
    pub code: Code,
}

/// Characters that are looked at: a mail with its quoted history.
const MAX_TEXT: usize = 200_000;

/// A gateway behind a gateway behind a gateway: each encodes once more.
const MAX_DECODINGS: usize = 6;

/// Finds the first link or code in a text.
#[must_use]
pub fn find(text: &str) -> Option<Found> {
    let text: String = text.chars().take(MAX_TEXT).collect();
    let mut text = unbroken(&text);
    for _ in 0..MAX_DECODINGS {
        let found = link_in(&text).or_else(|| link_in(&proofpoint(&text))).or_else(|| in_base64(&text));
        if found.is_some() {
            return found;
        }
        let decoded = percent_decoded(&text);
        if decoded == text {
            break;
        }
        text = decoded;
    }
    bare_code(&text)
}

/// Soft line breaks of quoted-printable go; invisible characters go.
fn unbroken(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=").replace("&amp;", "&");
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
        .collect()
}

/// A link written out: scheme, host, `/l/`, code. What is broken over lines is put together again.
fn link_in(text: &str) -> Option<Found> {
    let marks = text.match_indices("/l/").chain(text.match_indices("/L/"));
    marks.into_iter().find_map(|(at, mark)| {
        let (before, after) = text.split_at_checked(at)?;
        let code = leading_code(after.get(mark.len()..)?)?;
        Some(Found { origin: trailing_origin(before), code })
    })
}

/// The code that a text begins with, however it is spaced. What comes after it does not matter.
fn leading_code(text: &str) -> Option<Code> {
    let mut digits = Vec::with_capacity(LENGTH);
    for c in text.chars().take(LENGTH * 3) {
        if c.is_whitespace() || matches!(c, '-' | '>' | '|' | '\u{2010}'..='\u{2015}') {
            continue;
        }
        digits.push(digit(c)?);
        if digits.len() == LENGTH {
            return Code::from_digits(&digits).ok();
        }
    }
    None
}

/// The origin that a text ends with. White space inside it is a line break that a mail program put in.
fn trailing_origin(before: &str) -> Option<String> {
    let lower = before.to_ascii_lowercase();
    let start = lower.rfind("https://").max(lower.rfind("http://"))?;
    let joined: String = lower.get(start..)?.chars().filter(|c| !c.is_whitespace()).collect();
    let (_, host) = joined.split_once("://")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.len() < 254 && host.chars().all(plain)).then_some(joined)
}

/// Proofpoint's second form writes `-` for `%` and `_` for `/`.
fn proofpoint(text: &str) -> String {
    if !text.contains("/v2/url?") {
        return String::new();
    }
    percent_decoded(&text.replace('_', "/").replace('-', "%"))
}

/// Some gateways (Sophos, FireEye) carry the address in base64.
fn in_base64(text: &str) -> Option<Found> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_'));
    text.split(word).filter(|part| (24..2_000).contains(&part.len())).find_map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).or_else(|_| STANDARD_NO_PAD.decode(part)).ok()?;
        let inner = String::from_utf8(bytes).ok()?;
        inner.contains("://").then(|| link_in(&percent_decoded(&inner))).flatten()
    })
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let decoded = (byte == b'%').then(|| {
            let mut ahead = bytes.clone();
            let high = char::from(ahead.next()?).to_digit(16)?;
            let low = char::from(ahead.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()
        });
        match decoded.flatten() {
            Some(decoded) => {
                out.push(decoded);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A code without an address: a group of words, or a word, that is one.
fn bare_code(text: &str) -> Option<Found> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || ",;:()<>\"'".contains(c)).collect();
    for size in 1..=3 {
        for group in words.windows(size) {
            let joined = group.concat();
            if let Ok(code) = Code::parse(joined.trim_end_matches('.')) {
                return Some(Found { origin: None, code });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code {
        let mut bytes = [0; 17];
        bytes.iter_mut().enumerate().for_each(|(n, b)| *b = (n * 29 + 5) as u8);
        Code::from_random(bytes)
    }

    fn link() -> String {
        format!("https://w.example/l/{}", code())
    }

    fn encoded(text: &str) -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    }

    #[track_caller]
    fn finds(text: &str) {
        let found = find(text).unwrap_or_else(|| panic!("nothing in {text}"));
        assert_eq!(found, Found { origin: Some("https://w.example".into()), code: code() }, "{text}");
    }

    #[test]
    fn gateways_are_seen_through() {
        let once = encoded(&link());
        finds(&link());
        finds(&format!(
            "https://eur01.safelinks.protection.outlook.com/?url={once}&data=05%7C01&sdata=x&reserved=0"
        ));
        finds(&format!("https://eur01.safelinks.protection.outlook.com/?url={}&data=x", encoded(&once)));
        finds(&format!("https://linkprotect.cudasvc.com/url?a={once}&c=E,1,abc&typo=1"));
        finds(&format!("https://urldefense.com/v3/__{}__;!!AbC!x$", link()));
        let v2 = link().replace('-', "-2D").replace("://", "-3A__").replace('/', "_");
        finds(&format!("https://urldefense.proofpoint.com/v2/url?u={v2}&d=DwMFaQ&c=x"));
        finds(&format!("https://secure-web.cisco.com/1abcDEF/{once}"));
        finds(&format!("https://www.google.com/url?q={once}&sa=D"));
        finds(&format!(
            "https://eu.protection.sophos.com?d=w.example&u={}&i=x",
            URL_SAFE_NO_PAD.encode(link())
        ));
        let nested = encoded(&format!("https://safe.example/?url={once}"));
        finds(&format!("https://linkprotect.cudasvc.com/url?a={nested}"));
    }

    #[test]
    fn what_mail_programs_do_is_undone() {
        let whole = link();
        let (half, rest) = whole.split_at(whole.len() - 9);
        finds(&format!("{half}\n{rest}"));
        finds(&format!("{half}=\r\n{rest}"));
        finds(&format!("> {half}\n> {rest}"));
        finds(&format!("https://w.exa\n  mple/l/{}", code()));
        for around in [
            "<{}>",
            "({}).",
            "Please open {} today",
            "{}#/x?utm=1",
            "{}?utm_source=mail",
            "{}/",
            "{}%23%2523lost",
        ] {
            finds(&around.replace("{}", &link()));
        }
        finds(&link().to_lowercase());
        finds(&link().replace("https://w.example/l/", "HTTPS://W.EXAMPLE/L/"));
    }

    #[test]
    fn a_bare_code_is_found_and_other_words_are_not() {
        for text in
            [code().to_string(), format!("The code is {}.", code()), code().as_str().replace('-', " ")]
        {
            assert_eq!(find(&text), Some(Found { origin: None, code: code() }), "{text}");
        }
        let mut wrong = code().to_string();
        wrong.replace_range(0..1, if wrong.starts_with('2') { "3" } else { "2" });
        for text in ["", "hello", "https://w.example/l/", &wrong, "https://w.example/x/ABCDEF"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
