//! Nothing secret at all: a federated credential from the vendor's link to its proof, and a consent that comes back.

use std::fs;
use std::process::Output;

use handrail_tenant::proxy_to;
use handrail_world::browser::Page;
use serde_json::{Value, json};

use crate::page::{opened_by_age, verified_by_jose};
use crate::practice::{Desk, GUIDE, Practice, code, shown};

/// Where the checkout is, for what a guide needs.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What the practice directory, like Microsoft's worldwide cloud, wants to be called.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// The command with its way outside leading to the practice tenant.
fn outside(practice: &Practice, arguments: &[&str]) -> Output {
    let proxy = proxy_to(practice.tenant.tls()).unwrap();
    fs::write(practice.desk.path("ca.pem"), practice.tenant.certificate()).unwrap();
    let mut command = std::process::Command::new(Desk::program());
    command.current_dir(practice.desk.path(".")).args(arguments).args(["--ca", "ca.pem"]);
    command.env("HTTPS_PROXY", format!("http://{proxy}"));
    for name in ["NO_PROXY", "ALL_PROXY", "HANDRAIL_VENDOR_KEYS"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

#[track_caller]
fn ended(done: &Output, status: i32, words: &str) {
    let told = [&done.stdout[..], &done.stderr[..]].concat();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(done.status.code(), Some(status), "{told}");
    assert!(told.contains(words), "{told}");
}

/// Puts the issuer's files on the vendor's web server.
fn publish(practice: &Practice) {
    practice.desk.handrail(&["vendor", "issuer", "init"]);
    for path in ["handrail/.well-known/openid-configuration", "handrail/jwks.json"] {
        let text = fs::read_to_string(practice.desk.path(path)).unwrap();
        practice.tenant.publish_at(&practice.desk.domain, &format!("/{path}"), &text).unwrap();
    }
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
    publish(&practice);
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
    let trust = |name: &str, subject: &str| {
        let trust = json!({
            "name": name, "issuer": issuer, "subject": subject, "audience": AUDIENCE,
        });
        practice.tenant.portal("POST", &tenant, &format!("apps/{client}/federated"), &trust).unwrap();
    };
    // A slip: the subject of another link of the same vendor.
    trust("slip", &subject.replace(|c: char| c.is_ascii_digit(), "a"));
    hand_over(
        &page,
        &format!("a) Tenant ID: {tenant}\nb) Client ID: {client}\nd) Domain: {}\n", text("domain")),
    );
    drop(page);
    assert!(told(&practice, &url).contains("not collected"));

    let file = practice.desk.collect(code(&url));
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let name = file.to_string_lossy().into_owned();
    let bare = opened_by_age(&practice, &name.replace(".handrail.json", ".age"));
    let ids: Vec<&str> = bare["values"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, ["client-id", "tenant-domain", "tenant-id"], "IDs and nothing else");
    let report = verified_by_jose(&practice, envelope["report"].as_str().unwrap(), "handrail-report+jwt");
    assert_eq!(report["verdict"], "pending");

    let prove = ["inbox", "prove", &name, "--root", ROOT];
    ended(&outside(&practice, &prove), 1, "federated-mismatch");
    assert!(told(&practice, &url).contains("Federated credentials"), "the customer is told where to look");
    trust("right", &subject);
    ended(&outside(&practice, &prove), 0, "is proved");
    assert_eq!(practice.standing(&url), "proved");
    assert!(told(&practice, &url).contains("proved"));
    practice.desk.handrail(&["inbox", "ack", &name]);
    assert_eq!(practice.standing(&url), "proved", "it stays proved when it is confirmed");
    // The issuer's private key went nowhere.
    let keys = fs::read_to_string(practice.desk.path("handrail-vendor.keys.json")).unwrap();
    let keys: Value = serde_json::from_str(&keys).unwrap();
    let key = keys["issuer"]["keys"][0]["key"].as_str().unwrap();
    assert!(!practice.worker.log().contains(key) && !envelope.to_string().contains(key));
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
    let text = |name: &str| seeded[name].as_str().unwrap().to_owned();
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
    let (tenant, client) = (text("tenantId"), text("clientId"));
    hand_over(
        &page,
        &format!("a) Tenant ID: {tenant}\nb) Client ID: {client}\nd) Domain: {}\n", text("domain")),
    );
    let file = practice.desk.collect(code(&url)).to_string_lossy().into_owned();
    let prove = |state: &str, tenant: &str| {
        let returned = format!("{back}?admin_consent=True&tenant={tenant}&state={state}");
        outside(&practice, &["inbox", "prove", &file, "--returned", &returned])
    };
    ended(&prove(&state(&address(&other)), &tenant), 1, "consent-elsewhere");
    assert_eq!(practice.standing(&url), "collected", "what is another link's says nothing about this one");
    ended(&prove(&state(&asked), "0f8fad5b-d9cb-469f-a165-70867728950e"), 1, "consent-other-tenant");
    assert_eq!(practice.standing(&url), "not-proved");
    ended(&prove(&state(&asked), &tenant), 0, "is proved");
    assert_eq!(practice.standing(&url), "proved");
}
