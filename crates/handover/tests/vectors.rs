//! The permanent vectors in `tests/vectors`: every file is read, and what it expects holds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "helpers of tests"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use handrail_credential::Secret;
use handrail_handover::jose::Jwk;
use handrail_handover::{
    Bundle, By, Code, EndDate, Envelope, Known, LINK_TYPE, LinkClaims, Met, RECEIPT_TYPE, REPORT_TYPE,
    Reader, ReceiptClaims, Refusal, ReportClaims, Salt, Signing, Terms, VendorDocument, VendorKey,
    WorkerEntry, admit, fingerprint_of, jose, make_subject, open_bundle, own_id, voucher,
};
use handrail_seal::{Identity, open, seal};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn outcome<T>(result: Result<T, Refusal>) -> (String, Option<T>) {
    match result {
        Ok(value) => ("ok".to_owned(), Some(value)),
        Err(refusal) => (refusal.code.to_owned(), None),
    }
}

/// What the code says about a vector, in the words of its `expect`, with what came out, and which guide was followed where
/// the report says so.
fn judged(vector: &Value) -> (String, Value, Option<String>) {
    let text = |name: &str| vector[name].as_str().unwrap_or_default();
    let now = vector["now"].as_i64().unwrap();
    let document = || {
        let document: VendorDocument = serde_json::from_value(vector["document"].clone()).unwrap();
        VendorDocument::parse(&json!(document).to_string(), &document.domain).unwrap()
    };
    match text("what") {
        "link" => {
            let code = Code::parse(text("code")).unwrap();
            let own = vector["guide"].as_str();
            let admitted = admit(text("token"), &code, text("origin"), &document(), own, now);
            let (told, admitted) = outcome(admitted);
            (told, admitted.map_or(Value::Null, |a| json!(a.recipients)), None)
        }
        "report" => {
            let keys: Vec<Jwk> = serde_json::from_value(vector["keys"].clone()).unwrap();
            let keys: Vec<_> = keys.iter().filter_map(Jwk::key).collect();
            let told = ReportClaims::admits(text("token"), &keys, text("origin"), text("code"), now);
            let (told, claims) = outcome(told);
            (told, Value::Null, claims.and_then(|claims| claims.followed))
        }
        "bundle" => {
            let envelope: Envelope = serde_json::from_value(vector["envelope"].clone()).unwrap();
            let identity: Identity = text("identity").parse().unwrap();
            let opened = envelope.sealed_bytes().and_then(|sealed| {
                open(&[identity], &sealed).map_err(|_| handrail_handover::refusal::BUNDLE_UNREADABLE)
            });
            let document = document();
            let terms = Terms { document: &document, without_receipt: false, unchecked: false };
            let (told, opened) = outcome(opened.and_then(|plain| open_bundle(&envelope, &plain, terms)));
            let followed = opened.as_ref().and_then(|o| o.report.clone()?.followed);
            let values = opened.map(|o| {
                // EXPOSE: values of a vector, which are no secret.
                let all = o.bundle.values.iter().map(|(id, v)| (id.clone(), v.expose().to_owned()));
                json!(all.collect::<BTreeMap<_, _>>())
            });
            (told, values.unwrap_or_default(), followed)
        }
        "known" => {
            let known: Option<Known> = serde_json::from_value(vector["known"].clone()).unwrap();
            let words = vector["told"].as_str();
            let met = Known::meet(known.as_ref(), text("token"), &document(), words, now);
            let (told, met) = outcome(met);
            let remembered = |(known, met): (Known, Met)| {
                let met = match met {
                    Met::First => "first",
                    Met::Same { .. } => "same",
                    Met::Told => "told",
                };
                let keys: Vec<String> = known.keys.iter().map(|key| key.kid.clone()).collect();
                json!({"met": met, "keys": keys, "since": known.since})
            };
            (told, met.map_or(Value::Null, remembered), None)
        }
        other => panic!("a vector about {other}"),
    }
}

#[test]
fn every_vector_holds() {
    if std::env::var_os("NEW_VECTORS").is_some() {
        write_missing();
        write_known(&Parties::new());
    }
    let (mut good, mut bad) = (0, 0);
    for entry in std::fs::read_dir(folder()).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let vector: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (told, detail, followed) = judged(&vector);
        assert_eq!(vector["expect"], json!(told), "{}", path.display());
        assert_eq!(vector["values"], detail, "{}", path.display());
        assert_eq!(vector["followed"], json!(followed), "{}", path.display());
        *(if told == "ok" { &mut good } else { &mut bad }) += 1;
    }
    assert!(good >= 4 && bad > good, "{good} good, {bad} refused");
}

