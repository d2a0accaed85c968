//! `handrail watch`: checks a table of rows, says what changed since last time and what ends soon. Made for a timer.
//!
//! Exit codes: 0 nothing to do, 1 something got worse or ends soon, 2 usage, 4 nothing of that, but of a row nobody could
//! tell. The state file holds verdicts, no secret.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use handrail_entra::Verdict;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::batch::Input;
use super::batch::engine::Done;
use crate::cmd::check::exit;
use crate::microsoft;
use crate::words::word;

/// `handrail watch`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// File that remembers the last results.
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// Also tell what ends within so many days, by the end date in the table.
    #[arg(long, default_value_t = 30)]
    days: i64,
    /// Print JSON, one object a line for each thing to tell.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    verdict: Verdict,
    code: String,
}

/// One thing to tell.
struct News {
    tenant: String,
    client: String,
    kind: &'static str,
    text: String,
    alarm: bool,
}

/// Kinds of news that say that nobody could tell.
const UNSURE: [&str; 2] = ["could-not-tell", "end-unread"];

/// What the news comes down to: a timer must not take silence of Microsoft, or a broken table, for good news.
fn outcome(news: &[News]) -> Verdict {
    if news.iter().any(|n| n.alarm) {
        Verdict::Failed
    } else if news.iter().any(|n| UNSURE.contains(&n.kind)) {
        Verdict::CouldNotTell
    } else {
        Verdict::Passed
    }
}

/// Checks and compares.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    match watched(arguments) {
        Ok(outcome) => Ok(exit(outcome)),
        Err(error) => {
            eprintln!("handrail: {error:#}");
            Ok(ExitCode::from(2))
        }
    }
}

