//! `cargo xtask gallery`: a picture of every screen, in every look.

use anyhow::Result;

use crate::cmd::build::{Part, parts};
use crate::cmd::tools;
use crate::run::{cargo, run as run_command};

/// The command.
pub(crate) fn run() -> Result<()> {
    tools::run_all(true)?;
    parts(&[Part::Extension, Part::Worker, Part::Portal])?;
    // The vendor whose links are shown sits at the command line.
    run_command(cargo().args(["build", "--quiet", "-p", "handrail-cli"]))?;
    run_command(cargo().args(["run", "--quiet", "-p", "handrail-journeys", "--bin", "gallery"]))
}
