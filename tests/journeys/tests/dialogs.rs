//! The ring on a question that lies above everything: Fluent's dialogs, old and new, and the browser's own modal one,
//! which makes the card dead; its words are in the panel then.

use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::wait::{LONG, until};
use serde_json::json;

/// At the question.
fn at_the_question(dialogs: &str) -> Journey {
    let mut journey = Journey::begin_at(AZURE, json!({"frame": "react", "dialogs": dialogs})).unwrap();
    let planted = json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "secretDays": null});
    let app = journey.world.tenant.seed(&planted).unwrap();
    let client = app["clientId"].as_str().unwrap();
    journey.walk_to("register-app.list").unwrap();
    let page = "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId";
    journey.page.navigate(&format!("{AZURE}{page}/{client}/isMSAApp~/false")).unwrap();
    journey.panel.go_to("admin-consent.grant").unwrap();
    let grant = journey.plan.step("admin-consent.grant").unwrap().clone();
    journey.follow(&grant).unwrap();
    journey
}

/// Nothing is asked for any more: everything is granted.
fn is_granted(journey: &Journey) -> bool {
    journey.app().unwrap()["permissions"].as_array().unwrap().iter().all(|p| p["granted"] == true)
}

#[test]
fn fluent_dialogs_of_both_versions_are_ringed_and_the_card_can_be_pressed() {
    for dialogs in ["v8", "v9"] {
        let mut journey = at_the_question(dialogs);
        let yes = journey.plan.step("admin-consent.yes").unwrap().clone();
        journey.ring(&yes).unwrap();
        // The card may still give way to the question.
        until(&format!("ring and card, and nothing over the card, with {dialogs}"), LONG, || {
            let Some(overlay) = journey.page.overlay()?.filter(|o| o.ring.is_some()) else { return Ok(None) };
            let (Some(card), Some(frame)) = (overlay.card, &overlay.frame) else { return Ok(None) };
            let (x, y) = (card.x + card.width / 2.0, card.y + 12.0);
            let front = format!("document.elementFromPoint({x}, {y})?.localName");
            Ok((journey.page.evaluate_in(frame, &front)? == json!("hand-rail")).then_some(()))
        })
        .unwrap();
        journey.follow(&yes).unwrap();
        assert!(is_granted(&journey), "{dialogs}: {}", journey.app().unwrap());
    }
}

#[test]
fn where_the_browsers_own_dialog_makes_the_card_dead_the_ring_stays_and_the_panel_has_the_words() {
    let journey = at_the_question("native");
    let overlay = until("the ring without the dead card", LONG, || {
        Ok(journey.page.overlay()?.filter(|o| o.ring.is_some() && o.card.is_none()))
    })
    .unwrap();
    let yes = journey.plan.step("admin-consent.yes").unwrap();
    let truth = journey.page.truth_under_ring(&overlay).unwrap();
    assert_eq!(truth.as_deref(), yes.target.as_deref());
    let words = journey.panel.part("card").unwrap();
    assert!(words.contains(&yes.title), "{words}");
    journey.page.press_ring(&overlay).unwrap();
    until("the consent", LONG, || Ok(is_granted(&journey).then_some(()))).unwrap();
    journey.panel.wait_for("the next step", |s| s.step != yes.id).unwrap();
}
