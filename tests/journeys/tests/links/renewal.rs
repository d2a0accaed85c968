//! A renewal in the side panel: the vendor's link leads through the portal to a second secret, the panel hands it over, and
//! the old one is deleted and proved rejected.

use std::fs;

use handrail_guide::plan::Action;
use handrail_journeys::APP;
use handrail_journeys::profile::files_with;
use handrail_world::person::Person;
use serde_json::{Value, json};

use crate::afterwards::{ROOT, ended, outside};
use crate::page::{opened_by_age, verified_by_jose};
use crate::practice::{GUIDE, Seat, asked, code, hand_over, shown};

#[test]
fn the_panel_renews_a_secret_hands_it_over_and_proves_that_the_old_one_is_rejected() {
    let Seat { world, desk, browser } = Seat::take();
    let wanted = json!({
        "name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true,
        "secretName": APP, "secretDays": 30,
    });
    let made = world.tenant.seed(&wanted).unwrap();
    let old = made["secret"]["value"].as_str().unwrap().to_owned();
    let values = json!({
        "tenant-id": made["tenantId"], "client-id": made["clientId"], "tenant-domain": made["domain"],
        "client-secret": old,
    });
    // The first secret was handed over some time ago.
    let first = desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let page = browser.open(&first).unwrap();
    hand_over(&page, &values);
    page.close().unwrap();
    let before = desk.collect(code(&first)).to_string_lossy().into_owned();
    desk.handrail(&["inbox", "ack", &before]);

    let next = desk.link(&["--renew", code(&first)]);
    let way = format!("{GUIDE}.renew");
    let mut person = Person::sit_down_at(browser, &world, &way, &next).unwrap();
    assert_eq!(shown(&person.panel.page, "[data-domain]"), desk.domain);
    shown(&person.panel.page, &format!("[data-act=start][data-guide='{way}']"));
    person.start().unwrap();
    let mut collected = String::new();
    while let Some(step) = person.step().unwrap() {
        match step.action {
            Action::Check => {
                person.act(&step).unwrap();
                person.panel.wait_for_verdict("passed").unwrap();
                person.panel.press("seal").unwrap();
                shown(&person.panel.page, "[data-part=receipt]");
                // What is sealed goes no other way: no file is saved, and none has to be deleted.
                person
                    .panel
                    .wait_for("the old secret's turn", |s| s.step == "delete-old-secret.acknowledged")
                    .unwrap();
                collected = desk.collect(code(&next)).to_string_lossy().into_owned();
                desk.handrail(&["inbox", "open", &collected, "--look"]);
                desk.handrail(&["inbox", "ack", &collected]);
            }
            Action::Prove => {
                person.panel.press_selector("#prove").unwrap();
                person.panel.page.type_text(&old).unwrap();
                person.panel.page.key("Enter").unwrap();
                let moved = person.moved_on(&step);
                assert!(moved.is_ok(), "{moved:?}\n{}", person.panel.words().unwrap());
            }
            // It is read at once, whatever it is called.
            Action::Read if step.id == "old-secret.read" => person.moved_on(&step).unwrap(),
            _ => person.follow(&step).unwrap(),
        }
    }
    person.panel.wait_for("the end of the guide", |s| s.standing == "finished").unwrap();

    // Two different secrets came; the first works no longer, and the second does.
    let opened = |file: &str| {
        let printed = desk.handrail(&["inbox", "open", file, "--as", "json"]);
        let values: Value = serde_json::from_str(&printed).unwrap();
        values["client-secret"].as_str().unwrap().to_owned()
    };
    let second = opened(&collected);
    // Other makers' tools see the same: Debian's age opens it, a JOSE library of another language verifies the report.
    let bare = opened_by_age(&desk, &collected.replace(".handrail.json", ".age"));
    assert_eq!(bare["values"]["client-secret"], json!(second));
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&collected).unwrap()).unwrap();
    let report = envelope["report"].as_str().unwrap();
    let report = verified_by_jose(&world.worker.origin(), report, "handrail-report+jwt");
    assert_eq!((&report["verdict"], &report["sub"]), (&json!("passed"), &json!(code(&next))));
    assert_eq!(opened(&before), old);
    assert_ne!(second, old);
    let app = &world.tenant.apps("Contoso", APP).unwrap()[0];
    assert_eq!(app["secrets"].as_array().unwrap().len(), 1, "{app}");
    let recheck = |file: &str| {
        let again = ["inbox", "open", file, "--look", "--recheck", "--root", ROOT];
        outside((&desk, &world.tenant), &again)
    };
    ended(&recheck(&before), 1, "secret-wrong");
    ended(&recheck(&collected), 0, "Passed");
    // That the old one was tried says nothing against what was handed over.
    let look = asked(&format!("{}/api/links/{}", world.worker.origin(), code(&next)));
    assert_eq!((&look["standing"], &look["version"]), (&json!("acknowledged"), &json!(1)));
    let listed = desk.handrail(&["link", "list"]);
    let line = listed.lines().find(|line| line.contains(code(&next))).unwrap();
    assert!(line.contains("last check passed"), "{line}");

    let Person { mut browser, .. } = person;
    browser.close().unwrap();
    for secret in [&old, &second] {
        assert_eq!(files_with(browser.profile(), secret), Vec::<String>::new());
        assert_eq!(files_with(world.worker.folder(), secret), Vec::<String>::new());
        assert!(!world.worker.log().contains(secret.as_str()));
    }
}