/// The parties of the vectors, whose keys are in the files.
struct Parties {
    vendor: Signing,
    worker: Signing,
    identity: Identity,
    second: Identity,
}

const NOW: i64 = 1_795_000_000;
const ORIGIN: &str = "https://handrail.example";
const CODE: &str = "0123456789ABCDEFG";

impl Parties {
    fn new() -> Self {
        Self {
            vendor: Signing::from_seed([11; 32]),
            worker: Signing::from_seed([12; 32]),
            identity: Identity::from_random([13; 32]),
            second: Identity::from_random([14; 32]),
        }
    }

    fn code(&self) -> Code {
        let mut bytes = [0; 17];
        for (to, from) in bytes.iter_mut().zip(CODE.bytes()) {
            *to = from;
        }
        Code::from_random(bytes)
    }

    fn document(&self) -> VendorDocument {
        let reader =
            |i: &Identity| Reader { age: i.recipient().to_string(), name: String::new(), until: None };
        VendorDocument {
            handrail: 1,
            domain: "vendor.example".into(),
            name: "Vendor".into(),
            keys: vec![VendorKey { jwk: self.vendor.public().jwk(), until: None, voucher: None }],
            recipients: vec![reader(&self.identity), reader(&self.second)],
            workers: vec![WorkerEntry { origin: ORIGIN.into(), keys: vec![self.worker.public().jwk()] }],
            support: None,
            logo: None,
        }
    }

    fn claims(&self) -> LinkClaims {
        LinkClaims {
            iss: "vendor.example".into(),
            aud: ORIGIN.into(),
            jti: self.code().to_string(),
            iat: NOW - 100,
            exp: NOW + 86_400,
            guide: "a-guide".into(),
            digest: "digest".into(),
            mode: "run".into(),
            customer: "Contoso".into(),
            recipients: self.document().recipients_at(NOW).iter().map(|r| fingerprint_of(r)).collect(),
            ..LinkClaims::default()
        }
    }

    fn bundle(&self) -> Bundle {
        let values = [("client-id", "an id"), ("client-secret", "not a secret: \"quoted\" \u{e9}\n")];
        Bundle {
            link: self.code().to_string(),
            vendor: "vendor.example".into(),
            guide: "a-guide".into(),
            values: values.iter().map(|(id, v)| ((*id).to_owned(), Secret::new(*v))).collect(),
            salt: Salt::from_random([15; 32]),
            ends: Some(EndDate { date: "2027-05-20".into(), how: "read".into() }),
            report: String::new(),
            made: NOW,
        }
    }

    fn report(&self) -> ReportClaims {
        ReportClaims {
            iss: ORIGIN.into(),
            aud: "vendor.example".into(),
            sub: self.code().to_string(),
            iat: NOW,
            guide: "a-guide".into(),
            digest: "digest".into(),
            followed: None,
            tenant: None,
            verdict: "passed".into(),
            commitment: self.bundle().commitment(),
            report: json!({"verdict": "passed"}),
        }
    }

    fn envelope(
        &self,
        report: &ReportClaims,
        bundle: &Bundle,
        receipt: &dyn Fn(&mut ReceiptClaims),
    ) -> Envelope {
        let report = self.worker.token(REPORT_TYPE, report).unwrap();
        let bundle = Bundle { report: report.clone(), ..bundle.clone() };
        let mut state = 16;
        let mut random = |to: &mut [u8]| {
            state += 1;
            to.fill(state);
        };
        let to = [self.identity.recipient(), self.second.recipient()];
        let sealed = seal(&to, bundle.to_json().as_bytes(), &mut random).unwrap();
        let mut claims = ReceiptClaims {
            iss: ORIGIN.into(),
            aud: "vendor.example".into(),
            sub: self.code().to_string(),
            iat: NOW,
            version: 1,
            by: By::Service,
            report: jose::digest(report.as_bytes()),
            verdict: "passed".into(),
            sha256: jose::digest(&sealed),
            bytes: sealed.len() as u64,
        };
        receipt(&mut claims);
        Envelope {
            link: self.vendor.token(LINK_TYPE, &self.claims()).unwrap(),
            version: 1,
            report,
            receipt: self.worker.token(RECEIPT_TYPE, &claims).unwrap(),
            ..Envelope::default()
        }
        .with_sealed(&sealed)
    }
}

