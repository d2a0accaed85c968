//! What is read and pasted: recognised, cured, revealed to the panel alone, wiped.

use super::*;

#[test]
fn a_secret_is_in_no_view_no_message_to_a_frame_and_not_on_disk() {
    let mut b = at_secret();
    let secret = handrail_credential::test_secret(2);
    let text = secret.expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    let view = to_string(&b.app.view(Some(TAB), None));
    assert!(!view.contains(&text));
    assert!(b.disk.values().all(|v| !v.contains(&text)));
    assert!(b.memory.values().any(|v| v.contains(&text)));
    for e in &b.effects {
        if let Effect::Agent { message, .. } = e {
            assert!(!to_string(message).contains(&text));
        }
    }
    assert!(!format!("{:?}", b.effects).contains(&text));
    b.say(r#""cancel""#);
    assert!(b.memory.values().all(|v| !v.contains(&text)));
    assert!(!b.disk.keys().any(|k| k.starts_with("run.")));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
}

#[test]
fn an_idle_secret_is_wiped() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(3).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.now += 2.0 * 60.0 * 60.0 * 1000.0;
    b.event(Event::Tick);
    assert!(b.memory.values().all(|v| !v.contains(&text)));
    assert!(b.run().values.iter().any(|v| v.wiped));
}

#[test]
fn reveal_answers_the_panel_alone() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(5).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.say(r#"{"reveal":{"value":"client-secret"}}"#);
    let sent: Vec<ToPanel> = b
        .effects
        .iter()
        .filter_map(|e| match e {
            Effect::Panel { port: PANEL, json } => from_str(json.expose()).ok(),
            _ => None,
        })
        .collect();
    assert!(sent.contains(&ToPanel::Revealed { value: "client-secret".into(), text }));
}

#[test]
fn a_pasted_look_alike_is_named_and_can_be_kept() {
    let mut b = at_secret();
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{CLIENT}"}}}}"#));
    let secret = |b: &Bench| b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap();
    assert_eq!(secret(&b).state, ValueState::Bad);
    assert_eq!(b.current(), "key.read");
    assert!(secret(&b).may_keep);
    b.say(r#"{"use-anyway":{"value":"client-secret"}}"#);
    assert_eq!(secret(&b).state, ValueState::Overruled);
    assert_eq!(b.current(), "end.check");
}

#[test]
fn every_cure_of_a_damaged_secret_is_offered_by_its_place_and_can_be_taken() {
    // EXPOSE: a made-up secret of a test.
    let right = handrail_credential::test_secret(3).expose().to_owned();
    let damaged = handrail_credential::damaged_secret(3);
    // EXPOSE: a made-up secret of a test.
    let json = format!(r#"{{"paste":{{"value":"client-secret","text":"{}"}}}}"#, damaged.expose());
    let mut b = at_secret();
    b.say(&json);
    let offered = b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap().suggestions;
    let meant = format!("it with `{}` as character 10", right.chars().nth(9).unwrap());
    let n = offered.iter().position(|words| *words == meant).expect("the slip that was made");
    assert!(offered.iter().all(|words| !words.contains(&right)), "{offered:?}");
    b.say(r#"{"use-suggestion":{"value":"client-secret","n":99}}"#);
    assert_eq!(b.current(), "key.read", "what was not offered is not taken");
    b.say(&format!(r#"{{"use-suggestion":{{"value":"client-secret","n":{n}}}}}"#));
    let standing = b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap();
    assert_eq!((standing.state, standing.suggestions.len()), (ValueState::Good, 0));
}

#[test]
fn values_are_read_on_a_press_alone_when_the_admin_wants_it_so() {
    let mut b = Bench::new();
    b.start();
    b.say(r#"{"read-page":{"on":false}}"#);
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    b.shows(&[DIR, ("over", ""), ("over.client", CLIENT)]);
    assert_eq!(b.current(), "app.read");
    b.say(r#""read""#);
    assert_eq!(b.current(), "key.read");
}

#[test]
fn a_secret_pasted_into_another_field_is_kept_nowhere() {
    let mut b = at_secret();
    let canary = handrail_credential::test_secret(9).expose().to_owned();
    for value in ["client-id", "client-secret"] {
        b.say(&format!(r#"{{"paste":{{"value":"{value}","text":"{canary}"}}}}"#));
    }
    b.say(r#"{"forget":{"value":"client-secret"}}"#);
    assert!(b.disk.values().chain(b.memory.values()).all(|v| !v.contains(&canary)));
    let view = to_string(&b.app.view(Some(TAB), None));
    assert!(!view.contains(&canary));
    let id = b.run().values.into_iter().find(|v| v.id == "client-id").unwrap();
    assert_eq!((id.state, id.shown.as_str()), (ValueState::Bad, CLIENT));
    assert!(!id.findings.is_empty());
}
