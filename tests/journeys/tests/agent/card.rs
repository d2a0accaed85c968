//! The card's manners: it folds, it is moved by mouse and by keyboard, it lies on nothing that is needed, it is said
//! aloud once, and it takes no focus.

use handrail_world::browser::{Overlay, Rect};
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use crate::bench::{Bench, Build, id};

/// The card once it stands still, with all that moves at its end.
fn settled(bench: &Bench) -> Overlay {
    let mut last = None;
    let mut found = until("the card to stand still", LONG, || {
        bench.page.finish_overlay_motion()?;
        let now = bench.page.overlay()?;
        let place = now.as_ref().and_then(|o| o.card);
        let still = place.is_some() && place == last;
        last = place;
        Ok(now.filter(|_| still))
    })
    .unwrap();
    found.frame = Some(bench.page.top().unwrap());
    found
}

fn card(bench: &Bench) -> Rect {
    settled(bench).card.unwrap()
}

/// A place on the card's upper edge to hold it by.
fn handle(bench: &Bench) -> (f64, f64) {
    let at = card(bench);
    (at.x + at.width / 2.0, at.y + 18.0)
}

fn is_open(bench: &Bench) -> bool {
    bench.page.in_overlay("function () { return this.querySelector('details').open; }").unwrap()
        == json!(true)
}

fn apart(one: Rect, other: Rect) -> bool {
    one.x + one.width <= other.x
        || other.x + other.width <= one.x
        || one.y + one.height <= other.y
        || other.y + other.height <= one.y
}

/// Puts the keyboard on the card's handle as a person does: with the Tab key.
fn tab_to_handle(bench: &Bench) {
    let on_handle = "function () { return this.activeElement?.localName === 'summary'; }";
    for _ in 0..80 {
        bench.page.key("Tab").unwrap();
        if bench.page.in_overlay(on_handle).unwrap() == json!(true) {
            return;
        }
    }
    panic!("the Tab key does not come to the card");
}

#[test]
fn it_folds_and_unfolds_by_mouse_and_by_keyboard_and_a_wrong_turn_opens_it() {
    for build in [Build::Wasm, Build::LoweredByPolicy] {
        let bench = Bench::open(build);
        bench.ring("name");
        let whole = card(&bench);
        let (x, y) = handle(&bench);
        let top = bench.page.top().unwrap();
        bench.page.press_in(&top, x, y).unwrap();
        until("the card to fold", LONG, || Ok((!is_open(&bench)).then_some(()))).unwrap();
        let folded = settled(&bench);
        assert!(folded.card.unwrap().height < whole.height / 2.0, "{build:?}: {folded:?}");
        assert!(folded.title.is_empty() && folded.buttons.is_empty(), "{build:?}: {folded:?}");
        assert!(folded.ring.is_some(), "{build:?}: a folded card keeps the ring");

        tab_to_handle(&bench);
        bench.page.key(" ").unwrap();
        until("the card to unfold", LONG, || Ok(is_open(&bench).then_some(()))).unwrap();
        bench.page.key("Enter").unwrap();
        until("the card to fold again", LONG, || Ok((!is_open(&bench)).then_some(()))).unwrap();
        bench.send(&json!({"k": "show", "gen": 90, "probe": id("name"), "n": 3, "total": 24, "title": "Not so",
            "text": "That went wrong.", "note": "", "tone": "wrong", "copy": "", "buttons": [], "dir": "Contoso"}));
        until("what went wrong to be seen", LONG, || Ok(is_open(&bench).then_some(()))).unwrap();
    }
}

#[test]
fn it_is_pulled_with_the_mouse_stays_there_and_is_not_folded_by_that() {
    for build in [Build::Wasm, Build::LoweredByPolicy] {
        let bench = Bench::open(build);
        bench.ring("name");
        let (before, top) = (card(&bench), bench.page.top().unwrap());
        bench.page.drag(&top, handle(&bench), (310.0, 240.0)).unwrap();
        let after = card(&bench);
        assert!((after.x - before.x - 310.0).abs() < 2.0, "{build:?}: {before:?} to {after:?}");
        assert!((after.y - before.y - 240.0).abs() < 2.0, "{build:?}: {before:?} to {after:?}");
        assert!(is_open(&bench), "{build:?}: pulling folded it");
        bench.ring("new");
        let next = card(&bench);
        assert_eq!((next.x, next.y), (after.x, after.y), "{build:?}: the next step's card is elsewhere");
    }
}

#[test]
fn pulled_onto_the_ringed_control_it_gives_way_when_it_is_let_go() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("register");
    let shown = settled(&bench);
    let (ring, at) = (shown.ring.unwrap(), shown.card.unwrap());
    let top = bench.page.top().unwrap();
    bench.page.drag(&top, handle(&bench), (ring.x - at.x, ring.y - at.y)).unwrap();
    bench.ring("register");
    let shown = settled(&bench);
    assert!(apart(shown.card.unwrap(), shown.ring.unwrap()), "{shown:?}");
}

