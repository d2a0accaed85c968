//! Links from making to confirmation, and everything that is refused on the way, in the production runtime.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

#[path = "links/afterwards.rs"]
mod afterwards;
#[path = "links/api.rs"]
mod api;
#[path = "links/desk.rs"]
mod desk;
#[path = "links/kept.rs"]
mod kept;
#[path = "links/kill.rs"]
mod kill;
#[path = "links/load.rs"]
mod load;
#[path = "links/own.rs"]
mod own;

use handrail_handover::{Envelope, LinkClaims, Terms, VendorDocument, jose, open_bundle, refusal};
use handrail_seal::Identity;
use handrail_worker_tests::{Bench, Got};
use handrail_world::parties::{Customer, Vendor, random_text};
use handrail_world::profile::files_with;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

/// A Worker, a vendor that publishes its keys, and a working app in the practice tenant.
struct Practice {
    bench: Bench,
    vendor: Vendor,
    document: VendorDocument,
}

/// A domain that the guide names.
const DOMAIN: &str = "securus360.com";

impl Practice {
    fn start() -> Self {
        Self::start_told(&[])
    }

    /// With what the operator may set.
    fn start_told(told: &[(&str, &str)]) -> Self {
        let bench = Bench::start_told("worker", told, None).unwrap();
        let vendor = Vendor::new(DOMAIN);
        let document = published(&bench, &vendor);
        Self { bench, vendor, document }
    }

    fn origin(&self) -> String {
        self.bench.worker.origin()
    }

    /// A request of a vendor.
    fn ask(&self, vendor: &Vendor, method: &str, target: &str, body: &Value) -> Got {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let token = vendor.sign(&self.origin(), method, target, &body);
        self.bench.send(method, target, Some(&token), &body).unwrap()
    }

    fn register(&self, claims: &LinkClaims) -> Got {
        let body = json!({"token": self.vendor.sign_link(claims)});
        self.ask(&self.vendor, "PUT", &format!("/api/links/{}", claims.jti), &body)
    }

    /// A registered link and a customer with values that work.
    fn customer(&self) -> Customer {
        let claims = self.vendor.link(&self.origin(), "securus360");
        let made = self.register(&claims);
        assert_eq!(made.status, 200, "{}", made.text);
        self.customer_of(claims)
    }

    fn customer_of(&self, claims: LinkClaims) -> Customer {
        let good = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
        let seeded = self.bench.seed(&good).unwrap();
        let mut values = json!({});
        for id in ["tenant-id", "client-id", "client-secret", "tenant-domain"] {
            values[id] = seeded[id].clone();
        }
        Customer::new(claims, values)
    }

    fn post(&self, customer: &Customer, verb: &str, body: &Value) -> Got {
        let target = format!("/api/links/{}/{verb}", customer.claims.jti);
        spared(customer, self.bench.send("POST", &target, None, &body.to_string()).unwrap())
    }

    fn check(&self, customer: &Customer) -> String {
        let got = self.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
        let got = spared(customer, got);
        assert_eq!((got.status, &got.json()["verdict"]), (200, &json!("passed")), "{}", got.text);
        got.json()["signed"].as_str().unwrap().to_owned()
    }

    fn vendor_does(&self, customer: &Customer, verb: &str, body: &Value) -> Got {
        let target = format!("/api/links/{}/{verb}", customer.claims.jti);
        spared(customer, self.ask(&self.vendor, "POST", &target, body))
    }

    /// Has webhooks sent to the vendor's domain.
    #[track_caller]
    fn set_webhook(&self) {
        let body = json!({"url": format!("https://{DOMAIN}/webhook")});
        assert_eq!(self.ask(&self.vendor, "PUT", "/api/vendor/webhook", &body).status, 200);
    }

    fn standing(&self, customer: &Customer) -> String {
        let got = self.bench.get(&format!("/api/links/{}", customer.claims.jti)).unwrap();
        got.json()["standing"].as_str().unwrap_or(&got.text).to_owned()
    }

