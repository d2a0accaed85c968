//! Text from a file or from standard input, in whatever encoding a console wrote it.

use std::io::{IsTerminal, Read};
use std::path::Path;

use anyhow::{Context, bail};

/// Bytes that are read: an error with its stack trace, or a page around it, is far shorter.
const MAX_INPUT: u64 = 4 * 1024 * 1024;

/// The whole text. A person at a terminal is told what to do.
pub(crate) fn text(file: Option<&Path>, hint: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    match file.filter(|f| *f != Path::new("-")) {
        Some(file) => {
            let opened =
                std::fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
            opened.take(MAX_INPUT + 1).read_to_end(&mut bytes).context("the file cannot be read")?;
        }
        None => {
            let stdin = std::io::stdin();
            if stdin.is_terminal() {
                eprintln!("{hint}");
            }
            stdin.take(MAX_INPUT + 1).read_to_end(&mut bytes).context("standard input cannot be read")?;
        }
    }
    if bytes.len() as u64 > MAX_INPUT {
        bail!("there is more than 4 MB of it");
    }
    Ok(decoded(&bytes))
}

/// UTF-8, or UTF-16 with its mark as Windows consoles write it into files.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let wide = |from: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        String::from_utf16_lossy(&pairs.iter().skip(1).map(|pair| from(*pair)).collect::<Vec<u16>>())
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn windows_files_are_read() {
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("AADSTS7000215é".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decoded(&wide), "AADSTS7000215é");
        assert_eq!(decoded("\u{feff}x".as_bytes()), "x");
        assert_eq!(decoded(&[0x61, 0xff]), "a\u{fffd}");
    }
}
