//! The two ways of a hand-over in Firefox: on the link's page, and in the panel of the extension.

use handrail_journeys::profile::files_with;
use handrail_world::browser::Kind;

use crate::practice::{GUIDE, Seat, app, code, hand_over, shown};
use crate::versions;

#[test]
fn the_page_and_the_panel_hand_over_in_firefox_as_well() {
    let seat = Seat::take_at(Kind::Firefox, GUIDE);
    let values = app(&seat.world.tenant);
    let secret = values["client-secret"].as_str().unwrap();
    let opened = |file: &str| {
        let printed = seat.desk.handrail(&["inbox", "open", file, "--as", "env"]);
        assert!(printed.contains(secret), "{printed}");
    };
    let url = seat.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let page = seat.browser.open(&url).unwrap();
    hand_over(&page, &values);
    assert_eq!(shown(&page, "[data-part=sender]"), seat.desk.domain);
    opened(&seat.desk.collect(code(&url)).to_string_lossy());
    page.close().unwrap();

    let url = seat.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let panel = seat.opened(&url, None);
    assert_eq!(shown(&panel.page, "[data-domain]"), seat.desk.domain);
    panel.wait_for("the sheet of the link's guide", |s| s.view == "sheet").unwrap();
    opened(&versions::hand_over(&seat, &panel, &url, &values));
    // The one panel goes to another tab and comes back with the receipt, which is nowhere else.
    let receipt = "document.querySelector('[data-receipt]')?.dataset.receipt ?? null";
    let kept = panel.page.evaluate(receipt).unwrap();
    assert!(kept.is_string());
    let other = seat.browser.open(&url).unwrap();
    panel.page.wait_for("another tab's panel", "!document.querySelector('[data-receipt]')").unwrap();
    other.close().unwrap();
    panel.page.wait_for("the receipt", "!!document.querySelector('[data-receipt]')").unwrap();
    assert_eq!(panel.page.evaluate(receipt).unwrap(), kept);
    let Seat { world, mut browser, .. } = seat;
    browser.close().unwrap();
    assert_eq!(files_with(browser.profile(), secret), Vec::<String>::new());
    assert_eq!(files_with(world.worker.folder(), secret), Vec::<String>::new());
}
