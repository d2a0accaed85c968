//! What is looked at in recipes, portal pages and the permission catalogue.

use std::collections::BTreeSet;

use super::super::compile::{Options, compile_with};
use super::super::finding::Finding;
use super::super::library::Library;
use super::super::model::{Mode, PageFile};
use super::super::source::Source;
use super::super::text::is_guid;
use super::super::variants::{CONSENTED, CREDENTIALS, LINKED};
use crate::pasted::PARSERS;
use crate::plan::PORTALS;

pub(crate) fn lint(library: &Library) -> Vec<Finding> {
    let mut findings = Vec::new();
    pages(library, &mut findings);
    catalogue(library, &mut findings);
    parsers(library, &mut findings);
    traps(library, &mut findings);
    unused(library, &mut findings);
    findings
}

fn pages(library: &Library, findings: &mut Vec<Finding>) {
    for loaded in library.pages.values() {
        let (source, page) = (&loaded.source, &loaded.file);
        live(source, page, findings);
        for name in &page.recognise {
            if page.controls.get(name).is_none_or(|control| control.param.is_some()) {
                findings.push(source.error(
                    &["recognise"],
                    "recognise",
                    format!("`{name}` is no control of this page without a parameter"),
                    "Name controls of the same page that have no parameter.",
                ));
            }
        }
        let is_portal = |key: &str| PORTALS.iter().any(|(known, ..)| *known == key);
        for route in page.routes.iter().filter(|route| !is_portal(&route.portal)) {
            findings.push(source.error(
                &["route"],
                "unknown-portal",
                format!("`{}` is no portal", route.portal),
                format!("Write one of: {}.", PORTALS.map(|(key, ..)| key).join(", ")),
            ));
        }
        for (name, control) in &page.controls {
            if control.locators.is_empty() {
                findings.push(source.error(
                    &["controls", name],
                    "no-locator",
                    format!("`{name}` cannot be found: it has no locator"),
                    "Add at least one way to find it.",
                ));
            }
            for language in control.label.keys().filter(|language| !["en", "*"].contains(&language.as_str()))
            {
                if !control.label_source.contains_key(language) {
                    findings.push(source.error(&["controls", name, "label", language], "label-source",
                        format!("the {language} label of `{name}` has no source"),
                        format!("Add label-source.{language}, or leave the label away: a guessed label finds the wrong thing.")));
                }
            }
        }
    }
}

/// `never`, or a date and a language.
fn live(source: &Source, page: &PageFile, findings: &mut Vec<Finding>) {
    let seen = page.confirmed_live.as_str();
    let dated = seen.split_once(' ').is_some_and(|(date, language)| {
        date.len() == 10
            && date.chars().all(|c| c.is_ascii_digit() || c == '-')
            && (2..=5).contains(&language.len())
    });
    if seen != "never" && !dated {
        findings.push(source.error(
            &["confirmed-live"],
            "confirmed-live",
            format!("`{seen}` is neither `never` nor a date and a language"),
            "Write it like `2026-11-21 en`.",
        ));
    }
}

fn catalogue(library: &Library, findings: &mut Vec<Finding>) {
    for loaded in library.resources.values() {
        let source = &loaded.source;
        let mut names = BTreeSet::new();
        if !is_guid(&loaded.file.app_id) {
            findings.push(source.error(
                &["app-id"],
                "guid",
                "the application ID is no GUID",
                "Copy it from its source.",
            ));
        }
        for (n, row) in loaded.file.permissions.iter().enumerate() {
            let n = n.to_string();
            if !names.insert(&row.name) {
                findings.push(source.error(
                    &["permission", &n],
                    "twice",
                    format!("`{}` is listed twice", row.name),
                    "Keep one row.",
                ));
            }
            for (key, id) in [("application", &row.application), ("delegated", &row.delegated)] {
                if id.as_deref().is_some_and(|id| !is_guid(id)) {
                    findings.push(source.error(
                        &["permission", &n, key],
                        "guid",
                        format!("the id of `{}` is no GUID", row.name),
                        "Copy it from its source.",
                    ));
                }
            }
            if row.application.is_none() && row.delegated.is_none() {
                findings.push(source.error(
                    &["permission", &n],
                    "no-id",
                    format!("`{}` has no id of either kind", row.name),
                    "Add `application` or `delegated`, or drop the row: ids are never guessed.",
                ));
            }
        }
    }
}

/// Pasted outputs that nothing would read.
fn parsers(library: &Library, findings: &mut Vec<Finding>) {
    for loaded in library.recipes.values() {
        for (n, value) in loaded.file.values.iter().enumerate() {
            let Some(parser) = &value.parser else { continue };
            if !PARSERS.iter().any(|(known, _)| known == parser) {
                findings.push(loaded.source.error(
                    &["value", &n.to_string(), "parser"],
                    "unknown-parser",
                    format!("there is no parser `{parser}`"),
                    format!("Name one of: {}.", PARSERS.map(|(name, _)| name).join(", ")),
                ));
            }
        }
    }
}

