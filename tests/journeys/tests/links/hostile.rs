//! Whatever the service's operator does wrong or on purpose: nothing is sealed to anybody but the vendor at its domain.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use handrail_handover::{LINK_TYPE, LinkClaims, Logo, jose};
use handrail_world::dist;
use handrail_world::parties::{Vendor, now};
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use crate::practice::{Desk, GUIDE, Practice, browser, shown, words_of, worker};

/// The page refuses, and offers nowhere to enter anything.
#[track_caller]
fn refuses(practice: &Practice, url: &str, words: &str) {
    let page = practice.browser.open(url).unwrap();
    let told = shown(&page, "[role=alert]");
    assert!(told.contains(words), "{told}");
    assert_eq!(
        page.evaluate("document.querySelectorAll('input, textarea, [data-act]').length").unwrap(),
        json!(0)
    );
}

#[test]
fn recipients_come_from_the_vendor_s_domain_alone() {
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE]);
    let right = practice.desk.document();
    // Other readers than the link names: a swapped document cannot make old links leak to them.
    let thief = Vendor::new("thief.example");
    let mut other = right.clone();
    other["recipients"] = json!([{"age": thief.identity.recipient().to_string()}]);
    practice.tenant.publish(&practice.desk.domain, &other).unwrap();
    refuses(&practice, &url, "replaced its keys");
    // Other signing keys: the link is not the domain's.
    let mut other = right.clone();
    other["keys"] = json!([{"jwk": thief.key.public().jwk()}]);
    practice.tenant.publish(&practice.desk.domain, &other).unwrap();
    refuses(&practice, &url, "not made by the vendor");
    // A service that the vendor does not name.
    let mut other = right.clone();
    other["workers"] = json!([]);
    practice.tenant.publish(&practice.desk.domain, &other).unwrap();
    refuses(&practice, &url, "does not name this service");
    // A logo that is not the one it names.
    let mut other = right.clone();
    other["logo"] = json!(Logo { sha256: "x".repeat(43), ..logo() });
    practice.tenant.publish(&practice.desk.domain, &other).unwrap();
    refuses(&practice, &url, "is not the one it names");
    // Another domain's document.
    let mut other = right.clone();
    other["domain"] = json!("thief.example");
    practice.tenant.publish(&practice.desk.domain, &other).unwrap();
    refuses(&practice, &url, "cannot be read, or is another");
    practice.tenant.publish(&practice.desk.domain, &right).unwrap();
    let page = practice.browser.open(&url).unwrap();
    assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain);
}

/// A picture that may be a logo: the extension's own.
fn logo() -> Logo {
    Logo::of(&std::fs::read(dist::root().join("extension/static/icons/48.png")).unwrap()).unwrap()
}

#[test]
fn a_logo_stands_small_beside_the_domain_and_is_fetched_from_nowhere() {
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE]);
    let page = practice.browser.open(&url).unwrap();
    shown(&page, "[data-part=sender]");
    assert_eq!(page.evaluate("document.querySelectorAll('img').length").unwrap(), json!(0), "there is none");
    let icon = dist::root().join("extension/static/icons/128.png");
    practice.desk.handrail(&["vendor", "rotate", "--logo", icon.to_str().unwrap()]);
    practice.tenant.publish(&practice.desk.domain, &practice.desk.document()).unwrap();
    let page = practice.browser.open(&url).unwrap();
    page.wait_for("the logo", "document.querySelector('[data-part=sender] img')?.naturalWidth === 128")
        .unwrap();
    assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain, "the domain is the sender's name");
    let drawn = "(i => [i.alt, i.clientWidth, i.clientHeight, i.src.slice(0, 22), getComputedStyle(i).backgroundColor])\
        (document.querySelector('[data-part=sender] img'))";
    let told = page.evaluate(drawn).unwrap();
    assert_eq!(told, json!(["", 46, 46, "data:image/png;base64,", "rgb(255, 255, 255)"]));
    // The page's policy lets no picture come from anywhere else.
    let blocked = "new Promise(done => { const i = new Image(); i.onerror = () => done('blocked'); i.onload = () => done('loaded'); \
        i.src = 'https://elsewhere.example/x.png'; })";
    assert_eq!(page.evaluate(blocked).unwrap(), json!("blocked"));
}

