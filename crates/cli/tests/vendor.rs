//! The vendor's commands that need no service: keys, document, what the domain publishes, links signed offline.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use handrail_handover::{
    Known, LINK_TYPE, LinkClaims, Met, Signing, VendorDocument, VendorKey, jose, refusal, voucher,
};
use serde_json::json;

fn handrail(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
    command.current_dir(folder).args(arguments).env_remove("HANDRAIL_VENDOR_KEYS").output().unwrap()
}

fn worker_keys(folder: &Path) {
    let set = json!({"keys": [Signing::from_seed([7; 32]).public().jwk()]});
    std::fs::write(folder.join("jwks.json"), set.to_string()).unwrap();
}

fn init(folder: &Path) -> Output {
    init_with(folder, &[])
}

fn init_with(folder: &Path, more: &[&str]) -> Output {
    worker_keys(folder);
    let own = ["--domain", "vendor.example", "--at", "https://w.example", "--worker-keys", "jwks.json"];
    handrail(folder, &[&["vendor", "init"], own.as_slice(), more].concat())
}

fn document(folder: &Path) -> VendorDocument {
    let text = std::fs::read_to_string(folder.join(".well-known/handrail.json")).unwrap();
    VendorDocument::parse(&text, "vendor.example").unwrap()
}

#[test]
fn keys_are_made_once_kept_safely_and_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(folder.path());
    assert!(made.status.success(), "{made:?}");
    let file = folder.path().join("handrail-vendor.keys.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&text).unwrap();
    let printed = String::from_utf8(made.stdout).unwrap();
    for secret in [&keys["signing"][0]["key"], &keys["identities"][0]["key"]] {
        let secret = secret.as_str().unwrap();
        assert!(secret.len() > 40 && !printed.contains(secret));
        assert!(!serde_json::to_string(&document(folder.path())).unwrap().contains(secret));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |file: &Path| std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = handrail(folder.path(), &["vendor", "rotate"]);
        assert!(String::from_utf8(refused.stderr).unwrap().contains("chmod 600"));
    }
    let again = init(folder.path());
    assert!(!again.status.success(), "keys are never overwritten");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_logo_is_part_of_the_document_and_changes_without_new_keys() {
    let folder = tempfile::tempdir().unwrap();
    let icon = |name: &str| format!("{}/../../extension/static/icons/{name}", env!("CARGO_MANIFEST_DIR"));
    let drawn = init_with(folder.path(), &["--logo", &icon("icon.svg")]);
    let why = String::from_utf8(drawn.stderr).unwrap();
    assert!(!drawn.status.success() && why.contains("a logo is a whole PNG file"), "{why}");
    assert!(!folder.path().join("handrail-vendor.keys.json").exists(), "nothing was made");
    assert!(init_with(folder.path(), &["--logo", &icon("48.png")]).status.success());
    let first = document(folder.path());
    assert!(first.logo.clone().unwrap().address().unwrap().starts_with("data:image/png;base64,iVBOR"));
    let other = handrail(folder.path(), &["vendor", "rotate", "--logo", &icon("128.png")]);
    assert!(other.status.success(), "{other:?}");
    let second = document(folder.path());
    assert!(second.logo != first.logo && second.logo.clone().unwrap().address().is_ok());
    assert_eq!(VendorDocument { logo: first.logo.clone(), ..second }, first, "no key has changed");
    assert!(handrail(folder.path(), &["vendor", "rotate"]).status.success());
    assert!(document(folder.path()).logo.is_some(), "new keys leave it as it is");
}

#[test]
fn a_link_is_signed_by_a_published_key_and_names_its_readers() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path());
    std::fs::write(folder.path().join("customers.csv"), "customer\nAcme\nGlobex\n").unwrap();
    let made = handrail(
        folder.path(),
        &["link", "new", "--guide", "some-guide", "--from", "customers.csv", "--days", "3", "--offline"],
    );
    assert!(made.status.success(), "{made:?}");
    let document = document(folder.path());
    let printed = String::from_utf8(made.stdout).unwrap();
    let claims: Vec<LinkClaims> =
        printed.lines().map(|token| jose::verify(token, LINK_TYPE, &document.all_keys()).unwrap()).collect();
    assert_eq!(claims.iter().map(|c| c.customer.as_str()).collect::<Vec<_>>(), ["Acme", "Globex"]);
    assert_ne!(claims[0].jti, claims[1].jti);
    assert_eq!(claims[0].exp - claims[0].iat, 3 * 86_400);
    assert_eq!(claims[0].aud, "https://w.example");
    let readers = [handrail_handover::fingerprint_of(&document.recipients[0].age)];
    assert_eq!(claims[0].recipients, readers);
}

