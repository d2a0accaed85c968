//! `handrail guide health FILE…`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::health::{FORMAT, HealthFile};
use handrail_guide::load::advise;

/// `handrail guide health`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files that the extension saved under Guide health.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Also what works.
    #[arg(long)]
    all: bool,
}

/// Prints what the files say about the portal catalogue.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let library = super::library(root)?;
    let files = arguments.files.iter().map(|file| read(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let all = advise(&library, &files);
    let mut open = 0;
    for line in all.iter().filter(|line| arguments.all || !line.advice.is_empty()) {
        let (found, missed) = line.found;
        let place = if line.file.is_empty() { String::new() } else { format!("{}: ", line.file) };
        println!("{place}{} [{}]: found {found} times, not found {missed} times", line.control, line.lang);
        for seen in &line.seen {
            println!("  {seen}");
        }
        for advice in &line.advice {
            println!("  → {advice}");
        }
        open += line.advice.len();
    }
    println!("{} files, {} controls and languages, {open} pieces of advice", files.len(), all.len());
    Ok(ExitCode::SUCCESS)
}

/// One saved file.
pub(crate) fn read(file: &Path) -> anyhow::Result<HealthFile> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let saved: HealthFile = serde_json::from_str(&text).with_context(|| {
        format!(
            "{} is no file saved under Guide health; schemas/guide-health.schema.json says what is in one",
            file.display()
        )
    })?;
    anyhow::ensure!(
        (1..=FORMAT).contains(&saved.format),
        "{} has format {}; this version reads 1 to {FORMAT}",
        file.display(),
        saved.format
    );
    Ok(saved)
}
