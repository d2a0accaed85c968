//! The Worker: WASM, its glue and its entry as two files that workerd takes as they are.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::extension;
use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::run::cargo;
use crate::{paths, stamp};

/// A guide that is in no library, for tests.
const STRANGER: &str = "tests/journeys/strangers/harbor-siem.toml";

/// Makes target/handrail/worker.
pub(crate) fn build() -> Result<()> {
    make("worker", cargo(), &[])
}

/// Makes target/handrail/worker-fault: the same Worker, except that it panics on request and knows a stranger's guide,
/// whose plans lie beside it. Only tests use it, to see what a panic leaves behind and to preview that guide.
pub(crate) fn fault() -> Result<()> {
    let guide = paths::root().join(STRANGER);
    let mut build = cargo();
    build.env(extension::ONE_MORE, &guide);
    make("worker-fault", build, &["handrail-worker/fault"])?;
    extension::write_plans(&paths::out().join("worker-fault/plans"), Some(&guide))
}

fn make(name: &str, build: Command, features: &[&str]) -> Result<()> {
    let compiled = wasm::compile_with(build, "worker", &["handrail-worker"], features)?.remove(0);
    let small = wasm::finish(&compiled, name, Glue::Module, Panics::Speak)?;
    let entry = js::entry("worker", "entry")?;
    let folder = paths::out().join(name);
    let (index, module) = (folder.join("index.js"), folder.join("index_bg.wasm"));
    let inputs = stamp::Inputs::of_own_work(name)?.add(&paths::work().join(name))?.add(&entry)?;
    let wasm_name = format!("./{name}_bg.wasm");
    let external = format!("--external:{wasm_name}");
    stamp::once(name, &inputs, &[&index, &module], || {
        stamp::copy(&small, &module)?;
        let glue = paths::work().join(name).join(name).with_extension("js");
        js::bundle(
            &entry,
            &index,
            Format::Module,
            &[("@handrail/worker", glue)],
            &[&external, "--external:cloudflare:*", "--target=es2022", "--supported:import-source=true"],
        )?;
        // workerd gives a compiled module for a plain import of WASM and does not know source-phase imports.
        let script = fs::read_to_string(&index).context("esbuild wrote no script")?;
        let script = script.replace("import source ", "import ").replace(&wasm_name, "./index_bg.wasm");
        stamp::write(&index, script.as_bytes())
    })?;
    Ok(())
}
