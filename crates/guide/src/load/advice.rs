//! What many saved guide-health files say about the portal catalogue: which locator to move up, drop or add.
//!
//! A way is tried only when every better one found nothing. So a way that finds something says of the better ones that
//! they failed, and nothing of the worse ones.

use std::collections::BTreeMap;

use super::library::Library;
use super::model::ControlPart;
use super::pages::Reference;
use super::survey::way;
use crate::health::HealthFile;
use crate::plan::By;

/// Fewer looks than this say nothing about a way: a page may just have been loading.
const ENOUGH: u32 = 3;

/// What the files say about one control in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The portal file.
    pub file: String,
    /// Control id, without its parameter.
    pub control: String,
    /// Language of the pages.
    pub lang: String,
    /// Looks that found it, and looks that did not.
    pub found: (u32, u32),
    /// What was seen, one sentence each.
    pub seen: Vec<String>,
    /// What follows for the file, one sentence each; nothing when all is well.
    pub advice: Vec<String>,
}

/// The looks at one control in one language, over all files and builds.
#[derive(Default)]
struct Looks {
    by_way: BTreeMap<u32, u32>,
    by_fault: BTreeMap<String, u32>,
    builds: BTreeMap<String, (u32, u32)>,
    last: String,
}

/// Merges the files and holds them against the catalogue; controls that need something come first.
#[must_use]
pub fn advise(library: &Library, files: &[HealthFile]) -> Vec<Advice> {
    let mut looks: BTreeMap<(String, String), Looks> = BTreeMap::new();
    for line in files.iter().flat_map(|file| &file.lines) {
        let bare = line.control.split('[').next().unwrap_or_default().to_owned();
        let of = looks.entry((bare, line.lang.clone())).or_default();
        let build = of.builds.entry(line.build.clone()).or_default();
        let count = match line.locator {
            Some(number) => {
                build.0 = build.0.saturating_add(line.times);
                of.by_way.entry(number).or_default()
            }
            None => {
                build.1 = build.1.saturating_add(line.times);
                of.by_fault.entry(line.fault.clone()).or_default()
            }
        };
        *count = count.saturating_add(line.times);
        if line.last > of.last {
            of.last.clone_from(&line.last);
        }
    }
    let mut all: Vec<Advice> =
        looks.iter().map(|((control, lang), looks)| one(library, control, lang, looks)).collect();
    all.sort_by_key(|a| (a.advice.is_empty(), a.control.clone(), a.lang.clone()));
    all
}

fn one(library: &Library, control: &str, lang: &str, looks: &Looks) -> Advice {
    let found = looks.by_way.values().sum();
    let missed = looks.by_fault.values().sum();
    let mut out = Advice {
        file: String::new(),
        control: control.to_owned(),
        lang: lang.to_owned(),
        found: (found, missed),
        seen: Vec::new(),
        advice: Vec::new(),
    };
    let page = control.split_once('.').map_or(control, |(page, _)| page);
    let name = Reference::parse(control).map_or("", |r| r.control);
    let loaded = library.pages.get(page);
    let Some((loaded, part)) = loaded.and_then(|l| Some((l, l.file.controls.get(name)?))) else {
        out.advice.push("No portal file has this control any more: nothing to do.".to_owned());
        return out;
    };
    out.file.clone_from(&loaded.source.file);
    ways(part, looks, &mut out);
    faults(part, lang, looks, &mut out);
    builds(looks, &mut out);
    out.seen.push(format!("Last seen {}.", looks.last));
    out
}

/// A way that found nothing although it was tried, and a later one that did.
fn ways(part: &ControlPart, looks: &Looks, out: &mut Advice) {
    // A table cell is looked for once per known heading; its numbers are not those of the file.
    let is_cell = part.locators.iter().any(|l| l.by == By::Cell);
    let named = |n: u32| {
        let at = usize::try_from(n).ok().and_then(|n| part.locators.get(n));
        at.or(part.locators.last()).map_or_else(String::new, way)
    };
    for (number, times) in &looks.by_way {
        out.seen.push(format!(
            "Way {} ({}) found it {times} times.",
            number.saturating_add(1),
            named(*number)
        ));
    }
    let (Some(first), false) = (looks.by_way.keys().next().copied().filter(|n| *n > 0), is_cell) else {
        return;
    };
    let tried: u32 = looks.by_way.values().sum();
    if tried < ENOUGH {
        return;
    }
    out.advice.push(format!("Move way {} ({}) to the front.", first.saturating_add(1), named(first)));
    for dead in 0..first {
        out.advice.push(format!(
            "Way {} ({}) found nothing in {tried} looks: correct it, or drop it if other languages do not need it.",
            dead.saturating_add(1),
            named(dead)
        ));
    }
}

