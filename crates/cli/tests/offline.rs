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