    fn terms(&self) -> Terms<'_> {
        Terms { document: &self.document, without_receipt: false, unchecked: false }
    }
}

/// An answer, in which the customer's secret is nowhere.
#[track_caller]
fn spared(customer: &Customer, got: Got) -> Got {
    if let Some(secret) = customer.values["client-secret"].as_str() {
        let told = got.headers.iter().map(|(_, value)| value).chain([&got.text]);
        assert_eq!(told.filter(|text| text.contains(secret)).count(), 0);
    }
    got
}

fn published(bench: &Bench, vendor: &Vendor) -> VendorDocument {
    let keys = bench.get("/.well-known/jwks.json").unwrap().json();
    let keys = serde_json::from_value(keys["keys"].clone()).unwrap();
    let document = vendor.document(&bench.worker.origin(), keys);
    bench.tenant.publish(&vendor.domain, &json!(document)).unwrap();
    document
}

fn open(identity: &Identity, envelope: &Envelope) -> Vec<u8> {
    let again: Identity = identity.to_text().parse().unwrap();
    handrail_seal::open(&[again], &envelope.sealed_bytes().unwrap()).unwrap().to_vec()
}

#[track_caller]
fn refused(got: &Got, why: &refusal::Refusal) {
    assert_eq!((got.status, got.error().as_str()), (why.status, why.code), "{}", got.text);
}

#[test]
fn a_link_from_making_to_confirmation() {
    let practice = Practice::start();
    let customer = practice.customer();
    assert_eq!(practice.standing(&customer), "created");
    assert_eq!(practice.post(&customer, "open", &json!({})).status, 200);
    let report = practice.check(&customer);
    assert_eq!(practice.standing(&customer), "checked");
    let body = customer.hand_over(&practice.vendor, &report, 0);
    let handed = practice.post(&customer, "hand-over", &body);
    assert_eq!((handed.status, &handed.json()["version"]), (200, &json!(1)), "{}", handed.text);
    let again = practice.post(&customer, "hand-over", &body);
    assert_eq!(again.json(), handed.json(), "a lost answer is given again, receipt and all");

    let collected = practice.vendor_does(&customer, "collect", &Value::Null);
    let envelope: Envelope = serde_json::from_value(collected.json()).unwrap();
    let plain = open(&practice.vendor.identity, &envelope);
    let opened = open_bundle(&envelope, &plain, practice.terms()).unwrap();
    let secret = customer.values["client-secret"].as_str().unwrap();
    // EXPOSE: compared with what the test made.
    assert_eq!(opened.bundle.values["client-secret"].expose(), secret);
    assert_eq!(opened.receipt.unwrap().version, 1);
    assert_eq!(practice.vendor_does(&customer, "collect", &Value::Null).text, collected.text);

    let listed = until("the index to know", LONG, || {
        let got = practice.ask(&practice.vendor, "GET", "/api/vendor/links", &Value::Null).json();
        Ok((got["links"][0]["standing"] == "collected").then_some(got))
    });
    assert_eq!(listed.unwrap()["links"][0]["ends"], "2027-05-20");
    let due = practice.ask(&practice.vendor, "GET", "/api/vendor/due?within=3000", &Value::Null).json();
    assert_eq!(due["links"].as_array().unwrap().len(), 1);

    refused(&practice.vendor_does(&customer, "acknowledge", &json!({"version": 2})), &refusal::OTHER_VERSION);
    assert_eq!(practice.vendor_does(&customer, "acknowledge", &json!({"version": 1})).status, 200);
    refused(&practice.vendor_does(&customer, "collect", &Value::Null), &refusal::ACKNOWLEDGED);
    assert_eq!(practice.vendor_does(&customer, "first-data", &Value::Null).status, 200);
    assert_eq!(practice.standing(&customer), "first-data");
    no_trace(&practice, secret);
}

/// How a file of SQLite begins.
const DATABASE: &str = "SQLite format 3";

