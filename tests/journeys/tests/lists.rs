//! A long list draws only the rows in view. What is beyond them is said in words, and ringed when the admin has scrolled
//! to it; nothing is scrolled for the admin.

use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

/// In a list of so many apps, one of which is the guide's; `viewport` is what scrolls in it.
fn the_app_is_ringed_when_the_list_is_scrolled_to_it(frame: &str, lists: &str, viewport: &str) {
    let scenario = json!({"frame": frame, "lists": lists, "drift": {"rows": 160}});
    let world = World::start(&WorldOptions { scenario, ..WorldOptions::default() }).unwrap();
    let made = json!({"name": APP, "permissions": [], "consent": false, "secretDays": null});
    world.tenant.seed(&made).unwrap();
    let person = Person::sit_down(&world, "securus360.remove", AZURE).unwrap();
    person.start().unwrap();
    let mut journey = Journey { person, world };
    journey.walk_to("find-app.search").unwrap();
    journey.panel.go_to("find-app.open").unwrap();
    until("the words about the list", LONG, || {
        let words = journey.panel.part("card")?;
        Ok((journey.panel.stand()?.pointing == "words" && words.contains("rows in view")).then_some(()))
    })
    .unwrap_or_else(|error| panic!("{error:#}: {}", journey.scene()));
    let frames = journey.page.frames().unwrap();
    let list = format!("document.querySelector({})", json!(viewport));
    // Hidden copies of the blade have the same list.
    let in_lists = |script: &str| -> Vec<Value> {
        let answers = frames.iter().filter_map(|f| journey.page.evaluate_in(f, script).ok());
        answers.filter(|answer| !answer.is_null()).collect()
    };
    let places = in_lists(&format!("{list}?.scrollTop"));
    assert!(!places.is_empty() && places.iter().all(|at| *at == 0), "scrolled for the admin: {places:?}");
    let named = format!("app-registrations.app[{APP}]");
    until("the ring on the app", LONG, || {
        let Some(overlay) = journey.page.overlay()?.filter(|o| o.ring.is_some()) else {
            in_lists(&format!("{list}?.scrollBy(0, 200)"));
            return Ok(None);
        };
        // A ring that is still on its way to where the list was scrolled lies on nothing yet.
        let under = journey.page.truth_under_ring(&overlay)?;
        assert!(under.as_ref().is_none_or(|truth| *truth == named), "the ring is on {under:?}");
        Ok(under.map(drop))
    })
    .unwrap_or_else(|error| panic!("{error:#}: {}", journey.scene()));
}

#[test]
fn an_app_beyond_the_rows_of_the_shells_grid_is_ringed_when_it_is_scrolled_to() {
    the_app_is_ringed_when_the_list_is_scrolled_to_it("top", "v8", ".ext-ad-registeredApps-applist-body");
}

#[test]
fn an_app_beyond_the_rows_of_a_details_list_is_ringed_when_it_is_scrolled_to() {
    the_app_is_ringed_when_the_list_is_scrolled_to_it("react", "v8", ".f-scroll");
}

#[test]
fn an_app_beyond_the_rows_of_fluents_newer_grid_is_ringed_when_it_is_scrolled_to() {
    the_app_is_ringed_when_the_list_is_scrolled_to_it("react", "v9", ".f-window");
}
