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
    let here = std::env::current_dir()?;
    let files: Vec<_> = args.files.iter().map(|file| here.join(file)).collect();
    check(&files, args.lowered)
}

/// Checks the files, or the project's own where none is named.
pub(crate) fn check(files: &[PathBuf], lowered: bool) -> Result<()> {
    parts(&[Part::Probe])?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "handrail-conformance", "--bin", "conformance", "--"]);
    if lowered {
        command.arg("--lowered");
    }
    run_command(command.args(files))
}
