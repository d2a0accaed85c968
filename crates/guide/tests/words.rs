//! What the recipes say in other languages: everything, with the same things put in; and their English is what plans say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is wrong")]

use std::fs;
use std::path::Path;

use handrail_guide::load::{Library, compile_all, message_file, messages};
use handrail_words::locale;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn a_language_that_says_the_recipes_says_all_of_them() {
    let english = message_file(&messages(&Library::load(&root()).unwrap()));
    let english = locale::messages(&english).unwrap();
    let mut languages = 0;
    let mut wrong = Vec::new();
    for folder in fs::read_dir(root().join("locales")).unwrap() {
        let file = folder.unwrap().path().join("recipes.ftl");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        languages += 1;
        let own = locale::messages(&text).unwrap_or_else(|errors| panic!("{}: {errors:?}", file.display()));
        for (id, names) in &english {
            match own.get(id) {
                None => wrong.push(format!("{}: {id} is missing", file.display())),
                Some(own) if own != names => {
                    wrong.push(format!("{}: {id} puts in {own:?}, not {names:?}", file.display()))
                }
                Some(_) => {}
            }
        }
        let unknown = own.keys().filter(|id| !english.contains_key(*id));
        wrong.extend(unknown.map(|id| format!("{}: {id} is in no recipe", file.display())));
    }
    assert!(languages > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn almost_every_text_of_a_plan_is_known_by_its_recipe() {
    let said = messages(&Library::load(&root()).unwrap());
    let plans = compile_all(&root()).unwrap();
    let texts: Vec<&String> =
        plans.values().flat_map(|plan| &plan.steps).flat_map(|step| [&step.title, &step.text]).collect();
    let unknown: Vec<_> =
        texts.iter().filter(|text| said.iter().all(|message| message.fits(text).is_none())).collect();
    // What a vendor asks for in its own product, and questions, are the guide's own words.
    assert!(unknown.len() * 8 < texts.len(), "{} of {}: {unknown:#?}", unknown.len(), texts.len());
}
