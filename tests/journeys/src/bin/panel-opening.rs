//! `panel-opening`: how long until the side panel answers a press.

use std::process::ExitCode;

use clap::Parser;
use handrail_journeys::opening::{Options, measure};

/// How long until the side panel answers a press.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    match measure(&Arguments::parse().options, &|line| println!("{line}")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("a bar was missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("panel-opening: {error:#}");
            ExitCode::FAILURE
        }
    }
}
