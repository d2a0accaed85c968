//! `handrail guide plans --out FOLDER`: what the extension carries.
//!
//! A guide's plans for other modes and credentials say mostly the same as its usual one. They are written as what they
//! are otherwise, all of one guide in one file, where they pack well: a number in a list of theirs stands for the entry
//! at that place of the usual plan's list. Portal pages are what guides have in common: they are in one file, and each
//! plan names the places in it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::{Options, compile_with, variants};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// `handrail guide plans`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder to write to: `index.json`, `pages.json`, and for every guide `<guide>.json` and `<guide>.more.json`.
    #[arg(long, short)]
    out: PathBuf,
    /// One more guide, from a file anywhere.
    #[arg(long)]
    also: Option<PathBuf>,
}

/// Writes the plans.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut library = super::library(root)?;
    if let Some(file) = &arguments.also {
        library.add_guide_file(file).map_err(|finding| super::failed(&[finding]))?;
    }
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{} cannot be made", arguments.out.display()))?;
    let (mut index, mut pages) = (Vec::new(), Vec::new());
    for (id, guide) in &library.guides {
        let mut ways = Vec::new();
        let (mut usual, mut more) = (Value::Null, Map::new());
        for variant in variants(&library, id) {
            let options = Options { credential: variant.credential, mode: variant.mode };
            let plan = compile_with(&library, id, options).map_err(|findings| super::failed(&findings))?;
            let mut own = serde_json::to_value(&plan)?;
            put_aside(&mut own, &mut pages);
            if variant.key == *id {
                write(&arguments.out, id, &own)?;
                usual = own;
            } else {
                more.insert(variant.key.clone(), lean(own, &usual));
            }
            let checks = plan.steps.iter().any(|s| s.action == handrail_guide::plan::Action::Check);
            ways.push(json!({
                "plan": variant.key, "mode": variant.mode.word(), "credential": variant.credential,
                "steps": plan.steps.len(), "checks": checks,
            }));
        }
        if !more.is_empty() {
            write(&arguments.out, &format!("{id}.more"), &Value::Object(more))?;
        }
        index.push(json!({
            "id": id, "title": guide.file.title, "vendor": guide.file.vendor.name, "ways": ways,
        }));
    }
    write(&arguments.out, "pages", &pages)?;
    write(&arguments.out, "index", &index)?;
    Ok(ExitCode::SUCCESS)
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
    use super::*;

    #[test]
    fn what_the_usual_plan_says_too_is_told_by_its_place() {
        let usual = json!({"steps": [{"id": "a"}, {"id": "b"}], "title": "T"});
        let own = json!({"steps": [{"id": "b"}, {"id": "c"}], "title": "T", "values": []});
        let wanted = json!({"steps": [1, {"id": "c"}], "title": "T", "values": []});
        assert_eq!(lean(own, &usual), wanted);
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
