//! What leaves the browser: to whom, when it may, and what an answer holds for.

use super::*;

#[test]
fn nothing_is_sent_before_the_origin_is_approved() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(6).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.say(r#""check""#);
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Check { .. })));
    assert_eq!(b.run().check.refusal.unwrap().code, "origin-not-approved");
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(r#""check""#);
    let sent = b.effects.iter().find_map(|e| match e {
        Effect::Check { origin, body, run, edition, .. } => {
            Some((origin.clone(), body.expose().to_owned(), run.clone(), *edition))
        }
        _ => None,
    });
    let (origin, body, run, edition) = sent.unwrap();
    assert_eq!(origin, SERVICE);
    assert!(body.contains(&text) && body.contains(CLIENT) && body.contains("changed"));
    b.event(Event::Answered {
        run: run.clone(),
        origin: origin.clone(),
        edition,
        status: 0,
        body: String::new(),
    });
    assert_eq!(b.run().check.refusal.unwrap().code, "check-unreachable");
    assert_eq!(b.current(), "end.check");
    let pending = r#"{"format":1,"verdict":"pending","retry-after":30}"#;
    b.event(Event::Answered {
        run: run.clone(),
        origin: origin.clone(),
        edition,
        status: 200,
        body: pending.into(),
    });
    assert!(b.run().check.retry_at.is_some_and(|t| t > b.now + 29_000.0));
    let passed = r#"{"format":1,"verdict":"passed"}"#;
    b.event(Event::Answered { run, origin, edition, status: 200, body: passed.into() });
    assert_eq!(b.run().standing, Standing::Finished);
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Leave { .. })));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
}

