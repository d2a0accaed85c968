//! The `handrail` command: guides for authors, checks for everybody.

mod cmd;
mod csv;
mod input;
mod microsoft;
pub mod outside;
mod vendor;
mod words;

use clap::{CommandFactory, Parser, Subcommand};

/// Guides an administrator through vendors' Microsoft 365 integrations, and proves the result.
#[derive(Parser)]
#[command(name = "handrail", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check every row of a table; goes on after an interruption.
    Batch(cmd::batch::Arguments),
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
    /// Check what a vendor's link asks for, seal it and hand it over, without a browser.
    HandOver(cmd::hand_over::Arguments),
    /// Make links for customers, and see how far each one is.
    Link(cmd::link::Arguments),
    /// Explain a token without trusting it.
    Token(cmd::token::Arguments),
    /// Hold an installed copy of the extension against a build of its source.
    VerifyInstall(cmd::verify_install::Arguments),
    /// What changed since last time, and what ends soon; for a timer.
    Watch(cmd::watch::Arguments),
    /// Print completions for a shell.
    Completions(cmd::manual::Completions),
    /// Print the manual page, in roff.
    Man,
    /// Make and publish a vendor's keys.
    Vendor(cmd::vendor::Arguments),
    /// Make and check newer labels for installed copies.
    Pack(cmd::pack::Arguments),
    /// Hold what was seen on a live page against the portal files.
    Portal(cmd::portal::Arguments),
}

/// Runs what the command line says.
///
/// # Errors
/// When the command cannot do its work at all; what it found is in its output and exit code.
pub fn main() -> anyhow::Result<std::process::ExitCode> {
    match Arguments::parse().command {
        Command::Batch(arguments) => cmd::batch::run(&arguments),
        Command::Check(arguments) => cmd::check::run(&arguments),
        Command::Diagnose(arguments) => cmd::diagnose::run(&arguments),
        Command::Identify(arguments) => cmd::identify::run(&arguments),
        Command::Guide(arguments) => cmd::guide::run(&arguments),
        Command::Inbox(arguments) => cmd::inbox::run(&arguments),
        Command::HandOver(arguments) => cmd::hand_over::run(&arguments),
        Command::Link(arguments) => cmd::link::run(&arguments),
        Command::Token(arguments) => cmd::token::run(&arguments),
        Command::VerifyInstall(arguments) => cmd::verify_install::run(&arguments),
        Command::Watch(arguments) => cmd::watch::run(&arguments),
        Command::Completions(arguments) => cmd::manual::completions(&arguments, &mut Arguments::command()),
        Command::Man => cmd::manual::page(Arguments::command()),
        Command::Vendor(arguments) => cmd::vendor::run(&arguments),
        Command::Pack(arguments) => cmd::pack::run(&arguments),
        Command::Portal(arguments) => cmd::portal::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    /// What `clap` finds wrong with a command, it says only when that command is typed.
    #[test]
    fn every_command_can_be_typed() {
        super::Arguments::command().debug_assert();
    }
}
