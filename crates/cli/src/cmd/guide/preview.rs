//! `handrail guide preview GUIDE`: the guide on the practice portal, in a real browser.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context;

/// `handrail guide preview`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id.
    guide: String,
}

/// Starts practice tenant, practice portal and browser by the command that demos and tests use as well.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        super::library(root)?.guides.contains_key(&arguments.guide),
        "there is no guide `{}`: the preview takes one by its id, so save the file in guides/ first",
        arguments.guide
    );
    super::plan(root, &arguments.guide)?;
    anyhow::ensure!(
        root.join("xtask").is_dir(),
        "the preview needs the project's sources: run it in a clone of the repository"
    );
    let status = Command::new("cargo")
        .args(["xtask", "demo", "--guide", &arguments.guide])
        .current_dir(root)
        .status()
        .context("cargo cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