/// No secret is in the runtime's log or in anything its objects store.
fn no_trace(practice: &Practice, secret: &str) {
    let folder = practice.bench.worker.folder();
    assert!(!practice.bench.worker.log().contains(secret));
    assert_eq!(files_with(folder, secret), Vec::<String>::new());
    assert!(files_with(folder, DATABASE).len() > 1, "the storage was looked through");
}

#[test]
fn one_hand_over_stands_and_only_its_token_replaces_it() {
    let practice = Practice::start();
    let customer = practice.customer();
    let report = practice.check(&customer);
    let first = customer.hand_over(&practice.vendor, &report, 0);
    assert_eq!(practice.post(&customer, "hand-over", &first).status, 200);
    let mut second = customer.hand_over(&practice.vendor, &report, 1);
    refused(&practice.post(&customer, "hand-over", &second), &refusal::HANDED_OVER);
    second["replace"] = json!(random_text());
    refused(&practice.post(&customer, "hand-over", &second), &refusal::HANDED_OVER);
    second["replace"] = json!(customer.replace);
    assert_eq!(practice.post(&customer, "hand-over", &second).json()["version"], 2);
    let mut other = customer.hand_over(&practice.vendor, &report, 2);
    other["key"] = second["key"].clone();
    refused(&practice.post(&customer, "hand-over", &other), &refusal::KEY_REUSED);
    assert_eq!(practice.vendor_does(&customer, "reopen", &Value::Null).status, 200);
    let third = customer.hand_over(&practice.vendor, &report, 2);
    assert_eq!(practice.post(&customer, "hand-over", &third).json()["version"], 3);
    assert_eq!(practice.vendor_does(&customer, "revoke", &Value::Null).status, 200);
    refused(&practice.vendor_does(&customer, "collect", &Value::Null), &refusal::LINK_REVOKED);
    refused(&practice.post(&customer, "open", &json!({})), &refusal::LINK_REVOKED);
}

#[test]
fn what_does_not_belong_to_the_link_is_refused() {
    let practice = Practice::start();
    let (one, two) = (practice.customer(), practice.customer());
    let report = practice.check(&one);
    refused(
        &practice.post(&two, "hand-over", &two.hand_over(&practice.vendor, &report, 0)),
        &refusal::REPORT_ELSEWHERE,
    );
    let mut body = one.hand_over(&practice.vendor, &report, 0);
    body["sealed"] = json!("aGVsbG8=");
    refused(&practice.post(&one, "hand-over", &body), &refusal::NOT_SEALED);
    let mut body = one.hand_over(&practice.vendor, &report, 0);
    let stranger = Vendor::new("stranger.example");
    let claims: Value = jose::dangerous_claims(&report).unwrap();
    body["report"] = json!(stranger.key.token("handrail-report+jwt", &claims).unwrap());
    refused(&practice.post(&one, "hand-over", &body), &refusal::REPORT_FORGED);
    // A failed check is signed as well, and hands nothing over.
    let mut bad = practice.customer();
    bad.values["client-id"] = bad.values["tenant-id"].clone();
    let got = practice.bench.send("POST", "/api/check", None, &bad.check().to_string()).unwrap();
    assert_eq!(got.json()["verdict"], "failed", "{}", got.text);
    let failed = got.json()["signed"].as_str().unwrap().to_owned();
    refused(
        &practice.post(&bad, "hand-over", &bad.hand_over(&practice.vendor, &failed, 0)),
        &refusal::REPORT_FAILED,
    );
}

#[test]
fn what_could_not_be_told_is_handed_over_and_says_so() {
    let practice = Practice::start();
    let customer = practice.customer();
    practice.bench.tenant.scenario(&json!({"tokenFault": {"kind": "html", "times": 99}})).unwrap();
    let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
    let got = spared(&customer, got).json();
    assert_eq!(got["verdict"], "could-not-tell");
    let body = customer.hand_over(&practice.vendor, got["signed"].as_str().unwrap(), 0);
    assert_eq!(practice.post(&customer, "hand-over", &body).status, 200);
    let collected = practice.vendor_does(&customer, "collect", &Value::Null).json();
    let envelope: Envelope = serde_json::from_value(collected).unwrap();
    let plain = open(&practice.vendor.identity, &envelope);
    let opened = open_bundle(&envelope, &plain, practice.terms()).unwrap();
    assert_eq!(opened.report.unwrap().verdict, "could-not-tell");
    assert_eq!(opened.receipt.unwrap().verdict, "could-not-tell");
}

