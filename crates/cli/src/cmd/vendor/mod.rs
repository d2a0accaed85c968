//! `handrail vendor …`: one file per sub-command.

mod code;
mod init;
mod issuer;
mod rotate;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use handrail_handover::VendorDocument;

use crate::vendor::api::Way;
use crate::vendor::keys::Place;

/// `handrail vendor …`
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
    /// Make keys and the document to publish.
    Init(init::Arguments),
    /// Replace keys, with a time in which old and new ones count.
    Rotate(rotate::Arguments),
    /// Check what the domain publishes, as a customer's browser will see it.
    Verify(verify::Arguments),
    /// Make a one-time code for the page that shows where your links stand.
    Code,
    /// The OpenID issuer of federated credentials: nothing secret is handed over then.
    Issuer(issuer::Arguments),
}

/// Runs the sub-command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Init(own) => init::run(&arguments.place, &arguments.way, own),
        Command::Rotate(own) => rotate::run(&arguments.place, own),
        Command::Verify(own) => verify::run(&arguments.place, &arguments.way, own),
        Command::Code => code::run(&arguments.place, &arguments.way),
        Command::Issuer(own) => issuer::run(&arguments.place, &arguments.way, own),
    }
}

/// File the document is written to when nothing else is said: as it is laid out on the web server.
const OUT: &str = ".well-known/handrail.json";

/// Writes the document and says where it belongs.
fn publish(document: &VendorDocument, out: Option<&Path>) -> anyhow::Result<()> {
    let out = out.map_or_else(|| PathBuf::from(OUT), Path::to_path_buf);
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = format!("{}\n", serde_json::to_string_pretty(document)?);
    std::fs::write(&out, text).with_context(|| format!("cannot write {}", out.display()))?;
    println!("Document:     {}", out.display());
    println!("Publish it at https://{}{}", document.domain, handrail_handover::DOCUMENT_PATH);
    println!("  with `Access-Control-Allow-Origin: *` and no redirect; then run `handrail vendor verify`.");
    Ok(())
}
