//! Labels that came after the extension was packaged: other words for the portal's controls, and other ways to find them.
//!
//! They are claims of a token that somebody trusted signed. Whatever it says, only words and ways to find what is packaged
//! are taken from it, and none of a control whose text is read: what is collected, and which directory it is, stays as it
//! was packaged. The extension holds them against the same rules in `extension/panel/js/fits.js`, which is a tenth of this in WASM.

use serde_json::{Map, Value, json};

/// What the token's header calls itself.
pub const TYP: &str = "handrail-labels+jwt";

/// Characters of one new label; the longest that is packaged has 78.
const MAX_TEXT: usize = 120;
/// Ways to find one control, and texts of one way in one language.
const MAX_LIST: usize = 24;

/// What the token says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Number of these labels; a higher one is newer. What is packaged is 0.
    pub version: u32,
    /// Number of newer labels whose place they may take: the one way back, and only from there.
    pub replaces: Option<u32>,
    /// Numbers that are not to be used, now or later.
    pub revoked: Vec<u32>,
    /// Version of the extension they are for.
    pub extension: String,
    /// What is otherwise, by the id of the control or page: `called` and `locators`, or `recognise`.
    pub labels: Map<String, Value>,
}

impl Labels {
    /// From a token's claims; none where they have another form or one field more.
    #[must_use]
    pub fn of(claims: &Value) -> Option<Self> {
        let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
        let labels = Self {
            version: number(&claims["version"])?,
            replaces: number(&claims["replaces"]),
            revoked: claims["revoked"].as_array()?.iter().filter_map(number).collect(),
            extension: claims["extension"].as_str()?.to_owned(),
            labels: claims["labels"].as_object()?.clone(),
        };
        (labels.claims() == *claims).then_some(labels)
    }

    /// As a token's claims.
    #[must_use]
    pub fn claims(&self) -> Value {
        json!({"version": self.version, "replaces": self.replaces, "revoked": self.revoked, "extension": self.extension,
            "labels": self.labels})
    }

    /// Whether they are about what is packaged and nothing else. Only labels that call others back may be none at all.
    #[must_use]
    pub fn fit(&self, pages: &[Value]) -> bool {
        let is_something = !self.labels.is_empty() || !self.revoked.is_empty();
        let fits = |(id, entry): (&String, &Value)| {
            let mut places = pages.iter().filter_map(|page| Some((page, part(page, id)?))).peekable();
            places.peek().is_some()
                && places.all(|(page, part)| is_entry(entry, part) && self.is_alone(id, entry, part, page))
        };
        is_something && self.labels.iter().all(fits)
    }

    /// Whether no other control of the page is found by a text that is new to this one: neither as it is packaged nor as
    /// it would be. Else two would lead to one element, or change places.
    fn is_alone(&self, id: &str, entry: &Value, part: &Value, page: &Value) -> bool {
        let known: Vec<&str> = texts(&part["locators"]).collect();
        let others = || controls(page).filter(|other| other["id"] != *id);
        let taken = |text: &str| {
            others().any(|other| {
                let new = other["id"].as_str().and_then(|id| self.labels.get(id)).unwrap_or(&Value::Null);
                texts(&other["locators"]).chain(texts(&new["locators"])).any(|other| other == text)
            })
        };
        texts(&entry["locators"]).all(|text| known.contains(&text) || !taken(text))
    }
}

/// What is packaged, with everything that several files share in its place; see `handrail guide plans`.
#[must_use]
pub fn whole(tree: &Value, shared: &Value) -> Value {
    match tree {
        Value::Array(list) => list.iter().map(|part| whole(part, shared)).collect(),
        Value::Object(map) => match map.get("$").and_then(Value::as_u64) {
            Some(at) => whole(&shared[usize::try_from(at).unwrap_or_default()], shared),
            None => map.iter().map(|(name, part)| (name.clone(), whole(part, shared))).collect(),
        },
        other => other.clone(),
    }
}

fn controls(page: &Value) -> impl Iterator<Item = &Value> {
    page["controls"].as_array().into_iter().flatten()
}

/// The page or its control with this id.
fn part<'a>(page: &'a Value, id: &str) -> Option<&'a Value> {
    std::iter::once(page).chain(controls(page)).find(|part| part["id"] == *id)
}

