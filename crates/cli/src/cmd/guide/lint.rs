//! `handrail guide lint [GUIDE|FILE]`

use std::path::{Path, PathBuf};
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
        Some(name) if library.guides.contains_key(name) => lint_guide(&library, name),
        Some(name) => {
            let path = PathBuf::from(name);
            let text = std::fs::read_to_string(&path).map_err(|error| {
                anyhow::anyhow!("`{name}` is neither a guide id nor a file that can be read: {error}")
            })?;
            let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("guide").to_owned();
            match library.add_guide(&id, name, text) {
                Ok(()) => lint_guide(&library, &id),
                Err(finding) => vec![finding],
            }
        }
    };
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| arguments.strict || finding.level == Level::Error).count();
    println!("{} errors, {} warnings", errors, findings.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
