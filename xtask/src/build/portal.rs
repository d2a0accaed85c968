//! The practice portal's static files.

use anyhow::Result;

use crate::run::{command, run_quiet};
use crate::{paths, stamp};

/// Makes target/handrail/portal.
pub(crate) fn build() -> Result<()> {
    let source = paths::root().join("tests/portal");
    let folder = paths::out().join("portal");
    let inputs = stamp::Inputs::of_own_work("portal")?.add(&source)?;
    stamp::once("portal", &inputs, &[&folder], || {
        run_quiet(command("node").arg("tests/portal/build.mjs").arg(&folder))
    })?;
    Ok(())
}
