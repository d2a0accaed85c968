//! Checks files of cases and tells what was right. Ends with 1 when anything was wrong.
//!
//! Without files: the project's own cases, and whether a resident engine keeps up with its page. `--seeds N` has it keep up
//! with more pages made by chance.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use handrail_conformance::cases;
use handrail_conformance::fresh::{self, Chance};
use handrail_conformance::stage::{Build, Stage};
use handrail_world::browser::Kind;
use handrail_world::dist;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut build = Build::Wasm;
    let mut chance = Chance::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--lowered" => build = Build::Lowered,
            "--seeds" => chance.seeds = arguments.next().context("--seeds needs a number")?.parse()?,
            _ => files.push(argument.into()),
        }
    }
    let own = files.is_empty();
    if own {
        files = own_files()?;
    }
    let stage = Stage::open(build)?;
    println!("{:?}, {build:?}", Kind::chosen());
    let mut full = true;
    for file in &files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let cases = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
        let score = cases::run(&stage, &cases, &mut |line| println!("{line}"))?;
        if files.len() > 1 {
            println!("{}: {}", file.file_name().unwrap_or_default().to_string_lossy(), score.line());
        } else {
            println!("{}", score.line());
        }
        full &= score.is_full();
    }
    if own {
        full &= fresh::run(&stage, chance, &mut |line| println!("{line}"))?;
    }
    Ok(full)
}

fn own_files() -> Result<Vec<PathBuf>> {
    let folder = dist::root().join("tests/conformance");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|f: &PathBuf| Path::extension(f).is_some_and(|e| e == "json"));
    files.sort();
    Ok(files)
}
