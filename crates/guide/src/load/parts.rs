//! What each recipe changes and how that is taken back, with the steps that do it: for the record of changes.

use serde_json::Value as Json;

use super::compile::{Chosen, Job};
use super::steps::words_in;
use crate::plan::{Part, Step};

/// The parts of a plan, in the order of their recipes. What changes nothing, leaves nothing to undo
/// and makes no credential is no part.
pub(crate) fn compile(job: &mut Job<'_>, steps: &[Step]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (chosen, item, suffix) in job.repeats() {
        parts.extend(part(job, chosen, item, &suffix, steps));
    }
    parts
}

fn part(job: &mut Job<'_>, chosen: Chosen<'_>, item: Json, suffix: &str, steps: &[Step]) -> Option<Part> {
    let recipe = &chosen.loaded.file;
    let scope = job.scope.with("item", item);
    let prefix = format!("{}.", chosen.id);
    let own = |step: &&Step| step.id.starts_with(&prefix) && step.id.ends_with(suffix);
    let steps_of: Vec<String> = steps.iter().filter(own).map(|s| s.id.clone()).collect();
    if steps_of.is_empty() {
        return None;
    }
    let mut texts = |key: &str, list: &[String]| {
        let word = |(n, text): (usize, &String)| {
            words_in(job, &chosen.loaded.source, &[key, &n.to_string()], text, &scope)
        };
        list.iter().enumerate().map(word).collect::<Vec<_>>()
    };
    let changes = texts("changes", &recipe.changes);
    let undo = texts("undo", &recipe.undo);
    let credential = recipe.achieves.starts_with("credential.");
    (credential || !changes.is_empty() || !undo.is_empty()).then(|| Part {
        id: format!("{}{suffix}", chosen.id),
        achieves: recipe.achieves.clone(),
        steps: steps_of,
        changes,
        undo,
    })
}
