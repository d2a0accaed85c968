//! `cargo xtask tidy`: the rules of this project that no compiler knows, each a function from the tree to what
//! it found. A new rule is a function in one of the files here and a line in [`RULES`].

mod code;
mod dependencies;
mod files;
mod licences;
mod names;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cmd::test::Count;
use crate::paths;
use crate::run::{capture, command};

/// Crates that know no browser, Worker or HTTP client, and are handed the time and chance they need.
const SHARED: [&str; 6] = [
    "crates/credential",
    "crates/customer",
    "crates/entra",
    "crates/guide",
    "crates/handover",
    "crates/seal",
];

/// A rule: its name and what looks for breaches.
type Rule = (&'static str, fn(&Tree) -> Result<Vec<String>>);

const RULES: [Rule; 20] = [
    ("every module opens with what it does", code::module_docs),
    ("no function over 100 lines", code::function_length),
    ("no file over 600 lines", code::file_length),
    ("every limit has its reason", code::limits_have_reasons),
    ("no test pauses without a reason", code::pauses_have_reasons),
    ("every exposed secret says why", code::exposed_secrets),
    ("shared crates read no clock", code::no_clock),
    ("no vendor's name in code", names::vendors),
    ("no portal label or selector in code", names::portal_words),
    ("nothing of one machine in the tree", files::machine_words),
    ("links in documents lead somewhere", files::links),
    ("architecture page names every crate and dependency", files::architecture),
    ("npm's locks are whole and name no address", files::npm_locks),
    ("CI runs the one command", files::ci),
    ("guides, recipes and portal pages lint clean", files::guides),
    ("shared crates reach no forbidden crate", dependencies::forbidden_edges),
    ("few direct dependencies", dependencies::budgets),
    ("every dependency is used", dependencies::unused),
    ("licences of crates", licences::crates),
    ("licences of npm packages", licences::npm),
];

/// The command.
pub(crate) fn run() -> Result<()> {
    let count = count();
    println!("{count}");
    if count.failed > 0 {
        bail!("{} rules are broken", count.failed);
    }
    Ok(())
}

/// Checks every rule and says what it found.
pub(crate) fn count() -> Count {
    let mut count = Count::default();
    let tree = match Tree::read() {
        Ok(tree) => tree,
        Err(error) => {
            println!("FAILED: {error:#}");
            return Count { passed: 0, failed: 1 };
        }
    };
    for (name, rule) in RULES {
        let found = rule(&tree).unwrap_or_else(|error| vec![format!("{error:#}")]);
        if found.is_empty() {
            println!("tidy: {name} ... ok");
            count.passed += 1;
        } else {
            println!("tidy: {name} ... FAILED");
            found.iter().for_each(|line| println!("    {line}"));
            count.failed += 1;
        }
    }
    count
}

/// The files under version control or about to be, with their text; pictures and the like have none.
pub(crate) struct Tree {
    files: Vec<File>,
}

/// One file.
pub(crate) struct File {
    /// Its path from the root, with slashes.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl Tree {
    fn read() -> Result<Self> {
        let list =
            capture(command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))
                .context("the files cannot be listed")?;
        let mut files = Vec::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            let Ok(bytes) = fs::read(paths::root().join(path)) else { continue };
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(File { path: path.to_owned(), text });
            }
        }
        Ok(Self { files })
    }

    /// Every file with text.
    pub(crate) fn all(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// The file at this path.
    pub(crate) fn file(&self, path: &str) -> Result<&File> {
        self.files.iter().find(|file| file.path == path).with_context(|| format!("{path} is missing"))
    }

    /// Every Rust file.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.all().filter(|file| file.ends_with("rs"))
    }
}

impl File {
    /// Whether the name ends so.
    pub(crate) fn ends_with(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|is| is == ending)
    }

    /// Whether it is a test or what only tests use.
    pub(crate) fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.contains("test_")
            || self.path.ends_with("/tests.rs")
    }

    /// Its lines with their numbers, up to the tests at its end.
    pub(crate) fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let after = self.text.lines().skip(1);
        let mut pairs = self.text.lines().zip(after);
        let end = pairs.position(|(line, next)| line == "#[cfg(test)]" && next.ends_with('{'));
        let end = end.unwrap_or(usize::MAX);
        self.text.lines().enumerate().take(end).map(|(at, line)| (at + 1, line))
    }
}
