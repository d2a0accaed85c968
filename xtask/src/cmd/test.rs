//! `cargo xtask test`: proves everything, shows how far it is, goes on after a failure, counts at the end.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::cmd::{bench, build, conformance, tidy, tools};
use crate::group::{self, Ended};
use crate::run::cargo;
use crate::workspace::{self, Member};

/// What to test; nothing named means everything.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these parts, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part of the tests, in the order they are run: quick ones first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// rustfmt.
    Format,
    /// Clippy, for this machine and for WASM.
    Lint,
    /// Unit and data tests of every crate.
    Unit,
    /// The rules of this project.
    Tidy,
    /// Every artefact, and its size against its bar.
    Build,
    /// The Worker in its real runtime.
    Worker,
    /// Elements found in a real browser as the rules of ARIA say.
    Conformance,
    /// Whole journeys in a real browser.
    Journeys,
}

/// Longer than any part takes on two slow cores; a part that hangs must not take the others with it.
const AT_MOST: Duration = Duration::from_secs(25 * 60);

/// The command; what failed has been said, so the answer only tells whether anything did.
pub(crate) fn run(args: &Args) -> Result<bool> {
    tools::run_all(true)?;
    let members = workspace::members()?;
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|p| args.only.is_empty() || args.only.contains(p))
        .collect();
    let mut total = Count::default();
    let mut times = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        println!("\n[{}/{}] {}", at + 1, parts.len(), part.name());
        let start = Instant::now();
        let count = part.run(&members);
        if group::interrupted() {
            bail!("interrupted");
        }
        println!(
            "[{}/{}] {}: {count}  {:.1} s",
            at + 1,
            parts.len(),
            part.name(),
            start.elapsed().as_secs_f64()
        );
        times.push((*part, count, start.elapsed()));
        total = total.and(count);
    }
    println!("\nTime per part");
    for (part, count, time) in times {
        println!("  {:<12} {:>7.1} s  {count}", part.name(), time.as_secs_f64());
    }
    println!("{total}");
    Ok(total.failed == 0)
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self, members: &[Member]) -> Count {
        match self {
            Part::Format => step(cargo().args(["fmt", "--all", "--check"])),
            Part::Lint => lint(members),
            Part::Unit => unit(members),
            Part::Tidy => tidy::count(),
            Part::Build => counted(build::parts(&[build::Part::All])).and(counted(bench::size())),
            Part::Worker => of_folder(members, "tests/worker"),
            Part::Conformance => {
                counted(conformance::check(&[], false)).and(counted(conformance::check(&[], true)))
            }
            Part::Journeys => of_folder(members, "tests/journeys"),
        }
    }
}

/// Tests that passed and that failed.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub(crate) struct Count {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
}

impl Count {
    const PASSED: Self = Self { passed: 1, failed: 0 };
    const FAILED: Self = Self { passed: 0, failed: 1 };

    fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Work of our own counts as one test.
fn counted(work: Result<()>) -> Count {
    match work {
        Ok(()) => Count::PASSED,
        Err(error) => {
            println!("FAILED: {error:#}");
            Count::FAILED
        }
    }
}

/// A program counts as one test.
fn step(command: &mut Command) -> Count {
    counted(crate::run::run(command))
}

fn lint(members: &[Member]) -> Count {
    let strict = ["--", "-D", "warnings"];
    let own = step(cargo().args(["clippy", "--workspace", "--all-targets", "--locked"]).args(strict));
    let mut wasm = cargo();
    wasm.args(["clippy", "--lib", "--locked", "--target", "wasm32-unknown-unknown"]);
    for member in members.iter().filter(|member| member.runs_in_wasm()) {
        wasm.args(["-p", &member.name]);
    }
    own.and(step(wasm.args(strict)))
}

/// Everything but what needs a browser or workerd, which have their own parts.
fn unit(members: &[Member]) -> Count {
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    for member in members.iter().filter(|member| needs_a_world(member)) {
        command.args(["--exclude", &member.name]);
    }
    libtest(&mut command)
}

fn needs_a_world(member: &Member) -> bool {
    ["tests/worker", "tests/journeys"].iter().any(|folder| member.folder.starts_with(folder))
}

/// The tests of one folder, one after the other: each starts a browser or a server and two cores are not many.
fn of_folder(members: &[Member], folder: &str) -> Count {
    let Some(member) = members.iter().find(|member| member.folder.ends_with(folder)) else {
        println!("FAILED: the workspace has no crate in {folder}");
        return Count::FAILED;
    };
    let mut command = cargo();
    command.args(["test", "-p", &member.name, "--locked", "--no-fail-fast", "--", "--test-threads=1"]);
    libtest(&mut command)
}

/// Runs Cargo's tests and adds up what they say at their ends.
fn libtest(command: &mut Command) -> Count {
    let mut count = Count::default();
    let ended =
        group::run(command, Some(AT_MOST), |line| count = count.and(closing_line(line).unwrap_or_default()));
    let ok = match ended {
        Ok(Ended::With(status)) => status.success(),
        Ok(Ended::TookTooLong) => {
            println!("FAILED: not done after {} minutes", AT_MOST.as_secs() / 60);
            false
        }
        Err(error) => {
            println!("FAILED: {error:#}");
            false
        }
    };
    // It did not compile, or crashed before it could count, or there was nothing to run.
    let silent = (!ok && count.failed == 0) || count == Count::default();
    if silent { count.and(Count::FAILED) } else { count }
}

/// `test result: ok. 3 passed; 0 failed; …`
fn closing_line(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number =
        |word: &str| numbers.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_libtest_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(closing_line(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(closing_line("test a ... ok"), None);
    }

    #[test]
    fn tests_that_cannot_be_run_count_as_a_failure() {
        assert_eq!(libtest(&mut Command::new("false")), Count::FAILED);
        assert_eq!(libtest(&mut Command::new("true")), Count::FAILED);
    }
}