#[test]
fn a_service_that_says_it_is_another_seals_nothing() {
    // The operator of a second service points it at the first one's address and keeps links under its name.
    let practice = Practice::start(None);
    let honest = practice.worker.origin();
    let hostile = worker(&practice.tenant, &[("ORIGIN", &honest)]);
    let vendor = Vendor::new(&practice.desk.domain);
    practice.tenant.publish(&vendor.domain, &json!(vendor.document(&honest, Vec::new()))).unwrap();
    let claims = LinkClaims { exp: now() + 600, ..vendor.link(&honest, GUIDE) };
    let target = format!("/api/links/{}", claims.jti);
    let body = json!({"token": vendor.key.token(LINK_TYPE, &claims).unwrap()}).to_string();
    let token = vendor.sign(&honest, "PUT", &target, &body);
    let put = ureq::put(format!("{}{target}", hostile.origin()))
        .header("authorization", format!("Handrail {token}"));
    assert_eq!(put.header("content-type", "application/json").send(body.as_bytes()).unwrap().status(), 200);
    let url = format!("{}/l/{}", hostile.origin(), claims.jti);
    refuses(&practice, &url, "another address");
    let to = vendor.domain.as_str();
    let done = by_command(&practice, &Desk::new("customer.example"), (&url, to), &practice.app(), &[]);
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success() && told.contains("link-elsewhere"), "{told}");
}

#[test]
fn a_look_that_names_the_right_domain_and_another_s_token_is_refused() {
    // A hostile service can answer anything for a code; here a proxy-like Worker is played by the page's own network.
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE]);
    let thief = Vendor::new(&practice.desk.domain);
    let claims = LinkClaims {
        jti: crate::practice::code(&url).to_owned(),
        ..thief.link(&practice.worker.origin(), GUIDE)
    };
    let forged = thief.key.token(LINK_TYPE, &claims).unwrap();
    let read: LinkClaims = jose::dangerous_claims(&forged).unwrap();
    assert_eq!(read.iss, practice.desk.domain);
    told_otherwise(&practice, &url, &forged, &Value::Null, "not made by the vendor");
    // A stranger's own link to the guide, with the stranger's own document: everything agrees but whose guide it is.
    let stranger = Vendor::new("stranger.example");
    let claims = LinkClaims { iss: stranger.domain.clone(), recipients: readers(&stranger), ..claims };
    let theirs = stranger.key.token(LINK_TYPE, &claims).unwrap();
    let document = json!(stranger.document(&practice.worker.origin(), Vec::new()));
    told_otherwise(&practice, &url, &theirs, &document, "belongs to another vendor");
}

fn readers(vendor: &Vendor) -> Vec<String> {
    vendor.link("", "").recipients
}

/// Opens a link whose service answers with this token, and whose vendor with this document where one is given; waits until
/// the page says these words.
#[track_caller]
fn told_otherwise(practice: &Practice, url: &str, token: &str, document: &Value, words: &str) {
    let other = browser(&practice.tenant);
    let page = other.open(&format!("{}/api/health", practice.worker.origin())).unwrap();
    let look = json!({"token": token, "standing": "created", "version": 0, "reopened": false});
    let script = format!(
        "const real = globalThis.fetch, look = {look}, published = {document};
         globalThis.fetch = async (ask, ...rest) => {{
            const url = ask.url ?? String(ask);
            if (url.includes('/api/links/')) return Response.json(look);
            return published && url.endsWith('/handrail.json') ? Response.json(published) : real(ask, ...rest);
         }};"
    );
    page.before_documents(&script).unwrap();
    page.navigate(url).unwrap();
    let told = until("the page to refuse", LONG, || Ok(words_of(&page).contains(words).then_some(())));
    told.unwrap_or_else(|error| panic!("{error:#}: {}", words_of(&page)));
}

