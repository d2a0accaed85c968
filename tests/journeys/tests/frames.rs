//! Frames of every kind, frames that come late and change places, and an extension that goes away in the middle.

use handrail_journeys::{AZURE, Journey};
use handrail_world::browser::{Frame, Kind, Overlay, Page};
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

/// A run at the form of the React blade, with the ring on the name.
fn at_the_form() -> Journey {
    let mut journey = Journey::begin_at(AZURE, json!({"frame": "react"})).unwrap();
    journey.walk_to("register-app.name").unwrap();
    ring_in(&journey, "sandbox-1");
    journey
}

/// Waits for the ring in the frame of this host.
#[track_caller]
fn ring_in(journey: &Journey, host: &str) {
    let wanted = format!("//{host}.");
    let is_there =
        |o: &Overlay| o.ring.is_some() && o.frame.as_ref().is_some_and(|f| f.url.contains(&wanted));
    until(&format!("the ring on the name, in {host}"), LONG, || {
        // Looked at anew each time: the ring goes where its control goes.
        let Some(overlay) = journey.page.overlay()?.filter(is_there) else { return Ok(None) };
        let truth = journey.page.truth_under_ring(&overlay)?;
        Ok((truth.as_deref() == Some("register-application.name")).then_some(()))
    })
    .unwrap_or_else(|error| panic!("{error:#}: {}", journey.scene()));
}

/// Changes the styles of the blade's frames: the one of this number is shown, the others are not.
fn show_copy(page: &Page, number: u32) {
    let script = format!(
        "for (const frame of document.querySelectorAll('iframe[name$=\".ReactView\"]')) {{
            const on = frame.src.includes('//sandbox-{number}.');
            frame.style.display = on ? 'block' : 'none';
            frame.style.visibility = on ? 'visible' : 'hidden';
            frame.classList.toggle('fxs-reactview-frame-active', on);
        }}"
    );
    page.evaluate(&script).unwrap();
}

#[test]
fn the_shown_copy_of_a_blade_wins_and_the_ring_moves_when_they_are_swapped() {
    let journey = at_the_form();
    show_copy(&journey.page, 3);
    ring_in(&journey, "sandbox-3");
    show_copy(&journey.page, 1);
    ring_in(&journey, "sandbox-1");
}

#[test]
fn a_frame_that_is_taken_out_and_comes_late_is_ringed_again() {
    let journey = at_the_form();
    let page = &journey.page;
    page.evaluate("globalThis.late = document.querySelector('.fxs-reactview-frame-active'); globalThis.place = late.parentElement; late.remove()").unwrap();
    until("the ring to go with its frame", LONG, || {
        Ok(page.overlays()?.iter().all(|o| o.ring.is_none()).then_some(()))
    })
    .unwrap();
    page.evaluate("place.append(late)").unwrap();
    ring_in(&journey, "sandbox-1");
}

/// Adds frames of kinds the portal may use any day.
const KINDS: &str = "() => {
    const add = (id, attributes) => {
        const frame = Object.assign(document.createElement('iframe'), { id });
        for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
        document.body.append(frame);
        return frame;
    };
    add('blank', {});
    add('words', { srcdoc: '<p>words</p>' });
    add('opaque', { sandbox: 'allow-scripts', srcdoc: '<p>opaque</p>' });
    add('nested', { srcdoc: '<iframe id=inner srcdoc=\"<p>inner</p>\"></iframe>' });
    add('sandboxed', { sandbox: 'allow-scripts', src: document.querySelector('iframe[name$=\".ReactView\"]').src });
}";

/// Frames in which the extension has a script.
fn reached(page: &Page) -> Vec<Frame> {
    page.frames().unwrap().into_iter().filter(|f| page.has_isolated(f)).collect()
}

#[test]
fn frames_without_an_address_nested_and_sandboxed_ones_are_reached_and_left() {
    let journey = at_the_form();
    let before = reached(&journey.page).len();
    journey.page.evaluate(&format!("({KINDS})()")).unwrap();
    until("the agent in six more frames", LONG, || {
        Ok((reached(&journey.page).len() >= before + 6).then_some(()))
    })
    .unwrap_or_else(|error| panic!("{error:#}: {:?}", reached(&journey.page)));
    ring_in(&journey, "sandbox-1");
    journey.page.evaluate("for (const id of ['blank', 'words', 'opaque', 'nested', 'sandboxed']) document.getElementById(id).remove()").unwrap();
    ring_in(&journey, "sandbox-1");
}

/// Notes every message a frame hears, the portal's own aside.
const HEAR: &str = "(() => {
    globalThis.__heard = [];
    addEventListener('message', e => { if (e.data?.practicePortal !== 1) __heard.push(JSON.stringify(e.data)); }, true);
})()";

