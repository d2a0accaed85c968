//! The link page: its WASM, its script and its style, the guides as words and the API's description, as files that the
//! Worker hands out.

use std::fs;
use std::path::Path;

use anyhow::Result;

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
    let (js, css, description) = (to.join("page.js"), to.join("page.css"), to.join("openapi.json"));
    let inputs = stamp::Inputs::of_own_work("page")?
        .add(&paths::work().join("page"))?
        .add(&paths::root().join(script))?
        .add(&style)?
        .add(&described)?;
    let (languages, spoken) = words::page()?;
    let inputs = inputs.add(&languages)?.add(&words::script())?;
    stamp::once("page", &inputs, &[&js, &css, &description], || {
        let whole: serde_json::Value = serde_json::from_slice(&fs::read(&described)?)?;
        stamp::write(&description, whole.to_string().as_bytes())?;
        let glue = paths::work().join("page/page.js");
        let parts = [
            ("@handrail/page", glue),
            ("@handrail/words", words::script()),
            ("@handrail/languages", languages.clone()),
        ];
        js::bundle(&js::entry(script, "page")?, &js, Format::Module, &parts, &[])?;
        stamp::copy(&small, &to.join("page_bg.wasm"))?;
        stamp::copy(&style, &css)
    })?;
    for (tag, words) in spoken {
        stamp::write(&to.join(format!("{tag}.ftl")), words.as_bytes())?;
    }
    guides(&to)
}

/// What a link can be for; each guide has steps for some of them. For a federated credential nothing is renewed: another one
/// is added to the app that is there.
const WAYS: [&[&str]; 5] = [
    &["--mode", "run"],
    &["--mode", "renew"],
    &["--mode", "remove"],
    &["--mode", "run", "--credential", "link"],
    &["--mode", "adopt", "--credential", "link"],
];

/// Every guide's steps as words: `<guide>.steps.json`, `<guide>.renew.steps.json`, `<guide>.remove.steps.json`,
/// `<guide>.run.link.steps.json`, `<guide>.adopt.link.steps.json`.
fn guides(to: &Path) -> Result<()> {
    let root = paths::root();
    let mut inputs = stamp::Inputs::of_own_work("page-guides")?;
    for folder in ["guides", "recipes", "portal", "crates/guide", "crates/cli"] {
        inputs = inputs.add(&root.join(folder))?;
    }
    let done = paths::work().join("page-guides");
    stamp::once("page-guides", &inputs, &[&done], || {
        for way in WAYS {
            let write =
                ["run", "--quiet", "-p", "handrail-cli", "--", "guide", "render", "--all", "--as", "steps"];
            run(cargo().args(write).args(way).arg("--out").arg(to))?;
        }
        stamp::write(&done, b"")
    })?;
    Ok(())
}
