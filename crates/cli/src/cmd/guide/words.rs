//! `handrail guide words`

use std::path::Path;
use std::process::ExitCode;

use handrail_guide::load::{message_file, messages};

/// Prints the recipes' messages.
pub(super) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    print!("{}", message_file(&messages(&super::library(root)?)));
    Ok(ExitCode::SUCCESS)
}
