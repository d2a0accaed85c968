//! The journeys in Firefox, with the Firefox package. Each of the others runs there too, with
//! `HANDRAIL_TEST_BROWSER=firefox`; these are the ones that every change has to pass.

use handrail_journeys::{AZURE, Journey};
use handrail_world::browser::Kind;
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

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
    journey.panel.wait_for("the end of the guide", |s| s.standing == "finished").unwrap();
    assert_eq!(journey.page.overlays().unwrap().len(), 0, "a finished guide leaves nothing on the page");
}
