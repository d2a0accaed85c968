//! The location engine on its own, for conformance runs and the benchmark: as WASM and lowered, like the agent.

use std::path::PathBuf;

use anyhow::Result;

use crate::build::agent;
use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::{paths, stamp};

const PACKAGE: &str = "handrail-locate-probe";
const SCRIPTS: &str = "tests/conformance/js";

/// Where the probe's files go.
pub(crate) fn folder() -> PathBuf {
    paths::out().join("probe")
}

/// `probe.js` and `probe_bg.wasm`.
pub(crate) fn wasm() -> Result<()> {
    let compiled = wasm::compile(&[PACKAGE])?.remove(0);
    let small = wasm::finish(&compiled, "probe", Glue::Web, Panics::Mute)?;
    let (script, module) = (folder().join("probe.js"), folder().join("probe_bg.wasm"));
    let inputs = stamp::Inputs::of_own_work("probe")?
        .add(&paths::work().join("probe"))?
        .add(&paths::root().join(SCRIPTS))?;
    stamp::once("probe", &inputs, &[&script, &module], || {
        let glue = ("@handrail/probe", paths::work().join("probe/probe.js"));
        js::bundle(&js::entry(SCRIPTS, "probe")?, &script, Format::Script, &[glue], &[])?;
        stamp::copy(&small, &module)
    })?;
    Ok(())
}

/// `probe-lowered.js`.
pub(crate) fn lowered() -> Result<()> {
    let compiled = agent::compile_for_mvp(PACKAGE)?;
    let script = folder().join("probe-lowered.js");
    let inputs = stamp::Inputs::of_own_work("lowered")?.add(&compiled)?.add(&paths::root().join(SCRIPTS))?;
    stamp::once("probe-lowered", &inputs, &[&script], || {
        let work = paths::work().join("probe-lowered");
        agent::lower(&compiled, &work, "probe")?;
        let glue = ("@handrail/probe", work.join("probe.js"));
        js::bundle(&js::entry(SCRIPTS, "probe-lowered")?, &script, Format::Script, &[glue], &[])
    })?;
    Ok(())
}
