//! `step-latency`: how long from the press of a step's real control to the ring on the next one.

use std::process::ExitCode;

use clap::Parser;
use handrail_journeys::bars::ended;
use handrail_journeys::latency::{Options, measure};

/// How long from the press of a step's real control to the ring on the next one.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    ended("step-latency", measure(&Arguments::parse().options, &|line| println!("{line}")))
}