fn faults(part: &ControlPart, lang: &str, looks: &Looks, out: &mut Advice) {
    let short = lang.split(['-', '_', '.']).next().unwrap_or_default();
    for (fault, times) in &looks.by_fault {
        let times = *times;
        let (seen, advice) = match fault.as_str() {
            "several" => (
                format!("Its words were on the page more than once {times} times."),
                "Say what it is inside of (`within`), or what must be beside it (`beside`).".to_owned(),
            ),
            "hidden" => (
                format!("It was there but hidden {times} times."),
                "Add a step that opens what hides it, or a better way that tells it from a hidden copy."
                    .to_owned(),
            ),
            "page" => (
                format!("It was found {times} times while nothing said that its page is shown."),
                "Add the page's address as it is now to `route`, or its heading as control `heading`."
                    .to_owned(),
            ),
            _ if !part.label.is_empty()
                && !part.label.contains_key(short)
                && !part.label.contains_key("*") =>
            {
                (
                    format!("It was not found {times} times."),
                    format!("It has no label in `{short}`: add `label.{short}` with `label-source.{short}`."),
                )
            }
            _ => (
                format!("It was not found {times} times."),
                format!(
                    "No way finds it in `{short}`: put today's label first, and keep the older ones after it."
                ),
            ),
        };
        out.seen.push(seen);
        if times >= ENOUGH {
            out.advice.push(advice);
        }
    }
}

/// One build finds what the other does not.
fn builds(looks: &Looks, out: &mut Advice) {
    let works = looks.builds.iter().find(|(_, (found, _))| *found > 0);
    let fails = looks.builds.iter().find(|(_, (found, missed))| *found == 0 && *missed >= ENOUGH);
    if let (Some((works, _)), Some((fails, _))) = (works, fails) {
        out.advice.push(format!(
            "Only the build `{works}` finds it, `{fails}` does not: this is a defect of Handrail; report it."
        ));
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test stops at the first thing that is wrong"
    )]

    use std::path::Path;

    use super::*;
    use crate::health::{HealthLine, Look};

    fn line(control: &str, lang: &str, locator: Option<u32>, fault: &str, times: u32) -> HealthLine {
        HealthLine {
            control: control.into(),
            lang: lang.into(),
            build: "wasm".into(),
            locator,
            fault: fault.into(),
            times,
            last: "2026-11-22".into(),
            look: Look::default(),
        }
    }

    fn advised(lines: Vec<Vec<HealthLine>>) -> Vec<Advice> {
        let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        let files: Vec<HealthFile> =
            lines.into_iter().map(|lines| HealthFile { format: 1, version: String::new(), lines }).collect();
        advise(&library, &files)
    }

    #[test]
    fn what_works_needs_no_advice() {
        let all = advised(vec![vec![line("register-application.register", "en", Some(0), "", 9)]]);
        assert_eq!((all[0].found, all[0].advice.len()), ((9, 0), 0));
    }

    #[test]
    fn a_later_way_that_works_moves_up_when_several_files_agree() {
        let once = || vec![line("register-application.register", "en", Some(1), "", 2)];
        assert_eq!(advised(vec![once()])[0].advice.len(), 0, "two looks say nothing");
        let all = advised(vec![once(), once()]);
        assert!(all[0].advice[0].starts_with("Move way 2 (attribute)"), "{all:?}");
        assert!(all[0].advice[1].contains("Way 1 (role button) found nothing in 4 looks"), "{all:?}");
        assert_eq!(all[0].file, "portal/register-application.toml");
    }

    #[test]
    fn a_language_without_a_label_is_named() {
        let all = advised(vec![vec![
            line("register-application.register", "sv", None, "absent", 4),
            line("register-application.register", "de-DE", None, "absent", 4),
        ]]);
        assert!(all.iter().any(|a| a.advice[0].contains("add `label.sv`")), "{all:?}");
        assert!(all.iter().any(|a| a.advice[0].contains("today's label first")), "{all:?}");
    }

    #[test]
    fn faults_lead_to_their_own_advice_and_what_needs_some_comes_first() {
        let all = advised(vec![vec![
            line("add-client-secret.add", "en", Some(0), "", 5),
            line("api-permissions.consent-yes", "en", None, "several", 3),
            line("certificates-secrets.secret-value[x]", "en", Some(3), "", 9),
            line("gone.away", "en", Some(0), "", 1),
            line("register-application.name", "en", None, "page", 3),
        ]]);
        let of = |control: &str| all.iter().find(|a| a.control == control).unwrap();
        assert!(of("api-permissions.consent-yes").advice[0].contains("`within`"));
        assert!(of("register-application.name").advice[0].contains("`route`"));
        assert!(of("gone.away").advice[0].contains("any more"));
        assert!(of("certificates-secrets.secret-value").advice.is_empty(), "headings are no order");
        assert!(all.last().unwrap().advice.is_empty());
    }

    #[test]
    fn a_build_that_alone_finds_it_is_a_defect() {
        let mut lowered = line("add-client-secret.add", "en", None, "absent", 3);
        lowered.build = "lowered".into();
        let all = advised(vec![vec![line("add-client-secret.add", "en", Some(0), "", 5), lowered]]);
        assert!(all[0].advice.iter().any(|a| a.contains("`lowered` does not")), "{all:?}");
    }
}
