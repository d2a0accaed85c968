//! What page and panel remember of a vendor's keys: that the vendor replaces them itself is no alarm, and a domain in other
//! hands is noticed before anything is entered.

use handrail_credential::utc;
use handrail_world::browser::Page;
use handrail_world::panel::Panel;
use handrail_world::parties::now;
use serde_json::{Value, json};

use crate::practice::{Desk, GUIDE, Seat, asked, code, fill_in, shown, words_of};

/// A customer who follows one link after the other, each in a tab of its own with the panel beside it.
struct Customer {
    seat: Seat,
    open: Option<(Page, Panel)>,
}

impl Customer {
    fn sit_down() -> Self {
        Self { seat: Seat::take(), open: None }
    }

    fn publish(&self, document: &Value) {
        self.seat.world.tenant.publish(&self.seat.desk.domain, document).unwrap();
    }

    fn opens(&mut self, url: &str) -> (Page, Panel) {
        let browser = &self.seat.browser;
        let mut known = String::new();
        if let Some((page, panel)) = self.open.take() {
            panel.page.target().clone_into(&mut known);
            page.close().unwrap();
        }
        let page = browser.open(url).unwrap();
        shown(&page, "[data-part=sender], [role=alert]");
        browser.press_toolbar_button(&page).unwrap();
        let panel = Panel { page: browser.panel_besides(&known).unwrap() };
        self.open = Some((page.clone(), panel.clone()));
        (page, panel)
    }

    /// Opens a link; page and panel say this of its keys, and both let it be followed.
    #[track_caller]
    fn is_told(&mut self, url: &str, words: &str) {
        let (page, panel) = self.opens(url);
        for told in [goes_on_page(&page), goes_on_panel(&panel)] {
            assert!(told.contains(words), "{told}");
        }
    }

    fn standing(&self, url: &str) -> Value {
        asked(&format!("{}/api/links/{}", self.seat.world.worker.origin(), code(url)))["standing"].clone()
    }
}

/// What the page says of the keys, where it lets the link be followed.
#[track_caller]
fn goes_on_page(page: &Page) -> String {
    shown(page, "[data-act=begin]");
    shown(page, "[data-part=keys]")
}

/// The same of the panel.
#[track_caller]
fn goes_on_panel(panel: &Panel) -> String {
    shown(&panel.page, "[data-act=start]");
    shown(&panel.page, "[data-part=keys]")
}

/// Nothing can be begun, entered, checked or sealed; only the fingerprint is asked for.
#[track_caller]
fn refuses(page: &Page) {
    let told = shown(page, "[role=alert]:not(:empty)");
    assert!(told.contains("not those seen here before") && told.contains("Do not enter anything"), "{told}");
    shown(page, "label[for=fingerprint]");
    let offered = "[...document.querySelectorAll('#page input, #page textarea, #page [data-act], main [data-act=start], \
        [data-part=sender] input, [data-part=sender] [data-act]')].map(e => e.dataset.act ?? e.id)";
    assert_eq!(page.evaluate(offered).unwrap(), json!(["fingerprint", "compare"]), "{}", words_of(page));
}

/// Enters a fingerprint in place of what stands there.
fn enters(page: &Page, fingerprint: &str, by_key: bool) {
    page.press_top("#fingerprint").unwrap();
    page.edit("selectAll").unwrap();
    page.type_text(fingerprint).unwrap();
    if by_key {
        page.key("Enter").unwrap();
    } else {
        page.press_top("[data-act=compare]").unwrap();
    }
}

/// What is entered is compared, and it is said that it is another; what was typed stays.
#[track_caller]
fn is_another(page: &Page, fingerprint: &str, by_key: bool) {
    enters(page, fingerprint, by_key);
    assert!(shown(page, "#mistold").contains("not the fingerprint of the key that signed the link"));
    refuses(page);
    assert_eq!(page.evaluate("document.querySelector('#fingerprint').value").unwrap(), json!(fingerprint));
}

/// The name of the key that stands at this place of a document: what `handrail vendor verify` shows.
fn fingerprint(document: &Value, at: usize) -> String {
    document["keys"][at]["jwk"]["kid"].as_str().unwrap().to_owned()
}

