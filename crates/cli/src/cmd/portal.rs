//! `handrail portal survey FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use handrail_guide::load::survey;

use super::guide;

/// `handrail portal …`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    root: guide::Root,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read the file that the extension saves under Guide health; print what worked, and the change that follows.
    Survey {
        /// The saved file.
        file: PathBuf,
        /// It was made on Microsoft's own portal, not on the practice portal: pages become confirmed.
        #[arg(long)]
        live: bool,
    },
}

/// Prints the survey; the diff can be piped into `git apply`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let library = arguments.root.library()?;
    let Command::Survey { file, live } = &arguments.command;
    let survey = survey(&library, &guide::health::read(file)?.lines, *live);
    for line in &survey.lines {
        eprintln!("{line}");
    }
    print!("{}", survey.diff);
    Ok(ExitCode::SUCCESS)
}
