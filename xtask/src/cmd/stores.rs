//! What the browsers' stores would say: Firefox's own linter over the extension. It brings much along and few need it, so it
//! is installed apart, in `xtask/node`, when this is asked for.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cmd::tools;
use crate::paths;
use crate::run::command;
use crate::workspace::{list, text};

/// Firefox's linter finds no error and no warning.
pub(crate) fn firefox_linter() -> Result<()> {
    let folder = paths::out().join("extension-firefox");
    // It ends with an error when it found one, and says which on its output alone.
    let output = command("node").arg(linter()?).args(["--output", "json"]).arg(&folder).output()?;
    let said: Value =
        serde_json::from_slice(&output.stdout).context("Firefox's linter does not answer in JSON")?;
    let findings = list(&said, "errors").iter().chain(list(&said, "warnings"));
    let found: Vec<_> = findings
        .map(|finding| {
            format!("{} {}: {}", text(finding, "code"), text(finding, "file"), text(finding, "message"))
        })
        .collect();
    if !found.is_empty() {
        bail!("Firefox's linter objects:\n  {}", found.join("\n  "));
    }
    Ok(())
}

/// The linter, with what it brings along, in a folder of its own.
fn linter() -> Result<PathBuf> {
    let folder = paths::root().join("xtask/node");
    tools::npm_ci(&folder, "store checks")?;
    Ok(folder.join("node_modules/addons-linter/bin/addons-linter"))
}