#[test]
fn an_inbox_takes_nothing_that_does_not_agree() {
    let practice = Practice::start();
    let (customer, other) = (practice.customer(), practice.customer());
    let report = practice.check(&customer);
    let collect = |customer: &Customer, body: &Value| -> Envelope {
        assert_eq!(practice.post(customer, "hand-over", body).status, 200);
        serde_json::from_value(practice.vendor_does(customer, "collect", &Value::Null).json()).unwrap()
    };
    let judge = |envelope: &Envelope| {
        let plain = open(&practice.vendor.identity, envelope);
        open_bundle(envelope, &plain, practice.terms()).map(|_| ())
    };
    // Other values than those that were checked, sealed under a true report.
    let mut swapped = Customer::new(customer.claims.clone(), customer.values.clone());
    swapped.salt = customer.salt.clone();
    swapped.values["client-secret"] = json!("another");
    let envelope = collect(&customer, &swapped.hand_over(&practice.vendor, &report, 0));
    assert_eq!(judge(&envelope), Err(refusal::BUNDLE_OTHER_VALUES));
    // A bundle of another link, under a report of this one.
    let theirs = practice.check(&other);
    let mut body = other.hand_over(&practice.vendor, &theirs, 0);
    body["sealed"] =
        json!(Envelope::default().with_sealed(&customer.sealed(&practice.vendor, &theirs)).sealed);
    let envelope = collect(&other, &body);
    assert_eq!(judge(&envelope), Err(refusal::BUNDLE_ELSEWHERE));
    // Parts of an envelope exchanged on the way.
    let right = practice.customer();
    let report = practice.check(&right);
    let good = collect(&right, &right.hand_over(&practice.vendor, &report, 0));
    assert_eq!(judge(&good), Ok(()));
    let swap = |change: &dyn Fn(&mut Envelope)| {
        let mut envelope = good.clone();
        change(&mut envelope);
        judge(&envelope)
    };
    assert_eq!(swap(&|e| e.receipt = String::new()), Err(refusal::RECEIPT_WRONG));
    assert_eq!(swap(&|e| e.version = 2), Err(refusal::RECEIPT_WRONG));
    assert_eq!(swap(&|e| e.report = theirs.clone()), Err(refusal::REPORT_ELSEWHERE));
    assert_eq!(swap(&|e| e.link = practice.vendor.sign_link(&other.claims)), Err(refusal::BUNDLE_ELSEWHERE));
    let resealed = right.sealed(&practice.vendor, &report);
    assert_eq!(swap(&|e| *e = e.clone().with_sealed(&resealed)), Err(refusal::RECEIPT_WRONG));
}

#[test]
fn only_the_vendor_itself_asks_for_its_links_and_only_once_per_signature() {
    let practice = Practice::start();
    let customer = practice.customer();
    let target = format!("/api/links/{}/collect", customer.claims.jti);
    let send = |token: Option<&str>, body: &str| practice.bench.send("POST", &target, token, body).unwrap();
    refused(&send(None, ""), &refusal::UNSIGNED);
    let link = practice.vendor.sign_link(&customer.claims);
    refused(&send(Some(&link), ""), &refusal::UNSIGNED);
    let token = practice.vendor.sign(&practice.origin(), "POST", &target, "");
    refused(&send(Some(&token), "{}"), &refusal::OTHER_REQUEST);
    refused(&send(Some(&token), ""), &refusal::NOTHING_THERE);
    refused(&send(Some(&token), ""), &refusal::REPLAYED);
    let stranger = Vendor::new("stranger.example");
    published(&practice.bench, &stranger);
    refused(&practice.ask(&stranger, "POST", &target, &Value::Null), &refusal::LINK_UNKNOWN);
    let impostor = Vendor::new(DOMAIN);
    refused(&practice.ask(&impostor, "POST", &target, &Value::Null), &refusal::WRONG_SIGNATURE);
    let nobody = Vendor::new("nobody.example");
    refused(&practice.ask(&nobody, "POST", &target, &Value::Null), &refusal::DOCUMENT_MISSING);
    let steered = Vendor::new("vendor.example/../evil");
    refused(&practice.ask(&steered, "POST", &target, &Value::Null), &refusal::UNSIGNED);
}

