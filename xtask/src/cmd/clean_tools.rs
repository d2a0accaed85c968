//! `cargo xtask clean-tools`: takes away what `tools` put into the clone, and what was built with it.

use std::fs;

use anyhow::{Context, Result};

use crate::paths;

/// The command.
pub(crate) fn run() -> Result<()> {
    let modules = ["node_modules", "xtask/node/node_modules"].map(|folder| paths::root().join(folder));
    for folder in modules.into_iter().chain([paths::tools(), paths::out()]) {
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
            println!("clean-tools: {} is gone", paths::shown(&folder));
        }
    }
    Ok(())
}
