//! `handrail link revoke|reopen|first-data`: one press on the vendor's side.

use std::process::ExitCode;

use serde_json::Value;

use crate::vendor::api::Way;
use crate::vendor::code_in;
use crate::vendor::keys::Place;

/// `handrail link revoke|reopen|first-data`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The link, or its code.
    link: String,
}

pub(super) fn run(
    place: &Place,
    way: &Way,
    arguments: &Arguments,
    verb: &str,
    told: &str,
) -> anyhow::Result<ExitCode> {
    let code = code_in(&arguments.link)?;
    let api = way.api(&place.read()?)?;
    let _: Value = api.ask("POST", &format!("/api/links/{code}/{verb}"), None)?;
    println!("{code} is {told}.");
    Ok(ExitCode::SUCCESS)
}