#[test]
fn rotated_keys_overlap() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path());
    let before = document(folder.path());
    let rotated = handrail(folder.path(), &["vendor", "rotate", "--overlap", "10"]);
    assert!(rotated.status.success(), "{rotated:?}");
    let after = document(folder.path());
    assert_eq!((after.keys.len(), after.recipients.len()), (2, 2));
    assert_eq!(after.keys[1].jwk, before.keys[0].jwk);
    assert!(after.keys[0].until.is_none() && after.keys[1].until.is_some());
    let ends = after.recipients[1].until.unwrap();
    assert_eq!((after.recipients_at(ends - 1).len(), after.recipients_at(ends).len()), (2, 1));
}

/// A document of a year of rotations, met by a customer who remembers the first key alone.
#[test]
fn who_knows_an_old_key_knows_the_new_one_and_a_document_never_grows_too_long() {
    let folder = tempfile::tempdir().unwrap();
    init_with(folder.path(), &["--reader", "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"]);
    let first = document(folder.path());
    assert_eq!(first.keys[0].voucher, None);
    let known = Known { keys: vec![first.keys[0].jwk.clone()], since: 1 };
    let met = |known: &Known| {
        let made = handrail(folder.path(), &["link", "new", "--guide", "g", "--offline"]);
        let token = String::from_utf8(made.stdout).unwrap();
        Known::meet(Some(known), token.trim(), &document(folder.path()), None, 2)
    };
    // One of them was made before there were vouchers: the next rotation mends it.
    let rotate = |more: &[&str]| {
        let done = handrail(folder.path(), &[&["vendor", "rotate"], more].concat());
        assert!(done.status.success(), "{done:?}");
    };
    rotate(&[]);
    let file = folder.path().join("handrail-vendor.keys.json");
    let mut keys: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert!(keys["signing"][0].as_object_mut().unwrap().remove("voucher").is_some());
    std::fs::write(&file, keys.to_string()).unwrap();
    rotate(&["--recipient"]);
    assert_eq!(met(&known), Err(refusal::KEYS_CHANGED), "nothing leads there yet");
    rotate(&["--signing"]);
    let (followed, same) = met(&known).unwrap();
    assert_eq!((same, followed.keys.len()), (Met::Same { since: 1 }, 3));
    for _ in 0..14 {
        rotate(&["--overlap", "0"]);
    }
    let last = document(folder.path());
    assert_eq!((last.keys.len(), last.recipients.len()), (16, 16));
    assert!(last.recipients.iter().any(|reader| reader.age.starts_with("age1zvkyg2")), "others still read");
    // The first key has fallen out of the document; its word for the second stands there.
    assert!(!last.keys.iter().any(|key| key.jwk == first.keys[0].jwk));
    assert!(matches!(met(&known), Ok((_, Met::Same { since: 1 }))));
    // New keys in place of lost ones are others, until the customer is told.
    std::fs::remove_file(&file).unwrap();
    let printed = String::from_utf8(init(folder.path()).stdout).unwrap();
    assert_eq!(met(&known), Err(refusal::KEYS_CHANGED));
    let fingerprint = printed.lines().find_map(|line| line.strip_prefix("Fingerprint:  ")).unwrap();
    assert!(fingerprint.len() > 43 && fingerprint.contains(' '), "in groups: {fingerprint}");
    let document = document(folder.path());
    let token = handrail(folder.path(), &["link", "new", "--guide", "g", "--offline"]).stdout;
    let token = String::from_utf8(token).unwrap();
    let told = Known::meet(Some(&known), token.trim(), &document, Some(fingerprint), 2);
    assert_eq!(told.unwrap().1, Met::Told);
}

