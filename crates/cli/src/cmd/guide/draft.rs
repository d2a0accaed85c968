//! `handrail guide draft FILE`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::draft::{decode, draft};

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
    let text = decode(&bytes).filter(|text| !text.trim().is_empty());
    let text = text.with_context(|| {
        let name = arguments.document.display();
        format!("{name} holds no text that could be read. Save the document as plain text, Markdown or HTML, and give that file.")
    })?;
    let draft = draft(&library, &text);
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
