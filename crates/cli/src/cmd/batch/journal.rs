//! Writes results, one line each, and knows after an interruption which rows were done.
//!
//! A line is written whole, in one call: after a kill at most the last line is cut, and it is cut away.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use handrail_entra::Verdict;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::engine::{Done, Outcome};
use crate::csv;
use crate::words::word;

/// How results are written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Columns for people.
    Text,
    /// One JSON object a line, with the whole report.
    Ndjson,
    /// A table for a spreadsheet.
    Csv,
    /// Only the numbers at the end.
    Summary,
}

/// Where results go.
pub(super) struct Journal {
    file: Option<File>,
    format: Format,
    done: BTreeSet<usize>,
    counts: Vec<(Verdict, usize)>,
}

const ALL: [Verdict; 4] = [Verdict::Passed, Verdict::Failed, Verdict::Pending, Verdict::CouldNotTell];

impl Journal {
    /// Opens the results; a file that exists must be of the same input.
    pub(super) fn open(out: Option<&Path>, input: &Path, format: Format) -> Result<Self> {
        let mut journal =
            Self { file: None, format, done: BTreeSet::new(), counts: ALL.map(|v| (v, 0)).to_vec() };
        if let Some(out) = out {
            journal.resume(out, input)?;
        }
        if format == Format::Csv {
            println!("row,tenant,client,verdict,code,what");
        }
        Ok(journal)
    }

    /// Reads what is there, cuts a last line that was not finished, and goes on behind it.
    fn resume(&mut self, out: &Path, input: &Path) -> Result<()> {
        let shown = out.display();
        let digest = hex(&Sha256::digest(
            std::fs::read(input).with_context(|| format!("cannot read {}", input.display()))?,
        ));
        let mut name = out.as_os_str().to_owned();
        name.push(".resume");
        let mark = PathBuf::from(name);
        let before = std::fs::read_to_string(&mark).ok();
        ensure!(
            before.is_some() || !out.exists(),
            "{shown} exists already and no interrupted run left it; choose another name"
        );
        ensure!(before.as_deref().is_none_or(|b| b == digest), "{shown} holds results of another input");
        std::fs::write(&mark, &digest).with_context(|| format!("cannot write {}", mark.display()))?;
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(out)
            .with_context(|| format!("cannot write {shown}"))?;
        let mut text = String::new();
        file.read_to_string(&mut text).with_context(|| format!("cannot read {shown}"))?;
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        for line in text.get(..whole).unwrap_or_default().lines() {
            let row: Value = serde_json::from_str(line)
                .with_context(|| format!("{shown} holds something else than results"))?;
            let number = row.get("row").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            self.done.extend(number);
            let verdict = row.get("verdict").and_then(|v| serde_json::from_value(v.clone()).ok());
            self.count(verdict.unwrap_or(Verdict::CouldNotTell));
        }
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        self.file = Some(file);
        Ok(())
    }

    /// Whether a row was done before.
    pub(super) fn has(&self, row: usize) -> bool {
        self.done.contains(&row)
    }

    fn count(&mut self, verdict: Verdict) {
        for (v, n) in &mut self.counts {
            *n += usize::from(*v == verdict);
        }
    }

    /// Writes one result.
    pub(super) fn write(&mut self, done: &Done) -> Result<()> {
        self.count(done.verdict());
        if let Some(file) = &mut self.file {
            file.write_all(format!("{}\n", as_json(done)).as_bytes())
                .context("the results cannot be written")?;
        }
        match self.format {
            Format::Ndjson if self.file.is_none() => println!("{}", as_json(done)),
            Format::Csv => println!(
                "{},{},{},{},{},{}",
                done.number,
                done.tenant,
                done.client,
                word(done.verdict()),
                done.code(),
                csv::cell(&done.what())
            ),
            Format::Text if self.file.is_none() => println!(
                "{}\t{}\t{}\t{}\t{}\t{}",
                done.number,
                done.tenant,
                done.client,
                word(done.verdict()),
                done.code(),
                done.what()
            ),
            Format::Text | Format::Ndjson | Format::Summary => {}
        }
        Ok(())
    }

    /// All rows are done. The mark stays: the same input asked for again has nothing left to do.
    pub(super) fn finish(self) -> Result<Vec<(Verdict, usize)>> {
        if let Some(file) = &self.file {
            file.sync_all().context("the results cannot be written")?;
        }
        Ok(self.counts)
    }
}

/// A row's result. The secret is not in it; the IDs are what the row is known by.
fn as_json(done: &Done) -> Value {
    let report = match &done.outcome {
        Outcome::Report(report) => json!(report.as_ref()),
        Outcome::BadRow(_) => Value::Null,
    };
    json!({
        "row": done.number,
        "tenant-id": done.tenant,
        "client-id": done.client,
        "verdict": done.verdict(),
        "code": done.code(),
        "what": done.what(),
        "report": report,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
