//! What the commands print as JSON is what `schemas/output` says, and no secret is in anything they leave behind.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Practice, text};
use handrail_credential::test_secret;
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/output").join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// The part of JSON Schema that those files use; what they do not use is an error, so that nothing is passed over.
fn fits(schema: &Value, value: &Value, at: &str) {
    for (word, told) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "title" | "description" | "format" => {}
            "const" => assert_eq!(value, told, "{at}"),
            "enum" => assert!(told.as_array().unwrap().contains(value), "{at}: {value}"),
            "type" => {
                let kind = match value {
                    Value::Null => "null",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "integer",
                    Value::String(_) => "string",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                };
                let may = told.as_str().map_or_else(|| told.as_array().unwrap().clone(), |t| vec![t.into()]);
                assert!(may.contains(&kind.into()), "{at}: {kind}");
            }
            "required" => {
                for name in told.as_array().unwrap() {
                    let there = value.is_null() || value.get(name.as_str().unwrap()).is_some();
                    assert!(there, "{at}: {name} is missing");
                }
            }
            "additionalProperties" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    let is_named = schema["properties"].get(name).is_some();
                    assert!(is_named || told.is_object(), "{at}: {name} is not described");
                    if !is_named {
                        fits(told, inner, &format!("{at}/{name}"));
                    }
                }
            }
            "properties" => {
                for (name, part) in told.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        fits(part, inner, &format!("{at}/{name}"));
                    }
                }
            }
            "items" => {
                for (n, inner) in value.as_array().into_iter().flatten().enumerate() {
                    fits(told, inner, &format!("{at}/{n}"));
                }
            }
            other => panic!("{at}: the schema says `{other}`, which this test does not know"),
        }
    }
}

fn lines(output: &std::process::Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn offline(arguments: &[&str], input: &[u8]) -> std::process::Output {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_handrail"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdin.take().unwrap().write_all(input));
    child.wait_with_output().unwrap()
}

#[test]
fn what_works_offline_prints_what_is_described() {
    for body in [
        "AADSTS7000215: Invalid client secret. Trace ID: 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b",
        "",
        "<html>",
        "AF20024",
    ] {
        let output = offline(&["diagnose", "--json"], body.as_bytes());
        fits(&schema("diagnose"), &serde_json::from_slice(&output.stdout).unwrap(), body);
    }
    // EXPOSE: a made-up secret of a test.
    let secret = test_secret(5).expose().to_owned();
    let pasted = format!(
        "Tenant ID: 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b\nValue: “{secret}”\nclient_secret=abc*****\n"
    );
    for reveal in [&["identify", "--json"][..], &["identify", "--json", "--reveal"]] {
        let found = lines(&offline(reveal, pasted.as_bytes()));
        assert!(found.len() >= 2);
        for one in &found {
            fits(&schema("identify"), one, "identify");
        }
    }
    let token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.eyJhdWQiOiJ4IiwiZXhwIjoxLCJ1dGkiOiJhYmMifQ.AQID";
    let output = offline(&["token", "--json"], token.as_bytes());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    fits(&schema("token"), &told, "token");
    assert_eq!(told["about"]["uti"], "abc");
}

/// A report of each kind, rows of a batch, and the news of a watch.
#[test]
fn what_asks_microsoft_prints_what_is_described() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let secret = text(&made["secret"]["value"]);
    let ids =
        ["--tenant-id", tenant, "--client-id", client, "--require", "management:ActivityFeed.Read", "--json"];
    // EXPOSE: a made-up secret of a test.
    let wrong = test_secret(77).expose().to_owned();
    for (given, fault, verdict) in [
        (secret, Value::Null, "passed"),
        (&wrong, Value::Null, "failed"),
        (secret, json!({"kind": "53003"}), "could-not-tell"),
        (secret, json!({"kind": "html"}), "could-not-tell"),
    ] {
        practice.post("scenario", &json!({"tokenFault": fault}));
        let output = practice.handrail(&ids, given);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        fits(&schema("check"), &report, verdict);
        assert_eq!(report["verdict"], verdict, "{report:#}");
        let utc = |time: &Value| text(time).ends_with('Z') && text(time).len() == 20;
        assert!(utc(&report["time"]) && report["checks"].as_array().unwrap().iter().all(|c| utc(&c["at"])));
        if verdict != "could-not-tell" {
            let query = text(&report["ask"]["query"]);
            assert!(query.contains("AADServicePrincipalSignInLogs") && query.contains(client), "{query}");
        }
        if verdict == "failed" {
            let refused =
                report["checks"].as_array().unwrap().iter().find(|c| c["aadsts"] == 7_000_215).unwrap();
            let (correlation, trace) = (text(&refused["correlation-id"]), text(&refused["trace-id"]));
            assert!(correlation.len() == 36 && trace.len() == 36);
            assert!(text(&report["ask"]["query"]).contains(correlation));
        }
    }
    practice.post("scenario", &json!({"tokenFault": null}));
    let rows = practice.folder.path().join("rows.csv");
    let table = format!(
        "tenant,client,secret,expires\r\n{tenant},{client},{secret},2026-01-01\r\n{tenant},{client},{wrong},\r\nx\r\n"
    );
    std::fs::write(&rows, table).unwrap();
    let batch = practice.command("batch", &[rows.to_str().unwrap(), "--format", "ndjson"], "");
    let all = lines(&batch);
    assert_eq!(all.len(), 3);
    for one in &all {
        fits(&schema("batch"), one, "batch");
    }
    let state = practice.folder.path().join("state.json");
    let watch = practice.command(
        "watch",
        &[rows.to_str().unwrap(), "--state", state.to_str().unwrap(), "--json"],
        "",
    );
    let news = lines(&watch);
    assert!(news.iter().any(|n| n["kind"] == "ended"), "{news:?}");
    for one in &news {
        fits(&schema("watch"), one, "watch");
    }
}