#[test]
fn a_link_that_does_not_fit_is_not_kept() {
    let practice = Practice::start();
    let right = practice.vendor.link(&practice.origin(), "securus360");
    let with = |change: &dyn Fn(&mut LinkClaims)| {
        let mut claims = right.clone();
        change(&mut claims);
        practice.register(&claims)
    };
    refused(&with(&|c| c.iss = "other.example".into()), &refusal::BAD_LINK);
    // A guide of another vendor: a stranger's link to it is not kept, however well it is signed.
    refused(&with(&|c| c.guide = "safetica".into()), &refusal::STRANGER);
    refused(&with(&|c| c.aud = "https://elsewhere.example".into()), &refusal::BAD_LINK);
    refused(&with(&|c| c.exp = 1), &refusal::BAD_LINK);
    refused(&with(&|c| c.exp = i64::MAX), &refusal::BAD_LINK);
    refused(&with(&|c| c.guide = "unknown".into()), &refusal::BAD_LINK);
    let other = Vendor::new(DOMAIN);
    let body = json!({"token": other.sign_link(&right)});
    let target = format!("/api/links/{}", right.jti);
    refused(&practice.ask(&practice.vendor, "PUT", &target, &body), &refusal::BAD_LINK);
    assert_eq!(practice.register(&right).status, 200);
    assert_eq!(practice.register(&right).status, 200, "the same once more, after a lost answer");
    refused(&with(&|c| c.customer = "another".into()), &refusal::CODE_TAKEN);
}

#[test]
fn a_stranger_s_link_to_a_known_guide_is_refused() {
    let practice = Practice::start();
    let put = |domain: &str| {
        let vendor = Vendor::new(domain);
        published(&practice.bench, &vendor);
        let claims = vendor.link(&practice.origin(), "securus360");
        let body = json!({"token": vendor.sign_link(&claims)});
        practice.ask(&vendor, "PUT", &format!("/api/links/{}", claims.jti), &body)
    };
    for stranger in ["stranger.example", "notsecurus360.com", "securus360.com.example"] {
        refused(&put(stranger), &refusal::STRANGER);
    }
    assert_eq!(put("eu.securus360.com").status, 200, "below the guide's domain is the vendor's own");
}

#[test]
fn who_keeps_proving_to_be_nobody_is_not_listened_to() {
    let practice = Practice::start();
    let customer = practice.customer();
    let target = format!("/api/links/{}/state", customer.claims.jti);
    // A new minute may begin in between; then the count begins anew, once.
    let told: Vec<Got> = (0..70).map(|_| practice.bench.send("GET", &target, None, "").unwrap()).collect();
    let at = told.iter().position(|got| got.error() != "unsigned").unwrap();
    assert!((30..=60).contains(&at), "{at}");
    refused(&told[at], &refusal::TOO_MANY);
    assert_eq!(told[at].header("retry-after"), Some("60"));
    // Customers are not concerned: what needs no signature goes on.
    assert_eq!(practice.standing(&customer), "created");
    let silent = Practice::start();
    let before = silent.bench.tenant.state().unwrap()["unmatched"].as_array().map_or(0, Vec::len);
    for _ in 0..10 {
        let nobody = Vendor::new("nobody.example");
        let answer = silent.ask(&nobody, "GET", "/api/vendor/links", &Value::Null);
        refused(&answer, &refusal::DOCUMENT_MISSING);
    }
    let after = silent.bench.tenant.state().unwrap()["unmatched"].as_array().map_or(0, Vec::len);
    assert_eq!(after - before, 1, "a domain that publishes nothing is looked at once in ten seconds");
}

