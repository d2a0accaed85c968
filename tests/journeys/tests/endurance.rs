//! What may die on the way without the journey dying.

use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::json;

#[test]
fn the_service_worker_may_stop_in_the_middle_of_a_form_a_menu_and_a_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    for stop in ["register-app.name", "permissions.open", "client-secret.new", "check.run"] {
        journey.walk_to(stop).unwrap();
        let step = journey.step().unwrap().unwrap();
        journey.settled(&step).unwrap();
        journey.browser.stop_service_worker().unwrap();
    }
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn the_service_worker_may_stop_at_every_step() {
    let mut journey = Journey::begin(json!({})).unwrap();
    let mut stops = 0;
    while let Some(step) = journey.step().unwrap() {
        if step.id == "check.run" {
            break;
        }
        // The browser stops a worker that had nothing to do; so the step is on the screen by then.
        journey.settled(&step).unwrap();
        journey.browser.stop_service_worker().unwrap();
        stops += 1;
        journey.follow(&step).unwrap();
    }
    assert!(stops > 15, "only {stops} stops");
    journey.browser.stop_service_worker().unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn a_press_is_not_lost_though_the_service_worker_stops_before_the_step_is_written_down() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("register-app.list").unwrap();
    let step = journey.step().unwrap().unwrap();
    journey.settled(&step).unwrap();
    // From here on nothing is written any more, as if the service worker stopped with all of it on its way.
    let forget = "(() => { chrome.storage.local.set = () => Promise.resolve(); })()";
    journey.browser.evaluate_in_worker(forget).unwrap();
    journey.follow(&step).unwrap();
    let all = journey.plan.step("register-app.all").unwrap().clone();
    let ring = journey.ring(&all).unwrap().expect("the ring of the next step");
    journey.browser.stop_service_worker().unwrap();
    journey.page.press_ring(&ring).unwrap();
    // Only the press ends this step: nothing on the page shows that it was done.
    journey.panel.wait_for("the step after", |s| s.step == "register-app.search").unwrap();
    journey.walk_to("register-app.new").unwrap();
}

#[test]
fn the_agent_comes_though_the_service_worker_stops_while_it_is_brought() {
    let journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    // The loader comes into the page and asks; what it asks for stays on its way.
    let stuck = "(() => {
        const bring = chrome.scripting.executeScript;
        chrome.scripting.executeScript = (what) =>
            what.files?.[0] === 'agent-loader.js' ? bring.call(chrome.scripting, what) : new Promise(() => {});
    })()";
    journey.browser.evaluate_in_worker(stuck).unwrap();
    journey.start().unwrap();
    let top = journey.page.top().unwrap();
    until("the loader to have asked", LONG, || {
        let asked = journey.page.has_isolated(&top)
            && journey.page.evaluate_isolated(&top, "!!globalThis.__handrail")? == json!(true);
        Ok(asked.then_some(()))
    })
    .unwrap();
    assert_eq!(
        journey.panel.stand().unwrap().step,
        "start.sign-in",
        "nobody in the page sees that it is signed in"
    );
    journey.browser.stop_service_worker().unwrap();
    journey.panel.page.reload().unwrap();
    journey.panel.wait_for("the step after the first", |s| s.step == "start.directory").unwrap();
    journey.page.wait_for_overlay("the card", |overlay| overlay.card.is_some()).unwrap();
}

#[test]
fn a_press_in_the_panel_is_not_lost_though_the_service_worker_stops_before_it_hears_it() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("audit-logging.verify").unwrap();
    let step = journey.step().unwrap().unwrap();
    journey.settled(&step).unwrap();
    // From here on it understands nothing of what is said to it.
    journey.browser.evaluate_in_worker("(() => { JSON.stringify = () => '{}'; })()").unwrap();
    journey.panel.press("confirm").unwrap();
    journey.browser.stop_service_worker().unwrap();
    journey.moved_on(&step).unwrap();
}

#[test]
fn a_checking_service_that_is_down_is_said_to_be_and_the_check_works_when_it_is_back() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to_check().unwrap();
    journey.world.worker.kill();
    journey.press_check().unwrap();
    until("the panel to say that nobody answers", LONG, || {
        let words = journey.panel.words()?;
        Ok((words.contains("could not be reached") || words.contains("did not answer")).then_some(()))
    })
    .unwrap_or_else(|error| panic!("{error:#}\n{}", journey.panel.words().unwrap_or_default()));
    assert!(journey.panel.report().unwrap().is_none(), "no verdict without evidence");
    journey.world.worker.restart().unwrap();
    journey.panel.press("check").unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn an_app_that_exists_is_continued_and_not_made_twice() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey
        .world
        .tenant
        .seed(
            &json!({"name": APP, "permissions": ["ActivityFeed.Read"], "consent": true, "secretDays": null}),
        )
        .unwrap();
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    let apps = journey.world.tenant.apps("Contoso", APP).unwrap();
    assert_eq!(apps.len(), 1, "{apps:?}");
    assert_eq!(apps[0]["permissions"].as_array().unwrap().iter().filter(|p| p["kind"] == "Role").count(), 2);
}

#[test]
fn the_tab_may_be_closed_and_the_run_taken_up_in_another() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("permissions.add").unwrap();
    let page = journey.browser.open(AZURE).unwrap();
    journey.page.close().unwrap();
    journey.browser.press_toolbar_button(&page).unwrap();
    let panel = journey.browser.panel_besides(journey.panel.page.target()).unwrap();
    journey.person.page = page;
    journey.person.panel = handrail_world::panel::Panel { page: panel };
    journey.panel.wait_for("the list of runs", |s| s.view == "home").unwrap();
    journey.panel.press("adopt").unwrap();
    journey.panel.wait_for("the run", |s| s.view == "steps").unwrap();
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}
