//! A guide of the vendor's own: kept with its link, held against the digest that was signed, and what is checked follows from it.

use handrail_handover::{LinkClaims, jose, own_id, refusal};
use handrail_worker_tests::Got;
use handrail_world::parties::Vendor;
use serde_json::{Value, json};

use super::{Practice, published, refused};

/// A travelling guide, as it was kept.
const KEPT: &str = include_str!("../../../vectors/guides/lucerne.json");

/// A vendor that no packaged guide knows.
fn practice() -> Practice {
    let mut practice = Practice::start();
    practice.vendor = Vendor::new("vendor.example");
    practice.document = published(&practice.bench, &practice.vendor);
    practice
}

/// A link for this guide.
fn link(practice: &Practice, vendor: &Vendor, text: &str) -> LinkClaims {
    let digest = jose::digest(text.as_bytes());
    LinkClaims { guide: own_id(&digest), digest, ..vendor.link(&practice.origin(), "") }
}

fn register(practice: &Practice, vendor: &Vendor, claims: &LinkClaims, text: Option<&str>) -> Got {
    let body = json!({"token": vendor.sign_link(claims), "guide": text});
    practice.ask(vendor, "PUT", &format!("/api/links/{}", claims.jti), &body)
}

/// The same guide with the one permission that the practice app has.
fn smaller() -> String {
    let mut tree: Value = serde_json::from_str(KEPT).unwrap();
    tree["check"]["tokens"]
        .as_array_mut()
        .unwrap()
        .retain(|need| need["resource"] == "office-365-management");
    tree["guide"]["permission"].as_array_mut().unwrap().truncate(1);
    tree.to_string()
}

#[test]
fn an_own_guide_is_kept_with_its_link_and_says_what_is_checked() {
    let practice = practice();
    let claims = link(&practice, &practice.vendor, KEPT);
    let made = register(&practice, &practice.vendor, &claims, Some(KEPT));
    assert_eq!(made.status, 200, "{}", made.text);
    assert_eq!(register(&practice, &practice.vendor, &claims, Some(KEPT)).status, 200, "after a lost answer");
    let look = practice.bench.get(&format!("/api/links/{}", claims.jti)).unwrap().json();
    assert_eq!(look["guide"], KEPT);
    // The practice app lacks two of the three permissions.
    let customer = practice.customer_of(claims);
    let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
    assert_eq!(got.json()["verdict"], "failed", "{}", got.text);
    assert!(got.text.contains("AuditLog.Read.All"), "{}", got.text);

    let text = smaller();
    let claims = link(&practice, &practice.vendor, &text);
    assert_eq!(register(&practice, &practice.vendor, &claims, Some(&text)).status, 200);
    let digest = claims.digest.clone();
    let mut customer = practice.customer_of(claims);
    customer.values.as_object_mut().unwrap().remove("tenant-domain");
    let report = practice.check(&customer);
    let signed: Value = jose::dangerous_claims(&report).unwrap();
    assert_eq!(signed["digest"], json!(digest), "the report is bound to the text");
    let body = customer.hand_over(&practice.vendor, &report, 0);
    assert_eq!(practice.post(&customer, "hand-over", &body).status, 200);
    // What one link has says nothing under another.
    let other = link(&practice, &practice.vendor, KEPT);
    assert_eq!(register(&practice, &practice.vendor, &other, Some(KEPT)).status, 200);
    let mut elsewhere = customer.check();
    elsewhere["link"] = json!(other.jti);
    let got = practice.bench.send("POST", "/api/check", None, &elsewhere.to_string()).unwrap();
    refused(&got, &refusal::NOT_THIS_LINK);
}

#[test]
fn a_guide_that_was_not_signed_or_is_a_stranger_s_is_not_kept() {
    let practice = practice();
    let vendor = &practice.vendor;
    let tried = |vendor: &Vendor, signed: &str, sent: Option<&str>, change: &dyn Fn(&mut LinkClaims)| {
        let mut claims = link(&practice, vendor, signed);
        change(&mut claims);
        register(&practice, vendor, &claims, sent)
    };
    let other = smaller();
    refused(&tried(vendor, KEPT, Some(&other), &|_| {}), &refusal::GUIDE_CHANGED);
    refused(&tried(vendor, KEPT, None, &|_| {}), &refusal::BAD_LINK);
    // Under the name of a packaged guide, or another's.
    for name in ["securus360", "own-", "own-another"] {
        refused(&tried(vendor, KEPT, Some(KEPT), &|c| c.guide = name.to_owned()), &refusal::GUIDE_CHANGED);
    }
    let long = KEPT.replace("Lucerne Watch reads", &format!("{}reads", "x".repeat(40_000)));
    refused(&tried(vendor, &long, Some(&long), &|_| {}), &refusal::GUIDE_CHANGED);
    let elsewhere = KEPT.replace("c5393580-f805-4401-95e8-94b7a6ef2fc2", "https://elsewhere.example/");
    for odd in ["", "{}", "[]", &elsewhere] {
        refused(&tried(vendor, odd, Some(odd), &|_| {}), &refusal::GUIDE_UNFIT);
    }
    let stranger = Vendor::new("stranger.example");
    published(&practice.bench, &stranger);
    refused(&tried(&stranger, KEPT, Some(KEPT), &|_| {}), &refusal::STRANGER);
}
