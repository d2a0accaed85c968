//! `docs/policies.md` held against what ships: its ids are the manifests', its blocks say what the schema knows, and the
//! hosts it allows are all the hosts there are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const DOC: &str = include_str!("../../../docs/policies.md");

fn file(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The id that Chromium derives from a manifest's `key`: the first half of its SHA-256, in the letters a to p.
fn chromium_id() -> String {
    let manifest = file(include_str!("../../static/manifest.chromium.json"));
    let key = STANDARD.decode(manifest["key"].as_str().unwrap()).unwrap();
    let digest = Sha256::digest(key);
    let halves = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from(b'a' + half)).collect()
}

fn firefox_id() -> String {
    let manifest = file(include_str!("../../static/manifest.firefox.json"));
    manifest["browser_specific_settings"]["gecko"]["id"].as_str().unwrap().to_owned()
}

/// The document's blocks of this kind.
fn blocks(kind: &str) -> Vec<&'static str> {
    let parts = DOC.split("```").skip(1).step_by(2);
    parts.filter_map(|part| part.strip_prefix(kind)?.strip_prefix('\n')).collect()
}

/// Whether the schema knows this key with a value like that.
fn fits(key: &str, value: &Value) -> bool {
    let schema = file(include_str!("../../static/managed.json"));
    match schema["properties"][key]["type"].as_str() {
        Some("array") => value.as_array().is_some_and(|list| list.iter().all(Value::is_string)),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        _ => false,
    }
}

#[test]
fn the_ids_are_fixed_and_the_document_names_no_other() {
    let (chromium, firefox) = (chromium_id(), firefox_id());
    assert!(DOC.contains(&format!("| `{chromium}`, fixed by `key` in the manifest |")), "{chromium}");
    assert!(DOC.contains(&format!("| Firefox | `{firefox}`, fixed in the manifest")), "{firefox}");
    // A GUID in braces belongs to nobody's domain.
    let groups: Vec<usize> = firefox.trim_matches(['{', '}']).split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12], "{firefox}");
    let is_chromium_s = |word: &&str| word.len() == 32 && word.bytes().all(|b| (b'a'..=b'p').contains(&b));
    let words = DOC.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_chromium_s);
    assert!(
        words.clone().count() > 3 && words.clone().all(|id| id == chromium),
        "{:?}",
        words.collect::<Vec<_>>()
    );
    let guids = DOC.match_indices("\"{").map(|(at, _)| DOC.get(at + 1..at + 39).unwrap());
    assert!(
        guids.clone().count() > 1 && guids.clone().all(|id| id == firefox),
        "{:?}",
        guids.collect::<Vec<_>>()
    );
}

#[test]
fn every_block_sets_only_what_the_schema_knows() {
    let mut policies = 0;
    for block in blocks("json").into_iter().map(file) {
        let chromium = (&block["3rdparty"]["extensions"], chromium_id());
        let firefox = (&block["policies"]["3rdparty"]["Extensions"], firefox_id());
        for (extensions, id) in [chromium, firefox] {
            for (extension, policy) in extensions.as_object().into_iter().flatten() {
                assert_eq!(*extension, id);
                for (key, value) in policy.as_object().unwrap() {
                    assert!(fits(key, value), "{key}: {value}");
                }
                policies += 1;
            }
        }
    }
    assert_eq!(policies, 2, "one for Chromium and one for Firefox");

    // In the registry a list is a key of its own, with its entries by number.
    let place = format!(r"\3rdparty\extensions\{}\policy", chromium_id());
    let (mut list, mut set) = (String::new(), 0);
    for line in blocks("reg").into_iter().flat_map(str::lines).skip(1).filter(|line| !line.is_empty()) {
        if let Some(key) = line.strip_prefix('[') {
            let (_, rest) = key.trim_end_matches(']').split_once(&place).unwrap();
            rest.trim_start_matches('\\').clone_into(&mut list);
            continue;
        }
        let (name, value) = line.split_once('=').unwrap();
        let value = match value.strip_prefix("dword:") {
            Some(number) => Value::Bool(number == "00000001"),
            None => Value::String(value.trim_matches('"').to_owned()),
        };
        let (key, value) = match list.as_str() {
            "" => (name.trim_matches('"'), value),
            list => (list, Value::Array(vec![value])),
        };
        assert!(fits(key, &value), "{line}");
        set += 1;
    }
    assert!(set > 4, "{set}");
}

#[test]
fn the_hosts_it_allows_are_all_the_hosts_there_are() {
    let manifest = file(include_str!("../../static/manifest.json"));
    let id = chromium_id();
    let settings = blocks("json").into_iter().map(file).find_map(|block| block.get(&id).cloned()).unwrap();
    let allowed = settings["runtime_allowed_hosts"].as_array().unwrap().iter();
    let allowed: Vec<&str> = allowed.map(|host| host.as_str().unwrap().trim_start_matches("*://")).collect();
    for pattern in manifest["host_permissions"].as_array().unwrap() {
        let host = pattern.as_str().unwrap().trim_start_matches("https://").trim_end_matches("/*");
        let covers = |a: &&str| *a == host || a.strip_prefix('*').is_some_and(|end| host.ends_with(end));
        assert!(allowed.iter().any(covers), "{host} is not allowed");
    }
}
