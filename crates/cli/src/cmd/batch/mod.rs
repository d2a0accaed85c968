//! `handrail batch`: many rows, one line of result each. A bad row never stops the rest, and no secret is printed.
//!
//! A row's secret is a reference: `env:NAME`, `file:PATH`, `cmd:COMMAND` (with `--run-commands`), or the whole file is
//! encrypted with age. With `--out` an interrupted run goes on where it stopped. Exit codes: those of `handrail check`, for
//! the worst row; Ctrl-C ends it by that signal (130 in a shell), and what was asked until then stays in the file.

pub(crate) mod engine;
mod journal;
pub(crate) mod source;
pub(crate) mod table;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use handrail_entra::{Case, Verdict};

use self::engine::{Done, Engine};
use self::journal::{Format, Journal};
use crate::cmd::check::{cloud, exit, requirements};
use crate::microsoft;
use crate::words::word;

/// `handrail batch`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How results are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write results to this file as JSON lines, and go on there after an interruption.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The rows and how they are checked; shared with `handrail watch`.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// CSV with a header, or JSON lines: tenant, client, secret and, if there is one, domain and end date. `.age` files are
    /// opened with --identity.
    pub(crate) file: PathBuf,
    /// File with the age key that opens the input.
    #[arg(long, value_name = "FILE")]
    pub(crate) identity: Option<PathBuf>,
    /// Guide whose permissions and settings are checked; without it, only whether the secret works.
    #[arg(long)]
    guide: Option<String>,
    /// Cloud: worldwide, gcc, gcc-high, dod or china; found out when not given.
    #[arg(long)]
    cloud: Option<String>,
    /// Rows that are checked at the same time.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    in_flight: u16,
    /// Also run `cmd:` references. Whoever writes the file then runs programs on this machine.
    #[arg(long)]
    run_commands: bool,
    /// Also look for permissions that nobody asked for: up to three more requests a row.
    #[arg(long)]
    surplus: bool,
    /// Certificate authority to trust besides the usual ones, in PEM: for a proxy that opens TLS.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Folder that holds guides/, recipes/ and portal/; found upwards from here when not given.
    #[arg(long)]
    root: Option<PathBuf>,
}

impl Input {
    /// The engine for these rows, and the rows.
    pub(crate) fn open(&self) -> anyhow::Result<(Engine, Vec<table::Row>)> {
        let rows = table::read(&self.file, self.identity.as_deref())?;
        let plain = rows.iter().filter(|r| r.secret().is_some_and(source::is_plain)).count();
        if plain > 0 && self.identity.is_none() {
            eprintln!(
                "handrail: {plain} rows hold their secret in plain text; use env:, file:, cmd: or an age-encrypted file."
            );
        }
        let base = Case {
            guide: self.guide.clone().unwrap_or_default(),
            requirements: requirements(self.guide.as_deref(), self.root.as_deref())?,
            cloud: cloud(self.cloud.as_deref())?,
            no_surplus: !self.surplus,
            ..Case::default()
        };
        let agent = microsoft::agent_for(self.ca.as_deref(), usize::from(self.in_flight))?;
        Ok((Engine::new(base, agent, usize::from(self.in_flight), self.run_commands), rows))
    }
}

/// Checks every row.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match checked(arguments) {
        Ok(verdict) => Ok(exit(verdict)),
        Err(error) => {
            eprintln!("handrail: {error:#}");
            Ok(ExitCode::from(2))
        }
    }
}

/// Back to the beginning of the line, and nothing on it.
const CLEARED: &str = "\r\x1b[K";

/// How far it is, in 30 signs.
fn bar(at: usize, total: usize) -> String {
    format!("[{:<30}] {at} of {total}", "#".repeat(at * 30 / total.max(1)))
}

fn checked(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let (engine, rows) = arguments.input.open()?;
    let mut journal = Journal::open(arguments.out.as_deref(), &arguments.input.file, arguments.format)?;
    let total = rows.len();
    let rows: Vec<table::Row> = rows.into_iter().filter(|row| !journal.has(row.number)).collect();
    let skipped = total - rows.len();
    if skipped > 0 {
        eprintln!("handrail: {skipped} of {total} rows were done before.");
    }
    let shows = std::io::stderr().is_terminal();
    let mut at = skipped;
    let mut failed = None;
    engine.run(rows, &mut |done: Done| {
        at += 1;
        // A result may go to the same screen: it takes the bar's place, and the bar comes after it.
        if shows {
            let _ = write!(std::io::stderr(), "{CLEARED}");
        }
        if let Err(error) = journal.write(&done) {
            failed.get_or_insert(error);
        }
        if shows {
            let _ = write!(std::io::stderr(), "{}", bar(at, total));
        }
    });
    if shows {
        let _ = write!(std::io::stderr(), "{CLEARED}");
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let counts = journal.finish()?;
    let told: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(v, n)| format!("{n} {}", word(*v))).collect();
    eprintln!(
        "handrail: {total} rows: {}.",
        if told.is_empty() { "nothing to do".to_owned() } else { told.join(", ") }
    );
    let any = |v| counts.iter().any(|(w, n)| *w == v && *n > 0);
    Ok([Verdict::Failed, Verdict::CouldNotTell, Verdict::Pending]
        .into_iter()
        .find(|v| any(*v))
        .unwrap_or(Verdict::Passed))
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn the_bar_is_empty_full_and_in_between() {
        assert_eq!(bar(0, 0), format!("[{}] 0 of 0", " ".repeat(30)));
        assert_eq!(bar(5, 10), format!("[{}{}] 5 of 10", "#".repeat(15), " ".repeat(15)));
        assert_eq!(bar(10, 10), format!("[{}] 10 of 10", "#".repeat(30)));
    }
}