/// A customer at the command line, whose way outside leads to the practice tenant.
pub(crate) fn by_command(
    practice: &Practice,
    desk: &Desk,
    (url, to): (&str, &str),
    values: &Value,
    more: &[&str],
) -> Output {
    let proxy = handrail_tenant::proxy_to(practice.tenant.tls()).unwrap();
    std::fs::write(desk.path("ca.pem"), practice.tenant.certificate()).unwrap();
    let mut only = values.clone();
    for extra in ["key", "object"] {
        only.as_object_mut().unwrap().remove(extra);
    }
    let mut command = Command::new(Desk::program());
    command.current_dir(desk.path(".")).args(["hand-over", url, "--to", to, "--ca", "ca.pem"]).args(more);
    // What a customer remembers of vendors is this desk's, not this machine's.
    command.env("XDG_STATE_HOME", desk.path("state"));
    command.env("HTTPS_PROXY", format!("http://{proxy}")).env_remove("NO_PROXY").env_remove("ALL_PROXY");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(only.to_string().as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn the_command_line_hands_over_to_the_vendor_it_was_told_and_to_nobody_else() {
    let practice = Practice::start(None);
    let customer = Desk::new("customer.example");
    let values = practice.app();
    let url = practice.desk.link(&["--guide", GUIDE]);
    let refused = |to: &str, words: &str| {
        let done = by_command(&practice, &customer, (&url, to), &values, &["--share-progress"]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && told.contains(words), "{told}");
        assert_eq!(practice.standing(&url), "created", "not even a check was made");
        assert!(!told.contains(values["client-secret"].as_str().unwrap()));
    };
    let own = practice.desk.domain.as_str();
    refused("other.example", "not other.example");
    let right = practice.desk.document();
    let thief = Vendor::new("thief.example");
    let mut other = right.clone();
    other["recipients"] = json!([{"age": thief.identity.recipient().to_string()}]);
    practice.tenant.publish(own, &other).unwrap();
    refused(own, "recipients-gone");
    let mut other = right.clone();
    other["keys"] = json!([{"jwk": thief.key.public().jwk()}]);
    practice.tenant.publish(own, &other).unwrap();
    refused(own, "link-forged");
    practice.tenant.publish(own, &right).unwrap();
    assert!(!practice.desk.handrail(&["link", "list"]).contains("  at "), "nothing is shared by who refuses");
    // Who does not agree shares nothing; who does is seen at the last step.
    let other = practice.desk.link(&["--guide", GUIDE]);
    for (url, more) in [(&other, &[][..]), (&url, &["--share-progress"])] {
        let done = by_command(&practice, &customer, (url, own), &values, more);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    until("the list to say how far the customer is", LONG, || {
        let listed = practice.desk.handrail(&["link", "list"]);
        let at = |url: &str| listed.lines().find(|line| line.contains(crate::practice::code(url)));
        let told = at(&url).is_some_and(|line| line.contains("at hand-over (3/3)  last check passed"));
        let silent = at(&other).is_some_and(|line| line.contains("handed-over") && !line.contains("  at "));
        Ok((told && silent).then_some(()))
    })
    .unwrap();
    let file = practice.desk.collect(crate::practice::code(&url)).to_string_lossy().into_owned();
    let printed = practice.desk.handrail(&["inbox", "open", &file, "--as", "env"]);
    assert!(printed.contains(values["client-secret"].as_str().unwrap()), "{printed}");
    let kept = std::fs::read_to_string(customer.path("handrail-receipt.json")).unwrap();
    assert!(kept.contains("replace-token") && !kept.contains(values["client-secret"].as_str().unwrap()));
}

#[test]
fn a_domain_in_other_hands_is_noticed_at_the_command_line_and_a_rotation_is_not() {
    let practice = Practice::start(None);
    let (vendor, customer, values) = (&practice.desk, Desk::new("customer.example"), practice.app());
    let own = vendor.domain.as_str();
    let publish = |document: &Value| practice.tenant.publish(own, document).unwrap();
    let hand_over = |url: &str, more: &[&str]| {
        let done = by_command(&practice, &customer, (url, own), &values, more);
        (done.status.success(), String::from_utf8(done.stderr).unwrap())
    };
    let url = vendor.link(&["--guide", GUIDE]);
    let (done, told) = hand_over(&url, &[]);
    assert!(done && told.contains("First link from"), "{told}");
    // New keys, and the old ones have ended: the vendor is the same.
    vendor.handrail(&["vendor", "rotate", "--overlap", "0"]);
    publish(&vendor.document());
    let (done, told) = hand_over(&vendor.link_by_new_keys(&["--guide", GUIDE]), &[]);
    assert!(done && told.contains("Same keys as on "), "{told}");
    // Whoever has the domain publishes keys of their own, and the vendor's beside them.
    let thief = Desk::new(own);
    thief.set_up(&practice.tenant, &practice.worker.origin());
    let mut copied = thief.document();
    let theirs = vendor.document()["keys"].as_array().unwrap().clone();
    copied["keys"].as_array_mut().unwrap().extend(theirs);
    publish(&copied);
    let forged = thief.link_by_new_keys(&["--guide", GUIDE]);
    let id = |document: &Value| document["keys"][0]["jwk"]["kid"].as_str().unwrap().to_owned();
    let right = id(&vendor.document());
    for (more, words) in [
        (vec![], "give it with --fingerprint"),
        (vec!["--fingerprint", right.as_str()], "is not that of the key"),
    ] {
        let (done, told) = hand_over(&forged, &more);
        assert!(!done && told.contains("keys-changed") && told.contains(words), "{told}");
        assert!(!told.contains(&id(&copied)), "nothing is shown that could be copied");
        assert_eq!(practice.standing(&forged), "created", "not even a check was made");
    }
    // The same keys in honest hands: the vendor lost its own, and says so on the telephone.
    let (done, told) = hand_over(&forged, &["--fingerprint", &id(&copied)]);
    assert!(done && told.contains("The fingerprint is right"), "{told}");
}
