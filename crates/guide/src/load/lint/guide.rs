//! What is looked at in a guide beyond what the compiler needs.

use std::collections::BTreeSet;

use super::super::coverage::{Fate, fates_of};
use super::super::finding::Finding;
use super::super::library::{Library, Loaded};
use super::super::model::{Danger, GuideFile, Trap, TrapKind};
use super::super::text::guids;
use crate::plan::{Credential, PermissionKind};

/// Microsoft recommends less than twelve months.
const MOST_SECRET_DAYS: u32 = 365;
/// A reason of fewer characters says nothing to the person who has to approve it.
const SHORTEST_REASON: usize = 12;

type Guide = Loaded<GuideFile>;

pub(crate) fn lint(library: &Library, guide: &Guide) -> Vec<Finding> {
    let mut findings = Vec::new();
    vendor(guide, &mut findings);
    reasons(library, guide, &mut findings);
    credential(guide, &mut findings);
    refused_secret(library, guide, &mut findings);
    redirects(guide, &mut findings);
    withheld(library, guide, &mut findings);
    hand_over(guide, &mut findings);
    invented_guids(library, guide, &mut findings);
    advice(library, guide, &mut findings);
    statements(library, guide, &mut findings);
    findings
}

fn vendor(guide: &Guide, findings: &mut Vec<Finding>) {
    let vendor = &guide.file.vendor;
    if vendor.domains.is_empty() {
        findings.push(guide.source.error(
            &["vendor", "domains"],
            "no-domain",
            "no domain may send links for this guide",
            "Name the vendor's domain: a stranger's link to this guide is told by it.",
        ));
    }
    for domain in &vendor.domains {
        let host = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if !domain.contains('.') || !domain.chars().all(host) {
            findings.push(guide.source.error(
                &["vendor", "domains"],
                "no-domain",
                format!("`{domain}` is no domain name"),
                "Write it in lower case without https:// and without a path, e.g. example.com.",
            ));
        }
    }
}

fn reasons(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    for (n, part) in guide.file.permissions.iter().enumerate() {
        let n = n.to_string();
        if part.why.trim().len() < SHORTEST_REASON || only_names(&part.why, &part.name) {
            findings.push(guide.source.error(
                &["permission", &n, "why"],
                "missing-why",
                format!("`{}` has no reason anybody could judge", part.name),
                "Say what the vendor does with it; it stands on the approval sheet.",
            ));
        }
        let row = library
            .resources
            .get(&part.resource)
            .and_then(|r| r.file.permissions.iter().find(|row| row.name == part.name));
        if row.is_some_and(|row| row.danger == Danger::TierZero) {
            findings.push(guide.source.warning(&["permission", &n, "name"], "tier-0", format!("with `{}` the whole tenant can be taken over", part.name),
                "Ask the vendor for a smaller permission. If there is none, the approval sheet marks it as tier-0."));
        }
    }
    for (name, part) in &guide.file.settings {
        if part.why.trim().len() < SHORTEST_REASON {
            findings.push(guide.source.error(
                &["setting", name, "why"],
                "missing-why",
                format!("setting `{name}` has no reason"),
                "Say why the vendor needs it.",
            ));
        }
    }
}

/// Whether a reason says the permission's own name and nothing else.
fn only_names(why: &str, name: &str) -> bool {
    let rest = why.replace(name, "");
    rest.len() < why.len() && rest.trim().len() < SHORTEST_REASON
}

fn credential(guide: &Guide, findings: &mut Vec<Finding>) {
    let file = &guide.file;
    let Some(secret) = file.credential.as_ref().and_then(|c| c.secret.as_ref()) else { return };
    let path = ["credential", "secret", "days"];
    let recommended = Credential::RECOMMENDED_DAYS;
    if secret.days > Credential::MAX_DAYS {
        findings.push(guide.source.error(
            &path,
            "secret-life",
            format!("{} days: Microsoft allows {} at most", secret.days, Credential::MAX_DAYS),
            format!("Write {recommended}, which Microsoft marks as recommended, or less than 365."),
        ));
    } else if secret.days > MOST_SECRET_DAYS {
        findings.push(guide.source.warning(
            &path,
            "secret-life",
            format!("{} days: Microsoft recommends less than 12 months", secret.days),
            format!("Write {recommended} unless the vendor cannot renew in time."),
        ));
    }
    if !file.values.iter().any(|value| value.id == "client-secret") {
        findings.push(guide.source.error(
            &["credential", "secret"],
            "secret-unused",
            "a secret is made, but it is not among the values handed over",
            "Add a [[value]] with id = \"client-secret\", or drop the secret.",
        ));
    }
}

