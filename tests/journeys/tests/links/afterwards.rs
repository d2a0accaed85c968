//! Nothing secret at all: a federated credential from the vendor's link to its proof, and a consent that comes back.

use std::fs;
use std::process::Output;

use handrail_tenant::proxy_to;
use handrail_world::browser::{Kind, Page};
use handrail_world::person::Person;
use handrail_world::tenant::Tenant;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use crate::page::{opened_by_age, verified_by_jose};
use crate::practice::{Desk, GUIDE, Practice, Seat, code, shown};

/// Where the checkout is, for what a guide needs.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What the practice directory, like Microsoft's worldwide cloud, wants to be called.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// The command with its way outside leading to the practice tenant.
pub(crate) fn outside((desk, tenant): (&Desk, &Tenant), arguments: &[&str]) -> Output {
    let proxy = proxy_to(tenant.tls()).unwrap();
    fs::write(desk.path("ca.pem"), tenant.certificate()).unwrap();
    let mut command = std::process::Command::new(Desk::program());
    command.current_dir(desk.path(".")).args(arguments).args(["--ca", "ca.pem"]);
    command.env("HTTPS_PROXY", format!("http://{proxy}"));
    for name in ["NO_PROXY", "ALL_PROXY", "HANDRAIL_VENDOR_KEYS"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

#[track_caller]
pub(crate) fn ended(done: &Output, status: i32, words: &str) {
    let told = [&done.stdout[..], &done.stderr[..]].concat();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(done.status.code(), Some(status), "{told}");
    assert!(told.contains(words), "{told}");
}

/// Makes an issuer.
fn publish(desk: &Desk, tenant: &Tenant) {
    desk.handrail(&["vendor", "issuer", "init"]);
    issued(desk, tenant);
}

/// Puts the issuer's files on the vendor's web server.
pub(crate) fn issued(desk: &Desk, tenant: &Tenant) {
    for path in ["handrail/.well-known/openid-configuration", "handrail/jwks.json"] {
        let text = fs::read_to_string(desk.path(path)).unwrap();
        tenant.publish_at(&desk.domain, &format!("/{path}"), &text).unwrap();
    }
}

/// What is handed over, as customers keep it.
fn ids_of(app: &Value) -> String {
    let text = |name: &str| app[name].as_str().unwrap().to_owned();
    format!(
        "a) Tenant ID: {}\nb) Client ID: {}\nd) Domain: {}\n",
        text("tenantId"),
        text("clientId"),
        text("domain")
    )
}

/// Enters the values, sees that their proof is pending, and hands over.
fn hand_over(page: &Page, list: &str) {
    page.press_top("[data-act=begin]").unwrap();
    shown(page, "label[for=anything]");
    page.press_top("#anything").unwrap();
    page.type_text(list).unwrap();
    page.wait_for("everything to be recognised", "!document.querySelector('[data-act=check]').disabled")
        .unwrap();
    assert_eq!(page.evaluate("document.querySelectorAll('input[type=password]').length").unwrap(), json!(0));
    page.press_top("[data-act=check]").unwrap();
    shown(page, "[data-verdict=pending]");
    page.press_top("[data-act=hand-over]").unwrap();
    shown(page, "[data-part=receipt]");
}

/// The link as the customer who opens it again sees it.
fn told(practice: &Practice, url: &str) -> String {
    let page = practice.browser.open(url).unwrap();
    shown(&page, "[data-part=progress]")
}

#[test]
fn a_federated_credential_goes_from_the_link_to_its_proof_and_no_secret_exists() {
    let practice = Practice::start(None);
    publish(&practice.desk, &practice.tenant);
    let seat = (&practice.desk, &practice.tenant);
    let url = practice.desk.link(&["--guide", GUIDE, "--kinds", "federated", "--customer", "Contoso"]);
    let wanted = json!({
        "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true, "secretDays": null,
    });
    let app = practice.tenant.seed(&wanted).unwrap();
    let text = |name: &str| app[name].as_str().unwrap().to_owned();
    let (tenant, client) = (text("tenantId"), text("clientId"));

    // The customer opens the link, and enters in the portal what it says.
    let page = practice.browser.open(&url).unwrap();
    let (issuer, subject) = (shown(&page, "[data-own=issuer]"), shown(&page, "[data-own=subject]"));
    assert_eq!(issuer, format!("https://{}/handrail", practice.desk.domain));
    assert_eq!(shown(&page, "[data-own=audience]"), AUDIENCE);
    // The steps in words are those of this way: issuer and subject stand in them, and no secret is made.
    page.press_top("[data-part=steps] summary").unwrap();
    shown(&page, &format!("[data-part=steps] [data-copy='{subject}']"));
    let steps = shown(&page, "[data-part=steps]");
    assert!(steps.contains(&issuer) && !steps.contains("New client secret"), "{steps}");
    let trust = |name: &str, subject: &str| {
        let trust = json!({
            "name": name, "issuer": issuer, "subject": subject, "audience": AUDIENCE,
        });
        practice.tenant.portal("POST", &tenant, &format!("apps/{client}/federated"), &trust).unwrap();
    };
    // A slip: the subject of another link of the same vendor.
    trust("slip", &subject.replace(|c: char| c.is_ascii_digit(), "a"));
    hand_over(&page, &ids_of(&app));
    drop(page);
    assert!(told(&practice, &url).contains("not collected"));

    let file = practice.desk.collect(code(&url));
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let name = file.to_string_lossy().into_owned();
    let bare = opened_by_age(&practice.desk, &name.replace(".handrail.json", ".age"));
    let ids: Vec<&str> = bare["values"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, ["client-id", "tenant-domain", "tenant-id"], "IDs and nothing else");
    let origin = practice.worker.origin();
    let report = verified_by_jose(&origin, envelope["report"].as_str().unwrap(), "handrail-report+jwt");
    assert_eq!(report["verdict"], "pending");

    let prove = ["inbox", "prove", &name, "--root", ROOT];
    ended(&outside(seat, &prove), 1, "federated-mismatch");
    assert!(told(&practice, &url).contains("Federated credentials"), "the customer is told where to look");
    trust("right", &subject);
    ended(&outside(seat, &prove), 0, "is proved");
    assert_eq!(practice.standing(&url), "proved");
    assert!(told(&practice, &url).contains("proved"));
    practice.desk.handrail(&["inbox", "ack", &name]);
    assert_eq!(practice.standing(&url), "proved", "it stays proved when it is confirmed");

    // Nothing ends by itself. Asked for anew, the subject is another one; the old credential is deleted, and proves nothing.
    let next = practice.desk.link(&["--renew", code(&url), "--kinds", "federated"]);
    let page = practice.browser.open(&next).unwrap();
    let fresh = shown(&page, "[data-own=subject]");
    assert_ne!(fresh, subject);
    trust("fresh", &fresh);
    hand_over(&page, &ids_of(&app));
    let second = practice.desk.collect(code(&next)).to_string_lossy().into_owned();
    ended(&outside(seat, &["inbox", "prove", &second, "--root", ROOT]), 0, "is proved");
    practice.tenant.portal("DELETE", &tenant, &format!("apps/{client}/federated/right"), &json!({})).unwrap();
    ended(&outside(seat, &prove), 1, "federated-mismatch");
    assert_eq!((practice.standing(&url), practice.standing(&next)), ("not-proved".into(), "proved".into()));
    // The issuer's private key went nowhere.
    let keys = fs::read_to_string(practice.desk.path("handrail-vendor.keys.json")).unwrap();
    let keys: Value = serde_json::from_str(&keys).unwrap();
    let key = keys["issuer"]["keys"][0]["key"].as_str().unwrap();
    assert!(!practice.worker.log().contains(key) && !envelope.to_string().contains(key));
}

/// The same with the extension: the toolbar button picks the link up, the ring leads through the portal to a credential with
/// the link's own subject, and the panel hands over.
#[test]
fn the_panel_leads_to_a_federated_credential_and_hands_two_ids_over() {
    let Seat { world, desk, browser } = Seat::take();
    publish(&desk, &world.tenant);
    let url = desk.link(&["--guide", GUIDE, "--kinds", "federated"]);
    let way = format!("{GUIDE}.run.link");
    let mut person = Person::sit_down_at(browser, &world, &way, &url).unwrap();
    assert_eq!(shown(&person.panel.page, "[data-domain]"), desk.domain);
    let subject = shown(&person.panel.page, "[data-own=subject]");
    let issuer = shown(&person.panel.page, "[data-own=issuer]");
    shown(&person.panel.page, &format!("[data-act=start][data-guide='{way}']"));
    person.start().unwrap();
    person.walk_to("check-ids.run").unwrap();
    let app = &world.tenant.apps("Contoso", &person.plan.app.as_ref().unwrap().name).unwrap()[0];
    let made = &app["federated"][0];
    assert_eq!((&made["issuer"], &made["subject"]), (&json!(issuer), &json!(subject)), "{app}");
    assert_eq!(app["secrets"], json!([]), "no secret was made");

    person.press_check().unwrap();
    person.panel.wait_for_verdict("pending").unwrap();
    person.panel.press("seal").unwrap();
    shown(&person.panel.page, "[data-part=receipt]");
    let file = desk.collect(code(&url)).to_string_lossy().into_owned();
    ended(&outside((&desk, &world.tenant), &["inbox", "prove", &file, "--root", ROOT]), 0, "is proved");
    // Whoever opens the link again with the extension is told.
    let page = person.browser.open(&url).unwrap();
    let known = person.panel.page.target().to_owned();
    person.browser.press_toolbar_button(&page).unwrap();
    let again = person.browser.panel_besides(&known).unwrap();
    if Kind::chosen().has_one_panel() {
        // It has the receipt, and asks once more how far the vendor is.
        let told = "document.querySelector('[data-part=progress]')?.textContent.includes('has proved')";
        again.wait_for("that the vendor has proved it", told).unwrap();
    }
    assert!(shown(&again, "[data-part=progress]").contains("has proved"));
}

#[test]
fn a_consent_counts_when_it_comes_back_with_its_link_s_state() {
    let practice = Practice::start(None);
    let wanted = json!({"name": "Collector", "permissions": ["ActivityFeed.Read"]});
    let app = practice.tenant.vendor_app(&wanted).unwrap();
    let back = format!("https://{}/back", practice.desk.domain);
    let asks = ["--guide", GUIDE, "--consent-app", &app, "--consent-return", &back];
    let (url, other) = (practice.desk.link(&asks), practice.desk.link(&asks));
    let seeded = practice.tenant.seed(&json!({"secretDays": null})).unwrap();
    let address = |url: &str| {
        let page = practice.browser.open(url).unwrap();
        shown(&page, "[data-own=consent]");
        let found = page.evaluate("document.querySelector('[data-own=consent]').href").unwrap();
        found.as_str().unwrap().to_owned()
    };
    let asked = address(&url);
    assert!(asked.starts_with("https://login.microsoftonline.com/organizations/adminconsent?"), "{asked}");
    let state = |asked: &str| asked.rsplit("state=").next().unwrap().to_owned();
    assert_ne!(state(&asked), state(&address(&other)));
    let page = practice.browser.open(&url).unwrap();
    let tenant = seeded["tenantId"].as_str().unwrap().to_owned();
    hand_over(&page, &ids_of(&seeded));
    let file = practice.desk.collect(code(&url)).to_string_lossy().into_owned();
    let prove = |state: &str, tenant: &str| {
        let returned = format!("{back}?admin_consent=True&tenant={tenant}&state={state}");
        outside((&practice.desk, &practice.tenant), &["inbox", "prove", &file, "--returned", &returned])
    };
    ended(&prove(&state(&address(&other)), &tenant), 1, "consent-elsewhere");
    assert_eq!(practice.standing(&url), "collected", "what is another link's says nothing about this one");
    ended(&prove(&state(&asked), "0f8fad5b-d9cb-469f-a165-70867728950e"), 1, "consent-other-tenant");
    assert_eq!(practice.standing(&url), "not-proved");
    ended(&prove(&state(&asked), &tenant), 0, "is proved");
    assert_eq!(practice.standing(&url), "proved");
}

/// The vendor's own app with the extension: the link leads to Microsoft's page with its own `state`, the ring through the portal
/// to what the app was given, and the panel hands the directory's ID over, pending until the vendor proves it.
#[test]
fn the_panel_leads_to_a_consent_and_hands_the_directory_over() {
    const CONSENTED: &str = "delegate365";
    let Seat { world, desk, browser } = Seat::take_for(CONSENTED);
    let wanted =
        json!({"name": "Delegate365", "permissions": ["00000003-0000-0000-c000-000000000000/User.Read.All"]});
    let app = world.tenant.vendor_app(&wanted).unwrap();
    let back = format!("https://{}/back", desk.domain);
    let asks = ["--guide", CONSENTED, "--consent-app", &app, "--consent-return", &back];
    let (url, other) = (desk.link(&asks), desk.link(&asks));
    let way = format!("{CONSENTED}.run.consent");
    let mut person = Person::sit_down_at(browser, &world, &way, &url).unwrap();
    assert_eq!(shown(&person.panel.page, "[data-domain]"), desk.domain);
    shown(&person.panel.page, &format!("[data-act=start][data-guide='{way}']"));
    person.start().unwrap();
    let mut returned = String::new();
    while let Some(step) = person.step().unwrap() {
        if step.id == "consent-app.start-link" {
            let asked =
                person.panel.page.evaluate("document.querySelector('[data-own=consent]').href").unwrap();
            let page = person.browser.open(asked.as_str().unwrap()).unwrap();
            page.wait_for("the consent page", "!!document.querySelector('button[value=accept]')").unwrap();
            page.press_top("button[value=accept]").unwrap();
            until("the way back to the vendor", LONG, || Ok(page.url()?.starts_with(&back).then_some(())))
                .unwrap();
            returned = page.url().unwrap();
            page.close().unwrap();
        }
        if step.id == "check-ids.run" {
            break;
        }
        person.follow(&step).unwrap();
    }
    person.press_check().unwrap();
    person.panel.wait_for_verdict("pending").unwrap();
    person.panel.press("seal").unwrap();
    shown(&person.panel.page, "[data-part=receipt]");
    let said = |words: &str| {
        until(words, LONG, || Ok(person.panel.words()?.contains(words).then_some(())))
            .unwrap_or_else(|error| panic!("{error:#}: {}", person.panel.words().unwrap_or_default()));
    };
    said("not collected");

    let file = desk.collect(code(&url)).to_string_lossy().into_owned();
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let kept =
        person.panel.page.evaluate("document.querySelector('[data-receipt]').dataset.receipt").unwrap();
    assert_eq!(envelope["receipt"], kept, "the customer keeps what the vendor collects");
    let opened: Value = serde_json::from_str(&desk.handrail(&["inbox", "open", &file])).unwrap();
    let ids: Vec<&str> = opened.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, ["tenant-id"], "the directory's ID and nothing else");
    assert!(returned.contains(opened["tenant-id"].as_str().unwrap()), "{returned}");
    let prove =
        |address: &str| outside((&desk, &world.tenant), &["inbox", "prove", &file, "--returned", address]);
    let page = person.browser.open(&other).unwrap();
    let asked = shown(&page, "[data-own=consent]");
    assert!(!asked.is_empty());
    let elsewhere = page.evaluate("document.querySelector('[data-own=consent]').href").unwrap();
    let state = |address: &str| address.rsplit("state=").next().unwrap().to_owned();
    let foreign = returned.replace(&state(&returned), &state(elsewhere.as_str().unwrap()));
    // Where one panel is for all tabs, it shows what belongs to the tab in front.
    page.close().unwrap();
    ended(&prove(&foreign), 1, "consent-elsewhere");
    ended(&prove(&returned), 0, "is proved");
    // The panel tells of it, when it is asked.
    person.panel.press("look").unwrap();
    said("has proved");
}
