//! The vendor's commands that need no server: keys, document, links signed offline.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

use handrail_handover::{LINK_TYPE, LinkClaims, Signing, VendorDocument, jose};
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
    worker_keys(folder);
    handrail(
        folder,
        &[
            "vendor",
            "init",
            "--domain",
            "vendor.example",
            "--at",
            "https://w.example",
            "--worker-keys",
            "jwks.json",
        ],
    )
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
}
