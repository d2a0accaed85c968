//! What is ringed, what is described in words, and what is never ringed.

use super::*;

#[test]
fn a_control_that_is_not_found_becomes_words_and_is_still_watched() {
    let mut b = Bench::new();
    b.app.keeps_health = true;
    b.start();
    b.shows(&[DIR, ("list", "")]);
    assert_eq!(b.run().card.unwrap().pointing, Pointing::Looking);
    b.now += 2000.0;
    b.event(Event::Tick);
    let card = b.run().card.unwrap();
    assert_eq!((card.pointing, card.menu.as_deref()), (Pointing::Words, Some("Menu > list")));
    assert_eq!(b.shown().unwrap().probe, -1);
    assert!(
        b.app.health.iter().any(|l| l.control == "list.new" && l.locator.is_none() && l.fault == "absent")
    );
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
}

#[test]
fn a_control_is_not_ringed_while_nothing_says_that_its_page_is_shown() {
    let mut b = Bench::new();
    let mut guarded = plan();
    for page in &mut guarded.pages {
        page.routes =
            from_str(&format!(r##"[{{"portal":"azure","path":"/#view/X/{}Blade"}}]"##, page.id)).unwrap();
    }
    b.app.plans.add("demo", &to_string(&guarded));
    b.app.keeps_health = true;
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the words alone are not enough");
    b.now += 2000.0;
    b.event(Event::Tick);
    assert!(b.app.health.iter().any(|l| l.control == "list.new" && l.fault == "page"));
    b.event(Event::Moved { tab: TAB, url: "https://portal.azure.com/#view/X/otherBlade".into() });
    assert_eq!(b.shown().unwrap().probe, -1);
    b.event(Event::Moved { tab: TAB, url: "https://portal.azure.com/#view/X/listBlade/some/thing".into() });
    assert_eq!(b.shown().unwrap().probe, 1, "the address vouches for it");
}

#[test]
fn words_where_an_id_should_be_are_not_ringed() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.say(r#"{"go-to":{"step":"app.read"}}"#);
    b.shows(&[DIR, ("over", ""), ("over.client", "Application (client) ID (preview)")]);
    let ringed = b.shown().map(|s| s.probe);
    assert_ne!(ringed, i32::try_from(b.numbers["over.client"]).ok(), "words beside a look-alike");
}

#[test]
fn what_is_called_like_a_control_of_an_open_pane_is_that_control() {
    let mut b = Bench::new();
    let mut plan = plan();
    let called = |id: &str, region: Option<&str>| Control {
        locators: from_str(r#"[{"by":"role","roles":["button"],"text":{"en":["Add"]}}]"#).unwrap(),
        region: region.map(Into::into),
        ..control(id, Read::Nothing)
    };
    plan.pages[1].controls[0] = called("list.new", None);
    plan.pages[2].controls[2] = called("form.register", Some("form.multi"));
    b.app.plans.add("demo", &to_string(&plan));
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", ""), ("form.register", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the one in the pane is not the one on the page");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
}

#[test]
fn a_command_without_room_is_pointed_at_through_its_menu() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].folded_in = Some("form.multi".into());
    b.app.plans.add("demo", &to_string(&plan));
    b.start();
    let opener = i32::try_from(b.numbers["form.multi"]).unwrap();
    b.shows(&[DIR, ("list", ""), ("form.multi", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the command may still be loading");
    b.now += 900.0;
    b.event(Event::Tick);
    let shown = b.shown().unwrap();
    assert_eq!(shown.probe, opener);
    assert!(shown.note.contains("in the menu"), "{}", shown.note);
    b.now += 60_000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new", "nobody is sent back for it");
    b.shows(&[DIR, ("list", ""), ("form.multi", ""), ("list.new", "")]);
    let shown = b.shown().unwrap();
    assert_eq!((shown.probe, shown.note.as_str()), (1, ""));
}

#[test]
fn a_look_alike_in_a_frame_without_the_rest_of_its_page_is_not_ringed() {
    let frame = |there: &[u32]| {
        let mut frame = Frame::hello(false, "en".into(), 0);
        frame.report(1, there.iter().map(|n| Seen(*n, 1, String::new(), String::new())).collect());
        frame
    };
    let mut frames = Frames::default();
    frames.insert(1, frame(&[3]));
    frames.insert(2, frame(&[4, 5]));
    assert!(!frames.is_framed(), "neither has said that it is on the screen");
    assert!(!frames.has_most(1, &[3, 4, 5]), "the page is in the other frame");
    assert!(frames.has_most(2, &[3, 4, 5]));
    assert!(frames.has_most(1, &[3, 4]), "as many here as there");
}

/// Two ways to a command: among the commands, and anywhere.
fn command_ways() -> Vec<handrail_guide::plan::Locator> {
    let text = r#"{"en": ["New"]}"#;
    let placed = format!(r#"{{"by": "role", "roles": ["button"], "of": "[role=toolbar]", "text": {text}}}"#);
    let anywhere = format!(r#"{{"by": "role", "roles": ["button"], "text": {text}}}"#);
    serde_json::from_str(&format!("[{placed},{anywhere}]")).unwrap()
}

#[test]
fn a_button_of_a_commands_words_elsewhere_is_taken_for_it_only_after_a_wait() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].locators = command_ways();
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    b.shows_by(1, &[DIR, ("list", ""), ("list.new", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the commands may still be loading");
    b.now += 1100.0;
    b.event(Event::Tick);
    assert_eq!(b.shown().unwrap().probe, 1, "they may look different by now");
    b.shows_by(1, &[DIR, ("list", "")]);
    b.shows_by(0, &[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
    b.shows_by(1, &[DIR, ("list", ""), ("list.new", "")]);
    b.event(Event::Tick);
    assert_ne!(b.pointing(), Pointing::Ring, "the wait begins again when it was in its place");
}

#[test]
fn a_button_of_a_commands_words_is_not_ringed_while_the_command_is_folded_away() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].locators = command_ways();
    plan.pages[1].controls[0].folded_in = Some("form.multi".into());
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    let opener = i32::try_from(b.numbers["form.multi"]).unwrap();
    b.shows_by(1, &[DIR, ("list", ""), ("form.multi", ""), ("list.new", "")]);
    for wait in [900.0, 60_000.0] {
        b.now += wait;
        b.event(Event::Tick);
        assert_eq!(b.shown().unwrap().probe, opener);
    }
}

#[test]
fn what_is_called_like_a_control_of_a_pane_in_another_frame_is_not_ringed() {
    const FRAME: u32 = 2;
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].region = Some("form.multi".into());
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    let sender = Sender {
        id: "me".into(),
        url: "https://sandbox-1.reactblade.portal.azure.net/".into(),
        tab: Some(TAB),
        frame: 1,
        document: "frame".into(),
    };
    b.event(Event::Connected { port: FRAME, name: "agent".into(), sender });
    let said = [
        r#"{"k":"hello","build":"wasm","top":false,"url":"https://sandbox-1.reactblade.portal.azure.net/","lang":"en"}"#,
        r#"{"k":"shown","on":true,"part":true}"#,
    ];
    for json in said {
        b.event(Event::Said { port: FRAME, json: Secret::new(named(json)) });
    }
    let pane = [("list", ""), ("form.multi", "")];
    b.shows_in(FRAME, 0, &pane);
    b.shows(&[DIR, ("list.new", "")]);
    assert_ne!(b.pointing(), Pointing::Ring, "the pane is in the frame, and has no such control yet");
    b.shows_in(FRAME, 0, &[pane[0], pane[1], ("list.new", "")]);
    assert_eq!(b.pointing(), Pointing::Ring);
    let is_in_frame = |e: &Effect| matches!(e, Effect::Agent { port: FRAME, message: ToAgent::Show(show) } if show.probe == 1);
    assert!(b.effects.iter().any(is_in_frame), "two of them, and one in the pane");
}
