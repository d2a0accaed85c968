//! `cargo xtask bench locate`: how fast an element is found, beside the engines of Playwright and testing-library.
//!
//! One Chromium, one page, one run, both builds; the engines take turns, and medians and their ratios are printed.
//! `--markdown` prints tables for a document, `--quick` measures other kinds than buttons at one
//! size only, with fewer samples.

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use handrail_conformance::bench::{self, Plan};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut plan = Plan::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--markdown" => plan.markdown = true,
            "--quick" => plan.quick = true,
            other => return Err(anyhow::anyhow!("unknown option {other}")),
        }
    }
    bench::run(&plan).context("the benchmark stopped")
}
