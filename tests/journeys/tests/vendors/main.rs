//! The other vendors' guides, each walked to its end in a real browser, with three wrong turns on the way, each caught
//! with its own message. Together they are walked in several languages and with new and old labels.

mod credentials;
mod delegate365;
mod faces;
mod pandora;
mod rapid7;
mod safetica;

use handrail_guide::plan::Step;
use handrail_journeys::consent::Consent;
use handrail_journeys::{AZURE, Journey};
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

/// A person at the portal with this guide just started, in a world of this kind.
fn begin(guide: &str, scenario: Value) -> Journey {
    let world = World::start(&WorldOptions { scenario, ..WorldOptions::default() }).unwrap();
    let person = Person::sit_down(&world, guide, AZURE).unwrap();
    person.start().unwrap();
    Journey { person, world }
}

/// Follows the card to the end. `before` may do something at a step first; when it answers true, the step was done by it.
fn walk(journey: &mut Journey, mut before: impl FnMut(&mut Journey, &Step) -> bool) {
    for _ in 0..journey.plan.steps.len() * 2 {
        let Some(step) = journey.step().unwrap() else { break };
        if !before(journey, &step)
            && let Err(error) = journey.follow(&step)
        {
            let picture =
                std::env::temp_dir().join(format!("handrail-{}-{}.png", journey.plan.guide, step.id));
            let taken = journey.page.screenshot_to(&picture);
            panic!("{error:#}\npicture: {} {taken:?}", picture.display());
        }
    }
    journey.ends().unwrap();
    assert_eq!(journey.unanswered().unwrap(), json!([]), "something was asked for that is not practised");
    assert_eq!(journey.world.tenant.state().unwrap()["disposedFrames"], json!([]), "a blade was disturbed");
}

/// The directory of all journeys, as the practice tenant knows it.
fn directory(state: &Value) -> &Value {
    state["directories"].as_array().unwrap().iter().find(|d| d["name"] == "Contoso").unwrap()
}

/// Waits until this was found about a value, and says in which words.
#[track_caller]
fn found(journey: &Journey, value: &str, code: &str) -> String {
    until(&format!("{value} to be found {code}"), LONG, || {
        let findings = journey.panel.findings(value)?;
        Ok(findings.into_iter().find(|(c, _)| c == code).map(|(_, words)| words))
    })
    .unwrap_or_else(|error| panic!("{error:#}\n{}", journey.panel.words().unwrap_or_default()))
}

/// Takes the way back that card and panel offer at a wrong turn.
fn back(journey: &Journey, to: &str) {
    journey.panel.press("back").unwrap();
    journey.panel.wait_for(&format!("step {to}"), |s| s.step == to).unwrap();
}