fn watched(arguments: &Arguments) -> Result<Verdict> {
    let (engine, rows) = arguments.input.open()?;
    let before: BTreeMap<String, Known> = match std::fs::read_to_string(&arguments.state) {
        Ok(text) => serde_json::from_str(&text)
            .with_context(|| format!("{} is no state of a watch", arguments.state.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", arguments.state.display()));
        }
    };
    let mut all = Vec::new();
    engine.run(rows, &mut |done| all.push(done));
    all.sort_by_key(|done| done.number);
    let today = microsoft::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let news: Vec<News> = all.iter().flat_map(|done| tell(done, &before, today, arguments.days)).collect();
    for one in &news {
        if arguments.json {
            println!(
                "{}",
                json!({"tenant-id": one.tenant, "client-id": one.client, "kind": one.kind, "what": one.text, "alarm": one.alarm})
            );
        } else {
            println!("{}\t{}\t{}\t{}", one.tenant, one.client, one.kind, one.text);
        }
    }
    let after: BTreeMap<String, Known> =
        all.iter().map(|done| (key(done), remembered(done, &before))).collect();
    save(arguments, &after)?;
    Ok(outcome(&news))
}

fn key(done: &Done) -> String {
    format!("{}/{}", done.tenant, done.client)
}

/// What nobody could tell this time does not wipe out what was known.
fn remembered(done: &Done, before: &BTreeMap<String, Known>) -> Known {
    let now = Known { verdict: done.verdict(), code: done.code() };
    match before.get(&key(done)) {
        Some(known) if now.verdict == Verdict::CouldNotTell => known.clone(),
        _ => now,
    }
}

fn tell(done: &Done, before: &BTreeMap<String, Known>, today: Date, days: i64) -> Vec<News> {
    let news = |kind, text, alarm| News {
        tenant: done.tenant.clone(),
        client: done.client.clone(),
        kind,
        text,
        alarm,
    };
    let (verdict, code) = (done.verdict(), done.code());
    let mut out = Vec::new();
    match before.get(&key(done)) {
        None if verdict == Verdict::Failed => {
            out.push(news("failed", format!("{} ({code})", done.what()), true))
        }
        _ if verdict == Verdict::CouldNotTell => {
            out.push(news("could-not-tell", format!("{} ({code})", done.what()), false));
        }
        None => out.push(news("new", word(verdict).to_owned(), false)),
        Some(known) if known.verdict == verdict && known.code == code => {}
        Some(known) => {
            let text = format!("was {}, is {}: {} ({code})", word(known.verdict), word(verdict), done.what());
            out.push(news("changed", text, verdict == Verdict::Failed));
        }
    }
    match done.expires.as_deref().map(date) {
        None => {}
        // What stands there is not repeated: who mixes columns up has a secret in it.
        Some(None) => {
            let text = "the end date is not understood; write it like 2027-05-21".to_owned();
            out.push(news("end-unread", text, false));
        }
        Some(Some(end)) => match i64::from((end - today).get_days()) {
            left if left < 0 => out.push(news("ended", format!("the end date {end} has passed"), true)),
            left if left > days => {}
            0 => out.push(news("ends-soon", format!("ends today, {end}"), true)),
            1 => out.push(news("ends-soon", format!("ends tomorrow, {end}"), true)),
            left => out.push(news("ends-soon", format!("ends on {end}, in {left} days"), true)),
        },
    }
    out
}

/// `2027-05-21`, also with a time behind it.
fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// Written whole, then moved: a timer that is killed leaves the old state.
fn save(arguments: &Arguments, after: &BTreeMap<String, Known>) -> Result<()> {
    let mut name = arguments.state.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    std::fs::write(&new, serde_json::to_vec_pretty(after)?)
        .with_context(|| format!("cannot write {}", new.display()))?;
    std::fs::rename(&new, &arguments.state)
        .with_context(|| format!("cannot write {}", arguments.state.display()))
}

#[cfg(test)]
mod tests {
    use super::{Known, outcome, tell};
    use crate::cmd::batch::engine::{Done, Outcome};
    use handrail_entra::Verdict;
    use std::collections::BTreeMap;

    fn done(verdict: Verdict, expires: Option<&str>) -> Done {
        let report = serde_json::from_value(serde_json::json!({
            "format": 1, "guide": "", "verdict": verdict, "retry-after": null, "time": "", "cloud": null,
            "tenant": null, "checks": [], "surplus": [], "missing": [], "not-checked": [], "ask": null,
        }))
        .unwrap();
        Done {
            number: 1,
            tenant: "t".into(),
            client: "c".into(),
            expires: expires.map(str::to_owned),
            outcome: Outcome::Report(std::sync::Arc::new(report)),
        }
    }

    #[test]
    fn changes_and_ends_are_told() {
        let today = jiff::civil::date(2026, 11, 22);
        let kinds = |verdict, before: Option<Verdict>, expires| {
            let known = before.map(|verdict| ("t/c".to_owned(), Known { verdict, code: String::new() }));
            let known: BTreeMap<String, Known> = known.into_iter().collect();
            let news = tell(&done(verdict, expires), &known, today, 30);
            news.iter().map(|n| (n.kind, n.alarm)).collect::<Vec<_>>()
        };
        use Verdict::{CouldNotTell, Failed, Passed};
        assert_eq!(kinds(Passed, None, None), [("new", false)]);
        assert_eq!(kinds(Passed, Some(Passed), None), []);
        assert_eq!(kinds(Failed, Some(Passed), None), [("changed", true)]);
        assert_eq!(kinds(Passed, Some(Failed), None), [("changed", false)]);
        assert_eq!(kinds(CouldNotTell, Some(Passed), None), [("could-not-tell", false)]);
        assert_eq!(kinds(Passed, Some(Passed), Some("2026-12-22")), [("ends-soon", true)]);
        assert_eq!(kinds(Passed, Some(Passed), Some("2026-12-23")), []);
        assert_eq!(kinds(Passed, Some(Passed), Some("2026-11-21T00:00:00Z")), [("ended", true)]);
        assert_eq!(kinds(CouldNotTell, None, None), [("could-not-tell", false)]);
        assert_eq!(kinds(Passed, Some(Passed), Some("22.11.2026")), [("end-unread", false)]);
    }

    #[test]
    fn a_timer_hears_when_nobody_could_tell_and_reads_days_as_people_say_them() {
        let news = |verdict, expires| {
            tell(&done(verdict, expires), &BTreeMap::new(), jiff::civil::date(2026, 11, 22), 30)
        };
        use Verdict::{CouldNotTell, Failed, Passed};
        assert_eq!(outcome(&news(Passed, None)), Passed);
        assert_eq!(outcome(&news(CouldNotTell, None)), CouldNotTell);
        assert_eq!(outcome(&news(Passed, Some("canary"))), CouldNotTell);
        assert!(news(Passed, Some("canary")).iter().all(|n| !n.text.contains("canary")));
        assert_eq!(outcome(&news(CouldNotTell, Some("2026-11-22"))), Failed);
        for (end, words) in [("2026-11-22", "today"), ("2026-11-23", "tomorrow"), ("2026-11-24", "in 2 days")]
        {
            assert!(news(Passed, Some(end)).iter().any(|n| n.text.contains(words)), "{end}");
        }
    }
}