#[test]
fn keys_that_the_vendor_replaces_itself_are_no_alarm_and_others_are_before_anything_is_entered() {
    let mut customer = Customer::sit_down();
    let today = || utc(now()).chars().take(10).collect::<String>();
    let begun = today();
    let [first, second] = [(); 2].map(|()| customer.seat.desk.link(&["--guide", GUIDE]));
    customer.is_told(&first, "first link from this domain");
    customer.is_told(&second, "The same keys as on ");
    let (page, panel) = customer.open.clone().unwrap();
    for told in [goes_on_page(&page), goes_on_panel(&panel)] {
        assert!([begun.clone(), today()].iter().any(|day| told.contains(day)), "{told}");
    }
    // New keys beside the old ones, which vouch for them; then the old ones have ended.
    customer.seat.desk.handrail(&["vendor", "rotate"]);
    let mut rotated = customer.seat.desk.document();
    customer.publish(&rotated);
    let third = customer.seat.desk.link_by_new_keys(&["--guide", GUIDE]);
    customer.is_told(&third, "The same keys as on ");
    rotated["keys"][1]["until"] = json!(now() - 1);
    customer.publish(&rotated);
    let fourth = customer.seat.desk.link(&["--guide", GUIDE]);
    customer.is_told(&fourth, "The same keys as on ");

    // The domain is in other hands; they copy the vendor's public keys beside their own.
    let thief = Desk::new(&customer.seat.desk.domain);
    thief.set_up(&customer.seat.world.tenant, &customer.seat.world.worker.origin());
    let mut taken = thief.document();
    taken["keys"].as_array_mut().unwrap().extend(rotated["keys"].as_array().unwrap().clone());
    customer.publish(&taken);
    let stolen = thief.link_by_new_keys(&["--guide", GUIDE]);
    let (page, panel) = customer.opens(&stolen);
    refuses(&page);
    refuses(&panel.page);
    // Whoever enters the fingerprint that the vendor really has is told that it is another.
    is_another(&page, &fingerprint(&taken, 1), true);
    is_another(&panel.page, &fingerprint(&taken, 1), false);
    is_another(&page, "", false);
    assert_eq!(customer.standing(&stolen), json!("created"), "nothing was begun under it");

    // It was the vendor after all, who lost its keys and told the new one's fingerprint.
    let right = fingerprint(&taken, 0);
    enters(&page, &format!(" {right} "), false);
    enters(&panel.page, &right, true);
    for told in [goes_on_page(&page), goes_on_panel(&panel)] {
        assert!(told.contains("whose fingerprint you entered"), "{told}");
    }
    fill_in(&page, &crate::practice::app(&customer.seat.world.tenant));
    let next = thief.link(&["--guide", GUIDE]);
    customer.is_told(&next, "The same keys as on ");
}

#[test]
fn what_is_remembered_is_no_secret_and_can_be_forgotten() {
    let mut customer = Customer::sit_down();
    let domain = customer.seat.desk.domain.clone();
    let url = customer.seat.desk.link(&["--guide", GUIDE]);
    customer.is_told(&url, "first link from this domain");
    let (page, panel) = customer.open.clone().unwrap();
    let key = customer.seat.desk.document()["keys"][0]["jwk"]["x"].clone();
    let of_page = format!("localStorage.getItem('vendor.{domain}').split(' ').slice(1)");
    assert_eq!(page.evaluate(&of_page).unwrap(), json!([key.clone()]));
    assert_eq!(page.evaluate("localStorage.length").unwrap(), json!(1));
    let entry = format!(
        "chrome.storage.local.get('vendor.{domain}').then(all => all['vendor.{domain}'].split(' ').slice(1))"
    );
    assert_eq!(customer.seat.browser.evaluate_in_worker(&entry).unwrap(), json!([key]));
    panel.press("settings").unwrap();
    let listed = shown(&panel.page, "[data-part=vendors] li");
    assert!(listed.contains(&domain) && listed.contains("since "), "{listed}");
    panel.press("forget-vendor").unwrap();
    panel.page.wait_for("it to be forgotten", "!document.querySelector('[data-part=vendors]')").unwrap();
    panel.page.reload().unwrap();
    assert!(goes_on_panel(&panel).contains("first link from this domain"));
    page.reload().unwrap();
    assert!(goes_on_page(&page).contains("The same keys as on "), "the page remembers for itself");
    // What cannot be read or kept is as if nothing had been seen.
    page.evaluate(&format!("localStorage.setItem('vendor.{domain}', '?'); true")).unwrap();
    page.reload().unwrap();
    assert!(goes_on_page(&page).contains("first link from this domain"));
    let none = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    page.before_documents(none).unwrap();
    page.reload().unwrap();
    assert!(goes_on_page(&page).contains("first link from this domain"));
}
