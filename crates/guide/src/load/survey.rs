//! What an admin chose to export from a page, held against the catalogue: which ways of finding still work, which do
//! not, and the change of the portal files that follows.
//!
//! An export holds control ids, languages, counts and days only; no value of a page is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::health::HealthLine;

use super::library::Library;
use super::model::LocatorPart;
use super::pages::Reference;

/// One line of an export: how often a control was found by which locator on pages of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Control id.
    pub control: String,
    /// Language of the page.
    pub lang: String,
    /// Number of the locator that found it; none when it was not found.
    pub locator: Option<usize>,
    /// How often.
    pub times: u32,
    /// Last day, `YYYY-MM-DD`.
    pub last: String,
}

impl From<HealthLine> for Seen {
    fn from(line: HealthLine) -> Self {
        Self {
            control: line.control,
            lang: line.lang,
            locator: line.locator.and_then(|n| usize::try_from(n).ok()),
            times: line.times,
            last: line.last,
        }
    }
}

/// What a survey says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// For people, one line per control and language.
    pub lines: Vec<String>,
    /// The change of the portal files, as a unified diff; empty when there is none.
    pub diff: String,
}

/// Holds an export against the catalogue. `live` says that it was made on Microsoft's portal and not on the practice one:
/// only then a page is marked as confirmed.
#[must_use]
pub fn survey(library: &Library, seen: &[Seen], live: bool) -> Survey {
    let mut survey = Survey::default();
    let mut found: BTreeMap<&str, BTreeMap<&str, &Seen>> = BTreeMap::new();
    let mut missed: BTreeSet<&str> = BTreeSet::new();
    for line in seen {
        let Some(reference) = Reference::parse(&line.control) else { continue };
        let part =
            library.pages.get(reference.page).and_then(|page| page.file.controls.get(reference.control));
        let Some(part) = part else {
            survey.lines.push(format!("{} is in no portal file any more", line.control));
            continue;
        };
        match line.locator {
            Some(number) => {
                // A table cell is looked for once per known heading, so its numbers may go beyond the file's.
                let way = part.locators.get(number).or(part.locators.last()).map_or_else(String::new, way);
                let late = if number > 0 { ", after better ones failed" } else { "" };
                survey.lines.push(format!(
                    "{} [{}] found {} times by {way}{late}; last {}",
                    line.control, line.lang, line.times, line.last
                ));
                let page = found.entry(reference.page).or_default();
                let newest = page.entry(reference.control).or_insert(line);
                if line.last > newest.last {
                    *newest = line;
                }
            }
            None => {
                survey.lines.push(format!(
                    "{} [{}] not found {} times; last {}: its label or its place has changed, or it has no label in this language",
                    line.control, line.lang, line.times, line.last
                ));
                missed.insert(reference.page);
            }
        }
    }
    if live {
        for (id, controls) in found.iter().filter(|(id, _)| !missed.contains(*id)) {
            confirm(library, id, controls, &mut survey.diff);
        }
    }
    survey.lines.sort();
    survey
}

/// A locator in a word or two.
pub(crate) fn way(locator: &LocatorPart) -> String {
    let by = serde_json::to_value(locator.by)
        .ok()
        .and_then(|by| by.as_str().map(str::to_owned))
        .unwrap_or_default();
    locator.role.as_ref().map_or(by.clone(), |role| format!("{by} {role}"))
}

/// A page whose recognising control was found, and of which nothing was missed, was seen live.
fn confirm(library: &Library, id: &str, controls: &BTreeMap<&str, &Seen>, diff: &mut String) {
    let Some(page) = library.pages.get(id) else { return };
    let Some(newest) = page
        .file
        .recognise
        .iter()
        .filter_map(|name| controls.get(name.as_str()))
        .max_by_key(|seen| &seen.last)
    else {
        return;
    };
    let now = format!("confirmed-live = \"{} {}\"", newest.last, newest.lang);
    let lines = page.source.text.lines().collect::<Vec<_>>();
    let Some(at) = lines.iter().position(|line| line.starts_with("confirmed-live = ")) else { return };
    let old = lines.get(at).copied().unwrap_or_default();
    if old == now {
        return;
    }
    let context =
        |n: Option<usize>| n.and_then(|n| lines.get(n)).map(|line| format!(" {line}\n")).unwrap_or_default();
    let (before, after) = (context(at.checked_sub(1)), context(Some(at + 1)));
    let start = at + 1 - usize::from(!before.is_empty());
    let length = 1 + usize::from(!before.is_empty()) + usize::from(!after.is_empty());
    let file = &page.source.file;
    let _ = write!(
        diff,
        "--- a/{file}\n+++ b/{file}\n@@ -{start},{length} +{start},{length} @@\n{before}-{old}\n+{now}\n{after}"
    );
}