#[test]
fn a_link_without_a_secret_has_a_way_of_its_own_and_its_check_is_not_repeated() {
    let mut stored = Bench::stored(&VecMap::new(), &VecMap::new());
    stored.index = r#"[{"id":"demo","title":"Demo","vendor":"Vendor","ways":[
        {"plan":"demo","mode":"run","credential":"secret","steps":6,"checks":true},
        {"plan":"demo.run.link","mode":"run","credential":"federated","checks":true,"linked":true},
        {"plan":"demo.run.consent","mode":"run","checks":true,"linked":true}]}]"#
        .into();
    let mut own = plan();
    own.steps.retain(|step| step.id != "key.read");
    own.requirements.values.remove("client-secret");
    own.steps[0].copy = Some("{subject}".into());
    stored.plans.push(("demo.run.link".into(), to_string(&own)));
    let mut b = Bench::of(&stored);
    b.open_panel();
    b.event(Event::Clicked { tab: TAB, url: format!("{SERVICE}/l/7K3M-9QXR-2T4V-W8YZ") });
    let Screen::Home = b.app.view(Some(TAB), None).screen else { panic!("nothing is proved yet") };
    let ways = |b: &Bench| b.app.view(Some(TAB), None).guides[0].ways.iter().any(|way| way.linked);
    assert!(!ways(&b), "it is walked for a link alone");
    b.say(r#"{"link-proved":{"guide":"demo","mode":"run","vendor":"v.example","own":[["subject","handrail-1"]]}}"#);
    let Screen::Sheet(sheet) = b.app.view(Some(TAB), None).screen else { panic!("no sheet") };
    assert_eq!((sheet.plan.as_str(), sheet.ways.len()), ("demo.run.link", 2));
    b.say(r#"{"start":{"guide":"demo.run.link","portal":"azure"}}"#);
    assert_eq!(b.run().card.unwrap().copy.as_deref(), Some("handrail-1"));

    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(&format!(r#"{{"paste":{{"value":"client-id","text":"{CLIENT}"}}}}"#));
    b.say(r#"{"go-to":{"step":"end.check"}}"#);
    b.say(r#"{"check-link":{"code":"7K3M-9QXR-2T4V-W8YZ","salt":"s"}}"#);
    let sent = b.effects.iter().find_map(|effect| match effect {
        Effect::Check { run, origin, edition, .. } => Some((run.clone(), origin.clone(), *edition)),
        _ => None,
    });
    let (run, origin, edition) = sent.unwrap();
    let body = r#"{"format":1,"verdict":"pending","signed":"x"}"#.into();
    b.event(Event::Answered { run, origin, edition, status: 200, body });
    assert_eq!(b.run().check.retry_at, None, "it stays pending until the vendor has proved it");
}

#[test]
fn each_kind_of_link_has_its_way_and_a_guide_without_it_the_usual_one() {
    let own = |names: &[&str]| names.iter().map(|n| ((*n).to_owned(), "x".to_owned())).collect::<Vec<_>>();
    let (none, federated, consent) = (own(&[]), own(&["issuer", "subject"]), own(&["consent"]));
    let way = |plan: &str, mode: &str, credential: &str, linked: bool| {
        format!(r#"{{"plan":"{plan}","mode":"{mode}","credential":{credential},"linked":{linked}}}"#)
    };
    let secret = r#""secret""#;
    let ways = [
        way("g", "run", secret, false),
        way("g.renew", "renew", secret, false),
        way("g.remove", "remove", "null", false),
        way("g.run.link", "run", r#""federated""#, true),
        way("g.adopt.link", "adopt", r#""federated""#, true),
        way("g.run.consent", "run", "null", true),
    ];
    let guide = |id: &str, ways: &[String]| {
        format!(r#"{{"id":"{id}","title":"T","vendor":"V","ways":[{}]}}"#, ways.join(","))
    };
    let library = Library::new(&format!("[{},{}]", guide("g", &ways), guide("usual", &ways[..3])));
    let found = |guide: &str, mode: &str, own: &[(String, String)]| {
        library.way_of_link(guide, mode, own).map(|way| way.plan.clone()).unwrap_or_default()
    };
    assert_eq!(["run", "renew", "remove"].map(|mode| found("g", mode, &none)), ["g", "g.renew", "g.remove"]);
    let modes = |own: &[(String, String)]| ["run", "renew", "remove"].map(|mode| found("g", mode, own));
    assert_eq!(modes(&federated), ["g.run.link", "g.adopt.link", "g.remove"]);
    assert_eq!(modes(&consent), ["g.run.consent", "g.run.consent", "g.remove"]);
    assert_eq!(
        (found("usual", "run", &consent), found("other", "run", &consent)),
        ("g".into(), String::new())
    );
}

#[test]
fn what_was_sealed_and_handed_over_goes_no_other_way() {
    let mut stored = Bench::stored(&VecMap::new(), &VecMap::new());
    let mut own = plan();
    let mut file = step("file.save", "", "", Action::HandOver, Condition::Confirmed);
    file.already = Some(Condition::HandedOver);
    own.steps.extend([file, step("after.ask", "", "", Action::Confirm, Condition::Confirmed)]);
    stored.plans = vec![("demo".into(), to_string(&own))];
    let mut b = Bench::of(&stored);
    b.start();
    b.say(r#"{"go-to":{"step":"file.save"}}"#);
    assert_eq!(b.current(), "file.save");
    let run = b.run().id;
    // Where one panel is for all tabs, another tab may be in front by now.
    b.say(r#"{"hello":{"tab":8}}"#);
    b.say(&format!(r#"{{"handed-over":{{"vendor":"v.example","run":"{run}"}}}}"#));
    assert_eq!((b.current(), b.state("file.save")), ("after.ask".into(), StepState::Already));
    assert_eq!(b.run().handed_over.as_deref(), Some("v.example"));
}

#[test]
fn what_policy_approves_is_approved_for_everybody_and_what_is_no_origin_is_nothing() {
    let with = |managed: &str| {
        let stored = Stored { managed: managed.into(), ..Bench::stored(&VecMap::new(), &VecMap::new()) };
        App::load("me", BASE, &stored, 0.0).0
    };
    let origins = |app: &App| {
        let all = app.view(Some(TAB), None).origins;
        all.into_iter().map(|o| (o.origin, o.approved, o.policy)).collect::<Vec<_>>()
    };
    assert_eq!(origins(&with("")), [(SERVICE.to_owned(), false, false)], "nothing is approved by itself");
    let own = with(&format!(r#"{{"approvedOrigins":["{SERVICE}/"]}}"#));
    assert_eq!(origins(&own), [(SERVICE.to_owned(), true, true)]);
    assert!(own.is_approved(SERVICE));
    let other =
        with(r#"{"approvedOrigins":["https://check.own.example", "no origin", "http://plain.example"]}"#);
    assert!(other.is_approved("https://check.own.example") && !other.is_approved(SERVICE));
    assert!(!other.is_approved("http://plain.example") && !other.is_approved("no origin"));
    assert_eq!(origins(&other).iter().filter(|(_, _, policy)| *policy).count(), 1);
    for broken in ["not json", r#"{"approvedOrigins":7}"#, "[]"] {
        assert_eq!(origins(&with(broken)), [(SERVICE.to_owned(), false, false)], "{broken}");
    }
}

#[test]
fn a_link_that_names_another_service_is_refused() {
    let mut b = Bench::new();
    b.open_panel();
    b.event(Event::Clicked {
        tab: TAB,
        url: "https://check.example/g/demo#check=https://evil.example".into(),
    });
    let view = b.app.view(Some(TAB), None);
    assert_eq!(view.notice.unwrap().code, "link-other-origin");
    assert_eq!(view.screen, Screen::Home);
    b.event(Event::Clicked { tab: TAB, url: "https://check.example/g/demo".into() });
    assert!(matches!(b.app.view(Some(TAB), None).screen, Screen::Sheet(_)));
}

#[test]
fn a_value_that_does_not_stand_is_not_sent() {
    let mut b = at_secret();
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{CLIENT}"}}}}"#));
    b.say(r#""check""#);
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Check { .. })));
    assert_eq!(b.run().check.refusal.unwrap().code, "values-missing");
}

#[test]
fn a_verdict_holds_for_the_values_it_was_asked_for_alone() {
    let mut b = at_secret();
    let first = handrail_credential::test_secret(10).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &first)]);
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(r#""check""#);
    let asked = b.effects.iter().find_map(|e| match e {
        Effect::Check { run, edition, .. } => Some((run.clone(), *edition)),
        _ => None,
    });
    let (run, edition) = asked.unwrap();
    let second = handrail_credential::test_secret(11).expose().to_owned();
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{second}"}}}}"#));
    let passed = r#"{"format":1,"verdict":"passed"}"#.to_owned();
    b.event(Event::Answered { run, origin: SERVICE.into(), edition, status: 200, body: passed });
    assert_eq!(b.current(), "end.check");
    assert!(b.run().check.report.is_none() && !b.run().check.busy);
}

#[test]
fn nothing_is_handed_over_while_a_value_is_missing() {
    let mut b = at_secret();
    b.say(r#""reveal-hand-over""#);
    let sent = b.effects.iter().filter_map(|e| match e {
        Effect::Panel { json, .. } => from_str::<ToPanel>(json.expose()).ok(),
        _ => None,
    });
    let notices: Vec<String> = sent
        .map(|m| match m {
            ToPanel::View(view) => view.notice.map(|n| n.code).unwrap_or_default(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(notices, ["hand-over-blocked"]);
}
