//! Safetica: a tenant setting verified and switched on, the vendor's own app consented to, and a decision not to take.

use handrail_world::wait::{LONG, until};
use serde_json::json;

use super::{Consent, back, begin, directory, found, walk};

const FULL: [&str; 4] = [
    "00000003-0000-0000-c000-000000000000/User.Read.All",
    "00000003-0000-0000-c000-000000000000/Group.Read.All",
    "00000003-0000-0000-c000-000000000000/Files.ReadWrite.All",
    "ActivityFeed.Read",
];
const ON: &str = "UnifiedAuditLogIngestionEnabled : True";
const OFF: &str = "UnifiedAuditLogIngestionEnabled : False";

#[test]
fn audit_logging_is_switched_on_and_every_wrong_turn_is_caught() {
    let mut journey = begin("safetica", json!({"auditing": false, "lang": "de"}));
    let mut consents = 0;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "audit-logging.verify" => {
                let state = journey.world.tenant.state().unwrap();
                let contoso = directory(&state);
                assert_ne!(contoso["auditingFrom"], json!(null), "it was off, and the bar was pressed");
                journey.panel.paste("audit-logging", OFF).unwrap();
                let words = found(journey, "audit-logging", "command-says-no");
                assert!(words.contains("Set-AdminAuditLogConfig"), "{words}");
                journey.panel.paste("audit-logging", ON).unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "consent-app.start" => {
                consents += 1;
                let (permissions, whole) = match consents {
                    1 => (&FULL[..], false),
                    2 => (&FULL[..2], true),
                    _ => (&FULL[..], true),
                };
                Consent { app: "Safetica", permissions, whole }
                    .give(&journey.person, &journey.world)
                    .unwrap();
            }
            "consent-app.expected" if consents == 1 => {
                journey.told("nothing was granted for the whole organisation").unwrap();
                back(journey, "consent-app.start");
                return true;
            }
            "consent-app.expected" if consents == 2 => {
                journey.told("Not every expected permission is listed").unwrap();
                back(journey, "consent-app.start");
                return true;
            }
            _ => {}
        }
        false
    });
    assert_eq!(consents, 3);
    let state = journey.world.tenant.state().unwrap();
    let contoso = directory(&state);
    assert_eq!(contoso["settings"]["securityDefaults"], json!(true), "left on, as the guide advises");
}

#[test]
fn security_defaults_chosen_against_the_advice_stay_open_until_they_are_back() {
    let mut journey = begin("safetica", json!({"labels": "old"}));
    let mut undone = false;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "unsafe.decide" => {
                journey.panel.press("choose").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "consent-app.start" => Consent { app: "Safetica", permissions: &FULL, whole: true }
                .give(&journey.person, &journey.world)
                .unwrap(),
            "security-defaults-off.state" => {
                journey.hand().press_control("security-defaults.disabled").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "security-defaults-off.reason" => {
                journey.hand().press_control("security-defaults.why-other").unwrap();
                journey.panel.press("confirm").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "security-defaults-on.state" => {
                let settings = journey.world.tenant.state().unwrap();
                assert!(settings.to_string().contains("\"securityDefaults\":false"), "they are off");
                journey.hand().press_control("security-defaults.enabled").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "unsafe-undo.undo" => {
                assert!(
                    !journey.panel.shows("[data-act='next']").unwrap(),
                    "what is owed cannot be passed over"
                );
                undone = true;
            }
            _ => {}
        }
        false
    });
    assert!(undone);
    let state = journey.world.tenant.state().unwrap();
    let contoso = directory(&state);
    assert_eq!(contoso["settings"]["securityDefaults"], json!(true));
}

#[test]
fn what_was_chosen_against_the_advice_outlives_the_run_and_the_service_worker() {
    let mut journey = begin("safetica", json!({}));
    journey.walk_to("unsafe.decide").unwrap();
    let decide = journey.step().unwrap().unwrap();
    journey.panel.press("choose").unwrap();
    journey.moved_on(&decide).unwrap();
    journey.close().unwrap();
    journey.begin_anew().unwrap();
    let due = journey.panel.part("due").unwrap();
    assert!(due.contains("security defaults off") && due.contains("Manage security defaults"), "{due}");
    assert!(!journey.panel.shows("[data-act='forget-record']").unwrap(), "it cannot be forgotten");
    journey.panel.press_selector("[data-part='due'] [data-act='undone'][data-on='true']").unwrap();
    until("nothing to be due any more", LONG, || {
        Ok((!journey.panel.shows("[data-part='due']")?).then_some(()))
    })
    .unwrap();
}
