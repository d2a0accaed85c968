//! The vendor's issuer: its files as Microsoft reads them, and statements for what was handed over and for nothing else.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{Practice, ended, text};
use handrail_credential::Secret;
use handrail_handover::{
    Bundle, By, Envelope, LINK_TYPE, LinkClaims, RECEIPT_TYPE, REPORT_TYPE, ReceiptClaims, ReportClaims,
    Salt, Signing, VendorDocument, is_subject, jose,
};
use handrail_seal::{Recipient, seal};
use serde_json::{Value, json};

const ISSUER: &str = "https://vendor.example/handrail";

/// A vendor's desk with keys, whose Worker is played by a key of the test.
struct Desk {
    folder: tempfile::TempDir,
    worker: Signing,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), worker: Signing::from_seed([7; 32]) };
        let set = json!({"keys": [desk.worker.public().jwk()]});
        fs::write(desk.folder.path().join("jwks.json"), set.to_string()).unwrap();
        let at = ["--at", "https://w.example", "--worker-keys", "jwks.json"];
        desk.done(&[&["vendor", "init", "--domain", "vendor.example"], &at[..]].concat());
        desk
    }

    fn handrail(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
        let command = command.current_dir(self.folder.path()).args(arguments);
        command.env_remove("HANDRAIL_VENDOR_KEYS").output().unwrap()
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let done = self.handrail(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str], words: &str) {
        let done = self.handrail(arguments);
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && told.contains(words), "{told}");
        assert!(!String::from_utf8_lossy(&done.stdout).contains("eyJ"), "nothing was signed");
    }

    fn read(&self, file: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.folder.path().join(file)).unwrap()).unwrap()
    }

    fn document(&self) -> VendorDocument {
        VendorDocument::parse(&self.read(".well-known/handrail.json").to_string(), "vendor.example").unwrap()
    }

    fn links(&self, more: &[&str]) -> Vec<(String, LinkClaims)> {
        let printed = self.done(&[&["link", "new", "--guide", "securus360", "--offline"], more].concat());
        let keys = self.document().all_keys();
        printed.lines().map(|t| (t.to_owned(), jose::verify(t, LINK_TYPE, &keys).unwrap())).collect()
    }

    /// What is collected when a customer has handed two IDs over under a link. `receipt` is the Worker's word for it.
    fn collected(&self, (token, claims): &(String, LinkClaims), ids: [&str; 2], receipt: bool) -> String {
        let values = ["tenant-id", "client-id"].map(str::to_owned).into_iter().zip(ids.map(Secret::new));
        let mut bundle = Bundle {
            link: claims.jti.clone(),
            vendor: claims.iss.clone(),
            guide: claims.guide.clone(),
            values: BTreeMap::from_iter(values),
            salt: Salt::from_random([3; 32]),
            ends: None,
            report: String::new(),
            made: claims.iat,
        };
        let report = ReportClaims {
            iss: claims.aud.clone(),
            aud: claims.iss.clone(),
            sub: claims.jti.clone(),
            iat: claims.iat,
            guide: claims.guide.clone(),
            digest: String::new(),
            followed: None,
            tenant: Some(ids[0].to_owned()),
            verdict: "pending".into(),
            commitment: bundle.commitment(),
            report: json!({"cloud": "worldwide"}),
        };
        let report = self.worker.token(REPORT_TYPE, &report).unwrap();
        bundle.report.clone_from(&report);
        let to: Recipient = self.document().recipients[0].age.parse().unwrap();
        let sealed = seal(&[to], bundle.to_json().as_bytes(), &mut |to| to.fill(9)).unwrap();
        let taken = ReceiptClaims {
            iss: claims.aud.clone(),
            aud: claims.iss.clone(),
            sub: claims.jti.clone(),
            iat: claims.iat,
            version: 1,
            by: By::Service,
            report: jose::digest(report.as_bytes()),
            verdict: "pending".into(),
            sha256: jose::digest(&sealed),
            bytes: sealed.len() as u64,
        };
        let envelope = Envelope {
            link: token.clone(),
            version: u32::from(receipt),
            report,
            receipt: if receipt { self.worker.token(RECEIPT_TYPE, &taken).unwrap() } else { String::new() },
            ..Envelope::default()
        };
        let name = format!("{}.{receipt}.handrail.json", claims.jti);
        fs::write(self.folder.path().join(&name), json!(envelope.with_sealed(&sealed)).to_string()).unwrap();
        name
    }
}

/// Puts the issuer's files where the practice tenant finds them.
fn publish(practice: &Practice, folder: &Path) {
    for path in ["/handrail/.well-known/openid-configuration", "/handrail/jwks.json"] {
        let text = fs::read_to_string(folder.join(path.trim_start_matches('/'))).unwrap();
        practice.post("document", &json!({"host": "vendor.example", "path": path, "text": text}));
    }
}

