//! `handrail guide list`

use std::path::Path;
use std::process::ExitCode;

/// Prints one line per guide.
pub(super) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    for (id, loaded) in super::library(root)?.guides {
        println!("{id:<20} {}", loaded.file.title);
    }
    Ok(ExitCode::SUCCESS)
}
