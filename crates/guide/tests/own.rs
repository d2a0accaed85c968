//! A vendor's own guide as it travels with a link: what of it is taken, and what is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

use std::path::PathBuf;

use handrail_guide::load::{Library, own};
use handrail_guide::plan::Plan;
use serde_json::{Value, json};

const DOMAIN: &str = "vendor.example";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn library() -> Library {
    Library::load(&root()).unwrap()
}

fn kept() -> PathBuf {
    root().join("tests/vectors/guides/lucerne.json")
}

fn plans(library: &Library, text: &str, domain: &str) -> Result<Vec<Plan>, String> {
    let made = own::plans(library, text, ("own-x", "digest", domain))?;
    Ok(made.into_iter().map(|(_, plan)| plan).collect())
}

#[test]
fn a_guide_travels_as_it_is_written() {
    let mut library = library();
    let id = library.add_guide_file(&kept().with_extension("toml")).unwrap();
    let text = own::travelling(&library, &id, DOMAIN).unwrap();
    if std::env::var_os("NEW_VECTORS").is_some() && !kept().exists() {
        std::fs::write(kept(), &text).unwrap();
    }
    assert!(own::travelling(&library, &id, "stranger.example").is_err());
    let packaged = own::travelling(&library, "safetica", "safetica.com").unwrap_err();
    assert!(packaged.iter().any(|one| one.code == "own-guide"), "{packaged:?}");
}

/// The text that was signed once: it makes plans for ever.
#[test]
fn the_kept_text_makes_plans_of_packaged_steps() {
    let library = library();
    let text = std::fs::read_to_string(kept()).unwrap();
    let plans = plans(&library, &text, DOMAIN).unwrap();
    let usual = &plans[0];
    assert_eq!((usual.guide.as_str(), usual.digest.as_str()), ("own-x", "digest"));
    // The vendor's sentences say whose they are; what is typed is the vendor's to the letter.
    assert!(usual.sheet.purpose.starts_with("vendor.example: “"), "{}", usual.sheet.purpose);
    assert!(usual.sheet.permissions.iter().all(|one| one.why.starts_with("vendor.example: “")));
    assert!(usual.steps.iter().any(|step| step.copy.as_deref() == Some("Lucerne Watch")));
    assert!(usual.steps.iter().any(|step| step.id == "client-secret.value"));
    for step in plans.iter().flat_map(|plan| &plan.steps) {
        let (recipe, own) = step.id.split_once('.').unwrap();
        let own = own.split('.').next().unwrap();
        let known = &library.recipes[recipe].file.steps;
        assert!(known.iter().any(|known| known.id == own), "{}", step.id);
    }
}

/// What a hostile vendor may try, one thing at a time; the extension's script is held against the same list.
#[test]
fn what_no_packaged_recipe_provides_for_is_refused() {
    let library = library();
    let text = std::fs::read_to_string(kept()).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let told = |path: &str, value: &Value| {
        let mut tree = whole.clone();
        let (at, name) = path.rsplit_once('/').unwrap();
        match tree.pointer_mut(at).unwrap() {
            Value::Array(list) => list[name.parse::<usize>().unwrap()] = value.clone(),
            other => drop(other.as_object_mut().unwrap().insert(name.to_owned(), value.clone())),
        }
        plans(&library, &tree.to_string(), DOMAIN)
    };
    let hostile = include_str!("../../../tests/vectors/guides/hostile.json");
    let hostile: Vec<(String, Value)> = serde_json::from_str(hostile).unwrap();
    for (path, value) in &hostile {
        assert!(told(path, value).is_err(), "{path}: {value}");
    }
    assert!(hostile.len() > 50 && told("/guide/title", &json!("Another title")).is_ok());
    assert!(plans(&library, &text, "stranger.example").is_err() && plans(&library, "", DOMAIN).is_err());
}