/// Traps of one name, those that catch nothing, and decisions that name a procedure which no recipe carries out.
fn traps(library: &Library, findings: &mut Vec<Finding>) {
    let mut ids = BTreeSet::new();
    for loaded in library.traps.values() {
        for (n, trap) in loaded.file.traps.iter().enumerate() {
            let n = n.to_string();
            let mut error = |key: &str, code, what: String, next: &str| {
                findings.push(loaded.source.error(&["trap", &n, key], code, what, next));
            };
            if !ids.insert(&trap.id) {
                error("id", "twice", format!("`{}` is there twice", trap.id), "Give one of them another id.");
            }
            for text in trap.any.iter().filter(|text| !trap.catches(text)) {
                let what = format!("`{}` does not catch its own “{text}”", trap.id);
                error("unless", "dead-trap", what, "Take it out of `any`, or make `unless` narrower.");
            }
            let procedure = trap.decision.as_ref().and_then(|decision| decision.procedure.as_ref());
            let achieved = |part: String| library.recipes.values().any(|r| r.file.achieves == part);
            if let Some(name) = procedure.filter(|name| !achieved(format!("procedure.{name}"))) {
                let what = format!("no recipe achieves `procedure.{name}`");
                error(
                    "decision",
                    "no-recipe",
                    what,
                    "Use the name of a procedure that a file in recipes/ achieves.",
                );
            }
        }
    }
}

/// Steps no guide reaches and controls no recipe names, unless their file says what they are kept for; and what says so
/// though it is used.
fn unused(library: &Library, findings: &mut Vec<Finding>) {
    let Some(reached) = reached(library) else { return };
    for (id, loaded) in &library.recipes {
        for (n, step) in loaded.file.steps.iter().enumerate() {
            let plain = format!("{id}.{}", step.id);
            let numbered = format!("{plain}.");
            let used = reached.iter().any(|id| *id == plain || id.starts_with(&numbered));
            let kept = loaded.file.kept_for.as_ref().or(step.kept_for.as_ref());
            if !used && kept.is_none() {
                findings.push(loaded.source.warning(
                    &["step", &n.to_string()],
                    "unreachable-step",
                    format!("no guide reaches `{plain}`"),
                    "Correct its `when`, drop it, or say in `kept-for` what it is kept for.",
                ));
            }
            if used && step.kept_for.is_some() {
                findings.push(loaded.source.warning(
                    &["step", &n.to_string(), "kept-for"],
                    "kept-for",
                    format!("`{plain}` is reached"),
                    "Drop `kept-for`.",
                ));
            }
        }
    }
    let texts = library.recipes.values().map(|loaded| loaded.source.text.as_str()).collect::<String>();
    for (id, loaded) in &library.pages {
        for (name, control) in &loaded.file.controls {
            let inside = loaded.file.controls.values().any(|c| {
                [&c.within, &c.region, &c.beside].into_iter().flatten().any(|w| w.starts_with(name.as_str()))
            });
            let full = format!("{id}.{name}");
            let opens = library.pages.values().flat_map(|page| page.file.controls.values());
            let named = opens
                .flat_map(|c| c.folded_in.iter().chain(c.locators.iter().filter_map(|l| l.among.as_ref())));
            let opens = named.into_iter().any(|other| *other == full);
            // A heading says which page is shown.
            let used = names(&texts, &full)
                || opens
                || loaded.file.recognise.contains(name)
                || inside
                || name == "heading";
            if !used && control.kept_for.is_none() {
                findings.push(loaded.source.warning(
                    &["controls", name],
                    "dead-control",
                    format!("no recipe uses `{id}.{name}`"),
                    "Use it, drop it, or say in `kept-for` what it is kept for: a control nobody uses is never noticed when it changes.",
                ));
            }
            if used && control.kept_for.is_some() {
                findings.push(loaded.source.warning(
                    &["controls", name, "kept-for"],
                    "kept-for",
                    format!("`{id}.{name}` is used"),
                    "Drop `kept-for`.",
                ));
            }
        }
    }
}

/// Ids of the steps of every plan; nothing when a guide does not compile.
fn reached(library: &Library) -> Option<BTreeSet<String>> {
    let mut reached = BTreeSet::new();
    for id in library.guides.keys() {
        for mode in Mode::ALL {
            for credential in CREDENTIALS.into_iter().chain([LINKED, CONSENTED]) {
                let options = Options { mode, credential: Some(credential) };
                let plan = compile_with(library, id, options).ok()?;
                reached.extend(plan.steps.into_iter().map(|step| step.id));
            }
        }
    }
    Some(reached)
}

/// Whether a text names this id, and not one that only begins like it.
fn names(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let next = text.get(at + id.len()..).and_then(|rest| rest.chars().next());
        next.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-')
    })
}
