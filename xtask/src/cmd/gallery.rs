//! `cargo xtask gallery`: a picture of every screen, in every look.

use anyhow::Result;

use crate::cmd::build::{Part, parts};
use crate::cmd::tools;
use crate::run::{cargo, run as run_command};

/// The command.
pub(crate) fn run() -> Result<()> {
    tools::run_all(true)?;
    parts(&[Part::Extension, Part::Worker, Part::Portal])?;
    run_command(cargo().args(["run", "--quiet", "-p", "handrail-journeys", "--bin", "gallery"]))
}
