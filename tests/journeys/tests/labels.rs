//! Newer labels: fetched on a press alone, taken only when signed, newer and nothing but labels, and taken back by a press.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

use handrail_guide::labels::{Labels, TYP};
use handrail_handover::Signing;
use handrail_journeys::gallery::axe;
use handrail_journeys::{AZURE, GUIDE, Journey};
use handrail_world::dist::root;
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

/// The control whose label is new.
const CONTROL: &str = "app-registrations.new-registration";

/// A web server with one answer, and how often it was asked for it.
struct Shelf {
    origin: String,
    answer: Arc<Mutex<(String, String)>>,
    asked: Arc<Mutex<usize>>,
}

impl Shelf {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let shelf = Self { origin, answer: Arc::default(), asked: Arc::default() };
        shelf.put("404 Not Found", "");
        let (answer, asked) = (Arc::clone(&shelf.answer), Arc::clone(&shelf.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head =
                    BufReader::new(&stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty());
                assert!(head.count() > 0);
                *asked.lock().unwrap() += 1;
                let (status, text) = answer.lock().unwrap().clone();
                let head =
                    format!("HTTP/1.1 {status}\r\naccess-control-allow-origin: *\r\nconnection: close\r\n");
                // Whoever is not wanted may hang up before the end.
                let _ = write!(stream, "{head}content-length: {}\r\n\r\n{text}", text.len());
            }
        });
        shelf
    }

    /// Status line and further headers, and the text.
    fn put(&self, status: &str, text: &str) {
        *self.answer.lock().unwrap() = (status.to_owned(), text.to_owned());
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

#[test]
fn newer_labels_are_taken_when_signed_and_nothing_else_is() {
    let options = WorldOptions::default();
    let world = World::start(&options).unwrap();
    let (shelf, other_host, key) = (Shelf::open(), Shelf::open(), Signing::from_seed([9; 32]));
    let config = world.extension().join("config.json");
    let mut set: Value = serde_json::from_str(&fs::read_to_string(&config).unwrap()).unwrap();
    set["labels"] = json!({"url": format!("{}/labels", shelf.origin), "keys": [key.public().x()]});
    fs::write(&config, set.to_string()).unwrap();
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(world.extension().join("manifest.json")).unwrap()).unwrap();
    let of = |version: u32, id: &str, label: &str| {
        let way = json!({"by": "role", "roles": ["button"], "text": {"en": [label]}});
        let mut labels = serde_json::Map::new();
        labels.insert(id.into(), json!({"locators": [way], "called": format!("**{label}**")}));
        let extension = manifest["version"].as_str().unwrap().to_owned();
        Labels { version, extension, labels, ..Labels::default() }
    };
    let signed = |labels: &Labels, key: &Signing| key.token(TYP, &labels.claims()).unwrap();
    let newer = of(3, CONTROL, "Register another app");

    let journey = Journey { person: Person::sit_down(&world, GUIDE, AZURE).unwrap(), world };
    journey.panel.press("settings").unwrap();
    assert_eq!(shelf.asked(), 0, "nothing is fetched before the press");
    look(&journey, &shelf, "Nothing could be fetched");
    other_host.put("200 OK", &signed(&newer, &key));
    shelf.put(&format!("302 Found\r\nlocation: {}/labels", other_host.origin), "");
    look(&journey, &shelf, "Nothing could be fetched");
    assert_eq!(other_host.asked(), 0, "a redirect is not followed");
    let hostile = [
        ("the wrong key", signed(&newer, &Signing::from_seed([8; 32]))),
        ("tampered", signed(&newer, &key).replace(".eyJ", ".eyI")),
        ("no pack", "<!doctype html>".into()),
        ("oversize", format!("{}{}", signed(&newer, &key), "x".repeat(1_000_000))),
        ("a new control", signed(&of(3, "app-registrations.delete-everything", "Delete"), &key)),
        ("a text that is read", signed(&of(3, "app-overview.client-id", "Object ID"), &key)),
        ("an empty label", signed(&of(3, CONTROL, " "), &key)),
    ];
    for (what, file) in hostile {
        eprintln!("{what}");
        shelf.put("200 OK", &file);
        look(&journey, &shelf, "Nothing of it is used");
    }
    assert!(!labels(&journey).contains("Register another app"), "nothing was taken so far");

    shelf.put("200 OK", &signed(&newer, &key));
    look(&journey, &shelf, "in use from the next guide");
    assert!(journey.panel.part("labels").unwrap().contains("Number 3"));
    assert_eq!(axe(&journey.panel.page).unwrap(), Vec::<String>::new());
    let plan = until("the new label in the plan", LONG, || {
        let plan = labels(&journey);
        Ok(plan.contains("Register another app").then_some(plan))
    })
    .unwrap();
    assert!(plan.contains("**Register another app**"), "steps speak of it too");
    shelf.put("200 OK", &signed(&of(2, CONTROL, "Older"), &key));
    look(&journey, &shelf, "nothing newer there");
    journey.begin_anew().unwrap();
    assert!(labels(&journey).contains("Register another app"), "kept when the service worker starts anew");

    journey.panel.press("settings").unwrap();
    let taken = |labels: &Labels, number: &str| {
        shelf.put("200 OK", &signed(labels, &key));
        look(&journey, &shelf, "in use from the next guide");
        assert!(journey.panel.part("labels").unwrap().contains(number), "{number}");
    };
    let not_taken = |labels: &Labels| {
        shelf.put("200 OK", &signed(labels, &key));
        look(&journey, &shelf, "nothing newer there");
    };
    taken(&of(5, CONTROL, "Wrong by mistake"), "Number 5");
    not_taken(&newer);
    not_taken(&Labels { replaces: Some(4), ..newer.clone() });
    taken(&Labels { replaces: Some(5), ..newer.clone() }, "Number 3");
    not_taken(&of(4, CONTROL, "Older than what was seen"));
    taken(&Labels { revoked: vec![7], ..of(6, CONTROL, "Register another app") }, "Number 6");
    not_taken(&of(7, CONTROL, "Called back before it came"));
    shelf.put("200 OK", &signed(&Labels { extension: "0.0.1".into(), ..of(8, CONTROL, "Add") }, &key));
    look(&journey, &shelf, "another version");
    journey.panel.press("forget-labels").unwrap();
    until("the packaged labels", LONG, || {
        Ok((!labels(&journey).contains("Register another app")).then_some(()))
    })
    .unwrap();
}

