//! A browser that an organisation manages, and one whose user withholds the portal: what is refused says by whom, and the
//! guide goes on. Firefox reads its policies from the folder it is installed in, so a real one can be given some.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use handrail_journeys::gallery::axe;
use handrail_journeys::{AZURE, GUIDE, Journey};
use handrail_world::browser::{Browser, Kind, Options};
use handrail_world::firefox::managed;
use handrail_world::panel::Panel;
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

/// A link of the Worker's. Nobody made it: where it is refused, nobody is asked for it.
const CODE: &str = "7K3M-9QXR-2T4V-W8YZ";

/// A service that knows nothing, and what it was asked for.
struct Service {
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let service = Self { origin, asked: Arc::default() };
        let asked = Arc::clone(&service.asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                asked.lock().unwrap().extend(head.into_iter().next());
                // Whoever is not wanted may hang up before the end.
                let _ =
                    write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 4\r\n\r\nPage");
            }
        });
        service
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The extension's id in Firefox.
fn id() -> String {
    let manifest: Value =
        serde_json::from_str(include_str!("../../../extension/static/manifest.firefox.json")).unwrap();
    manifest["browser_specific_settings"]["gecko"]["id"].as_str().unwrap().to_owned()
}

/// A Firefox of this world for which `set` is the extension's own policy and `more` what else is set.
fn browser(world: &World, folder: &tempfile::TempDir, set: &Value, more: &Value) -> Browser {
    let mut policies = json!({"3rdparty": {"Extensions": {id(): set}}});
    for (name, policy) in more.as_object().into_iter().flatten() {
        policies[name] = policy.clone();
    }
    let program = managed(&policies, folder.path()).unwrap();
    Browser::launch(Options { program: Some(program), ..world.browser_options() }).unwrap()
}

fn firefox() -> WorldOptions {
    WorldOptions { browser: Kind::Firefox, ..WorldOptions::default() }
}

fn code(panel: &Panel, part: &str) -> String {
    let script = format!("document.querySelector(\"[data-part='{part}'] [data-code]\")?.dataset.code ?? ''");
    panel.page.evaluate(&script).unwrap().as_str().unwrap().to_owned()
}

fn says(panel: &Panel, part: &str, wanted: &str) {
    until("what the panel says", LONG, || Ok((code(panel, part) == wanted).then_some(())))
        .unwrap_or_else(|error| panic!("{error:#}\n{}", panel.words().unwrap_or_default()));
}

#[test]
fn where_sending_is_off_values_are_checked_here_and_nothing_leaves() {
    let world = World::start(&firefox()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let service = Service::open();
    let config = json!({"check": [{"origin": service.origin, "name": "Ours"}]});
    fs::write(world.extension().join("config.json"), config.to_string()).unwrap();
    let set = json!({"sending": false, "approvedOrigins": [service.origin]});
    let browser = browser(&world, &folder, &set, &json!({}));
    let person = Person::sit_down_at(browser, &world, GUIDE, AZURE).unwrap();
    let journey = Journey { person, world };
    journey.panel.press_selector(&format!("[data-act='offer'][data-guide='{GUIDE}']")).unwrap();
    journey.panel.wait_for("the approval sheet", |s| s.view == "sheet").unwrap();
    assert!(journey.panel.part("sheet").unwrap().contains("policy lets Handrail send nothing"));
    journey.start().unwrap();
    journey.go_to_check().unwrap();
    let good = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let planted = journey.world.tenant.seed(&good).unwrap();
    let text = |name: &str| planted[name].as_str().unwrap();
    for (value, text) in [
        ("tenant-id", text("tenantId")),
        ("client-id", text("clientId")),
        ("tenant-domain", text("domain")),
        ("client-secret", planted["secret"]["keyId"].as_str().unwrap()),
    ] {
        journey.panel.paste(value, text).unwrap();
    }
    until("the Secret ID to be named, on this computer alone", LONG, || {
        let findings = journey.panel.findings("client-secret")?;
        Ok(findings.iter().any(|(code, _)| code == "secret-is-id").then_some(()))
    })
    .unwrap();
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap()).unwrap();
    says(&journey.panel, "report", "policy-sending");
    assert!(!journey.panel.shows("[data-act='check'], [data-act='approve-origin']").unwrap());
    assert_eq!(axe(&journey.panel.page).unwrap(), Vec::<String>::new());
    assert_eq!(service.asked(), Vec::<String>::new());
}

#[test]
fn links_of_others_are_refused_and_a_blocked_host_is_named_with_the_words_that_lead_on() {
    let world = World::start(&firefox()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let set = json!({"allowedWorkers": ["https://check.example"], "allowedVendors": ["vendor.example"]});
    let blocked = json!({"ExtensionSettings": {id(): {"runtime_blocked_hosts": ["*://portal.azure.com"]}}});
    let browser = browser(&world, &folder, &set, &blocked);
    let service = Service::open();
    let link = format!("{}/l/{CODE}", service.origin);
    let person = Person::sit_down_at(browser, &world, GUIDE, &link).unwrap();
    let journey = Journey { person, world };
    says(&journey.panel, "notice", "policy-worker");
    assert!(!journey.panel.shows("[data-part='sender']").unwrap(), "nobody is proved");
    let asked = service.asked();
    assert!(asked.iter().any(|line| line.starts_with("GET /l/")), "the person opened it: {asked:?}");
    assert!(!asked.iter().any(|line| line.contains("/api/")), "{asked:?}");

    journey.page.navigate(AZURE).unwrap();
    journey.start().unwrap();
    says(&journey.panel, "kept-off", "host-closed");
    assert!(journey.panel.part("kept-off").unwrap().contains("portal.azure.com"));
    assert!(!journey.panel.shows("[data-act='ask-for-access']").unwrap(), "no press here can mend it");
    assert_eq!(journey.page.overlays().unwrap().len(), 0);
    journey.panel.go_to("register-app.new").unwrap();
    journey.panel.wait_for("the step in words", |s| s.pointing == "words").unwrap();
    assert!(journey.panel.part("fallback").unwrap().contains("The way there"));
    assert_eq!(axe(&journey.panel.page).unwrap(), Vec::<String>::new());
    let before = journey.panel.stand().unwrap().step;
    journey.panel.press("next").unwrap();
    journey.panel.wait_for("the next step", |s| s.step != before).unwrap();
}

#[test]
fn access_that_is_withheld_is_named_and_goes_to_work_as_soon_as_it_is_given() {
    let journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    journey.browser.give_access(false).unwrap();
    journey.page.reload().unwrap();
    journey.start().unwrap();
    says(&journey.panel, "kept-off", "host-withheld");
    assert!(journey.panel.shows("[data-act='ask-for-access']").unwrap());
    assert_eq!(axe(&journey.panel.page).unwrap(), Vec::<String>::new());
    journey.panel.go_to("register-app.new").unwrap();
    journey.panel.wait_for("the step in words", |s| s.pointing == "words").unwrap();

    journey.browser.give_access(true).unwrap();
    until("the words to go", LONG, || Ok(code(&journey.panel, "kept-off").is_empty().then_some(()))).unwrap();
    until("the card on the page", LONG, || Ok(journey.page.overlay()?.filter(|o| o.card.is_some()))).unwrap();
}
