//! `cargo xtask bench fuzz [--seconds N] [target…]`: changes seeds by chance and runs every parser of outside bytes on them.
//!
//! An input that makes a target panic is kept in `tests/bench/seeds/<target>-<n>` and run first from then on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use handrail_bench::Chance;
use handrail_bench::inputs::changed;
use handrail_bench::targets::{TARGETS, Target};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = arguments.iter().position(|a| a == "--seconds");
    let seconds = at.and_then(|at| arguments.get(at + 1)).and_then(|n| n.parse().ok()).unwrap_or(30);
    let named: Vec<&String> = arguments
        .iter()
        .enumerate()
        .filter(|(n, a)| !a.starts_with("--") && at.is_none_or(|at| *n != at + 1))
        .map(|(_, a)| a)
        .collect();
    std::panic::set_hook(Box::new(|_| {}));
    let mut broken = 0;
    for target in TARGETS.iter().filter(|t| named.is_empty() || named.iter().any(|n| *n == t.name)) {
        broken += u64::from(!one(target, Duration::from_secs(seconds)));
    }
    std::process::exit(i32::from(broken > 0));
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn one(target: &Target, time: Duration) -> bool {
    let mut seeds: Vec<Vec<u8>> = target.seeds.iter().map(|s| s.to_vec()).collect();
    let kept = std::fs::read_dir(folder()).into_iter().flatten().flatten();
    let kept = kept.filter(|f| f.file_name().to_string_lossy().starts_with(target.name));
    seeds.extend(kept.filter_map(|f| std::fs::read(f.path()).ok()));
    let mut chance = Chance::new(u64::from(std::process::id()) << 20 | time.as_secs());
    let (start, mut runs) = (Instant::now(), 0_u64);
    for seed in &seeds {
        if !survives(target, seed) {
            return keep(target, seed, runs);
        }
    }
    while start.elapsed() < time {
        let input = changed(&seeds, &mut chance);
        runs += 1;
        if !survives(target, &input) {
            return keep(target, &input, runs);
        }
    }
    println!("{:<14} {runs:>10} inputs in {} s, nothing broke", target.name, time.as_secs());
    true
}

fn survives(target: &Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok()
}

fn keep(target: &Target, input: &[u8], runs: u64) -> bool {
    let file = folder().join(format!("{}-{runs}", target.name));
    let kept = std::fs::write(&file, input);
    println!("{:<14} BROKEN after {runs} inputs; kept as {} ({kept:?})", target.name, file.display());
    false
}
