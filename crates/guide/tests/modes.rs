//! Every guide, ours and ones for vendors nobody has seen, in every way it can be walked: it compiles, and the plan makes
//! sense for what it is for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::Path;

use handrail_guide::load::model::Mode;
use handrail_guide::load::{Library, Options, compile_with, lint_guide, variants};
use handrail_guide::plan::{Action, PermissionKind, Plan};
use handrail_guide::render::output;

/// Guides from GUIDES.md alone, one of each family and credential.
const STRANGERS: &[(&str, &str)] = &[
    ("posture", include_str!("strangers/posture.toml")),
    ("backup", include_str!("strangers/backup.toml")),
    ("phish", include_str!("strangers/phish.toml")),
    ("collector", include_str!("strangers/collector.toml")),
    ("rooms", include_str!("strangers/rooms.toml")),
    ("helpdesk", include_str!("strangers/helpdesk.toml")),
    ("archive", include_str!("strangers/archive.toml")),
];

fn library() -> Library {
    let mut library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    for (id, text) in STRANGERS {
        library.add_guide(id, &format!("guides/{id}.toml"), (*text).to_owned()).unwrap();
    }
    library
}

fn has(plan: &Plan, recipe: &str) -> bool {
    plan.steps.iter().any(|step| step.id.starts_with(&format!("{recipe}.")))
}

fn before(plan: &Plan, first: &str, second: &str) -> bool {
    let at = |recipe: &str| plan.steps.iter().position(|s| s.id.starts_with(&format!("{recipe}.")));
    at(first).unwrap() < at(second).unwrap()
}

#[test]
fn guides_for_vendors_nobody_has_seen_lint_clean() {
    let library = library();
    for (id, _) in STRANGERS {
        let findings = lint_guide(&library, id);
        let said =
            findings.iter().filter(|f| f.code != "tier-0").map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(said, Vec::<String>::new(), "{id}");
    }
}

#[test]
fn every_guide_makes_sense_in_every_way_it_can_be_walked() {
    let library = library();
    let mut walked = 0;
    for id in library.guides.keys() {
        let guide = &library.guides[id].file;
        for variant in variants(&library, id) {
            walked += 1;
            let plan = compile_with(&library, id, variant.options())
                .unwrap_or_else(|findings| panic!("{}: {findings:?}", variant.key));
            let way = &variant.key;
            assert!(
                has(&plan, "start") && plan.steps[0].id.starts_with("start."),
                "{way}: the directory first"
            );
            makes_sense(way, &plan, variant.mode, guide.app.is_some());
            let told = serde_json::to_string(&plan).unwrap();
            assert_eq!(handrail_json::to_string(&plan), told, "{way}: what serde writes");
            assert_eq!(handrail_json::from_str(&told).as_ref(), Ok(&plan), "{way}: what serde reads");
            assert!(!told.contains("${"), "{way}: something was not filled in");
            // What is chosen against the advice is taken back in the same plan.
            for step in plan.steps.iter().filter(|s| s.id.starts_with("unsafe.decide")) {
                let choice = step.choice.as_ref().unwrap();
                let undo = plan.steps.iter().rposition(|s| s.undoes.as_ref() == Some(&choice.id));
                let made = plan
                    .steps
                    .iter()
                    .rposition(|s| s.if_chosen.as_ref() == Some(&choice.id) && s.undoes.is_none());
                assert!(undo.is_some() && undo > made, "{way}: {} is never taken back", choice.id);
            }
            // A script that sets up is never taken for one that renews or removes.
            let sets_up = matches!(variant.mode, Mode::Run | Mode::Adopt);
            let (app, audit) = (plan.app.is_some(), plan.value("audit-logging").is_some());
            for (script, can) in [("az", app), ("powershell", app || audit), ("consent-url", app)] {
                let rendered = (output(script).unwrap().render)(&plan).is_some();
                assert_eq!(rendered, sets_up && can, "{way}: {script}");
            }
            // Nobody's word is asked for what a page shows, and everything that is pointed at is known.
            for step in &plan.steps {
                let points =
                    matches!(step.action, Action::Press | Action::Type | Action::Choose | Action::Tick);
                assert!(
                    !points || step.page.is_some() || !step.collects.is_empty(),
                    "{way}: {} points at no page",
                    step.id
                );
            }
        }
    }
    assert!(walked >= 40, "{walked} ways");
}

