//! `handrail guide coverage`

use std::path::Path;
use std::process::ExitCode;

use handrail_guide::load::coverage;

/// Prints what became of every statement of the vendors' documents; the exit code is 1 when one has no fate.
pub(super) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let rows = coverage(&super::library(root)?);
    for row in &rows {
        let fates = row
            .fates
            .iter()
            .map(|(fate, guide, part)| format!("{}: {guide}, {part}", fate.word()))
            .collect::<Vec<_>>();
        let fates = if fates.is_empty() { "NO FATE".to_owned() } else { fates.join("; ") };
        println!("{:<9} {:<60} {fates}", row.statement, row.about);
    }
    let covered = rows.iter().filter(|row| !row.fates.is_empty()).count();
    println!("\n{covered} of {} statements", rows.len());
    Ok(if covered == rows.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
