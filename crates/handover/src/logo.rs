//! A vendor's logo: a small PNG inside the vendor's own document, so that nothing else is fetched for it and nobody learns who
//! looks at a link. It is shown beside the proved domain, which stays the sender's name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handrail_json::FromJson;
use serde::{Deserialize, Serialize};

use crate::jose;
use crate::refusal::{self, Refusal};

/// Bytes of a logo.
const MAX_BYTES: usize = 16 * 1024;

/// Pixels of a side. It is drawn at 48.
const MAX_SIDE: u32 = 512;

/// What every PNG begins with (PNG, third edition, 5.2).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a document says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct Logo {
    /// The picture, base64.
    pub png: String,
    /// SHA-256 of its bytes, base64url.
    pub sha256: String,
}

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// Another kind of picture, or a damaged one.
    #[error("a logo is a whole PNG file")]
    NotPng,
    /// Too many bytes.
    #[error("a logo has at most 16 KB")]
    TooLarge,
    /// Too many pixels, or none.
    #[error("a logo has at most 512 pixels on a side")]
    TooWide,
    /// It moves.
    #[error("a logo stands still")]
    Animated,
}

impl Logo {
    /// From a file.
    ///
    /// # Errors
    /// When it is no picture that customers may be shown.
    pub fn of(file: &[u8]) -> Result<Self, LogoError> {
        looked_at(file)?;
        Ok(Self { png: STANDARD.encode(file), sha256: jose::digest(file) })
    }

    /// The address under which a page shows it: the picture itself.
    ///
    /// # Errors
    /// When it is not what its digest says, or no picture that customers may be shown.
    pub fn address(&self) -> Result<String, Refusal> {
        let file = STANDARD.decode(&self.png).map_err(|_| refusal::LOGO_WRONG)?;
        if jose::digest(&file) != self.sha256 || looked_at(&file).is_err() {
            return Err(refusal::LOGO_WRONG);
        }
        Ok(format!("data:image/png;base64,{}", self.png))
    }
}

/// A PNG's frame: its chunks one after the other from `IHDR` to `IEND`. What is in them is the browser's to read.
fn looked_at(file: &[u8]) -> Result<(), LogoError> {
    if file.len() > MAX_BYTES {
        return Err(LogoError::TooLarge);
    }
    let mut rest = file.strip_prefix(SIGNATURE).ok_or(LogoError::NotPng)?;
    let mut is_first = true;
    loop {
        let (length, after) = number(rest).ok_or(LogoError::NotPng)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or(LogoError::NotPng)?;
        let length = usize::try_from(length).map_err(|_| LogoError::NotPng)?;
        let (content, after) = after.split_at_checked(length).ok_or(LogoError::NotPng)?;
        // The chunk's check value.
        let (_, after) = number(after).ok_or(LogoError::NotPng)?;
        if is_first != (kind == b"IHDR") {
            return Err(LogoError::NotPng);
        }
        match kind {
            b"IHDR" => is_small(content)?,
            b"acTL" => return Err(LogoError::Animated),
            b"IEND" if after.is_empty() => return Ok(()),
            b"IEND" => return Err(LogoError::NotPng),
            _ => {}
        }
        (rest, is_first) = (after, false);
    }
}

fn is_small(header: &[u8]) -> Result<(), LogoError> {
    let (width, after) = number(header).ok_or(LogoError::NotPng)?;
    let (height, _) = number(after).ok_or(LogoError::NotPng)?;
    let fits = |side| (1..=MAX_SIDE).contains(&side);
    if fits(width) && fits(height) { Ok(()) } else { Err(LogoError::TooWide) }
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    bytes.split_first_chunk().map(|(first, rest)| (u32::from_be_bytes(*first), rest))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [length.as_slice(), kind, content, &[0; 4]].concat()
    }

    fn header(width: u32, height: u32) -> Vec<u8> {
        chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat())
    }

    fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
        [SIGNATURE, &chunks.concat()].concat()
    }

    /// The frame of a picture.
    pub(crate) fn picture() -> Vec<u8> {
        png(&[header(48, 48), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IEND", &[])])
    }

    #[test]
    fn what_is_taken_is_shown_as_it_is() {
        let logo = Logo::of(&picture()).unwrap();
        let address = logo.address().unwrap();
        let shown = address.strip_prefix("data:image/png;base64,").unwrap();
        assert_eq!(STANDARD.decode(shown).unwrap(), picture());
    }

    #[test]
    fn a_logo_that_is_not_its_digest_s_is_refused() {
        let right = Logo::of(&picture()).unwrap();
        let mut other = picture();
        other[40] ^= 1;
        for wrong in [
            Logo { png: STANDARD.encode(&other), ..right.clone() },
            Logo { sha256: jose::digest(b"x"), ..right.clone() },
            Logo { png: format!("{}\n", right.png), ..right.clone() },
            Logo { png: "<svg/>".to_owned(), ..right.clone() },
            Logo { png: STANDARD.encode("<svg/>"), sha256: jose::digest(b"<svg/>") },
            Logo { png: String::new(), sha256: jose::digest(b"") },
        ] {
            assert_eq!(wrong.address(), Err(refusal::LOGO_WRONG), "{wrong:?}");
        }
    }

    #[test]
    fn only_a_small_still_png_is_a_logo() {
        let end = || chunk(b"IEND", &[]);
        let heavy = chunk(b"IDAT", &vec![0; MAX_BYTES]);
        for (file, why) in [
            (b"GIF89a".to_vec(), LogoError::NotPng),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), LogoError::NotPng),
            (png(&[end()]), LogoError::NotPng),
            (png(&[header(1, 1)]), LogoError::NotPng),
            (png(&[header(1, 1), header(1, 1), end()]), LogoError::NotPng),
            ([png(&[header(1, 1), end()]), b"more".to_vec()].concat(), LogoError::NotPng),
            (png(&[header(513, 1), end()]), LogoError::TooWide),
            (png(&[header(1, 0), end()]), LogoError::TooWide),
            (png(&[header(1, 1), chunk(b"acTL", &[0; 8]), end()]), LogoError::Animated),
            (png(&[header(1, 1), heavy, end()]), LogoError::TooLarge),
        ] {
            assert_eq!(Logo::of(&file), Err(why));
        }
        let whole = picture();
        for cut in 0..whole.len() {
            assert!(Logo::of(&whole[..cut]).is_err(), "cut at {cut}");
        }
    }
}
