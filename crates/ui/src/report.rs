//! The checking service's report: one verdict, one line per check, and the way to mend what failed.

use handrail_messages::report::{Check, Report, Verdict};
use serde_json::Value as Json;

use crate::node::{Node, button, el};
use crate::words;

/// The report. `titles` gives the steps' titles by id; `wait` is the seconds until it is asked again.
#[must_use]
pub fn report(report: &Report, titles: &[(String, String)], wait: Option<u32>) -> Node {
    let (title, lead) = match report.verdict {
        Verdict::Passed => (words::PASSED, words::PASSED_TEXT),
        Verdict::Failed => (words::FAILED, words::FAILED_TEXT),
        Verdict::Pending => (words::PENDING, words::PENDING_TEXT),
        Verdict::CouldNotTell => (words::COULD_NOT_TELL, words::COULD_NOT_TELL_TEXT),
    };
    let (open, passed): (Vec<&Check>, Vec<&Check>) =
        report.checks.iter().partition(|c| c.verdict != Verdict::Passed);
    el("div")
        .class("report")
        .attr("data-verdict", report.verdict.name())
        .child(
            el("p")
                .class("verdict")
                .child(el("span").class("mark").attr("aria-hidden", "true").say(words::mark(report.verdict)))
                .child(el("strong").say(title)),
        )
        .child(el("p").class("lead").say(lead))
        .maybe(wait.map(|s| {
            el("p").class("countdown").attr("data-part", "countdown").say(format!("Asking again in {s} s."))
        }))
        .maybe(
            (!open.is_empty())
                .then(|| el("ul").class("checks").children(open.iter().map(|c| line(c, titles)))),
        )
        .maybe((!passed.is_empty()).then(|| {
            el("details")
                .flag("open", open.is_empty())
                .child(el("summary").say(if passed.len() == 1 {
                    "1 check passed".to_owned()
                } else {
                    format!("{} checks passed", passed.len())
                }))
                .child(el("ul").class("checks").children(passed.iter().map(|c| line(c, titles))))
        }))
        .maybe(list("More than was asked for", &report.surplus))
        .maybe(list("Not looked at", &report.not_checked))
        .maybe(report.ask.as_ref().and_then(ask))
        .maybe(
            (!report.time.is_empty())
                .then(|| el("p").class("small").say(format!("Checked {}", moment(&report.time)))),
        )
}

/// `2026-11-22T17:52:35Z` as people read it; anything else as it is.
fn moment(time: &str) -> String {
    match time.strip_suffix('Z').and_then(|t| t.split_once('T')) {
        Some((day, clock)) => format!("{day}, {} UTC", clock.get(..5).unwrap_or(clock)),
        None => time.to_owned(),
    }
}

fn line(check: &Check, titles: &[(String, String)]) -> Node {
    let mend = check.step.as_ref().filter(|_| check.verdict == Verdict::Failed);
    let title = mend.and_then(|s| titles.iter().find(|(id, _)| id == s)).map(|(_, t)| t.as_str());
    el("li")
        .attr("data-check", check.id.as_str())
        .attr("data-verdict", check.verdict.name())
        .attr("data-code", check.code.as_str())
        .child(
            el("p")
                .class("what")
                .child(el("span").class("mark").attr("aria-hidden", "true").say(words::mark(check.verdict)))
                .child(el("span").class("visually-hidden").say(format!("{}: ", words::word(check.verdict))))
                .mark(&check.what),
        )
        .maybe(
            (!check.next.is_empty() && check.verdict != Verdict::Passed)
                .then(|| el("p").class("next").mark(&check.next)),
        )
        .maybe(mend.map(|step| {
            let label = title.map_or_else(|| words::MEND.to_owned(), |t| format!("{}: {t}", words::MEND));
            button("mend", label).attr("data-step", step.as_str()).class("primary small-button")
        }))
        .maybe(reference(check))
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
            .child(el("summary").say("For your sign-in logs and for support"))
            .child(el("p").class("small").child(el("code").say(known.join(" · "))))
    })
}

/// A query with which the customer finds exactly these sign-ins in their own logs.
fn ask(ask: &Json) -> Option<Node> {
    let query = ask.get("query").and_then(Json::as_str)?;
    let place = ask.get("place").and_then(Json::as_str).unwrap_or_default();
    Some(
        el("details")
            .class("reference")
            .attr("data-part", "ask")
            .child(el("summary").say("Find these sign-ins in your own logs"))
            .child(el("p").class("small").mark(place))
            .child(el("pre").child(el("code").say(query)))
            .child(button("copy", "Copy the query").attr("data-copy", query).class("small-button")),
    )
}

fn list(title: &str, items: &[Json]) -> Option<Node> {
    (!items.is_empty()).then(|| {
        el("details")
            .child(el("summary").say(title))
            .child(el("ul").children(items.iter().map(|i| el("li").say(words_of(i)))))
    })
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
    fn a_wait_is_counted_down() {
        let pending = Report { verdict: Verdict::Pending, ..Report::default() };
        assert!(report(&pending, &[], Some(12)).to_html().contains("Asking again in 12 s."));
    }

    #[test]
    fn the_query_for_the_own_logs_can_be_copied() {
        let ask = serde_json::json!({"place": "the **logs**", "query": "SignInLogs | where A == \"b\""});
        let html = super::report(&Report { ask: Some(ask), ..failed() }, &[], None).to_html();
        assert!(html.contains("data-copy=\"SignInLogs | where A == &quot;b&quot;\""), "{html}");
        assert!(html.contains("<strong>logs</strong>"), "{html}");
    }
}
