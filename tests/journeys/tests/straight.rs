//! The straight way through the guide, on every face the portal has.

use handrail_journeys::{AZURE, ENTRA, Journey};
use serde_json::{Value, json};

/// Walks the whole guide as told; the end is a green verdict about what the practice tenant really holds.
#[track_caller]
fn walk_to_green(portal: &str, scenario: Value) -> Journey {
    let mut journey = Journey::begin_at(portal, scenario).unwrap();
    journey.walk_to_check().unwrap();
    let check = journey.step().unwrap().unwrap();
    journey.act(&check).unwrap();
    let report = journey.panel.wait_for_verdict("passed").unwrap();
    assert!(report.with("failed").is_empty() && report.with("pending").is_empty(), "{report:?}");

    let app = journey.app().unwrap();
    let granted = |name: &str| {
        let wanted = app["permissions"].as_array().unwrap().iter().find(|p| p["name"] == name);
        wanted.is_some_and(|p| p["kind"] == "Role" && p["granted"] == true)
    };
    assert!(granted("ActivityFeed.Read") && granted("ActivityFeed.ReadDlp"), "{app}");
    assert_eq!(app["secrets"].as_array().unwrap().len(), 1, "{app}");
    assert_eq!(
        journey.unanswered().unwrap(),
        json!([]),
        "the product asked for something that is not practised"
    );
    assert_eq!(journey.world.tenant.state().unwrap()["disposedFrames"], json!([]), "a blade was disturbed");
    journey
}

#[test]
fn the_guide_is_walked_to_the_green_verdict_and_the_hand_over() {
    let mut journey = walk_to_green(AZURE, json!({}));
    while let Some(step) = journey.step().unwrap() {
        journey.follow(&step).unwrap();
    }
    journey.ends().unwrap();
}

#[test]
fn the_guide_is_walked_with_the_older_labels() {
    walk_to_green(AZURE, json!({"labels": "old"}));
}

#[test]
fn the_guide_is_walked_where_blades_live_in_cross_origin_frames() {
    walk_to_green(AZURE, json!({"frame": "react"}));
}

#[test]
fn the_guide_is_walked_where_the_page_forbids_wasm() {
    walk_to_green(AZURE, json!({"csp": "strict"}));
}

#[test]
fn the_guide_is_walked_in_frames_that_forbid_wasm() {
    walk_to_green(AZURE, json!({"csp": "strict", "frame": "react", "labels": "old"}));
}

#[test]
fn the_guide_is_walked_in_the_entra_admin_center() {
    walk_to_green(ENTRA, json!({}));
}

#[test]
fn the_guide_is_walked_on_a_slow_portal() {
    walk_to_green(AZURE, json!({"delays": {"blade": 1200, "rows": 900, "save": 700}, "survey": true}));
}
