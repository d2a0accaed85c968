//! The link page: its WASM, its script and its style, as files that the Worker hands out.

use anyhow::Result;

use crate::build::js::{self, Format};
use crate::build::wasm::{self, Glue, Panics};
use crate::{paths, stamp};

/// Makes target/handrail/page.
pub(crate) fn build() -> Result<()> {
    let compiled = wasm::compile(&["handrail-page"])?.remove(0);
    let small = wasm::finish(&compiled, "page", Glue::Web, Panics::Trap)?;
    let (script, style) = ("worker/page/js", paths::root().join("worker/page/page.css"));
    let to = paths::out().join("page");
    let (js, css) = (to.join("page.js"), to.join("page.css"));
    let inputs =
        stamp::Inputs::of_own_work("page")?.add(&small)?.add(&paths::root().join(script))?.add(&style)?;
    stamp::once("page", &inputs, &[&js, &css], || {
        let glue = paths::work().join("page/page.js");
        js::bundle(&js::entry(script, "page")?, &js, Format::Module, &[("@handrail/page", glue)], &[])?;
        stamp::copy(&small, &to.join("page_bg.wasm"))?;
        stamp::copy(&style, &css)
    })?;
    Ok(())
}
