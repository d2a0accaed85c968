//! A guide of the vendor's own, from the file to the hand-over: with the extension and on the link's page. The vendor is
//! one that nobody packaged anything for.

use handrail_guide::load::{Library, own};
use handrail_handover::{LinkClaims, jose};
use handrail_world::person::Person;
use handrail_world::world::World;
use serde_json::{Value, json};

use crate::afterwards::ROOT;
use crate::practice::{Desk, Seat, asked, code, shown};

const DOMAIN: &str = "vendor.example";

/// Permissions of `lucerne.toml`.
const WANTED: [&str; 3] = ["ActivityFeed.Read", "AuditLog.Read.All", "User.Read.All"];

fn file(name: &str) -> String {
    format!("{ROOT}/tests/vectors/guides/{name}.toml")
}

/// Makes a link for a guide of the vendor's own; its address, and the guide's id. The world knows its plans from here on.
fn link(world: &mut World, desk: &Desk, name: &str) -> (String, String) {
    let url = desk.link(&["--guide", &file(name), "--root", ROOT, "--customer", "Contoso"]);
    let look = asked(&format!("{}/api/links/{}", world.worker.origin(), code(&url)));
    let claims: LinkClaims = jose::dangerous_claims(look["token"].as_str().unwrap()).unwrap();
    let library = Library::load(ROOT.as_ref()).unwrap();
    let text = look["guide"].as_str().unwrap();
    for (variant, plan) in own::plans(&library, text, (&claims.guide, &claims.digest, DOMAIN)).unwrap() {
        for permission in &plan.sheet.permissions {
            world.tenant.offer(permission, permission.resource != "exchange-online").unwrap();
        }
        world.plans.insert(variant.key, plan);
    }
    (url, claims.guide)
}

fn vendor(world: &World) -> Desk {
    let desk = Desk::new(DOMAIN);
    desk.set_up(&world.tenant, &world.worker.origin());
    desk
}

#[test]
fn the_panel_leads_through_a_vendor_s_own_guide_and_hands_over() {
    let Seat { mut world, browser, .. } = Seat::take();
    let desk = vendor(&world);
    let (url, id) = link(&mut world, &desk, "lucerne");
    let mut person = Person::sit_down_at(browser, &world, &id, &url).unwrap();
    assert_eq!(shown(&person.panel.page, "[data-domain]"), DOMAIN);
    let head = shown(&person.panel.page, "[data-part=own]");
    assert!(head.contains("written by vendor.example, not by Handrail"), "{head}");
    let sheet = shown(&person.panel.page, "[data-part=sheet]");
    assert!(sheet.contains("vendor.example: “to read who signed in"), "{sheet}");
    person.start().unwrap();
    person.walk_to("check.run").unwrap();
    let app = &world.tenant.apps("Contoso", "Lucerne Watch").unwrap()[0];
    for name in WANTED {
        let permissions = app["permissions"].as_array().unwrap();
        assert!(permissions.iter().any(|one| one["name"] == name && one["granted"] == true), "{name}: {app}");
    }
    person.press_check().unwrap();
    person.panel.wait_for_verdict("passed").unwrap();
    person.panel.press("seal").unwrap();
    shown(&person.panel.page, "[data-part=receipt]");
    let collected = desk.collect(code(&url)).to_string_lossy().into_owned();
    let opened = desk.handrail(&["inbox", "open", &collected, "--guide", &file("lucerne"), "--root", ROOT]);
    let values: Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(values["client-id"], app["appId"], "{opened}");
    let other = ["inbox", "open", &collected, "--guide", &file("lucerne-list"), "--root", ROOT];
    assert!(!desk.tried(&other).status.success(), "another guide than the link's");

    // What is dangerous is ticked one by one before anything begins.
    let (url, _) = link(&mut world, &desk, "lucerne-mail");
    let page = person.browser.open(&url).unwrap();
    shown(&page, "[data-part=sender]");
    let known = person.panel.page.target().to_owned();
    person.browser.press_toolbar_button(&page).unwrap();
    let panel = handrail_world::panel::Panel { page: person.browser.panel_besides(&known).unwrap() };
    let head = shown(&panel.page, "[data-part=own]");
    let places =
        ["full_access_as_app", "Directory.ReadWrite.All", "Mail.ReadWrite"].map(|name| head.find(name));
    assert!(places.iter().all(Option::is_some) && places[1] < places[2], "{head}");
    let disabled = || panel.page.evaluate("document.querySelector('[data-act=start]').disabled").unwrap();
    let ticks =
        panel.page.evaluate("document.querySelectorAll('[data-tick]').length").unwrap().as_u64().unwrap();
    assert!(ticks >= 3);
    for n in 0..ticks {
        assert_eq!(disabled(), json!(true), "{n} of {ticks} are ticked");
        panel.page.evaluate(&format!("document.querySelectorAll('[data-tick]')[{n}].click()")).unwrap();
    }
    panel
        .page
        .wait_for("the start to be free", "!document.querySelector('[data-act=start]').disabled")
        .unwrap();
}

