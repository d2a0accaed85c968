//! Which version of the guide a link is for: signed by the vendor, held by every surface against the one it shows, and told
//! before anything is entered.

use std::fs;

use handrail_handover::{LinkClaims, ReportClaims, jose};
use handrail_world::panel::Panel;
use serde_json::{Value, json};

use crate::hostile::by_command;
use crate::practice::{Desk, GUIDE, Practice, Seat, app, changed_copy, code, shown};

/// Where the notice stands.
const NOTICE: &str = "[data-part=another-guide]";

/// Makes a link where the vendor's copy is another than the service's; the vendor is told.
fn link_for_another(desk: &Desk) -> String {
    let done = desk.tried(&["link", "new", "--guide", GUIDE]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && told.contains("is another version"), "{told}");
    String::from_utf8(done.stdout).unwrap().lines().next().unwrap().to_owned()
}

/// What the vendor is told of an envelope, and the claims of its link and its report.
fn opened(desk: &Desk, file: &str) -> (String, LinkClaims, ReportClaims) {
    let done = desk.tried(&["inbox", "open", file, "--look"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    let envelope: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let token = |name: &str| envelope[name].as_str().unwrap().to_owned();
    let link = jose::dangerous_claims(&token("link")).unwrap();
    (told, link, jose::dangerous_claims(&token("report")).unwrap())
}

/// Checks and hands over in the panel without a walk; what is collected.
pub(crate) fn hand_over(seat: &Seat, panel: &Panel, url: &str, values: &Value) -> String {
    check(panel, values);
    panel.press("seal").unwrap();
    shown(&panel.page, "[data-part=receipt]");
    seat.desk.collect(code(url)).to_string_lossy().into_owned()
}

/// Checks in the panel without a walk; it passes.
pub(crate) fn check(panel: &Panel, values: &Value) {
    panel.press_selector("[data-part='modes'] [data-mode='check']").unwrap();
    panel.press_selector(&format!("[data-act='start'][data-guide='{GUIDE}.check']")).unwrap();
    for id in ["tenant-id", "client-id", "client-secret", "tenant-domain"] {
        panel.paste(id, values[id].as_str().unwrap()).unwrap();
    }
    panel.press_check().unwrap();
    panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn a_link_for_another_version_of_the_guide_is_told_and_the_report_says_which_was_followed() {
    let seat = Seat::take();
    let values = app(&seat.world.tenant);
    let same = seat.desk.link(&["--guide", GUIDE]);
    let panel = seat.opened(&same, None);
    panel.wait_for("the sheet of the link's guide", |s| s.view == "sheet").unwrap();
    assert!(!panel.shows(NOTICE).unwrap(), "the same version says nothing");
    let file = hand_over(&seat, &panel, &same, &values);
    let (told, link, report) = opened(&seat.desk, &file);
    assert_eq!((report.followed.as_ref(), &report.digest), (Some(&link.digest), &link.digest));
    assert!(told.contains("followed as the link names it"), "{told}");

    changed_copy(&seat.desk);
    let other = link_for_another(&seat.desk);
    let page = seat.browser.open(&other).unwrap();
    assert!(shown(&page, NOTICE).contains("another version"));
    assert_eq!(page.evaluate("document.querySelectorAll('input, textarea').length").unwrap(), json!(0));
    page.close().unwrap();
    let panel = seat.opened(&other, Some(&panel));
    panel.wait_for("the sheet of the link's guide", |s| s.view == "sheet").unwrap();
    assert!(shown(&panel.page, NOTICE).contains("another version"), "before anything is begun");
    let file = hand_over(&seat, &panel, &other, &values);
    let (told, link, report) = opened(&seat.desk, &file);
    assert!(told.contains("followed another version of the guide"), "{told}");
    assert!(told.contains("the guide was changed"), "{told}");
    // The panel followed the guide of its package, which is the service's here and not the link's.
    assert_ne!(report.digest, link.digest);
    assert_eq!(report.followed.as_ref(), Some(&report.digest));
}

#[test]
fn whoever_hands_over_at_the_command_line_is_told_as_well() {
    let practice = Practice::start(None);
    let (customer, values) = (Desk::new("customer.example"), practice.app());
    let hand_over = |url: &str| {
        let done = by_command(&practice, &customer, (url, &practice.desk.domain), &values, &[]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{told}");
        told
    };
    assert!(!hand_over(&practice.desk.link(&["--guide", GUIDE])).contains("another version"));
    changed_copy(&practice.desk);
    let url = link_for_another(&practice.desk);
    assert!(hand_over(&url).contains("another version of the guide"));
    let file = practice.desk.collect(code(&url)).to_string_lossy().into_owned();
    let (told, _, report) = opened(&practice.desk, &file);
    assert!(told.contains("the guide was changed") && report.followed.is_none(), "{told}");
}