/// All texts of these ways to find something, in every language.
fn texts(ways: &Value) -> impl Iterator<Item = &str> {
    let languages = ways.as_array().into_iter().flatten().filter_map(|way| way["text"].as_object());
    languages.flat_map(Map::values).filter_map(Value::as_array).flatten().filter_map(Value::as_str)
}

/// Whether this is what may be new about a page, or about a control whose text nobody reads.
fn is_entry(entry: &Value, part: &Value) -> bool {
    let is_way =
        |way: &Value, known: &Value| known.as_array().is_some_and(|all| all.contains(way)) || is_way(way);
    entry.as_object().is_some_and(|fields| {
        part["read"] != "text"
            && fields.iter().all(|(name, new)| match name.as_str() {
                "locators" | "recognise" => {
                    part[name].is_array() && is_list(new, &|way| is_way(way, &part[name]))
                }
                "called" => {
                    let found_by: Vec<&str> = texts(&entry["locators"]).collect();
                    is_called(new.as_str(), part[name].as_str(), &found_by)
                }
                _ => false,
            })
    })
}

/// Whether it is called as before but for labels (between `**`), which are among the words it is found by.
fn is_called(new: Option<&str>, was: Option<&str>, found_by: &[&str]) -> bool {
    let (Some(new), Some(was)) = (new, was) else { return false };
    new.split("**").count() == was.split("**").count()
        && new
            .split("**")
            .zip(was.split("**"))
            .enumerate()
            .all(|(n, (new, was))| new == was || (n % 2 == 1 && found_by.contains(&new)))
}

/// Ways to find something by words that a person or a reader of the page is given; a selector is packaged or not at all.
const BY: [&str; 7] = ["telemetry", "form-element", "attribute", "role", "label", "field", "text"];

/// Whether it has the form and the measure of a way to find something, and nothing else.
fn is_way(way: &Value) -> bool {
    way.as_object().is_some_and(|fields| {
        fields.contains_key("text")
            && fields.iter().all(|(name, value)| match name.as_str() {
                "by" => value.as_str().is_some_and(|by| BY.contains(&by)),
                "how" => value == "exact" || value == "prefix",
                "of" => is_name(value),
                "roles" => is_list(value, &is_name),
                "text" => value.as_object().is_some_and(|languages| {
                    !languages.is_empty() && languages.values().all(|texts| is_list(texts, &is_label))
                }),
                _ => false,
            })
    })
}

/// A list with something in it, and not too much, each of which fits.
fn is_list(list: &Value, fits: &dyn Fn(&Value) -> bool) -> bool {
    list.as_array().is_some_and(|all| !all.is_empty() && all.len() <= MAX_LIST && all.iter().all(fits))
}

fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Words for people: something to be seen, no markup, and no place for a value of the run.
fn is_label(value: &Value) -> bool {
    let is_odd = |c: char| c.is_control() || matches!(c, '<' | '{' | '}' | '*' | '`');
    value.as_str().is_some_and(|text| {
        !text.trim().is_empty() && text.chars().count() <= MAX_TEXT && !text.contains(is_odd)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same cases as for the script that judges in the extension.
    #[test]
    fn words_for_what_is_packaged_are_taken_and_nothing_else() {
        let table: Value = serde_json::from_str(include_str!("../tests/labels.json")).unwrap();
        let pages = table["pages"].as_array().unwrap();
        for case in table["cases"].as_array().unwrap() {
            let taken = Labels::of(&case["claims"]).is_some_and(|labels| labels.fit(pages));
            assert_eq!(taken, case["fits"], "{}", case["name"]);
        }
    }

    #[test]
    fn claims_are_read_as_they_are_written() {
        let written = Labels { version: 3, replaces: Some(4), revoked: vec![1, 2], ..Labels::default() };
        assert_eq!(Labels::of(&written.claims()), Some(written.clone()));
        assert_eq!(Labels::of(&Value::Null), None);
    }

    #[test]
    fn what_files_share_is_put_in_its_place() {
        let shared = json!(["New", {"en": [{"$": 0}]}]);
        assert_eq!(
            whole(&json!([{"text": {"$": 1}, "n": 2}]), &shared),
            json!([{"text": {"en": ["New"]}, "n": 2}])
        );
    }
}
