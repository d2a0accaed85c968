//! Build, demo, test, bench, package: one command list, for people and for CI alike.
//!
//! Each command is one file under `cmd/`; what makes the artefacts lives under `build/`.

mod build;
mod cmd;
mod paths;
mod run;
mod stamp;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Everything the project does to itself.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what build and tests need, or say what is missing.
    Tools,
    /// Build artefacts into target/handrail.
    Build(cmd::build::Args),
    /// Check roles, names and queries of the location engine against a file of cases, in Chromium.
    Conformance(cmd::conformance::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Tools => cmd::tools::run(),
        Command::Build(args) => cmd::build::run(&args),
        Command::Conformance(args) => cmd::conformance::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