/// What a credential is worth nothing without, and is not handed over.
fn withheld(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    let file = &guide.file;
    let collected = library.recipes.values().flat_map(|recipe| &recipe.file.values);
    let collected = collected.map(|value| value.id.as_str()).collect::<BTreeSet<_>>();
    // A misspelt one is told of elsewhere, and may be what is missing.
    let misspelt = file.values.iter().any(|value| !collected.contains(value.id.as_str()));
    if file.credential.is_none() || file.values.is_empty() || misspelt {
        return;
    }
    let hands = |id: &str| file.values.iter().any(|value| value.id == id);
    let needed =
        [("client-id", hands("client-id")), ("tenant-id", hands("tenant-id") || hands("tenant-domain"))];
    for (id, _) in needed.into_iter().filter(|(_, handed)| !handed) {
        findings.push(guide.source.warning(
            &["value"],
            "withheld-value",
            format!("`{id}` is not among the values handed over, and nobody signs in without it"),
            format!("Add a [[value]] with id = \"{id}\", unless the vendor has it from elsewhere."),
        ));
    }
}

/// A resource that takes certificates only, asked for by an app that gets a secret.
fn refused_secret(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    let file = &guide.file;
    if !file.credential.as_ref().is_some_and(|credential| credential.accepts("secret")) {
        return;
    }
    for (n, part) in file.permissions.iter().enumerate() {
        let resource = library.resources.get(&part.resource);
        let Some(why) = resource.and_then(|resource| resource.file.no_secret.as_ref()) else { continue };
        if part.kind == PermissionKind::Application {
            findings.push(guide.source.warning(
                &["permission", &n.to_string(), "resource"],
                "secret-refused",
                format!("`{}` will not work with a secret: {why}", part.name),
                "Ask the vendor for [credential.certificate] or [credential.federated], or for the same permission of Microsoft Graph.",
            ));
        }
    }
}

fn redirects(guide: &Guide, findings: &mut Vec<Finding>) {
    let uris = guide.file.app.iter().flat_map(|app| &app.redirect_uris);
    for (n, uri) in uris.enumerate() {
        let local = uri.starts_with("http://localhost") || uri.starts_with("http://127.0.0.1");
        if !uri.starts_with("https://") && !local {
            findings.push(guide.source.error(
                &["app", "redirect-uris", &n.to_string()],
                "redirect-uri",
                format!("`{uri}` is not accepted by Microsoft"),
                "It must begin with https://; http:// is for localhost only.",
            ));
        }
    }
}

fn hand_over(guide: &Guide, findings: &mut Vec<Finding>) {
    let Some(part) = &guide.file.hand_over else { return };
    if part.by == "file" && (part.file.is_none() || part.text.is_none()) {
        findings.push(guide.source.error(
            &["hand-over", "by"],
            "hand-over-file",
            "a file is handed over, but its name or its text is missing",
            "Add `file` and `text` to [hand-over]; `{value-id}` stands for a value.",
        ));
    }
    let ids = guide.file.values.iter().map(|value| value.id.as_str()).collect::<BTreeSet<_>>();
    for (key, text) in [("text", &part.text), ("notice", &part.notice)] {
        for name in text.iter().flat_map(|text| placeholders(text)) {
            if !ids.contains(name) {
                findings.push(guide.source.error(
                    &["hand-over", key],
                    "unknown-value",
                    format!("`{{{name}}}` is no value of this guide"),
                    "Name one of the guide's [[value]] ids.",
                ));
            }
        }
    }
    if part.notice.as_deref().is_some_and(|text| placeholders(text).any(|name| name == "client-secret")) {
        findings.push(guide.source.error(
            &["hand-over", "notice"],
            "secret-in-notice",
            "the notice would carry the secret",
            "Take {client-secret} out: the notice goes by mail, the secret does not.",
        ));
    }
}

/// Names in single braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

fn invented_guids(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    let known = library
        .resources
        .values()
        .flat_map(|resource| {
            let rows = resource.file.permissions.iter();
            let ids = rows.flat_map(|row| row.application.iter().chain(&row.delegated));
            ids.chain([&resource.file.app_id])
        })
        .map(|id| id.to_ascii_lowercase())
        .collect::<BTreeSet<_>>();
    let own = guide.file.consent.as_ref().and_then(|c| c.app_id.as_deref()).map(str::to_ascii_lowercase);
    for (n, line) in guide.source.text.lines().enumerate() {
        // A remark may name what a document holds.
        let said = line.split('#').next().unwrap_or_default();
        for id in guids(said).map(str::to_ascii_lowercase) {
            if !known.contains(&id) && own.as_ref() != Some(&id) {
                let finding = guide.source.error(&[], "unknown-guid", format!("`{id}` is in no catalogue"),
                    "Name permissions and resources by name; the catalogue knows their GUIDs. Never type one by hand.");
                findings.push(Finding { line: u32::try_from(n + 1).unwrap_or(0), ..finding });
            }
        }
    }
}

