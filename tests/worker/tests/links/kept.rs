//! Every ciphertext has an end: what nobody confirms is deleted by the object's own alarm, after a warning.

use std::process::Command;

use handrail_handover::refusal;
use handrail_world::dist;
use handrail_world::parties::Customer;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use super::{Practice, refused};

/// Seconds that a bundle is kept here, of which the last quarter is the one after the warning.
const KEPT: i64 = 8;

/// A part of a ciphertext as it lies in the storage: enough of its base64 to be nobody else's.
fn mark(body: &Value) -> String {
    let sealed = body["sealed"].as_str().unwrap();
    let middle = sealed.len() / 2;
    sealed[middle..middle + 60].to_owned()
}

/// Whether a text is in any file of the runtime's folder: its objects' databases and their logs of writing ahead.
fn is_stored(practice: &Practice, text: &str) -> bool {
    let mut folders = vec![practice.bench.worker.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes()) {
                return true;
            }
        }
    }
    false
}

/// Has the databases take over what their logs of writing ahead hold, as the runtime does when it closes them.
fn settle(practice: &Practice) {
    let python = dist::root().join("target/tools/schemathesis/bin/python");
    assert!(python.is_file(), "no {}: run `cargo xtask tools`", python.display());
    let program = "import pathlib, sqlite3, sys\n\
        files = list(pathlib.Path(sys.argv[1]).rglob('*.sqlite'))\n\
        for file in files:\n    \
            print(sqlite3.connect(file).execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchone()[0])\n\
        assert files";
    let done =
        Command::new(python).args(["-c", program]).arg(practice.bench.worker.folder()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.lines().all(|busy| busy == "0"), "{said}{why}");
}

fn row(practice: &Practice) -> Value {
    practice.ask(&practice.vendor, "GET", "/api/vendor/links", &Value::Null).json()["links"][0].clone()
}

fn look(practice: &Practice, customer: &Customer) -> Value {
    practice.bench.get(&format!("/api/links/{}", customer.claims.jti)).unwrap().json()
}

fn history(state: &Value) -> Vec<&str> {
    state["history"].as_array().unwrap().iter().map(|line| line["what"].as_str().unwrap()).collect()
}

#[test]
fn what_nobody_confirms_is_deleted_by_the_alarm_and_everyone_is_told() {
    let mut practice = Practice::start_told(&[("BUNDLE_SECONDS", &KEPT.to_string())]);
    let customer = practice.customer();
    let report = practice.check(&customer);
    let body = customer.hand_over(&practice.vendor, &report, 0);
    let handed = practice.post(&customer, "hand-over", &body).json();
    let until_when = handed["kept-until"].as_i64().unwrap();
    assert_eq!(look(&practice, &customer)["kept-until"], json!(until_when), "the customer sees how long");
    let listed = until("the index to know", LONG, || {
        let row = row(&practice);
        Ok((row["standing"] == "handed-over").then_some(row))
    });
    assert_eq!(listed.unwrap()["kept-until"], json!(until_when), "and so does the vendor");
    assert!(is_stored(&practice, &mark(&body)), "the storage is what is looked through");

    let deleted = until("the alarm to delete it", LONG, || {
        let row = row(&practice);
        Ok((row["standing"] == "deleted").then_some(row))
    });
    assert_eq!(deleted.unwrap()["kept-until"], Value::Null);
    let seen = look(&practice, &customer);
    assert_eq!((&seen["standing"], &seen["kept-until"]), (&json!("deleted"), &Value::Null));
    refused(&practice.vendor_does(&customer, "collect", &Value::Null), &refusal::DELETED);
    refused(&practice.vendor_does(&customer, "acknowledge", &json!({"version": 1})), &refusal::DELETED);
    let target = format!("/api/links/{}/state", customer.claims.jti);
    let state = practice.ask(&practice.vendor, "GET", &target, &Value::Null).json();
    assert_eq!(history(&state), ["created", "checked", "handed-over", "deletion-near", "deleted"]);
    let warned = state["warned"].as_i64().unwrap();
    assert!(warned < until_when && state["deleted"].as_i64().unwrap() >= until_when, "{state}");
    practice.bench.worker.kill();
    settle(&practice);
    assert!(!is_stored(&practice, &mark(&body)), "the ciphertext is gone from the storage");
    practice.bench.worker.restart().unwrap();
    let again = practice.post(&customer, "hand-over", &body).json();
    assert_eq!(again["receipt"], handed["receipt"], "what happened stays proved");

    // The vendor reopens it, and a new hand-over has a time of its own.
    assert_eq!(practice.vendor_does(&customer, "reopen", &Value::Null).status, 200);
    let second = customer.hand_over(&practice.vendor, &practice.check(&customer), 1);
    assert!(practice.post(&customer, "hand-over", &second).json()["kept-until"].as_i64() > Some(until_when));
    assert_eq!(practice.vendor_does(&customer, "collect", &Value::Null).status, 200);
}

#[test]
fn without_a_word_of_the_operator_s_it_is_thirty_days() {
    let practice = Practice::start();
    let customer = practice.customer();
    let report = practice.check(&customer);
    let handed = practice.post(&customer, "hand-over", &customer.hand_over(&practice.vendor, &report, 0));
    let until_when = handed.json()["kept-until"].as_i64().unwrap();
    let made = customer.claims.iat;
    let days = (until_when - made) as f64 / 86_400.0;
    assert!((29.9..30.1).contains(&days), "{days}");
    assert_eq!(practice.vendor_does(&customer, "collect", &Value::Null).status, 200);
    assert_eq!(practice.vendor_does(&customer, "acknowledge", &json!({"version": 1})).status, 200);
    assert_eq!(look(&practice, &customer)["kept-until"], Value::Null, "nothing is kept any more");
}
