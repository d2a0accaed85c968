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
    let good = running.share < SHARE_BAR && running.own <= TASK_BAR && none.tasks == 0;
    println!(
        "storm: {:.0} mutations in {SECONDS} s; with a guide {:.2} % of the main thread (bar {SHARE_BAR} %; {:.2} % by \
         the wall's clock), {} tasks, most \
         script of its own in one {:.1} ms (bar {TASK_BAR} ms), most forced style in one {:.1} ms; with none {} tasks \
         (bar 0): {}",
        running.mutations,
        running.share,
        running.wall,
        running.tasks,
        running.own,
        running.forced,
        none.tasks,
        if good { "met" } else { "missed" }
    );
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
