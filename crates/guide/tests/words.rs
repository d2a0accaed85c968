//! What the recipes say in other languages: everything, with the same things put in; and their English is what plans say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is wrong")]

use std::fs;
use std::path::{Path, PathBuf};

use handrail_guide::load::{Library, compile_library, guide_messages, message_file, messages};
use handrail_words::locale;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Each language's folder but the English one, where recipes and guides speak for themselves.
fn languages() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("locales")).unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|folder| !folder.ends_with("en")).collect()
}

/// What a file says otherwise than it has to.
fn faults(file: &Path, english: &str) -> Vec<String> {
    let english = locale::messages(english).unwrap();
    let text = fs::read_to_string(file).unwrap();
    let own = locale::messages(&text).unwrap_or_else(|errors| panic!("{}: {errors:?}", file.display()));
    let mut wrong = Vec::new();
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
    wrong.extend(unknown.map(|id| format!("{}: {id} is nowhere in English", file.display())));
    wrong
}

#[test]
fn a_language_that_says_the_recipes_says_all_of_them() {
    let english = message_file(&messages(&Library::load(&root()).unwrap()));
    let files = languages().into_iter().map(|folder| folder.join("recipes.ftl")).filter(|file| file.exists());
    let files: Vec<_> = files.collect();
    let wrong: Vec<_> = files.iter().flat_map(|file| faults(file, &english)).collect();
    assert!(!files.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_language_that_says_a_guide_says_all_of_it() {
    let library = Library::load(&root()).unwrap();
    let (mut files, mut wrong) = (0, Vec::new());
    for folder in languages() {
        let Ok(own) = fs::read_dir(folder.join("guides")) else { continue };
        for file in own.map(|entry| entry.unwrap().path()) {
            files += 1;
            let id = file.file_stem().unwrap().to_string_lossy().into_owned();
            match library.guides.get(&id) {
                Some(guide) => wrong.extend(faults(&file, &message_file(&guide_messages(&id, &guide.file)))),
                None => wrong.push(format!("{}: there is no such guide", file.display())),
            }
        }
    }
    assert!(files > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn almost_every_text_of_a_plan_is_known_by_its_recipe() {
    let said = messages(&Library::load(&root()).unwrap());
    let plans = compile_library(&Library::load(&root()).unwrap()).unwrap();
    let texts: Vec<&String> =
        plans.values().flat_map(|plan| &plan.steps).flat_map(|step| [&step.title, &step.text]).collect();
    let unknown: Vec<_> =
        texts.iter().filter(|text| said.iter().all(|message| message.fits(text).is_none())).collect();
    // What a vendor asks for in its own product, and questions, are the guide's own words.
    assert!(unknown.len() * 8 < texts.len(), "{} of {}: {unknown:#?}", unknown.len(), texts.len());
}
