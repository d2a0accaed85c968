//! What an admin chose to export from a page, held against the catalogue: which ways of finding still work, which do
//! not, what a control is called and is today, and the change of the portal files that follows.
//!
//! An export holds control ids, languages, counts and days, and roles, labels and attributes; no value of a page is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::health::HealthLine;
use crate::plan::{By, Match};

use super::library::Library;
use super::model::{ControlPart, LocatorPart, OneOrMany};
use super::pages::Reference;

/// What a survey says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// For people, one line per control and language.
    pub lines: Vec<String>,
    /// The change of the portal files, as a unified diff; empty when there is none.
    pub diff: String,
}

/// Holds an export against the catalogue. `live` says that it was made on Microsoft's portal and not on the practice one:
/// only then files are changed.
#[must_use]
pub fn survey(library: &Library, seen: &[HealthLine], live: bool) -> Survey {
    let mut survey = Survey::default();
    let mut found: BTreeMap<&str, BTreeMap<&str, &HealthLine>> = BTreeMap::new();
    let mut missed: BTreeSet<&str> = BTreeSet::new();
    let mut edits: BTreeMap<&str, Edits> = BTreeMap::new();
    for line in seen {
        let Some(reference) = Reference::parse(&line.control) else { continue };
        let part =
            library.pages.get(reference.page).and_then(|page| page.file.controls.get(reference.control));
        let Some(part) = part else {
            survey.lines.push(format!("{} is in no portal file any more", line.control));
            continue;
        };
        survey.lines.push(told(line, part));
        if line.locator.is_none() {
            missed.insert(reference.page);
            continue;
        }
        survey.lines.extend(differences(line, part));
        if let Some(label) = new_label(line, part) {
            edits
                .entry(reference.page)
                .or_default()
                .labels
                .insert((reference.control, language(line)), (label, line));
        }
        let page = found.entry(reference.page).or_default();
        let newest = page.entry(reference.control).or_insert(line);
        if line.last > newest.last {
            *newest = line;
        }
    }
    for (id, controls) in found.iter().filter(|(id, _)| !missed.contains(*id)) {
        edits.entry(id).or_default().confirmed = confirmed(library, id, controls);
    }
    if live {
        for (id, edits) in &edits {
            edits.write(library, id, &mut survey.diff);
        }
    }
    survey.lines.sort();
    survey
}

/// How one control did, for people.
fn told(line: &HealthLine, part: &ControlPart) -> String {
    let HealthLine { control, lang, times, last, .. } = line;
    let Some(number) = line.locator else {
        return format!(
            "{control} [{lang}] not found {times} times; last {last}: it is gone, its label or its place has changed, or it has no label in this language"
        );
    };
    // A table cell is looked for once per known heading, so its numbers may go beyond the file's.
    let at = usize::try_from(number).ok().and_then(|n| part.locators.get(n));
    let way = at.or(part.locators.last()).map_or_else(String::new, way);
    let late = if number > 0 { ", after better ones failed" } else { "" };
    format!("{control} [{lang}] found {times} times by {way}{late}; last {last}")
}

/// What is not as the catalogue has it: role, label, attributes.
fn differences(line: &HealthLine, part: &ControlPart) -> Vec<String> {
    let place = format!("{} [{}]", line.control, line.lang);
    let mut said = Vec::new();
    let roles: BTreeSet<String> =
        part.locators.iter().filter_map(|l| l.role.as_ref()).flat_map(OneOrMany::list).collect();
    if !line.look.role.is_empty() && !roles.is_empty() && !roles.contains(&line.look.role) {
        let known = roles.into_iter().collect::<Vec<_>>().join(", ");
        said.push(format!("{place} has the role {}; the catalogue says {known}", line.look.role));
    }
    if let Some(label) = new_label(line, part) {
        said.push(format!("{place} is called “{label}”; the catalogue does not know that label"));
    }
    for locator in &part.locators {
        let (Some(attribute), Some(text)) = (attribute(locator), &locator.text) else { continue };
        let Some(value) = line.look.attributes.get(attribute) else { continue };
        let known = text.list();
        let prefix = locator.by == By::FormElement || locator.how.unwrap_or(part.how) != Match::Exact;
        if !known.iter().any(|text| value == text || prefix && value.contains(text.as_str())) {
            said.push(format!(
                "{place} has {attribute}=\"{value}\"; the catalogue says {}",
                known.join(", ")
            ));
        }
    }
    said
}

/// The attribute a locator looks at.
fn attribute(locator: &LocatorPart) -> Option<&str> {
    match locator.by {
        By::Telemetry => Some("data-telemetryname"),
        By::FormElement => Some("data-formelement"),
        By::Attribute => locator.of.as_deref(),
        _ => None,
    }
}

/// The language of a line, as labels name it.
fn language(line: &HealthLine) -> &str {
    line.lang.split(['-', '_', '.']).next().unwrap_or_default()
}

