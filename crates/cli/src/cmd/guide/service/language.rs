//! A language with all that is said in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, anyhow};
use handrail_guide::load::{Library, guide_messages, message_file, messages};
use handrail_guide::plan::Plan;
use handrail_guide::render::{ON_PAPER, inline};
use handrail_handover::refusal;
use handrail_words::pseudo::Pseudo;
use handrail_words::{Arg, Words, locale};
use serde_json::{Value, json};

use super::template::Parts;

/// A language.
pub(super) struct Language {
    /// Its tag.
    pub(super) tag: String,
    is_mirrored: bool,
    /// Handrail's own words, with the names of what each puts in.
    own: Words,
    names: BTreeMap<String, BTreeSet<String>>,
    /// What recipes and guides say, by its place.
    plans: Words,
}

impl Language {
    /// Every language of `locales/`.
    pub(super) fn all(root: &Path, library: &Library) -> anyhow::Result<Vec<Self>> {
        let mut folders: Vec<_> = std::fs::read_dir(root.join("locales"))?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<_>>()?;
        folders.sort();
        let (english, plans) = (english(root)?, of_plans(library));
        let language = |folder: &Path| {
            // What a language lacks is said in English.
            let own = if folder.ends_with("en") {
                String::new()
            } else {
                text(folder, |name| name != "recipes.ftl")?
            };
            let told = text(folder, |name| name == "recipes.ftl")? + &text(&folder.join("guides"), |_| true)?;
            let listed = locale::listed(&told, &plans).map_err(|errors| anyhow!("{errors:?}"))?;
            Self::new(&[&english, &own], &locale::named(&listed))
        };
        folders.iter().map(|folder| language(folder).with_context(|| folder.display().to_string())).collect()
    }

    /// A language that nobody speaks, made from English.
    pub(super) fn pseudo(root: &Path, library: &Library, pseudo: Pseudo) -> anyhow::Result<Self> {
        let made = |text: &str| pseudo.file(text).map_err(|errors| anyhow!("{errors:?}"));
        let plans = locale::listed("", &of_plans(library)).map_err(|errors| anyhow!("{errors:?}"))?;
        Self::new(&[&made(&english(root)?)?], &made(&locale::named(&plans))?)
    }

    fn new(files: &[&str], plans: &str) -> anyhow::Result<Self> {
        let mut names = BTreeMap::new();
        for file in files {
            names.extend(locale::messages(file).map_err(|errors| anyhow!("{errors:?}"))?);
        }
        let own = Words::new(files);
        let (tag, direction) = (own.say("language-tag", &[]), own.say("language-direction", &[]));
        Ok(Self { tag, is_mirrored: direction == "rtl", own, names, plans: Words::new(&[plans]) })
    }

    /// A message with places, `{time}`, for what it puts in; `mark` stands before their names.
    ///
    /// # Errors
    /// When there is none of this name, or what it puts in does not show: it would choose by it.
    pub(super) fn say(&self, id: &str, mark: &str) -> anyhow::Result<String> {
        let names = self.names.get(id).with_context(|| format!("nobody says `{id}`"))?;
        let names = names.iter().filter_map(|name| name.strip_prefix('$'));
        // Where lines run the other way, what is put in keeps its own direction.
        let (open, close) = if self.is_mirrored { ("\u{2068}", "\u{2069}") } else { ("", "") };
        let places: Vec<_> = names.map(|name| (name, format!("{open}{{{mark}{name}}}{close}"))).collect();
        let put: Vec<_> = places.iter().map(|(name, place)| (*name, Arg::from(place))).collect();
        let said = self.own.say(id, &put);
        match places.iter().find(|(_, place)| !said.contains(place.as_str())) {
            None => Ok(said),
            Some((name, _)) => Err(anyhow!("`{id}` does not show {name}")),
        }
    }

