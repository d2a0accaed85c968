//! `handrail guide plans --out FOLDER`: what the extension carries.
//!
//! A guide's plans for other modes and credentials say mostly the same as its usual one. They are written as what they
//! are otherwise, all of one guide in one file, where they pack well: a number in a list of theirs stands for the entry
//! at that place of the usual plan's list. Portal pages are what guides have in common: they are in one file, and each
//! plan names the places in it. What else several files say in the same words is in one more: `{"$": n}` stands for the
//! entry at that place of it. A text that a recipe or the guide says is a message, with what is put into it, so that it
//! can be said in another language: `{"$t": ["m12", "the button **New registration**"]}`. What is put in may be a message
//! again. `m12` is the thirteenth of all names in their order; see `locale::listed`. `own.json` has what makes plans of a
//! vendor's own guide; see `handrail_guide::load::own`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::own::pack;
use handrail_guide::load::{
    CONSENTED, JOINTS, LINKED, Library, Message, Options, Variant, compile_with, guide_messages, linked,
    messages, variants,
};
use handrail_guide::plan::{FOR_PEOPLE, Plan};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// `handrail guide plans`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder to write to: `index.json`, `pages.json`, `shared.json`, `own.json`, and for every guide `<guide>.json` and `<guide>.more.json`.
    #[arg(long, short)]
    out: PathBuf,
    /// One more guide, from a file anywhere.
    #[arg(long)]
    also: Option<PathBuf>,
}

/// Writes the plans.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut library = super::library(root)?;
    // One more guide is said in its own words: the files of the languages are made without it.
    let places = places(&library);
    if let Some(file) = &arguments.also {
        library.add_guide_file(file).map_err(|finding| super::failed(&[finding]))?;
    }
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{} cannot be made", arguments.out.display()))?;
    let recipes = messages(&library);
    let (mut index, mut pages, mut files) = (Vec::new(), Vec::new(), Vec::new());
    for (id, guide) in &library.guides {
        let own = guide_messages(id, &guide.file).into_iter();
        let own: Vec<_> = own.filter(|one| places.contains_key(&(one.name(), one.text()))).collect();
        let said = Said { own: &own, recipes: &recipes, places: &places };
        let mut ways = Vec::new();
        let (mut usual, mut more) = (Value::Null, Map::new());
        for variant in variants(&library, id).into_iter().chain(linked(&library, id)) {
            let plan = compiled(&library, id, &variant)?;
            let mut own = serde_json::to_value(&plan)?;
            said.name_texts(&mut own, false);
            put_aside(&mut own, &mut pages);
            if variant.key == *id {
                files.push((id.clone(), own.clone()));
                usual = own;
            } else {
                more.insert(variant.key.clone(), lean(own, &usual));
            }
            let checks = plan.steps.iter().any(|s| s.action == handrail_guide::plan::Action::Check);
            let mut way = json!({
                "plan": variant.key, "mode": variant.mode.word(), "credential": variant.credential,
                "steps": plan.steps.len(), "checks": checks,
            });
            match variant.credential {
                Some(LINKED) => (way["credential"], way["linked"]) = (json!("federated"), json!(true)),
                Some(CONSENTED) => (way["credential"], way["linked"]) = (Value::Null, json!(true)),
                _ => {}
            }
            ways.push(way);
        }
        if !more.is_empty() {
            files.push((format!("{id}.more"), Value::Object(more)));
        }
        let mut entry = json!({
            "id": id, "title": guide.file.title, "vendor": guide.file.vendor.name, "ways": ways,
        });
        said.name_texts(&mut entry, false);
        index.push(entry);
    }
    let own = packed(&library, &mut pages, &places)?;
    files.push(("pages".to_owned(), Value::Array(pages)));
    let shared = share(&mut files);
    for (name, content) in &files {
        write(&arguments.out, name, content)?;
    }
    write(&arguments.out, "shared", &shared)?;
    write(&arguments.out, "own", &own)?;
    write(&arguments.out, "index", &index)?;
    Ok(ExitCode::SUCCESS)
}

/// What makes plans of a vendor's own guide, with messages in the place of the recipes' texts: `{"t": ["m12", "${it.name}"]}`.
/// Pages that no plan has are added.
pub(super) fn packed(library: &Library, pages: &mut Vec<Value>, places: &Places) -> anyhow::Result<Value> {
    let place = |message: &Message| {
        let place = places.get(&(message.name(), message.text()))?;
        Some(format!("m{place}"))
    };
    pack(library, pages, &messages(library), &place).map_err(anyhow::Error::msg)
}

/// The portal pages of all plans, in the order in which the plans name them.
pub(crate) fn pages(library: &Library) -> anyhow::Result<Vec<Value>> {
    let mut pages = Vec::new();
    for id in library.guides.keys() {
        for variant in variants(library, id).into_iter().chain(linked(library, id)) {
            put_aside(&mut serde_json::to_value(compiled(library, id, &variant)?)?, &mut pages);
        }
    }
    Ok(pages)
}

