//! A document's bytes as text: UTF-8, UTF-16 with its mark, or what Windows wrote before.

/// What the bytes 0x80 to 0x9F mean in Windows-1252; the rest of it is Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads a document; nothing when it is no text at all, such as a PDF or a Word file.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
        },
    };
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let no_text =
        text.starts_with("%PDF") || text.chars().filter(control).count() * 100 > text.chars().count();
    (!no_text).then_some(text)
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units =
        bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit).collect::<Vec<_>>();
    String::from_utf16_lossy(&units)
}

fn windows(byte: u8) -> char {
    let high = byte.checked_sub(0x80).and_then(|n| WINDOWS.get(usize::from(n)));
    high.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_however_it_was_written_and_what_is_no_text_is_not() {
        assert_eq!(decode(b"f\xfcr \x84Gr\xfc\xdfe\x93").as_deref(), Some("für „Grüße“"));
        assert_eq!(decode("\u{feff}für".as_bytes()).as_deref(), Some("für"));
        assert_eq!(decode(&[0xFF, 0xFE, b'a', 0, 0xFC, 0]).as_deref(), Some("aü"));
        assert_eq!(decode(b"").as_deref(), Some(""));
        assert_eq!(decode(b"%PDF-1.7\n"), None);
        assert_eq!(decode(&[0x50, 0x4B, 3, 4, 0, 0, 8, 0, 0xF1, 0x92]), None);
    }
}
