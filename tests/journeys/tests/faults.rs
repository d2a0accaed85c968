//! A fault of our own: a trap in WASM, or an exception thrown through it. Either ends a call in its middle and drops
//! nothing, and both look the same from outside; the second can be brought about in what ships.

use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

/// From now on every look at the clock throws. The agent looks at it in the middle of nearly everything.
const NO_CLOCK: &str = "(() => { performance.now = () => { throw new Error('a fault of the test') }; })()";

/// The next look at the clock throws, while everything the background has is borrowed.
const NO_DATE_ONCE: &str = "(() => { const { now } = Date;
    Date.now = () => { Date.now = now; throw new Error('a fault of the test') }; })()";

/// The whole page.
const PAGE: &str = "document.documentElement.outerHTML";

fn an_agent_that_fails_leaves_the_page_as_it_was(scenario: Value) {
    let mut journey =
        Journey::sit_down(AZURE, &WorldOptions { scenario, ..WorldOptions::default() }).unwrap();
    journey.drawn().unwrap();
    let before = journey.page.once_still(PAGE).unwrap();
    journey.start().unwrap();
    journey.walk_to("start.directory").unwrap();
    until("the card", LONG, || Ok(journey.page.overlay()?.filter(|o| o.card.is_some()))).unwrap();
    let kept = "(window.__button ??= document.querySelector(\"[data-act='confirm']\")).isConnected";
    assert_eq!(journey.panel.page.evaluate(kept).unwrap(), json!(true));
    let top = journey.page.top().unwrap();
    assert!(journey.page.isolated_listeners(&top).unwrap() > 10, "it listens before");
    journey.page.evaluate_isolated(&top, NO_CLOCK).unwrap();
    until("the overlay to go", LONG, || {
        let hosts = journey.page.evaluate("document.querySelectorAll('hand-rail').length")?;
        Ok((hosts == json!(0)).then_some(()))
    })
    .unwrap();
    assert_eq!(journey.page.once_still(PAGE).unwrap(), before);
    assert_eq!(journey.page.isolated_listeners(&top).unwrap(), 0, "it listens to nothing more");
    let mark = journey.page.evaluate_isolated(&top, "'__handrail' in globalThis").unwrap();
    assert_eq!(mark, json!(false), "its mark is gone");

    until("the panel to say so", LONG, || {
        Ok(journey
            .panel
            .words()?
            .contains("Handrail failed in this page and took itself away.")
            .then_some(()))
    })
    .unwrap_or_else(|error| panic!("{error:#}\n{}", journey.panel.words().unwrap_or_default()));
    assert_eq!(journey.panel.page.evaluate(kept).unwrap(), json!(true), "the words came, the button stayed");
    let stand = journey.panel.stand().unwrap();
    assert_eq!((stand.step.as_str(), stand.standing.as_str()), ("start.directory", "running"));

    // As the panel says: loaded again, the page has ring and card back.
    journey.page.reload().unwrap();
    journey.walk_to("register-app.new").unwrap();
}

#[test]
fn an_agent_that_fails_is_taken_off_the_page_and_the_panel_says_so() {
    an_agent_that_fails_leaves_the_page_as_it_was(json!({}));
}

#[test]
fn an_agent_that_fails_where_the_page_forbids_wasm_is_taken_off_the_page_too() {
    an_agent_that_fails_leaves_the_page_as_it_was(json!({"csp": "strict"}));
}

/// The background fails at a press of the panel, and the panel says so. A report of the page may come between and fail
/// in its place; then the press is done, and this is tried again.
fn fails_at_a_press(journey: &Journey) {
    let said = until("the panel to say so, and the press to be undone", LONG, || {
        journey.browser.evaluate_in_worker(NO_DATE_ONCE)?;
        journey.panel.press("pause")?;
        let answer = || {
            let paused = journey.panel.stand()?.standing == "paused";
            let said = journey.panel.shows("[data-part='notice'] [data-code='own-fault']")?;
            Ok((said || paused).then_some(paused))
        };
        let done = until("an answer", LONG, answer)?;
        if done {
            journey.panel.press("resume")?;
            journey.panel.wait_for("the run to go on", |s| s.standing == "running")?;
        }
        Ok((!done).then_some(()))
    });
    said.unwrap_or_else(|error| panic!("{error:#}\n{}", journey.panel.words().unwrap_or_default()));
}

#[test]
fn a_background_that_fails_begins_anew_with_the_run_that_was_saved() {
    let mut journey = Journey::begin(json!({})).unwrap();
    for stop in ["register-app.name", "check.run"] {
        journey.walk_to(stop).unwrap();
        let step = journey.step().unwrap().unwrap();
        journey.settled(&step).unwrap();
        fails_at_a_press(&journey);
        let stand = journey.panel.stand().unwrap();
        assert_eq!((stand.step.as_str(), stand.standing.as_str()), (stop, "running"));
    }
    // The secret was not lost either.
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    assert_eq!(journey.world.tenant.apps("Contoso", APP).unwrap().len(), 1);
}

#[test]
fn a_background_that_fails_again_and_again_gives_up_and_the_panel_says_so() {
    let journey = Journey::begin(json!({})).unwrap();
    let always = "(() => { Date.now = () => { throw new Error('a fault of the test') }; })()";
    journey.browser.evaluate_in_worker(always).unwrap();
    journey.panel.press("pause").unwrap();
    journey.panel.wait_for("the panel to give up", |s| s.view == "fell").unwrap();
    assert!(journey.panel.words().unwrap().contains("Nothing of the run is lost"));
    // With the service worker the fault ends; the run is where it was.
    journey.browser.stop_service_worker().unwrap();
    journey.panel.press("open-again").unwrap();
    journey.panel.wait_for("the run", |s| s.view == "steps" && s.standing == "running").unwrap();
}

#[test]
fn a_panel_that_fails_says_so_and_the_run_goes_on() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("register-app.all").unwrap();
    let step = journey.step().unwrap().unwrap();
    journey.ring(&step).unwrap().expect("the ring of the step");
    let always = "(() => { Date.now = () => { throw new Error('a fault of the test') }; })()";
    journey.panel.page.evaluate(always).unwrap();
    journey.panel.wait_for("the panel to say so", |s| s.view == "fell").unwrap();
    assert!(journey.panel.words().unwrap().contains("Handrail's panel failed."));
    assert!(!journey.panel.shows("#root").unwrap(), "nothing of what it showed is left");
    assert!(journey.page.overlay().unwrap().is_some_and(|o| o.ring.is_some()), "the ring stays");
    journey.panel.press("open-again").unwrap();
    journey.panel.wait_for("the run", |s| s.view == "steps" && s.step == "register-app.all").unwrap();
    journey.walk_to("register-app.new").unwrap();
}
