//! Every output of every guide, held against a file. The files are rewritten only when asked for:
//! `HANDRAIL_UPDATE_GOLDEN=1 cargo test -p handrail-guide --test golden`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first thing that is wrong"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use handrail_guide::load::{Library, compile_library};
use handrail_guide::render::OUTPUTS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_output_of_every_guide_is_as_its_golden_file_says() {
    let update = std::env::var_os("HANDRAIL_UPDATE_GOLDEN").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut stale = Vec::new();
    let mut known = BTreeSet::new();
    for (id, plan) in compile_library(&Library::load(&root()).unwrap()).unwrap() {
        for output in OUTPUTS {
            let Some(text) = (output.render)(&plan) else { continue };
            let text = if output.name == "json" { without_pages(&text) } else { text };
            let text = text.replace(&plan.digest, "0000");
            let name = format!("{id}.{}.{}", output.name, output.extension);
            let path = folder.join(&name);
            if update {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &text).unwrap();
            } else if std::fs::read_to_string(&path).unwrap_or_default() != text {
                stale.push(name.clone());
            }
            known.insert(name);
        }
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !known.contains(&name) {
            stale.push(format!("{name} (no output any more)"));
        }
    }
    assert!(
        stale.is_empty(),
        "differ from their golden files:\n  {}\nIf that is meant: HANDRAIL_UPDATE_GOLDEN=1 cargo test -p handrail-guide --test golden",
        stale.join("\n  ")
    );
}

/// A plan carries the portal pages it uses, locators and all; of these its golden file keeps the names only.
fn without_pages(plan: &str) -> String {
    let mut plan: serde_json::Value = serde_json::from_str(plan).unwrap();
    let names = plan["pages"].as_array().unwrap().iter().map(|page| page["id"].clone()).collect();
    plan["pages"] = serde_json::Value::Array(names);
    serde_json::to_string_pretty(&plan).unwrap() + "\n"
}

#[test]
fn manifests_and_scripts_name_every_permission_with_its_id_and_type() {
    for (id, plan) in compile_library(&Library::load(&root()).unwrap()).unwrap() {
        if plan.app.is_none() {
            continue;
        }
        for name in ["manifest", "az", "powershell"] {
            let output = OUTPUTS.iter().find(|output| output.name == name).unwrap();
            let text = (output.render)(&plan).unwrap();
            for permission in &plan.sheet.permissions {
                let at = text
                    .find(&permission.id)
                    .unwrap_or_else(|| panic!("{id}: {name} lacks {}", permission.name));
                let near = text[at..].lines().take(2).collect::<String>();
                let kind = if permission.kind == handrail_guide::plan::PermissionKind::Application {
                    "Role"
                } else {
                    "Scope"
                };
                assert!(
                    near.contains(kind),
                    "{id}: {name} has {} with another type: {near}",
                    permission.name
                );
                assert!(text.contains(&permission.resource_app_id));
            }
        }
    }
}
