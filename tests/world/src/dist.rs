//! Where the built product lies.

use std::path::PathBuf;

use anyhow::{Result, ensure};

/// Root of the checkout.
#[must_use]
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

/// A built part: `extension-chromium`, `worker`, `portal`.
///
/// # Errors
/// When it was not built.
pub fn part(name: &str) -> Result<PathBuf> {
    let folder =
        std::env::var_os("HANDRAIL_DIST").map_or_else(|| root().join("target/handrail"), PathBuf::from);
    let part = folder.join(name);
    ensure!(part.exists(), "{} is not there: run `cargo xtask build all` first", part.display());
    Ok(part)
}
