//! The agent by itself, in both builds: a small page, and a background that only passes messages on.

mod bench;
mod card;

use bench::{Bench, Build, row};
use handrail_world::browser::Kind;
use serde_json::{Value, json};

const BUILDS: [Build; 3] = [Build::Wasm, Build::Lowered, Build::LoweredByPolicy];

#[test]
fn says_what_is_there_and_what_changes() {
    for build in BUILDS {
        let bench = Bench::open(build);
        let seen = bench.told("seen");
        for found in ["new", "name", "register", "app30", "shadow", "single"] {
            assert_eq!(row(&seen, found)[1], json!(1), "{build:?}: {found} of {seen}");
        }
        assert_eq!(row(&seen, "next"), Value::Null, "{build:?}");
        // Two of the same words, one of them in the bar.
        assert_eq!(row(&seen, "command")[1], json!(1), "{build:?}: {seen}");
        assert_eq!(row(&seen, "anywhere")[1], json!(2), "{build:?}: {seen}");
        bench.press("#name");
        bench.page.type_text("Collector").unwrap();
        bench.wait_told("the typed name", |m| row(m, "name")[2] == "Collector");
        bench.press("#single");
        bench.wait_told("the tick", |m| row(m, "single")[2] == "true");
    }
}

#[test]
fn a_press_on_the_ringed_control_is_told_and_so_is_what_it_brings() {
    for build in BUILDS {
        let bench = Bench::open(build);
        bench.ring("new");
        bench.press("#new");
        let used = bench.wait_told("the press", |m| m["k"] == "used");
        assert_eq!(used["probe"], bench::id("new"), "{build:?}");
        bench.wait_told("what the press made", |m| row(m, "next")[1] == json!(1));
    }
}

#[test]
fn a_sheet_that_imports_another_sites_does_not_stop_it() {
    for build in [Build::Wasm, Build::Lowered] {
        let bench = Bench::open(build);
        let import = "document.head.append(Object.assign(document.createElement('style'),
            {textContent: '@import url(http://sheets.example/sheet.css);'}))";
        bench.page.evaluate(import).unwrap();
        let told = "getComputedStyle(document.querySelector('h1'), '::after').content.includes('new')";
        bench.page.wait_for("the imported sheet", told).unwrap();
        bench.ring("new");
        bench.press("#new");
        bench.wait_told("what the press made", |m| row(m, "next")[1] == json!(1));
    }
}

#[test]
fn typing_is_no_use_of_a_text_box_until_it_ends() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("name");
    bench.press("#name");
    bench.page.type_text("Collector").unwrap();
    let before = bench.until_told("the typed name", |m| row(m, "name")[2] == "Collector");
    assert!(before.iter().all(|m| m["k"] != "used"), "{before:?}");
    bench.press("h1");
    bench.wait_told("the change", |m| m["k"] == "used");
}

#[test]
fn the_card_copies_without_the_page_losing_focus_or_hearing_of_it() {
    for build in BUILDS {
        let bench = Bench::open(build);
        bench.ring("name");
        bench.press("#name");
        let listen = "globalThis.heard = []; for (const kind of ['pointerdown', 'mousedown', 'click', 'copy', 'focusout'])
            document.addEventListener(kind, (event) => heard.push(kind), true)";
        bench.page.evaluate(listen).unwrap();
        bench.press_card("copy");
        bench.wait_told("the copy", |m| m["act"] == "copied");
        assert_eq!(bench.page.evaluate("document.activeElement.id").unwrap(), "name", "{build:?}");
        assert_eq!(bench.page.evaluate("heard").unwrap(), json!([]), "{build:?}");
        bench.page.edit("paste").unwrap();
        bench
            .page
            .wait_for("the paste", "document.getElementById('name').value === 'typed for you'")
            .unwrap();
        bench.press_card("next");
        bench.wait_told("the button", |m| m["act"] == "next");
    }
}