#[test]
fn the_page_shows_a_vendor_s_own_guide_with_its_dangers_and_hands_over() {
    let Seat { mut world, browser, .. } = Seat::take();
    let desk = vendor(&world);
    let (mail, _) = link(&mut world, &desk, "lucerne-mail");
    let page = browser.open(&mail).unwrap();
    let head = shown(&page, "[data-part=own-guide]");
    assert!(head.contains("written by vendor.example, not by Handrail"), "{head}");
    let places =
        ["full_access_as_app", "Mail.ReadWrite", "User.Read.All"].map(|name| head.find(name).unwrap());
    assert!(places.is_sorted(), "the worst first: {head}");
    let ticks = page.evaluate("document.querySelectorAll('[data-tick]').length").unwrap().as_u64().unwrap();
    for n in 0..ticks {
        assert_eq!(
            page.evaluate("document.querySelector('[data-act=begin]').disabled").unwrap(),
            json!(true)
        );
        page.evaluate(&format!("document.querySelectorAll('[data-tick]')[{n}].click()")).unwrap();
    }
    page.wait_for("the start to be free", "!document.querySelector('[data-act=begin]').disabled").unwrap();

    // Its steps are said in the page's language: all but its own words and the portal's labels.
    page.prefer("de-DE,de;q=0.9").unwrap();
    page.reload().unwrap();
    assert!(shown(&page, "[data-part=own-guide]").contains("Anwendungsberechtigung"));
    page.press_top("[data-part=steps] summary").unwrap();
    let steps = shown(&page, "[data-part=steps] ol");
    assert!(steps.contains("dem rechts oben genannten Verzeichnis"), "{steps}");
    // In some browsers the languages are all pages'.
    page.prefer("en-US,en;q=0.9").unwrap();

    let (url, _) = link(&mut world, &desk, "lucerne-feed");
    let made = world.tenant.seed(&json!({"permissions": ["ActivityFeed.Read"], "consent": true})).unwrap();
    let page = browser.open(&url).unwrap();
    shown(&page, "[data-part=own-guide]");
    page.press_top("[data-part=steps] summary").unwrap();
    let steps = shown(&page, "[data-part=steps] ol");
    assert!(steps.contains("entra") || steps.contains("Entra"), "{steps}");
    assert!(shown(&page, "[data-part=steps]").contains("New client secret"));
    page.press_top("[data-act=begin]").unwrap();
    shown(&page, "label[for=anything]");
    page.press_top("#anything").unwrap();
    let text = |name: &Value| name.as_str().unwrap().to_owned();
    let list = format!(
        "Tenant ID: {}\nClient ID: {}\nClient secret: {}\n",
        text(&made["tenantId"]),
        text(&made["clientId"]),
        text(&made["secret"]["value"])
    );
    page.type_text(&list).unwrap();
    crate::practice::check_and_hand_over(&page);
    desk.collect(code(&url));

    // A service that puts other words into the guide is found out.
    let forge = "const real = globalThis.fetch; globalThis.fetch = async (ask, ...rest) => {
        const answer = await real(ask, ...rest);
        if (!(ask.url ?? '').includes('/api/links/')) return answer;
        const look = await answer.json();
        return Response.json({ ...look, guide: look.guide?.replace('Lucerne Feed', 'Contoso Feed') });
    }";
    page.before_documents(forge).unwrap();
    page.reload().unwrap();
    let told = shown(&page, ".card.warn[role=alert]");
    assert!(told.contains("not the one that its vendor signed"), "{told}");
}
