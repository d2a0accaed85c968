//! The extension: background and panel, plans, and the folders that browsers load.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::build::{agent, words};
use crate::run::{capture, cargo, run};
use crate::{paths, stamp};

/// The two scripts that run in the extension's own pages.
const PARTS: [&str; 2] = ["background", "panel"];

/// The browsers it is packaged for.
pub(crate) const BROWSERS: [&str; 2] = ["chromium", "firefox"];

/// Background and panel: `<part>.js`, bundled with the glue that it imports, and `<part>_bg.wasm`.
pub(crate) fn wasm() -> Result<()> {
    let compiled = wasm::compile(&["handrail-background", "handrail-panel"])?;
    for (part, compiled) in PARTS.iter().zip(compiled) {
        let small = wasm::finish(&compiled, part, Glue::Web, Panics::Trap)?;
        let scripts = format!("extension/{part}/js");
        let files = BROWSERS.map(|browser| pages(browser).join(format!("{part}.js")));
        let inputs = stamp::Inputs::of_own_work(part)?
            .add(&paths::work().join(part))?
            .add(&paths::root().join(&scripts))?;
        stamp::once(part, &inputs, &[&files[0], &files[1]], || {
            for (browser, script) in BROWSERS.iter().zip(&files) {
                let glue = paths::work().join(part).join(format!("{part}.js"));
                let name = format!("@handrail/{part}");
                // What only one browser knows is not even in the other's package.
                let own = paths::root().join(format!("extension/background/js/browser-{browser}.js"));
                let alias = [(name.as_str(), glue), ("@handrail/browser", own)];
                let apart = ["--external:./words.js"];
                js::bundle(&js::entry(&scripts, part)?, script, Format::Module, &alias, &apart)?;
                js::shrink(script, Format::Module)?;
                stamp::copy(&small, &script.with_file_name(format!("{part}_bg.wasm")))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Where the files of the extension's own pages are put together.
fn pages(browser: &str) -> PathBuf {
    paths::work().join(format!("pages-{browser}"))
}

/// The variable that names one more guide file to a build.
pub(crate) const ONE_MORE: &str = "HANDRAIL_GUIDE_FILE";

/// Every guide's plans, compiled once: each mode and credential in a file of its own, and an index of them.
pub(crate) fn plans() -> Result<()> {
    let root = paths::root();
    let mut inputs = stamp::Inputs::of_own_work("plans")?;
    for folder in ["guides", "recipes", "portal", "crates/guide", "crates/cli"] {
        inputs = inputs.add(&root.join(folder))?;
    }
    // `handrail guide preview FILE` names one more guide; the next build is without it again.
    let also = std::env::var_os(ONE_MORE).map(PathBuf::from);
    if let Some(file) = &also {
        inputs = inputs.add(file)?;
    }
    let folder = plan_files();
    stamp::once("plans", &inputs, &[&folder.join("index.json")], || write_plans(&folder, also.as_deref()))?;
    Ok(())
}

/// Writes the plans of every guide into a folder, which holds nothing else then.
pub(crate) fn write_plans(folder: &Path, also: Option<&Path>) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    run(cargo().args(["build", "-p", "handrail-cli"]))?;
    let write = ["run", "--quiet", "-p", "handrail-cli", "--", "guide", "plans", "--out"];
    let also = also.iter().flat_map(|file| ["--also".as_ref(), file.as_os_str()]);
    capture(cargo().args(write).arg(folder).args(also)).map(drop)
}

/// Where the plans are, a file each.
fn plan_files() -> PathBuf {
    paths::work().join("plans")
}

/// One folder per browser.
pub(crate) fn assemble() -> Result<()> {
    for browser in BROWSERS {
        let to = paths::out().join(format!("extension-{browser}"));
        if to.exists() {
            fs::remove_dir_all(&to).with_context(|| format!("cannot clear {}", to.display()))?;
        }
        let fixed = paths::root().join("extension/static");
        for from in [fixed.as_path(), &agent::folder(), &pages(browser)] {
            copy_all(from, &to)?;
        }
        copy_all(&plan_files(), &to.join("plans"))?;
        copy_all(&words::folder(), &to)?;
        let manifest = manifest(&fixed, browser)?;
        stamp::write(&to.join("manifest.json"), format!("{manifest:#}\n").as_bytes())?;
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for file in stamp::files_below(from)? {
        let name = file.strip_prefix(from)?;
        if !name.to_string_lossy().starts_with("manifest") {
            stamp::copy(&file, &to.join(name))?;
        }
    }
    Ok(())
}

/// The common manifest with what this browser needs otherwise: its keys take the place of the common ones,
/// null takes one away.
fn manifest(folder: &Path, browser: &str) -> Result<Value> {
    let mut manifest = read_object(&folder.join("manifest.json"))?;
    for (key, value) in read_object(&folder.join(format!("manifest.{browser}.json")))? {
        if value.is_null() {
            manifest.remove(&key);
        } else {
            manifest.insert(key, value);
        }
    }
    manifest.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    Ok(Value::Object(manifest))
}

fn read_object(file: &Path) -> Result<serde_json::Map<String, Value>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", paths::shown(file)))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON object", paths::shown(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_in_a_private_window_is_kept_apart_or_not_had_at_all() {
        let fixed = paths::root().join("extension/static");
        let incognito = |browser| manifest(&fixed, browser).unwrap()["incognito"].clone();
        // Chromium gives a private window storage of its own; Firefox cannot, so the extension stays out of it.
        assert_eq!((incognito("chromium"), incognito("firefox")), ("split".into(), "not_allowed".into()));
    }
}
