//! Compiles the guides and leaves what the Worker needs of them as a list of ids and JSON texts: digest, domains, requirements.
//! What they say to people lies beside the Worker in every language.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use handrail_guide::load::{Finding, Library, compile_library};
use handrail_guide::plan::Plan;
use serde_json::json;

/// One more guide file, for `handrail guide preview`.
const ALSO: &str = "HANDRAIL_GUIDE_FILE";

fn main() {
    let root = PathBuf::from(env("CARGO_MANIFEST_DIR"));
    let root = root.parent().map_or_else(|| PathBuf::from(".."), Path::to_path_buf);
    for folder in ["guides", "recipes", "portal"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    println!("cargo::rerun-if-env-changed={ALSO}");
    if let Some(file) = std::env::var_os(ALSO) {
        println!("cargo::rerun-if-changed={}", PathBuf::from(file).display());
    }
    let plans = match plans(&root) {
        Ok(plans) => plans,
        Err(findings) => {
            for finding in findings {
                println!("cargo::error={}", finding.to_string().replace('\n', " "));
            }
            return;
        }
    };
    let guides: Vec<(String, String)> = plans
        .into_iter()
        .map(|(id, plan)| {
            let guide = json!({
                "digest": plan.digest,
                "domains": plan.vendor.domains,
                "requirements": plan.requirements,
            });
            (id, guide.to_string())
        })
        .collect();
    // Written as Rust would show it, which is how it is read.
    write("guides.rs", &format!("&{guides:?}"));
}

fn plans(root: &Path) -> Result<BTreeMap<String, Plan>, Vec<Finding>> {
    let mut library = Library::load(root)?;
    if let Some(file) = std::env::var_os(ALSO) {
        library.add_guide_file(Path::new(&file)).map_err(|finding| vec![finding])?;
    }
    compile_library(&library)
}

fn write(name: &str, text: &str) {
    let file = PathBuf::from(env("OUT_DIR")).join(name);
    if let Err(error) = std::fs::write(&file, text) {
        println!("cargo::error={}: {error}", file.display());
    }
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
