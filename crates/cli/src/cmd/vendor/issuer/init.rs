//! `handrail vendor issuer init` and `rotate`: the key beside the vendor's other keys, and the files to publish.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use handrail_handover::is_issuer_of;

use super::publish;
use crate::vendor::issuer::{Issuer, make_key};
use crate::vendor::keys::Place;
use crate::vendor::{day, now};

/// `handrail vendor issuer init`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Path of the issuer below the vendor's domain; empty for the domain itself.
    #[arg(long, default_value = "handrail")]
    path: String,
    /// Folder the files are written to, as they are laid out on the web server.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
}

/// `handrail vendor issuer rotate`
#[derive(clap::Args)]
pub(super) struct RotateArguments {
    /// Days in which the old key is still published.
    #[arg(long, default_value_t = 30)]
    overlap: u32,
    /// Folder the files are written to.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

pub(super) fn run(place: &Place, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut keys = place.read()?;
    if let Some(there) = &keys.issuer {
        anyhow::bail!(
            "there is an issuer: {}; customers trust it by this address, so it stays. `rotate` replaces its key.",
            there.url
        );
    }
    let path = arguments.path.trim_matches('/');
    let url = format!("https://{}{}{path}", keys.domain, if path.is_empty() { "" } else { "/" });
    ensure!(is_issuer_of(&url, &keys.domain), "`{path}` is no plain path: letters, digits, - and _");
    let issuer = Issuer { url, keys: vec![make_key()?] };
    publish(&issuer, &keys.domain, &arguments.out)?;
    keys.issuer = Some(issuer);
    println!("Private keys: {}", place.write(&keys, true)?);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn rotate(place: &Place, arguments: &RotateArguments) -> anyhow::Result<ExitCode> {
    let mut keys = place.read()?;
    let domain = keys.domain.clone();
    let ends = now().saturating_add(i64::from(arguments.overlap).saturating_mul(DAY));
    let issuer =
        keys.issuer.as_mut().context("there is no issuer: make it with `handrail vendor issuer init`")?;
    for old in &mut issuer.keys {
        old.until = Some(old.until.map_or(ends, |until| until.min(ends)));
    }
    issuer.keys.insert(0, make_key()?);
    publish(issuer, &domain, &arguments.out)?;
    println!("Private keys: {}; the old one ends on {}", place.write(&keys, true)?, day(ends));
    println!("  Publish before the next statement is signed: the new key signs from now on.");
    Ok(ExitCode::SUCCESS)
}
