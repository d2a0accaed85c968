//! The vendor's page in a browser, from sign-in to sign-out: every state in every look, and nothing of it left behind.

use handrail_journeys::gallery::{LOOKS, axe, look, overflows};
use handrail_journeys::profile::files_with;
use handrail_world::browser::Page;
use handrail_world::wait::{LONG, until};
use serde_json::json;

use crate::practice::{GUIDE, Practice, shown, worker};

/// What axe and a narrow window object to, in every look.
fn objections(page: &Page, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for one in LOOKS {
        look(page, one).unwrap();
        found.extend(axe(page).unwrap().into_iter().map(|line| format!("{name}, {}: {line}", one.0)));
        if overflows(page).unwrap() {
            found.push(format!("{name}, {}: scrolls sideways", one.0));
        }
        if let Some(folder) = std::env::var_os("HANDRAIL_PICTURES") {
            let file = std::path::Path::new(&folder).join(format!("vendor-{name}-{}.png", one.0));
            page.screenshot_to(&file).unwrap();
        }
    }
    look(page, LOOKS[0]).unwrap();
    found
}

fn sign_in(page: &Page, code: &str) {
    page.press_top("#code").unwrap();
    page.type_text(code).unwrap();
    page.press_top("button[value=sign-in]").unwrap();
}

#[test]
fn the_vendor_s_page_is_accessible_in_every_state_and_leaves_nothing_behind() {
    let mut practice = Practice::start(None);
    let (origin, domain) = (practice.worker.origin(), practice.desk.domain.clone());
    let page = practice.browser.open(&format!("{origin}/vendor?domain={domain}")).unwrap();
    shown(&page, "#code");
    let mut found = objections(&page, "sign-in");
    sign_in(&page, "not a code");
    assert!(shown(&page, "[role=alert]").contains("used before"));
    found.extend(objections(&page, "refused"));
    let code = practice.desk.handrail(&["vendor", "code"]).trim().to_owned();
    sign_in(&page, &code);
    page.wait_for("the list", "document.body?.innerText.includes('There is no link yet')").unwrap();
    found.extend(objections(&page, "empty"));
    let taken_back = practice.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    practice.desk.handrail(&["link", "revoke", &taken_back]);
    practice.desk.link(&["--guide", GUIDE, "--customer", "Wombats of the Western Wetlands"]);
    until("both links", LONG, || {
        // Between two pages there may be nothing to press or to read. What is there already is not asked for again: another page
        // would come in the middle of what follows.
        let words = page.evaluate("document.body?.innerText").ok();
        let words = words.as_ref().and_then(|words| words.as_str()).unwrap_or_default();
        let both = words.contains("withdrawn") && words.contains("Wombats");
        if !both {
            drop(page.press_top("button[value=show]"));
        }
        Ok(both.then_some(()))
    })
    .unwrap();
    found.extend(objections(&page, "links"));
    let session = page.evaluate("document.querySelector('[name=session]').value").unwrap();
    let session = session.as_str().unwrap().to_owned();
    assert_eq!(page.evaluate("document.cookie + location.search + localStorage.length").unwrap(), json!("0"));
    page.press_top("button[value=sign-out]").unwrap();
    assert!(shown(&page, "[role=status]").contains("signed out"));
    found.extend(objections(&page, "signed-out"));
    // A service whose storage does not answer says so and keeps the form.
    let broken = worker(&practice.tenant, &[("JURISDICTION", "nowhere")]);
    page.navigate(&format!("{}/vendor?domain={domain}", broken.origin())).unwrap();
    sign_in(&page, &code);
    assert!(shown(&page, "[role=alert]").contains("on our side"));
    found.extend(objections(&page, "out-of-order"));
    assert_eq!(found, Vec::<String>::new());
    drop(page);
    practice.browser.close().unwrap();
    assert_eq!(files_with(practice.browser.profile(), &session), Vec::<String>::new());
}