    /// The messages of these names as parts of a page; what they put in is markup.
    pub(super) fn said(&self, wanted: impl Fn(&str) -> bool) -> anyhow::Result<Parts> {
        let wanted = self.names.keys().filter(|id| wanted(id));
        wanted.map(|id| Ok((id.clone(), inline(&self.say(id, "*")?)))).collect()
    }

    /// A plan in this language.
    pub(super) fn plan(&self, told: &Value) -> anyhow::Result<Plan> {
        let mut plan: Plan = serde_json::from_value(self.whole(told))?;
        let [(place, directory), _] = self.on_paper()?;
        for step in &mut plan.steps {
            step.text = step.text.replace(place, &directory);
        }
        Ok(plan)
    }

    /// What stands for the directory, which no page knows.
    pub(super) fn on_paper(&self) -> anyhow::Result<[(&'static str, String); 2]> {
        let [(loud, _), (plain, _)] = ON_PAPER;
        let said = self.say("about-directory", "")?;
        Ok([(loud, said.clone()), (plain, said)])
    }

    /// What makes plans of a vendor's own guide, in this language: words with places in place of messages.
    pub(super) fn packed(&self, packed: &Value) -> Value {
        let mut packed = packed.clone();
        if let Some(recipes) = packed.get_mut("recipes") {
            self.worded(recipes);
        }
        let joints = packed.get_mut("joints").and_then(Value::as_object_mut);
        for joint in joints.into_iter().flat_map(serde_json::Map::values_mut) {
            // What stands between two texts is what is said where both are empty.
            if let Some(name) = joint.get(0).filter(|name| name.is_string()) {
                *joint = json!([null, self.told(&[name.clone(), "".into(), "".into()])]);
            }
        }
        packed
    }

    fn worded(&self, value: &mut Value) {
        if let Some(told) = value.get("t").and_then(Value::as_array) {
            *value = self.told(told).into();
            return;
        }
        match value {
            Value::Array(list) => list.iter_mut().for_each(|part| self.worded(part)),
            Value::Object(map) => map.values_mut().for_each(|part| self.worded(part)),
            _ => {}
        }
    }

    /// With words in the place of the messages that are named.
    fn whole(&self, value: &Value) -> Value {
        match value {
            Value::Array(list) => list.iter().map(|part| self.whole(part)).collect(),
            Value::Object(map) => match map.get("$t").and_then(Value::as_array) {
                Some(told) => self.told(told).into(),
                None => map.iter().map(|(name, part)| (name.clone(), self.whole(part))).collect(),
            },
            other => other.clone(),
        }
    }

    /// A message of a plan: its name, then what is put in, which may be a message again.
    fn told(&self, told: &[Value]) -> String {
        let mut texts = told.iter().map(|part| self.whole(part).as_str().unwrap_or_default().to_owned());
        let name = texts.next().unwrap_or_default();
        let put: Vec<_> = ('a'..='z').map(String::from).zip(texts).collect();
        let put: Vec<_> = put.iter().map(|(name, text)| (name.as_str(), Arg::from(text))).collect();
        self.plans.say(&name, &put)
    }
}

/// All of Handrail's own words in English, what checks and refusals say included.
fn english(root: &Path) -> anyhow::Result<String> {
    let files = text(&root.join("locales/en"), |_| true)?;
    Ok(files + &handrail_credential::messages() + &handrail_entra::messages() + &refusal::messages())
}

/// What recipes and guides say, in English.
fn of_plans(library: &Library) -> String {
    let guides = library.guides.iter().map(|(id, guide)| message_file(&guide_messages(id, &guide.file)));
    message_file(&messages(library)) + &guides.collect::<String>()
}

/// The files of a folder in one; nothing where there is no such folder.
fn text(folder: &Path, wanted: impl Fn(&str) -> bool) -> anyhow::Result<String> {
    let mut text = String::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(text) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && wanted(&name) {
            text.push_str(&std::fs::read_to_string(&path)?);
            text.push('\n');
        }
    }
    Ok(text)
}
