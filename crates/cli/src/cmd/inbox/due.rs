//! `handrail inbox list` and `handrail inbox due`.

use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::cmd::link::{Row, Rows, print};
use crate::vendor::api::Way;
use crate::vendor::keys::Place;
use crate::vendor::now;

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
    let api = way.api(&place.read()?)?;
    let mut rows: Rows = api.ask("GET", &format!("/api/vendor/due?within={days}"), None)?;
    // What is not confirmed is due as well: the service deletes it.
    let until = now().saturating_add(i64::from(days).saturating_mul(86_400));
    let all: Rows = api.ask("GET", "/api/vendor/links", None)?;
    let is_new = |row: &Row| rows.links.iter().all(|due| due.code != row.code);
    let soon = |row: &Row| row.kept_until.is_some_and(|kept| kept <= until) && is_new(row);
    let mut waiting: Vec<Row> = all.links.into_iter().filter(soon).collect();
    waiting.sort_by_key(|row| row.kept_until);
    rows.links.splice(0..0, waiting);
    print(&rows.links, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}
