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

mod said;
mod shared;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::own::pack;
use handrail_guide::load::{
    CONSENTED, LINKED, Library, Message, Variant, compile_with, linked, messages, variants,
};
use handrail_guide::plan::Plan;
use serde::Serialize;
use serde_json::{Map, Value, json};

pub(super) use self::said::{Places, Said, own_messages, places};
use self::shared::{lean, put_aside, share};

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
        let own = own_messages(id, &guide.file, &places);
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
    compile_with(library, id, variant.options()).map_err(|findings| super::failed(&findings))
}

fn write(folder: &Path, name: &str, content: &impl Serialize) -> anyhow::Result<()> {
    let file = folder.join(format!("{name}.json"));
    std::fs::write(&file, serde_json::to_string(content)?)
        .with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use handrail_guide::load::own;
    use handrail_guide::plan::PORTALS;
    use handrail_guide::render::{ON_PAPER, output};

    use super::*;

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
}
