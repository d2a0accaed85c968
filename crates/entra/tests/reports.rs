//! Errors from public reports, each with its source: the share that comes out right is the figure that is claimed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test; its figure is what is claimed"
)]

use handrail_entra::{Verdict, diagnose};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    report: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    from: String,
    cause: String,
    text: String,
}

const GUID: &str = "11111111-2222-4333-8444-555555555555";
const TRACE: &str = "Trace ID: aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee00 Correlation ID: 99999999-8888-4777-8666-555555555555 Timestamp: 2024-11-29 04:45:05Z";
const LINES: &str = r"\r\nTrace ID: aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee00\r\nCorrelation ID: 99999999-8888-4777-8666-555555555555\r\nTimestamp: 2024-11-29 04:45:05Z";

fn reports() -> Vec<Report> {
    let mut file: File = toml::from_str(include_str!("reports.toml")).map_err(|e| e.to_string()).unwrap();
    for report in &mut file.report {
        // A heading may say "DIRECTORY GUID": the word goes there as well, as people redact.
        report.text = report.text.replace("GUID", GUID).replace("TRACE", TRACE).replace("LINES", LINES);
    }
    file.report
}

#[test]
fn every_report_has_its_cause() {
    let all = reports();
    let mut wrong = Vec::new();
    for report in &all {
        let found = diagnose(&report.text);
        if found.code != report.cause {
            wrong.push(format!("{}: {}, not {}", report.from, found.code, report.cause));
        }
        assert!(!found.what.contains(['{', '}']) && !found.next.contains(['{', '}']), "{}", found.what);
    }
    let right = all.len() - wrong.len();
    println!("{right} of {} right: {:.1} %", all.len(), 100.0 * right as f64 / all.len() as f64);
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// The same text quoted, in one line, in capitals of a log, behind a prompt, with Windows line ends, or cut behind its number.
#[test]
fn wrapping_changes_nothing() {
    for report in reports() {
        let plain = diagnose(&report.text).code;
        let quoted = serde_json::to_string(&report.text).unwrap();
        for (how, text) in [
            ("quoted", quoted),
            ("in one line", report.text.replace('\n', " ")),
            ("with Windows line ends", report.text.replace('\n', "\r\n")),
            ("behind a time", format!("2026-11-22T07:00:00.123Z [error] {}", report.text)),
            ("as a block of code", format!("```\n{}\n```\nWhat does this mean?", report.text)),
        ] {
            assert_eq!(diagnose(&text).code, plain, "{}, {how}", report.from);
        }
    }
}

#[test]
fn nothing_bad_is_called_good() {
    for report in reports() {
        let found = diagnose(&report.text);
        let good = ["feed-enabled", "audit-on"].contains(&report.cause.as_str());
        assert!(good || found.verdict != Verdict::Passed, "{}: {}", report.from, found.code);
    }
}

/// What is fine says nothing of what failed beside it.
#[test]
fn good_news_beside_a_failure_is_none() {
    let good = [
        "UnifiedAuditLogIngestionEnabled : True",
        "AF20024: The subscription is already enabled. No property change.",
    ];
    let failures = [
        "403 Forbidden",
        "401 Unauthorized",
        "Authorization has been denied for this request.",
        "Audit.Exchange: Access denied",
        "AF10001: The permission set sent in the request did not include the expected permission.",
        "AADSTS7000222: The provided client secret keys are expired.",
        "The provided client secret keys are expired.",
        "status code: 503",
        r#"{"error":"invalid_client"}"#,
    ];
    for text in good {
        assert_eq!(diagnose(text).verdict, Verdict::Passed, "{text}");
        for failure in failures {
            for both in [format!("{text}\n{failure}"), format!("{failure}\n{text}")] {
                assert_ne!(diagnose(&both).verdict, Verdict::Passed, "{both}");
            }
        }
    }
    let lists = [
        ("[]", "unknown"),
        (r#"[{"contentType":"Audit.General","status":"enabled","webhook":null}]"#, "subscriptions-listed"),
        (
            r#"[{"contentType":"Audit.General","status":"enabled"},{"contentType":"DLP.All","status":"disabled"}]"#,
            "feed-not-subscribed",
        ),
        (r#"[{"contentType":"Audit.General","error":{"message":"no"}}]"#, "unknown"),
        (r#"[{"contentType":"image/png","status":"enabled"}]"#, "unknown"),
        (r#"[{"contentType":"","status":"enabled"}]"#, "unknown"),
        (
            r#"[{"contentType":"DLP.All","status":"enabled","webhook":{"status":"disabled","address":"https://a.example"}}]"#,
            "feed-webhook",
        ),
    ];
    for (text, cause) in lists {
        assert_eq!(diagnose(text).code, cause, "{text}");
    }
}

/// A failure behind good news takes it back; one before it may be how a program announces that very answer.
#[test]
fn what_fails_later_takes_good_news_back() {
    let good = "The subscription is already enabled. No property change.";
    assert_eq!(diagnose(&format!("Starting failed (400): {good}")).verdict, Verdict::Passed);
    for failure in ["ERROR: listing content failed", "Could not collect Audit.Exchange: invalid response"] {
        assert_ne!(diagnose(&format!("{good}\n{failure}")).verdict, Verdict::Passed, "{failure}");
    }
}

/// What somebody wants to see, has not seen, or may be one or the other, was not seen.
#[test]
fn a_wish_is_no_news() {
    let goods = [
        "UnifiedAuditLogIngestionEnabled : True",
        "AF20024: The subscription is already enabled.",
        r#"{"error":{"code":"AF20024","message":"The subscription is already enabled. No property change."}}"#,
    ];
    for good in goods {
        assert_eq!(diagnose(good).verdict, Verdict::Passed, "{good}");
        for text in [
            format!("Expected: {good}"),
            format!("Make sure that the output is {good}"),
            format!("If you see {good}, go on."),
            format!("We never got {good}"),
            format!("Instead of {good} we get an empty answer"),
            format!("{good}\nThe token cannot be used"),
            format!("{good}\nUnable to start Audit.Exchange"),
            format!("{good}\nThe credential does not work any more"),
            format!("The request was rejected\n{good}"),
        ] {
            assert_ne!(diagnose(&text).verdict, Verdict::Passed, "{text}");
        }
    }
    for end in ["/False", " or False", "|False", "?", "x"] {
        let text = format!("UnifiedAuditLogIngestionEnabled : True{end}");
        assert_ne!(diagnose(&text).verdict, Verdict::Passed, "{text}");
    }
}

#[derive(Deserialize)]
struct Unrelated {
    texts: Vec<String>,
}

/// Nothing is said to be wrong, or right, by what other programs and services print.
#[test]
fn what_is_not_microsofts_says_nothing() {
    let file: Unrelated = toml::from_str(include_str!("unrelated.toml")).map_err(|e| e.to_string()).unwrap();
    assert!(file.texts.len() > 130, "{}", file.texts.len());
    for text in file.texts {
        let found = diagnose(&text);
        assert_eq!(found.verdict, Verdict::CouldNotTell, "{text}: {}", found.code);
    }
}

#[test]
fn an_answer_without_a_token_is_none() {
    for (answer, cause) in [
        (r#"{"token_type":"Bearer","expires_in":3599,"access_token":""}"#, "token-missing"),
        (r#"{"token_type":"Bearer","expires_in":3599,"access_token":null}"#, "token-missing"),
        (
            r#"{"error":"invalid_client","access_token":"eyJ0.e30.c2ln","token_type":"Bearer","expires_in":1}"#,
            "by-invalid-client",
        ),
        (r#"{"access_token":"eyJ0.e30.c2ln","token_type":"Bearer","expires_in":3599}"#, "token-pasted"),
    ] {
        assert_eq!(diagnose(answer).code, cause, "{answer}");
    }
}
