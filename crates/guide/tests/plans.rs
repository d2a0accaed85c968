//! Every guide in the folders compiles, and what must hold for every plan holds.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::collections::BTreeSet;
use std::path::Path;

use handrail_guide::load::model::Mode;
use handrail_guide::load::{
    CONSENTED, LINKED, Level, Library, Options, compile, compile_library, compile_with, coverage, linked,
    lint_all, lint_guide, variants,
};
use handrail_guide::plan::{Action, Plan};

fn plans() -> std::collections::BTreeMap<String, Plan> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Library::load(&root).and_then(|library| compile_library(&library)).unwrap_or_else(|findings| {
        let all = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        panic!("{all}")
    })
}

#[test]
fn every_guide_compiles_and_every_reference_in_its_plan_resolves() {
    for (id, plan) in plans() {
        assert_eq!(plan.guide, id);
        assert_eq!(plan.digest.len(), 64);
        for step in &plan.steps {
            assert_eq!(
                plan.steps.iter().filter(|s| s.id == step.id).count(),
                1,
                "{id}: step id {} twice",
                step.id
            );
            if let Some(target) = &step.target {
                assert!(plan.control(target).is_some(), "{id}: {} points at nothing", step.id);
            }
            for back in step.wrong.iter().filter_map(|turn| turn.back.as_ref()) {
                assert!(plan.step(back).is_some(), "{id}: {} leads back to {back}", step.id);
            }
            for value in &step.collects {
                assert!(plan.value(value).is_some(), "{id}: {} collects {value}", step.id);
            }
        }
        for (topic, step) in &plan.requirements.mend {
            assert!(plan.step(step).is_some(), "{id}: {topic} is mended by {step}");
        }
    }
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_file_lints_without_an_error() {
    let library = Library::load(&root()).unwrap();
    let errors = lint_all(&library).into_iter().filter(|f| f.level == Level::Error).collect::<Vec<_>>();
    assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_statement_of_the_documents_has_a_fate() {
    let rows = coverage(&Library::load(&root()).unwrap());
    let open =
        rows.iter().filter(|row| row.fates.is_empty()).map(|row| row.statement.as_str()).collect::<Vec<_>>();
    assert_eq!((rows.len(), open), (199, vec![]));
}

#[test]
fn nothing_waits_between_a_value_shown_once_and_the_hand_over() {
    for (id, plan) in plans() {
        let once = plan.steps.iter().position(|s| s.collects.iter().any(|v| v == "client-secret"));
        let over = plan.steps.iter().position(|s| s.action == Action::HandOver);
        let (Some(once), Some(over)) = (once, over) else { continue };
        assert!(once < over, "{id}");
        let between = plan.steps.get(once..over).unwrap_or_default();
        assert!(between.iter().all(|s| s.action != Action::Wait), "{id} waits after the secret is shown");
        assert!(
            between.iter().skip(1).all(|s| s.action == Action::Check),
            "{id}: something stands between the secret and the check"
        );
    }
}

/// A vendor nobody has seen, with what a guide of about thirty lines says.
const SIXTH: &str = r#"
title = "Contoso Watch: sign-in logs"
purpose = "Contoso Watch reads sign-in logs and warns of unusual ones."
[vendor]
name = "Contoso Watch"
domains = ["contoso-watch.example"]
[app]
name = "Contoso Watch"
accounts = "single-tenant"
[[permission]]
resource = "microsoft-graph"
name = "AuditLog.Read.All"
kind = "application"
why = "to read the sign-in logs it watches"
[credential.secret]
description = "Contoso Watch"
days = 180
[[value]]
id = "tenant-id"
[[value]]
id = "client-id"
[[value]]
id = "client-secret"
[hand-over]
by = "form"
to = "Contoso Watch: Settings > Microsoft 365"
"#;

fn lint_sixth(change: impl Fn(&str) -> String) -> Vec<(&'static str, u32)> {
    let mut library = Library::load(&root()).unwrap();
    match library.add_guide("sixth", "sixth.toml", change(SIXTH)) {
        Ok(()) => lint_guide(&library, "sixth").into_iter().map(|f| (f.code, f.line)).collect(),
        Err(finding) => vec![(finding.code, finding.line)],
    }
}

#[test]
fn a_vendor_never_seen_compiles_from_known_procedures_alone() {
    assert_eq!(lint_sixth(str::to_owned), vec![]);
    let mut library = Library::load(&root()).unwrap();
    library.add_guide("sixth", "sixth.toml", SIXTH.to_owned()).unwrap();
    let plan = compile(&library, "sixth").unwrap();
    assert_eq!(plan.sheet.permissions[0].id, "b0afded3-3588-46d8-8b3d-9842eff778da");
    assert!(plan.sheet.roles.iter().any(|need| need.role == "Privileged Role Administrator"));
    assert_eq!(plan.requirements.tokens[0].roles, ["AuditLog.Read.All"]);
}

#[test]
fn each_credential_a_vendor_accepts_makes_a_plan_of_its_own() {
    let mut library = Library::load(&root()).unwrap();
    let all = SIXTH.replace(
        "[[value]]\nid = \"tenant-id\"",
        "[credential.certificate]\ndescription = \"Watch key\"\nfrom = \"the file watch.cer\"\n\
         [credential.federated]\nname = \"watch\"\nfrom = \"the address in the vendor's link\"\n[[value]]\nid = \"tenant-id\"",
    );
    library.add_guide("sixth", "sixth.toml", all).unwrap();
    let plan = |kind: &str| {
        compile_with(&library, "sixth", Options { credential: Some(kind), ..Options::default() }).unwrap()
    };
    let has = |plan: &Plan, recipe: &str| plan.steps.iter().any(|s| s.id.starts_with(recipe));
    let (secret, certificate, federated) = (plan("secret"), plan("certificate"), plan("federated"));
    assert!(has(&secret, "client-secret.") && secret.requirements.values.contains_key("client-secret"));
    assert!(has(&certificate, "client-certificate.") && !has(&certificate, "client-secret."));
    assert!(has(&federated, "federated-credential.") && !has(&federated, "check."));
    for plan in [&certificate, &federated] {
        assert!(!plan.requirements.values.contains_key("client-secret"), "no secret exists");
        assert!(
            plan.requirements.not_checked.iter().any(|text| text.contains("pending")),
            "the proof is pending"
        );
    }
    assert_eq!(compile(&library, "sixth").unwrap().credential.unwrap().kind, "secret");
}

#[test]
fn a_link_for_a_federated_credential_has_a_plan_whatever_the_guide_takes() {
    let library = Library::load(&root()).unwrap();
    for id in library.guides.keys() {
        let ways = linked(&library, id);
        for way in ways.into_iter().filter(|way| way.credential == Some(LINKED)) {
            let plan = compile_with(&library, id, way.options()).unwrap();
            let step = |id: &str| plan.step(id).unwrap_or_else(|| panic!("{}: no {id}", way.key));
            assert_eq!(step("federated-credential.subject").copy.as_deref(), Some("{subject}"));
            assert_eq!(step("check-ids.run").action, handrail_guide::plan::Action::Check);
            let makes = |recipe: &str| plan.steps.iter().any(|s| s.id.starts_with(recipe));
            assert!(!makes("client-") && !makes("hand-over") && !makes("check."), "{}", way.key);
            assert!(!plan.requirements.values.values().any(|kind| kind.is_secret()), "{}", way.key);
        }
    }
    assert!(linked(&library, "securus360").len() == 2, "set up, and go on");
}

#[test]
fn a_link_for_a_consent_has_a_plan_that_begins_at_its_address_and_hands_over_the_directory_s_id_alone() {
    let library = Library::load(&root()).unwrap();
    let mut found = 0;
    for (id, guide) in &library.guides {
        let ways = linked(&library, id).into_iter().filter(|way| way.credential == Some(CONSENTED));
        let ways: Vec<_> = ways.collect();
        assert_eq!(ways.len(), usize::from(guide.file.consent.is_some()), "{id}");
        for way in ways {
            found += 1;
            let plan = compile_with(&library, id, way.options()).unwrap();
            let has = |step: &str| plan.step(step).is_some();
            assert!(has("consent-app.start-link") && !has("consent-app.start"), "{}", way.key);
            let app = plan.step("consent-app.app").unwrap();
            let back: Vec<_> = app.wrong.iter().map(|turn| turn.back.as_deref()).collect();
            assert_eq!(
                back,
                [Some("consent-app.start-link")],
                "what is left out leads to what stands in its place"
            );
            assert!(!plan.steps.iter().any(|step| step.id.starts_with("hand-over")), "{}", way.key);
            let asked: Vec<&String> = plan.requirements.values.keys().collect();
            assert_eq!(asked, ["tenant-id"], "{}", way.key);
            assert!(plan.value("tenant-id").unwrap().handed_over);
            let usual = compile(&library, id).unwrap();
            assert!(usual.value("tenant-id").is_none() && usual.step("consent-app.start-link").is_none());
        }
    }
    assert_eq!(found, 3);
}

#[test]
fn a_guide_has_one_digest_whatever_way_is_walked_and_labels_are_no_part_of_it() {
    let library = Library::load(&root()).unwrap();
    let digests = |library: &Library, id: &str| -> BTreeSet<String> {
        let ways = variants(library, id).into_iter().chain(linked(library, id));
        ways.map(|way| compile_with(library, id, way.options()).unwrap().digest).collect()
    };
    let whole = digests(&library, "securus360");
    assert_eq!(whole.len(), 1, "{whole:?}");
    let changed = |change: &dyn Fn(&mut Library)| {
        let mut other = library.clone();
        change(&mut other);
        digests(&other, "securus360") != whole
    };
    // Steps of setting up, of a renewal alone, of a link alone; a permission's danger; the guide.
    for recipe in ["register-app", "delete-old-secret", "check-ids"] {
        assert!(changed(&|l| l.recipes.get_mut(recipe).unwrap().source.text.push('\n')), "{recipe}");
    }
    assert!(changed(&|l| l.resources.get_mut("office-365-management").unwrap().source.text.push('\n')));
    assert!(changed(&|l| l.guides.get_mut("securus360").unwrap().source.text.push('\n')));
    assert!(
        !changed(&|l| l.recipes.get_mut("consent-app").unwrap().source.text.push('\n')),
        "another guide's"
    );
    assert!(!changed(&|l| l.guides.get_mut("elastic").unwrap().source.text.push('\n')), "another guide");
    assert!(!changed(&|l| l.pages.get_mut("app-overview").unwrap().source.text.push('\n')), "a portal page");
}

#[test]
fn a_guide_with_a_mistake_is_told_where_and_what() {
    let with = |from: &'static str, to: &'static str| lint_sixth(|text| text.replace(from, to));
    assert_eq!(with("AuditLog.Read.All", "AuditLogs.Read.All"), [("unknown-permission", 12)]);
    assert_eq!(with("microsoft-graph", "microsoft-grph"), [("unknown-resource", 11)]);
    assert_eq!(with("kind = \"application\"", "kind = \"daemon\""), [("format", 13)]);
    assert_eq!(with("to read the sign-in logs it watches", "logs"), [("missing-why", 14)]);
    assert_eq!(with("days = 180", "days = 1000"), [("secret-life", 17)]);
    assert_eq!(with("id = \"client-id\"", "id = \"client\""), [("unknown-value", 21)]);
    assert_eq!(with("by = \"form\"", "by = \"pigeon\""), [("no-recipe", 25)]);
    assert_eq!(with("[\"contoso-watch.example\"]", "[]"), [("no-domain", 6)]);
    assert_eq!(with("Settings > Microsoft 365", "Settings, then disable MFA"), [("unsafe-advice", 26)]);
    assert_eq!(with("Settings > Microsoft 365", "the Azure Active Directory form"), [("outdated-label", 26)]);
    assert_eq!(
        with("[hand-over]", "[step.\"register-app.nmae\"]\nwhy = \"because of it\"\n[hand-over]"),
        [("unknown-step", 24)]
    );
    assert_eq!(
        with("reads sign-in logs and", "reads 594c1fb6-4f81-4f1d-ab49-e4b9e6e7e7c0 and"),
        [("unknown-guid", 3)]
    );
}

#[test]
fn every_guide_with_an_app_can_be_renewed_and_every_guide_can_be_removed() {
    let library = Library::load(&root()).unwrap();
    for id in library.guides.keys() {
        for mode in [Mode::Renew, Mode::Remove] {
            let plan = compile_with(&library, id, Options { mode, ..Options::default() }).unwrap_or_else(
                |findings| panic!("{id}: {}", findings.iter().map(ToString::to_string).collect::<String>()),
            );
            let has = |recipe: &str| plan.steps.iter().any(|s| s.id.starts_with(recipe));
            assert_eq!(plan.mode, mode.word());
            if plan.app.is_none() {
                assert!(mode == Mode::Renew || has("remove-consent."), "{id}");
                continue;
            }
            assert!(
                has("find-app.") && !has("register-app."),
                "{id}: an app that is there is found, not made"
            );
            match mode {
                Mode::Renew => {
                    assert!(has("client-secret.") && has("delete-old-secret.") && has("check."), "{id}")
                }
                _ => assert!(has("remove-app.") && plan.values.iter().all(|v| !v.handed_over), "{id}"),
            }
        }
    }
}

#[test]
fn every_mark_in_a_source_is_explained() {
    let legend = std::fs::read_to_string(root().join("portal/SOURCES.md")).unwrap();
    let explained =
        legend.split(|c: char| !c.is_ascii_alphanumeric()).collect::<std::collections::BTreeSet<_>>();
    let library = Library::load(&root()).unwrap();
    let pages = library.pages.values().map(|page| &page.source);
    for source in pages.chain(library.resources.values().map(|resource| &resource.source)) {
        for line in source.text.lines().filter(|line| line.trim_start().starts_with("source = ")) {
            for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
                let mut rest = word.chars();
                let mark = rest.next().is_some_and(|c| "SMTVD".contains(c))
                    && rest.next().is_some_and(|c| c.is_ascii_digit());
                if mark && (2..=4).contains(&word.len()) && !word.starts_with("S00") {
                    assert!(
                        explained.contains(word),
                        "{}: {word} is not explained in portal/SOURCES.md",
                        source.file
                    );
                }
            }
        }
    }
}

#[test]
fn a_permission_over_the_whole_directory_says_so_to_whoever_approves() {
    let mut plan = plans().remove("squaredup").unwrap();
    plan.sheet.permissions[0].danger = "tier-0".to_owned();
    for name in ["approval", "markdown", "html"] {
        let render = handrail_guide::render::output(name).unwrap().render;
        let told = render(&plan).unwrap();
        assert!(told.contains("tier-0: whoever holds it can take over the directory"), "{name}");
    }
}
