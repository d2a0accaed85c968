//! What the extension needs for a vendor's own guide: the recipes that such a guide may call for, with messages in the place
//! of their texts, the portal's pages and controls, and the permissions. Everything of it is packaged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::library::{Library, Loaded};
use super::super::model::{Cond, RecipeFile, RecipeStep, RecipeValue, ResourceFile};
use super::super::pages::{Pages, Reference, label, state_texts};
use super::super::words::{JOINTS, Message, template};
use super::{is_known, shape};

/// The place of a parameter in a control's id and texts.
const PARAM: &str = "${param}";

/// The file for the extension. `pages` are the pages that plans have in common: it names them by place, and adds what is not
/// among them. `place` gives a message's name, if there is one.
///
/// # Errors
/// What a recipe names and no portal file has.
pub fn pack(
    library: &Library,
    pages: &mut Vec<Value>,
    said: &[Message],
    place: &dyn Fn(&Message) -> Option<String>,
) -> Result<Value, String> {
    let mut packer = Packer { library, said, place, controls: BTreeSet::new() };
    let mut known: Vec<_> = library.recipes.iter().filter(|(_, loaded)| is_known(&loaded.file)).collect();
    known.sort_by_key(|(id, loaded)| (loaded.file.phase, loaded.file.rank, id.as_str()));
    let recipes: Vec<Value> =
        known.into_iter().map(|(id, loaded)| packer.recipe(id, &loaded.file)).collect::<Result<_, _>>()?;
    let (mut controls, mut places) = (Map::new(), Map::new());
    let named: Vec<String> = packer.controls.iter().cloned().collect();
    let mut left: Vec<String> = named;
    left.push("shell".to_owned());
    while let Some(page) = left.pop() {
        if places.contains_key(&page) {
            continue;
        }
        let at = pages.iter().position(|one| one["id"] == *page);
        let at = match at {
            Some(at) => at,
            None => {
                pages.push(whole_page(library, &page)?);
                pages.len() - 1
            }
        };
        places.insert(page.clone(), at.into());
        let file = &library.pages.get(&page).ok_or_else(|| page.clone())?.file;
        for (name, part) in &file.controls {
            left.extend(part.folded_in.iter().filter_map(|id| Some(id.split_once('.')?.0.to_owned())));
            if part.param.is_some() {
                let id = format!("{page}.{name}");
                controls.insert(id.clone(), one_control(library, &page, &format!("{id}[{PARAM}]"))?);
            }
        }
    }
    let joints: Map<String, Value> = JOINTS
        .iter()
        .map(|(name, between)| {
            let message = said.iter().find(|message| message.id == *name).and_then(place);
            ((*name).to_owned(), json!([message, between]))
        })
        .collect();
    let resources: Map<String, Value> =
        library.resources.iter().map(|(key, loaded)| (key.clone(), resource(loaded))).collect();
    Ok(json!({"shape": shape(), "recipes": recipes, "controls": controls, "pages": places, "joints": joints,
        "resources": resources}))
}

/// A page as a plan has it that asks for nothing of it in particular.
fn whole_page(library: &Library, id: &str) -> Result<Value, String> {
    let mut pages = Pages::new(library);
    pages.need_page(id).map_err(|(_, what, _)| what)?;
    page_of(pages, id)
}

/// A control with a place for its parameter.
fn one_control(library: &Library, page: &str, id: &str) -> Result<Value, String> {
    let mut pages = Pages::new(library);
    pages.need_control(id).map_err(|(_, what, _)| what)?;
    let page = page_of(pages, page)?;
    let found = page
        .get("controls")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|control| control["id"] == *id);
    found.cloned().ok_or_else(|| id.to_owned())
}

fn page_of(pages: Pages<'_>, id: &str) -> Result<Value, String> {
    let all = pages.finish().map_err(|(_, what, _)| what)?;
    let page = all.into_iter().find(|page| page.id == id).ok_or_else(|| id.to_owned())?;
    serde_json::to_value(page).map_err(|error| error.to_string())
}

