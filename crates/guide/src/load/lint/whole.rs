//! What only shows when the parts of a guide are held against each other, and what was left open in it.

use std::collections::BTreeSet;

use super::super::finding::Finding;
use super::super::library::Loaded;
use super::super::model::GuideFile;
use super::super::text::is_guid;

type Guide = Loaded<GuideFile>;

pub(crate) fn lint(guide: &Guide) -> Vec<Finding> {
    let mut findings = Vec::new();
    family(guide, &mut findings);
    twice(guide, &mut findings);
    file(guide, &mut findings);
    server(guide, &mut findings);
    open_ends(guide, &mut findings);
    findings
}

/// A guide is about an app of the customer's, or the vendor's, or something else that is to be done.
fn family(guide: &Guide, findings: &mut Vec<Finding>) {
    let file = &guide.file;
    if file.app.is_some() && file.consent.is_some() {
        findings.push(guide.source.error(
            &["consent"],
            "two-families",
            "the guide registers an app and consents to the vendor's own",
            "Keep [app] or [consent]; write two guides where a vendor really needs both.",
        ));
    }
    let nothing = file.settings.is_empty()
        && file.vendor_steps.is_empty()
        && file.questions.is_empty()
        && file.optionals.is_empty()
        && file.unsafes.is_empty();
    if file.app.is_none() && file.consent.is_none() && nothing {
        findings.push(guide.source.error(
            &[],
            "nothing-to-do",
            "the guide says nothing that has to be true at its end",
            "Add [app], [consent] or a [setting.NAME]; GUIDES.md shows each.",
        ));
    }
    if file.app.is_none() {
        let lone = [
            (
                file.credential.is_some(),
                "credential",
                "A credential belongs to an [app]: add it, or drop the credential.",
            ),
            (
                file.consent.is_none() && !file.permissions.is_empty(),
                "permission",
                "Permissions belong to an [app], or to the vendor's own under [consent].",
            ),
        ];
        for (_, key, next) in lone.into_iter().filter(|(there, _, _)| *there) {
            findings.push(guide.source.error(
                &[key],
                "no-app",
                format!("`{key}` is there, and no app that it belongs to"),
                next,
            ));
        }
    }
    if let Some(id) = file.consent.as_ref().and_then(|c| c.app_id.as_deref()).filter(|id| !is_guid(id)) {
        findings.push(guide.source.error(
            &["consent", "app-id"],
            "guid",
            format!("`{id}` is no GUID"),
            "Copy the application ID of the vendor's app from the vendor, or leave the line away.",
        ));
    }
    if file.consent.as_ref().is_some_and(|c| c.names.iter().all(|name| name.trim().is_empty())) {
        findings.push(guide.source.error(
            &["consent", "names"],
            "no-name",
            "the vendor's app has no name by which it is found again",
            "Write the names under which it may appear in Enterprise apps.",
        ));
    }
}

/// The same thing said twice.
fn twice(guide: &Guide, findings: &mut Vec<Finding>) {
    let file = &guide.file;
    let permission =
        |p: &super::super::model::PermissionPart| format!("{}/{} ({:?})", p.resource, p.name, p.kind);
    let lists: [(&str, Vec<String>); 4] = [
        ("permission", file.permissions.iter().map(permission).collect()),
        ("value", file.values.iter().map(|v| v.id.clone()).collect()),
        ("optional", file.optionals.iter().map(|o| o.id.clone()).collect()),
        ("unsafe", file.unsafes.iter().map(|u| u.id.clone()).collect()),
    ];
    for (key, names) in lists {
        let mut seen = BTreeSet::new();
        for (n, name) in names.into_iter().enumerate() {
            if !seen.insert(name.clone()) {
                findings.push(guide.source.error(
                    &[key, &n.to_string()],
                    "twice",
                    format!("[[{key}]] `{name}` is there twice"),
                    "Keep one of them.",
                ));
            }
        }
    }
}

/// What is handed over has to stand in the file that hands it over.
fn file(guide: &Guide, findings: &mut Vec<Finding>) {
    let Some(text) = guide.file.hand_over.as_ref().and_then(|part| part.text.as_ref()) else { return };
    for (n, value) in guide.file.values.iter().enumerate() {
        if !text.contains(&format!("{{{}}}", value.id)) {
            findings.push(guide.source.warning(
                &["value", &n.to_string(), "id"],
                "not-in-file",
                format!("`{}` is handed over, and the file's text does not hold it", value.id),
                format!("Put `{{{}}}` into the text of [hand-over], or drop the value.", value.id),
            ));
        }
    }
}

/// `{server}` and the question for it belong together.
fn server(guide: &Guide, findings: &mut Vec<Finding>) {
    let Some(app) = &guide.file.app else { return };
    let named = app.redirect_uris.iter().position(|uri| uri.contains("{server}"));
    match (named, &app.server) {
        (Some(n), None) => findings.push(guide.source.error(
            &["app", "redirect-uris", &n.to_string()],
            "no-server",
            "`{server}` stands in a redirect URI, and nobody is asked for it",
            "Say in `server` what to ask for, e.g. server = \"the name of the server it runs on\".",
        )),
        (None, Some(_)) => findings.push(guide.source.warning(
            &["app", "server"],
            "no-server",
            "a server's name is asked for, and no redirect URI holds `{server}`",
            "Use `{server}` in `redirect-uris`, or drop the line.",
        )),
        _ => {}
    }
}

/// What a draft left to a person.
fn open_ends(guide: &Guide, findings: &mut Vec<Finding>) {
    for (n, line) in guide.source.text.lines().enumerate() {
        let said = line.split('#').next().unwrap_or_default();
        if said.contains("TODO") {
            let finding = guide.source.error(
                &[],
                "todo",
                "something is still to be written here",
                "Write it, or take the line out if it does not apply.",
            );
            findings.push(Finding { line: u32::try_from(n + 1).unwrap_or(0), ..finding });
        }
    }
}
