//! `handrail check` as a person runs it, against the practice tenant's TLS listener, reached through a proxy that
//! leads every host there. What is proved: exit codes, words, that the secret shows nowhere, and a whole batch.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

mod common;

use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use common::{Practice, ended, text};
use handrail_seal::{Identity, seal};
use serde_json::{Value, json};

#[test]
fn each_outcome_has_its_exit_code() {
    let practice = Practice::start();
    let made = practice.good();
    let secret = text(&made["secret"]["value"]);
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    let guide = ["--guide", "securus360", "--tenant-domain", text(&made["domain"])];
    let all = [&ids[..], &guide[..]].concat();
    ended(&practice.handrail(&ids, secret), 0, "passed", secret);
    ended(&practice.handrail(&[&all[..], &["--client-secret-stdin"]].concat(), secret), 0, "passed", secret);
    let wrong = practice.handrail(&all, text(&made["secret"]["keyId"]));
    ended(&wrong, 1, "Secret ID was copied instead of the Value", secret);
    ended(&practice.handrail(&ids[..2], secret), 2, "--client-id is missing", secret);
    let told = practice.handrail(&[&all[..], &["--value", &format!("client-secret={secret}")]].concat(), "");
    ended(&told, 2, "on the command line", secret);
    practice.post("scenario", &json!({"tokenFault": {"kind": "53003"}}));
    ended(&practice.handrail(&all, secret), 4, "Conditional Access", secret);
}

#[test]
fn the_json_is_a_report() {
    let practice = Practice::start();
    let made = practice.post("seed", &json!({"permissions": ["ActivityFeed.Read"], "consent": true}));
    let domain = text(&made["domain"]);
    let output = practice.handrail(
        &[
            "--guide",
            "securus360",
            "--json",
            "--tenant-id",
            text(&made["tenantId"]),
            "--client-id",
            text(&made["clientId"]),
            "--tenant-domain",
            domain,
        ],
        text(&made["secret"]["value"]),
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["verdict"], "failed");
    assert_eq!(report["missing"][0]["role"], "ActivityFeed.ReadDlp");
}

#[test]
fn a_file_of_rows_is_checked_row_by_row() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let (secret, id) = (text(&made["secret"]["value"]), text(&made["secret"]["keyId"]));
    let file = practice.folder.path().join("rows.csv");
    std::fs::write(practice.folder.path().join("secret"), secret).unwrap();
    let reference = format!("file:{}", practice.folder.path().join("secret").display());
    let rows = format!(
        "tenant,client,secret\n{tenant},{client},{reference}\n{tenant},{client},{id}\nonly one\n{tenant},{client},{secret}\n{tenant},{client},env:HANDRAIL_NONE\n"
    );
    std::fs::write(&file, rows).unwrap();
    let output = practice.command("batch", &[file.to_str().unwrap()], "");
    ended(&output, 1, "secret-id-instead", secret);
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut verdicts: Vec<(String, String)> = out
        .lines()
        .map(|l| l.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .map(|l| (l[0].clone(), l[3].clone()))
        .collect();
    verdicts.sort();
    let wanted = ["passed", "FAILED", "could not tell", "passed", "could not tell"];
    assert_eq!(verdicts.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>(), wanted);
    // A spreadsheet needs its header, also where the results are kept in a file.
    let kept = practice.folder.path().join("kept.ndjson").display().to_string();
    let output = practice.command("batch", &[file.to_str().unwrap(), "--format", "csv", "--out", &kept], "");
    assert!(output.stdout.starts_with(b"row,tenant,client,verdict,code,what\n"));
}

/// Rows that are kept encrypted with age are read with their key, and nothing is said of plain text.
#[test]
fn an_encrypted_file_of_rows_is_opened_with_its_key() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let secret = text(&made["secret"]["value"]);
    let path = |name: &str| practice.folder.path().join(name).display().to_string();
    let key = Identity::from_random([7; 32]);
    std::fs::write(path("key.txt"), format!("# made for a test\n{}\n", key.to_text().as_str())).unwrap();
    let rows = format!("tenant,client,secret\n{tenant},{client},{secret}\n");
    let sealed = seal(&[key.recipient()], rows.as_bytes(), &mut |random: &mut [u8]| random.fill(5)).unwrap();
    std::fs::write(path("rows.csv.age"), sealed).unwrap();
    let closed = practice.command("batch", &[&path("rows.csv.age")], "");
    ended(&closed, 2, "--identity", secret);
    let output = practice.command("batch", &[&path("rows.csv.age"), "--identity", &path("key.txt")], "");
    ended(&output, 0, "passed", secret);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("plain text"));
    std::fs::write(path("other.txt"), Identity::from_random([8; 32]).to_text().as_str()).unwrap();
    let other = practice.command("batch", &[&path("rows.csv.age"), "--identity", &path("other.txt")], "");
    ended(&other, 2, "", secret);
}

/// Ended in the middle and started again: every row is there once.
#[test]
fn a_batch_goes_on_where_it_was_ended() {
    for signal in [Signal::Kill, Signal::Interrupt] {
        goes_on_after(signal);
    }
}

/// SIGKILL, and what Ctrl-C sends.
#[derive(Clone, Copy)]
enum Signal {
    Kill = 9,
    Interrupt = 2,
}