/// A resource: its name, what portal and verifier know it by, and all its permissions in one text. Those whose names begin
/// alike stand together, those as dangerous (`t`, `h`, `m`, `l`) and of the same kinds (`a`, `d`) among them once more:
/// `AccessReview=mad:Read.All;had:ReadWrite.All,ReadWrite.Membership`. Groups of the portal's pane that a name does not begin
/// with are told apart.
fn resource(loaded: &Loaded<ResourceFile>) -> Value {
    let file = &loaded.file;
    let mut alike: BTreeMap<&str, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    for row in &file.permissions {
        let (first, rest) = row.name.split_once('.').unwrap_or((&row.name, ""));
        let kinds = [("a", &row.application), ("d", &row.delegated)];
        let kinds = kinds.iter().filter(|(_, id)| id.is_some()).map(|(kind, _)| *kind);
        let sort =
            row.danger.word().chars().take(1).map(String::from).chain(kinds.map(String::from)).collect();
        alike.entry(first).or_default().entry(sort).or_default().push(rest);
    }
    let sorts = |sorts: &BTreeMap<String, Vec<&str>>| {
        let sorts: Vec<String> =
            sorts.iter().map(|(sort, names)| format!("{sort}:{}", names.join(","))).collect();
        sorts.join(";")
    };
    let names: Vec<String> = alike.iter().map(|(first, all)| format!("{first}={}", sorts(all))).collect();
    let groups: Map<String, Value> = file
        .permissions
        .iter()
        .filter_map(|row| Some((row.name.clone(), row.group.as_deref()?.into())))
        .collect();
    bare(json!({"name": file.name, "app-id": file.app_id, "tab": file.tab, "probes": file.probes,
        "consent-role": file.consent_role, "permissions": names.join(" "), "groups": groups}))
}

struct Packer<'a> {
    library: &'a Library,
    said: &'a [Message],
    place: &'a dyn Fn(&Message) -> Option<String>,
    /// Pages that are named.
    controls: BTreeSet<String>,
}

