//! Many rows: each credential once, with a pause between two, a line of result for each row.

use std::io::IsTerminal;
use std::time::Duration;

use handrail_credential::Secret;
use handrail_entra::{Case, Report, Verdict};
use serde_json::json;

use super::table::Row;
use crate::words::{plain, word};

/// Waits this long at most when Microsoft asks for patience, then goes on.
const LONGEST_WAIT: u32 = 120;

/// Checks all rows and prints their results; the answer is the worst verdict.
pub(super) fn run(
    base: &Case,
    rows: Vec<Row>,
    spacing: Duration,
    as_json: bool,
    verify: &mut dyn FnMut(Case) -> Report,
) -> Verdict {
    let total = rows.len();
    let progress = std::io::stderr().is_terminal();
    let mut done: Vec<(Vec<(String, Secret)>, Report)> = Vec::new();
    let mut verdicts = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        let key: Vec<(String, Secret)> = row.values.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let known = done.iter().position(|(k, _)| *k == key);
        let at_hand = known.and_then(|n| done.get(n)).map(|(_, r)| r.clone());
        let repeated = at_hand.is_some();
        let report = at_hand.unwrap_or_else(|| {
            if !done.is_empty() {
                std::thread::sleep(spacing);
            }
            patient(base, &row, verify)
        });
        print_row(&row, &report, as_json);
        verdicts.push(report.verdict);
        if progress {
            eprint!("\r{} of {total} ", at + 1);
        }
        if !repeated {
            done.push((key, report));
        }
    }
    if progress {
        eprintln!();
    }
    let any = |v| verdicts.contains(&v);
    [Verdict::Failed, Verdict::CouldNotTell, Verdict::Pending]
        .into_iter()
        .find(|v| any(*v))
        .unwrap_or(Verdict::Passed)
}

/// Asks once more when Microsoft asked to wait.
fn patient(base: &Case, row: &Row, verify: &mut dyn FnMut(Case) -> Report) -> Report {
    let case = || Case { values: row.values.clone(), ..base.clone() };
    let report = verify(case());
    let throttled = report.checks.iter().any(|c| c.code == "throttled");
    match report.retry_after {
        Some(seconds) if throttled => {
            std::thread::sleep(Duration::from_secs(u64::from(seconds.min(LONGEST_WAIT))));
            verify(case())
        }
        _ => report,
    }
}

/// One line for a row. The secret is not on it; the IDs are what the row is known by.
fn print_row(row: &Row, report: &Report, as_json: bool) {
    // EXPOSE: two IDs, by which the reader knows the row.
    let text = |id: &str| row.values.get(id).map_or("", |v| v.expose());
    let id = |name: &str| handrail_credential::guid(text(name).trim()).unwrap_or_default();
    let (tenant, client) = (id("tenant-id"), id("client-id"));
    let problem = report.first_problem();
    if as_json {
        println!(
            "{}",
            json!({"row": row.number, "tenant-id": tenant, "client-id": client, "report": report})
        );
        return;
    }
    let code = problem.map_or("", |c| c.code.as_str());
    let what = problem.map_or(String::new(), |c| plain(&c.what));
    println!("{}\t{tenant}\t{client}\t{}\t{code}\t{what}", row.number, word(report.verdict));
}

#[cfg(test)]
mod tests {
    use super::{Case, Report, Row, Verdict, run};
    use handrail_credential::Secret;
    use std::time::Duration;

    fn row(number: usize, secret: &str) -> Row {
        Row { number, values: [("client-secret".to_owned(), Secret::new(secret))].into_iter().collect() }
    }

    fn report(verdict: Verdict) -> Report {
        serde_json::from_value(serde_json::json!({
            "format": 1, "guide": "", "verdict": verdict, "retry-after": null, "time": "", "cloud": null,
            "tenant": null, "checks": [], "surplus": [], "missing": [], "not-checked": [], "ask": null,
        }))
        .unwrap()
    }

    #[test]
    fn the_same_credential_is_asked_once_and_the_worst_verdict_stands() {
        let mut asked = 0;
        let rows = vec![row(1, "a"), row(2, "b"), row(3, "a")];
        let verdict = run(&Case::default(), rows, Duration::ZERO, false, &mut |_| {
            asked += 1;
            report(if asked == 1 { Verdict::Passed } else { Verdict::CouldNotTell })
        });
        assert_eq!((asked, verdict), (2, Verdict::CouldNotTell));
    }
}