fn heard(page: &Page) -> Vec<Value> {
    let frames = page.frames().unwrap();
    let all = frames.iter().filter_map(|f| page.evaluate_in(f, "globalThis.__heard ?? []").ok());
    all.flat_map(|heard| heard.as_array().cloned().unwrap_or_default()).collect()
}

#[test]
fn no_message_is_posted_between_frames_and_one_would_be_noticed() {
    let mut journey = at_the_form();
    for frame in journey.page.frames().unwrap() {
        // A frame without scripts hears nothing.
        drop(journey.page.evaluate_in(&frame, HEAR));
    }
    for step in ["register-app.name", "register-app.accounts"] {
        let step = journey.plan.step(step).unwrap().clone();
        journey.follow(&step).unwrap();
    }
    assert_eq!(heard(&journey.page), Vec::<Value>::new());
    let disposed = |journey: &Journey| journey.world.tenant.state().unwrap()["disposedFrames"].clone();
    assert_eq!(disposed(&journey), json!([]), "a blade was disturbed");

    // The check itself: a message from the extension's world is heard, and disturbs the blade.
    let frames = journey.page.frames().unwrap();
    let blade = frames.iter().find(|f| f.url.contains("//sandbox-1.")).unwrap();
    journey.page.evaluate_isolated(blade, "parent.postMessage({ handrail: 1 }, '*')").unwrap();
    until("the message to be heard", LONG, || {
        Ok((heard(&journey.page) == [json!("{\"handrail\":1}")]).then_some(()))
    })
    .unwrap();
    let top = journey.page.top().unwrap();
    let down = "for (let n = 0; n < frames.length; n++) frames[n].postMessage({ handrail: 2 }, '*')";
    journey.page.evaluate_isolated(&top, down).unwrap();
    until("the blade to be disturbed", LONG, || Ok((disposed(&journey) != json!([])).then_some(()))).unwrap();
}

/// What a person and the page could notice of the extension.
fn traces(page: &Page) -> usize {
    let frames = page.frames().unwrap();
    let hosts = frames
        .iter()
        .filter_map(|f| page.evaluate_in(f, "document.querySelectorAll('hand-rail').length").ok());
    hosts.filter_map(|n| n.as_u64()).map(|n| usize::try_from(n).unwrap()).sum()
}

/// The extension went away: nothing of it is seen and, where its scripts can still leave, nothing is there.
#[track_caller]
fn leaves_clean(page: &Page) {
    until("ring and card to go", LONG, || Ok(page.overlays()?.is_empty().then_some(()))).unwrap();
    if Kind::chosen().lets_scripts_leave() {
        until("the overlay to go from every frame", LONG, || Ok((traces(page) == 0).then_some(()))).unwrap();
    }
}

#[test]
fn removed_in_the_middle_the_page_is_clean_in_every_frame() {
    let journey = at_the_form();
    journey.browser.remove_extension().unwrap();
    leaves_clean(&journey.page);
    let works = "document.querySelector('.fxs-reactview-frame-active') !== null";
    if !Kind::chosen().lets_scripts_leave() {
        journey.page.reload().unwrap();
        journey.page.wait_for("the portal to be drawn anew", works).unwrap();
        assert_eq!(traces(&journey.page), 0);
    }
    assert_eq!(journey.page.evaluate(works).unwrap(), json!(true), "the portal goes on");
}

/// The person opens the panel of the extension that came back, and goes on.
#[track_caller]
fn is_taken_up(mut journey: Journey, known: &str) {
    let panel = journey.browser.press_until_panel(&journey.page, known).unwrap();
    journey.person.panel = handrail_world::panel::Panel { page: panel };
    let stand = journey.panel.wait_for("the run", |s| s.view == "home" || s.view == "steps").unwrap();
    if stand.view == "home" {
        journey.panel.press("adopt").unwrap();
    }
    journey.panel.wait_for("the step it was at", |s| s.step == "register-app.name").unwrap();
    ring_in(&journey, "sandbox-1");
}

#[test]
fn updated_in_the_middle_the_page_is_clean_and_the_run_is_taken_up_where_it_was() {
    let journey = at_the_form();
    let known = journey.panel.page.target().to_owned();
    journey.browser.update_extension(journey.world.extension()).unwrap();
    leaves_clean(&journey.page);
    is_taken_up(journey, &known);
}

#[test]
fn switched_off_in_the_middle_the_page_is_clean_and_switched_on_again_the_run_is_taken_up_where_it_was() {
    let journey = at_the_form();
    let known = journey.panel.page.target().to_owned();
    journey.browser.enable_extension(false).unwrap();
    leaves_clean(&journey.page);
    journey.browser.enable_extension(true).unwrap();
    is_taken_up(journey, &known);
}
