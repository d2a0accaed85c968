//! `handrail verify-install`: an installed copy beside a build.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

const BUILD: [(&str, &str); 3] =
    [("manifest.json", r#"{"version":"0.1.0","key":"ours"}"#), ("agent.js", "1"), ("icons/a.png", "2")];

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let to = folder.join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
    }
}

fn pack(to: &Path, before: &[u8], files: &[(&str, &str)]) {
    let mut file = File::create(to).unwrap();
    file.write_all(before).unwrap();
    let mut packed = zip::ZipWriter::new(file);
    for (name, content) in files {
        packed.start_file(*name, SimpleFileOptions::default()).unwrap();
        packed.write_all(content.as_bytes()).unwrap();
    }
    packed.finish().unwrap();
}

fn verify(installed: &Path, build: &Path) -> (i32, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
    let output = command.arg("verify-install").args([installed, build]).arg("--json").output().unwrap();
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[test]
fn a_copy_from_a_store_is_the_same_as_the_build_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let (installed, build) = (folder.path().join("0.1.0_0"), folder.path().join("build.zip"));
    pack(&build, b"", &BUILD);
    write(&installed, &BUILD);
    let same = json!({"same": true, "files": 3, "changed": [], "missing": [], "added": [], "store": []});
    assert_eq!(verify(&installed, &build), (0, same));
    // What the Chrome Web Store adds.
    let theirs = r#"{"key":"theirs","update_url":"https://store.example/","version":"0.1.0"}"#;
    write(&installed, &[("manifest.json", theirs), ("_metadata/verified_contents.json", "[]")]);
    let (code, found) = verify(&installed, &build);
    assert_eq!((code, &found["same"]), (0, &json!(true)), "{found}");
    let store = ["_metadata/verified_contents.json", "manifest.json: update_url", "manifest.json: key"];
    assert_eq!(found["store"], json!(store));
}

#[test]
fn what_was_changed_taken_away_or_added_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (installed, build) = (folder.path().join("installed.xpi"), folder.path().join("build"));
    write(&build, &BUILD);
    // As a .crx has it: something before the archive.
    let manifest = r#"{"version":"0.1.0","key":"ours","permissions":["cookies"]}"#;
    pack(&installed, b"Cr24....", &[("manifest.json", manifest), ("agent.js", "evil"), ("more.js", "")]);
    let (code, found) = verify(&installed, &build);
    assert_eq!(code, 1);
    assert_eq!(found["changed"], json!(["agent.js", "manifest.json"]));
    assert_eq!((&found["missing"], &found["added"]), (&json!(["icons/a.png"]), &json!(["more.js"])));
}

#[test]
fn what_is_no_extension_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let (build, empty, text) =
        (folder.path().join("build"), folder.path().join("empty"), folder.path().join("text.zip"));
    write(&build, &BUILD);
    fs::create_dir(&empty).unwrap();
    fs::write(&text, "no archive").unwrap();
    for wrong in [&empty, &text, &folder.path().join("absent")] {
        assert_eq!(verify(wrong, &build), (2, Value::Null), "{}", wrong.display());
    }
}
