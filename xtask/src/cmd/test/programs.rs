//! The test programs of the workspace: compiled in one go, so that nothing is compiled twice with other features,
//! and run part by part.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Count, FAILED};
use crate::group::{self, Ended};
use crate::paths;
use crate::run::cargo;
use crate::workspace::{Member, text};

/// Longer than any program of tests takes on two slow cores; one that hangs must not take the others with it.
const AT_MOST: Duration = Duration::from_secs(12 * 60);

/// One compiled program of tests.
struct Program {
    /// The folder of its crate, from the root.
    folder: PathBuf,
    /// What it tests: a crate's name or a file's.
    name: String,
    file: PathBuf,
}

/// All that could be compiled.
pub(super) struct Programs {
    all: Vec<Program>,
    whole: bool,
}

impl Programs {
    /// Compiles the tests of these crates, or of all where none is named.
    pub(super) fn compile(packages: &[&str]) -> Self {
        let mut command = cargo();
        command.args([
            "test",
            "--locked",
            "--no-run",
            "--no-fail-fast",
            "--message-format=json-render-diagnostics",
        ]);
        if packages.is_empty() {
            command.arg("--workspace");
        }
        for package in packages {
            command.args(["-p", package]);
        }
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let (said, whole) = match output {
            Ok(output) => (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()),
            Err(error) => (format!("{error}"), false),
        };
        let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        Self { all: messages.filter_map(|message| program(&message)).collect(), whole }
    }

    /// Whether everything could be compiled.
    pub(super) fn count(&self) -> Count {
        Count { passed: u64::from(self.whole), failed: u64::from(!self.whole) }
    }

    /// Runs the programs of the crates that are wanted, so many at a time. The lines of one that does not run alone
    /// begin with its name.
    pub(super) fn run(&self, wanted: impl Fn(&Path) -> bool, options: &[&str], at_once: usize) -> Count {
        let programs: Vec<_> = self.all.iter().filter(|program| wanted(&program.folder)).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut count = Count::default();
            while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                if group::interrupted() {
                    break;
                }
                count = count.and(program.run(options, at_once > 1));
            }
            count
        };
        let count = thread::scope(|scope| {
            let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
            workers.into_iter().fold(Count::default(), |sum, one| sum.and(one.join().unwrap_or(FAILED)))
        });
        if count == Count::default() && !group::interrupted() {
            println!("FAILED: there is nothing to run");
            return FAILED;
        }
        count
    }
}

impl Program {
    fn run(&self, options: &[&str], in_company: bool) -> Count {
        println!("\n{}: {}", self.folder.display(), self.name);
        let folder = paths::root().join(&self.folder);
        let mut command = Command::new(&self.file);
        command.args(options).current_dir(&folder).env("CARGO_MANIFEST_DIR", &folder);
        libtest(&mut command, if in_company { &self.name } else { "" })
    }
}

/// The program of tests that one of Cargo's messages tells of.
fn program(message: &Value) -> Option<Program> {
    let file = message["executable"].as_str()?;
    if !message["profile"]["test"].as_bool()? {
        return None;
    }
    let manifest = Path::new(text(message, "manifest_path")).parent()?;
    Some(Program {
        folder: manifest.strip_prefix(paths::root()).ok()?.to_path_buf(),
        name: text(&message["target"], "name").to_owned(),
        file: file.into(),
    })
}

/// The examples in the documentation, which only Cargo can run.
pub(super) fn examples() -> Count {
    libtest(cargo().args(["test", "--workspace", "--doc", "--locked", "--no-fail-fast", "--quiet"]), "")
}

/// Runs tests, shows their lines behind a name where one is given, and adds up what they say at their ends.
fn libtest(command: &mut Command, name: &str) -> Count {
    let mut count = Count::default();
    let before = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let shown = |line: &str| {
        if !line.is_empty() {
            println!("{before}{line}");
        }
        count = count.and(closing_line(line).unwrap_or_default());
    };
    let ok = match ended_well(group::run(command, Some(AT_MOST), shown)) {
        Ok(ok) => ok,
        Err(error) => {
            println!("FAILED: {before}{error:#}");
            false
        }
    };
    // It crashed before it could count.
    if !ok && count.failed == 0 { count.and(FAILED) } else { count }
}

fn ended_well(ended: Result<Ended>) -> Result<bool> {
    match ended? {
        Ended::With(status) => Ok(status.success()),
        Ended::TookTooLong => {
            None.with_context(|| format!("not done after {} minutes", AT_MOST.as_secs() / 60))
        }
    }
}

/// `test result: ok. 3 passed; 0 failed; …`
fn closing_line(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number =
        |word: &str| numbers.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

/// The names of the crates in these folders.
pub(super) fn packages<'a>(members: &'a [Member], folders: &[&str]) -> Vec<&'a str> {
    let wanted = |member: &&Member| folders.iter().any(|folder| member.folder == Path::new(folder));
    members.iter().filter(wanted).map(|member| member.name.as_str()).collect()
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
    fn a_program_that_fails_without_a_word_counts_as_a_failure() {
        assert_eq!(libtest(&mut Command::new("false"), ""), FAILED);
        assert_eq!(libtest(&mut Command::new("true"), ""), Count::default());
    }

    #[test]
    fn a_part_without_tests_counts_as_a_failure() {
        let none = Programs { all: Vec::new(), whole: true };
        assert_eq!(none.run(|_| true, &[], 1), FAILED);
    }
}