fn compiled(library: &Library, id: &str, variant: &Variant) -> anyhow::Result<Plan> {
    let options = Options { credential: variant.credential, mode: variant.mode };
    compile_with(library, id, options).map_err(|findings| super::failed(&findings))
}

fn write(folder: &Path, name: &str, content: &impl Serialize) -> anyhow::Result<()> {
    let file = folder.join(format!("{name}.json"));
    std::fs::write(&file, serde_json::to_string(content)?)
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// The lists of a plan whose entries repeat from plan to plan.
const LISTS: [&str; 3] = ["steps", "values", "parts"];

/// Moves a plan's pages to all the others, and leaves their places.
fn put_aside(plan: &mut Value, pages: &mut Vec<Value>) {
    for entry in plan.get_mut("pages").and_then(Value::as_array_mut).into_iter().flatten() {
        let at = pages.iter().position(|page| page == entry).unwrap_or_else(|| {
            pages.push(entry.clone());
            pages.len() - 1
        });
        *entry = at.into();
    }
}

/// Where texts are compared with the portal's, or are a file of the vendor's.
const NOT_FOR_PEOPLE: [&str; 5] = ["already", "done", "file", "pages", "when"];

/// The place of every message in the list that ships, by its name and text.
pub(super) type Places = BTreeMap<(String, String), usize>;

pub(super) fn places(library: &Library) -> Places {
    let guides = library.guides.iter().flat_map(|(id, guide)| guide_messages(id, &guide.file));
    let by_name: BTreeMap<String, String> =
        messages(library).into_iter().chain(guides).map(|one| (one.name(), one.text())).collect();
    by_name.into_iter().zip(0..).collect()
}

/// What one guide's plans are made of.
pub(super) struct Said<'a> {
    pub(super) own: &'a [Message],
    pub(super) recipes: &'a [Message],
    pub(super) places: &'a Places,
}

impl Said<'_> {
    /// Puts messages in the place of the texts that were made from them.
    pub(super) fn name_texts(&self, value: &mut Value, for_people: bool) {
        match value {
            Value::String(text) if for_people => {
                if let Some(told) = self.told(text) {
                    *value = told;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|part| self.name_texts(part, for_people)),
            Value::Object(map) => {
                for (key, part) in map.iter_mut().filter(|(key, _)| !NOT_FOR_PEOPLE.contains(&key.as_str())) {
                    self.name_texts(part, FOR_PEOPLE.contains(&key.as_str()));
                    if let Some(label) = part.get_mut("label").filter(|_| key == "choice") {
                        self.name_texts(label, true);
                    }
                }
            }
            _ => {}
        }
    }

    /// The message of a text, or the messages that follow each other in it.
    fn told(&self, text: &str) -> Option<Value> {
        let whole = || self.recipes.iter().find_map(|one| self.made(one, text));
        self.of_guide(text).or_else(whole).or_else(|| self.in_turn(text))
    }

    /// What stands for a text where the guide says it.
    fn of_guide(&self, text: &str) -> Option<Value> {
        self.own.iter().find_map(|one| self.made(one, text))
    }

    /// A text as this message. Of what is put in only the guide's own is a message again: a recipe's would be a mere word.
    fn made(&self, message: &Message, text: &str) -> Option<Value> {
        let own =
            |text: &str| self.of_guide(text).or_else(|| self.in_turn(text)).unwrap_or_else(|| text.into());
        self.at(message, message.fits(text)?.into_iter().map(own))
    }

    fn at(&self, message: &Message, put_in: impl Iterator<Item = Value>) -> Option<Value> {
        let place = self.places.get(&(message.name(), message.text()))?;
        let told: Vec<Value> = std::iter::once(format!("m{place}").into()).chain(put_in).collect();
        Some(json!({ "$t": told }))
    }

    /// Two or more texts that stand one behind the other.
    fn in_turn(&self, text: &str) -> Option<Value> {
        let exact = |text: &str| {
            let all = self.own.iter().chain(self.recipes);
            let one = all.into_iter().find(|one| one.fits(text).is_some_and(|put_in| put_in.is_empty()))?;
            self.at(one, std::iter::empty())
        };
        JOINTS.iter().find_map(|(name, between)| {
            let joint = self.recipes.iter().find(|one| one.id == *name)?;
            text.match_indices(between).find_map(|(at, _)| {
                let first = exact(text.get(..at)?)?;
                let rest = text.get(at + between.len()..)?;
                let rest = exact(rest).or_else(|| self.in_turn(rest))?;
                self.at(joint, [first, rest].into_iter())
            })
        })
    }
}

/// Shorter than this, written out, and what two files say is said twice: its place would not be shorter.
const WORTH_SHARING: usize = 20;

