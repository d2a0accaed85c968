//! What an organisation forbids is refused where it would happen, and what the browser withholds is said.

use handrail_messages::panel::View;

use super::*;
use crate::reach::{Bar, Tried};

const LINK: &str = "https://check.example/l/7K3M-9QXR-2T4V-W8YZ";

fn under(policy: &str) -> Bench {
    let mut b =
        Bench::of(&Stored { managed: policy.into(), ..Bench::stored(&VecMap::new(), &VecMap::new()) });
    b.open_panel();
    b
}

fn view(b: &Bench) -> View {
    let notice = b.app.panels.get(&PANEL).and_then(|panel| panel.notice.clone());
    b.app.view(Some(TAB), notice)
}

fn noticed(b: &Bench) -> String {
    view(b).notice.map(|refusal| refusal.code).unwrap_or_default()
}

fn sends(b: &Bench) -> bool {
    b.effects.iter().any(|effect| matches!(effect, Effect::Check { .. }))
}

/// A run at its check with both values, approved by the admin as far as that goes.
fn at_check(policy: &str) -> Bench {
    let mut b = under(policy);
    b.say(r#"{"start":{"guide":"demo","portal":"azure"}}"#);
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(&format!(r#"{{"paste":{{"value":"client-id","text":"{CLIENT}"}}}}"#));
    let secret = handrail_credential::test_secret(3);
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{}"}}}}"#, secret.expose()));
    b.say(r#"{"go-to":{"step":"end.check"}}"#);
    assert_eq!(b.run().check.missing, Vec::<String>::new(), "values are checked here in any case");
    b
}

#[test]
fn a_check_is_sent_unless_the_organisation_forbids_it() {
    let table = [
        ("{}", ""),
        (r#"{"allowedWorkers":["https://check.example"]}"#, ""),
        (r#"{"allowedVendors":[]}"#, ""),
        (r#"{"sending":false}"#, "policy-sending"),
        (r#"{"allowedWorkers":["https://other.example"]}"#, "policy-worker"),
        (
            r#"{"allowedWorkers":["https://other.example"],"approvedOrigins":["https://check.example"]}"#,
            "policy-worker",
        ),
    ];
    for (policy, code) in table {
        let mut b = at_check(policy);
        let barred = b.run().check.barred.map(|refusal| refusal.code).unwrap_or_default();
        assert_eq!(barred, code, "{policy}");
        b.say(r#""check""#);
        assert_eq!(sends(&b), code.is_empty(), "{policy}");
        assert_eq!(b.run().check.refusal.map(|refusal| refusal.code).unwrap_or_default(), code, "{policy}");
        // Not by way of a link's code either.
        let mut b = at_check(policy);
        b.say(r#"{"check-link":{"code":"7K3M-9QXR-2T4V-W8YZ","salt":"s"}}"#);
        assert_eq!(sends(&b), code.is_empty(), "{policy}");
        assert!(!b.memory.values().any(|kept| kept.contains("/salt")) || code.is_empty(), "{policy}");
    }
}

#[test]
fn an_old_secret_is_not_tried_where_nothing_is_sent() {
    let mut b = at_check(r#"{"sending":false}"#);
    let secret = handrail_credential::test_secret(4);
    b.say(&format!(r#"{{"prove":{{"text":"{}"}}}}"#, secret.expose()));
    assert!(!sends(&b));
    assert_eq!(b.run().check.refusal.unwrap().code, "policy-sending");
}

#[test]
fn a_service_that_is_not_allowed_cannot_be_approved_and_a_later_one_that_is_comes_first() {
    let mut stored = Bench::stored(&VecMap::new(), &VecMap::new());
    stored.config = format!(r#"{{"check":[{{"origin":"{SERVICE}"}},{{"origin":"https://other.example"}}]}}"#);
    stored.managed = r#"{"allowedWorkers":["https://other.example"]}"#.into();
    let mut b = Bench::of(&stored);
    b.open_panel();
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    assert_eq!((noticed(&b), b.app.is_approved(SERVICE)), ("policy-worker".into(), false));
    let barred: Vec<bool> = view(&b).origins.iter().map(|origin| origin.barred.is_some()).collect();
    assert_eq!(barred, [true, false]);
    b.say(r#"{"offer":{"guide":"demo"}}"#);
    let Screen::Sheet(sheet) = view(&b).screen else { panic!("no sheet") };
    assert_eq!(sheet.origin.unwrap().origin, "https://other.example");
}

#[test]
fn a_link_of_another_worker_is_not_even_looked_up() {
    let mut b = under(r#"{"allowedWorkers":["https://other.example"]}"#);
    for link in [LINK, "https://check.example/g/demo", "https://x.example/g/demo#check=https://check.example"]
    {
        b.event(Event::Clicked { tab: TAB, url: link.into() });
        let view = view(&b);
        assert_eq!((noticed(&b), view.link), ("policy-worker".into(), None), "{link}");
        assert_eq!(view.screen, Screen::Home, "{link}");
    }
    b.event(Event::Clicked { tab: TAB, url: LINK.replace("check.", "other.") });
    assert!(view(&b).link.is_some());
}

#[test]
fn a_link_of_another_vendor_is_put_away_as_soon_as_it_is_known_whose_it_is() {
    let proved = r#"{"link-proved":{"guide":"demo","mode":"run","vendor":"v.example","own":[]}}"#;
    for (policy, code) in [
        (r#"{"allowedVendors":["v.example"]}"#, ""),
        (r#"{"allowedVendors":["w.example"]}"#, "policy-vendor"),
    ] {
        let mut b = under(policy);
        b.event(Event::Clicked { tab: TAB, url: LINK.into() });
        b.say(proved);
        assert_eq!(noticed(&b), code, "{policy}");
        assert_eq!(view(&b).link.is_some(), code.is_empty(), "{policy}");
        assert_eq!(view(&b).screen == Screen::Home, !code.is_empty(), "{policy}");
    }
}

/// The policy came while a run of a vendor's link was under way.
#[test]
fn a_run_that_is_under_way_sends_nothing_from_the_moment_it_is_forbidden() {
    let mut b = under("{}");
    b.event(Event::Clicked { tab: TAB, url: LINK.into() });
    b.say(r#"{"link-proved":{"guide":"demo","mode":"run","vendor":"v.example","own":[]}}"#);
    b.say(r#"{"start":{"guide":"demo","portal":"azure"}}"#);
    assert!(view(&b).link.is_some());
    for (policy, code, link) in [
        (r#"{"sending":false}"#, "policy-sending", true),
        (r#"{"allowedVendors":["w.example"]}"#, "policy-vendor", false),
        (r#"{"allowedWorkers":[]}"#, "policy-worker", false),
    ] {
        let mut later = Bench::of(&Stored { managed: policy.into(), ..Bench::stored(&b.disk, &b.memory) });
        later.open_panel();
        assert_eq!(later.run().check.barred.unwrap().code, code, "{policy}");
        assert_eq!(view(&later).link.is_some(), link, "{policy}");
        later.say(r#""seal""#);
        let sealed = |effect: &Effect| matches!(effect, Effect::Panel { json, .. } if json.expose().contains("to-seal"));
        assert!(!later.effects.iter().any(sealed), "{policy}");
    }
}

fn reached(b: &mut Bench, granted: bool, place: &str, error: &str) -> Option<(String, bool)> {
    let tried = Tried { granted, place: place.into(), error: error.into() };
    b.event(Event::Reached { tab: TAB, tried });
    b.run().kept_off.map(|kept| (kept.why.code, kept.can_ask))
}

#[test]
fn what_keeps_it_off_the_page_is_said_and_the_guide_goes_on_in_words() {
    let mut b = under("{}");
    b.say(r#"{"start":{"guide":"demo","portal":"entra"}}"#);
    let policy = "This page cannot be scripted due to an ExtensionsSettings policy.";
    assert_eq!(reached(&mut b, true, "", policy), Some(("host-blocked".into(), false)));
    assert!(b.run().kept_off.unwrap().why.what.contains("entra.microsoft.com"));
    b.now += 2000.0;
    b.event(Event::Tick);
    let card = b.run().card.unwrap();
    assert_eq!((card.pointing, card.menu.as_deref()), (Pointing::Words, Some("Menu > list")));
    b.say(r#""next""#);
    assert_eq!(b.current(), "app.name", "the admin leads");
    b.restart_worker();
    assert!(b.run().kept_off.is_some(), "a service worker lives shorter than that");
    // The page could be reached after all.
    b.open_frame();
    assert_eq!(b.run().kept_off, None);
}

#[test]
fn access_that_is_withheld_stays_said_until_it_is_given() {
    let mut b = under("{}");
    b.say(r#"{"start":{"guide":"demo","portal":"azure"}}"#);
    assert_eq!(reached(&mut b, false, "", ""), Some(("host-withheld".into(), true)));
    // The press on the toolbar button lent the one page; its frames and the next page are withheld all the same.
    b.open_frame();
    assert!(b.run().kept_off.is_some());
    b.event(Event::Permitted);
    assert!(b.effects.iter().any(|effect| matches!(effect, Effect::Reach { tab: TAB })), "{:?}", b.effects);
    assert_eq!(reached(&mut b, true, "https://portal.azure.com/", ""), None);
}

#[test]
fn a_page_that_has_loaded_is_looked_at_unless_its_frames_are_there_already() {
    let mut b = under("{}");
    let looks = |b: &Bench| b.effects.iter().any(|effect| matches!(effect, Effect::Reach { tab: TAB }));
    b.event(Event::Loaded { tab: TAB });
    assert!(!looks(&b), "no run is in this tab");
    b.say(r#"{"start":{"guide":"demo","portal":"azure"}}"#);
    b.event(Event::Loaded { tab: TAB });
    assert!(looks(&b));
    b.open_frame();
    b.event(Event::Loaded { tab: TAB });
    assert!(!looks(&b));
    b.event(Event::Reached { tab: 99, tried: Tried { granted: false, ..Tried::default() } });
    assert_eq!(b.run().kept_off, None, "another tab's");
    assert!(b.app.walks.values().all(|walk| walk.run.kept_off != Some(Bar::Withheld)));
}
