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
        .add(&paths::root().join("crates/guide/src"))?;
    let script = to.join("words.js");
    stamp::once("words", &inputs, &[&script, &to.join("words/index.json")], || {
        js::bundle(&js::entry(scripts, "extension")?, &script, Format::Module, &[], &[])?;
        write(&languages()?, &to)
    })?;
    Ok(())
}

/// The files of every language as one text each, by the language's tag.
pub(crate) fn languages() -> Result<BTreeMap<String, String>> {
    let folder = paths::root().join(FOLDER);
    let (mut own, mut told) = (BTreeMap::<String, String>::new(), BTreeMap::<String, String>::new());
    for file in stamp::files_below(&folder)? {
        let place = file.strip_prefix(&folder)?;
        let tag = place.iter().next().context("a file beside the languages' folders")?;
        let tag = tag.to_string_lossy().into_owned();
        let text = fs::read_to_string(&file)?;
        let packed = locale::packed(&text).map_err(|all| anyhow!("{}: {all:?}", paths::shown(&file)))?;
        let of_plans =
            place.ends_with("recipes.ftl") || place.parent().is_some_and(|all| all.ends_with("guides"));
        let all = if of_plans { &mut told } else { &mut own };
        all.entry(tag).or_default().push_str(&packed);
    }
    // What recipes and guides say is in English in themselves.
    let english = capture(cargo().args(["run", "--quiet", "-p", "handrail-cli", "--", "guide", "words"]))?;
    for (tag, words) in &mut own {
        let told = told.remove(tag).unwrap_or_default();
        words.push_str(&locale::listed(&told, &english).map_err(|all| anyhow!("{tag}: {all:?}"))?);
    }
    Ok(own)
}

/// What browsers and stores show of the extension, by the names that its manifest has for it.
const OF_MANIFEST: [(&str, &str); 2] = [("description", "manifest-description"), ("open", "manifest-open")];

/// Writes a file for each language, and the list of them.
fn write(languages: &BTreeMap<String, String>, to: &Path) -> Result<()> {
    for folder in ["words", "_locales"].map(|name| to.join(name)).into_iter().filter(|folder| folder.exists())
    {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let mut index = serde_json::Map::new();
    for (tag, words) in languages {
        stamp::write(&to.join(format!("words/{tag}.ftl")), words.as_bytes())?;
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
