//! The two ways of a hand-over in Firefox: on the link's page, and in the panel of the extension.

use handrail_journeys::profile::files_with;
use handrail_world::browser::Kind;

use crate::practice::{GUIDE, Seat, app, code, hand_over, shown};
use crate::versions;

/// Holds back what the panel sends until it is let go.
const HOLD: &str = "{
    const [send, free] = [globalThis.fetch, new Promise((done) => (globalThis.release = done))];
    globalThis.fetch = async (...all) => {
        globalThis.isHeld = true;
        await free;
        return send(...all).finally(() => (globalThis.isAnswered = true));
    };
}";

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
    versions::check(&panel, &values);
    // The one panel goes to another tab while the hand-over is on its way.
    panel.page.evaluate(HOLD).unwrap();
    panel.press("seal").unwrap();
    panel.page.wait_for("the hand-over to be on its way", "globalThis.isHeld").unwrap();
    let to_another = |gone: &str| {
        let other = seat.browser.open(&url).unwrap();
        let script = format!("!document.querySelector('{gone}')");
        panel.page.wait_for("another tab's panel", &script).unwrap();
        other
    };
    let other = to_another("[data-act=seal]");
    panel.page.evaluate("release()").unwrap();
    panel.page.wait_for("the service's answer", "globalThis.isAnswered").unwrap();
    other.close().unwrap();
    panel.page.wait_for("the receipt", "!!document.querySelector('[data-receipt]')").unwrap();
    opened(&seat.desk.collect(code(&url)).to_string_lossy());
    // It goes there once more and comes back with the receipt, which is nowhere else.
    let receipt = "document.querySelector('[data-receipt]')?.dataset.receipt ?? null";
    let kept = panel.page.evaluate(receipt).unwrap();
    assert!(kept.is_string());
    to_another("[data-receipt]").close().unwrap();
    panel.page.wait_for("the receipt", "!!document.querySelector('[data-receipt]')").unwrap();
    assert_eq!(panel.page.evaluate(receipt).unwrap(), kept);
    let Seat { world, mut browser, .. } = seat;
    browser.close().unwrap();
    assert_eq!(files_with(browser.profile(), secret), Vec::<String>::new());
    assert_eq!(files_with(world.worker.folder(), secret), Vec::<String>::new());
}