#[test]
fn keys_come_from_a_command_as_well() {
    let folder = tempfile::tempdir().unwrap();
    worker_keys(folder.path());
    let common = ["--domain", "vendor.example", "--at", "https://w.example", "--worker-keys", "jwks.json"];
    let made =
        handrail(folder.path(), &[&["vendor", "init", "--keys-to", "cat > kept"], &common[..]].concat());
    assert!(made.status.success(), "{made:?}");
    assert!(!folder.path().join("handrail-vendor.keys.json").exists());
    let link = ["link", "new", "--guide", "g", "--offline", "--keys-from", "cat kept"];
    assert!(handrail(folder.path(), &link).status.success());
    // Or out of the environment, as automation has them.
    let kept = std::fs::read_to_string(folder.path().join("kept")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
    command.current_dir(folder.path()).args(["link", "new", "--guide", "g", "--offline"]);
    let made = command.env("HANDRAIL_VENDOR_KEYS", kept).output().unwrap();
    let token = String::from_utf8(made.stdout).unwrap();
    assert!(jose::verify::<LinkClaims>(token.trim(), LINK_TYPE, &document(folder.path()).all_keys()).is_ok());
}

/// `handrail vendor verify`, to which the domain is reached through the practice tenant.
fn verify(practice: &common::Practice, folder: &Path, more: &[&str]) -> (bool, String) {
    let ca = practice.folder.path().join("ca.pem");
    let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
    command.current_dir(folder).args(["vendor", "verify", "--ca", ca.to_str().unwrap()]).args(more);
    for name in ["HANDRAIL_VENDOR_KEYS", "ALL_PROXY", "NO_PROXY", "all_proxy", "no_proxy", "https_proxy"] {
        command.env_remove(name);
    }
    let done = command.env("HTTPS_PROXY", format!("http://{}", practice.proxy)).output().unwrap();
    let said = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (done.status.success(), said)
}

#[test]
fn what_the_domain_publishes_is_seen_as_a_customer_s_browser_sees_it() {
    let (practice, folder) = (common::Practice::start(), tempfile::tempdir().unwrap());
    init(folder.path());
    let right = serde_json::to_value(document(folder.path())).unwrap();
    let publish = |document: &serde_json::Value, more: serde_json::Value| {
        let mut body = json!({"host": "vendor.example", "text": document.to_string()});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        practice.post("document", &body);
    };
    let says = |more: &[&str], words: &str| {
        let (done, said) = verify(&practice, folder.path(), more);
        assert!(!done && said.contains(words), "{said}");
    };
    says(&[], "answers");
    publish(&right, json!({"status": 404}));
    says(&[], "answers 404");
    publish(&right, json!({"status": 302}));
    says(&[], "follow no redirect");
    publish(&right, json!({"closed": true}));
    says(&[], "Access-Control-Allow-Origin");
    publish(&json!({"handrail": 1}), json!({}));
    says(&[], "document-wrong");
    let changed = |name: &str, value: serde_json::Value| {
        let mut other = right.clone();
        other[name] = value;
        other
    };
    publish(&changed("domain", json!("other.example")), json!({}));
    says(&[], "document-wrong");
    publish(&changed("handrail", json!(2)), json!({}));
    says(&[], "document-wrong");
    // A document that is right and not ours: somebody else's recipients.
    let thief = json!([{"age": "age1thief"}]);
    publish(&changed("recipients", thief), json!({}));
    says(&[], "is not what the key file says");
    publish(&right, json!({}));
    let (done, said) = verify(&practice, folder.path(), &[]);
    assert!(done && said.contains("signs links") && said.contains("https://w.example"), "{said}");
    // After a rotation the old document is no longer right until the new one is published.
    assert!(handrail(folder.path(), &["vendor", "rotate"]).status.success());
    says(&[], "is not what the key file says");
    publish(&serde_json::to_value(document(folder.path())).unwrap(), json!({}));
    let (done, said) = verify(&practice, folder.path(), &[]);
    let [new, old] = [0, 1].map(|n| document(folder.path()).keys[n].clone());
    let id = |key: &VendorKey| key.jwk.key().unwrap().id();
    assert!(done && said.contains(&format!("vouched for by {}", id(&old))), "{said}");
    let spoken = said.lines().find_map(|line| line.strip_prefix("    to read out ")).unwrap();
    assert_eq!((spoken.replace(' ', ""), spoken.len()), (id(&new), 53));
    // Anybody may look at a domain without its keys.
    let elsewhere = tempfile::tempdir().unwrap();
    let (done, said) = verify(&practice, elsewhere.path(), &["--domain", "vendor.example"]);
    assert!(done && !said.contains("no older key"), "{said}");
    // Vouchers that are missing or false.
    let with = |key: serde_json::Value| {
        let mut other = serde_json::to_value(document(folder.path())).unwrap();
        other["keys"][0]["voucher"] = key;
        publish(&other, json!({}));
        verify(&practice, elsewhere.path(), &["--domain", "vendor.example"])
    };
    let (done, said) = with(json!(null));
    assert!(done && said.contains("no older key vouches for it"), "{said}");
    let (done, said) = with(json!("x"));
    assert!(!done && said.contains("voucher of a signing key"), "{said}");
    let stranger = Signing::from_seed([66; 32]);
    let word = voucher(&stranger, "vendor.example", &new.jwk.key().unwrap(), 1).unwrap();
    let (done, said) = with(json!(word));
    assert!(done && said.contains(&stranger.public().id()), "by one that is no longer published: {said}");
    let keys = std::fs::read_to_string(folder.path().join("handrail-vendor.keys.json")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    let old = Signing::parse(keys["signing"][1]["key"].as_str().unwrap()).unwrap();
    let word = voucher(&old, "other.example", &new.jwk.key().unwrap(), 1).unwrap();
    let (done, said) = with(json!(word));
    assert!(!done && said.contains("voucher of a signing key"), "{said}");
    let (done, said) = verify(&practice, elsewhere.path(), &["--domain", "https://evil.example/x"]);
    assert!(!done && said.contains("is no domain"), "{said}");
}
