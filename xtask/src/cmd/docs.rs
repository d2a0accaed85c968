//! `cargo xtask docs`: the commands in the documents, run: what a reader is told to type works, and prints what the page says it prints.
//!
//! Every fenced `console` block is read: a line that begins with `$ ` is a command, the lines below it are what it
//! prints (`…` stands for anything). So is every indented line that begins with a command of ours. Commands that take minutes or reach out of this machine are run in a short form;
//! the table below says which, and what else shows that the long form works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::paths;
use crate::run::{capture, cargo, command};

/// A command, its short form, and what shows the long one.
type Short = (&'static str, &'static str, &'static str);

/// Commands with a short form, by how they begin; the longest beginning counts.
const SHORT: [Short; 13] = [
    ("cargo xtask demo", "cargo xtask demo --help", "the journeys' test `demo` runs the demo itself"),
    ("cargo xtask test", "cargo xtask test --help", "this is a part of it"),
    ("cargo xtask build", "cargo xtask build --help", "the part `build` of the tests builds everything"),
    ("cargo xtask package", "cargo xtask package --help", "the part `build` of the tests packs twice"),
    ("cargo xtask", "cargo xtask --help", "each command is checked to be there"),
    ("cargo install --path crates/cli", "cargo build -q -p handrail-cli", "the same program, not installed"),
    ("cd worker && npx wrangler deploy", "true", "the Worker's tests deploy it without an account"),
    ("npx wrangler", "true", "the Worker's tests deploy every environment without an account"),
    ("cargo test", "true", "these are parts of the tests"),
    ("HANDRAIL_TEST_BROWSER=", "true", "a way to run the tests"),
    (
        "handrail verify-install",
        "handrail verify-install --help",
        "the tests of the command line compare copies",
    ),
    ("handrail pack", "handrail pack --help", "the tests of the command line make and check packs"),
    ("handrail guide preview", "handrail guide preview --help", "it opens a browser"),
];

/// Commands that talk to a Worker, or to Microsoft: the journey `links told` types all of `docs/VENDORS.md`, the tests of Worker
/// and command line run the others. Here only their options are looked for.
const WITH_WORKER: [&str; 6] = [
    "handrail vendor",
    "handrail link",
    "handrail inbox",
    "handrail check",
    "handrail batch",
    "handrail watch",
];

/// One command of a document.
#[derive(Debug, PartialEq)]
struct Told {
    line: usize,
    command: String,
    prints: Vec<String>,
}

/// The command.
pub(crate) fn run_all() -> Result<()> {
    let count = check()?;
    println!("docs: {count} commands work");
    Ok(())
}

/// Runs them all; answers how many, or what did not work.
pub(crate) fn check() -> Result<usize> {
    crate::run::run(cargo().args(["build", "-q", "-p", "handrail-cli"]))?;
    // A reader's own folder, so that what the commands write is in nobody's way.
    let folder = paths::work().join("docs");
    let _ = fs::remove_dir_all(&folder);
    let (mut count, mut wrong) = (0, Vec::new());
    for file in documents()? {
        let text = fs::read_to_string(&file)?;
        for told in commands(&text) {
            count += 1;
            let place = format!("{}:{}", paths::shown(&file), told.line);
            match run(&told, &folder) {
                Ok(note) => println!("      {place}: {}{note}", told.command),
                Err(error) => wrong.push(format!("{place}: {}\n    {error:#}", told.command)),
            }
        }
    }
    if count == 0 {
        bail!("no document tells a command");
    }
    if !wrong.is_empty() {
        bail!("{} of {count} commands in the documents do not work:\n  {}", wrong.len(), wrong.join("\n  "));
    }
    Ok(count)
}

/// The documents at the root and below `docs`.
fn documents() -> Result<Vec<PathBuf>> {
    let mut found = crate::stamp::files_below(&paths::root().join("docs"))?;
    for entry in fs::read_dir(paths::root())? {
        found.push(entry?.path());
    }
    found.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    found.sort();
    Ok(found)
}

/// The commands of a document and what each is said to print.
fn commands(text: &str) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    let (mut inside, mut open) = (false, false);
    for (at, line) in text.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        if fence {
            inside = !inside && line.trim() == "```console";
            open = false;
        } else if inside && let Some(command) = line.trim_start().strip_prefix("$ ") {
            let command = command.split("  #").next().unwrap_or_default().trim().to_owned();
            open = true;
            found.push(Told { line: at + 1, command, prints: Vec::new() });
        } else if !inside && let Some(command) = indented(line) {
            found.push(Told { line: at + 1, command, prints: Vec::new() });
        } else if inside
            && open
            && !line.trim().is_empty()
            && let Some(last) = found.last_mut()
        {
            last.prints.push(line.trim().to_owned());
        }
    }
    found
}

/// A command of ours in an indented block, without the remark beside it.
fn indented(line: &str) -> Option<String> {
    let text = line.strip_prefix("    ")?;
    let ours = ["handrail ", "cargo ", "HANDRAIL_"].iter().any(|begins| text.starts_with(begins));
    ours.then(|| text.split("  ").next().unwrap_or_default().trim().to_owned())
}

