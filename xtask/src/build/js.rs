//! Bundling scripts with esbuild, and making them smaller with terser.

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

/// Makes a bundle three to five per cent smaller: for scripts whose size counts. It takes a second or two.
pub(crate) fn shrink(script: &Path, format: Format) -> Result<()> {
    let mut tool = command(paths::npm_bin("terser"));
    tool.arg(script).args(["--ecma", "2022", "--compress", "passes=2", "--mangle"]);
    if matches!(format, Format::Module) {
        tool.arg("--module");
    }
    run_quiet(tool.arg("--output").arg(script))
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