/// What it is called where the catalogue has another label, or none, for this language.
fn new_label<'a>(line: &'a HealthLine, part: &ControlPart) -> Option<&'a str> {
    let name = line.look.name.as_str();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(name);
    if name.is_empty() || part.label.is_empty() || part.label.contains_key("*") {
        return None;
    }
    let known = |text: &str| {
        let text = plain(text);
        text == wanted || part.how != Match::Exact && text.split('…').all(|part| wanted.contains(part))
    };
    let own = [line.lang.as_str(), language(line)].into_iter().filter_map(|lang| part.label.get(lang));
    let others = part.locators.iter().filter_map(|l| l.text.as_ref());
    let mut labels = own.chain(others).flat_map(OneOrMany::list);
    (!labels.any(|text| known(&text))).then_some(name)
}

/// A locator in a word or two.
pub(crate) fn way(locator: &LocatorPart) -> String {
    let by = serde_json::to_value(locator.by)
        .ok()
        .and_then(|by| by.as_str().map(str::to_owned))
        .unwrap_or_default();
    let place = locator.among.as_ref().map_or_else(String::new, |among| format!(" among {among}"));
    locator.role.as_ref().map_or(by.clone(), |role| format!("{by} {}{place}", role.list().join(" or ")))
}

/// A page whose recognising control was found, and of which nothing was missed, was seen live: when, and in which language.
fn confirmed(library: &Library, id: &str, controls: &BTreeMap<&str, &HealthLine>) -> Option<String> {
    let page = library.pages.get(id)?;
    let recognised = page.file.recognise.iter().filter_map(|name| controls.get(name.as_str()));
    let newest = recognised.max_by_key(|seen| &seen.last)?;
    Some(format!("{} {}", newest.last, newest.lang))
}

/// What changes in one portal file.
#[derive(Default)]
struct Edits<'a> {
    /// When it was seen live, and in which language.
    confirmed: Option<String>,
    /// Control and language → the label to put in front, and where it was seen.
    labels: BTreeMap<(&'a str, &'a str), (&'a str, &'a HealthLine)>,
}

impl Edits<'_> {
    /// Writes them as one part of a unified diff.
    fn write(&self, library: &Library, id: &str, diff: &mut String) {
        let Some(page) = library.pages.get(id) else { return };
        let lines = page.source.text.lines().collect::<Vec<_>>();
        // Number of the line → what stands there instead.
        let mut changed: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        if let Some(confirmed) = &self.confirmed
            && let Some(at) = lines.iter().position(|line| line.starts_with("confirmed-live = "))
        {
            changed.insert(at, vec![format!("confirmed-live = \"{confirmed}\"")]);
        }
        for ((control, lang), (label, seen)) in &self.labels {
            put_label(&lines, (control, lang), (label, &seen.last), &mut changed);
        }
        changed.retain(|at, now| lines.get(*at).is_none_or(|old| now.as_slice() != [*old]));
        hunks(&page.source.file, &lines, &changed, diff);
    }
}

/// Puts a label in front of the ones a language has, or adds it with where it was seen.
fn put_label(
    lines: &[&str],
    (control, lang): (&str, &str),
    (label, day): (&str, &str),
    changed: &mut BTreeMap<usize, Vec<String>>,
) {
    let head = format!("[controls.{control}]");
    let Some(start) = lines.iter().position(|line| *line == head) else { return };
    let body = |at: &usize| !lines.get(*at).is_some_and(|line| line.starts_with('['));
    let own = (start + 1..lines.len()).take_while(body);
    let quoted = toml::Value::from(label).to_string();
    let key = format!("label.{lang} = ");
    let mut called = start;
    for at in own {
        let line = lines.get(at).copied().unwrap_or_default();
        if let Some(old) = line.strip_prefix(&key) {
            let old = old.trim().trim_start_matches('[').trim_end_matches(']');
            changed.insert(at, vec![format!("{key}[{quoted}, {old}]")]);
            return;
        }
        if line.starts_with("called = ") {
            called = at;
        }
    }
    let kept = lines.get(called).map(|line| (*line).to_owned());
    let source = format!("label-source.{lang} = \"survey of the live page, {day}\"");
    let added = changed.entry(called).or_insert_with(|| kept.into_iter().collect());
    added.extend([format!("{key}{quoted}"), source]);
}

/// One part of a unified diff, a line of context around each change.
fn hunks(file: &str, lines: &[&str], changed: &BTreeMap<usize, Vec<String>>, diff: &mut String) {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for at in changed.keys() {
        let (from, to) = (at.saturating_sub(1), (at + 2).min(lines.len()));
        match groups.last_mut() {
            Some((_, end)) if from <= *end => *end = to,
            _ => groups.push((from, to)),
        }
    }
    if !groups.is_empty() {
        let _ = write!(diff, "--- a/{file}\n+++ b/{file}\n");
    }
    let mut grown = 0;
    for (from, to) in groups {
        let mut body = String::new();
        let mut new = 0;
        for (at, old) in lines.iter().enumerate().take(to).skip(from) {
            let Some(now) = changed.get(&at) else {
                let _ = writeln!(body, " {old}");
                new += 1;
                continue;
            };
            new += now.len();
            // A line that stays, with others after it.
            let stays = now.first().is_some_and(|first| first == old);
            let _ = writeln!(body, "{}{old}", if stays { ' ' } else { '-' });
            for line in now.iter().skip(usize::from(stays)) {
                let _ = writeln!(body, "+{line}");
            }
        }
        let old = to - from;
        let _ = write!(diff, "@@ -{},{old} +{},{new} @@\n{body}", from + 1, from + 1 + grown);
        grown += new - old;
    }
}
