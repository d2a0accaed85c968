//! A browser with the agent and next to nothing else: what the tests of the agent stand on.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, thread};

use handrail_world::browser::{Browser, Kind, Options, Overlay, Page};
use handrail_world::dist;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

/// Which agent runs, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Build {
    Wasm,
    Lowered,
    /// The page's policy forbids WASM, inline styles and scripts, and HTML from strings.
    LoweredByPolicy,
}

const POLICY: &str =
    "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; require-trusted-types-for 'script'";

/// The controls of the page: name, what is read, how it is found. A control's id is its place plus one.
const CONTROLS: [(&str, &str, [&str; 5]); 9] = [
    ("new", "nothing", ["telemetry", "exact", "", "", "Command-New"]),
    ("name", "value", ["label", "exact", "", "", "Name"]),
    ("register", "nothing", ["role", "exact", "button", "", "Register"]),
    ("app30", "nothing", ["role", "exact", "link", "", "App 30"]),
    ("shadow", "nothing", ["role", "exact", "button", "", "In the shadow"]),
    ("next", "nothing", ["role", "exact", "button", "", "Next control"]),
    ("single", "checked", ["role", "exact", "checkbox", "", "Single tenant"]),
    ("command", "nothing", ["role", "exact", "button menuitem", "[role=toolbar],[role=menu]", "Refresh"]),
    ("anywhere", "nothing", ["role", "exact", "button menuitem", "", "Refresh"]),
];

/// A control's id.
pub fn id(control: &str) -> usize {
    CONTROLS.iter().position(|(name, ..)| *name == control).unwrap() + 1
}

/// What a `seen` message says of a control; null if nothing.
pub fn row(message: &Value, control: &str) -> Value {
    let rows = message["r"].as_array().filter(|_| message["k"] == "seen");
    rows.and_then(|rows| rows.iter().find(|row| row[0] == json!(id(control)))).cloned().unwrap_or(Value::Null)
}

/// The browser, the page, and what the agent said that no test has looked at yet.
pub struct Bench {
    pub page: Page,
    pub browser: Browser,
    unread: RefCell<VecDeque<Value>>,
    order: RefCell<u32>,
    folder: PathBuf,
}

impl Bench {
    /// The page with the agent in it, watching all controls.
    pub fn open(build: Build) -> Self {
        let port = serve(build == Build::LoweredByPolicy);
        let folder = extension();
        let options = Options {
            rules: vec![
                format!("MAP page.example:80 127.0.0.1:{port}"),
                format!("MAP sheets.example:80 127.0.0.1:{port}"),
            ],
            extension: Some(folder.clone()),
            ..Options::default()
        };
        let browser = Browser::launch(options).unwrap();
        let begin = format!("globalThis.begin?.({})", build == Build::Lowered);
        until("the background", LONG, || {
            browser.evaluate_in_worker("typeof begin").map(|kind| (kind == "function").then_some(()))
        })
        .unwrap();
        browser.evaluate_in_worker(&begin).unwrap();
        let page = browser.open("http://page.example/").unwrap();
        let bench = Self { page, browser, unread: RefCell::default(), order: RefCell::new(0), folder };
        let hello = bench.wait_told("the agent", |m| m["k"] == "hello");
        // A page's policy does not reach the extension's scripts in Firefox.
        let forbids = Kind::chosen() == Kind::Chromium;
        let lowered = build == Build::Lowered || build == Build::LoweredByPolicy && forbids;
        assert_eq!(hello["build"], if lowered { "lowered" } else { "wasm" });
        let probes: Vec<Value> =
            CONTROLS.iter().map(|(name, read, way)| json!([id(name), read, -1, [way]])).collect();
        bench.send(&json!({"k": "watch", "gen": 1, "lang": "en", "probes": probes}));
        bench
    }

    /// Sends the agent an order.
    pub fn send(&self, order: &Value) {
        self.browser.evaluate_in_worker(&format!("send({order})")).unwrap();
    }

    /// Waits for a report, leaving out those before it.
    pub fn wait_told(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.until_told(what, wanted).pop().unwrap()
    }

    /// The next report of this kind.
    pub fn told(&self, kind: &str) -> Value {
        self.wait_told(kind, |m| m["k"] == kind)
    }