#[test]
fn the_ring_is_brought_into_view_and_follows_scrolling_and_animation() {
    for build in BUILDS {
        let bench = Bench::open(build);
        bench.ring("app30");
        bench.ring_comes_to("#app30");
        bench
            .page
            .evaluate("document.getElementById('list').scrollBy({ top: 50, behavior: 'smooth' })")
            .unwrap();
        bench.ring_comes_to("#app30");
        bench.page.evaluate("document.getElementById('list').scrollTop = 0").unwrap();
        bench.wait_overlay("no ring over foreign rows", |o| o.ring.is_none() && o.card.is_some());
        bench.ring("register");
        bench.page.evaluate("document.getElementById('register').classList.add('slide')").unwrap();
        bench
            .page
            .wait_for("the slide to end", "document.getAnimations().every((a) => a.playState !== 'running')")
            .unwrap();
        bench.ring_comes_to("#register");
    }
}

#[test]
fn a_control_that_goes_and_comes_is_told_and_ringed_again() {
    for build in BUILDS {
        let bench = Bench::open(build);
        bench.ring("register");
        bench.page.evaluate("globalThis.gone = document.getElementById('register'); gone.remove()").unwrap();
        bench.wait_told("the loss", |m| m["k"] == "lost");
        bench.page.evaluate("document.getElementById('late').append(gone)").unwrap();
        bench.wait_told("the ring", |m| m["k"] == "ringed");
        bench.ring_comes_to("#register");
    }
}

#[test]
fn where_a_modal_dialog_makes_the_card_dead_the_words_are_given_away() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("new");
    bench
        .page
        .evaluate(
            "globalThis.box = document.body.appendChild(document.createElement('dialog')); box.showModal()",
        )
        .unwrap();
    bench.wait_told("the card to be dead", |m| m["k"] == "inert" && m["on"] == true);
    bench.page.evaluate("box.close(); box.remove()").unwrap();
    bench.wait_told("the card to live", |m| m["k"] == "inert" && m["on"] == false);
}

#[test]
fn the_page_cannot_lose_the_overlay_by_taking_it_out() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("new");
    bench.page.evaluate("document.querySelector('hand-rail').remove()").unwrap();
    bench
        .page
        .wait_for("the overlay to be back", "!!document.querySelector('hand-rail:popover-open')")
        .unwrap();
}

#[test]
fn leaves_without_trace() {
    for build in BUILDS {
        let bench = Bench::open(build);
        let before = bench.page.evaluate("document.documentElement.outerHTML").unwrap();
        bench.ring("new");
        assert!(bench.listeners() > 0, "{build:?}: the count of listeners does not count");
        bench.send(&json!({"k": "bye"}));
        bench.page.wait_for("the overlay to go", "!document.querySelector('hand-rail')").unwrap();
        assert_eq!(bench.listeners(), 0, "{build:?}");
        assert_eq!(bench.page.evaluate("document.documentElement.outerHTML").unwrap(), before, "{build:?}");
        assert_eq!(bench.isolated("typeof globalThis.__handrail"), "undefined", "{build:?}");
    }
}

#[test]
fn takes_itself_away_when_the_extension_is_removed() {
    for build in [Build::Wasm, Build::Lowered] {
        let bench = Bench::open(build);
        bench.ring("new");
        bench.remove_extension();
        if !Kind::chosen().lets_scripts_leave() {
            bench.page.reload().unwrap();
        }
        bench.page.wait_for("the overlay to go", "!document.querySelector('hand-rail')").unwrap();
    }
}

#[test]
fn a_resting_background_is_woken_by_news_and_told_everything() {
    let bench = Bench::open(Build::Wasm);
    bench.ring("new");
    bench.browser.stop_service_worker().unwrap();
    bench.page.evaluate("document.getElementById('register').remove()").unwrap();
    let hello = bench.wait_told("the agent's hello", |m| m["k"] == "hello");
    assert_eq!(hello["gen"], json!(1));
    let seen = bench.wait_told("all it sees", |m| row(m, "new")[1] == json!(1));
    // All it knows comes first and may be older than the removal; then the news follows.
    if row(&seen, "register")[1] != json!(0) {
        bench.wait_told("that the control is gone", |m| row(m, "register")[1] == json!(0));
    }
}
