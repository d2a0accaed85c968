//! A thousand at once: one hand-over stands per version, and everybody who collects gets the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use handrail_handover::{Envelope, refusal};
use handrail_worker_tests::Got;
use handrail_world::parties::Customer;
use serde_json::{Value, json};

use super::{Practice, refused};

const ALL: usize = 1_000;

/// Connections at a time: far more than the object takes in one turn, fewer than a machine has ports.
const AT_ONCE: usize = 100;

/// Does a thing many times at once; everything that was answered.
fn many<T: Send>(count: usize, what: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..AT_ONCE.min(count) {
            threads.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let got = what(at);
                    done.lock().unwrap().push(got);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

fn told(all: &[Got]) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for got in all {
        *told.entry(format!("{} {}", got.status, got.error())).or_default() += 1;
    }
    told
}

/// Hands over a thousand times at once; the receipt of the one that stands.
fn all_hand_over(practice: &Practice, customer: &Customer, report: &str, after: u32) -> String {
    let bodies: Vec<Value> = (0..ALL).map(|_| customer.hand_over(&practice.vendor, report, after)).collect();
    let answers = many(ALL, |at| practice.post(customer, "hand-over", &bodies[at]));
    let stood: Vec<&Got> = answers.iter().filter(|got| got.status == 200).collect();
    println!("{:?}", told(&answers));
    assert_eq!(stood.len(), 1, "{:?}", told(&answers));
    assert_eq!(told(&answers).len(), 2, "{:?}", told(&answers));
    assert_eq!(told(&answers)["409 handed-over"], ALL - 1);
    assert_eq!(stood[0].json()["version"], after + 1);
    stood[0].json()["receipt"].as_str().unwrap().to_owned()
}

#[test]
fn of_a_thousand_hand_overs_at_once_one_stands_and_a_thousand_collects_are_alike() {
    let practice = Practice::start();
    let customer = practice.customer();
    let report = practice.check(&customer);
    all_hand_over(&practice, &customer, &report, 0);
    assert_eq!(practice.vendor_does(&customer, "reopen", &Value::Null).status, 200);
    let receipt = all_hand_over(&practice, &customer, &report, 1);

    let answers = many(ALL, |_| practice.vendor_does(&customer, "collect", &Value::Null));
    assert_eq!(told(&answers), BTreeMap::from([("200 ".to_owned(), ALL)]));
    let texts: BTreeSet<&str> = answers.iter().map(|got| got.text.as_str()).collect();
    assert_eq!(texts.len(), 1, "the same bytes every time");
    let envelope: Envelope = serde_json::from_value(answers[0].json()).unwrap();
    assert_eq!((envelope.receipt, envelope.version), (receipt, 2));
    let acks = many(50, |_| practice.vendor_does(&customer, "acknowledge", &json!({"version": 2})));
    assert_eq!(told(&acks), BTreeMap::from([("200 ".to_owned(), 50)]));
    for got in many(ALL, |_| practice.vendor_does(&customer, "collect", &Value::Null)) {
        refused(&got, &refusal::ACKNOWLEDGED);
    }
    let state = format!("/api/links/{}/state", customer.claims.jti);
    let state = practice.ask(&practice.vendor, "GET", &state, &Value::Null).json();
    let history: Vec<&str> =
        state["history"].as_array().unwrap().iter().map(|h| h["what"].as_str().unwrap()).collect();
    assert_eq!(
        history,
        ["created", "checked", "handed-over", "reopened", "replaced", "collected", "acknowledged"]
    );
}
