//! `handrail verify-install INSTALLED BUILD`

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Value, json};

/// Holds an installed copy of the extension against a build of its source, file by file.
///
/// Each of the two is a folder, a .zip, an .xpi or a .crx. What a store adds of its own is named and not counted:
/// its signature, and in the manifest where updates come from. Exit code 0: the same; 1: something differs; 2: one of
/// the two cannot be read.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The installed copy. Chrome and Edge keep it in the profile's folder (see chrome://version) under
    /// Extensions/<id>/<version>, Firefox as an .xpi under extensions.
    installed: PathBuf,
    /// The build: what `cargo xtask package` made, or the package of a release.
    build: PathBuf,
    /// Answer as JSON: `{same, files, changed, missing, added, store}`.
    #[arg(long)]
    json: bool,
}

/// Prints what differs.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let read =
        (|| Ok::<_, anyhow::Error>((Copy::read(&arguments.installed)?, Copy::read(&arguments.build)?)))();
    let (installed, build) = match read {
        Ok(both) => both,
        Err(why) => {
            eprintln!("{why:#}");
            return Ok(ExitCode::from(2));
        }
    };
    let found = compare(&installed, &build);
    if arguments.json {
        println!("{}", found.json());
    } else {
        print!("{}", found.words(arguments));
    }
    Ok(if found.same() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The files of a copy by name, with `/` between folders.
struct Copy {
    files: BTreeMap<String, Vec<u8>>,
}

/// What differs between an installed copy and a build: names of files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    /// How many files are the same.
    files: usize,
    /// In both, and not the same.
    changed: Vec<String>,
    /// In the build alone.
    missing: Vec<String>,
    /// In the installed copy alone.
    added: Vec<String>,
    /// What a store put there: files, and keys of the manifest.
    store: Vec<String>,
}

const MANIFEST: &str = "manifest.json";
/// Folders in which stores keep their signatures: Chrome Web Store and Edge Add-ons, Mozilla.
const SIGNATURES: [&str; 2] = ["_metadata/", "META-INF/"];
/// What stores write into the manifest; of the programs nothing depends on them.
const STORE_KEYS: [&str; 3] = ["update_url", "key", "differential_fingerprint"];
/// More than any package of ours holds; against archives made to fill the memory.
const MOST_BYTES: u64 = 64 << 20;

impl Copy {
    fn read(from: &Path) -> anyhow::Result<Self> {
        let shown = from.display();
        let mut files = BTreeMap::new();
        if from.is_dir() {
            folder(from, "", &mut files).with_context(|| format!("Cannot read the folder {shown}"))?;
        } else {
            archive(from, &mut files).with_context(|| {
                format!("Cannot read {shown}: give the extension's folder, or its .zip, .xpi or .crx")
            })?;
        }
        if !files.contains_key(MANIFEST) {
            bail!(
                "{shown} holds no {MANIFEST}: it is no extension. Give the folder of its version, such as …/0.1.0_0"
            );
        }
        Ok(Self { files })
    }
}

fn folder(at: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    for entry in fs::read_dir(at)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // A link is not followed: it could lead anywhere, and a build holds none.
        if entry.file_type()?.is_dir() {
            folder(&entry.path(), &format!("{name}/"), files)?;
        } else {
            let content = if entry.file_type()?.is_file() { fs::read(entry.path())? } else { Vec::new() };
            files.insert(name, content);
        }
    }
    Ok(())
}

fn archive(at: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(at)?))?;
    let mut room = MOST_BYTES;
    for number in 0..archive.len() {
        let entry = archive.by_index(number)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name()?.into_owned();
        let mut content = Vec::new();
        entry.take(room + 1).read_to_end(&mut content)?;
        room = room.checked_sub(content.len() as u64).context("it unpacks to more than 64 MiB")?;
        if files.insert(name.clone(), content).is_some() {
            bail!("it holds {name} twice");
        }
    }
    Ok(())
}

fn compare(installed: &Copy, build: &Copy) -> Found {
    let mut found = Found::default();
    for (name, content) in &installed.files {
        match build.files.get(name) {
            Some(own) if own == content => found.files += 1,
            Some(own) if name == MANIFEST => match store_keys(content, own) {
                Some(keys) => {
                    found.files += 1;
                    found.store.extend(keys.into_iter().map(|key| format!("{MANIFEST}: {key}")));
                }
                None => found.changed.push(name.clone()),
            },
            Some(_) => found.changed.push(name.clone()),
            None if SIGNATURES.iter().any(|folder| name.starts_with(folder)) => {
                found.store.push(name.clone())
            }
            None => found.added.push(name.clone()),
        }
    }
    found.missing = build.files.keys().filter(|name| !installed.files.contains_key(*name)).cloned().collect();
    found
}

/// What a store changed in a manifest, if that is all that differs.
fn store_keys(installed: &[u8], build: &[u8]) -> Option<Vec<&'static str>> {
    let read = |bytes: &[u8]| serde_json::from_slice::<serde_json::Map<String, Value>>(bytes).ok();
    let (mut installed, mut build) = (read(installed)?, read(build)?);
    let changed = STORE_KEYS.into_iter().filter(|key| installed.remove(*key) != build.remove(*key)).collect();
    (installed == build).then_some(changed)
}

impl Found {
    const fn same(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }

    fn json(&self) -> Value {
        json!({
            "same": self.same(),
            "files": self.files,
            "changed": self.changed,
            "missing": self.missing,
            "added": self.added,
            "store": self.store,
        })
    }

    fn words(&self, arguments: &Arguments) -> String {
        let mut lines = Vec::new();
        let kinds = [("changed", &self.changed), ("missing", &self.missing), ("added", &self.added)];
        for (kind, names) in kinds {
            lines.extend(names.iter().map(|name| format!("{kind:<8} {name}")));
        }
        lines.extend(self.store.iter().map(|name| format!("store    {name}")));
        lines.push(if self.same() {
            format!("The same: {} files of {}.", self.files, arguments.installed.display())
        } else {
            "NOT the same. Is the build of the same version, and for the same browser? If it is, do not use this copy: \
             remove it and install Handrail anew."
                .to_owned()
        });
        lines.push(String::new());
        lines.join("\n")
    }
}
