//! The linter: what compiles and still should not stand in a file.

mod data;
mod guide;

use super::compile::compile;
use super::finding::{Finding, Level};
use super::library::Library;

/// Everything wrong with one guide, errors first.
#[must_use]
pub fn lint_guide(library: &Library, id: &str) -> Vec<Finding> {
    let mut findings = compile(library, id).err().unwrap_or_default();
    if let Some(loaded) = library.guides.get(id) {
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
    findings.dedup();
    findings
}

/// Whether a text is a GUID in its usual form.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups = text.split('-').collect::<Vec<_>>();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Every GUID in a text.
pub(crate) fn guids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-').filter(|word| is_guid(word))
}
