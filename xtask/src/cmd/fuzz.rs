//! `cargo xtask bench fuzz`: every parser of outside bytes, guided by coverage (libFuzzer), several at a time.
//!
//! The compiler's own flags instrument the code, so the stable toolchain does. An input that breaks a target is kept in
//! `tests/fuzz/seeds` and is run first from then on, among the unit tests too.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::paths;
use crate::run::{capture, cargo, run};

/// What is said to the compiler, as `cargo fuzz` does.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

/// How it is run.
#[derive(Clone, clap::Args)]
pub(crate) struct Args {
    /// Seconds for each target.
    #[arg(long, default_value_t = 30)]
    pub(crate) seconds: u32,
    /// Targets at the same time.
    #[arg(long, default_value_t = 4)]
    pub(crate) jobs: usize,
    /// Only these targets.
    pub(crate) targets: Vec<String>,
}

/// A target that is being run.
struct Running {
    name: String,
    child: Child,
    since: Instant,
}

/// Builds, runs every target, prints a row for each; fails when one broke.
pub(crate) fn fuzz(args: &Args) -> Result<()> {
    let work = paths::out().join("fuzz");
    let guided = build()?;
    let seeds = work.join("inputs");
    // Inputs of an earlier run are begun with as well.
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "handrail-fuzz", "--bin", "targets", "--"]).arg(&seeds);
    let told = capture(&mut command)?;
    let wanted = |name: &&str| args.targets.is_empty() || args.targets.iter().any(|t| t == name);
    let mut waiting: Vec<String> = told.lines().filter(wanted).map(str::to_owned).collect();
    if waiting.is_empty() {
        bail!(
            "there is no such target; there are: {}",
            told.split_whitespace().collect::<Vec<_>>().join(", ")
        );
    }
    waiting.reverse();
    println!("{:<12} {:>12} {:>8}  outcome", "target", "executions", "seconds");
    let mut running: Vec<Running> = Vec::new();
    let mut broken = Vec::new();
    while !waiting.is_empty() || !running.is_empty() {
        while running.len() < args.jobs.max(1) {
            let Some(name) = waiting.pop() else { break };
            running.push(start(&guided, &seeds, &work, name, args.seconds)?);
        }
        thread::sleep(Duration::from_millis(200));
        let mut still = Vec::new();
        for mut one in running {
            match one.child.try_wait()? {
                None => still.push(one),
                Some(status) => {
                    let outcome = if status.success() { "nothing broke" } else { "BROKEN" };
                    let seconds = one.since.elapsed().as_secs();
                    println!("{:<12} {:>12} {seconds:>8}  {outcome}", one.name, executions(&work, &one.name));
                    if !status.success() {
                        println!("{}", last_words(&work, &one.name));
                        broken.push(one.name);
                    }
                }
            }
        }
        running = still;
    }
    if !broken.is_empty() {
        bail!("broken: {}; the inputs are in tests/fuzz/seeds", broken.join(", "));
    }
    Ok(())
}

/// The instrumented program. With `--target` the build scripts stay as they are.
fn build() -> Result<PathBuf> {
    let told = capture(Command::new("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|l| l.strip_prefix("host: ")).context("rustc names no host")?.to_owned();
    let mut command = cargo();
    command.args(["build", "--quiet", "--profile", "fuzz", "-p", "handrail-fuzz", "--features", "guided"]);
    command.args(["--bin", "guided", "--target", &host]).env("RUSTFLAGS", FLAGS);
    run(&mut command)?;
    Ok(paths::cargo_target().join(host).join("fuzz/guided"))
}

fn start(guided: &Path, seeds: &Path, work: &Path, name: String, seconds: u32) -> Result<Running> {
    let kept = paths::root().join("tests/fuzz/seeds").join(format!("{name}-"));
    let log = fs::File::create(log(work, &name))?;
    let child = Command::new(guided)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}", kept.display()))
        .args(["-max_len=4096", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .arg(seeds.join(&name))
        .env("HANDRAIL_FUZZ", &name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("the instrumented program does not start")?;
    Ok(Running { name, child, since: Instant::now() })
}

fn log(work: &Path, name: &str) -> PathBuf {
    work.join(format!("{name}.log"))
}

fn text(work: &Path, name: &str) -> String {
    let mut bytes = Vec::new();
    let read = fs::File::open(log(work, name)).and_then(|mut file| file.read_to_end(&mut bytes));
    drop(read);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn executions(work: &Path, name: &str) -> String {
    let told = text(work, name);
    let line = told.lines().rev().find_map(|l| l.strip_prefix("stat::number_of_executed_units:"));
    line.map_or_else(|| "?".to_owned(), |n| n.trim().to_owned())
}

fn last_words(work: &Path, name: &str) -> String {
    let told = text(work, name);
    let lines: Vec<&str> = told.lines().collect();
    let panic =
        lines.iter().position(|l| l.contains("panicked at")).unwrap_or(lines.len().saturating_sub(20));
    lines.iter().skip(panic).take(6).copied().collect::<Vec<_>>().join("\n")
}
