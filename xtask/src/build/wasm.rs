//! From a crate to small WASM and its glue: Cargo, wasm-bindgen, `wasm-opt`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::{imports, trim};
use crate::paths;
use crate::run::{cargo, command, run, run_quiet};
use crate::stamp;

/// The features that Rust's WASM target uses and every browser and workerd of the last years has.
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How the glue reaches its WASM.
#[derive(Clone, Copy)]
pub(crate) enum Glue {
    /// The caller passes the bytes; for scripts of the extension.
    Web,
    /// Imported at the source phase, resettable after a panic; for workerd.
    Module,
    /// Imported like any module; what `wasm2js` can take the place of.
    Bundler,
}

/// What a panic does before it ends the program.
#[derive(Clone, Copy)]
pub(crate) enum Panics {
    /// Says what happened, where a log takes it.
    Speak,
    /// Nothing: in a page nobody would read it.
    Trap,
    /// Nothing, and the program itself formats nothing either; for the agent.
    Mute,
}

/// Compiles crates for the release, and answers where each one's WASM lies.
pub(crate) fn compile(crates: &[&str]) -> Result<Vec<PathBuf>> {
    compile_with(cargo(), "release", crates, &[])
}

/// As [`compile`], in another profile and with features of the crates, each as `<crate>/<feature>`, by a Cargo whose
/// environment may hold what a build script asks for.
pub(crate) fn compile_with(
    mut build: Command,
    profile: &str,
    crates: &[&str],
    features: &[&str],
) -> Result<Vec<PathBuf>> {
    build.args(["build", "--profile", profile, "--target", "wasm32-unknown-unknown", "--lib"]);
    if !features.is_empty() {
        build.args(["--features", &features.join(",")]);
    }
    for name in crates {
        build.args(["-p", name]);
    }
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", nobodys_paths());
    run(&mut build)?;
    let folder = paths::cargo_target().join("wasm32-unknown-unknown").join(profile);
    Ok(crates.iter().map(|name| folder.join(name.replace('-', "_")).with_extension("wasm")).collect())
}

/// Flags that keep this machine's folders out of what ships: panics carry the path of their source.
pub(crate) fn nobodys_paths() -> String {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| home.map(|home| home.join(".cargo")));
    let mut places = vec![(paths::root(), ".")];
    let registries = cargo.and_then(|cargo| fs::read_dir(cargo.join("registry/src")).ok());
    places.extend(registries.into_iter().flatten().flatten().map(|registry| (registry.path(), "crates")));
    let flags = places.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    // Cargo splits the flags at spaces; a path with one stays as it is.
    flags.filter(|flag| !flag.contains(' ')).collect::<Vec<_>>().join(" ")
}

/// Runs wasm-bindgen: `<out>/<name>.js`, `<out>/<name>_bg.wasm` and what they need.
pub(crate) fn bindgen(wasm: &Path, out: &Path, name: &str, glue: Glue) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot clear {}", out.display()))?;
    }
    let mut tool = Bindgen::new();
    tool.input_path(wasm).out_name(name).typescript(false).remove_producers_section(true);
    // Names are kept for wasm-opt, which drops them itself.
    match glue {
        // The background begins anew after a panic; the agent is gone then, and has no room for what it does not need.
        Glue::Web => {
            tool.web(true)?.omit_default_module_path(true).reset_state_function(name == "background")
        }
        Glue::Module => tool.module(true)?.reset_state_function(true).force_enable_abort_handler(true),
        Glue::Bundler => tool.bundler(true)?,
    };
    tool.generate(out).with_context(|| format!("wasm-bindgen cannot read {}", wasm.display()))
}

