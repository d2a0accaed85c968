//! `cargo xtask conformance`: roles, names and queries of the location engine, checked in Chromium.

use std::path::PathBuf;

use anyhow::Result;

use crate::cmd::build::{Part, parts};
use crate::cmd::tools;
use crate::run::{cargo, run as run_command};

/// Files of cases; none named means the project's own.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSON arrays of cases: names and roles, or queries.
    files: Vec<PathBuf>,
    /// Check the build lowered to JavaScript.
    #[arg(long)]
    lowered: bool,
}

/// The command.
pub(crate) fn run(args: &Args) -> Result<()> {
    tools::run_all(true)?;
    parts(&[Part::Probe])?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "handrail-conformance", "--bin", "conformance", "--"]);
    if args.lowered {
        command.arg("--lowered");
    }
    let here = std::env::current_dir()?;
    run_command(command.args(args.files.iter().map(|file| here.join(file))))
}
