//! Rules about names: vendors live in guides/, what the portal shows lives in portal/.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use toml::Value;

use super::{File, Tree};

/// No vendor is named in code: nothing about one vendor is in it.
pub(super) fn vendors(tree: &Tree) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for file in tree.all().filter(|file| file.ends_with("toml")) {
        let path = Path::new(&file.path);
        if path.parent() == Some(Path::new("guides")) {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()));
            let guide: Value = toml::from_str(&file.text).with_context(|| file.path.clone())?;
            let name = guide.get("vendor").and_then(|vendor| vendor.get("name")).and_then(Value::as_str);
            names.extend(name.map(str::to_lowercase));
        }
    }
    let hit = |line: &str| names.iter().find(|name| line.to_lowercase().contains(name.as_str())).cloned();
    Ok(search(tree, &hit))
}

/// Keys of a portal page whose texts are what the portal shows or how its elements are found.
const PORTAL_KEYS: [&str; 3] = ["label", "locators", "states"];

/// No label or selector of the portal is in code. Single words are too common to tell.
pub(super) fn portal_words(tree: &Tree) -> Result<Vec<String>> {
    let mut words = BTreeSet::new();
    for file in tree.all().filter(|file| file.path.starts_with("portal/") && file.ends_with("toml")) {
        let page: Value = toml::from_str(&file.text).with_context(|| file.path.clone())?;
        collect(&page, false, &mut words);
    }
    words.retain(|word| word.contains(' ') || word.contains(['#', '.', '[', '-']));
    words.retain(|word| word.len() >= 6);
    let hit = |line: &str| {
        line.contains('"')
            .then(|| words.iter().find(|word| line.contains(&format!("\"{word}\""))).cloned())
            .flatten()
    };
    Ok(search(tree, &hit))
}

/// Every text below the keys that name or find elements.
fn collect(value: &Value, wanted: bool, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if wanted => drop(words.insert(text.clone())),
        Value::Array(list) => list.iter().for_each(|value| collect(value, wanted, words)),
        Value::Table(table) => table.iter().for_each(|(key, value)| {
            let plain = ["by", "how", "role", "of", "source", "read", "strength"].contains(&key.as_str());
            collect(value, !plain && (wanted || PORTAL_KEYS.contains(&key.as_str())), words);
        }),
        _ => {}
    }
}

/// Lines of the product's code in which something is hit.
fn search(tree: &Tree, hit: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let product =
        |file: &&File| !file.is_test() && ["rs", "js", "ts"].iter().any(|ending| file.ends_with(ending));
    let mut found = Vec::new();
    for file in tree.all().filter(product) {
        for (number, line) in file.product_lines() {
            if let Some(word) = hit(line) {
                found.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    found
}
