//! Rapid7 InsightIDR: nothing is registered; the vendor's own app is consented to and looked at afterwards.

use serde_json::json;

use super::{Consent, back, begin, walk};

#[test]
fn the_consent_is_looked_at_and_every_wrong_turn_is_caught() {
    let mut journey = begin("rapid7-insightidr", json!({"lang": "fr", "labels": "old"}));
    let mut consents = 0;
    let mut looked_alike = false;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "consent-app.start" => {
                consents += 1;
                match consents {
                    // The pop-up was blocked.
                    1 => {}
                    2 => {
                        let permissions = &[
                            "00000003-0000-0000-c000-000000000000/Directory.ReadWrite.All",
                            "ActivityFeed.Read",
                        ];
                        Consent { app: "InsightIDR Connection", permissions, whole: true }
                            .give(&journey.person, &journey.world)
                            .unwrap();
                        Consent { app: "InsightIDR Connect Helper", permissions, whole: true }
                            .give(&journey.person, &journey.world)
                            .unwrap();
                    }
                    _ => unreachable!("two consents are enough"),
                }
            }
            "consent-app.app" if consents == 1 => {
                journey.told("No app of this name is here, so nobody has consented yet").unwrap();
                back(journey, "consent-app.start");
                return true;
            }
            "consent-app.app" if !looked_alike => {
                looked_alike = true;
                journey.hand().press_control("enterprise-apps.app[InsightIDR Connect Helper]").unwrap();
                journey.moved_on(step).unwrap();
                journey.told("This page belongs to another app.").unwrap();
                back(journey, "consent-app.list");
                journey.page.navigate("https://portal.azure.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview").unwrap();
                return true;
            }
            "consent-app.verify" => {
                journey.told("lets the app take over the whole directory").unwrap();
                // The vendor has explained it: a false alarm never ends a guide.
                journey.panel.press("next").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            _ => {}
        }
        false
    });
    assert!(looked_alike && consents == 2);
}
