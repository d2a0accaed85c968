//! The agent, twice from one crate: as WASM, and lowered to plain JavaScript for frames whose policy forbids
//! WASM.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build::js::{self, Format};
use crate::build::trim;
use crate::build::wasm::{self, Glue, Panics};
use crate::run::{cargo, command, run, run_quiet};
use crate::{paths, stamp};

/// The scripts' folder.
const SCRIPTS: &str = "extension/agent/js";

/// Where both builds' files are put together.
pub(crate) fn folder() -> PathBuf {
    paths::work().join("agent-files")
}

/// Leaves out the glue's warning of old ways to start it. The agent warns of nothing in the page's console.
const NO_WARNINGS: &str = "--pure:console.warn";

/// The WASM build: `agent-loader.js`, `agent.js` and `agent_bg.wasm`.
pub(crate) fn wasm() -> Result<()> {
    let compiled = wasm::compile(&["handrail-agent"])?.remove(0);
    let small = wasm::finish(&compiled, "agent", Glue::Web, Panics::Mute)?;
    let (loader, script) = (folder().join("agent-loader.js"), folder().join("agent.js"));
    let module = folder().join("agent_bg.wasm");
    let inputs = stamp::Inputs::of_own_work("agent")?
        .add(&paths::work().join("agent"))?
        .add(&paths::root().join(SCRIPTS))?;
    stamp::once("agent", &inputs, &[&loader, &script, &module], || {
        let glue = ("@handrail/agent", paths::work().join("agent/agent.js"));
        js::bundle(&js::entry(SCRIPTS, "agent-loader")?, &loader, Format::Script, &[], &[])?;
        js::bundle(&js::entry(SCRIPTS, "agent")?, &script, Format::Script, &[glue], &[NO_WARNINGS])?;
        js::shrink(&script, Format::Script)?;
        stamp::copy(&small, &module)
    })?;
    Ok(())
}

/// What whoever reviews the package reads first.
pub(crate) const READ_ME: &str = "\
// Handrail's agent as plain JavaScript, for frames whose policy forbids WASM. It is the Rust crate extension/agent, compiled by
// rustc and wasm-bindgen, lowered by Binaryen's wasm2js, bundled by esbuild: the same program as agent_bg.wasm with agent.js.
// To make it again, byte for byte: rustup, Node 20, and `cargo xtask package`. Nothing in it is fetched, and no text is run.
";

/// How it is broken into lines: one of 260,000 letters opens in no editor.
const LINES: &str = "--line-limit=400";

/// The lowered build: `agent-lowered.js`, one script.
pub(crate) fn lowered() -> Result<()> {
    let compiled = compile_for_mvp("handrail-agent")?;
    let script = folder().join("agent-lowered.js");
    let inputs = stamp::Inputs::of_own_work("lowered")?.add(&compiled)?.add(&paths::root().join(SCRIPTS))?;
    stamp::once("agent-lowered", &inputs, &[&script], || {
        let work = paths::work().join("lowered");
        lower(&compiled, &work, "agent")?;
        let glue = ("@handrail/agent", work.join("agent.js"));
        let head = format!("--banner:js={}", READ_ME.trim_end());
        js::bundle(&js::entry(SCRIPTS, "agent-lowered")?, &script, Format::Script, &[glue], &[&head, LINES])
    })?;
    Ok(())
}

/// Compiles a package for the first version of WASM, in a target folder of its own so that the two builds do
/// not throw each other's work away.
pub(crate) fn compile_for_mvp(package: &str) -> Result<PathBuf> {
    let target = paths::cargo_target().join("lowered");
    run(cargo()
        .args(["build", "--release", "--target", "wasm32-unknown-unknown", "--lib", "-p", package])
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTFLAGS", format!("-Ctarget-cpu=mvp {}", wasm::nobodys_paths())))?;
    let folder = target.join("wasm32-unknown-unknown/release");
    Ok(folder.join(package.replace('-', "_")).with_extension("wasm"))
}

/// From WASM to a module `<work>/<name>.js` that needs no WASM.
pub(crate) fn lower(compiled: &Path, work: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(work).with_context(|| format!("cannot make {}", work.display()))?;
    let bytes = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let plain = work.with_extension("plain.wasm");
    stamp::write(&plain, &wasm::without_section(&trim::panics(&bytes, false)?, "target_features")?)?;
    wasm::bindgen(&plain, work, name, Glue::Bundler)?;

    // Two rounds: the second must not know the newer instructions, or it would bring them back.
    let bound = work.join(format!("{name}_bg.wasm"));
    let (old, small) = (work.join("old.wasm"), work.join("small.wasm"));
    let passes =
        ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];
    wasm::opt(&bound, &old, &wasm::FEATURES, &passes)?;
    let mvp = ["--mvp-features", "--enable-mutable-globals"];
    wasm::opt(&old, &small, &mvp, &["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"])?;
    let script = work.join(format!("{name}_bg.wasm.js"));
    run_quiet(command(paths::npm_bin("wasm2js")).arg(&small).args(mvp).arg("-Oz").arg("-o").arg(&script))?;
    if fs::read_to_string(&script)?.contains("from 'env'") {
        bail!(
            "an exported or imported function of {name} passes a 64-bit integer, which JavaScript numbers cannot hold"
        );
    }

    let main = work.join(format!("{name}.js"));
    let text = fs::read_to_string(&main)?;
    stamp::write(&main, text.replace("_bg.wasm\"", "_bg.wasm.js\"").as_bytes())?;
    let glue = work.join(format!("{name}_bg.js"));
    stamp::write(&glue, notice_growth(&fs::read_to_string(&glue)?)?.as_bytes())
}

/// Makes the glue notice that memory has grown. A lowered module copies its memory into a larger buffer and
/// leaves the old one attached, so the glue's own tests (length zero, detached) never see it, and it would go
/// on reading and writing the old copy.
fn notice_growth(glue: &str) -> Result<String> {
    let mut text = String::with_capacity(glue.len());
    let mut views = 0;
    for line in glue.lines() {
        let view =
            line.split_once("if (").and_then(|(_, rest)| rest.split_once(" === null")).map(|(name, _)| name);
        match view.filter(|name| name.starts_with("cached") && name.contains("Memory")) {
            Some(name) => {
                views += 1;
                text.push_str(&format!(
                    "    if ({name} === null || {name}.buffer !== wasm.memory.buffer) {{"
                ));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    if views == 0 || text.contains("byteLength === 0") || text.contains("detached") {
        bail!("the glue of wasm-bindgen has changed: its views of memory are not where they were");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_of_memory_is_compared_with_the_buffer() {
        let glue = "function f() {\n    if (cachedUint8ArrayMemory0 === null || \
                    cachedUint8ArrayMemory0.byteLength === 0) {\n    }\n}\n";
        let seen = notice_growth(glue).unwrap();
        assert!(seen.contains("cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"));
        assert!(!seen.contains("byteLength"));
    }

    #[test]
    fn glue_without_such_views_is_refused() {
        assert!(notice_growth("function f() {}\n").is_err());
    }
}
