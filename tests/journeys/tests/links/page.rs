//! The straight way and the renewal.

use std::fs;
use std::process::Command;

use handrail_journeys::profile::files_with;
use handrail_world::browser::Page;
use handrail_world::dist;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use crate::hostile::by_command;
use crate::practice::{
    Desk, GUIDE, Practice, as_a_list, asked, check_and_hand_over, code, fill_in, hand_over, shown, words_of,
};

#[test]
fn a_link_is_made_followed_handed_over_opened_and_renewed() {
    let mut practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let values = practice.app();
    let page = practice.browser.open(&url).unwrap();
    assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain);
    assert!(!words_of(&page).contains("Contoso"), "who only looks learns nothing of the customer");
    assert_eq!(practice.standing(&url), "created", "looking changes nothing");
    fill_in(&page, &values);
    let told = || practice.desk.handrail(&["link", "list"]).contains("values (2/3)");
    assert!(!told(), "nothing is told unasked");
    page.press_top("#share").unwrap();
    until("the vendor to be told", LONG, || Ok(told().then_some(()))).unwrap();
    page.press_top("#ends").unwrap();
    page.type_text("2027-05-20").unwrap();
    check_and_hand_over(&page);
    let kept = page.evaluate("document.querySelector('[data-kept]').dataset.kept").unwrap();
    assert!(shown(&page, "[data-kept]").contains(kept.as_str().unwrap()), "until when it is kept: {kept}");
    reminded(&practice, &page, code(&url));
    let receipt = page.evaluate("document.querySelector('[data-receipt]').dataset.receipt").unwrap();
    assert_eq!(practice.standing(&url), "handed-over");
    let whole = page.evaluate("document.documentElement.outerHTML").unwrap();
    assert!(!whole.as_str().unwrap().contains(values["client-secret"].as_str().unwrap()));

    let file = practice.desk.collect(code(&url));
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(envelope["receipt"], receipt, "the customer keeps what the vendor collects");
    let bare = opened_by_age(&practice.desk, &file.to_string_lossy().replace(".handrail.json", ".age"));
    assert_eq!(bare["values"]["client-secret"], values["client-secret"]);
    let origin = practice.worker.origin();
    let claims = verified_by_jose(&origin, envelope["report"].as_str().unwrap(), "handrail-report+jwt");
    assert_eq!(claims["verdict"], "passed");
    assert_eq!(claims["sub"], code(&url));
    let claims = verified_by_jose(&origin, receipt.as_str().unwrap(), "handrail-receipt+jwt");
    assert_eq!(claims["version"], 1);
    let name = file.to_string_lossy().into_owned();
    let printed = practice.desk.handrail(&["inbox", "open", &name, "--as", "list"]);
    assert!(printed.contains(values["client-secret"].as_str().unwrap()));
    practice.desk.handrail(&["inbox", "ack", &name]);
    assert_eq!(practice.standing(&url), "acknowledged");
    practice.desk.handrail(&["link", "first-data", code(&url)]);
    page.press_top("[data-act=look]").unwrap();
    page.wait_for("the customer to see it", "document.body.innerText.includes('sees first data')").unwrap();

    renewed(&practice, &url, &values);
    let secret = values["client-secret"].as_str().unwrap();
    drop(page);
    practice.browser.close().unwrap();
    assert_eq!(files_with(practice.browser.profile(), secret), Vec::<String>::new());
    assert!(!practice.worker.log().contains(secret));
    let stored = files_with(practice.worker.folder(), secret);
    assert_eq!(stored, Vec::<String>::new(), "the service stores ciphertext alone");
}

