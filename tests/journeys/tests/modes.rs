//! The other ways to walk a guide: check only, adopt, renew, remove, with another credential, by a colleague.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_guide::health::HealthFile;
use handrail_guide::load::{Library, advise, survey};
use handrail_guide::plan::{Action, Step};
use handrail_journeys::{APP, AZURE, GUIDE, Journey};
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

const FEED: [&str; 2] = ["ActivityFeed.Read", "ActivityFeed.ReadDlp"];

/// A world in which the app is there already, with a secret; and what the practice tenant knows of both.
fn with_app(secret: bool, permissions: &[&str]) -> (World, Value) {
    let world = World::start(&WorldOptions::default()).unwrap();
    let days = if secret { json!(30) } else { Value::Null };
    let seed = json!({"name": APP, "permissions": permissions, "consent": true, "secretDays": days, "secretName": APP});
    let made = world.tenant.seed(&seed).unwrap();
    (world, made)
}

fn begin(world: World, way: &str) -> Journey {
    let person = Person::sit_down(&world, way, AZURE).unwrap();
    person.start().unwrap();
    Journey { person, world }
}

/// What the practice tenant's token endpoint says to these values.
fn token(world: &World, made: &Value, secret: &str) -> Result<Value> {
    let text = |key: &str| made[key].as_str().unwrap_or_default().to_owned();
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let body = format!(
        "grant_type=client_credentials&client_id={}&scope={}&client_secret={}",
        encode(&text("clientId")),
        encode("https://manage.office.com/.default"),
        encode(secret)
    );
    let mut stream = TcpStream::connect(world.tenant.http())?;
    write!(
        stream,
        "POST /{}/oauth2/v2.0/token HTTP/1.1\r\nHost: login.microsoftonline.com\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        text("tenantId"),
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (from, to) = (answer.find('{').unwrap_or(0), answer.rfind('}').map_or(0, |n| n + 1));
    Ok(serde_json::from_str(&answer[from..to])?)
}

/// Walks to the end; at the step that proves a rejection the old secret is tried.
fn walk_to_the_end(journey: &mut Journey, old: &str) {
    while let Some(step) = journey.step().unwrap() {
        match step.action {
            Action::Prove => prove(journey, &step, old),
            Action::Check => {
                journey.act(&step).unwrap();
                journey.panel.wait_for_verdict("passed").unwrap();
                journey.moved_on(&step).unwrap();
            }
            _ => journey.follow(&step).unwrap(),
        }
    }
    journey.ends().unwrap();
}

fn prove(journey: &Journey, step: &Step, old: &str) {
    let panel = &journey.panel;
    until("the proof to be offered", LONG, || {
        if panel.shows("[data-part='proof'] [data-act='approve-origin']")? {
            panel.press_selector("[data-part='proof'] [data-act='approve-origin']")?;
        }
        Ok(panel.shows("#prove")?.then_some(()))
    })
    .unwrap();
    panel.press_selector("#prove").unwrap();
    panel.page.type_text("a-slip-of-the-pen").unwrap();
    panel.page.key("Enter").unwrap();
    until("a slip to prove nothing", LONG, || {
        Ok(panel.words()?.contains("This was not tried").then_some(()))
    })
    .unwrap();
    assert_eq!(panel.stand().unwrap().step, step.id);
    panel.press_selector("#prove").unwrap();
    panel.page.edit("selectAll").unwrap();
    panel.page.type_text(old).unwrap();
    panel.page.key("Enter").unwrap();
    let moved = journey.moved_on(step);
    assert!(moved.is_ok(), "{moved:?}\n{}", panel.part("proof").unwrap_or_default());
}

/// Pastes a value and waits until the panel has it; the rows move when one of them is filled.
fn paste(journey: &Journey, value: &str, text: &str) {
    journey.panel.paste(value, text).unwrap();
    until(&format!("{value} to be taken"), LONG, || {
        Ok((journey.panel.value_state(value)? != "missing").then_some(()))
    })
    .unwrap();
}

/// The record in the panel, opened.
fn record(journey: &Journey) -> String {
    journey.panel.unfold("details").unwrap();
    journey.panel.part("record").unwrap()
}

#[test]
fn a_secret_is_renewed_twice_and_each_time_the_old_one_is_deleted_and_proved_to_be_rejected() {
    let (world, made) = with_app(true, &FEED);
    let first = made["secret"]["value"].as_str().unwrap().to_owned();
    assert!(token(&world, &made, &first).unwrap()["access_token"].is_string(), "the old secret works before");
    let mut journey = begin(world, "securus360.renew");
    let second = renew(&mut journey, &made, &first, made["secret"]["keyId"].as_str().unwrap());

    // The next renewal finds the secret of this one, which is called otherwise than the guide's.
    journey.close().unwrap();
    journey.page.navigate(AZURE).unwrap();
    let key = journey.app().unwrap()["secrets"][0]["keyId"].as_str().unwrap().to_owned();
    journey.person.start().unwrap();
    renew(&mut journey, &made, &second, &key);
}

/// Renews to the end; answers the new secret.
fn renew(journey: &mut Journey, made: &Value, old: &str, old_key: &str) -> String {
    let mut new = String::new();
    while let Some(step) = journey.step().unwrap() {
        match step.action {
            Action::Prove => {
                new = revealed(journey);
                prove(journey, &step, old);
            }
            Action::Check => {
                journey.act(&step).unwrap();
                journey.panel.wait_for_verdict("passed").unwrap();
                journey.moved_on(&step).unwrap();
            }
            // It is read at once, whatever it is called.
            Action::Read if step.id == "old-secret.read" => journey.moved_on(&step).unwrap(),
            _ => journey.follow(&step).unwrap(),
        }
    }
    journey.ends().unwrap();
    let app = journey.app().unwrap();
    let secrets = app["secrets"].as_array().unwrap();
    assert_eq!(secrets.len(), 1, "one secret is left: {app}");
    assert_ne!(secrets[0]["keyId"].as_str().unwrap(), old_key, "and it is the new one: {app}");
    assert_eq!(
        app["clientId"].as_str().or(app["appId"].as_str()),
        made["clientId"].as_str(),
        "of the same app"
    );
    let refused = token(&journey.world, made, old).unwrap();
    assert_eq!(
        refused["error_codes"],
        json!([7_000_215]),
        "the practice tenant rejects the old one: {refused}"
    );
    let record = record(journey);
    assert!(
        record.contains("this secret") && record.contains("Tried on"),
        "the proof is in the record: {record}"
    );
    assert!(!record.contains(old));
    new
}

/// The secret in the panel, in clear.
fn revealed(journey: &Journey) -> String {
    journey.panel.press("reveal").unwrap();
    until("the secret in clear", LONG, || {
        let shown = journey.panel.text_of("[data-value-row='client-secret'] code")?;
        Ok((shown.len() >= 30 && !shown.contains('•')).then_some(shown))
    })
    .unwrap()
}

#[test]
fn an_app_is_removed_and_its_secret_is_proved_to_be_worthless() {
    let (world, made) = with_app(true, &FEED);
    let old = made["secret"]["value"].as_str().unwrap().to_owned();
    let mut journey = begin(world, "securus360.remove");
    walk_to_the_end(&mut journey, &old);
    assert!(journey.world.tenant.apps("Contoso", APP).unwrap().is_empty());
    let refused = token(&journey.world, &made, &old).unwrap();
    assert_eq!(refused["error_codes"], json!([700_016]), "{refused}");
    let record = record(&journey);
    assert!(record.contains("is deleted") && record.contains("done"), "{record}");
}

#[test]
fn values_are_checked_without_a_walk_and_what_fails_leads_into_the_guide() {
    let (world, made) = with_app(true, &FEED);
    let journey = {
        let person = Person::sit_down(&world, GUIDE, AZURE).unwrap();
        Journey { person, world }
    };
    let panel = &journey.panel;
    panel.press_selector("[data-act='offer'][data-guide='securus360.check']").unwrap();
    panel.wait_for("the sheet", |s| s.view == "sheet").unwrap();
    panel.press("start").unwrap();
    panel.wait_for("the check", |s| s.view == "steps").unwrap();
    let secret = made["secret"]["value"].as_str().unwrap();
    let values = [("tenant-id", "tenantId"), ("client-id", "clientId"), ("tenant-domain", "domain")];
    for (value, key) in values {
        paste(&journey, value, made[key].as_str().unwrap());
    }
    paste(&journey, "client-secret", secret);
    journey.press_check().unwrap();
    panel.wait_for_verdict("passed").unwrap();
    assert_eq!(journey.page.overlays().unwrap().len(), 0, "nothing is drawn on any page");
    for frame in journey.page.frames().unwrap() {
        assert!(!journey.page.has_isolated(&frame), "no script of the extension in {}", frame.url);
    }
    journey.close().unwrap();

    // Once more, with consent taken away: the way out is the guide, at the step that mends it.
    let seed = json!({"name": "Another", "permissions": FEED, "consent": false});
    let other = journey.world.tenant.seed(&seed).unwrap();
    panel.press_selector("[data-act='offer'][data-guide='securus360.check']").unwrap();
    panel.wait_for("the sheet", |s| s.view == "sheet").unwrap();
    panel.press("start").unwrap();
    panel.wait_for("the check", |s| s.view == "steps").unwrap();
    for (value, key) in values {
        paste(&journey, value, other[key].as_str().unwrap());
    }
    paste(&journey, "client-secret", other["secret"]["value"].as_str().unwrap());
    journey.press_check().unwrap();
    panel.wait_for_verdict("failed").unwrap();
    panel.press("mend").unwrap();
    panel
        .wait_for("the guide, at a step that mends it", |s| {
            !s.step.is_empty() && !s.step.starts_with("check.")
        })
        .unwrap();
}

#[test]
fn an_app_that_is_there_is_adopted_and_the_record_says_who_did_what_and_how_back() {
    let (world, made) = with_app(false, &FEED);
    let mut journey = begin(world, "securus360.adopt");
    assert!(
        !journey.plan.steps.iter().any(|s| s.id.starts_with("register-app.")),
        "adopting registers nothing: {:?}",
        journey.step_ids()
    );
    walk_to_the_end(&mut journey, "");
    assert_eq!(journey.world.tenant.apps("Contoso", APP).unwrap().len(), 1);

    let words = record(&journey);
    for part in ["clientId", "objectId"] {
        let id = made[part].as_str().unwrap();
        assert!(words.contains(id), "{part} {id} is in the record: {words}");
    }
    assert!(words.contains('@'), "the account is named: {words}");
    assert!(words.contains("client secret") && words.contains("done"), "{words}");
    // What was marked as undone stays so, and the record outlives the run and the service worker.
    journey.panel.press_selector("[data-part='record'] [data-act='undone'][data-on='true']").unwrap();
    until("the item to be closed", LONG, || {
        Ok(journey.panel.shows("[data-part='record'] [data-open='false']")?.then_some(()))
    })
    .unwrap();
    journey.close().unwrap();
    journey.begin_anew().unwrap();
    journey.panel.unfold("details").unwrap();
    let kept = journey.panel.part("records").unwrap();
    assert!(kept.contains(made["objectId"].as_str().unwrap()), "{kept}");
    assert!(journey.panel.shows("[data-part='records'] [data-open='false']").unwrap());
}

/// What the panel gives a colleague.
fn hand_over(journey: &Journey) -> String {
    journey.panel.unfold("[data-part=colleague]").unwrap();
    journey.panel.press("hand-run").unwrap();
    until("the text for the colleague", LONG, || {
        let text = journey.panel.part("handed-text")?;
        Ok((!text.is_empty()).then_some(text))
    })
    .unwrap()
}

/// What is really in it.
fn decoded(text: &str) -> String {
    let code = text.split_once("handrail-run:").unwrap().1.split_whitespace().next().unwrap();
    String::from_utf8(URL_SAFE_NO_PAD.decode(code).unwrap()).unwrap()
}

#[test]
fn a_run_is_handed_to_a_colleague_who_goes_on_at_the_same_step_and_no_secret_travels() {
    let mut first = Journey::begin(json!({})).unwrap();
    first.walk_to("admin-consent.grant").unwrap();
    let text = hand_over(&first);
    assert!(text.contains("Cloud Application Administrator"), "the missing role is named: {text}");

    // A colleague, in another browser.
    let browser = first.world.browser().unwrap();
    let mut second = Person::sit_down_at(browser, &first.world, GUIDE, AZURE).unwrap();
    second.panel.wait_for("the list of guides", |s| s.view == "home").unwrap();
    second.panel.unfold("[data-part=take-over]").unwrap();
    second.panel.press_selector("#take-over").unwrap();
    second.panel.page.type_text(&text).unwrap();
    second.panel.page.evaluate("document.activeElement.blur()").unwrap();
    second.panel.wait_for("the approval sheet", |s| s.view == "sheet").unwrap();
    assert!(
        second.panel.part("handed").unwrap().to_lowercase().contains("contoso"),
        "the directory is named"
    );
    second.panel.press("start").unwrap();
    second.panel.wait_for("the same step", |s| s.step == "admin-consent.grant").unwrap();
    second.walk_to_check().unwrap();
    second.press_check().unwrap();
    second.panel.wait_for_verdict("passed").unwrap();
    assert_eq!(first.world.tenant.apps("Contoso", APP).unwrap().len(), 1, "nothing is made twice");

    // With the secret in hand: what would be handed over now has none in it.
    let journey = Journey { person: second, world: first.world };
    let secret = revealed(&journey);
    let text = hand_over(&journey);
    assert!(!text.contains(&secret) && !decoded(&text).contains(&secret));
    assert!(decoded(&text).contains("client-id"));
}

#[test]
fn a_directory_that_blocks_secrets_is_offered_what_the_vendor_accepts_besides() {
    let options =
        WorldOptions { scenario: json!({"policy": {"blockSecrets": true}}), ..WorldOptions::default() };
    let world = World::start(&options).unwrap();
    let mut journey = begin(world, "elastic");
    journey.walk_to("client-secret.add").unwrap();
    let done = |journey: &Journey| {
        journey
            .panel
            .page
            .evaluate("document.querySelectorAll('[data-step][data-state=done]').length")
            .unwrap()
    };
    let before = done(&journey).as_u64().unwrap();
    let add = journey.step().unwrap().unwrap();
    journey.act(&add).unwrap();
    journey.panel.unfold("[data-part=refused]").unwrap();
    journey.panel.press_selector("[data-act='switch'][data-credential='certificate']").unwrap();
    journey
        .panel
        .wait_for("the way with a certificate", |s| s.step.starts_with("client-certificate."))
        .unwrap();
    let after = done(&journey).as_u64().unwrap();
    assert!(after + 8 > before && after > 6, "what was done stays done: {before} before, {after} after");
    journey.person.plan = journey.world.plans["elastic.run.certificate"].clone();
    let step = journey.step().unwrap().unwrap();
    assert!(step.id.starts_with("client-certificate."), "{}", step.id);
}

/// The panel's own file, caught as it is saved.
const CATCH: &str = "URL.createObjectURL = blob => { blob.text().then(text => { globalThis.saved = text; }); return 'blob:none'; }; true";

#[test]
fn what_the_admin_exports_becomes_a_change_of_the_catalogue_and_holds_no_value() {
    let mut journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    journey.panel.press("settings").unwrap();
    journey.panel.press_selector("[data-act='keep-health'][data-on='true']").unwrap();
    until("the records to be kept", LONG, || {
        Ok(journey.panel.shows("[data-act='keep-health'][data-on='false']")?.then_some(()))
    })
    .unwrap();
    journey.panel.press("settings").unwrap();
    journey.person.start().unwrap();
    journey.walk_to("permissions.add").unwrap();
    let state = journey.world.tenant.state().unwrap();
    let app = journey.app().unwrap();

    journey.panel.page.evaluate(CATCH).unwrap();
    journey.panel.press("settings").unwrap();
    journey.panel.unfold("#settings details").unwrap();
    let words = journey.panel.text_of("#settings").unwrap();
    assert!(words.contains("register-application.name"), "what is saved is seen before: {words}");
    journey.panel.press("export-health").unwrap();
    let saved = until("the file", LONG, || {
        Ok(journey.panel.page.evaluate("globalThis.saved ?? null")?.as_str().map(str::to_owned))
    })
    .unwrap();
    let client = app["clientId"].as_str().or(app["appId"].as_str()).unwrap();
    let tenant = state["directories"][0]["id"].as_str().unwrap();
    for value in [client, tenant, APP, "Contoso", "onmicrosoft"] {
        assert!(!saved.contains(value), "{value} is in the file");
    }

    let file: HealthFile = serde_json::from_str(&saved).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = Library::load(&root).unwrap();
    // As `handrail guide health` merges the files of two admins: counted together, each control with its portal file.
    let [once, twice] = [1, 2].map(|admins| advise(&library, &vec![file.clone(); admins]));
    assert!(once.len() > 5 && once.iter().all(|advice| advice.file.starts_with("portal/")), "{once:?}");
    for one in &once {
        let two = twice.iter().find(|two| (&two.control, &two.lang) == (&one.control, &one.lang)).unwrap();
        assert_eq!((one.found.0 * 2, one.found.1 * 2), two.found, "{}", one.control);
    }
    let like = |control: &str| file.lines.iter().find(|l| l.control == control).unwrap().look.clone();
    let register = like("register-application.register");
    assert_eq!((register.role.as_str(), register.name.as_str()), ("button", "Register"));
    // What was typed into the box is searched for above.
    let name = like("register-application.name");
    assert_eq!((name.role.as_str(), name.name.as_str()), ("textbox", "Name"));
    assert!(file.lines.len() > 5, "{}", file.lines.len());
    assert_eq!(survey(&library, &file.lines, false).diff, "", "the practice portal confirms nothing");
    // The same file, had it been made on Microsoft's own portal.
    let live = survey(&library, &file.lines, true);
    assert!(live.diff.contains("+++ b/portal/") && live.diff.contains("+confirmed-live = \""), "{live:?}");
    for line in live.diff.lines().filter(|line| line.starts_with(['+', '-']) && line.contains('=')) {
        assert!(line[1..].starts_with("confirmed-live = "), "nothing else is changed: {line}");
    }
}
