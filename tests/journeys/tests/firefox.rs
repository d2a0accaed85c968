//! The journeys in Firefox, with the Firefox package. Each of the others runs there too, with
//! `HANDRAIL_TEST_BROWSER=firefox`; these are the ones that every change has to pass.

use handrail_journeys::profile::files_with;
use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::browser::Kind;
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

/// The whole page.
const PAGE: &str = "document.documentElement.outerHTML";

/// A person at Firefox with the panel open and nothing started.
fn sit_down(scenario: Value) -> Journey {
    let options = WorldOptions { browser: Kind::Firefox, scenario, ..WorldOptions::default() };
    Journey::sit_down(AZURE, &options).unwrap()
}

#[track_caller]
fn walk_to_green(scenario: Value) -> Journey {
    let mut journey = sit_down(scenario);
    journey.start().unwrap();
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("passed").unwrap();
    assert!(report.with("failed").is_empty() && report.with("pending").is_empty(), "{report:?}");
    assert_eq!(journey.unanswered().unwrap(), json!([]), "something was asked for that is not practised");
    assert_eq!(journey.world.tenant.state().unwrap()["disposedFrames"], json!([]), "a blade was disturbed");
    journey
}

#[test]
fn the_guide_is_walked_to_the_green_verdict_and_the_hand_over() {
    let mut journey = walk_to_green(json!({}));
    while let Some(step) = journey.step().unwrap() {
        journey.follow(&step).unwrap();
    }
    journey.ends().unwrap();
}

#[test]
fn older_labels_a_reload_in_mid_step_and_a_background_that_rests_lose_nothing() {
    let mut journey = sit_down(json!({"labels": "old"}));
    journey.start().unwrap();
    for id in ["register-app.name", "permissions.tick.1", "client-secret.new"] {
        journey.walk_to(id).unwrap();
        let step = journey.step().unwrap().unwrap();
        journey.settled(&step).unwrap();
        // Firefox ends an event page that had nothing to do for half a minute.
        journey.browser.stop_service_worker().unwrap();
        journey.page.reload().unwrap();
    }
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    assert_eq!(journey.world.tenant.apps("Contoso", APP).unwrap().len(), 1);
}

#[test]
fn the_secret_id_and_swapped_ids_are_recognised() {
    let journey = sit_down(json!({}));
    let seed =
        json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let planted = journey.world.tenant.seed(&seed).unwrap();
    let text = |key: &str| planted[key].as_str().unwrap().to_owned();
    journey.start().unwrap();
    journey.go_to_check().unwrap();
    journey.panel.paste("tenant-domain", &text("domain")).unwrap();
    journey.panel.paste("client-secret", planted["secret"]["keyId"].as_str().unwrap()).unwrap();
    until("the Secret ID to be named", LONG, || {
        let findings = journey.panel.findings("client-secret")?;
        Ok(findings.iter().any(|(code, _)| code == "secret-is-id").then_some(()))
    })
    .unwrap();
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap()).unwrap();
    journey.panel.paste("tenant-id", &text("clientId")).unwrap();
    journey.panel.paste("client-id", &text("tenantId")).unwrap();
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("failed").unwrap();
    assert!(report.text.contains("swapped"), "{report:?}");
}

#[test]
fn a_renamed_control_is_described_in_words_and_a_cancelled_run_leaves_no_trace() {
    let renamed = json!({"renames": {"register-application.register": "Make it so"}});
    let mut journey = sit_down(renamed);
    journey.drawn().unwrap();
    let top = journey.page.top().unwrap();
    assert!(!journey.page.has_isolated(&top), "a script of the extension without a run");
    let before = journey.page.once_still(PAGE).unwrap();
    journey.start().unwrap();
    until("the card", LONG, || Ok(journey.page.overlay()?.filter(|o| o.card.is_some()))).unwrap();
    assert!(journey.page.isolated_listeners(&top).unwrap() > 0, "the count of listeners does not count");
    journey.close().unwrap();
    journey.page.wait_for("the overlay to go", "!document.querySelector('hand-rail')").unwrap();
    assert_eq!(journey.page.once_still(PAGE).unwrap(), before);
    assert_eq!(journey.page.isolated_listeners(&top).unwrap(), 0, "a listener was left");
    let left = "chrome.scripting.getRegisteredContentScripts().then(l => l.length)";
    until("the scripts to be unregistered", LONG, || {
        Ok((journey.browser.evaluate_in_worker(left)? == json!(0)).then_some(()))
    })
    .unwrap();
    let mark = journey.page.evaluate_isolated(&top, "typeof globalThis.__handrail").unwrap();
    assert_eq!(mark, json!("undefined"), "the mark in the extension's own world");

    journey.page.reload().unwrap();
    journey.start().unwrap();
    journey.walk_to("register-app.register").unwrap();
    journey.panel.wait_for("the step in words", |s| s.pointing == "words").unwrap();
    journey.hand().press_control("register-application.register").unwrap();
    let step = journey.plan.step("register-app.register").unwrap().clone();
    journey.moved_on(&step).unwrap();
}

#[test]
fn the_secret_is_in_no_file_of_the_profile() {
    let mut journey = sit_down(json!({}));
    let seed =
        json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let planted = journey.world.tenant.seed(&seed).unwrap();
    let secret = planted["secret"]["value"].as_str().unwrap().to_owned();
    journey.start().unwrap();
    journey.go_to_check().unwrap();
    for (value, key) in [("tenant-id", "tenantId"), ("client-id", "clientId"), ("tenant-domain", "domain")] {
        journey.panel.paste(value, planted[key].as_str().unwrap()).unwrap();
    }
    journey.panel.paste("client-secret", &secret).unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    let fragment = &secret[4..36];
    let profile = journey.browser.profile().to_owned();
    assert!(profile.join("prefs.js").exists(), "this is not the profile");
    assert_eq!(files_with(&profile, fragment), Vec::<String>::new(), "while the browser runs");
    assert!(!journey.browser.stderr().contains(fragment), "in a console");
    let stored = "chrome.storage.local.get().then(JSON.stringify)";
    let stored = journey.browser.evaluate_in_worker(stored).unwrap();
    assert!(!stored.as_str().unwrap().contains(fragment), "in the extension's storage on disk");
    journey.person.browser.close().unwrap();
    assert_eq!(files_with(&profile, fragment), Vec::<String>::new(), "after the browser was closed");
}
