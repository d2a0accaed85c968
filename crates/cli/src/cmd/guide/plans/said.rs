//! Messages in the place of a plan's texts, so that these can be said in another language.

use std::collections::BTreeMap;

use handrail_guide::load::model::GuideFile;
use handrail_guide::load::{JOINTS, Library, Message, guide_messages, messages};
use handrail_guide::plan::FOR_PEOPLE;
use serde_json::{Value, json};

/// Where texts are compared with the portal's, or are a file of the vendor's.
const NOT_FOR_PEOPLE: [&str; 5] = ["already", "done", "file", "pages", "when"];

/// The place of every message in the list that ships, by its name and text.
pub(crate) type Places = BTreeMap<(String, String), usize>;

/// The places of everything that recipes and guides say.
pub(crate) fn places(library: &Library) -> Places {
    let guides = library.guides.iter().flat_map(|(id, guide)| guide_messages(id, &guide.file));
    let by_name: BTreeMap<String, String> =
        messages(library).into_iter().chain(guides).map(|one| (one.name(), one.text())).collect();
    by_name.into_iter().zip(0..).collect()
}

/// What a guide says, as far as the list has it: one that was added from elsewhere is said in its own words.
pub(crate) fn own_messages(id: &str, guide: &GuideFile, places: &Places) -> Vec<Message> {
    let mut own = guide_messages(id, guide);
    own.retain(|one| places.contains_key(&(one.name(), one.text())));
    own
}

/// What one guide's plans are made of.
pub(crate) struct Said<'a> {
    pub(crate) own: &'a [Message],
    pub(crate) recipes: &'a [Message],
    pub(crate) places: &'a Places,
}

impl Said<'_> {
    /// Puts messages in the place of the texts that were made from them.
    pub(crate) fn name_texts(&self, value: &mut Value, for_people: bool) {
        match value {
            Value::String(text) if for_people => {
                if let Some(told) = self.told(text) {
                    *value = told;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|part| self.name_texts(part, for_people)),
            Value::Object(map) => {
                for (key, part) in map.iter_mut().filter(|(key, _)| !NOT_FOR_PEOPLE.contains(&key.as_str())) {
                    self.name_texts(part, FOR_PEOPLE.contains(&key.as_str()));
                    if let Some(label) = part.get_mut("label").filter(|_| key == "choice") {
                        self.name_texts(label, true);
                    }
                }
            }
            _ => {}
        }
    }

    /// The message of a text, or the messages that follow each other in it.
    fn told(&self, text: &str) -> Option<Value> {
        let whole = || self.recipes.iter().find_map(|one| self.made(one, text));
        self.of_guide(text).or_else(whole).or_else(|| self.in_turn(text))
    }

    /// What stands for a text where the guide says it.
    fn of_guide(&self, text: &str) -> Option<Value> {
        self.own.iter().find_map(|one| self.made(one, text))
    }

    /// A text as this message. Of what is put in only the guide's own is a message again: a recipe's would be a mere word.
    fn made(&self, message: &Message, text: &str) -> Option<Value> {
        let own =
            |text: &str| self.of_guide(text).or_else(|| self.in_turn(text)).unwrap_or_else(|| text.into());
        self.at(message, message.fits(text)?.into_iter().map(own))
    }

    fn at(&self, message: &Message, put_in: impl Iterator<Item = Value>) -> Option<Value> {
        let place = self.places.get(&(message.name(), message.text()))?;
        let told: Vec<Value> = std::iter::once(format!("m{place}").into()).chain(put_in).collect();
        Some(json!({ "$t": told }))
    }

    /// Two or more texts that stand one behind the other.
    fn in_turn(&self, text: &str) -> Option<Value> {
        let exact = |text: &str| {
            let all = self.own.iter().chain(self.recipes);
            let one = all.into_iter().find(|one| one.fits(text).is_some_and(|put_in| put_in.is_empty()))?;
            self.at(one, std::iter::empty())
        };
        JOINTS.iter().find_map(|(name, between)| {
            let joint = self.recipes.iter().find(|one| one.id == *name)?;
            text.match_indices(between).find_map(|(at, _)| {
                let first = exact(text.get(..at)?)?;
                let rest = text.get(at + between.len()..)?;
                let rest = exact(rest).or_else(|| self.in_turn(rest))?;
                self.at(joint, [first, rest].into_iter())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_a_guide_says_is_named_also_where_it_is_put_in() {
        let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        let (places, recipes) = (places(&library), messages(&library));
        let (id, guide) = library.guides.iter().find(|(_, guide)| !guide.file.unsafes.is_empty()).unwrap();
        let own = guide_messages(id, &guide.file);
        let said = Said { own: &own, recipes: &recipes, places: &places };
        let part = &guide.file.unsafes[0];
        let mut value = json!({
            "today": format!("Not done unless you decide to: {} {}", part.danger, part.instead),
            "text": "Nobody says this.",
            "copy": part.danger,
        });
        said.name_texts(&mut value, false);
        let named = |name: &str| {
            let place = places.iter().find(|((own, _), _)| own == name).map(|(_, place)| place).unwrap();
            json!(format!("m{place}"))
        };
        let own = |of: &str| json!({"$t": [named(&format!("guide-{id}.unsafe-{}-{of}", part.id))]});
        let both = json!({"$t": [named("plan-then"), own("danger"), own("instead")]});
        assert_eq!(
            value,
            json!({"today": {"$t": [named("plan-not-done"), both]}, "text": "Nobody says this.", "copy": part.danger})
        );
    }
}
