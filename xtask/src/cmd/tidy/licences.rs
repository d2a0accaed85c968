//! Rules about licences: everything that is built on may be built on by anyone.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tree;
use crate::paths;
use crate::run::{capture, cargo};
use crate::workspace::{list, text};

/// Licences that ask for no more than to be named.
const PERMISSIVE: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Tools that tests alone run, whose licence asks more of those who change them: npm path and licence.
const TEST_TOOLS: [(&str, &str); 1] = [("node_modules/axe-core", "MPL-2.0")];

/// Whether one of the choices of a licence expression asks for no more than to be named.
fn permissive(expression: &str) -> bool {
    let expression = expression.replace(['(', ')'], "").replace('/', " OR ");
    // Without brackets `A OR B AND C` is judged as if each choice were whole; all the parts that are joined by
    // AND must be fine in one choice, which is stricter than what is meant.
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|part| PERMISSIVE.contains(&part.trim())))
}

/// Every crate that is reached, for building and testing too.
pub(super) fn crates(_: &Tree) -> Result<Vec<String>> {
    let metadata: Value =
        serde_json::from_str(&capture(cargo().args(["metadata", "--format-version", "1", "--locked"]))?)?;
    let refused = list(&metadata, "packages").iter().filter(|package| !permissive(text(package, "license")));
    Ok(refused
        .map(|package| {
            format!("{} {}: {}", text(package, "name"), text(package, "version"), package["license"])
        })
        .collect())
}

/// Every npm package of the lock.
pub(super) fn npm(tree: &Tree) -> Result<Vec<String>> {
    let lock: Value = serde_json::from_str(&tree.file("package-lock.json")?.text)?;
    let packages = lock["packages"].as_object().context("no packages in the lock")?;
    let mut found = Vec::new();
    for (path, package) in packages {
        let licence = match package["license"].as_str() {
            Some(licence) => licence.to_owned(),
            None => installed_licence(path),
        };
        if !permissive(&licence) && !TEST_TOOLS.contains(&(path.as_str(), licence.as_str())) {
            found.push(format!("{path}: {licence}"));
        }
    }
    Ok(found)
}

/// What the installed package says itself, where the lock is silent.
fn installed_licence(path: &str) -> String {
    let manifest = fs::read_to_string(paths::root().join(path).join("package.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_str(&manifest).unwrap_or_default();
    text(&manifest, "license").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_permissive_choice_is_enough_and_all_its_parts_count() {
        assert!(permissive("MIT OR GPL-3.0"));
        assert!(permissive("MIT/Apache-2.0"));
        assert!(permissive("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!permissive("MIT AND GPL-3.0"));
        assert!(!permissive("MPL-2.0"));
        assert!(!permissive(""));
    }
}
