//! The Worker: WASM, its glue and its entry as two files that workerd takes as they are.

use std::fs;

use anyhow::{Context, Result};

use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::{paths, stamp};

/// Makes target/handrail/worker.
pub(crate) fn build() -> Result<()> {
    let compiled = wasm::compile(&["handrail-worker"])?.remove(0);
    let small = wasm::finish(&compiled, "worker", Glue::Module, Panics::Speak)?;
    let entry = js::entry("worker", "entry")?;
    let folder = paths::out().join("worker");
    let (index, module) = (folder.join("index.js"), folder.join("index_bg.wasm"));
    let inputs = stamp::Inputs::of_own_work("worker")?.add(&small)?.add(&entry)?;
    stamp::once("worker", &inputs, &[&index, &module], || {
        stamp::copy(&small, &module)?;
        let glue = paths::work().join("worker/worker.js");
        js::bundle(
            &entry,
            &index,
            Format::Module,
            &[("@handrail/worker", glue)],
            &[
                "--external:./worker_bg.wasm",
                "--external:cloudflare:*",
                "--target=es2022",
                "--supported:import-source=true",
            ],
        )?;
        // workerd gives a compiled module for a plain import of WASM and does not know source-phase imports.
        let script = fs::read_to_string(&index).context("esbuild wrote no script")?;
        let script =
            script.replace("import source ", "import ").replace("./worker_bg.wasm", "./index_bg.wasm");
        stamp::write(&index, script.as_bytes())
    })?;
    Ok(())
}
