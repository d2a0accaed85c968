//! `handrail guide plans --out FOLDER`: what the extension carries.
//!
//! A guide's plans for other modes and credentials say mostly the same as its usual one. They are written as what they
//! are otherwise: `base` names the usual plan, and where a list holds a number instead of an object, the object stands
//! at that place of the usual plan's list.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::{Options, compile_with, variants};
use serde_json::{Value, json};

/// `handrail guide plans`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder to write to: `index.json`, and `<plan>.json` for every plan.
    #[arg(long, short)]
    out: PathBuf,
}

/// Writes the plans.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let library = super::library(root)?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{} cannot be made", arguments.out.display()))?;
    let mut index = Vec::new();
    for (id, guide) in &library.guides {
        let mut ways = Vec::new();
        let mut usual = None;
        for variant in variants(&library, id) {
            let options = Options { credential: variant.credential, mode: variant.mode };
            let plan = compile_with(&library, id, options).map_err(|findings| super::failed(&findings))?;
            let file = arguments.out.join(format!("{}.json", variant.key));
            let own = serde_json::to_value(&plan)?;
            let text = match &usual {
                Some(usual) => serde_json::to_string(&lean(own, id, usual))?,
                None => serde_json::to_string(&plan)?,
            };
            if variant.key == *id {
                usual = Some(serde_json::to_value(&plan)?);
            }
            std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
            let checks = plan.steps.iter().any(|s| s.action == handrail_guide::plan::Action::Check);
            ways.push(json!({
                "plan": variant.key, "mode": variant.mode.word(), "credential": variant.credential,
                "steps": plan.steps.len(), "checks": checks,
            }));
        }
        index.push(json!({
            "id": id, "title": guide.file.title, "vendor": guide.file.vendor.name, "ways": ways,
        }));
    }
    std::fs::write(arguments.out.join("index.json"), serde_json::to_string(&index)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The lists of a plan whose entries repeat from plan to plan.
const LISTS: [&str; 4] = ["steps", "pages", "values", "parts"];

/// A plan without what the usual one says too.
fn lean(mut own: Value, base: &str, usual: &Value) -> Value {
    for name in LISTS {
        let known = usual[name].as_array().map_or(&[][..], Vec::as_slice);
        for entry in own.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(at) = known.iter().position(|other| other == entry) {
                *entry = at.into();
            }
        }
    }
    own["base"] = base.into();
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_usual_plan_says_too_is_told_by_its_place() {
        let usual = json!({"steps": [{"id": "a"}, {"id": "b"}], "pages": [{"id": "p"}], "title": "T"});
        let own =
            json!({"steps": [{"id": "b"}, {"id": "c"}], "pages": [{"id": "p"}], "title": "T", "values": []});
        let wanted =
            json!({"steps": [1, {"id": "c"}], "pages": [0], "title": "T", "values": [], "base": "g"});
        assert_eq!(lean(own, "g", &usual), wanted);
    }
}