/// Runs one command; answers a remark where not the command itself was run.
fn run(told: &Told, folder: &Path) -> Result<String> {
    let short = SHORT
        .iter()
        .filter(|(begins, ..)| told.command.starts_with(begins))
        .max_by_key(|(begins, ..)| begins.len());
    let needs_worker = WITH_WORKER.iter().any(|begins| told.command.starts_with(begins));
    if needs_worker || told.command.contains(['…', '<']) {
        return is_understood(told).map(|()| " (every option is known)".to_owned());
    }
    let (line, note) = match short {
        Some((_, short, why)) => ((*short).to_owned(), format!(" ({why})")),
        // The guide that the page teaches to write is not there; any other takes the same commands.
        None => (told.command.replace("contoso-watch", &some_guide()?), String::new()),
    };
    if let Some(name) = told.command.strip_prefix("cargo xtask ") {
        let name = name.split_whitespace().next().unwrap_or_default();
        capture(command(std::env::current_exe()?).args([name, "--help"])).context("no such command")?;
        return Ok(note);
    }
    let said = capture(&mut shell(&line, folder)?)?;
    if short.is_none() {
        told.prints.iter().try_for_each(|line| printed(&said, line))?;
    }
    Ok(note)
}

/// Any guide's name.
fn some_guide() -> Result<String> {
    let guides = crate::stamp::files_below(&paths::root().join("guides"))?;
    let file = guides.iter().find(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let name = file.and_then(|file| file.file_stem()).context("there is no guide")?;
    Ok(name.to_string_lossy().into_owned())
}

/// A shell at the root, with `handrail` on the path and what is written at home in a folder of its own.
fn shell(line: &str, folder: &Path) -> Result<std::process::Command> {
    fs::create_dir_all(folder)?;
    let own = paths::cargo_target().join("debug");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path)))?;
    let mut shell = command("sh");
    // Below the clone, so that guides are found, but where a file that is written is in nobody's way.
    let here = if line.starts_with("cargo ") { paths::root() } else { folder.to_owned() };
    shell.args(["-euc", line]).env("PATH", path).current_dir(here).stdin(Stdio::null());
    Ok(shell)
}

/// A command with gaps cannot be run; its options must be there all the same.
fn is_understood(told: &Told) -> Result<()> {
    let words: Vec<&str> = told.command.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "handrail").context("only `handrail` may have gaps")?;
    let names: Vec<&str> = words[at + 1..].iter().take_while(|word| is_name(word)).copied().collect();
    let help = (0..=names.len()).rev().find_map(|taken| {
        let mut program = command(paths::cargo_target().join("debug/handrail"));
        capture(program.args(&names[..taken]).arg("--help")).ok()
    });
    let help = help.context("handrail does not run")?;
    for option in words.iter().filter(|word| word.starts_with("--")) {
        let name = option.split('=').next().unwrap_or_default();
        if !help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(|word| word == name) {
            bail!("there is no {name}");
        }
    }
    Ok(())
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
}

/// Whether one of the printed lines is this one; `…` stands for anything.
fn printed(said: &str, wanted: &str) -> Result<()> {
    if said.lines().any(|line| matches(line.trim(), wanted)) {
        return Ok(());
    }
    bail!("does not print {wanted:?}, but:\n{said}")
}

fn matches(line: &str, wanted: &str) -> bool {
    let mut rest = line;
    let parts: Vec<&str> = wanted.split('…').collect();
    for (at, part) in parts.iter().enumerate() {
        let Some(found) = rest.find(part) else { return false };
        if at == 0 && found > 0 {
            return false;
        }
        rest = rest.get(found + part.len()..).unwrap_or_default();
    }
    rest.is_empty() || wanted.ends_with('…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_with_what_they_print_and_nothing_outside_the_blocks_is() {
        let text = "$ not this\n    handrail four  a remark\n```console\n$ one --two   # a remark\nprinted\n\n$ three\n```\n```toml\n$ nor this\n```\n";
        let told = |line, command: &str, prints: &[&str]| Told {
            line,
            command: command.to_owned(),
            prints: prints.iter().map(|line| (*line).to_owned()).collect(),
        };
        let all = [told(2, "handrail four", &[]), told(4, "one --two", &["printed"]), told(7, "three", &[])];
        assert_eq!(commands(text), all);
    }

    #[test]
    fn a_gap_stands_for_anything_and_the_rest_for_itself() {
        assert!(matches("verdict: passed, after 29 s", "verdict: passed, after … s"));
        assert!(matches("verdict: passed", "verdict…"));
        assert!(!matches("the verdict: passed", "verdict…"));
        assert!(!matches("verdict: passed, after all", "verdict: passed"));
    }

    #[test]
    fn a_command_that_fails_or_prints_something_else_is_told() {
        let folder = paths::out().join(".test-docs");
        let told = |command: &str, prints: &[&str]| Told {
            line: 1,
            command: command.to_owned(),
            prints: prints.iter().map(|line| (*line).to_owned()).collect(),
        };
        assert!(run(&told("echo hello", &["hello"]), &folder).is_ok());
        assert!(run(&told("echo hello", &["goodbye"]), &folder).is_err());
        assert!(run(&told("false", &[]), &folder).is_err());
        let _ = fs::remove_dir_all(&folder);
    }
}
