//! A journey by keyboard alone: the panel and the portal's own controls by Tab, Enter, space, Escape and typing. At every
//! stop in the panel the focus has to be seen, and a page drawn anew must not lose it.

use handrail_journeys::{APP, AZURE, GUIDE, Journey};
use handrail_world::browser::{Kind, Page};
use handrail_world::wait::{LONG, SHORT, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

/// More stops than any page has.
const STOPS: usize = 200;

#[test]
fn a_guide_is_walked_and_checked_without_a_mouse() {
    // The toolbar button, the one press that is the browser's, is reached with F6 there. In Firefox a key goes to whatever has
    // the focus, its own controls among them: from the panel to the portal Tab passes through all of those.
    let options = WorldOptions { browser: Kind::Chromium, ..WorldOptions::default() };
    let journey = Journey::sit_down(AZURE, &options).unwrap();
    press(&journey, "[data-act='settings']", "Enter");
    assert_eq!(focused(&journey)["act"], "settings", "opening the settings moves nothing");
    journey.panel.page.key("Tab").unwrap();
    assert_eq!(focused(&journey)["settings"], true, "what was opened comes next");
    journey.panel.page.key("Escape").unwrap();
    assert_eq!(focused(&journey)["act"], "settings", "Escape closes them and goes back to their button");
    every_control_is_reached(&journey);

    press(&journey, &format!("[data-act='offer'][data-guide='{GUIDE}']"), "Enter");
    journey.panel.wait_for("the sheet", |s| s.view == "sheet").unwrap();
    at_heading(&journey, "h1");
    press(&journey, "[data-act='start']", " ");
    journey.panel.wait_for("the first step", |s| s.view == "steps" && !s.step.is_empty()).unwrap();
    at_heading(&journey, "h1");

    press(&journey, "[data-act='go-to'][data-step='register-app.list']", "Enter");
    reached(&journey, "register-app.list");
    until("the card's buttons", SHORT, || Ok(journey.panel.shows("[data-act='open-page']")?.then_some(())))
        .unwrap();
    every_control_is_reached(&journey);
    press(&journey, "[data-act='open-page']", "Enter");
    journey.panel.wait_for("the list of apps", |s| s.step != "register-app.list").unwrap();
    press(&journey, "[data-act='go-to'][data-step='register-app.new']", "Enter");
    reached(&journey, "register-app.new");
    use_control(&journey, "app-registrations.new-registration", "Enter");
    reached(&journey, "register-app.name");
    assert_ne!(focused(&journey)["tag"], Value::Null, "the panel kept its place while the portal was used");
    let name = tab_to_control(&journey, "register-application.name");
    assert!(name.is_some(), "the name's field is not reached");
    journey.page.type_text(APP).unwrap();
    journey.panel.wait_for("the name to be seen", |s| s.step != "register-app.name").unwrap();
    use_control(&journey, "register-application.register", "Enter");
    journey.panel.wait_for("the app's page", |s| s.step.starts_with("permissions.")).unwrap();
    journey.app().expect("registered by keyboard");

    press(&journey, "[data-act='cancel']", "Enter");
    assert_eq!(focused(&journey)["act"], "cancel-no", "the question is asked where the button was");
    journey.panel.page.key("Escape").unwrap();
    assert!(journey.panel.shows("[data-act='cancel']").unwrap(), "Escape keeps the run");
    press(&journey, "[data-act='cancel']", "Enter");
    press(&journey, "[data-act='cancel-yes']", "Enter");
    journey.panel.wait_for("the list of guides", |s| s.view == "home").unwrap();
    at_heading(&journey, "h1");

    check_by_keyboard(&journey);
}

/// Chromium leaves the focus where it was in a page that is come back to; Firefox gives it to the page's first control.
#[test]
fn who_comes_back_with_f6_in_firefox_finds_the_control_that_was_left_and_sees_it() {
    let options = WorldOptions { browser: Kind::Firefox, ..WorldOptions::default() };
    let journey = Journey::sit_down(AZURE, &options).unwrap();
    come_by_key(&journey);
    press(&journey, &format!("[data-act='offer'][data-guide='{GUIDE}']"), "Enter");
    journey.panel.wait_for("the sheet", |s| s.view == "sheet").unwrap();
    // The first control and the last one, each out of sight when the panel is come back to; and once more from there.
    for (act, elsewhere) in [("settings", "1e6"), ("start", "0"), ("start", "0")] {
        tab_to(&journey, &format!("[data-act='{act}']"));
        leave_with(&journey, "F6", elsewhere);
        come_by_key(&journey);
        back_at(&journey, act);
    }
    leave_with(&journey, "Tab", "1e6");
    come_by_key(&journey);
    back_at(&journey, "settings");
}

/// Leaves the panel by this key, and has it scrolled there meanwhile.
#[track_caller]
fn leave_with(journey: &Journey, key: &str, scrolled: &str) {
    let page = &journey.panel.page;
    page.key(key).unwrap();
    page.wait_for("the panel to be left", "!document.hasFocus()").unwrap();
    page.evaluate(&format!("scrollTo(0, {scrolled}), true")).unwrap();
}

/// F6 until the panel has the focus and keeps it: what comes before it is the browser's.
#[track_caller]
fn come_by_key(journey: &Journey) {
    let page = &journey.panel.page;
    until("F6 to come to the panel", SHORT, || {
        page.key("F6")?;
        // Now and then it comes and goes on within milliseconds: then it is pressed again.
        std::thread::sleep(std::time::Duration::from_millis(300));
        Ok((page.evaluate("document.hasFocus()")? == true).then_some(()))
    })
    .unwrap();
}

#[track_caller]
fn back_at(journey: &Journey, act: &str) {
    let now = focused(journey);
    let found = (&now["act"], &now["ringed"], &now["seen"]);
    assert_eq!(found, (&json!(act), &json!(true), &json!(true)), "the place is lost: {now}");
}

/// Chooses the way that only checks, types the values of an app that is ready, approves the service and has it checked.
fn check_by_keyboard(journey: &Journey) {
    let seed =
        json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let planted = journey.world.tenant.seed(&seed).unwrap();
    press(journey, &format!("[data-act='offer'][data-guide='{GUIDE}']"), "Enter");
    press(journey, &format!("[data-act='offer'][data-guide='{GUIDE}.check']"), "Enter");
    press(journey, &format!("[data-act='start'][data-guide='{GUIDE}.check']"), "Enter");
    reached(journey, "check.run");
    let secret = &planted["secret"]["value"];
    let values = [
        ("tenant-id", &planted["tenantId"]),
        ("tenant-domain", &planted["domain"]),
        ("client-id", &planted["clientId"]),
        ("client-secret", secret),
    ];
    for (value, text) in values {
        tab_to(journey, &format!("input[data-value='{value}']"));
        journey.panel.page.type_text(text.as_str().unwrap()).unwrap();
        journey.panel.page.key("Enter").unwrap();
        until(&format!("{value} to be taken"), LONG, || {
            Ok((journey.panel.value_state(value)? == "good").then_some(()))
        })
        .unwrap();
        assert_eq!(focused(journey)["value"], value, "the field keeps the focus when its value was taken");
    }
    press(journey, "[data-act='approve-origin']", "Enter");
    until("the check to be offered", SHORT, || Ok(journey.panel.shows("[data-act='check']")?.then_some(())))
        .unwrap();
    assert_ne!(focused(journey)["tag"], Value::Null, "approving leaves the focus near");
    press(journey, "[data-act='check']", "Enter");
    journey.panel.wait_for_verdict("passed").unwrap();
    assert_ne!(
        focused(journey)["tag"],
        Value::Null,
        "the button was off while it was checked and has the focus again"
    );
}

/// What has the focus in the panel; no tag when nothing has.
fn focused(journey: &Journey) -> Value {
    journey.panel.page.evaluate(FOCUSED).unwrap()
}

#[track_caller]
fn at_heading(journey: &Journey, tag: &str) {
    let now = focused(journey);
    assert_eq!(now["tag"], tag, "a new screen is read from its heading: {now}");
}

#[track_caller]
fn reached(journey: &Journey, step: &str) {
    journey.panel.wait_for(step, |s| s.step == step).unwrap();
}

/// Tabs to a control of the panel and presses it by a key.
#[track_caller]
fn press(journey: &Journey, selector: &str, key: &str) {
    tab_to(journey, selector);
    journey.panel.page.key(key).unwrap();
}

#[track_caller]
fn tab_to(journey: &Journey, selector: &str) {
    until(&format!("{selector} to be there"), SHORT, || Ok(journey.panel.shows(selector)?.then_some(())))
        .unwrap();
    for _ in 0..STOPS {
        let now = focused(journey);
        let fits = format!("document.activeElement?.matches({}) ?? false", json!(selector));
        if journey.panel.page.evaluate(&fits).unwrap() == true {
            assert_eq!(
                (&now["ringed"], &now["seen"]),
                (&json!(true), &json!(true)),
                "the focus is not seen: {now}"
            );
            return;
        }
        journey.panel.page.key("Tab").unwrap();
    }
    panic!("{selector} is not reached by Tab");
}

/// One round through the panel: every control that is shown gets the focus, and it is seen there.
#[track_caller]
fn every_control_is_reached(journey: &Journey) {
    let page = &journey.panel.page;
    page.evaluate("document.activeElement.blur(), globalThis.__reached = new Set(), true").unwrap();
    let mut left = 0;
    for _ in 0..STOPS {
        page.key("Tab").unwrap();
        let now = focused(journey);
        if now["tag"].is_null() {
            // Behind the last control the browser's own come, and then the first.
            left += 1;
            continue;
        }
        if now["again"] == true || left > 1 {
            break;
        }
        assert_eq!(
            (&now["ringed"], &now["seen"]),
            (&json!(true), &json!(true)),
            "the focus is not seen: {now}"
        );
    }
    let missed = page.evaluate(MISSED).unwrap();
    assert_eq!(missed, json!([]), "not reached by Tab");
}

/// Tabs to a control of the portal and presses it by a key.
#[track_caller]
fn use_control(journey: &Journey, control: &str, key: &str) {
    assert!(tab_to_control(journey, control).is_some(), "{control} is not reached by Tab");
    journey.page.key(key).unwrap();
}

/// Tabs through the portal until this control has the focus.
fn tab_to_control(journey: &Journey, control: &str) -> Option<()> {
    let hand = journey.hand();
    hand.find(control).unwrap();
    (0..STOPS).find_map(|_| {
        journey.page.key("Tab").unwrap();
        has_focus(&journey.page, control).then_some(())
    })
}

fn has_focus(page: &Page, control: &str) -> bool {
    let script = format!("({IN_PORTAL})({})", json!(control));
    page.frames().unwrap().iter().any(|frame| page.evaluate_in(frame, &script).is_ok_and(|v| v == true))
}

const FOCUSED: &str = "(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return { tag: null };
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    const again = globalThis.__reached?.has(e) ?? false;
    globalThis.__reached?.add(e);
    return { tag: e.localName, act: e.dataset.act ?? null, value: e.dataset.value ?? null, text: e.innerText.slice(0, 60), again,
        settings: e.closest('#settings') !== null, ringed: e.matches(':focus-visible') && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
        step: document.body.dataset.step,
        seen: r.width > 0 && r.bottom > 0 && r.top < innerHeight };
})()";

const MISSED: &str = "[...document.querySelectorAll('button:not(:disabled), input:not([type=radio]), textarea, summary')]
    .filter(e => e.checkVisibility({ contentVisibilityAuto: true }) && !globalThis.__reached.has(e)).map(e => e.outerHTML.slice(0, 120))";

/// Whether a control of the portal, or what is in it or around it, has the focus.
const IN_PORTAL: &str = "control => {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    if (!e || e === document.body) return false;
    for (let at = e; at && at !== document.body; at = at.parentElement) if (at.__truth) return at.__truth === control;
    return [...e.querySelectorAll('*')].some(inner => inner.__truth === control);
}";
