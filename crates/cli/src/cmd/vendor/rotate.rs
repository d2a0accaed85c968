//! `handrail vendor rotate`: new keys beside the old ones, which end after an overlap and vouch for the new ones.

use std::path::PathBuf;
use std::process::ExitCode;

use super::init::{identity, logo_in, signing};
use crate::vendor::keys::{Kept, Place};
use crate::vendor::{day, now};

/// `handrail vendor rotate`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Replace the signing key alone.
    #[arg(long, conflicts_with = "recipient")]
    signing: bool,
    /// Replace the identity alone.
    #[arg(long)]
    recipient: bool,
    /// Days in which old and new keys count. Links made before are good until the old keys end.
    #[arg(long, default_value_t = 30)]
    overlap: u32,
    /// Replace the logo alone, by this PNG file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["signing", "recipient", "overlap"])]
    logo: Option<PathBuf>,
    /// Where the document is written.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

pub(super) fn run(place: &Place, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut keys = place.read()?;
    let ends = now().saturating_add(i64::from(arguments.overlap).saturating_mul(DAY));
    if let Some(file) = &arguments.logo {
        keys.logo = Some(logo_in(file)?);
        let document = keys.document()?;
        println!("Private keys: {}, the same as before", place.write(&keys, true)?);
        super::publish(&document, arguments.out.as_deref())?;
        return Ok(ExitCode::SUCCESS);
    }
    if !arguments.recipient {
        replace(&mut keys.signing, signing(), ends);
        keys.vouch(now())?;
    }
    if !arguments.signing {
        replace(&mut keys.identities, identity(), ends);
    }
    let document = keys.document()?;
    let kept = place.write(&keys, true)?;
    println!("Private keys: {kept}; the old ones end on {}", day(ends));
    println!("  Old identities stay in the file: they open what was sealed to them.");
    if !arguments.recipient {
        println!("  The old signing key vouches for the new one: customers who know it are not warned.");
    }
    super::publish(&document, arguments.out.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn replace(keys: &mut Vec<Kept>, new: Kept, ends: i64) {
    for old in keys.iter_mut() {
        old.until = Some(old.until.map_or(ends, |until| until.min(ends)));
    }
    keys.insert(0, new);
}
