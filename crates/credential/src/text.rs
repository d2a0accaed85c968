//! Small readers of text: GUIDs, domains, base64. They say what a text is, not what to do about it.

/// What people and programs put around a value, in the habits of several languages. Nothing that Entra makes up has one.
pub(crate) const QUOTES: &[(&str, &str)] = &[
    ("**", "**"),
    ("\"", "\""),
    ("'", "'"),
    ("`", "`"),
    ("“", "”"),
    ("”", "”"),
    ("„", "“"),
    ("„", "”"),
    ("‘", "’"),
    ("‚", "‘"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("「", "」"),
    ("<", ">"),
    ("{", "}"),
];

/// Layers of [`QUOTES`] that are taken off: nobody wraps a value deeper.
pub(crate) const MAX_LAYERS: usize = 4;

/// The GUID in canonical form (lower case, dashes), if the text is one: with or without dashes, in braces or not.
#[must_use]
pub fn guid(text: &str) -> Option<String> {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let is_dash = |at: usize| inner.len() == 36 && matches!(at, 8 | 13 | 18 | 23);
    if !matches!(inner.len(), 32 | 36) {
        return None;
    }
    let mut out = String::with_capacity(36);
    for (at, b) in inner.bytes().enumerate() {
        match (is_dash(at), b) {
            (true, b'-') => {}
            (false, b) if b.is_ascii_hexdigit() => {
                if matches!(out.len(), 8 | 13 | 18 | 23) {
                    out.push('-');
                }
                out.push(char::from(b.to_ascii_lowercase()));
            }
            _ => return None,
        }
    }
    Some(out)
}

/// The domain in lower case, if the text is a plain DNS name of at least two labels (punycode for other scripts).
#[must_use]
pub fn domain(text: &str) -> Option<String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let labels: Vec<&str> = text.split('.').collect();
    let label_ok = |l: &&str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    // No top-level domain has a digit, but for those of other scripts.
    let last_has_letter = labels.last().is_some_and(|l| {
        l.bytes().all(|b| b.is_ascii_alphabetic()) || l.to_ascii_lowercase().starts_with("xn--")
    });
    // 253 is the longest DNS name.
    (labels.len() >= 2 && text.len() <= 253 && last_has_letter && labels.iter().all(label_ok))
        .then(|| text.to_ascii_lowercase())
}

/// Every GUID that stands in the text on its own, in canonical form.
pub(crate) fn guids_in(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.len() == 36)
        .filter_map(guid)
        .collect()
}

/// Whether the byte may stand in one of today's client secrets.
pub(crate) const fn is_secret_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'~')
}

/// Whether the text has the `?Q~` mark of today's secrets at the right place.
pub(crate) fn has_mark(text: &str) -> bool {
    matches!(text.as_bytes(), [_, _, _, d, b'Q', b'~', ..] if d.is_ascii_digit())
}

/// Whether small letters, capitals and digits are in it.
pub(crate) fn is_mixed(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.bytes().any(|b| is(&b));
    has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit)
}

/// Standard or URL-safe base64, padding optional; `None` when it is not that.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if body.is_empty() || text.len() - body.len() > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(body.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for b in body.bytes() {
        let digit = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{domain, from_base64, guid, guids_in};

    #[test]
    fn guids_in_all_their_spellings() {
        let plain = "0f8fad5b-d9cb-469f-a165-70867728950e";
        for text in [
            plain,
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
            "{0f8fad5b-d9cb-469f-a165-70867728950e}",
            "0f8fad5bd9cb469fa16570867728950e",
        ] {
            assert_eq!(guid(text).as_deref(), Some(plain), "{text}");
        }
        for text in [
            "",
            "0f8fad5b-d9cb-469f-a165-70867728950",
            "0f8fad5b-d9cb-469f-a165-70867728950g",
            "0f8fad5bd-9cb-469f-a165-70867728950e",
            "common",
            "0f8fad5b-d9cb-469f-a165-7086772895é",
        ] {
            assert_eq!(guid(text), None, "{text}");
        }
        assert_eq!(guids_in(&format!("Application (client) ID : {plain}, x")), [plain]);
    }

    #[test]
    fn domains_and_what_only_looks_like_one() {
        assert_eq!(domain("Contoso.OnMicrosoft.com").as_deref(), Some("contoso.onmicrosoft.com"));
        assert_eq!(domain("xn--bcher-kva.example").as_deref(), Some("xn--bcher-kva.example"));
        for text in
            ["common", "a b.com", "a..com", "-a.com", "https://a.com", "a@b.com", "1.2.3.4", "a.com/x"]
        {
            assert_eq!(domain(text), None, "{text}");
        }
    }

    #[test]
    fn base64_of_a_known_text() {
        assert_eq!(from_base64("aGFuZHJhaWw="), Some(b"handrail".to_vec()));
        assert_eq!(from_base64("aGFu ZHJhaWw"), None);
    }
}
