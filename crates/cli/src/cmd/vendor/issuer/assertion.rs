//! `handrail vendor issuer assertion`: a signed statement for one hand-over, and for nothing that was not handed over.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cmd::inbox::{open_own, statement_for};
use crate::vendor::files;
use crate::vendor::keys::Place;

/// `handrail vendor issuer assertion`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The collected file (`….handrail.json`): its receipt shows that the customer handed over.
    file: PathBuf,
    /// File the statement goes to; only its owner can read it.
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    out: Option<PathBuf>,
    /// Command that takes the statement on its standard input.
    #[arg(long, value_name = "COMMAND")]
    to: Option<String>,
}

pub(super) fn run(place: &Place, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let (_, opened) = open_own(&keys, &arguments.file)?;
    let statement = statement_for(&keys, &opened)?;
    // EXPOSE: to where the vendor said; it is good for five minutes.
    let text = statement.expose();
    match (&arguments.out, &arguments.to) {
        (Some(file), _) => files::write_private(file, text.as_bytes())?,
        (None, Some(command)) => files::pipe_to(command, text.as_bytes())?,
        (None, None) => println!("{text}"),
    }
    Ok(ExitCode::SUCCESS)
}