/// The file that a calendar reads, as it comes out of the browser.
fn reminded(practice: &Practice, page: &Page, code: &str) {
    let folder = tempfile::tempdir().unwrap();
    practice.browser.save_downloads(folder.path()).unwrap();
    page.press_top("[data-act=calendar]").unwrap();
    let file = folder.path().join("secret-ends.ics");
    let text = until("the calendar file", LONG, || {
        let text = fs::read_to_string(&file).unwrap_or_default();
        Ok(text.ends_with("END:VCALENDAR\r\n").then_some(text))
    });
    let text = text.unwrap();
    let has = |line: &str| text.split("\r\n").any(|own| own == line);
    for line in [
        "BEGIN:VCALENDAR",
        &format!("UID:{}@handrail", code.to_lowercase()),
        "DTSTART;VALUE=DATE:20270520",
        "DTEND;VALUE=DATE:20270521",
        "TRIGGER:-P30D",
    ] {
        assert!(has(line), "{line}: {text}");
    }
    assert!(text.contains("SUMMARY:Client secret ends: ") && text.split("\r\n").all(|line| line.len() <= 75));
    page.press_top("[data-act=receipt]").unwrap();
    let file = folder.path().join("handrail-receipt.json");
    let kept = until("the receipt's file", LONG, || Ok(serde_json::from_slice(&fs::read(&file)?).ok()));
    let kept: Value = kept.unwrap();
    assert_eq!(
        kept["receipt"],
        page.evaluate("document.querySelector('[data-receipt]').dataset.receipt").unwrap()
    );
    assert!(kept["replace-token"].as_str().is_some_and(|token| token.len() > 40), "{kept}");
}