/// Makes WASM small.
///
/// What goes into every frame of a page is worth minutes of work; what is loaded once is not.
pub(crate) fn shrink(from: &Path, to: &Path, glue: Glue, panics: Panics) -> Result<()> {
    let mut features = FEATURES.to_vec();
    let mut passes = match (glue, panics) {
        // The abort handler, through which the entry learns of a panic, is made of exceptions, which cannot be
        // flattened.
        (Glue::Module, _) => {
            features.push("--enable-exception-handling");
            // Asked often and loaded once: fast before small.
            vec!["-O3", "-O3"]
        }
        // Once more until nothing gets smaller: without it the link page is over its bar by half a kilobyte.
        (_, Panics::Speak | Panics::Trap) => {
            vec!["--one-caller-inline-max-function-size=20", "-Oz", "-Oz", "--converge"]
        }
        // Speed first, then the flow drawn anew, then size twice: one per cent smaller than size alone. Functions
        // with one caller stay functions, which repeat themselves and so pack better: two per cent more.
        (_, Panics::Mute) => [
            ["--low-memory-unused", "--always-inline-max-function-size=3"].as_slice(),
            &["--one-caller-inline-max-function-size=20", "-O2", "--flatten", "--rereloop"],
            &["-Oz", "-Oz", "--converge"],
        ]
        .concat(),
    };
    passes.extend(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    opt(from, to, &features, &passes)
}

/// Runs `wasm-opt`.
pub(crate) fn opt(from: &Path, to: &Path, features: &[&str], passes: &[&str]) -> Result<()> {
    let mut tool = command(paths::npm_bin("wasm-opt"));
    run_quiet(tool.arg(from).args(features).args(passes).arg("-o").arg(to))
}

/// Drops the custom sections of this name. The standard library comes compiled with newer features than the
/// lowered build asks for and says so in `target_features`; wasm-bindgen would believe it.
pub(crate) fn without_section(wasm: &[u8], name: &str) -> Result<Vec<u8>> {
    let mut kept = wasm.get(..8).context("too short for WASM")?.to_vec();
    let mut at = 8;
    while at < wasm.len() {
        let id = wasm[at];
        let (size, body) = leb128(wasm, at + 1)?;
        let end = body + size;
        let section = wasm.get(at..end).context("a section ends beyond the file")?;
        let dropped = id == 0 && {
            let (length, start) = leb128(wasm, body)?;
            wasm.get(start..start + length) == Some(name.as_bytes())
        };
        if !dropped {
            kept.extend_from_slice(section);
        }
        at = end;
    }
    Ok(kept)
}

/// Reads an unsigned number and answers it with the place after it.
pub(crate) fn leb128(bytes: &[u8], mut at: usize) -> Result<(usize, usize)> {
    let (mut value, mut shift) = (0usize, 0);
    loop {
        let byte = *bytes.get(at).context("a number ends beyond the file")?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((value, at));
        }
        shift += 7;
        if shift > 28 {
            bail!("a number is too long");
        }
    }
}

/// A script crate from Cargo's WASM to glue and small WASM below `.work/<name>`; answers the WASM. What is made of it depends on that whole
/// folder: the scripts that a crate brings along are in the glue alone.
pub(crate) fn finish(wasm: &Path, name: &str, glue: Glue, panics: Panics) -> Result<PathBuf> {
    let folder = paths::work().join(name);
    let small = folder.join("small.wasm");
    let inputs = stamp::Inputs::of_own_work(name)?.add(wasm)?;
    stamp::once(&format!("{name}.wasm"), &inputs, &[&small], || {
        let bare = folder.with_extension("bare.wasm");
        let bytes = fs::read(wasm)?;
        let bytes = match panics {
            Panics::Speak => bytes,
            Panics::Trap => trim::panics(&bytes, true)?,
            Panics::Mute => trim::panics(&bytes, false)?,
        };
        stamp::write(&bare, &bytes)?;
        bindgen(&bare, &folder, name, glue)?;
        if matches!(glue, Glue::Module) {
            let whole = folder.join(format!("{name}_bg.wasm"));
            stamp::write(&whole, &trim::classes(&fs::read(&whole)?)?)?;
        }
        shrink(&folder.join(format!("{name}_bg.wasm")), &small, glue, panics)?;
        if matches!(glue, Glue::Web) {
            let script = folder.join(format!("{name}.js"));
            let (wasm, glue) = imports::shorten(&fs::read(&small)?, &fs::read_to_string(&script)?)?;
            stamp::write(&small, &wasm)?;
            // Methods say the same as properties that hold a function, in fewer bytes.
            stamp::write(&script, glue.replace(": function(", "(").as_bytes())?;
        }
        Ok(())
    })?;
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one custom section called `a` and one called `b`.
    const TWO: [u8; 16] = [0, b'a', b's', b'm', 1, 0, 0, 0, 0, 2, 1, b'a', 0, 2, 1, b'b'];

    #[test]
    fn drops_only_the_named_section() {
        assert_eq!(without_section(&TWO, "a").unwrap(), [&TWO[..8], &TWO[12..]].concat());
        assert_eq!(without_section(&TWO, "c").unwrap(), TWO);
    }

    #[test]
    fn refuses_a_section_that_ends_beyond_the_file() {
        assert!(without_section(&TWO[..15], "a").is_err());
        assert!(without_section(&TWO[..4], "a").is_err());
    }
}
