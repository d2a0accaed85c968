//! `cargo xtask bench`: how big, how fast, how right, each against its bar.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use flate2::{Compression, write::GzEncoder};

use crate::cmd::{build, fuzz, tools};
use crate::run::{self, cargo};
use crate::{paths, stamp};

/// What to measure.
#[derive(Clone, Subcommand)]
pub(crate) enum Bench {
    /// Every artefact, raw and gzipped.
    Size,
    /// From pressing a step's real control to the ring on the next one.
    StepLatency {
        /// Passed on to the bench.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<String>,
    },
    /// From the side panel's first moment to the first press it answers.
    Panel {
        /// Passed on to the bench.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<String>,
    },
    /// 10,000 rows of `handrail batch` against the practice tenant.
    Batch {
        /// Number of directories, five rows each.
        #[arg(default_value_t = 2_000)]
        tenants: u32,
    },
    /// What the Worker adds to Microsoft's answers, and its checks a second, beside a JavaScript Worker.
    Check {
        /// Passed on: rounds, seconds of one turn.
        more: Vec<String>,
    },
    /// Slips in 10,000 made-up secrets: seen and mended.
    Checksum {
        /// Number of secrets.
        #[arg(default_value_t = 10_000)]
        secrets: u32,
    },
    /// Every parser of outside bytes, guided by coverage.
    Fuzz(fuzz::Args),
    /// 10,000 inputs that mean to lead the Worker astray.
    Hostile {
        /// Number of inputs.
        #[arg(default_value_t = 10_000)]
        inputs: u32,
    },
    /// The Worker's runtime killed under load, 500 times: nothing that was answered is lost or doubled.
    Kill {
        /// Number of kills.
        #[arg(default_value_t = 500)]
        kills: u32,
    },
    /// The whole API asked everything that its description allows.
    Api {
        /// Examples for each route.
        #[arg(default_value_t = 200)]
        examples: u32,
    },
    /// The guide on portals that drift: wrong rings and the share found.
    Drift {
        /// Passed on to the bench: `--seeds 1000`, `--from 1`, `--seed 17`, `--browsers 2`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<String>,
    },
    /// The agent's share of the main thread while the page mutates wildly.
    Storm,
    /// Finding an element, against the engines of Playwright and testing-library.
    Locate {
        /// Passed on to the bench.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        more: Vec<String>,
    },
}

/// The command.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    use build::Part;
    match bench {
        Bench::Size => {
            tools::run_all(false)?;
            build::parts(&[Part::All])?;
            size()
        }
        Bench::StepLatency { more } => in_browser(&[Part::All], "handrail-journeys", "step-latency", more),
        Bench::Panel { more } => in_browser(&[Part::All], "handrail-journeys", "panel-opening", more),
        Bench::Drift { more } => in_browser(&[Part::All, Part::Probe], "handrail-journeys", "drift", more),
        Bench::Storm => in_browser(&[Part::All], "handrail-journeys", "storm", &[]),
        Bench::Locate { more } => in_browser(&[Part::Probe], "handrail-conformance", "bench-locate", more),
        Bench::Batch { tenants } => batch(*tenants),
        Bench::Check { more } => check(more),
        Bench::Checksum { secrets } => checksum(*secrets),
        Bench::Fuzz(args) => fuzz::fuzz(args),
        Bench::Hostile { inputs } => hostile(*inputs),
        Bench::Kill { kills } => links("kill::", "HANDRAIL_KILLS", *kills),
        Bench::Api { examples } => links("api::", "HANDRAIL_EXAMPLES", *examples),
    }
}

/// A program that measures in a browser, with what it needs.
fn in_browser(parts: &[build::Part], package: &str, name: &str, more: &[String]) -> Result<()> {
    tools::run_all(true)?;
    build::parts(parts)?;
    run::run(cargo().args(["run", "--quiet", "-p", package, "--bin", name, "--"]).args(more))
}

/// A program of the benches outside a browser, as fast as what ships.
fn quick(name: &str, more: &[String]) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--profile", "quick", "-p", "handrail-bench", "--bin", name, "--"]);
    run::run(command.args(more))
}

fn batch(tenants: u32) -> Result<()> {
    run::run(cargo().args(["build", "--quiet", "--profile", "quick", "-p", "handrail-cli"]))?;
    let command = paths::cargo_target().join("quick/handrail");
    quick("batch", &[command.display().to_string(), tenants.to_string()])
}

