//! The `handrail` command: guides for authors, checks for everybody.

mod cmd;
mod input;
mod words;

use clap::{Parser, Subcommand};

/// Guides an administrator through vendors' Microsoft 365 integrations, and proves the result.
#[derive(Parser)]
#[command(name = "handrail", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check credentials against Microsoft, with or without a guide.
    Check(cmd::check::Arguments),
    /// Say what an error means and what to do; works offline.
    Diagnose(cmd::diagnose::Arguments),
    /// Show, check, write and render guides.
    Guide(cmd::guide::Arguments),
    /// Hold what was seen on a live page against the portal files.
    Portal(cmd::portal::Arguments),
}

fn main() -> anyhow::Result<std::process::ExitCode> {
    match Arguments::parse().command {
        Command::Check(arguments) => cmd::check::run(&arguments),
        Command::Diagnose(arguments) => cmd::diagnose::run(&arguments),
        Command::Guide(arguments) => cmd::guide::run(&arguments),
        Command::Portal(arguments) => cmd::portal::run(&arguments),
    }
}
