//! `step-latency`: how long from the press of a step's real control to the ring on the next one.

use std::process::ExitCode;

fn main() -> ExitCode {
    match handrail_journeys::latency::measure(&|line| println!("{line}")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("a bar was missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("step-latency: {error:#}");
            ExitCode::FAILURE
        }
    }
}
