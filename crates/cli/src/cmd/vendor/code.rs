//! `handrail vendor code`: a one-time code for the vendor's page. The service is told its digest, never the code.

use std::process::ExitCode;

use handrail_handover::{Code, jose};
use serde::Deserialize;
use serde_json::json;

use crate::vendor::api::Way;
use crate::vendor::keys::Place;
use crate::vendor::{now, random};

#[derive(Deserialize)]
struct Offered {
    until: i64,
}

/// Seconds of a minute.
const MINUTE: i64 = 60;

pub(super) fn run(place: &Place, way: &Way) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let api = way.api(&keys)?;
    let code = Code::from_random(random());
    let body = json!({"digest": jose::digest(code.as_str().as_bytes())});
    let offered: Offered = api.ask("PUT", "/api/vendor/code", Some(&body))?;
    let minutes = offered.until.saturating_sub(now()).max(0) / MINUTE;
    println!("{code}");
    eprintln!(
        "Enter it within {minutes} minutes at {}/vendor?domain={}; it opens the page once, for an hour.",
        api.origin(),
        keys.domain
    );
    Ok(ExitCode::SUCCESS)
}
