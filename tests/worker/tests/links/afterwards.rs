//! What the vendor proves after the hand-over: a federated credential, and a consent to its own app.

use handrail_handover::{LinkClaims, is_subject, make_subject, refusal};
use handrail_world::parties::{Customer, Vendor, bytes};
use serde_json::{Value, json};

use super::{Practice, published, refused};

/// A link for a federated credential.
fn federated(practice: &Practice) -> LinkClaims {
    LinkClaims {
        issuer: Some(format!("https://{}/handrail", practice.vendor.domain)),
        subject: Some(make_subject(bytes())),
        kinds: vec!["federated".to_owned()],
        ..practice.vendor.link(&practice.origin(), "securus360")
    }
}

/// A link for a consent to the vendor's own app.
fn consent(practice: &Practice, state: &str) -> LinkClaims {
    let address = format!(
        "https://login.microsoftonline.com/organizations/adminconsent?client_id=0f8fad5b-d9cb-469f-a165-70867728950e\
         &redirect_uri=https%3A%2F%2F{}%2Fback&state={state}",
        practice.vendor.domain
    );
    LinkClaims { consent: Some(address), ..practice.vendor.link(&practice.origin(), "delegate365") }
}

/// A customer who has no secret at all.
fn without_secret(practice: &Practice, claims: LinkClaims) -> Customer {
    let mut customer = practice.customer_of(claims);
    customer.values.as_object_mut().unwrap().remove("client-secret");
    customer
}

/// Checks, which is pending, and hands over.
fn hand_over(practice: &Practice, customer: &Customer, after: u32) {
    let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
    assert_eq!((got.status, &got.json()["verdict"]), (200, &json!("pending")), "{}", got.text);
    assert!(got.text.contains("vendor-proves"), "{}", got.text);
    let report = got.json()["signed"].as_str().unwrap().to_owned();
    let mut body = customer.hand_over(&practice.vendor, &report, after);
    if after > 0 {
        body["replace"] = json!(customer.replace);
    }
    let handed = practice.post(customer, "hand-over", &body);
    assert_eq!(handed.status, 200, "{}", handed.text);
}

fn proof(practice: &Practice, customer: &Customer) -> Value {
    practice.bench.get(&format!("/api/links/{}", customer.claims.jti)).unwrap().json()["proof"].clone()
}

#[test]
fn a_federated_credential_is_pending_until_the_vendor_has_proved_it() {
    let practice = Practice::start();
    let claims = federated(&practice);
    assert_eq!(practice.register(&claims).status, 200);
    let customer = without_secret(&practice, claims);
    let prove = |body: Value| practice.vendor_does(&customer, "prove", &body);
    refused(&prove(json!({"ok": true, "version": 0})), &refusal::NOTHING_THERE);
    assert_eq!(proof(&practice, &customer), Value::Null, "nothing is pending before the hand-over");
    hand_over(&practice, &customer, 0);
    assert_eq!(proof(&practice, &customer)["state"], "pending");
    assert_eq!(practice.vendor_does(&customer, "collect", &Value::Null).status, 200);
    for wrong in [
        json!({}),
        json!({"ok": true}),
        json!({"ok": false, "version": 1}),
        json!({"ok": true, "version": 1, "code": "federated-mismatch"}),
        json!({"ok": false, "version": 1, "code": "<b>call this number</b>"}),
        json!({"ok": false, "version": 1, "code": "token-issued"}),
    ] {
        assert_eq!(prove(wrong.clone()).error(), "bad-request", "{wrong}");
    }
    refused(&prove(json!({"ok": true, "version": 2})), &refusal::OTHER_VERSION);
    let failed = prove(json!({"ok": false, "version": 1, "code": "federated-mismatch"}));
    assert_eq!(failed.json()["standing"], "not-proved", "{}", failed.text);
    let told = proof(&practice, &customer);
    assert_eq!((&told["state"], &told["code"]), (&json!("failed"), &json!("federated-mismatch")));
    assert!(told["next"].as_str().unwrap().contains("subject"), "{told}");
    assert_eq!(prove(json!({"ok": true, "version": 1})).json()["standing"], "proved");
    assert_eq!(proof(&practice, &customer)["state"], "passed");
    assert_eq!(practice.standing(&customer), "proved");
    // What replaces it is not proved by what was proved before.
    hand_over(&practice, &customer, 1);
    assert_eq!(proof(&practice, &customer)["state"], "pending");
    // A stranger proves nothing, and a link with a secret is proved before.
    let stranger = Vendor::new("stranger.example");
    published(&practice.bench, &stranger);
    let target = format!("/api/links/{}/prove", customer.claims.jti);
    let got = practice.ask(&stranger, "POST", &target, &json!({"ok": true, "version": 2}));
    refused(&got, &refusal::LINK_UNKNOWN);
    let other = practice.customer();
    refused(
        &practice.vendor_does(&other, "prove", &json!({"ok": true, "version": 0})),
        &refusal::NOT_THIS_LINK,
    );
    assert_eq!(practice.vendor_does(&customer, "revoke", &Value::Null).status, 200);
    refused(&prove(json!({"ok": true, "version": 2})), &refusal::LINK_REVOKED);
}

