//! Every language says everything English says, with the same things put in, and the code asks for nothing else.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use handrail_words::pseudo::Pseudo;
use handrail_words::{Words, locale};

/// By `<file>` and message: what is put in.
type Messages = BTreeMap<(String, String), BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every language's folder.
fn languages() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("locales")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = folders.collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // What recipes and guides say is held against them.
    let files = files.filter(|file| file.is_file() && !file.ends_with("recipes.ftl"));
    let mut found: Vec<_> = files.map(|file| (name(&file), fs::read_to_string(&file).unwrap())).collect();
    if folder.ends_with("en") {
        // What checks say is in English in the catalogues of the checks.
        let said = handrail_credential::messages() + &handrail_entra::messages();
        found.push((CHECKS.to_owned(), said));
        found.push((REFUSALS.to_owned(), handrail_handover::refusal::messages()));
    }
    found
}

/// The file with what checks say.
const CHECKS: &str = "reasons.ftl";
/// The file with why a link is refused, whose English is where it is refused.
const REFUSALS: &str = "refusals.ftl";

fn messages(folder: &Path) -> Messages {
    let mut found = Messages::new();
    for (file, text) in files(folder) {
        let all =
            locale::messages(&text).unwrap_or_else(|errors| panic!("{} {file}: {errors:?}", name(folder)));
        for (id, names) in all {
            assert!(found.insert((file.clone(), id.clone()), names).is_none(), "{id} is there twice");
        }
    }
    found
}

#[test]
fn every_language_says_what_english_says_and_puts_the_same_in() {
    let english = messages(&root().join("locales/en"));
    assert!(english.len() > 100, "{}", english.len());
    let mut wrong = Vec::new();
    for folder in languages() {
        let own = messages(&folder);
        let tag = name(&folder);
        for (key, names) in &english {
            match own.get(key) {
                None => wrong.push(format!("{tag}: {key:?} is missing")),
                Some(own) if own != names => wrong.push(format!("{tag}: {key:?} has {own:?}, not {names:?}")),
                Some(_) => {}
            }
        }
        wrong.extend(
            own.keys()
                .filter(|key| !english.contains_key(*key))
                .map(|key| format!("{tag}: {key:?} is not in English")),
        );
        let said =
            files(&folder).into_iter().find_map(|(_, text)| locale::plain(&text, "language-tag").unwrap());
        assert_eq!(said.as_deref(), Some(tag.as_str()), "a language's tag is its folder's name");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where messages are asked for.
const CODE: [&str; 4] = ["crates/ui", "extension", "worker/page", "crates/words/js"];

fn code(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code(&path, out);
        } else if path.extension().is_some_and(|is| is == "rs" || is == "js") {
            out.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// What stands behind a word in the code, up to the next quotation mark.
fn after<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(word).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

/// The service's own pages, as they are written: file and text.
fn service_pages() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("worker/pages")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (name(&file), fs::read_to_string(&file).unwrap())).collect()
}

/// The messages that a page puts in: `{{word}}`.
fn put_in(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next())
}

/// What `handrail guide service` says in steps where a directory has no name.
const OF_SERVICE: &str = "about-directory";

#[test]
fn the_service_s_pages_have_no_words_of_their_own() {
    let pages = service_pages();
    assert!(pages.len() > 5, "{}", pages.len());
    for (file, text) in pages {
        // Neither tags and comments nor what is put in, nor what is typed at a command line.
        let mut left = text;
        for (open, close) in [("<code>", "</code>"), ("<", ">"), ("{{", "}}"), ("{", "}")] {
            left = left
                .split(open)
                .enumerate()
                .map(
                    |(n, part)| {
                        if n == 0 { part } else { part.split_once(close).map_or("", |(_, rest)| rest) }
                    },
                )
                .collect();
        }
        let own = left.replace("Handrail", "");
        assert!(!own.chars().any(char::is_alphabetic), "{file}: {}", own.trim());
    }
}

#[test]
fn the_code_asks_for_every_message_and_for_no_other() {
    let mut sources = Vec::new();
    CODE.iter().for_each(|folder| code(&root().join(folder), &mut sources));
    let mut asked = BTreeSet::new();
    for (_, text) in &sources {
        for word in ["say!(", "id!(", "handrailText("] {
            asked.extend(after(text, word).map(str::to_owned));
        }
        for code in after(text, "refusal(") {
            asked.extend([format!("refusal-{code}"), format!("refusal-{code}.next")]);
        }
    }
    asked.extend(service_pages().iter().flat_map(|(_, text)| put_in(text)).map(str::to_owned));
    asked.insert(OF_SERVICE.to_owned());
    let english = messages(&root().join("locales/en"));
    // What checks and services say is asked for by the codes of what they found.
    let there: BTreeSet<&String> =
        english.keys().filter(|(file, _)| file != CHECKS && file != REFUSALS).map(|(_, id)| id).collect();
    let unknown: Vec<_> = asked.iter().filter(|id| !there.contains(id)).collect();
    assert!(unknown.is_empty(), "no such message: {unknown:?}");
    // What a language says of itself, and what a browser shows of the extension, is for the build.
    let of_build = |id: &str| id.starts_with("language-") || id.starts_with("manifest-");
    let unused: Vec<_> = there.iter().filter(|id| !asked.contains(**id) && !of_build(id)).collect();
    assert!(unused.is_empty(), "nobody says: {unused:?}");
}