/// On this machine, and as WebAssembly built as what ships.
fn checksum(secrets: u32) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "-p", "handrail-credential", "--example", "checksum"]);
    build.args(["--features", "test-secrets", "--target", "wasm32-unknown-unknown"]);
    run::run(&mut build)?;
    let module = paths::cargo_target().join("wasm32-unknown-unknown/release/examples/checksum.wasm");
    run::run(run::command("node").arg("tests/bench/checksum.mjs").arg(module))?;
    quick("checksum", &[secrets.to_string()])
}

fn check(more: &[String]) -> Result<()> {
    tools::run_all(false)?;
    build::parts(&[build::Part::Worker])?;
    quick("check", more)
}

fn hostile(inputs: u32) -> Result<()> {
    tools::run_all(false)?;
    build::parts(&[build::Part::Worker])?;
    let mut command = cargo();
    command.args(["test", "--quiet", "-p", "handrail-worker-tests", "--test", "limits", "hostile"]);
    run::run(command.env("HANDRAIL_HOSTILE", inputs.to_string()))
}

/// Tests of the Worker's links in their long form.
fn links(which: &str, variable: &str, count: u32) -> Result<()> {
    tools::run_all(true)?;
    build::parts(&[build::Part::Worker])?;
    let mut command = cargo();
    command.args([
        "test",
        "--quiet",
        "-p",
        "handrail-worker-tests",
        "--test",
        "links",
        which,
        "--",
        "--nocapture",
    ]);
    run::run(command.env(variable, count.to_string()))
}

/// Something that is loaded as a whole, the files it is made of, and its bar in bytes gzipped.
struct Artefact {
    name: &'static str,
    files: &'static [&'static str],
    bar: Option<usize>,
}

/// A kilobyte as the bars mean it.
const KB: usize = 1000;

const ARTEFACTS: [Artefact; 7] = [
    Artefact {
        name: "agent, WASM",
        files: &["extension-chromium/agent_bg.wasm", "extension-chromium/agent.js"],
        bar: Some(60 * KB),
    },
    Artefact { name: "agent, lowered", files: &["extension-chromium/agent-lowered.js"], bar: Some(90 * KB) },
    Artefact { name: "agent, loader", files: &["extension-chromium/agent-loader.js"], bar: None },
    Artefact { name: "worker", files: &["worker/index_bg.wasm", "worker/index.js"], bar: Some(350 * KB) },
    Artefact {
        name: "link page",
        files: &["page/page_bg.wasm", "page/page.js", "page/page.css", "page/ja.ftl"],
        bar: Some(150 * KB),
    },
    Artefact {
        name: "background",
        files: &["extension-chromium/background_bg.wasm", "extension-chromium/background.js"],
        bar: None,
    },
    Artefact {
        name: "panel",
        files: &["extension-chromium/panel_bg.wasm", "extension-chromium/panel.js"],
        bar: None,
    },
];

/// Prints every artefact's size and fails when one is over its bar.
pub(crate) fn size() -> Result<()> {
    println!("{:<22} {:>10} {:>10} {:>10}", "bytes", "raw", "gzipped", "bar");
    let mut over = Vec::new();
    for artefact in &ARTEFACTS {
        let (mut raw, mut packed) = (0, 0);
        for file in artefact.files {
            let path = paths::out().join(file);
            let bytes = fs::read(&path).with_context(|| format!("{} is not built", paths::shown(&path)))?;
            raw += bytes.len();
            packed += gzipped(&bytes)?;
        }
        let bar = artefact.bar.map_or_else(|| "–".to_owned(), |bar| bar.to_string());
        println!("{:<22} {raw:>10} {packed:>10} {bar:>10}", artefact.name);
        if artefact.bar.is_some_and(|bar| packed >= bar) {
            over.push(artefact.name);
        }
    }
    for folder in ["extension-chromium", "extension-firefox", "portal"] {
        let (raw, packed) = folder_size(&paths::out().join(folder))?;
        println!("{:<22} {raw:>10} {packed:>10} {:>10}", format!("{folder}/"), "–");
    }
    if !over.is_empty() {
        bail!("over the bar: {}", over.join(", "));
    }
    Ok(())
}

fn folder_size(folder: &Path) -> Result<(usize, usize)> {
    let mut sum = (0, 0);
    for file in stamp::files_below(folder)? {
        let bytes = fs::read(&file)?;
        sum = (sum.0 + bytes.len(), sum.1 + gzipped(&bytes)?);
    }
    Ok(sum)
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?.len())
}