/// Texts the admin would follow: no dangerous advice, no dead way, no outdated name.
fn advice(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    let traps = library.traps.values().flat_map(|loaded| &loaded.file.traps).collect::<Vec<_>>();
    for (path, text) in advised(&guide.file) {
        let path = path.iter().map(String::as_str).collect::<Vec<_>>();
        for trap in text.lines().flat_map(|line| traps.iter().filter(move |trap| trap.catches(line))) {
            findings.extend(caught(guide, &path, trap));
        }
    }
}

fn caught(guide: &Guide, path: &[&str], trap: &Trap) -> Option<Finding> {
    let next = format!("{} ({})", trap.today, trap.source);
    match trap.kind {
        TrapKind::Dangerous => Some(guide.source.error(path, "unsafe-advice",
            format!("this would weaken the tenant ({}); as an [[unsafe]] part it becomes a decision that defaults to no", trap.id), next)),
        TrapKind::Dead | TrapKind::Swapped => Some(guide.source.error(path, "dead-advice", format!("this is no longer so ({})", trap.id), next)),
        TrapKind::Renamed | TrapKind::Typo => Some(guide.source.warning(path, "outdated-label", format!("an outdated name ({})", trap.id), next)),
        TrapKind::Weak => None,
    }
}

/// A text of a guide, and where it stands.
type Placed<'a> = (Vec<String>, &'a str);

/// The texts of a guide that tell an admin what to do. What a document said, and what is advised against, is none of them.
fn advised(file: &GuideFile) -> Vec<Placed<'_>> {
    let at = |path: &[&str]| path.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut texts = vec![(at(&["title"]), file.title.as_str()), (at(&["purpose"]), file.purpose.as_str())];
    if let Some(part) = &file.consent {
        texts.push((at(&["consent", "start"]), &part.start));
    }
    for (n, part) in file.vendor_steps.iter().enumerate() {
        let n = n.to_string();
        let copy = part.copy.as_deref().map(|text| (at(&["vendor-step", &n, "copy"]), text));
        texts.push((at(&["vendor-step", &n, "title"]), &part.title));
        texts.push((at(&["vendor-step", &n, "text"]), &part.text));
        texts.extend(copy);
    }
    for (n, part) in file.optionals.iter().enumerate() {
        texts.push((at(&["optional", &n.to_string(), "chosen"]), &part.chosen));
    }
    for (n, part) in file.values.iter().enumerate() {
        texts.extend(part.hint.as_deref().map(|text| (at(&["value", &n.to_string(), "hint"]), text)));
    }
    for (name, part) in &file.settings {
        texts.push((at(&["setting", name, "why"]), &part.why));
    }
    for (n, part) in file.permissions.iter().enumerate() {
        texts.push((at(&["permission", &n.to_string(), "why"]), &part.why));
    }
    for (id, step) in &file.steps {
        for (key, text) in [("text", &step.text), ("why", &step.why), ("caution", &step.caution)] {
            texts.extend(text.as_deref().map(|text| (at(&["step", id, key]), text)));
        }
    }
    if let Some(part) = &file.hand_over {
        texts.push((at(&["hand-over", "to"]), &part.to));
        texts.extend(part.notice.as_deref().map(|text| (at(&["hand-over", "notice"]), text)));
    }
    for (n, part) in file.questions.iter().enumerate() {
        texts.push((at(&["question", &n.to_string(), "default"]), &part.default));
    }
    texts
}

fn statements(library: &Library, guide: &Guide, findings: &mut Vec<Finding>) {
    let Some(seed) = &guide.file.seed else { return };
    let Some(loaded) = library.seeds.get(seed) else {
        findings.push(guide.source.error(
            &["seed"],
            "unknown-seed",
            format!("there is no guides/seeds/{seed}.toml"),
            "Add the numbered statements of the document, or drop `seed`.",
        ));
        return;
    };
    let fates = fates_of(&guide.file);
    for statement in loaded.file.statements.keys() {
        let mine = fates
            .iter()
            .filter(|(named, _, _)| named == statement)
            .map(|(_, fate, _)| *fate)
            .collect::<BTreeSet<_>>();
        if mine.is_empty() {
            findings.push(guide.source.error(
                &["seed"],
                "no-fate",
                format!("statement {statement} has no fate"),
                "Name it in the part that carries it out, or in [[context]], [[superseded]] or [[unsafe]].",
            ));
        } else if mine.len() > 1 && !mine.contains(&Fate::Done) {
            findings.push(guide.source.error(
                &["seed"],
                "two-fates",
                format!("statement {statement} has two fates"),
                "Keep the one that is true.",
            ));
        }
    }
    for (statement, _, part) in &fates {
        let known = library.seeds.values().any(|seed| seed.file.statements.contains_key(statement));
        if !known {
            findings.push(guide.source.error(
                &["seed"],
                "unknown-statement",
                format!("{part} names {statement}, which is no numbered statement"),
                "Correct the number.",
            ));
        }
    }
}
