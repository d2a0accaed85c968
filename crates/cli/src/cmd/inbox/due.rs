//! `handrail inbox list` and `handrail inbox due`.

use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::cmd::link::{Rows, print};
use crate::vendor::api::Way;
use crate::vendor::keys::Place;

/// `handrail inbox list`
#[derive(clap::Args)]
pub(super) struct ListArguments {
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// `handrail inbox due`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How soon, e.g. `60d`.
    #[arg(long, default_value = "60d")]
    within: String,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// What waits for the vendor.
pub(super) const WAITING: [&str; 2] = ["handed-over", "collected"];

pub(super) fn list(place: &Place, way: &Way, arguments: &ListArguments) -> anyhow::Result<ExitCode> {
    let mut rows: Rows = way.api(&place.read()?)?.ask("GET", "/api/vendor/links", None)?;
    rows.links.retain(|row| WAITING.contains(&row.standing.as_str()));
    print(&rows.links, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let days = arguments.within.trim_end_matches('d');
    let days: u32 = days.parse().context("--within takes days, e.g. 60d")?;
    ensure!(days <= 3_660, "--within takes at most ten years");
    let rows: Rows = way.api(&place.read()?)?.ask("GET", &format!("/api/vendor/due?within={days}"), None)?;
    print(&rows.links, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}