/// Moves what several files say to a list, and leaves its places.
fn share(files: &mut [(String, Value)]) -> Vec<Value> {
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
fn lean(mut own: Value, usual: &Value) -> Value {
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
    use handrail_guide::load::own;
    use handrail_guide::plan::PORTALS;
    use handrail_guide::render::{ON_PAPER, output};

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
    fn what_a_guide_says_is_named_also_where_it_is_put_in() {
        let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        let (places, recipes) = (places(&library), messages(&library));
        let (id, guide) = library.guides.iter().find(|(_, guide)| !guide.file.unsafes.is_empty()).unwrap();
        let own = guide_messages(id, &guide.file);
        let said = Said { own: &own, recipes: &recipes, places: &places };
        let part = &guide.file.unsafes[0];
        let mut value = json!({
            "today": format!("Not done unless you decide to: {} {}", part.danger, part.instead),
            "text": "Nobody says this.",
            "copy": part.danger,
        });
        said.name_texts(&mut value, false);
        let named = |name: &str| {
            let place = places.iter().find(|((own, _), _)| own == name).map(|(_, place)| place).unwrap();
            json!(format!("m{place}"))
        };
        let own = |of: &str| json!({"$t": [named(&format!("guide-{id}.unsafe-{}-{of}", part.id))]});
        let both = json!({"$t": [named("plan-then"), own("danger"), own("instead")]});
        assert_eq!(
            value,
            json!({"today": {"$t": [named("plan-not-done"), both]}, "text": "Nobody says this.", "copy": part.danger})
        );
    }

    #[test]
    fn an_own_guide_is_told_by_one_beginning() {
        assert_eq!(handrail_guide::OWN, handrail_handover::OWN);
    }

    /// The plans that the extension's script makes of a vendor's own guide are the compiler's, in every mode.
    #[test]
    fn the_extension_makes_the_same_plans_of_a_vendor_s_own_guide() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut library = Library::load(&root).unwrap();
        let (id, digest) = ("own-test", "digest");
        let mut cases = Vec::new();
        let guides = root.join("tests/vectors/guides");
        for file in ["lucerne", "lucerne-feed", "lucerne-list", "lucerne-mail"] {
            let file = library.add_guide_file(&guides.join(file).with_extension("toml")).unwrap();
            let domain = library.guides[&file].file.vendor.domains[0].clone();
            let text = own::travelling(&library, &file, &domain).unwrap();
            let plans = own::plans(&library, &text, (id, digest, &domain)).unwrap();
            let steps = output("steps").unwrap();
            let lines: Map<String, Value> = plans
                .iter()
                .map(|(variant, plan)| {
                    (variant.key.clone(), serde_json::from_str(&(steps.render)(plan).unwrap()).unwrap())
                })
                .collect();
            let plans: Map<String, Value> = plans
                .into_iter()
                .map(|(variant, mut plan)| {
                    // The extension has no GUIDs of permissions.
                    plan.sheet.permissions.iter_mut().for_each(|one| one.id.clear());
                    (variant.key, serde_json::to_value(plan).unwrap())
                })
                .collect();
            cases.push(json!({"text": text, "domain": domain, "plans": plans, "lines": lines}));
        }
        let mut pages = pages(&library).unwrap();
        let packed = own::pack(&library, &mut pages, &messages(&library), &|_| None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.json");
        let hostile: Value =
            serde_json::from_str(&std::fs::read_to_string(guides.join("hostile.json")).unwrap()).unwrap();
        let all = json!({"hostile": hostile, "packed": packed, "pages": pages, "cases": cases, "id": id, "digest": digest,
            "words": {"portals": PORTALS, "on-paper": ON_PAPER}});
        std::fs::write(&file, all.to_string()).unwrap();
        let script = "Promise.all(process.argv.slice(1, 3).map((file) => import(file))).then(([{ own }, { stepsOf }]) => {
            const assert = require('assert');
            const { packed, pages, cases, hostile, id, digest, words } = JSON.parse(require('fs').readFileSync(process.argv[3]));
            for (const { text, domain, plans, lines } of cases) {
                const made = own(packed, pages, { text, id, digest, domain });
                assert.deepStrictEqual(JSON.parse(JSON.stringify(made.plans)), plans);
                for (const [key, plan] of Object.entries(made.plans)) {
                    assert.deepStrictEqual(JSON.parse(JSON.stringify(stepsOf(plan, words))), lines[key], key);
                }
                assert.deepStrictEqual(made.line.ways.map(({ plan }) => plan).sort(), Object.keys(plans).sort());
            }
            const refused = (text, domain) => {
                try {
                    own(packed, pages, { text, id, digest, domain });
                    return false;
                } catch {
                    return true;
                }
            };
            const [{ text, domain }] = cases;
            assert(refused(text, 'stranger.example') && refused('', domain) && !refused(text, domain));
            for (const [path, value] of hostile) {
                const tree = JSON.parse(text);
                const names = path.split('/').slice(1);
                const last = names.pop();
                names.reduce((at, name) => at[name], tree)[last] = value;
                assert(refused(JSON.stringify(tree), domain), path + ' ' + JSON.stringify(value));
            }
            console.log(cases.length + hostile.length);
        })";
        let scripts = ["extension/background/js/own.js", "worker/page/js/own.js"].map(|file| root.join(file));
        let run = std::process::Command::new("node")
            .args(["-e", script])
            .args(&scripts)
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout).trim().to_owned();
        let wanted = cases.len() + hostile.as_array().unwrap().len();
        assert_eq!(said, wanted.to_string(), "{}", String::from_utf8_lossy(&run.stderr));
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