#[test]
fn looking_changes_nothing() {
    let practice = Practice::start();
    let customer = practice.customer();
    let code = &customer.claims.jti;
    let state = || {
        let target = format!("/api/links/{code}/state");
        practice.ask(&practice.vendor, "GET", &target, &Value::Null).json()
    };
    let before = state();
    for path in [format!("/api/links/{code}"), format!("/l/{code}"), format!("/api/links/{code}/open")] {
        for method in ["GET", "HEAD", "OPTIONS"] {
            practice.bench.send(method, &path, None, "").unwrap();
        }
    }
    assert_eq!(state(), before);
    assert_eq!(before["history"].as_array().unwrap().len(), 1);
}

/// Files of objects that were made; those that the runtime keeps for itself are there from the beginning.
fn objects_of(practice: &Practice) -> Vec<String> {
    let folders = std::fs::read_dir(practice.bench.worker.folder().join("storage")).unwrap().flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).unwrap().flatten());
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with("metadata")).collect()
}

#[test]
fn a_jurisdiction_is_asked_of_the_platform_and_nothing_is_kept_without_it() {
    for place in ["eu", "fedramp", "nowhere"] {
        let bench = Bench::start_told("worker", &[("JURISDICTION", place)], None).unwrap();
        let vendor = Vendor::new(DOMAIN);
        let document = published(&bench, &vendor);
        let practice = Practice { bench, vendor, document };
        let made = practice.register(&practice.vendor.link(&practice.origin(), "securus360"));
        assert_eq!((made.status, made.error().as_str()), (500, "internal"), "{place}");
        // The runtime on one's own machine has no such places and says so; production has them.
        let looked = practice.bench.get("/api/health").unwrap();
        assert_eq!(looked.status, 200, "what needs no storage goes on");
        assert_eq!(objects_of(&practice), Vec::<String>::new(), "{place}: nothing lies anywhere else");
    }
    let anywhere = Practice::start();
    anywhere.customer();
    assert!(objects_of(&anywhere).len() > 1, "links and vendors have files here");
}

#[test]
fn checks_under_a_link_cool_down() {
    let practice = Practice::start();
    let mut customer = practice.customer();
    customer.values["client-id"] = json!("no id");
    let mut codes = Vec::new();
    for _ in 0..13 {
        let got = practice.bench.send("POST", "/api/check", None, &customer.check().to_string()).unwrap();
        codes.push((got.status, got.header("retry-after").is_some()));
    }
    assert_eq!(codes[..12], [(200, false); 12]);
    assert_eq!(codes[12], (429, true));
    let mut unknown = customer.check();
    unknown["link"] = json!(practice.vendor.link("x", "y").jti);
    refused(
        &practice.bench.send("POST", "/api/check", None, &unknown.to_string()).unwrap(),
        &refusal::LINK_UNKNOWN,
    );
}

#[test]
fn webhooks_are_signed_with_the_published_key() {
    let practice = Practice::start();
    for url in ["http://vendor.example/webhook", "vendor.example"] {
        let got = practice.ask(&practice.vendor, "PUT", "/api/vendor/webhook", &json!({"url": url}));
        refused(&got, &refusal::BAD_REQUEST);
    }
    practice.set_webhook();
    let customer = practice.customer();
    practice.post(&customer, "open", &json!({}));
    let got = until("two webhooks", LONG, || {
        let got = practice.bench.tenant.webhooks()?;
        Ok((got.len() >= 2).then_some(got))
    })
    .unwrap();
    let types: Vec<String> = got.iter().map(hook_type).collect();
    assert_eq!(types, ["link.created", "link.opened"]);
    for hook in got {
        signed_by(&practice, &hook);
    }
}

/// What a webhook says has happened.
fn hook_type(hook: &Value) -> String {
    let body: Value = serde_json::from_str(hook["body"].as_str().unwrap()).unwrap();
    body["type"].as_str().unwrap().to_owned()
}

