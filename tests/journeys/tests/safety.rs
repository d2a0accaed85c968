//! What must never happen: traces on a page without a run, commands from a page, secrets on disk, sending unasked.

use std::time::{Duration, Instant};

use handrail_journeys::profile::files_with;
use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::browser::Kind;
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::json;

/// All of a page that a guide could leave something on: markup, style sheets, how things look, focus, place, motion.
const TRACES: &str = "(() => {
    const look = (e) => { const s = getComputedStyle(e); return [...s].map((name) => name + ':' + s.getPropertyValue(name)); };
    return JSON.stringify({
        markup: document.documentElement.outerHTML,
        sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
        look: [document.documentElement, document.body, document.querySelector('.fxs-avatarmenu-tenant')].map(look),
        focus: document.activeElement?.outerHTML.slice(0, 99),
        place: [scrollX, scrollY],
        motion: document.getAnimations().length,
    });
})()";

/// From the portal's first page to the list of apps and back, without loading the document anew.
fn go_about(journey: &Journey) {
    let list = "#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";
    for (hash, shows) in [(list, "[role=grid]"), ("#home", ".fxs-home")] {
        journey.page.evaluate(&format!("history.pushState(null, '', {})", json!(hash))).unwrap();
        let shown = format!(
            "!!document.querySelector({}) && !document.querySelector('[role=progressbar]')",
            json!(shows)
        );
        // The portal listens a moment after it is drawn; what it did not hear is said again.
        let mut told: Option<Instant> = None;
        until(hash, LONG, || {
            if told.is_none_or(|at| at.elapsed() > Duration::from_secs(5)) {
                journey.page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")?;
                told = Some(Instant::now());
            }
            Ok((journey.page.evaluate(&shown)? == json!(true)).then_some(()))
        })
        .unwrap();
    }
}

/// The secret that the practice tenant really made, as the portal's page shows it.
fn made_secret(journey: &Journey) -> String {
    let secret = journey.hand().text_of(&format!("certificates-secrets.secret-value[{APP}]")).unwrap();
    assert!(secret.len() == 40 && secret.contains('~'), "not a secret: {} characters", secret.len());
    secret
}

#[test]
fn without_a_run_nothing_of_the_extension_is_on_the_page() {
    let journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    // A script would come with the page at the latest.
    journey.drawn().unwrap();
    for frame in journey.page.frames().unwrap() {
        assert!(!journey.page.has_isolated(&frame), "a script of the extension in {}", frame.url);
    }
    journey.page.reload().unwrap();
    journey.drawn().unwrap();
    for frame in journey.page.frames().unwrap() {
        assert!(!journey.page.has_isolated(&frame), "a script of the extension in {}", frame.url);
    }
    let hosts = journey.page.evaluate("document.querySelectorAll('hand-rail').length").unwrap();
    assert_eq!(hosts, json!(0));
}

#[test]
fn a_cancelled_run_leaves_the_page_as_it_was() {
    let journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    journey.drawn().unwrap();
    go_about(&journey);
    let before = journey.page.once_still(TRACES).unwrap();
    journey.page.reload().unwrap();
    journey.drawn().unwrap();
    journey.start().unwrap();
    until("the card", LONG, || Ok(journey.page.overlay()?.filter(|o| o.card.is_some()))).unwrap();
    let top = journey.page.top().unwrap();
    assert!(journey.page.isolated_listeners(&top).unwrap() > 0, "there is something to take away");
    go_about(&journey);
    journey.close().unwrap();
    until("the overlay to go", LONG, || {
        let hosts = journey.page.evaluate("document.querySelectorAll('hand-rail').length")?;
        Ok((hosts == json!(0)).then_some(()))
    })
    .unwrap();
    assert_eq!(journey.page.once_still(TRACES).unwrap(), before);
    assert_eq!(journey.page.isolated_listeners(&top).unwrap(), 0, "a listener is left");
    until("the scripts to be unregistered", LONG, || {
        let left = journey
            .browser
            .evaluate_in_worker("chrome.scripting.getRegisteredContentScripts().then(l => l.length)")?;
        Ok((left == json!(0)).then_some(()))
    })
    .unwrap();
    // The browser may keep an empty world of ours for a while; what counts is that no script of ours runs in any.
    let count =
        "globalThis.boots = 0; chrome.runtime.onMessage.addListener(m => { boots += m.k === 'boot'; })";
    journey.browser.evaluate_in_worker(count).unwrap();
    journey.page.reload().unwrap();
    journey.drawn().unwrap();
    for frame in journey.page.frames().unwrap() {
        if journey.page.has_isolated(&frame) {
            let mark = journey.page.evaluate_isolated(&frame, "'__handrail' in globalThis").unwrap();
            assert_eq!(mark, json!(false), "a script of the extension in {}", frame.url);
            assert_eq!(journey.page.isolated_listeners(&frame).unwrap(), 0, "a listener in {}", frame.url);
        }
    }
    assert_eq!(journey.browser.evaluate_in_worker("boots").unwrap(), json!(0), "a frame asked for its agent");
}

