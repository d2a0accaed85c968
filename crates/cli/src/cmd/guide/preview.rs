//! `handrail guide preview GUIDE`: the guide on the practice portal, in a real browser.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context;

/// `handrail guide preview`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id, or a guide file anywhere.
    guide: String,
    /// No window even if there is a display; a picture of every step instead.
    #[arg(long)]
    headless: bool,
}

/// Starts practice tenant, practice portal and browser by the command that demos and tests use as well.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let plan = super::plan_with(root, &arguments.guide, super::Options::default())?;
    anyhow::ensure!(
        root.join("xtask").is_dir(),
        "the preview needs the project's sources: run it in a clone of the repository"
    );
    let mut demo = Command::new("cargo");
    demo.args(["xtask", "demo", "--guide", &plan.guide]).current_dir(root);
    if arguments.headless {
        demo.arg("--headless");
    }
    if plan.guide != arguments.guide {
        let file = std::fs::canonicalize(&arguments.guide).context("the file cannot be found any more")?;
        demo.env("HANDRAIL_GUIDE_FILE", file);
    }
    let status = demo.status().context("cargo cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
