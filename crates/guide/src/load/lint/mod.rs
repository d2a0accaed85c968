//! The linter: what compiles and still should not stand in a file.

mod data;
mod guide;
mod whole;

use super::compile::compile_with;
use super::finding::{Finding, Level};
use super::library::Library;
use super::variants::{linked, variants};
use crate::OWN;

/// Everything wrong with one guide, errors first.
#[must_use]
pub fn lint_guide(library: &Library, id: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for variant in variants(library, id).into_iter().chain(linked(library, id)) {
        findings.extend(compile_with(library, id, variant.options()).err().unwrap_or_default());
    }
    if let Some(loaded) = library.guides.get(id) {
        if id.starts_with(OWN) {
            let what = format!("`{id}` is a name for guides that travel with a link");
            findings.push(loaded.source.error(&[], "reserved-name", what, "Give the file another name."));
        }
        findings.extend(whole::lint(loaded));
        findings.extend(guide::lint(library, loaded));
    }
    sorted(findings)
}

/// Everything wrong with all files: guides, recipes, portal pages, the permission catalogue.
#[must_use]
pub fn lint_all(library: &Library) -> Vec<Finding> {
    let mut findings = data::lint(library);
    for id in library.guides.keys() {
        findings.extend(lint_guide(library, id));
    }
    sorted(findings)
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        let rank = |f: &Finding| (f.level == Level::Warning, f.file.clone(), f.line);
        rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
    });
    // The same mistake shows in several of the ways a guide can be walked; the first one's advice is enough.
    findings.dedup_by(|b, a| (&a.file, a.line, a.code, &a.what) == (&b.file, b.line, b.code, &b.what));
    findings
}
