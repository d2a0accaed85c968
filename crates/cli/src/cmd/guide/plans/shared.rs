//! What plans say in the same words, kept once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The lists of a plan whose entries repeat from plan to plan.
const LISTS: [&str; 3] = ["steps", "values", "parts"];

/// Moves a plan's pages to all the others, and leaves their places.
pub(super) fn put_aside(plan: &mut Value, pages: &mut Vec<Value>) {
    for entry in plan.get_mut("pages").and_then(Value::as_array_mut).into_iter().flatten() {
        let at = pages.iter().position(|page| page == entry).unwrap_or_else(|| {
            pages.push(entry.clone());
            pages.len() - 1
        });
        *entry = at.into();
    }
}

/// Shorter than this, written out, and what two files say is said twice: its place would not be shorter.
const WORTH_SHARING: usize = 20;

/// Moves what several files say to a list, and leaves its places.
pub(super) fn share(files: &mut [(String, Value)]) -> Vec<Value> {
    let mut said = BTreeMap::new();
    for (n, (_, content)) in files.iter_mut().enumerate() {
        parts(content).for_each(|part| note(part, n, &mut said));
    }
    said.retain(|_, files| files.len() > 1);
    let mut shared = Shared { places: said.into_keys().map(|text| (text, None)).collect(), list: Vec::new() };
    for (_, content) in files {
        parts(content).for_each(|part| shared.move_out(part));
    }
    shared.list
}

/// Notes in which files a value and its parts are said.
fn note(value: &mut Value, file: usize, said: &mut BTreeMap<String, BTreeSet<usize>>) {
    let text = value.to_string();
    if text.len() >= WORTH_SHARING {
        said.entry(text).or_default().insert(file);
        parts(value).for_each(|part| note(part, file, said));
    }
}

/// What several files say: each as it is written out, with its place once it has one.
struct Shared {
    places: BTreeMap<String, Option<usize>>,
    list: Vec<Value>,
}

impl Shared {
    fn move_out(&mut self, value: &mut Value) {
        let text = value.to_string();
        let known = self.places.get(&text).copied();
        if let Some(Some(at)) = known {
            *value = json!({ "$": at });
            return;
        }
        parts(value).for_each(|part| self.move_out(part));
        if known.is_some() {
            let at = self.list.len();
            self.list.push(std::mem::replace(value, json!({ "$": at })));
            self.places.insert(text, Some(at));
        }
    }
}

/// The values a value is made of.
fn parts(value: &mut Value) -> Box<dyn Iterator<Item = &mut Value> + '_> {
    match value {
        Value::Array(list) => Box::new(list.iter_mut()),
        Value::Object(map) => Box::new(map.values_mut()),
        _ => Box::new(std::iter::empty()),
    }
}

/// A plan without what the usual one says too.
pub(super) fn lean(mut own: Value, usual: &Value) -> Value {
    for name in LISTS {
        let known = usual[name].as_array().map_or(&[][..], Vec::as_slice);
        for entry in own.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(at) = known.iter().position(|other| other == entry) {
                *entry = at.into();
            }
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_usual_plan_says_too_is_told_by_its_place() {
        let usual = json!({"steps": [{"id": "a"}, {"id": "b"}], "title": "T"});
        let own = json!({"steps": [{"id": "b"}, {"id": "c"}], "title": "T", "values": []});
        let wanted = json!({"steps": [1, {"id": "c"}], "title": "T", "values": []});
        assert_eq!(lean(own, &usual), wanted);
    }

    #[test]
    fn what_two_files_say_is_kept_once_with_its_parts() {
        let long = || json!({"text": "said in both files", "deep": ["and this one in all three"]});
        let mut files = [
            ("a".to_owned(), json!({"x": long(), "y": 1})),
            ("b".to_owned(), json!({"z": [long()], "own": "said in this file alone"})),
            ("c".to_owned(), json!({"w": "and this one in all three"})),
        ];
        let shared = share(&mut files);
        assert_eq!(files[0].1, json!({"x": {"$": 3}, "y": 1}));
        assert_eq!(files[1].1, json!({"z": [{"$": 3}], "own": "said in this file alone"}));
        let whole = json!({"deep": {"$": 1}, "text": {"$": 2}});
        assert_eq!(shared[3], whole);
        assert_eq!(
            (&shared[0], &shared[2]),
            (&json!("and this one in all three"), &json!("said in both files"))
        );
        assert_eq!(files[2].1, json!({"w": {"$": 0}}));
    }

    #[test]
    fn a_page_that_two_plans_have_is_kept_once() {
        let mut pages = Vec::new();
        let (mut one, mut two) =
            (json!({"pages": [{"id": "p"}, {"id": "q"}]}), json!({"pages": [{"id": "q"}]}));
        put_aside(&mut one, &mut pages);
        put_aside(&mut two, &mut pages);
        assert_eq!((one, two), (json!({"pages": [0, 1]}), json!({"pages": [1]})));
        assert_eq!(pages, [json!({"id": "p"}), json!({"id": "q"})]);
    }
}
