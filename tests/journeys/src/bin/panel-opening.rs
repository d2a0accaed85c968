//! `panel-opening`: how long until the side panel answers a press.

use std::process::ExitCode;

use clap::Parser;
use handrail_journeys::bars::ended;
use handrail_journeys::opening::{Options, measure};

/// How long until the side panel answers a press.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    ended("panel-opening", measure(&Arguments::parse().options, &|line| println!("{line}")))
}
