//! `handrail guide lint [GUIDE|FILE]`

use std::path::Path;
use std::process::ExitCode;

use handrail_guide::load::{Level, lint_all, lint_guide};

/// `handrail guide lint`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id, or a guide file anywhere; everything when not given.
    guide: Option<String>,
    /// Warnings count as errors.
    #[arg(long)]
    strict: bool,
}

/// Prints every finding; the exit code is 1 when there is an error.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut library = super::library(root)?;
    let findings = match &arguments.guide {
        None => lint_all(&library),
        Some(name) => match super::take(&mut library, name)? {
            Ok(id) => lint_guide(&library, &id),
            Err(finding) => vec![finding],
        },
    };
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| arguments.strict || finding.level == Level::Error).count();
    println!("{} errors, {} warnings", errors, findings.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
