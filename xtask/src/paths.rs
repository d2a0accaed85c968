//! Where things are: the clone, what Cargo makes, what we make, what npm installed.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the clone.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable when it runs us, so a moved clone still finds itself.
    let here =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

/// Where Cargo puts what it compiles.
pub(crate) fn cargo_target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where our own artefacts go.
pub(crate) fn out() -> PathBuf {
    root().join("target/handrail")
}

/// Programs that the tests need and nobody ships.
pub(crate) fn tools() -> PathBuf {
    root().join("target/tools")
}

/// Half-done work between two tools; nothing relies on it but us.
pub(crate) fn work() -> PathBuf {
    out().join(".work")
}

/// A program that npm installed.
pub(crate) fn npm_bin(name: &str) -> PathBuf {
    let bin = root().join("node_modules/.bin").join(name);
    if cfg!(windows) { bin.with_extension("cmd") } else { bin }
}

/// The path as a person at the root of the clone would type it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
