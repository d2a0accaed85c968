//! The crates of the workspace, as Cargo knows them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::paths;
use crate::run::{capture, cargo};

/// One crate of the workspace.
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: String,
    /// Its folder, from the root.
    pub(crate) folder: PathBuf,
    /// The crates that its own manifest names, as (name, kind); the kind is `normal`, `dev` or `build`.
    pub(crate) dependencies: Vec<(String, String)>,
}

impl Member {
    /// Whether it is compiled for browsers or Workers.
    pub(crate) fn runs_in_wasm(&self) -> bool {
        let shared = self.folder.starts_with("crates") && self.folder != Path::new("crates/cli");
        shared || self.folder.starts_with("extension") || self.folder.starts_with("worker")
    }
}

/// Every crate of the workspace.
pub(crate) fn members() -> Result<Vec<Member>> {
    let text = capture(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is no JSON")?;
    list(&metadata, "packages").iter().map(member).collect()
}

fn member(package: &Value) -> Result<Member> {
    let manifest = PathBuf::from(text(package, "manifest_path"));
    let folder = manifest.parent().context("a crate without a folder")?;
    let root = paths::root();
    let dependencies = list(package, "dependencies")
        .iter()
        .map(|dependency| {
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            // By the name it has in the code.
            let name = dependency["rename"].as_str().unwrap_or_else(|| text(dependency, "name"));
            (name.to_owned(), kind.to_owned())
        })
        .collect();
    Ok(Member {
        name: text(package, "name").to_owned(),
        folder: folder.strip_prefix(&root).unwrap_or(folder).to_path_buf(),
        dependencies,
    })
}

/// The text under a key, or nothing.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The list under a key, or an empty one.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}
