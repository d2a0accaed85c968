//! `handrail guide plans --out FOLDER`: what the extension carries.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::{Options, compile_with, variants};
use serde_json::json;

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
        for variant in variants(&library, id) {
            let options = Options { credential: variant.credential, mode: variant.mode };
            let plan = compile_with(&library, id, options).map_err(|findings| super::failed(&findings))?;
            let file = arguments.out.join(format!("{}.json", variant.key));
            std::fs::write(&file, serde_json::to_string(&plan)?)
                .with_context(|| format!("{} cannot be written", file.display()))?;
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
