//! `handrail link list`: all links and where each stands.

use std::process::ExitCode;

use serde::Deserialize;

use crate::vendor::api::Way;
use crate::vendor::keys::Place;
use crate::vendor::{day, for_terminal};

/// `handrail link list`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// A link in the vendor's index.
#[derive(Debug, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Row {
    /// Its code.
    pub(crate) code: String,
    /// Its guide.
    pub(crate) guide: String,
    /// What it is for.
    pub(crate) mode: String,
    /// The customer's reference.
    pub(crate) customer: String,
    /// Where it stands.
    pub(crate) standing: String,
    /// When it ends.
    pub(crate) expires: i64,
    /// Which hand-over is the current one.
    pub(crate) version: u32,
    /// How far the customer is, where that is shared: step, its number, of how many.
    #[serde(default)]
    pub(crate) step: Option<String>,
    /// Verdict of the last check.
    #[serde(default)]
    pub(crate) verdict: Option<String>,
    /// When the credential ends.
    pub(crate) ends: Option<String>,
    /// Until when the service keeps what was handed over, if it is not confirmed before.
    #[serde(default)]
    pub(crate) kept_until: Option<i64>,
}

/// The answer to a question for links.
#[derive(Deserialize)]
pub(crate) struct Rows {
    /// The links.
    pub(crate) links: Vec<Row>,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let api = way.api(&place.read()?)?;
    let rows: Rows = api.ask("GET", "/api/vendor/links", None)?;
    print(&rows.links, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints links.
pub(crate) fn print(rows: &[Row], json: bool) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(rows)?);
        return Ok(());
    }
    for row in rows {
        let told = |label: &str, what: &Option<String>| {
            what.as_deref().map(|what| format!("  {label} {}", for_terminal(what))).unwrap_or_default()
        };
        let kept = row.kept_until.map(day);
        let more = [
            told("at", &row.step),
            told("last check", &row.verdict),
            told("credential ends", &row.ends),
            told("deleted there after", &kept),
        ]
        .concat();
        println!(
            "{}  {:<12}  {:<20}  {}/{}  until {}{more}",
            for_terminal(&row.code),
            for_terminal(&row.standing),
            for_terminal(&row.customer),
            for_terminal(&row.guide),
            for_terminal(&row.mode),
            day(row.expires)
        );
    }
    if rows.is_empty() {
        println!("none");
    }
    Ok(())
}
