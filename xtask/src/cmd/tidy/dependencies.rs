//! Rules about dependencies: which way they point, how many, and that they are used.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{SHARED, Tree};
use crate::paths;
use crate::run::{capture, cargo};
use crate::stamp;
use crate::workspace::{self, Member};

/// What each part must never reach.
fn forbidden(folder: &Path) -> &'static [&'static str] {
    const SERVERS: [&str; 5] = ["ureq", "reqwest", "axum", "hyper", "rustls"];
    if SHARED.iter().any(|shared| folder == Path::new(shared)) {
        return &[
            "web-sys",
            "gloo",
            "worker",
            "tokio",
            "ureq",
            "reqwest",
            "axum",
            "hyper",
            "rustls",
            "wasm-bindgen-futures",
        ];
    }
    if folder == Path::new("extension/agent") || folder == Path::new("crates/locate") {
        // The agent is loaded into every frame: serde alone would double it.
        return &["serde", "serde_json", "worker", "tokio", "ureq", "reqwest", "axum", "hyper", "rustls"];
    }
    if folder.starts_with("extension") || folder == Path::new("crates/ui") {
        return &["worker", "tokio", "ureq", "reqwest", "axum", "hyper", "rustls"];
    }
    &SERVERS
}

/// Nothing compiled for browsers or Workers reaches a crate that it must not.
pub(super) fn forbidden_edges(_: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for member in workspace::members()?.iter().filter(|member| member.runs_in_wasm()) {
        for name in reached(member)? {
            if forbidden(&member.folder).contains(&name.as_str()) {
                found
                    .push(format!("{} reaches {name}: cargo tree -p {} -i {name}", member.name, member.name));
            }
        }
    }
    Ok(found)
}

/// Every crate that a member is made of when it is compiled for WASM.
fn reached(member: &Member) -> Result<Vec<String>> {
    let tree = ["--edges", "normal", "--prefix", "none", "--target", "wasm32-unknown-unknown", "--locked"];
    let text = capture(cargo().arg("tree").args(tree).args(["-p", &member.name]))?;
    // A procedural macro runs at compile time and is no part of the result.
    let lines = text.lines().skip(1).filter(|line| !line.contains("(proc-macro)"));
    Ok(lines.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

/// How many direct dependencies of others a crate may have: shared ones ten, what runs in WASM sixteen.
fn budget(member: &Member) -> usize {
    if member.folder.starts_with("crates") { 10 } else { 16 }
}

/// Product crates have few direct dependencies.
pub(super) fn budgets(_: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for member in workspace::members()?.iter().filter(|member| member.runs_in_wasm()) {
        // Our own crates are no dependency of others.
        let others = |(name, kind): &&(String, String)| kind == "normal" && !name.starts_with("handrail-");
        let normal = member.dependencies.iter().filter(others).count();
        if normal > budget(member) {
            found.push(format!("{}: {normal} direct dependencies, {} allowed", member.name, budget(member)));
        }
    }
    Ok(found)
}

/// Every dependency that a manifest names is used in the crate, or says that it is there for a feature alone.
pub(super) fn unused(_: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for member in workspace::members()? {
        let folder = paths::root().join(&member.folder);
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        let mut code = String::new();
        for file in
            stamp::files_below(&folder)?.iter().filter(|file| file.extension().is_some_and(|is| is == "rs"))
        {
            code.push_str(&fs::read_to_string(file)?);
        }
        for (name, _) in &member.dependencies {
            let excused = manifest
                .lines()
                .any(|line| line.contains(name.as_str()) && line.contains("# only for its feature"));
            if !excused && !mentions(&code, &name.replace('-', "_")) {
                found.push(format!("{}: {name} is not used", member.name));
            }
        }
    }
    Ok(found)
}

/// Whether a word stands in the code as a path, an attribute or a macro.
fn mentions(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let part = |c: char| c.is_alphanumeric() || c == '_';
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_more_than_letters_in_a_row() {
        assert!(mentions("use serde_json::Value;", "serde_json"));
        assert!(!mentions("use serde_json::Value;", "serde"));
    }
}