/// Every file below the folder and every output: none holds the secret, in clear, encoded or in halves.
#[test]
fn a_canary_is_found_nowhere_afterwards() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let good = text(&made["secret"]["value"]).to_owned();
    // EXPOSE: a made-up secret of a test.
    let bad = test_secret(4_711).expose().to_owned();
    let folder = practice.folder.path().to_owned();
    let secrets: PathBuf = folder.join("secrets.csv");
    let table = format!(
        "tenant,client,secret\n{tenant},{client},{good}\n{tenant},{client},{bad}\nbroken {good}\n{good},{bad},{tenant}\n"
    );
    std::fs::write(&secrets, table).unwrap();
    let (out, state) = (folder.join("out.ndjson"), folder.join("state.json"));
    let ids = ["--tenant-id", tenant, "--client-id", client, "--require", "management:ActivityFeed.Read"];
    let rows = secrets.to_str().unwrap();
    let mut said = Vec::new();
    for secret in [&good, &bad] {
        for more in [&[][..], &["--json"], &["--probe", "all"]] {
            said.push(practice.handrail(&[&ids[..], more].concat(), secret));
        }
        // Put into the wrong fields.
        said.push(practice.handrail(&["--tenant-id", secret, "--client-id", client], secret));
        said.push(practice.handrail(&["--tenant-id", tenant, "--client-id", secret], secret));
        let error = format!("AADSTS7000215: secret {secret} tenant '{secret}' Correlation ID: {secret}");
        said.push(offline(&["diagnose"], error.as_bytes()));
        said.push(offline(&["diagnose", "--json"], error.as_bytes()));
        said.push(offline(&["identify"], format!("client_secret = \"{secret}\"").as_bytes()));
    }
    for format in ["text", "csv", "ndjson", "summary"] {
        said.push(practice.command("batch", &[rows, "--format", format], ""));
    }
    said.push(practice.command("batch", &[rows, "--out", out.to_str().unwrap()], ""));
    said.push(practice.command("watch", &[rows, "--state", state.to_str().unwrap()], ""));
    said.push(practice.command("watch", &[rows, "--state", state.to_str().unwrap(), "--json"], ""));
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for output in said {
        all.push(("standard output".into(), output.stdout));
        all.push(("standard error".into(), output.stderr));
    }
    for file in std::fs::read_dir(&folder).unwrap().flatten().filter(|f| f.path() != secrets) {
        all.push((file.path().display().to_string(), std::fs::read(file.path()).unwrap()));
    }
    assert!(all.iter().any(|(name, _)| name.ends_with("state.json")), "the watch left no state");
    for (name, bytes) in all {
        let text = String::from_utf8_lossy(&bytes);
        for secret in [&good, &bad] {
            let encoded = secret.replace('~', "%7E");
            for piece in [secret.as_str(), &secret[..20], &secret[20..], &encoded] {
                assert!(!text.contains(piece), "{name} holds a piece of the secret:\n{text}");
            }
        }
    }
}

/// Files as people have them: empty, from Windows, far too large, not there, something else altogether.
#[test]
fn odd_files_are_answered_in_words() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let secret = text(&made["secret"]["value"]);
    let file = practice.folder.path().join("rows");
    let name = file.to_str().unwrap();
    let state = practice.folder.path().join("state");
    let run = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        practice.command("batch", &[name], "")
    };
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).into_owned();
    for (bytes, code, words) in [
        (&b""[..], 2, "is empty"),
        (b"\r\n\r\n", 2, "is empty"),
        (b"a,b,c\n1,2,3\n", 2, "the first line must name the columns"),
        (b"PK\x03\x04\x14\x00\x06\x00", 2, "save it as CSV"),
        (b"tenant,client,secret\n", 0, "0 rows"),
    ] {
        let output = run(bytes);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(words), "no `{words}` in: {}", said(&output));
    }
    let table = format!("tenant;client;secret\r\n{tenant};{client};{secret}\r\n");
    let wide = |mark: [u8; 2], pair: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(table.encode_utf16().flat_map(pair)).collect()
    };
    for bytes in [
        table.clone().into_bytes(),
        format!("\u{feff}{table}").into_bytes(),
        wide([0xff, 0xfe], u16::to_le_bytes),
        wide([0xfe, 0xff], u16::to_be_bytes),
    ] {
        let output = run(&bytes);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    std::fs::remove_file(&file).unwrap();
    for command in [&["batch", name][..], &["watch", name, "--state", state.to_str().unwrap()]] {
        let output = practice.command(command[0], &command[1..], "");
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("cannot read"), "{}", said(&output));
    }
    let folder = practice.folder.path().to_str().unwrap();
    assert_eq!(practice.command("batch", &[folder], "").status.code(), Some(2));
    let large = vec![b'a'; 5 * 1024 * 1024];
    for command in ["diagnose", "identify"] {
        let output = offline(&[command], &large);
        assert_ne!(output.status.code(), Some(0));
        assert!(said(&output).contains("4 MB"), "{}", said(&output));
        assert!(offline(&[command, "/nowhere/at/all"], b"").stderr.starts_with(b"Error: cannot read"));
    }
    // A text that is no UTF-8 at all is still read.
    assert_eq!(offline(&["diagnose"], b"AADSTS700016 \xff\xfe\x00").status.code(), Some(0));
}
