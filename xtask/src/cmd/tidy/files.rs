//! Rules about documents and other files.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tree;
use crate::paths;
use crate::run::{capture, cargo};
use crate::workspace;

/// Words that belong to one machine or name where packages are fetched from.
const MACHINE_WORDS: [&str; 9] = [
    concat!("/root", "/"),
    concat!("/home", "/"),
    concat!("/tmp", "/wt"),
    concat!("/tmp", "/hr"),
    concat!("/work", "/"),
    concat!("registry.", "npmjs"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("deb.", "debian.org"),
];

/// Nothing that is committed names a place of one machine, or an address that packages come from.
pub(super) fn machine_words(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.all().filter(|file| file.path != "Cargo.lock") {
        for (number, line) in (1..).zip(file.text.lines()) {
            found.extend(
                MACHINE_WORDS
                    .iter()
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("{}:{number}: {word}", file.path)),
            );
        }
    }
    Ok(found)
}

/// Links between documents lead to files and headings that exist.
pub(super) fn links(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.all().filter(|file| file.ends_with("md")) {
        let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
        for link in link_targets(&file.text) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let place = if path.is_empty() { Path::new(&file.path).to_path_buf() } else { folder.join(path) };
            if !paths::root().join(&place).exists() {
                found.push(format!("{}: {link} leads nowhere", file.path));
            } else if !heading.is_empty() && place.extension().is_some_and(|is| is == "md") {
                let text = std::fs::read_to_string(paths::root().join(&place))?;
                if !headings(&text).any(|slug| slug == heading) {
                    found.push(format!("{}: {link}: no such heading", file.path));
                }
            }
        }
    }
    Ok(found)
}

/// What the document's own links point at, code and other sites left out.
fn link_targets(text: &str) -> Vec<&str> {
    let mut code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        code ^= line.trim_start().starts_with("```");
        if !code {
            let rest = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            found.extend(rest.filter(|link| !link.contains("://") && !link.starts_with("mailto:")));
        }
    }
    found
}

/// The headings' names as links use them.
fn headings(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let kept = line.trim_start_matches('#').trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    })
}

/// ARCHITECTURE.md speaks of every crate of the workspace and of every dependency.
pub(super) fn architecture(tree: &Tree) -> Result<Vec<String>> {
    let page = &tree.file("ARCHITECTURE.md")?.text;
    let folders = workspace::members()?.into_iter().map(|member| member.folder.display().to_string());
    let manifest: toml::Value = toml::from_str(&tree.file("Cargo.toml")?.text)?;
    let dependencies = manifest["workspace"]["dependencies"].as_table().context("no dependencies")?;
    let outside =
        dependencies.iter().filter(|(_, value)| value.get("path").is_none()).map(|(name, _)| name.clone());
    let named = |name: &String| page.contains(&format!("`{name}`")) || page.contains(&format!("{name}/"));
    Ok(folders
        .chain(outside)
        .filter(|name| !named(name))
        .map(|name| format!("`{name}` is not named"))
        .collect())
}

/// Each lock is what `npm ci` takes on every platform, and names no address to fetch from; what is asked for is one version.
pub(super) fn npm_locks(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.all().filter(|file| file.path.ends_with("package-lock.json")) {
        let lock: Value = serde_json::from_str(&file.text)?;
        let packages = lock["packages"].as_object().context("no packages in the lock")?;
        for (path, package) in packages {
            if package.get("resolved").is_some() {
                found.push(format!("{}: {path}: names an address", file.path));
            }
            let optional = package["optionalDependencies"].as_object().into_iter().flatten();
            for (name, _) in optional.filter(|_| !path.is_empty()) {
                if !packages.keys().any(|key| key.ends_with(&format!("node_modules/{name}"))) {
                    found.push(format!("{}: {path}: leaves out {name}, and npm ci refuses that", file.path));
                }
            }
        }
        let asked = packages.get("").and_then(|own| own["devDependencies"].as_object());
        for (name, version) in asked.into_iter().flatten() {
            if !version.as_str().is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())) {
                found.push(format!("{}: {name} is not pinned", file.path));
            }
        }
    }
    Ok(found)
}

/// CI runs the one command that people run, and nothing else.
pub(super) fn ci(tree: &Tree) -> Result<Vec<String>> {
    let script = &tree.file(".ci/run")?.text;
    let commands: Vec<&str> = script.lines().filter(|line| !line.starts_with('#')).collect();
    let wanted = ["set -euo pipefail", "cd \"$(dirname \"$0\")/..\"", "exec cargo xtask test"];
    Ok(if commands == wanted {
        Vec::new()
    } else {
        vec![".ci/run does more or less than cargo xtask test".into()]
    })
}

/// Guides, recipes and portal pages are what their linter wants.
pub(super) fn guides(_: &Tree) -> Result<Vec<String>> {
    let lint = ["run", "--quiet", "-p", "handrail-cli", "--", "guide", "lint"];
    Ok(capture(cargo().args(lint)).err().map(|error| format!("{error:#}")).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_code_and_to_other_sites_are_left_alone() {
        let text = "[a](b.md) [c](https://d) \n```\n[e](f)\n```\n[g](#h)";
        assert_eq!(link_targets(text), ["b.md", "#h"]);
    }

    #[test]
    fn headings_are_named_as_links_name_them() {
        assert_eq!(headings("## What it is, and is not\n").next().unwrap(), "what-it-is-and-is-not");
    }
}
