//! `handrail inbox …`: one file per sub-command.

mod collect;
mod due;
mod form;
mod open;
mod prove;

use std::process::ExitCode;

use clap::Subcommand;

pub(crate) use self::prove::{open_own, statement_for};

use crate::vendor::api::Way;
use crate::vendor::keys::Place;

/// `handrail inbox …`
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
    /// List what was handed over and not confirmed yet.
    List(due::ListArguments),
    /// Fetch sealed bundles into files; they stay with the Worker until they are confirmed.
    Collect(collect::Arguments),
    /// Open a collected bundle, if everything about it agrees.
    Open(open::Arguments),
    /// Try what was handed over without a secret, with your own key, and tell the customer how it went.
    Prove(prove::Arguments),
    /// Confirm that a bundle is safe with you; the Worker then deletes it.
    Ack(collect::AckArguments),
    /// List what the Worker deletes soon because it is not confirmed, and the customers whose credential ends soon.
    Due(due::Arguments),
}

/// Runs the sub-command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (place, way) = (&arguments.place, &arguments.way);
    match &arguments.command {
        Command::List(own) => due::list(place, way, own),
        Command::Collect(own) => collect::run(place, way, own),
        Command::Open(own) => open::run(place, way, own),
        Command::Prove(own) => prove::run(place, way, own),
        Command::Ack(own) => collect::ack(place, way, own),
        Command::Due(own) => due::run(place, way, own),
    }
}
