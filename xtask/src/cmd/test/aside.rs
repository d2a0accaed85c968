//! Parts that need the processors alone, done beside the journeys, which mostly wait for browsers: this way a whole run
//! takes some eight minutes less. They are run by a program of their own, at the lowest priority where the system has one.

use std::env;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Count, FAILED, Part};
use crate::group::{self, Ended};
use crate::paths;

/// Which.
pub(super) const ASIDE: [Part; 2] = [Part::Lint, Part::Fuzz];

/// Longer than they take on two slow cores that others use as well.
const AT_MOST: Duration = Duration::from_secs(40 * 60);

/// What became of a part.
pub(super) struct Done {
    pub(super) part: Part,
    pub(super) count: Count,
    pub(super) time: Duration,
    /// What it printed.
    said: Vec<String>,
}

impl Done {
    pub(super) fn print(&self) {
        for line in &self.said {
            println!("{}: {line}", self.part.name());
        }
    }
}

/// Does the work, and these parts one after the other meanwhile.
pub(super) fn beside<T>(parts: &[Part], work: impl FnOnce() -> T) -> (T, Vec<Done>) {
    thread::scope(|scope| {
        let aside = scope.spawn(|| parts.iter().map(|part| done(*part)).collect());
        let worked = work();
        // The thread ends by a panic only, which has been shown.
        let done = aside.join().unwrap_or_else(|_| parts.iter().map(|part| failed(*part)).collect());
        (worked, done)
    })
}

fn done(part: Part) -> Done {
    let start = Instant::now();
    let mut said = Vec::new();
    let count = asked(part, &mut said).unwrap_or_else(|error| {
        said.push(format!("FAILED: {error:#}"));
        FAILED
    });
    Done { part, count, time: start.elapsed(), said }
}

fn failed(part: Part) -> Done {
    Done { part, count: FAILED, time: Duration::ZERO, said: Vec::new() }
}

/// Runs `cargo xtask test --only PART`; its last line is its count.
fn asked(part: Part, said: &mut Vec<String>) -> Result<Count> {
    let own = env::current_exe().context("who am I?")?;
    let mut command = if idles() { Command::new("chrt") } else { Command::new(&own) };
    if idles() {
        command.args(["--idle", "0"]).arg(&own);
    }
    command.args(["test", "--only", &part.name()]).current_dir(paths::root());
    // What is compiled would be told between the lines of the journeys.
    command.env("CARGO_TERM_QUIET", "true");
    match group::run(&mut command, Some(AT_MOST), |line| said.push(line.to_owned()))? {
        Ended::With(status) => {
            let count = said.last().and_then(|line| Count::read(line)).unwrap_or(FAILED);
            Ok(if status.success() || count.failed > 0 { count } else { count.and(FAILED) })
        }
        Ended::TookTooLong => bail!("not done after {} minutes", AT_MOST.as_secs() / 60),
    }
}

/// Whether the system can run a program when nothing else wants to.
fn idles() -> bool {
    let mut command = Command::new("chrt");
    command.args(["--idle", "0", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
