//! Build, demo, test, bench, package: one command list, for people and for CI alike.
//!
//! Each command is one file under `cmd/`; what makes the artefacts lives under `build/`.

mod build;
mod cmd;
mod group;
mod paths;
#[path = "../../tests/world/src/browser/programs.rs"]
mod programs;
mod run;
mod stamp;
mod workspace;

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
    /// Check roles, names and queries of the location engine against a file of cases, in a browser.
    Conformance(cmd::conformance::Args),
    /// Watch the whole journey: from a fresh clone to the verdict.
    Demo(cmd::demo::Args),
    /// Prove everything.
    Test(cmd::test::Args),
    /// Check the rules of this project that no compiler knows.
    Tidy,
    /// Measure against the bars.
    #[command(subcommand)]
    Bench(cmd::bench::Bench),
    /// Make a picture of every screen: target/handrail/gallery/index.html.
    Gallery,
    /// Run every command that the documents tell a reader to type.
    Docs,
    /// Pack the extension for the browsers' stores.
    Package,
    /// Take away what `tools` put into the clone, and what was built with it.
    CleanTools,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command and answers whether all is well; an error is one that nobody has been told yet.
fn run(command: Command) -> anyhow::Result<bool> {
    group::watch_for_interrupt()?;
    match command {
        Command::Tools => cmd::tools::run()?,
        Command::Build(args) => cmd::build::run(&args)?,
        Command::Conformance(args) => cmd::conformance::run(&args)?,
        Command::Demo(args) => cmd::demo::run(&args)?,
        Command::Test(args) => return cmd::test::run(&args),
        Command::Tidy => cmd::tidy::run()?,
        Command::Gallery => cmd::gallery::run()?,
        Command::Docs => cmd::docs::run_all()?,
        Command::Package => cmd::package::run()?,
        Command::CleanTools => cmd::clean_tools::run()?,
        Command::Bench(bench) => cmd::bench::run(&bench)?,
    }
    Ok(true)
}
