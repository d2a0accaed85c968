//! The guide on portals that drift: a short form of `cargo xtask bench drift`, and whole journeys under two seeds.

use handrail_conformance::stage::{Build, boot_script};
use handrail_journeys::drift::{self, FOUND_BAR, Seed};
use handrail_journeys::{AZURE, ENTRA, Journey};
use serde_json::json;

/// Seeds of the short form: half a minute on two cores.
const SEEDS: std::ops::Range<u32> = 1..9;

#[test]
fn no_wrong_control_is_ringed_on_any_seeded_portal_and_nearly_all_are_found() {
    let boot = boot_script(Build::Wasm).unwrap();
    let tally = drift::run(SEEDS, 2, &boot, &|line| println!("{line}")).unwrap();
    assert!(tally.broken.is_empty(), "{:#?}", tally.broken);
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.faces > 20 * tally.seeds, "{} faces", tally.faces);
    assert!(tally.right > 50 * u64::from(tally.seeds), "{} rings", tally.right);
    assert!(tally.found() >= FOUND_BAR, "{:.4}: {:#?}", tally.found(), tally.misses);
}

/// The whole way, by the ring alone, with the hidden copies of frames that the fast form leaves out.
#[track_caller]
fn walk(number: u32) {
    let seed = Seed::new(number);
    let mut scenario = seed.scenario.clone();
    scenario["prewarm"] = json!(true);
    let mut journey = Journey::begin_at(if seed.entra { ENTRA } else { AZURE }, scenario).unwrap();
    journey.walk_to_check().unwrap();
    assert_eq!(journey.world.tenant.state().unwrap()["disposedFrames"], json!([]), "a blade was disturbed");
}

#[test]
fn the_guide_is_walked_on_a_seeded_portal() {
    walk(2);
}

#[test]
fn the_guide_is_walked_on_a_seeded_portal_in_react_frames() {
    walk((1..).find(|n| is_walkable_in_frames(*n)).unwrap());
}

/// In a React frame, in order, without a control that nobody knows the name of.
fn is_walkable_in_frames(number: u32) -> bool {
    let scenario = Seed::new(number).scenario;
    scenario["frame"] == "react"
        && scenario["renames"] == json!({})
        && scenario["drift"]["order"] == true
        && scenario["drift"]["decoys"] == 3
}
