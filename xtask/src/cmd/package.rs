//! `cargo xtask package`: the files that the browsers' stores take, the same bytes from the same sources.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow, ensure};
use flate2::Crc;

use crate::build::agent::READ_ME;
use crate::build::extension::BROWSERS;
use crate::cmd::{build, tools};
use crate::{paths, stamp};

/// The command.
pub(crate) fn run() -> Result<()> {
    tools::run_all(false)?;
    build::parts(&[build::Part::Extension])?;
    for browser in BROWSERS {
        let packed = packed(browser)?;
        let to = paths::out().join(format!("handrail-{browser}-{}.zip", env!("CARGO_PKG_VERSION")));
        stamp::write(&to, &packed)?;
        println!("package: {} ({} bytes)", paths::shown(&to), packed.len());
    }
    Ok(())
}

/// More is slow to download and slow to review.
const MOST_BYTES: usize = 700_000;

/// The package of what was built for a browser.
fn packed(browser: &str) -> Result<Vec<u8>> {
    zip(&paths::out().join(format!("extension-{browser}")))
}

/// Packs what was built, twice: the bytes are the same, and not too many.
pub(crate) fn check() -> Result<()> {
    for browser in BROWSERS {
        let bytes = packed(browser)?;
        println!("      package for {browser}: {} of {MOST_BYTES} bytes", bytes.len());
        ensure!(bytes == packed(browser)?, "two packages for {browser} differ");
        let lowered = paths::out().join(format!("extension-{browser}/agent-lowered.js"));
        let lowered = fs::read_to_string(&lowered)?;
        ensure!(lowered.starts_with(READ_ME), "the lowered agent does not say what it is and how it is made");
        for runs in ["eval(", "Function("] {
            ensure!(!lowered.contains(runs), "the lowered agent has {runs}");
        }
        ensure!(bytes.len() <= MOST_BYTES, "the package for {browser} has {} bytes", bytes.len());
    }
    Ok(())
}

/// Midnight of the first day that a ZIP can name, so that no build differs from another by its hour.
const DATE: u16 = 0x0021;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
/// Contents are deflated.
const METHOD: u16 = 8;
/// The version of the format that is needed to read this: 2.0.
const VERSION: u16 = 20;

/// A folder as a ZIP: files in the order of their names, nothing in it of when and where it was made.
fn zip(folder: &Path) -> Result<Vec<u8>> {
    let (mut bytes, mut index) = (Vec::new(), Vec::new());
    let mut count: u16 = 0;
    for file in stamp::files_below(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let content = fs::read(&file).with_context(|| format!("cannot read {}", paths::shown(&file)))?;
        let packed = deflated(&content)?;
        let common = common_header(&name, &content, &packed)?;
        let offset = u32::try_from(bytes.len())?;
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        index.extend(b"PK\x01\x02");
        index.extend(VERSION.to_le_bytes());
        index.extend(&common);
        // No comment, first disk, no attributes.
        index.extend([0; 10]);
        index.extend(offset.to_le_bytes());
        index.extend(name.as_bytes());
        count += 1;
    }
    let start = u32::try_from(bytes.len())?;
    let size = u32::try_from(index.len())?;
    bytes.extend(index);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    Ok(bytes)
}

/// What stands before a file and in the index alike.
fn common_header(name: &str, content: &[u8], packed: &[u8]) -> Result<Vec<u8>> {
    let mut crc = Crc::new();
    crc.update(content);
    let mut header = Vec::new();
    for word in [VERSION, FLAGS, METHOD, 0, DATE] {
        header.extend(word.to_le_bytes());
    }
    for long in [crc.sum(), u32::try_from(packed.len())?, u32::try_from(content.len())?] {
        header.extend(long.to_le_bytes());
    }
    header.extend(u16::try_from(name.len())?.to_le_bytes());
    header.extend([0; 2]);
    Ok(header)
}

/// Deflated as small as it goes; the same content, which both browsers have much of, once.
fn deflated(content: &[u8]) -> Result<Vec<u8>> {
    static DONE: Mutex<BTreeMap<Vec<u8>, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let mut done = DONE.lock().map_err(|_| anyhow!("a packer has failed"))?;
    if let Some(packed) = done.get(content) {
        return Ok(packed.clone());
    }
    let mut packed = Vec::new();
    zopfli::compress(PACKING, zopfli::Format::Deflate, content, &mut packed)?;
    done.insert(content.to_vec(), packed.clone());
    Ok(packed)
}

/// A few rounds: more take their time and win nothing. Many blocks: WASM is code, tables and words by turns, and each has
/// signs of its own.
const PACKING: zopfli::Options = zopfli::Options {
    iteration_count: NonZeroU64::new(10).unwrap(),
    iterations_without_improvement: NonZeroU64::MAX,
    maximum_block_splits: 60,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_folder_is_read_back_by_another_program() {
        let folder = paths::out().join(".test-zip");
        stamp::write(&folder.join("a/b.txt"), "hello ".repeat(50).as_bytes()).unwrap();
        stamp::write(&folder.join("c.txt"), b"x").unwrap();
        let packed = zip(&folder).unwrap();
        assert_eq!(packed, zip(&folder).unwrap());
        let file = folder.with_extension("zip");
        stamp::write(&file, &packed).unwrap();
        let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                      print(z.namelist(), len(z.read('a/b.txt')))";
        let read = std::process::Command::new("python3").args(["-c", script]).arg(&file).output();
        fs::remove_dir_all(&folder).unwrap();
        fs::remove_file(&file).unwrap();
        // Only where there is another program.
        if let Ok(read) = read {
            assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), "['a/b.txt', 'c.txt'] 300");
        }
    }
}
