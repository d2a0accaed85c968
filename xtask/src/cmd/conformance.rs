//! `cargo xtask conformance`: roles, names and queries of the location engine, checked in Chromium, or in Firefox with
//! `HANDRAIL_TEST_BROWSER=firefox`.

use std::path::PathBuf;
use std::process::Command;

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
    /// Pages made by chance that the engine has to keep up with; without files only.
    #[arg(long)]
    seeds: Option<u32>,
}

/// The command.
pub(crate) fn run(args: &Args) -> Result<()> {
    tools::run_all(true)?;
    let here = std::env::current_dir()?;
    let files: Vec<_> = args.files.iter().map(|file| here.join(file)).collect();
    parts(&[Part::Probe])?;
    let mut command = program();
    if let Some(seeds) = args.seeds {
        command.args(["--seeds", &seeds.to_string()]);
    }
    run_command(command.args(args.lowered.then_some("--lowered")).args(files))
}

/// Checks the project's own cases, in both builds.
pub(crate) fn check(lowered: bool) -> Result<()> {
    parts(&[Part::Probe])?;
    run_command(program().args(lowered.then_some("--lowered")))
}

/// The same in Firefox, with one page made by chance: each script goes a longer way there.
pub(crate) fn check_in_firefox() -> Result<()> {
    parts(&[Part::Probe])?;
    run_command(program().args(["--seeds", "1"]).env("HANDRAIL_TEST_BROWSER", "firefox"))
}

fn program() -> Command {
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "handrail-conformance", "--bin", "conformance", "--"]);
    command
}
