//! `handrail vendor init`: a signing key, an identity to open bundles with, and the document.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use handrail_handover::jose::Jwk;
use handrail_handover::{Logo, Signing, WorkerEntry};
use handrail_seal::{Identity, Recipient};
use serde::Deserialize;

use crate::vendor::api::{Way, fetch};
use crate::vendor::keys::{Kept, Keys, Place};
use crate::vendor::{random, read_out};

/// `handrail vendor init`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The vendor's domain, as customers know it.
    #[arg(long)]
    domain: String,
    /// The vendor's name; the domain when not given.
    #[arg(long)]
    name: Option<String>,
    /// Where customers' questions go: an address or a page.
    #[arg(long)]
    support: Option<String>,
    /// Origin of a Worker to be used; its keys are asked for and pinned.
    #[arg(long = "at", value_name = "ORIGIN", required = true)]
    workers: Vec<String>,
    /// File with the Worker's JWK set, in place of asking for it.
    #[arg(long, value_name = "FILE")]
    worker_keys: Option<PathBuf>,
    /// Another reader's age recipient, e.g. of a safe or a second team.
    #[arg(long = "reader", value_name = "AGE1…")]
    readers: Vec<String>,
    /// A PNG file that customers see beside the domain: at most 16 KB and 512 pixels on a side.
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// Where the document is written.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Jwk>,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let domain = handrail_credential::domain(&arguments.domain)
        .with_context(|| format!("`{}` is no domain", arguments.domain))?;
    let mut workers = Vec::new();
    for origin in &arguments.workers {
        let origin = origin.trim_end_matches('/').to_owned();
        let keys = match &arguments.worker_keys {
            Some(file) => {
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
            }
            None => asked(way, &origin)?,
        };
        let set: KeySet =
            serde_json::from_str(&keys).with_context(|| format!("{origin} publishes no keys"))?;
        ensure!(
            !set.keys.is_empty() && set.keys.iter().all(|k| k.key().is_some()),
            "{origin} publishes other keys than Ed25519"
        );
        workers.push(WorkerEntry { origin, keys: set.keys });
    }
    let mut readers = Vec::new();
    for reader in &arguments.readers {
        let recipient: Recipient =
            reader.parse().with_context(|| format!("`{reader}` is no age recipient"))?;
        readers.push(handrail_handover::Reader {
            age: recipient.to_string(),
            name: String::new(),
            until: None,
        });
    }
    let keys = Keys {
        handrail_keys: 1,
        name: arguments.name.clone().unwrap_or_else(|| domain.clone()),
        domain,
        support: arguments.support.clone(),
        logo: arguments.logo.as_deref().map(logo_in).transpose()?,
        signing: vec![signing()],
        identities: vec![identity()],
        readers,
        workers,
        issuer: None,
    };
    let document = keys.document()?;
    let kept = place.write(&keys, false)?;
    println!("Private keys: {kept}");
    println!("  Keep a copy in a safe place: without them nothing that customers hand over can be opened.");
    println!("Fingerprint:  {}", read_out(&keys.signer()?.public()));
    println!("  Customers who knew other keys of yours ask for it; `handrail vendor verify` shows it again.");
    super::publish(&document, arguments.out.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn asked(way: &Way, origin: &str) -> anyhow::Result<String> {
    let agent = way.agent(origin)?;
    let (status, _, text) = fetch(&agent, &format!("{origin}/.well-known/jwks.json"))?;
    ensure!(status == 200, "{origin} answers {status} when asked for its keys");
    Ok(text)
}

/// The logo in a file.
pub(super) fn logo_in(file: &Path) -> anyhow::Result<Logo> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Logo::of(&bytes).with_context(|| format!("{} cannot be a logo", file.display()))
}

/// A new signing key.
pub(super) fn signing() -> Kept {
    Kept::new(Signing::from_seed(random()).to_text())
}

/// A new identity.
pub(super) fn identity() -> Kept {
    Kept::new(Identity::from_random(random()).to_text())
}
