//! `handrail link …`: one file per sub-command.

mod change;
mod list;
mod message;
mod new;

use std::process::ExitCode;

use clap::Subcommand;

pub(crate) use self::list::{Row, Rows, print};

use crate::vendor::api::Way;
use crate::vendor::keys::Place;

/// `handrail link …`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    way: Way,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a link, or one for every customer of a file, with a message ready to send.
    New(Box<new::Arguments>),
    /// List all links and where each stands.
    List(list::Arguments),
    /// Take a link back; what was handed over under it is deleted.
    Revoke(change::Arguments),
    /// Let the customer hand over once more.
    Reopen(change::Arguments),
    /// Tell the customer that first data was seen.
    FirstData(change::Arguments),
}

/// Runs the sub-command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (place, way) = (&arguments.place, &arguments.way);
    match &arguments.command {
        Command::New(own) => new::run(place, way, own),
        Command::List(own) => list::run(place, way, own),
        Command::Revoke(own) => change::run(place, way, own, "revoke", "withdrawn"),
        Command::Reopen(own) => change::run(place, way, own, "reopen", "open for another hand-over"),
        Command::FirstData(own) => change::run(place, way, own, "first-data", "marked: first data was seen"),
    }
}