#[test]
fn a_credential_of_a_kind_that_the_vendor_does_not_take_is_refused_and_not_tried() {
    let practice = Practice::start();
    let certificate = LinkClaims {
        kinds: vec!["certificate".to_owned()],
        ..practice.vendor.link(&practice.origin(), "securus360")
    };
    for claims in [federated(&practice), certificate] {
        assert_eq!(practice.register(&claims).status, 200);
        let customer = practice.customer_of(claims);
        let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
        refused(&got, &refusal::KIND_NOT_TAKEN);
        let secret = customer.values["client-secret"].as_str().unwrap();
        assert!(!got.text.contains(secret) && !practice.bench.worker.log().contains(secret));
    }
    // Nor beside one that is taken.
    let other = LinkClaims {
        kinds: vec!["certificate".to_owned()],
        ..practice.vendor.link(&practice.origin(), "securus360")
    };
    assert_eq!(practice.register(&other).status, 200);
    let mut both = practice.customer_of(other).check();
    both["assertion"] = json!("a.b.c");
    refused(
        &practice.bench.send("POST", "/api/check", None, &both.to_string()).unwrap(),
        &refusal::KIND_NOT_TAKEN,
    );
    let one = LinkClaims {
        kinds: vec!["secret".to_owned()],
        ..practice.vendor.link(&practice.origin(), "securus360")
    };
    assert_eq!(practice.register(&one).status, 200);
    let got = practice
        .bench
        .send("POST", "/api/check", None, &practice.customer_of(one).check().to_string())
        .unwrap();
    assert_eq!(got.status, 200, "{}", got.text);
}

#[test]
fn a_subject_belongs_to_one_link_for_ever() {
    let practice = Practice::start();
    let first = federated(&practice);
    assert_eq!(practice.register(&first).status, 200);
    assert_eq!(practice.register(&first).status, 200, "the same link after a lost answer");
    let again = LinkClaims { subject: first.subject.clone(), ..federated(&practice) };
    refused(&practice.register(&again), &refusal::SUBJECT_USED);
    let target = format!("/api/links/{}/revoke", first.jti);
    assert_eq!(practice.ask(&practice.vendor, "POST", &target, &Value::Null).status, 200);
    refused(&practice.register(&again), &refusal::SUBJECT_USED);
    for (issuer, subject) in [
        (Some("https://other.example"), first.subject.as_deref()),
        (Some("https://securus360.com.evil.test"), first.subject.as_deref()),
        (None, first.subject.as_deref()),
        (first.issuer.as_deref(), None),
        (first.issuer.as_deref(), Some("customer-1")),
    ] {
        let poor = LinkClaims {
            issuer: issuer.map(str::to_owned),
            subject: subject.map(str::to_owned),
            ..federated(&practice)
        };
        refused(&practice.register(&poor), &refusal::BAD_LINK);
    }
}

#[test]
fn a_consent_asks_for_the_directory_alone_and_its_state_is_one_link_s() {
    let mut practice = Practice::start();
    practice.vendor = Vendor::new("delegate365.com");
    practice.document = published(&practice.bench, &practice.vendor);
    let state = make_subject(bytes());
    assert!(is_subject(&state));
    let claims = consent(&practice, &state);
    let made = practice.register(&claims);
    assert_eq!(made.status, 200, "{}", made.text);
    refused(&practice.register(&consent(&practice, &state)), &refusal::SUBJECT_USED);
    refused(&practice.register(&consent(&practice, "guess")), &refusal::BAD_LINK);
    let mut elsewhere = consent(&practice, &make_subject(bytes()));
    elsewhere.consent = elsewhere.consent.map(|a| a.replace("login.microsoftonline.com", "login.evil.test"));
    refused(&practice.register(&elsewhere), &refusal::BAD_LINK);
    let mut customer = without_secret(&practice, claims);
    let tenant = customer.values["tenant-id"].clone();
    customer.values = json!({});
    let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
    assert_eq!(got.json()["verdict"], "failed", "without the directory there is nothing: {}", got.text);
    customer.values = json!({"tenant-id": tenant});
    hand_over(&practice, &customer, 0);
    let body = json!({"ok": false, "version": 1, "code": "consent-other-tenant"});
    assert_eq!(practice.vendor_does(&customer, "prove", &body).json()["standing"], "not-proved");
    assert!(proof(&practice, &customer)["what"].as_str().unwrap().contains("another directory"));
}