/// The script that judges in the extension, on the cases that the command line's judge is held against.
#[test]
fn words_for_what_is_packaged_are_taken_and_nothing_else() {
    let script = "import(process.argv[1]).then(({ fits }) => {
        const { pages, cases } = JSON.parse(require('fs').readFileSync(process.argv[2]));
        const wrong = cases.filter((c) => fits(c.claims, pages) !== c.fits).map((c) => c.name);
        console.log(JSON.stringify([cases.length > 40, ...wrong]));
    })";
    let files =
        ["extension/panel/js/fits.js", "crates/guide/tests/labels.json"].map(|file| root().join(file));
    let run = Command::new("node").arg("-e").arg(script).args(files).output().unwrap();
    let said = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(said.0.trim(), "[true]", "{}", said.1);
}

/// Presses for newer labels and waits for what is said about them.
#[track_caller]
fn look(journey: &Journey, shelf: &Shelf, said: &str) {
    let before = shelf.asked();
    journey.panel.press("look-for-labels").unwrap();
    until("the address to be asked", LONG, || Ok((shelf.asked() > before).then_some(()))).unwrap();
    until(said, LONG, || Ok(journey.panel.part("labels")?.contains(said).then_some(()))).unwrap();
}

/// The guide's plan as it is read now.
fn labels(journey: &Journey) -> String {
    let script = format!("globalThis.handrailPlan({})", json!(GUIDE));
    let plan = until("the plan", LONG, || journey.browser.evaluate_in_worker(&script).map(Some)).unwrap();
    plan.as_str().unwrap().to_owned()
}
