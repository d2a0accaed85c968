//! Bundling scripts with esbuild.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths;
use crate::run::{command, run_quiet};

/// What a bundle is for.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    /// A classic script: content scripts.
    Script,
    /// A module: service worker, extension pages, workerd.
    Module,
}

/// Bundles an entry into one file. The alias names the wasm-bindgen output that the entry imports.
pub(crate) fn bundle(
    entry: &Path,
    to: &Path,
    format: Format,
    alias: &[(&str, PathBuf)],
    more: &[&str],
) -> Result<()> {
    let mut tool = command(paths::npm_bin("esbuild"));
    tool.arg(entry).args([
        "--bundle",
        "--minify",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    tool.arg(match format {
        Format::Script => "--format=iife",
        Format::Module => "--format=esm",
    });
    for (name, path) in alias {
        tool.arg(format!("--alias:{name}={}", path.display()));
    }
    run_quiet(tool.args(more).arg(format!("--outfile={}", to.display())))
}

/// The script `<folder>/<name>.js`, or `.ts`.
pub(crate) fn entry(folder: &str, name: &str) -> Result<PathBuf> {
    let folder = paths::root().join(folder);
    ["js", "ts"]
        .iter()
        .map(|ending| folder.join(format!("{name}.{ending}")))
        .find(|file| file.is_file())
        .with_context(|| format!("{}/{name}.js is missing", paths::shown(&folder)))
}
