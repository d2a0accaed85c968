//! `cargo xtask build`: makes the artefacts in target/handrail.

use anyhow::Result;
use clap::ValueEnum;

use crate::build;
use crate::cmd::tools;
use crate::run::Progress;

/// What to build; nothing named means all.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The parts to build.
    #[arg(value_enum, default_value = "all")]
    parts: Vec<Part>,
}

/// A part that can be built on its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The Worker: target/handrail/worker.
    Worker,
    /// The Worker that panics on request and knows a stranger's guide, for tests: target/handrail/worker-fault. Not part of what ships.
    WorkerFault,
    /// The page behind a link: target/handrail/page.
    Page,
    /// The agent's two builds.
    Agent,
    /// The extension for Chromium and for Firefox; builds the agent too.
    Extension,
    /// The practice portal's static files: target/handrail/portal.
    Portal,
    /// The location engine for conformance runs and benchmarks; not part of what ships.
    Probe,
    /// All that ships.
    All,
}

/// The command.
pub(crate) fn run(args: &Args) -> Result<()> {
    tools::run_all(false)?;
    parts(&args.parts)
}

/// One piece of the work: its name, what it does, the function.
type Piece = (&'static str, &'static str, fn() -> Result<()>);

/// Builds the parts in the order they need each other.
pub(crate) fn parts(wanted: &[Part]) -> Result<()> {
    let wants = |part: Part| wanted.contains(&part) || wanted.contains(&Part::All);
    let mut pieces: Vec<Piece> = Vec::new();
    if wants(Part::Agent) || wants(Part::Extension) {
        pieces.push(("agent", "WASM build", build::agent::wasm));
        pieces.push(("agent", "build lowered to JavaScript", build::agent::lowered));
    }
    if wants(Part::Extension) {
        pieces.push(("extension", "background and panel", build::extension::wasm));
        pieces.push(("extension", "its words in every language", build::words::build));
        pieces.push(("extension", "plans of every guide", build::extension::plans));
        pieces.push(("extension", "folders for Chromium and Firefox", build::extension::assemble));
    }
    if wants(Part::Worker) {
        pieces.push(("worker", "WASM and its entry", build::worker::build));
    }
    if wants(Part::Page) || wants(Part::Worker) {
        pieces.push(("page", "the page behind a link", build::page::build));
    }
    if wanted.contains(&Part::WorkerFault) {
        pieces.push(("worker", "the build that panics on request", build::worker::fault));
    }
    if wants(Part::Portal) {
        pieces.push(("portal", "the practice portal's files", build::portal::build));
    }
    if wanted.contains(&Part::Probe) {
        pieces.push(("probe", "location engine, WASM", build::probe::wasm));
        pieces.push(("probe", "location engine, lowered", build::probe::lowered));
    }
    let mut progress = Progress::new(pieces.len());
    for (name, what, work) in pieces {
        progress.step(name, what, work)?;
    }
    Ok(())
}
