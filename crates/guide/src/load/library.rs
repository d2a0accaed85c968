//! All files below a root, read and parsed.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::finding::{Finding, Level};
use super::model::{GuideFile, PageFile, RecipeFile, ResourceFile, SeedFile, TrapFile};
use super::source::Source;

/// A parsed file with its text.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// What it says.
    pub file: T,
    /// As it was read.
    pub source: Source,
}

/// Everything a plan is made from, by file name without `.toml`.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// `guides/`.
    pub guides: BTreeMap<String, Loaded<GuideFile>>,
    /// `recipes/`.
    pub recipes: BTreeMap<String, Loaded<RecipeFile>>,
    /// `portal/`.
    pub pages: BTreeMap<String, Loaded<PageFile>>,
    /// `portal/permissions/`.
    pub resources: BTreeMap<String, Loaded<ResourceFile>>,
    /// `guides/seeds/`.
    pub seeds: BTreeMap<String, Loaded<SeedFile>>,
    /// `guides/traps/`.
    pub traps: BTreeMap<String, Loaded<TrapFile>>,
}

impl Library {
    /// Reads every file below `root`.
    ///
    /// # Errors
    /// A finding for each file that cannot be read or does not follow its format.
    pub fn load(root: &Path) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let library = Self {
            guides: folder(root, "guides", &mut findings),
            recipes: folder(root, "recipes", &mut findings),
            pages: folder(root, "portal", &mut findings),
            resources: folder(root, "portal/permissions", &mut findings),
            seeds: folder(root, "guides/seeds", &mut findings),
            traps: folder(root, "guides/traps", &mut findings),
        };
        if findings.is_empty() { Ok(library) } else { Err(findings) }
    }

    /// Adds or replaces a guide from its text, e.g. one that lies elsewhere.
    ///
    /// # Errors
    /// The finding, when the text does not follow the format.
    pub fn add_guide(&mut self, id: &str, file: &str, text: String) -> Result<(), Finding> {
        let loaded = parse(file.to_owned(), text)?;
        self.guides.insert(id.to_owned(), loaded);
        Ok(())
    }

    /// The same with a file, wherever it lies: its guide takes the place of one with the same name. Its id.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn add_guide_file(&mut self, path: &Path) -> Result<String, Finding> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(file.clone(), &error))?;
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("guide").to_owned();
        self.add_guide(&id, &file, text).map(|()| id)
    }
}

/// Reads every `.toml` file of one folder.
fn folder<T: DeserializeOwned>(
    root: &Path,
    name: &str,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Loaded<T>> {
    let mut files = BTreeMap::new();
    let entries = match std::fs::read_dir(root.join(name)) {
        Ok(entries) => entries,
        Err(error) => {
            findings.push(unreadable(name.to_owned(), &error));
            return files;
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        if path.extension().and_then(|s| s.to_str()) != Some("toml") {
            continue;
        }
        let file = format!("{name}/{stem}.toml");
        let parsed = match std::fs::read_to_string(&path) {
            Ok(text) => parse(file, text),
            Err(error) => Err(unreadable(file, &error)),
        };
        match parsed {
            Ok(loaded) => drop(files.insert(stem.to_owned(), loaded)),
            Err(finding) => findings.push(finding),
        }
    }
    files
}

/// Parses one file.
fn parse<T: DeserializeOwned>(file: String, text: String) -> Result<Loaded<T>, Finding> {
    let source = Source { file, text };
    match toml::from_str(&source.text) {
        Ok(file) => Ok(Loaded { file, source }),
        Err(error) => {
            let line = error.span().map_or(0, |span| source.line_at(span.start));
            let what = error.message().to_owned();
            let next = "Correct this line; GUIDES.md shows every key, and the JSON Schema lets an editor complete them.";
            Err(Finding {
                file: source.file,
                line,
                level: Level::Error,
                code: "format",
                what,
                next: next.to_owned(),
            })
        }
    }
}

fn unreadable(file: String, error: &std::io::Error) -> Finding {
    Finding {
        file,
        line: 0,
        level: Level::Error,
        code: "unreadable",
        what: format!("cannot be read: {error}"),
        next: "Give the folder that holds guides/, recipes/ and portal/ as the root.".to_owned(),
    }
}