#[test]
fn the_arrow_keys_move_it_and_the_page_does_not_scroll() {
    for build in [Build::Wasm, Build::LoweredByPolicy] {
        let bench = Bench::open(build);
        bench.ring("name");
        tab_to_handle(&bench);
        let scrolled = bench.page.evaluate("scrollY").unwrap();
        // Twice to the right first: beside its control it keeps a distance, and would go back there.
        for (key, right, down) in [
            ("ArrowRight", 32.0, 0.0),
            ("ArrowRight", 32.0, 0.0),
            ("ArrowDown", 0.0, 32.0),
            ("ArrowLeft", -32.0, 0.0),
            ("ArrowUp", 0.0, -32.0),
        ] {
            let before = card(&bench);
            bench.page.key(key).unwrap();
            let mut last = before;
            let moved = until(&format!("{key} to move the card"), LONG / 3, || {
                let Some(now) = bench.page.overlay()?.and_then(|o| o.card) else { return Ok(None) };
                last = now;
                let is_there =
                    (now.x - before.x - right).abs() < 2.0 && (now.y - before.y - down).abs() < 2.0;
                Ok(is_there.then_some(()))
            });
            assert!(moved.is_ok(), "{build:?}, {key}: from {before:?} to {last:?}");
        }
        assert_eq!(bench.page.evaluate("scrollY").unwrap(), scrolled, "{build:?}");
        assert!(is_open(&bench), "{build:?}");
    }
}

/// Where the page's own controls are, as far as they are in the window.
const CONTROLS: &str = "[...document.querySelectorAll('#new, #name, #single, #register, #late button')].map(e => {
    const r = e.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height, name: e.id || 'late' };
}).filter(r => r.y + r.height <= innerHeight)";

#[test]
fn it_lies_on_no_control_that_is_needed_next_in_a_wide_and_in_a_small_window() {
    for (width, height) in [(1600, 1000), (760, 560)] {
        let bench = Bench::open(Build::Wasm);
        bench.page.size(width, height, 1).unwrap();
        for control in ["new", "name", "single", "register"] {
            bench.ring(control);
            lies_on_nothing(&bench, &format!("{control} at {width}"));
        }
        bench.ring("new");
        bench.press("#new");
        bench.page.wait_for("the next control", "document.querySelector('#late button') !== null").unwrap();
        lies_on_nothing(&bench, &format!("a new control at {width}"));
        bench.ring("next");
        lies_on_nothing(&bench, &format!("the next control at {width}"));
    }
}

#[track_caller]
fn lies_on_nothing(bench: &Bench, what: &str) {
    let mut last = String::new();
    let clear = until("the card to lie on nothing", LONG, || {
        let Some(shown) = bench.page.overlay()? else { return Ok(None) };
        let card: Rect = shown.card.ok_or_else(|| anyhow::anyhow!("no card"))?;
        let controls = bench.page.evaluate(CONTROLS)?;
        let covered: Vec<Value> = controls
            .as_array()
            .into_iter()
            .flatten()
            .filter(|c| serde_json::from_value::<Rect>((*c).clone()).is_ok_and(|at| !apart(card, at)))
            .cloned()
            .collect();
        last = format!("{covered:?} under {card:?}");
        let ring_is_free = shown.ring.is_some_and(|ring| apart(card, ring));
        Ok((covered.is_empty() && ring_is_free).then_some(()))
    });
    assert!(clear.is_ok(), "{what}: {last}");
}

#[test]
fn it_is_said_aloud_once_and_takes_no_focus() {
    for build in [Build::Wasm, Build::LoweredByPolicy] {
        let bench = Bench::open(build);
        // The agent's own world has its own wrapper of the document: only it hears this.
        bench.isolated("globalThis.said = []; document.ariaNotify = text => { said.push(text); }; true");
        bench.press("#name");
        bench
            .page
            .evaluate(
                "globalThis.left = 0; document.getElementById('name').addEventListener('blur', () => left++)",
            )
            .unwrap();
        bench.ring("register");
        let said = bench.isolated("said");
        assert_eq!(said.as_array().map(Vec::len), Some(1), "{build:?}: {said}");
        let words = said[0].as_str().unwrap_or_default();
        assert!(words.contains("Do this") && words.contains("Now, here."), "{build:?}: {words}");
        // The page draws its control anew: the ring comes back, the words do not.
        bench.page.evaluate("globalThis.gone = document.getElementById('register'); gone.remove()").unwrap();
        bench.wait_told("the loss", |m| m["k"] == "lost");
        bench.page.evaluate("document.getElementById('late').append(gone)").unwrap();
        bench.wait_told("the ring", |m| m["k"] == "ringed");
        bench.ring("new");
        assert_eq!(bench.isolated("said"), said, "{build:?}: the same words were said twice");
        assert_eq!(
            bench.page.evaluate("[document.activeElement.id, left]").unwrap(),
            json!(["name", 0]),
            "{build:?}"
        );
        let title =
            bench.page.in_overlay("function () { return this.querySelector('summary').title; }").unwrap();
        assert_eq!(title, "Press to fold", "{build:?}");
    }
}

#[test]
fn the_ring_keeps_still_where_motion_is_unwanted_and_is_seen_where_colours_are_forced() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("register");
    let look = |motion: &str, colours: &str| {
        bench.page.media(&[("prefers-reduced-motion", motion), ("forced-colors", colours)]).unwrap();
        let ring = "function () {
            const ring = this.querySelector('.ring');
            ring.className = 'ring arrive';
            const highlight = this.appendChild(document.createElement('i'));
            highlight.style.cssText = 'color: Highlight; forced-color-adjust: none';
            const [edge, chosen] = [getComputedStyle(ring).borderTopColor, getComputedStyle(highlight).color];
            highlight.remove();
            return [getComputedStyle(ring, '::before').animationName, edge === chosen];
        }";
        bench.page.in_overlay(ring).unwrap()
    };
    assert_eq!(look("no-preference", "none"), json!(["arrive", false]));
    assert_eq!(look("reduce", "none"), json!(["none", false]));
    assert_eq!(look("no-preference", "active"), json!(["arrive", true]));
}