/// The token of the same report, which says that the guide was followed as the link names it.
fn followed_as_named(p: &Parties, report: &ReportClaims) -> String {
    let report = ReportClaims { followed: Some(report.digest.clone()), ..report.clone() };
    p.worker.token(REPORT_TYPE, &report).unwrap()
}

fn write(name: &str, mut vector: Value) {
    let file = folder().join(format!("{name}.json"));
    if file.exists() {
        return;
    }
    let (told, detail, followed) = judged(&vector);
    vector["expect"] = json!(told);
    vector["values"] = detail;
    if let Some(followed) = followed {
        vector["followed"] = json!(followed);
    }
    std::fs::write(file, format!("{vector:#}\n")).unwrap();
}

fn write_missing() {
    let p = Parties::new();
    let link = |name: &str, change: &dyn Fn(&mut LinkClaims), more: Value| {
        let mut claims = p.claims();
        change(&mut claims);
        let mut vector = json!({
            "what": "link", "now": NOW, "code": p.code().as_str(), "origin": ORIGIN, "document": p.document(),
            "token": p.vendor.token(LINK_TYPE, &claims).unwrap(),
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            vector[key] = value.clone();
        }
        write(&format!("link-v1-{name}"), vector);
    };
    link("good", &|_| {}, json!({}));
    link("one-reader", &|c| c.recipients.truncate(1), json!({}));
    link(
        "federated",
        &|c| {
            c.kinds = vec!["federated".into()];
            c.issuer = Some("https://vendor.example/handrail".into());
            c.subject = Some(make_subject([17; 24]));
        },
        json!({}),
    );
    let asked = "https://login.microsoftonline.com/organizations/adminconsent?client_id=5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
    let back = "&redirect_uri=https%3A%2F%2Fvendor.example%2Fback";
    let consent = format!("{asked}{back}&state={}", make_subject([18; 24]));
    link("consent", &|c| c.consent = Some(consent.clone()), json!({}));
    let own = std::fs::read_to_string(folder().join("guides/lucerne.json")).unwrap();
    let digest = jose::digest(own.as_bytes());
    let by_digest = |c: &mut LinkClaims| (c.guide, c.digest) = (own_id(&digest), digest.clone());
    link("own-guide", &by_digest, json!({"guide": own}));
    link(
        "own-guide-changed",
        &by_digest,
        json!({"guide": own.replace("ActivityFeed.Read", "Directory.Read.All")}),
    );
    link("own-guide-missing", &by_digest, json!({}));
    link("own-guide-as-packaged", &|c| c.digest.clone_from(&digest), json!({"guide": own}));
    link("expired", &|c| c.exp = NOW, json!({}));
    link("other-domain", &|c| c.iss = "other.example".into(), json!({}));
    link("other-origin", &|_| {}, json!({"origin": "https://elsewhere.example"}));
    link("other-readers", &|c| c.recipients = vec![fingerprint_of("age1other")], json!({}));
    link(
        "as-a-request",
        &|_| {},
        json!({"token": p.vendor.token("handrail-request+jwt", &p.claims()).unwrap()}),
    );
    link("by-a-stranger", &|_| {}, json!({"token": p.worker.token(LINK_TYPE, &p.claims()).unwrap()}));

    let report = |name: &str, change: &dyn Fn(&mut ReportClaims), now: i64| {
        let mut claims = p.report();
        change(&mut claims);
        let token = p.worker.token(REPORT_TYPE, &claims).unwrap();
        let keys = [p.worker.public().jwk()];
        let vector = json!({"what": "report", "now": now, "code": p.code().as_str(), "origin": ORIGIN, "keys": keys, "token": token});
        write(&format!("report-v1-{name}"), vector);
    };
    report("good", &|_| {}, NOW + 600);
    report("old", &|_| {}, NOW + 601);
    report("pending", &|c| c.verdict = "pending".into(), NOW);
    report("failed", &|c| c.verdict = "failed".into(), NOW);
    report("other-link", &|c| c.sub = "x".into(), NOW);
    report("followed", &|c| c.followed = Some(c.digest.clone()), NOW);
    report("followed-another", &|c| c.followed = Some("another digest".into()), NOW);
    // Which guide was followed is signed for this link like everything else.
    report("followed-old", &|c| c.followed = Some(c.digest.clone()), NOW + 601);

    let bundle = |name: &str, envelope: Envelope, identity: &Identity| {
        let identity = identity.to_text().to_string();
        let vector = json!({"what": "bundle", "now": NOW, "document": p.document(), "envelope": envelope, "identity": identity});
        write(&format!("bundle-v1-{name}"), vector);
    };
    let (right, values) = (p.report(), p.bundle());
    bundle("good", p.envelope(&right, &values, &|_| {}), &p.identity);
    bundle("second-reader", p.envelope(&right, &values, &|_| {}), &p.second);
    bundle("nobody-s", p.envelope(&right, &values, &|_| {}), &Identity::from_random([99; 32]));
    let mut other = values.clone();
    other.values.insert("client-secret".into(), Secret::new("another"));
    bundle("other-values", p.envelope(&right, &other, &|_| {}), &p.identity);
    let other = Bundle { link: "x".into(), ..values.clone() };
    bundle("other-link", p.envelope(&right, &other, &|_| {}), &p.identity);
    bundle("other-receipt", p.envelope(&right, &values, &|r| r.bytes += 1), &p.identity);
    let followed = ReportClaims { followed: Some("another digest".into()), ..right.clone() };
    let another = p.envelope(&followed, &values, &|_| {});
    // The report of one guide cannot take the place of another's: the bundle is sealed with its own.
    bundle(
        "followed-exchanged",
        Envelope { report: followed_as_named(&p, &right), ..another.clone() },
        &p.identity,
    );
    bundle("followed-another", another, &p.identity);
    let failed = ReportClaims { verdict: "failed".into(), ..right.clone() };
    bundle("failed", p.envelope(&failed, &values, &|_| {}), &p.identity);
    let mut broken = p.envelope(&right, &values, &|_| {}).sealed_bytes().unwrap();
    let last = broken.len() - 1;
    broken[last] ^= 1;
    bundle("broken", p.envelope(&right, &values, &|_| {}).with_sealed(&broken), &p.identity);
}

/// Who remembers the vendor's oldest key, and what a domain then publishes: in the vendor's hands, and in a thief's.
fn write_known(p: &Parties) {
    let (oldest, second, third) = (Signing::from_seed([21; 32]), Signing::from_seed([22; 32]), &p.vendor);
    let thief = Signing::from_seed([23; 32]);
    let remembered = Known { keys: vec![oldest.public().jwk()], since: NOW - 1_000 };
    let word = |older: &Signing, domain: &str, key: &Signing| {
        voucher(older, domain, &key.public(), NOW - 500).unwrap()
    };
    let listed =
        |key: &Signing, voucher: Option<String>| VendorKey { jwk: key.public().jwk(), until: None, voucher };
    let right = |older: &Signing, key: &Signing| listed(key, Some(word(older, "vendor.example", key)));
    let known = |name: &str, keys: Vec<VendorKey>, by: &Signing, more: Value| {
        let mut vector = json!({
            "what": "known", "now": NOW, "document": VendorDocument { keys, ..p.document() },
            "token": by.token(LINK_TYPE, &p.claims()).unwrap(), "known": remembered,
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            vector[key] = value.clone();
        }
        write(&format!("known-v1-{name}"), vector);
    };
    let chain = || vec![right(&second, third), right(&oldest, &second), listed(&oldest, None)];
    known("first", chain(), third, json!({"known": null}));
    known("chain-of-three", chain(), third, json!({}));
    known("chain-without-the-oldest", chain().into_iter().take(2).collect(), third, json!({}));
    known("chain-with-a-gap", vec![right(&second, third), listed(&oldest, None)], third, json!({}));
    known("old-link", chain(), &oldest, json!({}));
    known("copied-key", vec![listed(&thief, None), listed(&oldest, None)], &thief, json!({}));
    let forged = |name: &str, voucher: String| {
        known(name, vec![listed(&thief, Some(voucher)), listed(&oldest, None)], &thief, json!({}));
    };
    forged("voucher-by-itself", word(&thief, "vendor.example", &thief));
    forged("voucher-of-another-domain", word(&oldest, "other.example", &thief));
    forged("voucher-of-another-key", word(&oldest, "vendor.example", &second));
    let claims = json!({"iss": "vendor.example", "key": thief.public().id(), "iat": NOW - 500});
    forged("voucher-of-another-type", oldest.token(LINK_TYPE, &claims).unwrap());
    let mut changed = word(&oldest, "vendor.example", &thief);
    let last = if changed.pop() == Some('A') { 'Q' } else { 'A' };
    changed.push(last);
    forged("voucher-changed", changed);
    let new = || vec![listed(third, None), listed(&thief, None)];
    let id = |key: &Signing| json!({"told": format!(" {}\n", key.public().id())});
    known("told", new(), third, id(third));
    known("told-of-another-key", new(), &thief, id(third));
}
