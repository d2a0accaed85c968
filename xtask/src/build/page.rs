//! The link page: its WASM, its script and its style; what people are shown in every language; and the API's description:
//! files that the Worker hands out.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build::extension;
use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::build::words;
use crate::run::{cargo, run};
use crate::{paths, stamp};

/// Makes target/handrail/page.
pub(crate) fn build() -> Result<()> {
    let compiled = wasm::compile(&["handrail-page"])?.remove(0);
    let small = wasm::finish(&compiled, "page", Glue::Web, Panics::Trap)?;
    let (script, style) = ("worker/page/js", paths::root().join("worker/page/page.css"));
    let described = paths::root().join("worker/openapi.json");
    let to = paths::out().join("page");
    let script_of_own = to.join("own.js");
    let (js, css, description) = (to.join("page.js"), to.join("page.css"), to.join("openapi.json"));
    let inputs = stamp::Inputs::of_own_work("page")?
        .add(&paths::work().join("page"))?
        .add(&paths::root().join(script))?
        .add(&paths::root().join("extension/background/js/own.js"))?
        .add(&style)?
        .add(&described)?;
    let (languages, spoken) = words::page()?;
    let inputs = inputs.add(&languages)?.add(&words::script())?;
    stamp::once("page", &inputs, &[&js, &script_of_own, &css, &description], || {
        let whole: serde_json::Value = serde_json::from_slice(&fs::read(&described)?)?;
        stamp::write(&description, whole.to_string().as_bytes())?;
        let glue = paths::work().join("page/page.js");
        let parts = [
            ("@handrail/page", glue),
            ("@handrail/words", words::script()),
            ("@handrail/languages", languages.clone()),
        ];
        js::bundle(&js::entry(script, "page")?, &js, Format::Module, &parts, &["--external:/assets/own.js"])?;
        js::bundle(&js::entry(script, "own")?, &script_of_own, Format::Module, &[], &[])?;
        for script in [&js, &script_of_own] {
            js::shrink(script, Format::Module)?;
        }
        stamp::copy(&small, &to.join("page_bg.wasm"))?;
        stamp::copy(&style, &css)
    })?;
    for (tag, words) in spoken {
        stamp::write(&to.join(format!("{tag}.ftl")), words.as_bytes())?;
    }
    shown(&to)
}

/// What people are shown, in every language: the Worker's own pages, the list of guides, each guide's steps as words, and what
/// makes those of a vendor's own guide. The same in the languages that nobody speaks lies in a folder of its own, for tests.
fn shown(to: &Path) -> Result<()> {
    let root = paths::root();
    let mut inputs = stamp::Inputs::of_own_work("page-spoken")?;
    for folder in ["guides", "recipes", "portal", "crates/guide", "crates/cli", "worker/pages", words::FOLDER]
    {
        inputs = inputs.add(&root.join(folder))?;
    }
    for folder in ["crates/credential/src", "crates/entra/data", "crates/handover/src", "crates/words/src"] {
        inputs = inputs.add(&root.join(folder))?;
    }
    // `handrail guide preview FILE` names one more guide; the next build is without it again.
    let also = std::env::var_os(extension::ONE_MORE).map(PathBuf::from);
    if let Some(file) = &also {
        inputs = inputs.add(file)?;
    }
    let nobodys = paths::out().join("page-pseudo");
    stamp::once(
        "page-spoken",
        &inputs,
        &[&to.join("home.en.page"), &nobodys.join("home.en-xa.page")],
        || {
            let write = |folder: &Path, more: &[&str]| {
                let mut command = cargo();
                command.args(["run", "--quiet", "-p", "handrail-cli", "--", "guide", "service"]).args(more);
                command.args(also.iter().flat_map(|file| ["--also".as_ref(), file.as_os_str()]));
                run(command.arg("--out").arg(folder))
            };
            // What is of a guide or a language that is gone must not be handed out.
            for folder in [to, &nobodys].into_iter().filter(|folder| folder.exists()) {
                let mut old = stamp::files_below(folder)?.into_iter().filter(|file| is_spoken(file));
                old.try_for_each(std::fs::remove_file)?;
            }
            write(to, &[])?;
            write(&nobodys, &["--pseudo"])
        },
    )?;
    Ok(())
}

/// Whether a file says something in one language, and was written for it.
fn is_spoken(file: &Path) -> bool {
    let of_kind = file.extension().is_some_and(|kind| kind == "page" || kind == "json");
    of_kind && file.file_name().is_some_and(|name| name != "openapi.json")
}