/// The webhook is signed with the key that the Worker publishes, and says what is described.
#[track_caller]
fn signed_by(practice: &Practice, hook: &Value) {
    let schemas = &api::description()["components"]["schemas"];
    let event = hook_type(hook);
    let described = schemas["LinkEvent"]["properties"]["type"]["enum"].as_array().unwrap();
    assert!(described.iter().any(|one| *one == event), "{event} is not described");
    let body: Value = serde_json::from_str(hook["body"].as_str().unwrap()).unwrap();
    let mut names: Vec<&String> = body["data"].as_object().unwrap().keys().collect();
    names.retain(|name| schemas["LinkRow"]["properties"][name.as_str()].is_null());
    assert_eq!(names, Vec::<&String>::new(), "not described");
    let key = practice.document.workers[0].public_keys()[0];
    let part = |name: &str| hook[name].as_str().unwrap().to_owned();
    let message = format!("{}.{}.{}", part("id"), part("timestamp"), part("body"));
    let signature = part("signature").strip_prefix("v1a,").unwrap().to_owned();
    let envelope = Envelope { sealed: signature, ..Envelope::default() };
    let signature: [u8; 64] = envelope.sealed_bytes().unwrap().try_into().unwrap();
    assert!(key.verifies(message.as_bytes(), &signature));
}

#[test]
fn a_webhook_whose_receiver_is_gone_ends_until_it_is_set_again() {
    let practice = Practice::start();
    let count = |least: usize| {
        until("webhooks", LONG, || Ok((practice.bench.tenant.webhook_count()? >= least).then_some(())))
            .unwrap();
        practice.bench.tenant.webhook_count().unwrap()
    };
    practice.set_webhook();
    practice.bench.tenant.refuse_webhooks(1, 410).unwrap();
    let customer = practice.customer();
    assert_eq!(count(1), 1);
    // Longer than the first wait after a refusal, and something happens meanwhile.
    practice.post(&customer, "open", &json!({}));
    std::thread::sleep(std::time::Duration::from_secs(7));
    assert_eq!(count(1), 1, "nothing is sent to who said that it is gone");
    practice.set_webhook();
    practice.customer();
    assert_eq!(count(2), 2, "what waited before is not sent later");
    let all = practice.bench.tenant.webhooks().unwrap();
    assert_eq!((&all[0]["status"], hook_type(&all[1]).as_str()), (&json!(410), "link.created"));
    assert_ne!(all[0]["id"], all[1]["id"]);
}

#[test]
fn a_webhook_that_is_not_taken_is_tried_again_also_by_a_runtime_that_was_killed() {
    let mut practice = Practice::start();
    practice.set_webhook();
    practice.bench.tenant.refuse_webhooks(1, 503).unwrap();
    practice.customer();
    let got = |practice: &Practice, least: usize| {
        until("webhooks", LONG, || {
            let got = practice.bench.tenant.webhooks()?;
            Ok((got.len() >= least).then_some(got))
        })
        .unwrap()
    };
    let first = got(&practice, 1);
    practice.bench.worker.restart().unwrap();
    let all = got(&practice, 2);
    assert_eq!((&first[0]["status"], &all[1]["status"]), (&json!(503), &json!(200)));
    // The same message, told apart from another one by its id; signed anew for the time of each try.
    assert_eq!((&all[0]["id"], &all[0]["body"]), (&all[1]["id"], &all[1]["body"]));
    let at = |hook: &Value| hook["timestamp"].as_str().unwrap().parse::<i64>().unwrap();
    assert!(at(&all[1]) - at(&all[0]) >= 5, "it is not tried again at once: {all:?}");
    all.iter().for_each(|hook| signed_by(&practice, hook));
    // What is taken is not sent once more.
    let other = practice.customer();
    practice.post(&other, "open", &json!({}));
    let all = got(&practice, 4);
    let ids: std::collections::BTreeSet<&str> = all.iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!((all.len(), ids.len()), (4, 3));
}
