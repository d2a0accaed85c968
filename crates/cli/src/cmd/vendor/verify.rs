//! `handrail vendor verify`: what the domain publishes, seen from outside and held against the private keys.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use handrail_handover::{DOCUMENT_PATH, VendorDocument, VendorKey, jose};

use super::init::logo_in;
use crate::vendor::api::{Way, fetch};
use crate::vendor::keys::Place;
use crate::vendor::{day, read_out, refused};

/// `handrail vendor verify`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Domain to look at; that of the key file when not given.
    #[arg(long)]
    domain: Option<String>,
    /// The PNG file that has to be the logo which is published.
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let own = if arguments.domain.is_none() { Some(place.read()?) } else { None };
    let named =
        arguments.domain.clone().or_else(|| own.as_ref().map(|keys| keys.domain.clone())).unwrap_or_default();
    let domain = handrail_credential::domain(&named).with_context(|| format!("`{named}` is no domain"))?;
    let url = format!("https://{domain}{DOCUMENT_PATH}");
    let (status, headers, text) = fetch(&way.agent(&url)?, &url)?;
    ensure!(
        !(300..400).contains(&status),
        "{url} is redirected; browsers are told to follow no redirect here"
    );
    ensure!(status == 200, "{url} answers {status}");
    let open = headers.iter().any(|(n, v)| n == "access-control-allow-origin" && v == "*");
    ensure!(open, "{url} is not served with `Access-Control-Allow-Origin: *`, so no browser can read it");
    let document = VendorDocument::parse(&text, &domain).map_err(refused)?;
    if let Some(logo) = &document.logo {
        logo.address().map_err(refused)?;
    }
    if let Some(file) = &arguments.logo {
        ensure!(
            document.logo == Some(logo_in(file)?),
            "{url} publishes another logo than {}, or none",
            file.display()
        );
    }
    if let Some(keys) = own {
        let expected = keys.document()?;
        ensure!(
            document == expected,
            "{url} is not what the key file says; publish it anew with `handrail vendor rotate --overlap 30` or copy the document"
        );
    }
    let vouchers = vouchers(&document)?;
    println!("{url} is right:");
    let oldest = document.keys.last();
    for (key, by) in document.keys.iter().zip(&vouchers) {
        show(key, by.as_deref(), oldest == Some(key));
    }
    for reader in &document.recipients {
        println!("  opens bundles {} {}", reader.age, reader.name);
    }
    if let Some(logo) = &document.logo {
        println!("  shows         a logo {}", logo.sha256);
    }
    for worker in &document.workers {
        println!("  uses          {}", worker.origin);
    }
    Ok(ExitCode::SUCCESS)
}

/// The key that vouches for each of the signing keys, by its thumbprint; of those that are published too it is proved.
fn vouchers(document: &VendorDocument) -> anyhow::Result<Vec<Option<String>>> {
    let keys = document.all_keys();
    let by = |key: &VendorKey| {
        let Some(voucher) = &key.voucher else { return Ok(None) };
        let by = jose::dangerous_key_id(voucher);
        let published = keys.iter().any(|key| Some(key.id()) == by);
        let wrong = by.is_none() || published && !key.is_vouched_for(&document.domain, &keys);
        ensure!(!wrong, "the voucher of a signing key is not by the key it names: publish the document anew");
        Ok(by)
    };
    document.keys.iter().map(by).collect()
}

/// A signing key, as customers ask for it who are warned.
fn show(key: &VendorKey, by: Option<&str>, is_oldest: bool) {
    let Some(public) = key.jwk.key() else { return };
    println!("  signs links   {}", public.id());
    println!("    to read out {}", read_out(&public));
    if let Some(until) = key.until {
        println!("    ends        {}", day(until));
    }
    match by {
        Some(by) => println!("    vouched for by {by}"),
        None if is_oldest => {}
        None => println!("    no older key vouches for it: who knows older ones alone is warned"),
    }
}