#[test]
fn what_may_not_be_sent_is_saved_in_place_of_it_and_opens_all_the_same() {
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let values = practice.app();
    let page = practice.browser.open(&url).unwrap();
    fill_in(&page, &values);
    page.press_top("[data-act=check]").unwrap();
    shown(&page, "[data-act=hand-over]");
    let folder = tempfile::tempdir().unwrap();
    practice.browser.save_downloads(folder.path()).unwrap();
    page.press_top("[data-act=download]").unwrap();
    shown(&page, "[data-part=downloaded]");
    assert_eq!(practice.standing(&url), "checked", "nothing was sent");
    let saved = folder.path().join(format!("{}.handrail.json", code(&url)));
    until("the bundle's file", LONG, || {
        Ok(serde_json::from_slice::<Value>(&fs::read(&saved)?).is_ok().then_some(()))
    })
    .unwrap();
    opened_without_a_receipt(&practice, &saved.to_string_lossy(), &values);
    // By command it is the same.
    let customer = Desk::new("customer.example");
    let to = (url.as_str(), practice.desk.domain.as_str());
    let done = by_command(&practice, &customer, to, &values, &["--save", "sealed.json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    opened_without_a_receipt(&practice, &customer.path("sealed.json").to_string_lossy(), &values);
    assert_eq!(practice.standing(&url), "checked");
}

/// A bundle that came by another way is opened only by who says so.
#[track_caller]
fn opened_without_a_receipt(practice: &Practice, file: &str, values: &Value) {
    let secret = values["client-secret"].as_str().unwrap();
    assert!(!fs::read_to_string(file).unwrap().contains(secret));
    let refused = practice.desk.tried(&["inbox", "open", file]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && refused.stdout.is_empty() && told.contains("receipt-wrong"),
        "{told}"
    );
    let printed = practice.desk.handrail(&["inbox", "open", file, "--without-receipt"]);
    assert!(printed.contains(secret), "{printed}");
}

/// A second secret is made and handed over; the old one is deleted after the vendor confirmed, and no longer works.
fn renewed(practice: &Practice, url: &str, values: &Value) {
    let next = practice.desk.link(&["--renew", code(url)]);
    let (directory, app) = (values["tenant-id"].as_str().unwrap(), values["object"].as_str().unwrap());
    let secrets = format!("apps/{app}/secrets");
    let made =
        practice.tenant.portal("POST", directory, &secrets, &json!({"description": "second", "days": 90}));
    let mut second = values.clone();
    let made = made.unwrap();
    second["client-secret"] = made["value"].clone();
    assert!(second["client-secret"].is_string(), "{made}");
    let page = practice.browser.open(&next).unwrap();
    hand_over(&page, &second);
    let file = practice.desk.collect(code(&next)).to_string_lossy().into_owned();
    let printed = practice.desk.handrail(&["inbox", "open", &file]);
    assert!(printed.contains(second["client-secret"].as_str().unwrap()));
    practice.desk.handrail(&["inbox", "ack", &file]);
    let old = format!("{secrets}/{}", values["key"].as_str().unwrap());
    practice.tenant.portal("DELETE", directory, &old, &json!({})).unwrap();
    // The old one, tried under a link of its own: rejected, and nothing is offered to be handed over.
    let proof = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let page = practice.browser.open(&proof).unwrap();
    fill_in(&page, values);
    page.press_top("[data-act=check]").unwrap();
    let report = shown(&page, "[data-verdict=failed]");
    assert!(report.contains("7000215"), "{report}");
    assert_eq!(page.evaluate("document.querySelector('[data-act=hand-over]')").unwrap(), Value::Null);
}

pub(crate) fn opened_by_age(desk: &Desk, file: &str) -> Value {
    let identity = desk.identity();
    let done = Command::new("age").arg("-d").arg("-i").arg(identity).arg(file).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// The npm package `jose` verifies a token with the keys that the Worker publishes.
pub(crate) fn verified_by_jose(origin: &str, token: &str, typ: &str) -> Value {
    let script = "import { compactVerify, createLocalJWKSet } from 'jose';
        const [keys, token, typ] = process.argv.slice(1);
        const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(JSON.parse(keys)));
        if (protectedHeader.typ !== typ) throw new Error(protectedHeader.typ);
        console.log(new TextDecoder().decode(payload));";
    let keys = asked(&format!("{origin}/.well-known/jwks.json")).to_string();
    let mut node = Command::new("node");
    node.current_dir(dist::root()).args(["--input-type=module", "-e", script, &keys, token, typ]);
    let done = node.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn what_is_below_a_domain_that_the_guide_names_is_the_vendor_s_own() {
    let practice = Practice::start(Some("eu.securus360.com"));
    let url = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let page = practice.browser.open(&url).unwrap();
    assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain);
    hand_over(&page, &practice.app());
}

#[test]
fn values_are_checked_as_they_are_typed_and_nothing_is_left_behind() {
    let mut practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let mut values = practice.app();
    let page = practice.browser.open(&url).unwrap();
    fill_in(&page, &values);
    // One character of the secret is wrong: named at once, before anything is sent.
    let right = values["client-secret"].as_str().unwrap().to_owned();
    let mut letters: Vec<char> = right.chars().collect();
    let meant = std::mem::replace(&mut letters[20], if right.as_bytes()[20] == b'x' { 'y' } else { 'x' });
    let wrong: String = letters.into_iter().collect();
    let secret = "#value-client-secret";
    page.press_top(secret).unwrap();
    page.edit("selectAll").unwrap();
    page.type_text(&wrong).unwrap();
    page.wait_for("the mistake to be named", "document.querySelector('[data-act=check]').disabled").unwrap();
    // By chance other slips fit as well; the one that was made is among those offered.
    let find = format!(
        "[...document.querySelectorAll('[data-act=use-suggestion]')]
            .find(b => b.textContent === 'Use it with {meant} as character 21')?.dataset.n ?? null"
    );
    shown(&page, "[data-act=use-suggestion]");
    let n = page.evaluate(&find).unwrap();
    let n = n.as_str().unwrap_or_else(|| panic!("{}", words_of(&page)));
    page.press_top(&format!("[data-act=use-suggestion][data-n='{n}']")).unwrap();
    let typed = page.evaluate("document.querySelector('#value-client-secret').value").unwrap();
    assert_eq!(typed, json!(right));
    values["client-secret"] = json!(right);
    the_guide_is_there_in_words(&page, values["client-id"].as_str().unwrap());
    what_nobody_touches_is_wiped(&page);
    drop(page);
    practice.browser.close().unwrap();
    for text in [&right, &wrong, &as_a_list(&values)] {
        assert_eq!(files_with(practice.browser.profile(), text), Vec::<String>::new());
    }
}

/// Every step with its menu path and deep links, in which the values that are known stand.
fn the_guide_is_there_in_words(page: &Page, client: &str) {
    page.press_top("[data-act=steps]").unwrap();
    let words = shown(page, "[data-part=steps] ol");
    assert!(words.contains("The way there: "), "{words}");
    let named = format!("[data-part=steps] a[href^='https://entra.microsoft.com/'][href*='{client}']");
    shown(page, &named);
    let count = "document.querySelectorAll('[data-part=steps] li').length";
    let plans = handrail_world::world::plans().unwrap();
    assert_eq!(page.evaluate(count).unwrap(), json!(plans[GUIDE].steps.len()));
}

/// A clock that goes ahead: first the notice, which any press takes back, then the end.
fn what_nobody_touches_is_wiped(page: &Page) {
    let later = |minutes: f64| {
        let script = format!(
            "globalThis.real ??= Date.now; Date.now = () => globalThis.real.call(Date) + {} * 60000; null",
            minutes
        );
        page.evaluate(&script).unwrap();
    };
    later(14.5);
    shown(page, "[data-part=idle] [data-act=keep]");
    page.press_top("[data-act=keep]").unwrap();
    page.wait_for("the notice to go", "!document.querySelector('[data-part=idle]')").unwrap();
    later(45.0);
    let told = shown(page, "[data-part=idle][role=status]");
    assert!(told.contains("was wiped"), "{told}");
    let left = "[...document.querySelectorAll('input[data-value], textarea')].map(e => e.value).join('')";
    assert_eq!(page.evaluate(left).unwrap(), json!(""));
    // Leaving wipes at once.
    page.press_top("#value-client-id").unwrap();
    page.type_text("0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide')); null").unwrap();
    assert_eq!(page.evaluate(left).unwrap(), json!(""));
}

#[test]
fn a_link_that_a_mail_program_mangled_still_opens() {
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE]);
    let (origin, code) = (practice.worker.origin(), code(&url));
    for mangled in [
        format!("{url}?utm_source=mail&x=1"),
        format!("{url}#lost"),
        format!("{url}%20"),
        format!("{url}."),
        format!("{origin}/l/{}", code.to_ascii_lowercase()),
        format!("{origin}/l/{}", code.replace('-', "")),
    ] {
        let page = practice.browser.open(&mangled).unwrap();
        assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain, "{mangled}");
    }
    // Of a link that is broken over lines only the first half can be pressed: the page asks for the whole, or for the code.
    let (half, rest) = url.split_at(url.len() - 9);
    let page = practice.browser.open(half).unwrap();
    assert!(shown(&page, "[role=alert]").contains("no whole link"));
    let wrapped = url.replace(':', "%3A").replace('/', "%2F");
    for (place, typed) in [
        (half, format!("{half}\n> {rest}")),
        (half, format!("https://eur01.safelinks.protection.outlook.com/?url={wrapped}&data=05%7C01")),
        (origin.as_str(), code.to_ascii_lowercase().replace('-', " ")),
    ] {
        page.navigate(place).unwrap();
        page.press_top("#link").unwrap();
        page.type_text(&typed).unwrap();
        page.press_top("form button").unwrap();
        assert_eq!(shown(&page, "[data-part=sender]"), practice.desk.domain, "{typed}");
        assert_eq!(page.evaluate("location.href").unwrap(), json!(url), "nothing else stays in the address");
    }
    assert_eq!(practice.standing(&url), "created", "opening it changed nothing");
}

/// Milliseconds from the beginning of a load to the moment the page can be used.
const QUICK: f64 = 300.0;

#[test]
fn the_page_can_be_used_within_its_time() {
    let practice = Practice::start(None);
    let url = practice.desk.link(&["--guide", GUIDE]);
    let page = practice.browser.open(&url).unwrap();
    shown(&page, "[data-act=begin]");
    let script = "new MutationObserver((_, me) => {
        if (document.querySelector('[data-act=begin]')) { globalThis.usable = performance.now(); me.disconnect(); }
    }).observe(document, { subtree: true, childList: true });";
    page.before_documents(script).unwrap();
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            page.reload().unwrap();
            page.wait_for("the page", "globalThis.usable !== undefined").unwrap();
            page.evaluate("usable").unwrap().as_f64().unwrap()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("usable after {times:.0?} ms");
    // The best of seven: what else a machine does is not the page's.
    assert!(times[0] < QUICK, "{times:?}");
}
