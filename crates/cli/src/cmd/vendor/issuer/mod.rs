//! `handrail vendor issuer …`: the static OpenID issuer with which no customer has to hand a secret over.

mod assertion;
mod init;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use handrail_handover::CONFIGURATION_PATH;
use serde_json::Value;

use crate::vendor::api::Way;
use crate::vendor::issuer::{Issuer, KEYS_FILE};
use crate::vendor::keys::{Keys, Place};
use crate::vendor::now;

/// `handrail vendor issuer …`
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the issuer's key, and the files to publish.
    Init(init::Arguments),
    /// Replace the key, with a time in which the old and the new one count.
    Rotate(init::RotateArguments),
    /// Check what is published, as Microsoft will read it.
    Verify,
    /// Sign the statement for one hand-over, for a program that asks for its own tokens.
    Assertion(assertion::Arguments),
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Init(own) => init::run(place, own),
        Command::Rotate(own) => init::rotate(place, own),
        Command::Verify => verify::run(place, way),
        Command::Assertion(own) => assertion::run(place, own),
    }
}

/// The issuer of a key file.
fn issuer_of(keys: &Keys) -> anyhow::Result<&Issuer> {
    keys.issuer.as_ref().context("there is no issuer: make it with `handrail vendor issuer init`")
}

/// The two files: where each is below the issuer, and what is in it.
fn files_of(issuer: &Issuer) -> anyhow::Result<[(String, Value); 2]> {
    let keys = (format!("/{KEYS_FILE}"), issuer.key_set(now())?);
    Ok([(CONFIGURATION_PATH.to_owned(), issuer.configuration()), keys])
}

/// Writes the files as they are laid out on the web server, and says where they belong.
fn publish(issuer: &Issuer, domain: &str, out: &Path) -> anyhow::Result<()> {
    let path = issuer.url.strip_prefix(&format!("https://{domain}")).unwrap_or_default();
    println!("Issuer:       {}", issuer.url);
    for (at, content) in files_of(issuer)? {
        let file = out.join(format!("{path}{at}").trim_start_matches('/'));
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, format!("{content:#}\n"))
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("Publish       {} at {}{at}", file.display(), issuer.url);
    }
    println!("  without a redirect; then run `handrail vendor issuer verify`.");
    Ok(())
}
