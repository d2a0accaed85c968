//! `cargo xtask bench drift`: the guide on a thousand seeded portals; wrong rings, and the share found.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;
use handrail_conformance::stage::{Build, boot_script};
use handrail_journeys::bars::ended;
use handrail_journeys::drift::{self, FOUND_BAR, Seed};

/// Looks at seeded portals.
#[derive(Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 1000)]
    seeds: u32,
    /// The first one.
    #[arg(long, default_value_t = 1)]
    from: u32,
    /// This one alone, with its switches.
    #[arg(long)]
    seed: Option<u32>,
    /// Browsers at once.
    #[arg(long, default_value_t = 2)]
    browsers: u32,
}

fn main() -> ExitCode {
    ended("drift", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<bool> {
    let range = match arguments.seed {
        Some(seed) => seed..seed.saturating_add(1),
        None => arguments.from..arguments.from.saturating_add(arguments.seeds),
    };
    if let Some(seed) = arguments.seed {
        println!("{:#?}", Seed::new(seed));
    }
    let start = Instant::now();
    let tally = drift::run(range, arguments.browsers, &boot_script(Build::Wasm)?, &|line| println!("{line}"))
        .context("the seeds could not be looked at")?;
    for (control, (times, example)) in &tally.misses {
        println!("missed {times:>5}  {control}  e.g. {example}");
    }
    if arguments.seed.is_some() {
        for (control, ways) in &tally.ways {
            println!("found {control} by {ways:?}");
        }
    }
    let wrong = tally.wrong_seeds;
    let good = tally.wrong.is_empty() && tally.found() >= FOUND_BAR && tally.broken.is_empty();
    println!(
        "drift: {} seeds, {} faces, {:.0} s: wrong control ringed in {wrong} (bar 0); found {:.2} % of {} (bar {:.0} %); {} not walked: {}",
        tally.seeds,
        tally.faces,
        start.elapsed().as_secs_f64(),
        tally.found() * 100.0,
        tally.right + tally.missed,
        FOUND_BAR * 100.0,
        tally.broken.len(),
        if good { "met" } else { "missed" }
    );
    Ok(good)
}
