//! The same link with the extension: the panel picks it up, proves who asks, seals and hands over.

use std::fs;

use handrail_credential::utc;
use handrail_handover::{LINK_TYPE, LinkClaims};
use handrail_journeys::profile::files_with;
use handrail_world::dist;
use handrail_world::panel::Panel;
use handrail_world::parties::Vendor;
use serde_json::{Value, json};

use crate::practice::{GUIDE, Seat, app, asked, code, shown};

#[test]
fn the_panel_proves_who_asks_seals_and_hands_over_and_refuses_whoever_pretends() {
    let seat = Seat::take();
    let values = app(&seat.world.tenant);
    let secret = values["client-secret"].as_str().unwrap();
    let url = seat.desk.link(&["--guide", GUIDE, "--customer", "Contoso"]);
    let icon = dist::root().join("extension/static/icons/128.png");
    seat.desk.handrail(&["vendor", "rotate", "--logo", icon.to_str().unwrap()]);
    seat.world.tenant.publish(&seat.desk.domain, &seat.desk.document()).unwrap();
    let panel = seat.opened(&url, None);
    assert_eq!(shown(&panel.page, "[data-domain]"), seat.desk.domain);
    logo_stands_beside_the_domain(&panel);
    panel.wait_for("the sheet of the link's guide", |s| s.view == "sheet").unwrap();
    panel.press_selector("[data-part='modes'] [data-mode='check']").unwrap();
    panel.press_selector(&format!("[data-act='start'][data-guide='{GUIDE}.check']")).unwrap();
    for id in ["tenant-id", "client-id", "client-secret", "tenant-domain"] {
        panel.paste(id, values[id].as_str().unwrap()).unwrap();
    }
    panel.press_check().unwrap();
    panel.wait_for_verdict("passed").unwrap();
    panel.press("seal").unwrap();
    let told = shown(&panel.page, "[data-part=receipt]");
    let look = asked(&format!("{}/api/links/{}", seat.world.worker.origin(), code(&url)));
    let kept = utc(look["kept-until"].as_i64().unwrap());
    assert!(told.contains(&kept[..10]), "until when it is kept: {told}");
    let receipt = panel.page.evaluate("document.querySelector('[data-receipt]').dataset.receipt").unwrap();
    let whole = panel.page.evaluate("document.documentElement.outerHTML").unwrap();
    assert!(!whole.as_str().unwrap().contains(secret));
    let catch =
        "URL.createObjectURL = blob => { blob.text().then(text => globalThis.kept = text); return ''; }";
    panel.page.evaluate(catch).unwrap();
    panel.press("save-receipt").unwrap();
    panel.page.wait_for("the receipt to be saved", "globalThis.kept?.includes('replace-token')").unwrap();

    let file = seat.desk.collect(code(&url));
    let envelope: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(envelope["receipt"], receipt, "the customer keeps what the vendor collects");
    let printed = seat.desk.handrail(&["inbox", "open", &file.to_string_lossy(), "--as", "env"]);
    assert!(printed.contains(secret), "{printed}");

    forged_links_are_refused(&seat, &panel);
    let Seat { world, mut browser, .. } = seat;
    browser.close().unwrap();
    assert_eq!(files_with(browser.profile(), secret), Vec::<String>::new());
    assert_eq!(files_with(world.worker.folder(), secret), Vec::<String>::new());
    assert!(!world.worker.log().contains(secret));
}

/// The vendor's logo, small and without words, out of its own document.
fn logo_stands_beside_the_domain(panel: &Panel) {
    let logo = "document.querySelector('[data-part=sender] .asker img')";
    panel.page.wait_for("the logo", &format!("{logo}?.naturalWidth === 128")).unwrap();
    let drawn = format!(
        "(i => [i.alt, i.offsetWidth <= 48, i.src.slice(0, 22), i.nextSibling.dataset.domain])({logo})"
    );
    let domain = shown(&panel.page, "[data-domain]");
    assert_eq!(panel.page.evaluate(&drawn).unwrap(), json!(["", true, "data:image/png;base64,", domain]));
}

/// Whatever the service or the domain says: nothing is offered to be begun or sealed.
fn forged_links_are_refused(seat: &Seat, first: &Panel) {
    let refused = |panel: &Panel, words: &str| {
        let told = shown(&panel.page, "[data-part=link-trouble]");
        assert!(told.contains(words), "{told}");
        assert!(!panel.shows("[data-act=start], [data-act=check], [data-act=seal]").unwrap());
    };
    let url = seat.desk.link(&["--guide", GUIDE]);
    let panel = seat.opened(&url, Some(first));
    shown(&panel.page, "[data-domain]");
    // Other readers than the link names.
    let thief = Vendor::new(&seat.desk.domain);
    let right = seat.desk.document();
    let mut other = right.clone();
    other["recipients"] = json!([{"age": thief.identity.recipient().to_string()}]);
    seat.world.tenant.publish(&seat.desk.domain, &other).unwrap();
    panel.page.reload().unwrap();
    refused(&panel, "replaced its keys");
    seat.world.tenant.publish(&seat.desk.domain, &right).unwrap();
    // A hostile service answers with a token that another key made in the vendor's name.
    let claims = LinkClaims { jti: code(&url).to_owned(), ..thief.link(&seat.world.worker.origin(), GUIDE) };
    let look =
        json!({"token": thief.key.token(LINK_TYPE, &claims).unwrap(), "standing": "created", "version": 0});
    let forge = format!(
        "const real = globalThis.fetch; globalThis.fetch = async (ask, ...rest) =>
            (ask.url ?? '').includes('/api/links/') ? Response.json({look}) : real(ask, ...rest);"
    );
    panel.page.before_documents(&forge).unwrap();
    panel.page.reload().unwrap();
    refused(&panel, "not made by the vendor");
}