fn makes_sense(way: &str, plan: &Plan, mode: Mode, own_app: bool) {
    let secret = plan.values.iter().any(|v| v.id == "client-secret");
    match mode {
        Mode::Run if own_app => {
            assert!(has(plan, "register-app") && !has(plan, "find-app"), "{way}");
            assert!(!secret || before(plan, "client-secret", "check"), "{way}: made, then checked");
            assert!(!has(plan, "delete-old-secret") && !has(plan, "remove-app"), "{way}: takes nothing away");
        }
        Mode::Adopt => {
            assert!(has(plan, "find-app") && !has(plan, "register-app"), "{way}: what is there is found");
        }
        Mode::Renew => {
            let kind = plan.credential.as_ref().unwrap().kind.clone();
            let (make, old, delete) = match kind.as_str() {
                "secret" => ("client-secret", "old-secret", "delete-old-secret"),
                _ => ("client-certificate", "old-certificate", "delete-old-certificate"),
            };
            assert!(
                before(plan, "find-app", old) && before(plan, old, make),
                "{way}: found, noted, then made"
            );
            assert!(before(plan, make, delete), "{way}: the old one goes last");
            let last = plan.steps.last().unwrap();
            assert!(last.id.ends_with(".prove"), "{way} ends with the proof, not with {}", last.id);
            let acknowledged = plan.steps.iter().position(|s| s.id.ends_with(".acknowledged")).unwrap();
            let deleted = plan.steps.iter().position(|s| s.id == format!("{delete}.delete")).unwrap();
            let over = plan.steps.iter().position(|s| s.action == Action::HandOver);
            assert!(over.is_none_or(|over| over < acknowledged) && acknowledged < deleted, "{way}");
            assert!(
                !has(plan, "permissions") && !has(plan, "register-app"),
                "{way}: nothing else is changed"
            );
        }
        Mode::Remove => {
            assert!(plan.values.iter().all(|v| !v.handed_over), "{way}: nothing is handed over");
            assert!(has(plan, if own_app { "remove-app" } else { "remove-consent" }), "{way}");
            assert!(!has(plan, "client-secret") && !has(plan, "check"), "{way}: nothing is made");
        }
        Mode::Run => assert!(!has(plan, "register-app") && !has(plan, "client-secret"), "{way}"),
    }
}

#[test]
fn manifest_and_scripts_of_every_guide_name_the_catalogues_ids_and_types() {
    let library = library();
    let mut rows = 0;
    for (id, guide) in library.guides.iter().filter(|(_, guide)| guide.file.app.is_some()) {
        let plan = compile_with(&library, id, Options::default()).unwrap();
        let text = |name: &str| (output(name).unwrap().render)(&plan).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text("manifest")).unwrap();
        let manifest = manifest["requiredResourceAccess"].clone();
        let (az, powershell) = (text("az"), text("powershell"));
        for part in &guide.file.permissions {
            let resource = &library.resources[&part.resource].file;
            let row = resource.permissions.iter().find(|row| row.name == part.name).unwrap();
            let (wanted, kind) = match part.kind {
                PermissionKind::Application => (row.application.as_ref().unwrap(), "Role"),
                PermissionKind::Delegated => (row.delegated.as_ref().unwrap(), "Scope"),
            };
            let access =
                manifest.as_array().unwrap().iter().find(|a| a["resourceAppId"] == resource.app_id.as_str());
            let access = access.unwrap_or_else(|| panic!("{id}: no {} in the manifest", resource.name));
            let there = access["resourceAccess"].as_array().unwrap().iter();
            assert!(
                there.clone().any(|a| a["id"] == wanted.as_str() && a["type"] == kind),
                "{id}: {}",
                part.name
            );
            let in_az = format!("{} {wanted} {kind} {}", resource.app_id, part.name);
            assert!(az.contains(&in_az), "{id}: az, {}", part.name);
            let in_powershell = format!("Resource = '{}'; Id = '{wanted}'; Type = '{kind}'", resource.app_id);
            assert!(powershell.contains(&in_powershell), "{id}: PowerShell, {}", part.name);
            rows += 1;
        }
    }
    assert!(rows > 20, "{rows}");
}
