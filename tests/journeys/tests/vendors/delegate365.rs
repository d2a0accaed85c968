//! Delegate365: the honest way is the vendor's app-and-certificate set-up; the old service account stands behind decisions
//! that default to no, and what was chosen all the same is taken back before the guide is over.

use handrail_journeys::Journey;
use serde_json::json;

use super::{Consent, back, begin, directory, walk};

const ASKED: [&str; 1] = ["00000003-0000-0000-c000-000000000000/User.ReadWrite.All"];

#[test]
fn the_apps_are_consented_to_and_every_wrong_turn_is_caught() {
    let mut journey = begin("delegate365", json!({"lang": "ja", "labels": "new"}));
    let mut consents = 0;
    let mut looked_alike = false;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "consent-app.start" => {
                consents += 1;
                if consents > 1 {
                    Consent { app: "Delegate365", permissions: &ASKED, whole: consents > 2 }
                        .give(&journey.person, &journey.world)
                        .unwrap();
                    Consent { app: "Delegate365 Free", permissions: &ASKED, whole: true }
                        .give(&journey.person, &journey.world)
                        .unwrap();
                }
            }
            "consent-app.app" if consents == 1 => {
                journey.told("No app of this name is here").unwrap();
                back(journey, "consent-app.start");
                return true;
            }
            "consent-app.app" if !looked_alike => {
                looked_alike = true;
                journey.hand().press_control("enterprise-apps.app[Delegate365 Free]").unwrap();
                journey.moved_on(step).unwrap();
                journey.told("This page belongs to another app.").unwrap();
                back(journey, "consent-app.list");
                journey.page.navigate("https://portal.azure.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview").unwrap();
                return true;
            }
            "consent-app.verify" if consents == 2 => {
                journey.told("nothing was granted for the whole organisation").unwrap();
                back(journey, "consent-app.start");
                return true;
            }
            _ => {}
        }
        false
    });
    assert!(looked_alike && consents == 3);
    let state = journey.world.tenant.state().unwrap();
    let users = directory(&state)["settings"]["users"].to_string();
    assert!(!users.contains("service.delegate365"), "no service account: {users}");
}

#[test]
fn the_old_way_is_taken_back_before_the_guide_is_over() {
    let mut journey = begin("delegate365", json!({}));
    let mut owed = 0;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            id if id.starts_with("unsafe.decide") && !id.ends_with('2') => {
                journey.panel.press("choose").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "consent-app.start" => Consent { app: "Delegate365", permissions: &ASKED, whole: true }
                .give(&journey.person, &journey.world)
                .unwrap(),
            id if id.starts_with("unsafe-undo") => {
                assert!(
                    !journey.panel.shows("[data-act='next']").unwrap(),
                    "what is owed cannot be passed over"
                );
                assert_eq!(open(journey), 3 - owed, "what was chosen stays open until it is undone");
                owed += 1;
            }
            _ => {}
        }
        false
    });
    assert_eq!(owed, 3, "each of the three that were chosen, and not the fourth");
    assert_eq!(open(&journey), 0, "all is undone");
    journey.panel.unfold("details").unwrap();
    let record = journey.panel.part("record").unwrap();
    for told in
        ["service user with a password", "is switched off for", "A user “Delegate365 Service” is made"]
    {
        assert!(record.contains(told), "{told} is not in the record: {record}");
    }
    let state = journey.world.tenant.state().unwrap();
    let settings = &directory(&state)["settings"];
    assert_eq!(settings["appPasswords"], json!(false));
    let user =
        settings["users"].as_array().unwrap().iter().find(|u| u["name"] == "Delegate365 Service").unwrap();
    assert_eq!(user["mfa"], json!("enabled"));
}

/// Items of the record that must still be undone.
fn open(journey: &Journey) -> u64 {
    let script = "[...document.querySelectorAll('[data-part=record] [data-open=true]')]\
        .filter(item => item.textContent.includes('to be undone')).length";
    journey.panel.page.evaluate(script).unwrap().as_u64().unwrap()
}
