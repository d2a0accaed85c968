//! The `handrail` command: guides for authors, checks for everybody.

mod cmd;
mod input;
mod vendor;
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
    /// Name and check what a pasted text holds; works offline.
    Identify(cmd::identify::Arguments),
    /// Show, check, write and render guides.
    Guide(cmd::guide::Arguments),
    /// Collect, open and confirm what customers handed over.
    Inbox(cmd::inbox::Arguments),
    /// Make links for customers, and see how far each one is.
    Link(cmd::link::Arguments),
    /// Make and publish a vendor's keys.
    Vendor(cmd::vendor::Arguments),
    /// Hold what was seen on a live page against the portal files.
    Portal(cmd::portal::Arguments),
}

fn main() -> anyhow::Result<std::process::ExitCode> {
    match Arguments::parse().command {
        Command::Check(arguments) => cmd::check::run(&arguments),
        Command::Diagnose(arguments) => cmd::diagnose::run(&arguments),
        Command::Identify(arguments) => cmd::identify::run(&arguments),
        Command::Guide(arguments) => cmd::guide::run(&arguments),
        Command::Inbox(arguments) => cmd::inbox::run(&arguments),
        Command::Link(arguments) => cmd::link::run(&arguments),
        Command::Vendor(arguments) => cmd::vendor::run(&arguments),
        Command::Portal(arguments) => cmd::portal::run(&arguments),
    }
}
