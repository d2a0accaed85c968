//! `cargo xtask bench storm`: the agent's share of the main thread while the page makes 2,000 mutations a second.

use std::process::ExitCode;

use handrail_journeys::storm::{SHARE_BAR, TASK_BAR, measure};

/// How long the storm blows.
const SECONDS: u32 = 10;

fn main() -> ExitCode {
    let (running, none) = match measure(SECONDS) {
        Ok(storms) => storms,
        Err(error) => {
            eprintln!("storm: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    let good = running.share < SHARE_BAR && running.longest <= TASK_BAR && none.share == 0.0;
    println!(
        "storm: {:.0} mutations in {SECONDS} s; with a guide {:.2} % of the main thread (bar {SHARE_BAR} %), longest task {:.1} ms, \
         {:.1} by its samples (bar {TASK_BAR} ms, forced style included); with none {:.2} % (bar 0): {}",
        running.mutations,
        running.share,
        running.longest,
        running.own,
        none.share,
        if good { "met" } else { "missed" }
    );
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