fn goes_on_after(signal: Signal) {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let file = practice.folder.path().join("rows.csv");
    let out = practice.folder.path().join("out.ndjson");
    let rows: String = (0..300).map(|n| format!("{tenant},{client},wrong-secret-number-{n:04}\n")).collect();
    std::fs::write(&file, format!("tenant,client,secret\n{rows}")).unwrap();
    let arguments = [file.to_str().unwrap(), "--out", out.to_str().unwrap(), "--in-flight", "8"];
    let done = || std::fs::read_to_string(&out).unwrap_or_default().lines().count();
    let mut child = practice.spawn("batch", &arguments);
    while done() < 40 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let (number, id) = (format!("-{}", signal as i32), child.id().to_string());
    assert!(Command::new("kill").args([number, id]).status().unwrap().success());
    // A shell calls that 128 and the number: 130 after Ctrl-C.
    assert_eq!(child.wait().unwrap().signal(), Some(signal as i32));
    let before = done();
    // The last line may have been cut by the kill.
    let mut cut = std::fs::read_to_string(&out).unwrap();
    cut.push_str("{\"row\":300,\"ver");
    std::fs::write(&out, cut).unwrap();
    let output = practice.command("batch", &arguments, "");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&out).unwrap();
    let mut numbers: Vec<u64> =
        text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["row"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=300).collect::<Vec<_>>());
    assert!(before >= 40 && !text.contains("wrong-secret-number"));
    let other = practice.folder.path().join("other.csv");
    std::fs::write(&other, "tenant,client,secret\n").unwrap();
    let refused = practice.command("batch", &[other.to_str().unwrap(), "--out", out.to_str().unwrap()], "");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_host_that_cannot_be_reached_is_could_not_tell() {
    let practice = Practice::start();
    let made = practice.good();
    let secret = text(&made["secret"]["value"]);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let practice = Practice { proxy: nobody, ..practice };
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    ended(&practice.handrail(&ids, secret), 4, "could not be reached", secret);
}

#[test]
fn probes_show_that_an_api_lets_the_app_in() {
    let practice = Practice::start();
    let graph = "00000003-0000-0000-c000-000000000000";
    let roles = [format!("{graph}/Directory.Read.All"), format!("{graph}/AuditLog.Read.All")];
    let made = practice.post("seed", &json!({"permissions": roles, "consent": true}));
    let secret = text(&made["secret"]["value"]);
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    let wanted = ["--require", "graph:Directory.Read.All", "--require", "graph:AuditLog.Read.All"];
    let all = [&ids[..], &wanted, &["--probe", "all"]].concat();
    let read = practice.handrail(&all, secret);
    ended(&read, 0, "let the app read one sign-in's ID", secret);
    ended(&read, 0, "let the app read one user's ID", secret);
    // A licence that is missing is told from a permission that is missing.
    for (fault, code, words) in [
        ("licence", 4, "App, secret and permission are right"),
        ("Authorization_RequestDenied", 4, "does not see the permission yet"),
        ("html", 4, "Microsoft"),
    ] {
        practice.post("scenario", &json!({"graphFault": fault}));
        ended(&practice.handrail(&all, secret), code, words, secret);
    }
    let fresh = practice.handrail(&[&all[..], &["--json"]].concat(), secret);
    let report: Value = serde_json::from_slice(&fresh.stdout).unwrap();
    assert!(report["checks"].as_array().unwrap().iter().any(|c| c["id"] == "probe.graph-users"), "{report}");
    let list = practice.handrail(&["--probes"], "");
    ended(&list, 0, "but not", "no secret here");
    ended(
        &practice.handrail(&[&ids[..], &["--probe", "graph-mail"]].concat(), secret),
        2,
        "there is no probe",
        secret,
    );
}

/// Audit logging that is off, a missing permission, and a service that is down: three things, told apart.
#[test]
fn audit_logging_off_is_told_from_a_missing_permission() {
    let practice = Practice::start();
    let made = practice.good();
    let secret = text(&made["secret"]["value"]);
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    let all = [&ids[..], &["--require", "management:ActivityFeed.Read"]].concat();
    ended(&practice.handrail(&all, secret), 0, "accepts the app for this directory", secret);
    practice.post("scenario", &json!({"managementFault": "audit-off"}));
    ended(&practice.handrail(&all, secret), 1, "Audit logging is off", secret);
    practice.post("scenario", &json!({"managementFault": "AF10001"}));
    ended(&practice.handrail(&all, secret), 4, "does not see the permission yet", secret);
    practice.post("scenario", &json!({"managementFault": "html"}));
    ended(&practice.handrail(&all, secret), 4, "could not tell", secret);
    let without = practice.post("seed", &json!({"permissions": ["ActivityFeed.ReadDlp"], "consent": true}));
    practice.post("scenario", &json!({"managementFault": null}));
    let ids = ["--tenant-id", text(&without["tenantId"]), "--client-id", text(&without["clientId"])];
    let other = practice.handrail(
        &[&ids[..], &["--require", "management:ActivityFeed.Read"]].concat(),
        text(&without["secret"]["value"]),
    );
    ended(&other, 1, "the app lacks ActivityFeed.Read", text(&without["secret"]["value"]));
}

/// Rows are checked at the same time: one after the other would take sixteen times as long.
#[test]
fn rows_are_checked_at_the_same_time() {
    let practice = Practice::start();
    let crowd = practice.post("crowd", &json!({"tenants": 40, "apps": 1, "latencyMs": 100}));
    let rows: String = crowd["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{},{},{}\n", text(&row[0]), text(&row[1]), text(&row[2])))
        .collect();
    let file = practice.folder.path().join("rows.csv");
    std::fs::write(&file, format!("tenant,client,secret\n{rows}")).unwrap();
    let start = std::time::Instant::now();
    let output =
        practice.command("batch", &[file.to_str().unwrap(), "--in-flight", "16", "--format", "summary"], "");
    let took = start.elapsed();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // Eighty answers of a tenth of a second each: eight seconds in a row, half a second side by side.
    assert!(took.as_secs_f64() < 5.0, "one after the other: {took:?}");
}
