//! What a browser, or the Worker's runtime, left on the disk.

use std::fs;
use std::path::Path;

/// Paths of all files below a folder that hold a text, in UTF-8 or UTF-16. What cannot be read holds nothing.
#[must_use]
pub fn files_with(folder: &Path, needle: &str) -> Vec<String> {
    let wide: Vec<u8> = needle.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|w| w == part);
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path)
                && (holds(&bytes, needle.as_bytes()) || holds(&bytes, &wide))
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
