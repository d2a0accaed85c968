//! Handrail's own words: the files of each language as one, and the script that says them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use handrail_words::locale;
use serde_json::json;

use crate::build::js::{self, Format};
use crate::run::{capture, cargo};
use crate::{paths, stamp};

/// Where each language has its folder.
pub(crate) const FOLDER: &str = "locales";

/// What the extension ships: `words.js`, `words/`, and `_locales/` for what the browser itself shows.
pub(crate) fn folder() -> PathBuf {
    paths::work().join("words")
}

/// Makes them.
pub(crate) fn build() -> Result<()> {
    let (scripts, to) = ("crates/words/js", folder());
    let inputs = stamp::Inputs::of_own_work("words")?
        .add(&paths::root().join("crates/words"))?
        .add(&paths::root().join(FOLDER))?
        .add(&paths::root().join("recipes"))?
        .add(&paths::root().join("guides"))?
        .add(&paths::root().join("crates/credential/src"))?
        .add(&paths::root().join("crates/guide/src"))?;
    let script = to.join("words.js");
    stamp::once("words", &inputs, &[&script, &to.join("words/index.json")], || {
        js::bundle(&js::entry(scripts, "extension")?, &script, Format::Module, &[], &[])?;
        js::shrink(&script, Format::Module)?;
        let mut spoken = languages(|file| !["page.ftl", "handed.ftl", "worker.ftl"].contains(&file))?;
        spoken.entry("en".to_owned()).or_default().push_str(&handrail_credential::messages());
        add_plans(&mut spoken)?;
        write(&spoken, &to)
    })?;
    Ok(())
}

/// What the link's page says at once, and what only when something was entered.
const PAGE: [&str; 2] = ["link.ftl", "page.ftl"];
const PAGE_LATER: [&str; 4] = ["handed.ftl", "reasons.ftl", "refusals.ftl", "report.ftl"];

/// The script that says words.
pub(crate) fn script() -> PathBuf {
    paths::root().join("crates/words/js/words.js")
}

/// The words of the link's page by file, `de` and `de.checks`, and a file with the list of languages.
pub(crate) fn page() -> Result<(PathBuf, BTreeMap<String, String>)> {
    let mut spoken = languages(|file| PAGE.contains(&file))?;
    for (tag, words) in &mut spoken {
        let own = fs::read_to_string(paths::root().join(FOLDER).join(tag).join("handrail.ftl"))?;
        let direction = locale::plain(&own, "language-direction").ok().flatten();
        let direction = direction.with_context(|| format!("{tag} has no language-direction"))?;
        words.insert_str(0, &format!("language-direction = {direction}\n"));
    }
    let list = paths::work().join("page-languages.json");
    stamp::write(&list, json!(spoken.keys().collect::<Vec<_>>()).to_string().as_bytes())?;
    let mut later = languages(|file| PAGE_LATER.contains(&file))?;
    later.entry("en".to_owned()).or_default().push_str(&handrail_credential::messages());
    spoken.extend(later.into_iter().map(|(tag, words)| (format!("{tag}.checks"), words)));
    Ok((list, spoken))
}

/// The files of every language as one text each, by the language's tag: those that `takes` says. What is found in values
/// is in English where they are checked; a report's reasons and a service's refusals come in English with them.
fn languages(takes: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>> {
    let folder = paths::root().join(FOLDER);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for file in stamp::files_below(&folder)? {
        let place = file.strip_prefix(&folder)?;
        let tag = place.iter().next().context("a file beside the languages' folders")?;
        let name = place.strip_prefix(tag)?.to_string_lossy();
        if takes(&name) && !is_of_plans(&name) {
            found.entry(tag.to_string_lossy().into_owned()).or_default().push_str(&packed(&file)?);
        }
    }
    Ok(found)
}

fn packed(file: &Path) -> Result<String> {
    locale::packed(&fs::read_to_string(file)?).map_err(|all| anyhow!("{}: {all:?}", paths::shown(file)))
}

/// Whether a language's file says what recipes and guides say.
fn is_of_plans(name: &str) -> bool {
    name == "recipes.ftl" || name.starts_with("guides/")
}

/// Adds what recipes and guides say, which is in English in themselves.
fn add_plans(spoken: &mut BTreeMap<String, String>) -> Result<()> {
    let english = capture(cargo().args(["run", "--quiet", "-p", "handrail-cli", "--", "guide", "words"]))?;
    for (tag, words) in spoken {
        let folder = paths::root().join(FOLDER).join(tag);
        let mut told = String::new();
        for file in stamp::files_below(&folder)? {
            if is_of_plans(&file.strip_prefix(&folder)?.to_string_lossy()) {
                told.push_str(&packed(&file)?);
            }
        }
        words.push_str(&locale::listed(&told, &english).map_err(|all| anyhow!("{tag}: {all:?}"))?);
    }
    Ok(())
}

/// What browsers and stores show of the extension, by the names that its manifest has for it.
const OF_MANIFEST: [(&str, &str); 2] = [("description", "manifest-description"), ("open", "manifest-open")];

/// Writes a file for each language, and the list of them. Without names of messages they are no Fluent files any more, so they are not
/// called so: Mozilla's linter reads those.
fn write(languages: &BTreeMap<String, String>, to: &Path) -> Result<()> {
    for folder in ["words", "_locales"].map(|name| to.join(name)).into_iter().filter(|folder| folder.exists())
    {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let mut index = serde_json::Map::new();
    for (tag, words) in languages {
        stamp::write(&to.join(format!("words/{tag}.words")), words.as_bytes())?;
        let words = locale::named(words);
        let plain =
            |id: &str| locale::plain(&words, id).ok().flatten().with_context(|| format!("{tag} has no {id}"));
        let own = json!({ "name": plain("language-name")?, "direction": plain("language-direction")? });
        index.insert(tag.clone(), own);
        let shown = OF_MANIFEST.map(|(name, id)| Ok((name.to_owned(), json!({ "message": plain(id)? }))));
        let shown: serde_json::Map<_, _> = shown.into_iter().collect::<Result<_>>()?;
        let file = to.join(format!("_locales/{}/messages.json", tag.replace('-', "_")));
        stamp::write(&file, serde_json::Value::Object(shown).to_string().as_bytes())?;
    }
    stamp::write(&to.join("words/index.json"), serde_json::Value::Object(index).to_string().as_bytes())
}