#[test]
fn a_page_cannot_make_the_extension_reveal_check_or_move() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to_check().unwrap();
    let top = journey.page.top().unwrap();
    let before = journey.world.tenant.state().unwrap()["tokenRequests"].clone();
    // The worst case: page code that took over the content script's own world.
    for forged in [
        json!("check"),
        json!({"k": "check"}),
        json!({"reveal": {"value": "client-secret"}}),
        json!({"k": "reveal", "value": "client-secret"}),
        json!("reveal-hand-over"),
        json!({"approve-origin": {"origin": "https://evil.example"}}),
        json!({"paste": {"value": "client-id", "text": "evil"}}),
        json!("cancel"),
    ] {
        let script = format!(
            "new Promise(done => {{
                const heard = [];
                const message = {forged};
                chrome.runtime.sendMessage(message).then(a => heard.push(['answer', a ?? null]), () => {{}});
                for (const name of ['panel', 'agent', 'handrail']) {{
                    const port = chrome.runtime.connect({{ name }});
                    port.onMessage.addListener(m => {{ if (name !== 'agent') heard.push([name, m]); }});
                    try {{ port.postMessage(message); }} catch {{}}
                }}
                setTimeout(() => done(heard), 300);
            }})"
        );
        let heard = journey.page.evaluate_isolated(&top, &script).unwrap();
        let answers: Vec<_> = heard.as_array().unwrap().iter().filter(|h| !h[1].is_null()).collect();
        assert!(answers.is_empty(), "{forged} was answered: {answers:?}");
    }
    let boot = "chrome.runtime.sendMessage({ k: 'boot', wasm: true })";
    let heard = journey.page.evaluate_isolated(&top, boot).unwrap();
    assert_eq!(heard, json!(true), "a loader hears that there is a run, and nothing else");
    let step = journey.step().unwrap().unwrap();
    assert_eq!(step.id, "check.run", "a page moved the run");
    assert_eq!(
        journey.world.tenant.state().unwrap()["tokenRequests"],
        before,
        "a page made the extension send"
    );
    let reach = "chrome.storage.session?.get().then(() => 'open', () => 'closed') ?? 'closed'";
    assert_eq!(journey.page.evaluate_isolated(&top, reach).unwrap(), json!("closed"), "session storage");
    let reach = reach.replace("session", "local");
    let on_disk = journey.page.evaluate_isolated(&top, &reach).unwrap();
    if Kind::chosen().closes_storage() {
        assert_eq!(on_disk, json!("closed"), "storage on disk");
    } else {
        // What lies there is the run, and never a secret.
        assert_eq!(on_disk, json!("open"), "the browser can close it now");
        let read = "chrome.storage.local.get().then(JSON.stringify)";
        let read = journey.page.evaluate_isolated(&top, read).unwrap();
        let (read, app) = (read.as_str().unwrap(), journey.app().unwrap());
        let client = app["clientId"].as_str().or(app["appId"].as_str()).unwrap();
        assert!(read.contains(client), "it is not the run's: {read}");
        assert!(!read.contains(&made_secret(&journey)), "a secret on disk");
    }
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn an_anonymous_check_is_refused_unless_the_operator_allows_it() {
    let options = WorldOptions { anonymous_checks: None, ..WorldOptions::default() };
    let journey = Journey::sit_down(AZURE, &options).unwrap();
    let planted = journey
        .world
        .tenant
        .seed(&json!({"name": APP, "permissions": ["ActivityFeed.Read"], "consent": true}))
        .unwrap();
    let body = json!({"guide": "securus360", "cloud": null, "changed": null, "values": {
        "tenant-id": planted["tenantId"], "client-id": planted["clientId"],
        "client-secret": planted["secret"]["value"], "tenant-domain": planted["domain"]}});
    let url = format!("{}/api/check", journey.world.worker.origin());
    let request = ureq::post(&url).config().http_status_as_error(false).build();
    let mut answer =
        request.header("content-type", "application/json").send(body.to_string().as_bytes()).unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    assert_eq!(answer.status(), 403, "{text}");
    assert!(text.contains("link-required"), "{text}");
    assert_eq!(
        journey.world.tenant.state().unwrap()["tokenRequests"],
        json!([]),
        "it asked before it refused"
    );
}

#[test]
fn a_link_that_names_another_origin_for_its_checks_is_refused() {
    let journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    let link = format!("{}/g/securus360#check=https%3A%2F%2Fevil.example", journey.world.worker.origin());
    let page = journey.browser.open(&link).unwrap();
    journey.browser.press_toolbar_button(&page).unwrap();
    let panel = journey.browser.panel_besides(journey.panel.page.target()).unwrap();
    panel.wait_for("the refusal", "document.body.innerText.includes('evil.example')").unwrap();
    let words = panel.evaluate("document.body.innerText").unwrap();
    assert!(words.as_str().unwrap().contains("not approved"), "{words}");
    let offered = panel.evaluate("!!document.querySelector('[data-act=start]')").unwrap();
    assert_eq!(offered, json!(false), "the guide of a refused link is not offered");
}

#[test]
fn the_secret_is_in_no_log_no_file_of_the_profile_and_no_storage_of_the_worker() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to_check().unwrap();
    let secret = made_secret(&journey);
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    // Once more by hand, so that it was typed into the panel too.
    journey.panel.paste("client-secret", &secret).unwrap();
    journey.panel.press("check").unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();

    let fragment = &secret[4..36];
    let profile = journey.browser.profile().to_owned();
    assert_eq!(files_with(&profile, fragment), Vec::<String>::new(), "while the browser runs");
    let log = journey.browser.log();
    assert!(!log.iter().any(|line| line.text.contains(fragment)), "in a console");
    let stored =
        journey.browser.evaluate_in_worker("chrome.storage.local.get().then(JSON.stringify)").unwrap();
    assert!(!stored.as_str().unwrap().contains(fragment), "in the extension's storage on disk");
    assert!(!journey.world.worker.log().contains(fragment), "in the Worker's log");
    assert_eq!(
        files_with(journey.world.worker.folder(), fragment),
        Vec::<String>::new(),
        "in the Worker's storage"
    );
    journey.person.browser.close().unwrap();
    assert_eq!(files_with(&profile, fragment), Vec::<String>::new(), "after the browser was closed");
    let state = journey.world.tenant.state().unwrap().to_string();
    assert!(!state.contains(fragment), "in an address that the practice tenant saw");
}
