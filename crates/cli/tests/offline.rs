//! `handrail diagnose` and `handrail identify` as other programs call them: text in, JSON out, no network.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn handrail(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_handrail"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn who_stops_reading_is_told_nothing() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_handrail"))
        .args(["diagnose", "--all"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap().as_str()), (Some(141), ""));
}

#[test]
fn an_error_is_diagnosed() {
    let body = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}"#;
    let output = handrail(&["diagnose", "--json"], body);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["code"], "secret-wrong");
    assert_eq!(found["aadsts"], serde_json::json!([7_000_215]));
    assert_eq!(found["verdict"], "failed");
    assert!(found["reason"].as_str().unwrap().contains("not this secret"));
    assert!(output.status.success());
    let words = String::from_utf8(handrail(&["diagnose"], body).stdout).unwrap();
    assert!(words.contains("AADSTS7000215") && words.contains("Make a new client secret"), "{words}");
    let nothing: Value = serde_json::from_slice(&handrail(&["diagnose", "--json"], "").stdout).unwrap();
    assert_eq!(nothing["verdict"], "could-not-tell");
}

#[test]
fn the_troubleshooting_page_says_everything_that_is_known() {
    let output = handrail(&["diagnose", "--all"], "");
    let page = String::from_utf8(output.stdout).unwrap();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/troubleshooting.md");
    let made = "handrail diagnose --all > docs/troubleshooting.md";
    assert!(std::fs::read_to_string(file).unwrap_or_default() == page, "make it anew: {made}");
    assert!(page.contains("`AADSTS7000215`") && page.contains("Make a new client secret"), "{page}");
}

#[test]
fn a_pasted_text_is_identified() {
    let text = "Tenant ID: 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b\nClient ID: {0f8fad5b-d9cb-469f-a165-70867728950e}\nValue: abc***********\n";
    let output = handrail(&["identify", "--json"], text);
    let found: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let kinds: Vec<&str> = found.iter().filter_map(|f| f["kind"].as_str()).collect();
    assert_eq!(kinds, ["tenant-id", "client-id", "hidden-secret"]);
    assert_eq!(found[0]["verdict"], "passed");
    assert_eq!(found[2]["verdict"], "failed");
    assert_eq!(found[1]["value"], "0f8fad5b-d9cb-469f-a165-70867728950e");
    assert!(found[2]["value"].is_null(), "a secret is not printed");
    assert!(found.iter().all(|f| f["repairs"].is_array() && f["suggestions"].is_array()));
}
