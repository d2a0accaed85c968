//! What follows from a guide's decisions and from the names of a vendor's app, for the recipes to use.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::model::GuideFile;

/// Fewer characters find too much.
const SHORTEST_SEARCH: usize = 4;

/// What several names begin with, for a search that finds them all; the first name where they have nothing in common.
pub(crate) fn common_beginning(names: &[String]) -> String {
    let first = names.first().map(String::as_str).unwrap_or_default();
    let same = |at: usize, c: char| names.iter().all(|name| name.chars().nth(at) == Some(c));
    let common =
        first.chars().enumerate().take_while(|(at, c)| same(*at, *c)).map(|(_, c)| c).collect::<String>();
    if common.trim().len() < SHORTEST_SEARCH { first.to_owned() } else { common.trim().to_owned() }
}

/// What decisions offer, by the procedure that carries it out: each with its id, its words and what it is done with.
pub(crate) fn procedures(file: &GuideFile) -> Json {
    let optional =
        file.optionals.iter().map(|o| (&o.procedure, json!({"id": o.id, "text": o.chosen, "with": o.with})));
    let weakening = file
        .unsafes
        .iter()
        .map(|u| (&u.procedure, json!({"id": u.id, "text": u.said, "undo": u.undo, "with": u.with})));
    let mut by_name: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for (procedure, item) in optional.chain(weakening) {
        if let Some(name) = procedure {
            by_name.entry(name).or_default().push(item);
        }
    }
    json!(by_name)
}
