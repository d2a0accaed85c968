//! `handrail vendor issuer verify`: the published files, held against the key file.

use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{files_of, issuer_of};
use crate::vendor::api::{Way, fetch};
use crate::vendor::keys::Place;

pub(super) fn run(place: &Place, way: &Way) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let issuer = issuer_of(&keys)?;
    for (at, expected) in files_of(issuer)? {
        let url = format!("{}{at}", issuer.url);
        let (status, _, text) = fetch(&way.agent(&url)?, &url)?;
        ensure!(status == 200, "{url} answers {status}");
        let published: Value =
            serde_json::from_str(&text).ok().with_context(|| format!("{url} is no JSON"))?;
        ensure!(
            published == expected,
            "{url} is not what the key file says; publish the files of `handrail vendor issuer rotate` or `init`"
        );
        println!("{url} is right.");
    }
    Ok(ExitCode::SUCCESS)
}
