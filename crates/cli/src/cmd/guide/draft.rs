//! `handrail guide draft FILE`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::draft::draft;

/// `handrail guide draft`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The document: plain text, Markdown or HTML.
    document: PathBuf,
    /// Guide file to write; standard output when not given.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

/// Writes the draft; the notes go to standard error as well.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let library = super::library(root)?;
    let bytes = std::fs::read(&arguments.document)
        .with_context(|| format!("{} cannot be read", arguments.document.display()))?;
    let draft = draft(&library, &String::from_utf8_lossy(&bytes));
    match &arguments.out {
        Some(path) => {
            anyhow::ensure!(!path.exists(), "{} exists already; choose another name", path.display());
            std::fs::write(path, &draft.guide)?;
            for note in &draft.notes {
                eprintln!(
                    "{}:{}: {} [{}] {}",
                    arguments.document.display(),
                    note.line,
                    note.kind,
                    note.id,
                    note.today
                );
            }
            eprintln!("{} lines to look at", draft.notes.len());
        }
        None => print!("{}", draft.guide),
    }
    Ok(ExitCode::SUCCESS)
}