/// Whether this is a text for people, places for values aside.
fn is_sentence(text: &str) -> bool {
    let words: String = text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default()).collect();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters > 6 && words.trim().contains(' ') && !words.contains("=\\\"")
}

#[test]
fn views_have_no_words_of_their_own() {
    let mut sources = Vec::new();
    ["crates/ui/src", "extension/panel/src", "worker/page/src"]
        .iter()
        .for_each(|folder| code(&root().join(folder), &mut sources));
    let mut wrong = Vec::new();
    for (path, text) in &sources {
        let product = text.split("#[cfg(test)]").next().unwrap();
        let own = [".say(", ".mark(", "text(", "format!("].iter().flat_map(|word| after(product, word));
        let own: Vec<_> = own.filter(|text| is_sentence(text)).collect();
        let path = path.to_string_lossy();
        if !own.is_empty() {
            wrong.push(format!("{path}: {own:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_can_be_packed_and_made_into_both_pseudo_languages() {
    for (file, text) in files(&root().join("locales/en")) {
        let english = locale::messages(&text).unwrap();
        for other in [locale::packed(&text), Pseudo::Accented.file(&text), Pseudo::Mirrored.file(&text)] {
            let other = other.unwrap();
            assert_eq!(locale::messages(&other).unwrap(), english, "{file}");
        }
        assert!(!locale::packed(&text).unwrap().contains('#'), "{file}: a comment ships");
    }
}

/// The words of a check in a language of this folder.
fn spoken(tag: &str) -> Words {
    let files = files(&root().join("locales").join(tag));
    Words::new(&files.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>())
}

#[test]
fn what_a_check_says_is_the_same_in_english_whether_by_the_check_or_by_its_message() {
    let english = spoken("en");
    let found = handrail_credential::check(handrail_credential::Kind::ClientSecret, &"aB3".repeat(13));
    for finding in &found.findings {
        let id = format!("finding-{}", finding.code);
        assert_eq!(english.say(&id, &[("n", finding.n.as_str().into())]), finding.what());
        assert_eq!(english.say(&format!("{id}.next"), &[]), finding.next());
    }
    assert!(!found.findings.is_empty());
    assert_eq!(english.say("label-client-id", &[]), "Client ID");
    assert_eq!(english.say("cloud-another", &[]), "another of Microsoft's clouds");
}

#[test]
fn every_language_says_checks_in_words_of_its_own() {
    let english = spoken("en");
    for folder in languages().iter().filter(|folder| !folder.ends_with("en")) {
        let own = spoken(&name(folder));
        for reason in handrail_entra::REASONS.iter().filter(|reason| reason.code != "format-doubtful") {
            let id = format!("reason-{}", reason.code);
            assert_ne!(own.say(&id, &[]), english.say(&id, &[]), "{}", name(folder));
        }
        for row in handrail_credential::CATALOGUE {
            let id = format!("finding-{}", row.code);
            assert_ne!(own.say(&id, &[]), english.say(&id, &[]), "{}", name(folder));
        }
    }
}

#[test]
fn a_store_takes_every_language_s_description() {
    for folder in languages() {
        let text = fs::read_to_string(folder.join("handrail.ftl")).unwrap();
        let said = locale::plain(&text, "manifest-description").unwrap().unwrap();
        assert!(said.chars().count() <= 132, "{}: {} characters", name(&folder), said.chars().count());
    }
}

#[test]
fn what_plans_ask_for_by_its_place_is_found_there_in_every_language() {
    let english = "b = Two { $a }\n    .z = Lines\n\n        of two\na = One\n";
    let own = "a = Eins\nb =\n    .z = Zeilen\nc = nobody's\n";
    let packed = locale::listed(own, english).unwrap();
    assert_eq!(packed, "= Eins\n= Two { $a }\n= Zeilen\n");
    let said = handrail_words::Words::new(&[&locale::named(&locale::listed("", english).unwrap())]);
    assert_eq!(said.say("m1", &[("a", "or three".into())]), "Two or three");
    assert_eq!(said.say("m2", &[]), "Lines\n\nof two");
}

#[test]
fn plurals_and_names_are_put_in() {
    use handrail_words::say;
    assert_eq!(say!("step-of", n = 3_usize, total = 24_usize), "Step 3 of 24");
    assert_eq!(say!("health-records", n = 1_usize), "1 record");
    assert_eq!(say!("health-records", n = 2_usize), "2 records");
    assert_eq!(say!("record-when", when = "2026-01-01T00:00:00Z"), "2026-01-01T00:00:00Z");
    assert_eq!(handrail_words::text("no such message."), "no such message.");
}
