//! What the browsers' stores and Cloudflare would say: Firefox's own linter over the extension, and a deployment
//! of the Worker that stops short of deploying. Their tools are many and few need them, so they are installed
//! apart, in `xtask/node`, when this is asked for.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cmd::tools;
use crate::paths;
use crate::run::{capture, command};
use crate::workspace::{list, text};

/// Firefox's linter finds no error and no warning.
pub(crate) fn firefox_linter() -> Result<()> {
    let linter = tool("addons-linter/bin/addons-linter")?;
    let folder = paths::out().join("extension-firefox");
    // It ends with an error when it found one, and says which on its output alone.
    let output = command("node").arg(linter).args(["--output", "json"]).arg(&folder).output()?;
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

/// `wrangler` would deploy what was built.
pub(crate) fn wrangler() -> Result<()> {
    let wrangler = tool("wrangler/bin/wrangler.js")?;
    let mut dry = command("node");
    dry.arg(wrangler).args(["deploy", "--dry-run", "--config", "worker/wrangler.toml"]);
    // It keeps a configuration and logs at home otherwise, and would ask.
    let home = paths::work().join("wrangler");
    dry.env("XDG_CONFIG_HOME", &home).env("WRANGLER_LOG_PATH", &home).env("WRANGLER_SEND_METRICS", "false");
    let said = capture(dry.env("CI", "true"))?;
    if !said.contains("index_bg.wasm") {
        bail!("wrangler would deploy without the WASM:\n{said}");
    }
    Ok(())
}

fn tool(script: &str) -> Result<PathBuf> {
    let folder = paths::root().join("xtask/node");
    tools::npm_ci(&folder, "store checks")?;
    Ok(folder.join("node_modules").join(script))
}
