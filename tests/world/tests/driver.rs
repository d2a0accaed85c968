//! The driver itself, against two small sites and a throw-away extension.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use handrail_world::browser::{Browser, Kind, Options};
use handrail_world::wait::{LONG, until};
use serde_json::json;

/// Serves a page per path on a free port until the process ends.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            std::thread::spawn(move || {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let body = if request.starts_with("GET /inner") { INNER } else { OUTER };
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())));
            });
        }
    });
    port
}

const OUTER: &str = "<!doctype html><title>outer</title><h1>Outer</h1>
    <div style='height:120px'></div><iframe src='http://inner.test/inner' style='width:500px;height:300px;border:3px solid'></iframe>";
const INNER: &str = "<!doctype html><title>inner</title><body><button id=go style='margin:70px'>Go</button><input id=in>
    <script>go.__truth = 'page.go'; go.onclick = e => { window.pressed = e.isTrusted; };
    const host = document.createElement('hand-rail'); document.documentElement.append(host);
    const root = host.attachShadow({ mode: 'closed' });
    root.innerHTML = '<div class=ring style=\"position:fixed;pointer-events:none;border:2px solid\"></div>' +
        '<div class=card style=\"position:fixed;top:150px;left:10px\"><div class=title>Press Go</div><button data-act=next>Next</button></div>';
    const place = () => {
        const r = go.getBoundingClientRect(), ring = root.querySelector('.ring');
        ring.style.left = r.left - 4 + 'px'; ring.style.top = r.top - 4 + 'px';
        ring.style.width = r.width + 4 + 'px'; ring.style.height = r.height + 4 + 'px';
    };
    // A frame may get its size after its script has run.
    place(); addEventListener('resize', place); addEventListener('load', place);
    root.querySelector('button').onclick = () => { window.next = true; };
    </script>";

fn extension(kind: Kind, folder: &Path) {
    let mut manifest = json!({"manifest_version": 3, "name": "driver", "version": "1", "action": {"default_area": "navbar"},
        "host_permissions": ["http://*.test/*"],
        "content_scripts": [{"matches": ["http://*.test/*"], "js": ["c.js"], "all_frames": true}]});
    let own = match kind {
        Kind::Chromium => json!({"permissions": ["sidePanel"], "side_panel": {"default_path": "panel.html"},
            "background": {"service_worker": "w.js"}}),
        Kind::Firefox => json!({"sidebar_action": {"default_panel": "panel.html", "open_at_install": false},
            "background": {"scripts": ["w.js"]}, "browser_specific_settings": {"gecko": {"id": "driver@handrail.invalid"}}}),
    };
    manifest.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(
        folder.join("w.js"),
        "let n = 0; chrome.action.onClicked.addListener(tab => {
            n++;
            if (!chrome.sidePanel) return chrome.sidebarAction.open();
            chrome.sidePanel.setOptions({ tabId: tab.id, path: 'panel.html?tab=' + tab.id, enabled: true });
            chrome.sidePanel.open({ tabId: tab.id }); });",
    )
    .unwrap();
    std::fs::write(folder.join("c.js"), "globalThis.inIsolatedWorld = 7;").unwrap();
    std::fs::write(
        folder.join("panel.html"),
        "<!doctype html><title>panel</title><button id=b>Panel button</button><script src=p.js></script>",
    )
    .unwrap();
    std::fs::write(folder.join("p.js"), "b.onclick = e => { b.dataset.pressed = e.isTrusted; };").unwrap();
}

#[test]
fn the_driver_reaches_frames_worlds_the_panel_and_the_worker() {
    drives(Kind::Chromium);
}

#[test]
fn in_firefox_too() {
    drives(Kind::Firefox);
}

fn drives(kind: Kind) {
    let port = serve();
    let folder = tempfile::tempdir().unwrap();
    extension(kind, folder.path());
    let mut browser = Browser::launch(Options {
        kind,
        rules: vec![format!("MAP *.test:80 127.0.0.1:{port}")],
        extension: Some(folder.path().to_owned()),
        ..Options::default()
    })
    .unwrap();
    let page = browser.open("http://outer.test/").unwrap();
    // Where the frame lies is known a moment after what is in it.
    let overlay = page
        .wait_for_overlay("the ring in the other site's frame, on its control", |o| {
            o.ring.is_some() && page.truth_under_ring(o).ok().flatten().as_deref() == Some("page.go")
        })
        .unwrap();
    assert_eq!(overlay.title, "Press Go");

    page.press_ring(&overlay).unwrap();
    let frame = overlay.frame.clone().unwrap();
    assert_eq!(page.evaluate_in(&frame, "window.pressed").unwrap(), json!(true), "a real press");
    page.press_card(&overlay, "next").unwrap();
    assert_eq!(page.evaluate_in(&frame, "window.next").unwrap(), json!(true));
    assert_eq!(page.evaluate_isolated(&frame, "inIsolatedWorld").unwrap(), json!(7));

    page.press(&frame, "#in").unwrap();
    page.type_text("copied").unwrap();
    page.edit("selectAll").unwrap();
    page.edit("cut").unwrap();
    page.edit("paste").unwrap();
    page.edit("paste").unwrap();
    assert_eq!(
        page.evaluate_in(&frame, "document.querySelector('#in').value").unwrap(),
        json!("copiedcopied")
    );

    browser.press_toolbar_button(&page).unwrap();
    let panel = browser.panel().unwrap();
    panel.wait_for("the panel", "document.readyState === 'complete'").unwrap();
    panel.press_top("#b").unwrap();
    panel
        .wait_for("a real press in the panel", "document.querySelector('#b').dataset.pressed === 'true'")
        .unwrap();
    assert!(panel.screenshot().unwrap().len() > 100);

    assert_eq!(browser.evaluate_in_worker("n").unwrap(), json!(1));
    browser.stop_service_worker().unwrap();
    assert!(!browser.service_worker_runs());
    browser.press_toolbar_button(&page).unwrap();
    until("the worker to come back", LONG, || Ok(browser.service_worker_runs().then_some(()))).unwrap();
    // It runs before it is told what woke it.
    let pressed = || Ok((browser.evaluate_in_worker("n")? != json!(0)).then_some(()));
    until("the press to be told", LONG, pressed).unwrap();
    assert_eq!(browser.evaluate_in_worker("n").unwrap(), json!(1), "a fresh worker counted one press");
    page.reload().unwrap();
    page.wait_for_overlay("the ring again", |o| o.ring.is_some()).unwrap();
    browser.close().unwrap();
}

#[test]
fn a_dropped_browser_leaves_no_process_and_no_profile() {
    for kind in [Kind::Chromium, Kind::Firefox] {
        let browser = Browser::launch(Options { kind, ..Options::default() }).unwrap();
        let (process, profile) = (browser.process(), browser.profile().to_owned());
        drop(browser);
        assert!(!profile.exists());
        assert!(!Path::new(&format!("/proc/{process}")).exists(), "{kind:?}");
    }
}