    /// Waits for a report; gives it and those before it.
    pub fn until_told(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut seen: Vec<Value> = Vec::new();
        let found = until(what, LONG, || {
            let fresh = self.browser.evaluate_in_worker("take()")?;
            self.unread.borrow_mut().extend(fresh.as_array().cloned().unwrap_or_default());
            while let Some(next) = self.unread.borrow_mut().pop_front() {
                seen.push(next);
                if seen.last().is_some_and(&wanted) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        found.unwrap_or_else(|error| panic!("{error:#}; told so far: {seen:?}"));
        seen
    }

    /// Rings a control, and waits until that is done.
    pub fn ring(&self, control: &str) {
        *self.order.borrow_mut() += 1;
        let order = *self.order.borrow();
        let buttons = json!([["back", "Back"], ["copy", "Copy"], ["next", "Next"]]);
        self.send(&json!({
            "k": "show", "gen": order, "probe": id(control), "n": 3, "total": 24, "title": "Do this", "text": "Now, **here**.",
            "note": "", "tone": "normal", "copy": "typed for you", "copied": "Copied", "buttons": buttons, "dir": "Contoso",
            "handle": "Press to fold", "lang": "en",
        }));
        self.wait_told("the ring", |m| m["k"] == "ringed" && m["gen"] == json!(order));
    }

    /// Presses the first element with this selector.
    pub fn press(&self, selector: &str) {
        self.page.press_top(selector).unwrap();
    }

    /// Presses a button of the card.
    pub fn press_card(&self, act: &str) {
        let overlay = self.wait_overlay(act, |o| o.button(act).is_some());
        self.page.press_card(&overlay, act).unwrap();
    }

    /// Waits for an overlay like this.
    pub fn wait_overlay(&self, what: &str, wanted: impl Fn(&Overlay) -> bool) -> Overlay {
        self.page.wait_for_overlay(what, wanted).unwrap()
    }

    /// Waits until the ring is around this element, and it is in sight.
    pub fn ring_comes_to(&self, selector: &str) {
        let script = format!(
            "(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }})()"
        );
        until("the ring to be where its target is", LONG, || {
            let at: Vec<f64> = serde_json::from_value(self.page.evaluate(&script)?)?;
            let Some(ring) = self.page.overlay()?.and_then(|o| o.ring) else { return Ok(None) };
            let apart = [
                ring.x + 4.0 - at[0],
                ring.y + 4.0 - at[1],
                ring.width - 8.0 - at[2],
                ring.height - 8.0 - at[3],
            ];
            Ok(apart.iter().all(|d| d.abs() < 1.0).then_some(()))
        })
        .unwrap();
    }

    /// A script in the agent's own world.
    pub fn isolated(&self, script: &str) -> Value {
        self.page.evaluate_isolated(&self.page.top().unwrap(), script).unwrap()
    }

    /// How many listeners the agent has on the window.
    pub fn listeners(&self) -> usize {
        self.page.isolated_listeners(&self.page.top().unwrap()).unwrap()
    }

    /// Removes the extension, as its user may at any time.
    pub fn remove_extension(&self) {
        self.browser.remove_extension().unwrap();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Serves the page to whoever asks, and a style sheet to who asks for one, until the test process ends.
fn serve(strict: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let policy = if strict { format!("content-security-policy: {POLICY}\r\n") } else { String::new() };
    let answer = move |kind: &str, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}; charset=utf-8\r\n{policy}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let page = answer("text/html", include_str!("page.html"));
    let sheet = answer("text/css", "h1::after{content:\" (new)\"}");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let (page, sheet) = (page.clone(), sheet.clone());
            // A thread each: browsers open connections that they may never use.
            thread::spawn(move || {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let wants_sheet = request[..length].starts_with(b"GET /sheet.css ");
                drop(stream.write_all(if wants_sheet { &sheet } else { &page }.as_bytes()));
            });
        }
    });
    port
}

/// An unpacked extension with the agent's files and a background of the test's own.
fn extension() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("handrail-agent-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let built = dist::part("extension-chromium").unwrap();
    for file in ["agent-loader.js", "agent.js", "agent_bg.wasm", "agent-lowered.js"] {
        fs::copy(built.join(file), folder.join(file)).unwrap();
    }
    write(&folder, "background.js", include_str!("background.js"));
    let manifest = json!({
        "manifest_version": 3, "name": "agent alone", "version": "1",
        "permissions": ["scripting", "clipboardWrite"], "host_permissions": ["http://page.example/*"],
        "background": {"service_worker": "background.js", "scripts": ["background.js"]}, "action": {},
    });
    write(&folder, "manifest.json", &manifest.to_string());
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}
