//! Nothing is lost when the service worker, a panel or the browser begins anew.

use super::*;

#[test]
fn the_run_survives_the_service_worker() {
    let mut b = at_secret();
    b.restart_worker();
    assert!(b.effects.iter().any(|e| matches!(e, Effect::WakeTab { tab: TAB })));
    b.open_panel();
    assert_eq!(b.current(), "key.read");
    b.open_frame();
    let secret = handrail_credential::test_secret(1);
    let text = secret.expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    assert_eq!(b.current(), "end.check");
    b.restart_worker();
    b.open_panel();
    assert_eq!(b.current(), "end.check");
}

#[test]
fn a_new_browser_session_keeps_the_run_without_its_tab() {
    let mut b = at_secret();
    b.memory.clear();
    b.restart_worker();
    assert!(b.effects.iter().all(|e| !matches!(e, Effect::WakeTab { .. })));
    b.open_panel();
    let runs = b.app.view(Some(TAB), None).runs;
    assert_eq!((runs.len(), runs[0].tab, runs[0].done), (1, None, 4));
    let id = runs[0].id.clone();
    b.say(&format!(r#"{{"adopt":{{"run":"{id}"}}}}"#));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Enter { tab: TAB, .. })));
    assert_eq!(b.current(), "key.read");
}

#[test]
fn a_panel_that_connects_anew_is_shown_nothing_before_it_says_for_which_tab() {
    let mut b = at_secret();
    b.restart_worker();
    let sender = Sender { id: "me".into(), url: format!("{BASE}panel.html"), ..Sender::default() };
    b.event(Event::Connected { port: PANEL, name: "panel".into(), sender });
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Panel { .. })));
    b.say(r#"{"hello":{"tab":7}}"#);
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Panel { .. })));
}

#[test]
fn a_press_on_the_card_counts_though_the_service_worker_had_stopped() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    b.restart_worker();
    b.open_frame();
    b.report(r#"{"k":"seen","gen":3,"r":[[0,1,"CONTOSO (CONTOSO.ONMICROSOFT.COM)","0"],[1,1,"","0"]]}"#);
    assert_eq!(b.shown().unwrap().probe, 1);
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    b.open_panel();
    assert_eq!(b.current(), "app.name");
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    assert_eq!(b.current(), "app.name");
}

#[test]
fn a_press_counts_though_the_service_worker_stopped_before_the_step_was_written_down() {
    let form = [DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")];
    let begin = || {
        let mut b = Bench::new();
        b.start();
        b.shows(&[DIR, ("list", ""), ("list.new", "")]);
        let written = b.disk.clone();
        b.shows(&form);
        assert_eq!(b.current(), "app.name");
        let show = b.shown().unwrap();
        b.disk = written;
        b.restart_worker();
        assert_eq!(b.app.walks.values().next().unwrap().run.at, "app.new");
        b.open_frame();
        (b, show)
    };
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n));
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.register");
    assert_eq!(b.state("app.name"), StepState::Skipped);

    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"used","gen":{},"n":{},"probe":{}}}"#, show.r#gen, show.n, show.probe));
    b.shows(&form);
    assert!(b.app.walks.values().next().unwrap().run.used.contains("form.name"));

    // It counts for its own step alone, and not when that comes much later.
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n + 1));
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.name");
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n));
    b.now += 60_000.0;
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.name");
}

#[test]
fn an_answer_to_a_list_of_the_stopped_service_worker_proves_no_absence() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.generation;
    b.now += 1000.0;
    b.restart_worker();
    // The frame never got the last list of the service worker that stopped.
    let old = old - 1;
    b.open_frame_holding(old);
    assert!(b.generation > old);
    b.report(&format!(r#"{{"k":"seen","gen":{old},"r":[[0,1,"CONTOSO (CONTOSO.ONMICROSOFT.COM)","0"]]}}"#));
    b.open_panel();
    b.now += 5000.0;
    b.event(Event::Tick);
    let walk = &b.app.walks[&b.app.run_in(TAB).unwrap()];
    assert_eq!(walk.sighting("list.new"), crate::frames::Sighting::Unknown);
}

#[test]
fn a_frame_that_holds_the_list_is_believed_at_once_and_is_sent_none() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.generation;
    b.now += 1000.0;
    b.restart_worker();
    b.generation = 0;
    b.open_frame_holding(old);
    assert_eq!(b.generation, 0, "no list is sent");
    let form = b.numbers["form"];
    let name = b.numbers["form.name"];
    let dir = format!(r#"[0,1,"{}","0"]"#, DIR.1);
    b.report(&format!(r#"{{"k":"seen","gen":{old},"r":[{dir},[{form},1,"","0"],[{name},1,"","0"]]}}"#));
    b.open_panel();
    assert_eq!(b.current(), "app.name");
}
