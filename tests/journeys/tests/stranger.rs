//! A guide that is not ours, from a file outside `guides/`: Worker and extension take it as `handrail guide preview FILE`
//! gives it to them, and it is walked to the green verdict.

use handrail_guide::plan::Action;
use handrail_journeys::{AZURE, Journey};
use handrail_world::person::Person;
use handrail_world::world::{World, WorldOptions};

const STRANGER: &str = "harbor-siem";

#[test]
fn a_strangers_guide_is_walked_to_the_green_verdict() {
    let world = World::start(&WorldOptions { stranger: true, ..WorldOptions::default() }).unwrap();
    let person = Person::sit_down(&world, STRANGER, AZURE).unwrap();
    person.start().unwrap();
    let mut journey = Journey { person, world };
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("passed").unwrap();
    for permission in ["AuditLog.Read.All", "ActivityFeed.Read"] {
        assert!(report.text.contains(permission), "{permission} is proved: {}", report.text);
    }
    while let Some(step) = journey.step().unwrap() {
        match step.action {
            Action::Check => journey.moved_on(&step).unwrap(),
            _ => journey.follow(&step).unwrap(),
        }
    }
    journey.ends().unwrap();
    // What its author wrote is what people read: the vendor's words for the values.
    let words = journey.panel.words().unwrap();
    for label in ["Collector ID", "API secret"] {
        assert!(words.contains(label), "{label} is not in: {words}");
    }
}
