//! The checking service's report: one verdict, one line per check, and the way to mend what failed.
//!
//! The service says everything in English, with codes and what was put in. A language that knows a code says it in its own
//! words.

use handrail_messages::report::{Check, Report, Verdict};
use handrail_words::{Arg, checks, say};
use serde_json::Value as Json;

use crate::node::{Node, button, el};

/// The report. `titles` gives the steps' titles by id; `wait` is the seconds until it is asked again.
#[must_use]
pub fn report(report: &Report, titles: &[(String, String)], wait: Option<u32>) -> Node {
    let (title, lead) = match report.verdict {
        Verdict::Passed => (say!("report-passed"), say!("report-passed-lead")),
        Verdict::Failed => (say!("report-failed"), say!("report-failed-lead")),
        Verdict::Pending => (say!("report-pending"), say!("report-pending-lead")),
        Verdict::CouldNotTell => (say!("report-could-not-tell"), say!("report-could-not-tell-lead")),
    };
    let (open, passed): (Vec<&Check>, Vec<&Check>) =
        report.checks.iter().partition(|c| c.verdict != Verdict::Passed);
    el("div")
        .class("report")
        .attr("data-verdict", report.verdict.name())
        .child(
            el("p")
                .class("verdict")
                .child(el("span").class("mark").attr("aria-hidden", "true").say(mark(report.verdict)))
                .child(el("strong").say(title)),
        )
        .child(el("p").class("lead").say(lead))
        .maybe(wait.map(|s| {
            el("p").class("countdown").attr("data-part", "countdown").say(say!("report-again", n = s))
        }))
        .maybe(
            (!open.is_empty())
                .then(|| el("ul").class("checks").children(open.iter().map(|c| line(c, titles)))),
        )
        .maybe((!passed.is_empty()).then(|| {
            el("details")
                .flag("open", open.is_empty())
                .child(el("summary").say(say!("report-checks-passed", n = passed.len())))
                .child(el("ul").class("checks").children(passed.iter().map(|c| line(c, titles))))
        }))
        .maybe(list(say!("report-surplus"), report.surplus.iter().map(words_of)))
        .maybe(list(say!("report-not-checked"), not_checked(report)))
        .maybe(report.ask.as_ref().and_then(ask))
        .maybe(
            (!report.time.is_empty())
                .then(|| el("p").class("small").say(say!("report-when", when = &report.time))),
        )
}

const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "✓",
        Verdict::Failed => "✕",
        Verdict::Pending => "…",
        Verdict::CouldNotTell => "?",
    }
}

fn word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Passed => say!("verdict-passed"),
        Verdict::Failed => say!("verdict-failed"),
        Verdict::Pending => say!("verdict-pending"),
        Verdict::CouldNotTell => say!("report-could-not-tell"),
    }
}

fn line(check: &Check, titles: &[(String, String)]) -> Node {
    let mend = check.step.as_ref().filter(|_| check.verdict == Verdict::Failed);
    let title = mend.and_then(|s| titles.iter().find(|(id, _)| id == s)).map(|(_, t)| t.as_str());
    let (what, next) = said(check);
    el("li")
        .attr("data-check", check.id.as_str())
        .attr("data-verdict", check.verdict.name())
        .attr("data-code", check.code.as_str())
        .child(
            el("p")
                .class("what")
                .child(el("span").class("mark").attr("aria-hidden", "true").say(mark(check.verdict)))
                .child(el("span").class("visually-hidden").say(format!("{}: ", word(check.verdict))))
                .mark(&what),
        )
        .maybe(
            (!next.is_empty() && check.verdict != Verdict::Passed).then(|| el("p").class("next").mark(&next)),
        )
        .maybe(mend.map(|step| {
            let label =
                title.map_or_else(|| say!("report-mend"), |title| say!("report-mend-at", title = title));
            button("mend", label).attr("data-step", step.as_str()).class("primary small-button")
        }))
        .maybe(reference(check))
}

/// What happened and what to do: in the language spoken where it knows the reason, else as the service says it.
fn said(check: &Check) -> (String, String) {
    let with = check.with.as_ref().unwrap_or(&Json::Null);
    let put = put_in(with);
    let has_finding = put.iter().any(|(name, _)| name == "finding");
    let id = format!("reason-{}", if has_finding { "format-doubtful" } else { &check.code });
    let args: Vec<_> = put.iter().map(|(name, words)| (name.as_str(), Arg::from(words))).collect();
    let Some(mut what) = checks::known(&id, &args) else {
        return (check.what.clone(), check.next.clone());
    };
    for note in text(with, "notes").split_whitespace() {
        what = format!("{what} {}", checks::finding(note, "").0);
    }
    (what, checks::known(&format!("{id}.next"), &args).unwrap_or_default())
}

/// What words put in, in words.
fn put_in(with: &Json) -> Vec<(String, String)> {
    let mut put = Vec::new();
    for (name, value) in with.as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        match name.as_str() {
            sort @ ("label" | "cloud" | "reads") => put.push((name.clone(), checks::named(sort, value))),
            "finding" => {
                let (what, next) = checks::finding(value, text(with, "n"));
                put.extend([(name.clone(), what), ("finding-next".to_owned(), next)]);
            }
            _ => put.push((name.clone(), value.to_owned())),
        }
    }
    put
}

fn text<'a>(of: &'a Json, name: &str) -> &'a str {
    of.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// What was not looked at: the guide's own words, then what this check left out.
