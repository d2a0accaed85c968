//! Stamps: work whose inputs have not changed is not done again.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths;

/// The contents of everything a piece of work reads, as one number.
pub(crate) struct Inputs(DefaultHasher);

impl Inputs {
    /// Inputs of a piece of work; the recipe is whatever else decides the result (flags, versions).
    pub(crate) fn of(recipe: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        recipe.hash(&mut hasher);
        Self(hasher)
    }

    /// The same for work that xtask itself does, which a changed xtask may do differently.
    pub(crate) fn of_own_work(recipe: &str) -> Result<Self> {
        Self::of(recipe)
            .add(&paths::root().join("xtask/src/build"))?
            .add(&paths::root().join("package-lock.json"))
    }

    /// Adds a file, or every file below a folder; what is not there counts as absent.
    pub(crate) fn add(mut self, path: &Path) -> Result<Self> {
        for file in files_below(path)? {
            file.strip_prefix(paths::root()).unwrap_or(&file).hash(&mut self.0);
            fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut self.0);
        }
        Ok(self)
    }

    fn digest(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Does the work unless it was done with the same inputs and its outputs are still there.
/// Answers whether it was done now.
pub(crate) fn once(
    name: &str,
    inputs: &Inputs,
    outputs: &[&Path],
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    once_at(&paths::out().join(".stamps").join(name), name, inputs, outputs, work)
}

/// The same with the stamp at a place of one's own.
pub(crate) fn once_at(
    stamp: &Path,
    name: &str,
    inputs: &Inputs,
    outputs: &[&Path],
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let digest = inputs.digest();
    let same = fs::read_to_string(stamp).is_ok_and(|old| old == digest);
    if same && outputs.iter().all(|output| output.exists()) {
        println!("      {name}: unchanged");
        return Ok(false);
    }
    let _ = fs::remove_file(stamp);
    work()?;
    write(stamp, digest.as_bytes())?;
    Ok(true)
}

/// Every file below a folder in a fixed order, or the file itself, or nothing.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            found.extend(files_below(&entry?.path())?);
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file, and the folders it needs.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies a file, and makes the folders it needs.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &fs::read(from).with_context(|| format!("cannot read {}", from.display()))?)
}
