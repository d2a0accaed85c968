//! How a run moves from step to step: by what frames report and by what the admin presses.

use super::*;

#[test]
fn the_page_moves_the_run_on() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.current(), "app.new");
    let show = b.shown().unwrap();
    assert_eq!((show.probe, show.n, show.total), (1, 1, 6));
    assert_eq!(show.dir, "In CONTOSO (CONTOSO.ONMICROSOFT.COM)");
    b.shows(&[DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    assert_eq!(b.state("app.new"), StepState::Done);
    assert_eq!(b.shown().unwrap().copy, "App");
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    b.shows(&[DIR, ("over", ""), ("over.client", CLIENT)]);
    assert_eq!(b.current(), "key.read");
    let id = b.run().values.into_iter().find(|v| v.id == "client-id").unwrap();
    assert_eq!((id.state, id.shown.as_str(), id.source.as_str()), (ValueState::Good, CLIENT, "page"));
}

#[test]
fn a_step_that_was_so_before_is_passed_over_and_says_so() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    assert_eq!(b.state("app.name"), StepState::Already);
    assert!(b.run().steps.iter().any(|s| s.id == "app.name" && !s.why.is_empty()));
}

#[test]
fn a_wrong_turn_stops_the_run_with_its_own_words() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "true"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    assert!(b.run().card.unwrap().wrong.is_none());
    b.now += 1000.0;
    b.event(Event::Tick);
    let show = b.shown().unwrap();
    assert_eq!((show.tone.as_str(), show.text.as_str()), ("wrong", "Not this one"));
    let seen = |b: &Bench| b.app.walks.values().next().unwrap().run.seen.clone();
    assert_eq!(seen(&b).get("kind").map(String::as_str), Some("multi"), "the check is told");
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    assert!(seen(&b).is_empty(), "what was mended is not told");
}

#[test]
fn another_directory_stops_the_run_until_it_is_back() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[
        ("shell.directory", "FABRIKAM (FABRIKAM.ONMICROSOFT.COM)"),
        ("form", ""),
        ("form.name", "App"),
    ]);
    let run = b.run();
    assert_eq!(run.standing, Standing::OtherDirectory);
    assert!(run.directory_now.unwrap().contains("FABRIKAM"));
    assert_eq!(b.shown().unwrap().tone, "warn");
    b.say(r#""resume""#);
    assert_eq!(b.run().standing, Standing::OtherDirectory);
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.run().standing, Standing::OtherDirectory);
    b.say(r#""resume""#);
    assert_eq!(b.run().standing, Standing::Running);
    assert_eq!(b.current(), "app.new");
}

#[test]
fn a_frame_cannot_command() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(4).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    for forged in [r#"{"reveal":{"value":"client-secret"}}"#, r#""check""#, r#""cancel""#] {
        b.report(forged);
        assert!(
            b.effects
                .iter()
                .all(|e| !matches!(e, Effect::Panel { .. } | Effect::Check { .. } | Effect::Drop { .. }))
        );
    }
    // A content script that says it is the panel is refused.
    let sender = Sender {
        id: "me".into(),
        url: "https://portal.azure.com/panel.html".into(),
        tab: Some(TAB),
        ..Sender::default()
    };
    b.event(Event::Connected { port: 55, name: "panel".into(), sender });
    assert!(matches!(b.effects.first(), Some(Effect::Close { port: 55 })));
    b.event(Event::Said { port: 55, json: Secret::new(r#"{"reveal":{"value":"client-secret"}}"#) });
    assert!(b.effects.is_empty());
}

#[test]
fn going_to_a_step_does_its_group_again_and_comes_back() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(7).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    assert_eq!(b.current(), "end.check");
    b.say(r#"{"go-to":{"step":"key.read"}}"#);
    assert_eq!(b.current(), "key.read");
    assert_eq!(b.run().values.iter().find(|v| v.id == "client-secret").unwrap().state, ValueState::Missing);
    let fresh = handrail_credential::test_secret(8).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &fresh)]);
    assert_eq!(b.current(), "end.check");
}

