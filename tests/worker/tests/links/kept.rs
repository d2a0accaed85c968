//! Every ciphertext has an end: what nobody confirms is deleted by the object's own alarm, after a warning.

use std::process::Command;

use handrail_handover::{jose, refusal};
use handrail_world::dist;
use handrail_world::parties::Customer;
use handrail_world::profile::files_with;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use super::{Practice, hook_type, refused, signed_by};

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
    !files_with(practice.bench.worker.folder(), text).is_empty()
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
    practice.set_webhook();
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
    told_by_webhook(&practice, &customer, until_when);
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

/// The receiver has the warning while the bundle is there and the word of its end, each signed, once and as described.
fn told_by_webhook(practice: &Practice, customer: &Customer, until_when: i64) {
    let got = until("five webhooks", LONG, || {
        let got = practice.bench.tenant.webhooks()?;
        Ok((got.len() >= 5).then_some(got))
    });
    let got = got.unwrap();
    let types: Vec<String> = got.iter().map(hook_type).collect();
    let all = ["created", "checked", "handed-over", "deletion-near", "deleted"];
    assert_eq!(types, all.map(|what| format!("link.{what}")));
    let told = [("handed-over", json!(until_when)), ("deleted", Value::Null)];
    for (hook, (standing, kept)) in got[3..].iter().zip(told) {
        signed_by(practice, hook);
        let body: Value = serde_json::from_str(hook["body"].as_str().unwrap()).unwrap();
        let row = &body["data"];
        assert_eq!(
            (&row["code"], &row["standing"], &row["kept-until"]),
            (&json!(customer.claims.jti), &json!(standing), &kept),
            "{body}"
        );
        // Sent when it happened, not when somebody looked.
        let late = body["timestamp"].as_i64().unwrap() - until_when;
        assert!(if kept.is_null() { late >= 0 } else { (-KEPT / 4..0).contains(&late) }, "{body}");
    }
}

#[test]
fn what_another_hand_over_replaces_is_gone_from_the_storage() {
    let mut practice = Practice::start();
    let customer = practice.customer();
    let report = practice.check(&customer);
    // Of every length beside the one before: one that is longer or shorter takes other pages, and so does what is deleted.
    let lengths = [20_000, 200, 30_000, 30_000, 9_000];
    let mut before: Option<String> = None;
    for (after, length) in (0..).zip(lengths) {
        let mut sealed = Customer::new(customer.claims.clone(), customer.values.clone());
        sealed.values["client-secret"] = json!("x".repeat(length));
        let mut body = sealed.hand_over(&practice.vendor, &report, after);
        body["next-replace"] = json!(jose::digest(customer.replace.as_bytes()));
        body["replace"] = json!(customer.replace);
        let handed = practice.post(&customer, "hand-over", &body);
        assert_eq!(handed.json()["version"], after + 1, "{}", handed.text);
        let collected = practice.vendor_does(&customer, "collect", &Value::Null).json();
        assert_eq!(
            (&collected["sealed"], &collected["receipt"]),
            (&body["sealed"], &handed.json()["receipt"])
        );
        // Every second time the alarm has rung by then: what was set aside is forgotten, and its pages are free.
        if after % 2 == 0 {
            until("the index to know", LONG, || {
                let row = row(&practice);
                Ok((row["standing"] == "collected" && row["version"] == after + 1).then_some(()))
            })
            .unwrap();
        }
        practice.bench.worker.kill();
        settle(&practice);
        assert!(is_stored(&practice, &mark(&body)), "the storage is what is looked through");
        let left = before.replace(mark(&body)).is_some_and(|old| is_stored(&practice, &old));
        assert!(!left, "version {after} lies there still");
        practice.bench.worker.restart().unwrap();
    }
}

#[test]
fn what_happens_while_an_alarm_tells_the_vendor_is_told_as_well() {
    let practice = Practice::start();
    let customer = practice.customer();
    let report = practice.check(&customer);
    let body = customer.hand_over(&practice.vendor, &report, 0);
    assert_eq!(practice.post(&customer, "hand-over", &body).status, 200);
    // The bundle has a time of its own by now, for which the same alarm is to ring much later.
    let target = format!("/api/links/{}/state", customer.claims.jti);
    for turn in 0..40 {
        std::thread::scope(|threads| {
            for number in 0..8_u64 {
                let (practice, customer) = (&practice, &customer);
                threads.spawn(move || {
                    // A vendor is told within some milliseconds; the last of these comes into that time again and again.
                    std::thread::sleep(std::time::Duration::from_micros(number * 400));
                    let told = json!({"step": format!("turn-{turn}"), "number": number, "of": 8});
                    assert_eq!(practice.post(customer, "progress", &told).status, 200);
                });
            }
        });
        let state = practice.ask(&practice.vendor, "GET", &target, &Value::Null).json();
        let last = format!("turn-{turn} ({}/8)", state["progress"]["number"]);
        until(&last, LONG, || Ok((row(&practice)["step"] == json!(last)).then_some(()))).unwrap();
    }
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
