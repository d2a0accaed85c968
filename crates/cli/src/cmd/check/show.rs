//! A report for a terminal.

use std::fmt::Write as _;

use handrail_entra::{Report, Verdict};

use crate::words::{plain, word};

/// The whole report: each check, then what is missing, what is too much, what nobody looked at.
pub(super) fn report(report: &Report) -> String {
    let mut out = String::new();
    for check in report.checks.iter().filter(|c| !(report.guide.is_empty() && c.id == "surplus")) {
        let _ = writeln!(out, "{:>14}  {}", word(check.verdict), plain(&check.what));
        if !check.next.is_empty() {
            let _ = writeln!(out, "{:>14}  {}", "", plain(&check.next));
        }
        let ids: Vec<String> = [
            check.aadsts.map(|n| format!("AADSTS{n}")),
            check.correlation_id.as_ref().map(|id| format!("correlation {id}")),
            check.trace_id.as_ref().map(|id| format!("trace {id}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if check.verdict != Verdict::Passed && !ids.is_empty() {
            let _ = writeln!(out, "{:>14}  {}, {}", "", ids.join(", "), check.at);
        }
    }
    let title = if report.guide.is_empty() { "Permissions" } else { "Not asked for" };
    let lists = [("Missing", &report.missing), (title, &report.surplus)];
    for (title, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let names: Vec<String> = list.iter().map(|m| format!("{} ({})", m.role, m.resource)).collect();
        let _ = writeln!(out, "\n{title}: {}", names.join(", "));
    }
    for text in &report.not_checked {
        let _ = writeln!(out, "\nNot checked: {}", plain(text));
    }
    if let (Some(ask), true) = (&report.ask, report.verdict != Verdict::Passed) {
        let _ = writeln!(out, "\nThese sign-ins in your own logs ({}):\n{}", plain(&ask.place), ask.query);
    }
    let _ = writeln!(out, "\n{}", word(report.verdict));
    out
}
