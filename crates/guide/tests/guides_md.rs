//! The worked example of GUIDES.md is a guide that lints clean.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

use std::path::Path;

use handrail_guide::load::{Library, lint_guide};

#[test]
fn the_worked_example_lints_clean_and_is_about_thirty_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("GUIDES.md")).unwrap();
    let example = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let lines = example.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(lines <= 32, "{lines} lines");
    let mut library = Library::load(&root).unwrap();
    library.add_guide("contoso-watch", "GUIDES.md", example.to_owned()).unwrap();
    let findings = lint_guide(&library, "contoso-watch");
    assert!(findings.is_empty(), "{}", findings.iter().map(ToString::to_string).collect::<String>());
}