fn not_checked(report: &Report) -> impl Iterator<Item = String> {
    let own = report.not_checked.len().saturating_sub(report.unseen.len());
    report.not_checked.iter().enumerate().map(move |(n, words)| {
        let unseen = n.checked_sub(own).and_then(|n| report.unseen.get(n));
        let known = unseen.and_then(|unseen| {
            let put = put_in(unseen.get("with").unwrap_or(&Json::Null));
            let args: Vec<_> = put.iter().map(|(name, words)| (name.as_str(), Arg::from(words))).collect();
            checks::known(&format!("unseen-{}", text(unseen, "code")), &args)
        });
        known.unwrap_or_else(|| words_of(words))
    })
}

/// Microsoft's own numbers, for the customer's log and for support.
fn reference(check: &Check) -> Option<Node> {
    if check.verdict == Verdict::Passed {
        return None;
    }
    let parts = [
        check.aadsts.map(|n| format!("AADSTS{n}")),
        check.correlation_id.as_ref().map(|id| format!("correlation {id}")),
        check.trace_id.as_ref().map(|id| format!("trace {id}")),
        check.at.clone(),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    let telling = check.aadsts.is_some() || check.correlation_id.is_some();
    telling.then(|| {
        el("details")
            .class("reference")
            .child(el("summary").say(say!("report-reference")))
            .child(el("p").class("small").child(el("code").say(known.join(" · "))))
    })
}

/// A query with which the customer finds exactly these sign-ins in their own logs.
fn ask(ask: &Json) -> Option<Node> {
    let query = ask.get("query").and_then(Json::as_str)?;
    Some(
        el("details")
            .class("reference")
            .attr("data-part", "ask")
            .child(el("summary").say(say!("report-ask")))
            .child(el("p").class("small").mark(&say!("report-ask-place")))
            .child(el("pre").child(el("code").say(query)))
            .child(button("copy", say!("report-ask-copy")).attr("data-copy", query).class("small-button")),
    )
}

fn list(title: String, items: impl Iterator<Item = String>) -> Option<Node> {
    let items: Vec<Node> = items.map(|item| el("li").say(item)).collect();
    (!items.is_empty()).then(|| el("details").child(el("summary").say(title)).child(el("ul").children(items)))
}

/// A text as it is; anything else by the first text in it that is meant for people.
fn words_of(item: &Json) -> String {
    match item {
        Json::String(words) => words.clone(),
        Json::Object(map) => {
            let known = ["what", "text", "permission", "role", "name"];
            let found = known.iter().find_map(|k| map.get(*k)?.as_str());
            let resource =
                map.get("resource").and_then(Json::as_str).map(|r| format!(" ({r})")).unwrap_or_default();
            found.map_or_else(|| item.to_string(), |f| format!("{f}{resource}"))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed() -> Report {
        Report {
            verdict: Verdict::Failed,
            checks: vec![
                Check { id: "a".into(), verdict: Verdict::Passed, what: "Fine".into(), ..Check::default() },
                Check {
                    id: "b".into(),
                    verdict: Verdict::Failed,
                    code: "secret-unknown".into(),
                    what: "The **secret** is not known.".into(),
                    next: "Copy it again.".into(),
                    step: Some("key.read".into()),
                    aadsts: Some(7_000_215),
                    ..Check::default()
                },
            ],
            ..Report::default()
        }
    }

    #[test]
    fn a_failure_leads_to_the_step_that_mends_it() {
        let html = report(&failed(), &[("key.read".into(), "Copy the value".into())], None).to_html();
        assert!(html.contains(r#"data-act="mend" data-step="key.read""#), "{html}");
        assert!(html.contains("Go to step: Copy the value"));
        assert!(html.contains("<strong>secret</strong>"));
        assert!(html.contains("AADSTS7000215"));
        assert!(html.contains("1 check passed"));
    }

    #[test]
    fn what_a_value_s_check_says_is_said_anew_and_what_nobody_knows_stays_as_it_came() {
        let check = |code: &str, with: Option<Json>| Check {
            code: code.into(),
            what: "As it came.".into(),
            next: "Do it.".into(),
            with,
            ..Check::default()
        };
        let known =
            serde_json::json!({"label": "client-id", "cloud": "mars", "finding": "secret-cut", "n": "38"});
        let put = put_in(&known);
        let find = |name: &str| put.iter().find(|(n, _)| n == name).map(|(_, words)| words.as_str());
        assert_eq!((find("label"), find("cloud")), (Some("Client ID"), Some("mars")));
        assert!(find("finding").unwrap().contains("this one has 38"), "{put:?}");
        assert!(find("finding-next").unwrap().starts_with("Copy the **Value** again"));
        for with in [None, Some(known)] {
            assert_eq!(said(&check("no-such-reason", with.clone())).0, "As it came.", "{with:?}");
        }
    }

    #[test]
    fn a_wait_is_counted_down() {
        let pending = Report { verdict: Verdict::Pending, ..Report::default() };
        let html = report(&pending, &[], Some(12)).to_html();
        assert!(html.contains("Asking again in 12 s."), "{html}");
    }

    #[test]
    fn the_query_for_the_own_logs_can_be_copied() {
        let ask = serde_json::json!({"place": "the **logs**", "query": "SignInLogs | where A == \"b\""});
        let html = super::report(&Report { ask: Some(ask), ..failed() }, &[], None).to_html();
        assert!(html.contains("data-copy=\"SignInLogs | where A == &quot;b&quot;\""), "{html}");
        assert!(html.contains("<strong>Sign-in logs</strong>"), "{html}");
    }
}
