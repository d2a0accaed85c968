//! `handrail inbox collect` and `handrail inbox ack`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_handover::{Code, Envelope};
use serde_json::{Value, json};

use super::due::WAITING;
use crate::cmd::link::Rows;
use crate::vendor::api::{Api, Way};
use crate::vendor::keys::Place;
use crate::vendor::{code_in, files, refused};

/// `handrail inbox collect`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The link, or its code; everything that waits when not given.
    link: Option<String>,
    /// Folder the files go to.
    #[arg(long, default_value = ".")]
    into: PathBuf,
}

/// `handrail inbox ack`
#[derive(clap::Args)]
pub(super) struct AckArguments {
    /// The file that was collected.
    file: PathBuf,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let api = way.api(&place.read()?)?;
    let codes = match &arguments.link {
        Some(link) => vec![code_in(link)?],
        None => waiting(&api)?,
    };
    std::fs::create_dir_all(&arguments.into)?;
    for code in &codes {
        let envelope: Envelope = api.ask("POST", &format!("/api/links/{code}/collect"), None)?;
        let file = save(&arguments.into, code.as_str(), &envelope)?;
        println!("{}", file.display());
    }
    if codes.is_empty() {
        eprintln!("Nothing waits.");
    }
    Ok(ExitCode::SUCCESS)
}

/// What the service says waits. It makes the names of files, so it has to be codes.
fn waiting(api: &Api) -> anyhow::Result<Vec<Code>> {
    let rows: Rows = api.ask("GET", "/api/vendor/links", None)?;
    let waits = rows.links.into_iter().filter(|row| WAITING.contains(&row.standing.as_str()));
    waits.map(|row| code_in(&row.code)).collect()
}

/// The envelope, and the bare age file beside it for any age tool.
fn save(folder: &Path, code: &str, envelope: &Envelope) -> anyhow::Result<PathBuf> {
    let file = folder.join(format!("{code}.v{}.handrail.json", envelope.version));
    files::write_private(&file, serde_json::to_string_pretty(envelope)?.as_bytes())?;
    let sealed = envelope.sealed_bytes().map_err(refused)?;
    files::write_private(&folder.join(format!("{code}.v{}.age", envelope.version)), &sealed)?;
    Ok(file)
}

/// Reads an envelope's file.
pub(super) fn read(file: &Path) -> anyhow::Result<Envelope> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no collected bundle", file.display()))
}

pub(super) fn ack(place: &Place, way: &Way, arguments: &AckArguments) -> anyhow::Result<ExitCode> {
    let envelope = read(&arguments.file)?;
    let claims: handrail_handover::LinkClaims =
        handrail_handover::jose::dangerous_claims(&envelope.link).context("the file names no link")?;
    let api = way.api(&place.read()?)?;
    let target = format!("/api/links/{}/acknowledge", code_in(&claims.jti)?);
    let _: Value = api.ask("POST", &target, Some(&json!({"version": envelope.version})))?;
    println!("{} version {} is confirmed and deleted there.", claims.jti, envelope.version);
    Ok(ExitCode::SUCCESS)
}