#[test]
fn back_stays_though_the_page_shows_the_step_done() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let filled = [DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")];
    b.shows(&filled);
    assert_eq!(b.current(), "app.register");
    b.say(r#""back""#);
    b.shows(&filled);
    assert_eq!(b.current(), "app.name");
    // The page has nothing left to press here: the card leads on, and the step counts as done.
    b.say(r#""next""#);
    assert_eq!((b.current(), b.state("app.name")), ("app.register".into(), StepState::Already));
    b.say(r#""back""#);
    b.shows(&filled);
    assert_eq!(b.current(), "app.name");
    b.shows(&[DIR, ("form", ""), ("form.name", "Ap"), ("form.multi", "false"), ("form.register", "")]);
    b.shows(&filled);
    assert_eq!(b.current(), "app.register");
}

#[test]
fn leaving_the_form_leads_back_to_the_step_that_opens_it() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new");
    assert!(!b.run().card.unwrap().remark.is_empty());
}

/// A frame's loader in this tab.
fn loader(tab: i32) -> Sender {
    let url = "https://portal.azure.com/".into();
    Sender { id: "me".into(), url, tab: Some(tab), ..Sender::default() }
}

#[test]
fn a_loader_is_wanted_in_the_tab_of_a_run_alone_and_only_while_it_lasts() {
    let mut b = Bench::new();
    assert!(!b.app.is_wanted(&loader(TAB)), "there is no run yet");
    b.start();
    assert!(b.app.is_wanted(&loader(TAB)));
    assert!(!b.app.is_wanted(&loader(TAB + 1)), "a tab of its own");
    assert!(!b.app.is_wanted(&Sender { id: "other".into(), ..loader(TAB) }), "another extension");
    b.say(r#""cancel""#);
    assert!(!b.app.is_wanted(&loader(TAB)), "the run is over");
}

#[test]
fn a_page_that_changes_its_language_is_watched_in_it() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let languages = |b: &Bench| -> Vec<String> {
        let watch = |e: &Effect| match e {
            Effect::Agent { message: ToAgent::Watch { lang, .. }, .. } => Some(lang.clone()),
            _ => None,
        };
        b.effects.iter().filter_map(watch).collect()
    };
    b.report(r#"{"k":"page","url":"https://portal.azure.com/","lang":"de"}"#);
    assert_eq!(languages(&b), ["de"]);
    b.report(r#"{"k":"page","url":"https://portal.azure.com/#x","lang":"de"}"#);
    assert_eq!(languages(&b), [""; 0], "nothing is sent twice");
}

#[test]
fn only_the_tabs_own_document_says_which_tenant_it_is_in() {
    const OTHER: &str = "https://portal.azure.com/11111111-2222-4333-8444-555555555555";
    let tenant = |b: &Bench| b.app.walks.values().next().unwrap().run.url_tenant.clone();
    let mut b = Bench::new();
    b.start();
    let inner = Sender { frame: 5, ..loader(TAB) };
    b.event(Event::Connected { port: TOP + 1, name: "agent".into(), sender: inner });
    let say = |b: &mut Bench, port: u32, json: String| {
        b.event(Event::Said { port, json: Secret::new(named(&json)) });
    };
    // It claims to be the top, and is not.
    say(&mut b, TOP + 1, format!(r#"{{"k":"hello","build":"wasm","top":true,"url":"{OTHER}","lang":"en"}}"#));
    say(&mut b, TOP + 1, format!(r#"{{"k":"page","url":"{OTHER}","lang":"en"}}"#));
    assert_eq!((tenant(&b), b.run().standing), (None, Standing::Running));
    say(&mut b, TOP, format!(r#"{{"k":"page","url":"{OTHER}","lang":"en"}}"#));
    assert_eq!(tenant(&b).as_deref(), Some("11111111-2222-4333-8444-555555555555"));
}

#[test]
fn closing_the_last_tab_of_a_run_takes_the_scripts_back() {
    let mut b = Bench::new();
    b.start();
    b.event(Event::Closed { tab: TAB + 1 });
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Unregister)), "another tab");
    b.event(Event::Closed { tab: TAB });
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
    assert_eq!(b.app.walks.values().next().unwrap().run.tab, None, "the run is kept");
}

#[test]
fn a_press_on_an_old_card_does_nothing() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    let press = |g: u32| format!(r#"{{"k":"card","gen":{g},"act":"{}"}}"#, "next");
    b.report(&press(old));
    assert_eq!(b.current(), "app.name");
    b.report(&press(old));
    assert_eq!(b.current(), "app.name");
    assert_eq!(to_string(&Act::Next), "\"next\"");
}

#[test]
fn a_press_counts_though_the_card_was_drawn_anew_for_the_same_step() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    b.open_frame();
    b.shows(&[DIR, ("list", "")]);
    b.now += 60_000.0;
    b.event(Event::Tick);
    assert!(b.shown().unwrap().r#gen > old && b.current() == "app.new", "drawn anew: now in words");
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    assert_eq!(b.current(), "app.name");
}

#[test]
fn a_page_that_was_loaded_again_is_no_longer_said_to_be_without_handrail() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let remark = |b: &Bench| b.run().card.unwrap().remark;
    b.report(r#"{"k":"fell"}"#);
    assert!(remark(&b).contains("load the page again"), "{}", remark(&b));
    b.open_frame();
    assert_eq!(remark(&b), "");
}

#[test]
fn a_press_reported_by_a_frame_without_the_card_does_nothing() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let shown = b.shown().unwrap().r#gen;
    let url = "https://sandbox-1.reactblade.portal.azure.net/".to_owned();
    let sender = Sender { id: "me".into(), url, tab: Some(TAB), frame: 5, ..Sender::default() };
    b.event(Event::Connected { port: 2, name: "agent".into(), sender });
    for json in [
        r#"{"k":"hello","build":"wasm","top":true,"url":"https://portal.azure.com/#@evil.example/","lang":"en"}"#.to_owned(),
        format!(r#"{{"k":"card","gen":{shown},"act":"next"}}"#),
    ] {
        b.event(Event::Said { port: 2, json: Secret::new(named(&json)) });
    }
    assert_eq!((b.current().as_str(), b.run().standing), ("app.new", Standing::Running));
}

#[test]
fn a_pause_does_not_lead_around_the_directory_lock() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[("shell.directory", "FABRIKAM (FABRIKAM.ONMICROSOFT.COM)"), ("list", "")]);
    for json in [r#""pause""#, r#""resume""#, r#""restart""#, r#""resume""#] {
        b.say(json);
    }
    assert_eq!(b.run().standing, Standing::OtherDirectory);
}

#[test]
fn what_is_absent_ends_a_step_only_when_it_stays_absent() {
    let mut b = Bench::new();
    b.start();
    let id = b.app.run_in(TAB).unwrap();
    let walk = b.app.walks.get_mut(&id).unwrap();
    let mut plan = (*walk.plan).clone();
    plan.steps[0].already = Some(Condition::Gone("list.new".into()));
    walk.plan = std::rc::Rc::new(plan);
    b.shows(&[DIR, ("list", "")]);
    assert_eq!(b.current(), "app.new");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new");
    b.shows(&[DIR, ("list", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.name");
}

#[test]
fn guide_health_is_kept_only_when_asked_for_and_no_longer_when_asked_not_to() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
    assert!(b.app.health.is_empty());
    assert!(!b.disk.values().any(|v| v.contains("list.new\",\"lang")));
    for kept in [true, false] {
        b.app.health.clear();
        b.say(&format!(r#"{{"keep-health":{{"on":{kept}}}}}"#));
        b.shows(&[DIR, ("list", ""), ("list.new", "")]);
        b.shows(&[DIR, ("list", "")]);
        b.now += 2000.0;
        b.event(Event::Tick);
        assert_eq!(b.app.health.iter().any(|l| l.control == "list.new"), kept);
        assert_eq!(b.disk.get("keeps-health").map(String::as_str), Some(if kept { "true" } else { "false" }));
    }
}