#[test]
fn the_issuer_s_files_hold_public_keys_and_its_address_stays() {
    let desk = Desk::new();
    desk.refused(&["link", "new", "--guide", "g", "--kinds", "federated", "--offline"], "vendor issuer init");
    let printed = desk.done(&["vendor", "issuer", "init"]);
    assert!(printed.contains(ISSUER), "{printed}");
    let configuration = desk.read("handrail/.well-known/openid-configuration");
    assert_eq!(configuration["issuer"], ISSUER);
    assert_eq!(configuration["jwks_uri"], format!("{ISSUER}/jwks.json"));
    let first = desk.read("handrail/jwks.json");
    let members: Vec<_> = first["keys"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"], "nothing private");
    let file = desk.folder.path().join("handrail-vendor.keys.json");
    let kept =
        desk.read("handrail-vendor.keys.json")["issuer"]["keys"][0]["key"].as_str().unwrap().to_owned();
    assert!(kept.len() > 1_000 && !printed.contains(&kept));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    desk.refused(&["vendor", "issuer", "init"], "so it stays");
    desk.done(&["vendor", "issuer", "rotate", "--overlap", "1"]);
    let both = desk.read("handrail/jwks.json");
    assert_eq!((both["keys"].as_array().unwrap().len(), &both["keys"][1]), (2, &first["keys"][0]));
    desk.done(&["vendor", "issuer", "rotate", "--overlap", "0"]);
    assert_eq!(
        desk.read("handrail/jwks.json")["keys"].as_array().unwrap().len(),
        1,
        "the old ones have ended"
    );
}

#[test]
fn every_link_has_a_subject_of_its_own() {
    let desk = Desk::new();
    desk.done(&["vendor", "issuer", "init"]);
    fs::write(desk.folder.path().join("all.csv"), "customer\nAcme\nGlobex\nInitech\n").unwrap();
    let links = desk.links(&["--kinds", "federated", "--from", "all.csv"]);
    let mut subjects: Vec<_> = links.iter().map(|(_, c)| c.subject.clone().unwrap()).collect();
    assert!(subjects.iter().all(|s| is_subject(s)));
    assert!(
        links
            .iter()
            .all(|(_, c)| c.issuer.as_deref() == Some(ISSUER)
                && !c.subject.as_deref().unwrap().contains(&c.jti))
    );
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 3);
    desk.refused(
        &["link", "new", "--guide", "g", "--kinds", "federated,secret", "--offline"],
        "not for both",
    );
    let app = [
        "--consent-app",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "--consent-return",
        "https://vendor.example/back?x=1",
    ];
    let links = desk.links(&[&["--from", "all.csv"], &app[..]].concat());
    let consent = links[0].1.consent.clone().unwrap();
    assert!(
        consent
            .starts_with("https://login.microsoftonline.com/organizations/adminconsent?client_id=0f8fad5b")
    );
    assert!(
        consent.contains("&redirect_uri=https%3A%2F%2Fvendor.example%2Fback%3Fx%3D1&state=handrail-"),
        "{consent}"
    );
    assert_ne!(consent, links[1].1.consent.clone().unwrap());
}

#[test]
fn what_was_handed_over_is_proved_with_a_statement_and_nothing_else_is() {
    let practice = Practice::start();
    let made = practice
        .post("seed", &json!({"permissions": ["ActivityFeed.Read"], "consent": true, "secretDays": null}));
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let desk = Desk::new();
    desk.done(&["vendor", "issuer", "init"]);
    publish(&practice, desk.folder.path());
    let links = desk.links(&["--kinds", "federated"]);
    let (link, ids) = (&links[0], [tenant, client]);

    // Before the hand-over there is nothing to sign for: a link alone, or a bundle without the Worker's receipt.
    let before = desk.collected(link, ids, false);
    desk.refused(&["vendor", "issuer", "assertion", &before], "not-handed-over");
    let other = &desk.links(&[])[0];
    let secret = desk.collected(other, ids, true);
    desk.refused(&["vendor", "issuer", "assertion", &secret], "not-this-link");
    let file = desk.collected(link, ids, true);
    desk.done(&["vendor", "issuer", "assertion", &file, "--out", "statement"]);
    let statement = fs::read_to_string(desk.folder.path().join("statement")).unwrap();

    let check = |statement: &str| {
        let token = practice.folder.path().join("statement");
        fs::write(&token, statement).unwrap();
        let asked =
            ["--tenant-id", tenant, "--client-id", client, "--require", "management:ActivityFeed.Read"];
        practice.handrail(&[&asked[..], &["--federated-token", token.to_str().unwrap()]].concat(), "")
    };
    ended(&check(&statement), 1, "AADSTS700211", &statement);
    let trust = |name: &str, subject: &str| {
        let trust = json!({"name": name, "issuer": ISSUER, "subject": subject, "audience": "api://AzureADTokenExchange"});
        practice.post(&format!("portal/{tenant}/apps/{client}/federated"), &trust);
    };
    // Another link's subject of the same vendor: whoever has that link has proved nothing about this one.
    trust("another", desk.links(&["--kinds", "federated"])[0].1.subject.as_deref().unwrap());
    ended(&check(&statement), 1, "AADSTS700213", &statement);
    trust("mine", link.1.subject.as_deref().unwrap());
    ended(&check(&statement), 0, "passed", &statement);
    // A new key that is not published yet proves nothing.
    desk.done(&["vendor", "issuer", "rotate"]);
    let early = desk.done(&["vendor", "issuer", "assertion", &file]);
    ended(&check(&early), 4, "AADSTS50013", early.trim());
    publish(&practice, desk.folder.path());
    ended(&check(&early), 0, "passed", early.trim());
    ended(&check(&statement), 0, "passed", &statement);
}