impl Packer<'_> {
    /// A recipe's text as a message with what is put in, each as the recipe writes it; what is no message as it is.
    fn say(&mut self, text: &str) -> Value {
        // Words name pages and controls too.
        for after in text.split("@{").skip(1) {
            let id = after.split(['}', '[']).next().unwrap_or_default();
            self.name(id);
        }
        let named = template(self.said, text).and_then(|(message, put)| Some(((self.place)(message)?, put)));
        match named {
            Some((message, put)) => {
                let told: Vec<String> = std::iter::once(message).chain(put).collect();
                json!({ "t": told })
            }
            None => text.into(),
        }
    }

    fn all(&mut self, texts: &[String]) -> Vec<Value> {
        texts.iter().map(|text| self.say(text)).collect()
    }

    /// Notes the page of a page or control.
    fn name(&mut self, id: &str) {
        let page = id.split(['.', '[']).next().unwrap_or_default();
        self.controls.insert(page.to_owned());
    }

    fn recipe(&mut self, id: &str, file: &RecipeFile) -> Result<Value, String> {
        let roles: Vec<Value> = file
            .roles
            .iter()
            .map(|role| {
                bare(json!({"role": role.role, "needed-for": self.say(&role.needed_for), "when": role.when}))
            })
            .collect();
        let prerequisites: Vec<Value> = file
            .prerequisites
            .iter()
            .map(|one| {
                bare(json!({"id": one.id, "text": self.say(&one.text), "known-by": one.known_by.word(),
                    "how": one.how.as_ref().map(|how| self.say(how)), "consequence": self.say(&one.consequence),
                    "when": one.when}))
            })
            .collect();
        let values = file.values.iter().map(|value| self.value(value)).collect::<Result<Vec<_>, _>>()?;
        let steps = file.steps.iter().map(|step| self.step(step)).collect::<Result<Vec<_>, _>>()?;
        let modes: Vec<&str> = file.modes.iter().map(|mode| mode.word()).collect();
        Ok(bare(json!({"id": id, "title": self.say(&file.title), "achieves": file.achieves, "modes": modes,
            "each": file.each, "changes": self.all(&file.changes), "undo": self.all(&file.undo), "role": roles,
            "prerequisite": prerequisites, "value": values, "mends": file.mends,
            "not-checked": self.all(&file.not_checked), "step": steps})))
    }

    fn value(&mut self, value: &RecipeValue) -> Result<Value, String> {
        let mut called = value.label.clone();
        if let Some(id) = &value.control {
            self.name(id);
            let pages = Pages::new(self.library);
            let (_, part) = pages.look_up(id).map_err(|(_, what, _)| what)?;
            called = called.or_else(|| label(part));
        }
        Ok(bare(json!({"id": value.id, "kind": value.kind, "label": called.as_ref().unwrap_or(&value.id),
            "hint": self.say(&value.hint), "control": value.control, "look-alikes": value.look_alikes,
            "parser": value.parser, "always": value.always})))
    }

    fn step(&mut self, step: &RecipeStep) -> Result<Value, String> {
        step.page.iter().chain(&step.target).for_each(|id| self.name(id));
        let wrong = step
            .wrong
            .iter()
            .map(|one| {
                Ok(bare(
                    json!({"id": one.id, "when": self.condition(&one.when)?, "text": self.say(&one.text),
                    "back": one.back, "seen": one.seen}),
                ))
            })
            .collect::<Result<Vec<_>, String>>()?;
        let already = step.already.as_ref().map(|cond| self.condition(cond)).transpose()?;
        Ok(bare(json!({"id": step.id, "title": self.say(&step.title), "text": self.say(&step.text),
            "why": step.why.as_ref().map(|text| self.say(text)),
            "caution": step.caution.as_ref().map(|text| self.say(text)), "page": step.page, "target": step.target,
            "action": step.action, "copy": step.copy, "collects": step.collects, "done": self.condition(&step.done)?,
            "already": already, "wrong": wrong, "patience": step.patience, "when": step.when, "each": step.each})))
    }

    /// A condition as a recipe writes it, with the texts of a state in its place.
    fn condition(&mut self, cond: &Cond) -> Result<Value, String> {
        Ok(match cond {
            Cond::All(all) => json!({"all": self.each(all)?}),
            Cond::Any(all) => json!({"any": self.each(all)?}),
            Cond::Not(inner) => json!({"not": self.condition(inner)?}),
            Cond::Every { of, that } => json!({"every": {"of": of, "that": self.condition(that)?}}),
            Cond::Some { of, that } => json!({"some": {"of": of, "that": self.condition(that)?}}),
            Cond::Shows { control, state } => {
                self.name(control);
                json!({"shows": [control, self.states(control, state)?, state]})
            }
            plain => {
                let plain = serde_json::to_value(plain).map_err(|error| error.to_string())?;
                let inner = plain.as_object().and_then(|map| map.iter().next());
                let named = inner.filter(|(kind, _)| *kind != "collected").map(|(_, one)| one);
                let id = named.and_then(|one| one.as_str().or_else(|| one["control"].as_str()));
                id.iter().for_each(|id| self.name(id));
                plain
            }
        })
    }

    fn each(&mut self, all: &[Cond]) -> Result<Vec<Value>, String> {
        all.iter().map(|cond| self.condition(cond)).collect()
    }

    /// Texts of the state, or of every state where its name is filled in later: each with how it is compared.
    fn states(&self, control: &str, state: &str) -> Result<Value, String> {
        let id = control.split('[').next().unwrap_or_default();
        let (page, name) = id.split_once('.').ok_or_else(|| id.to_owned())?;
        let part = self.library.pages.get(page).and_then(|loaded| loaded.file.controls.get(name));
        let part = part.ok_or_else(|| id.to_owned())?;
        let reference = Reference { page, control: name, param: part.param.as_ref().map(|_| PARAM) };
        let wanted = |known: &&String| state.contains("${") || *known == state;
        part.states
            .keys()
            .filter(wanted)
            .map(|known| {
                let texts = state_texts(id, part, reference, known).map_err(|(_, what, _)| what)?;
                Ok((known.clone(), json!(texts)))
            })
            .collect()
    }
}

/// Without what is not said.
fn bare(mut tree: Value) -> Value {
    let nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if let Some(map) = tree.as_object_mut() {
        map.retain(|_, value| !nothing(value));
    }
    tree
}
