//! Wrong turns, each caught with its own message.

use handrail_journeys::{APP, AZURE, Journey};
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

/// Waits until the card, in the page or in the panel, says this.
#[track_caller]
fn told(journey: &Journey, words: &str) {
    let plain = |text: String| text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ");
    let heard = until(&format!("somebody to say: {words}"), LONG, || {
        let card = journey.page.overlays()?.iter().map(|o| o.words()).collect::<Vec<_>>().join("\n");
        let all = plain(card + "\n" + &journey.panel.words()?);
        Ok(all.contains(words).then_some(()))
    });
    if let Err(error) = heard {
        panic!("{error:#}\n{}\npanel: {}", journey.scene(), journey.panel.words().unwrap_or_default());
    }
}

/// A value's finding with this code.
#[track_caller]
fn found(journey: &Journey, value: &str, code: &str) -> String {
    until(&format!("{value} to be found {code}"), LONG, || {
        let findings = journey.panel.findings(value)?;
        Ok(findings.into_iter().find(|(c, _)| c == code).map(|(_, words)| words))
    })
    .unwrap_or_else(|error| panic!("{error:#}\n{}", journey.panel.words().unwrap_or_default()))
}

/// A run that stands at the check with the values of a planted app, as if its admin had gone the whole way.
fn at_the_check(scenario: Value, app: Value) -> (Journey, Value) {
    let journey = Journey::sit_down(AZURE, &WorldOptions { scenario, ..WorldOptions::default() }).unwrap();
    let mut seed =
        json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    seed.as_object_mut().unwrap().extend(app.as_object().unwrap().clone());
    let planted = journey.world.tenant.seed(&seed).unwrap();
    journey.start().unwrap();
    journey.panel.go_to("check.run").unwrap();
    let text = |key: &str| planted[key].as_str().unwrap().to_owned();
    journey.panel.paste("tenant-id", &text("tenantId")).unwrap();
    journey.panel.paste("client-id", &text("clientId")).unwrap();
    journey.panel.paste("tenant-domain", &text("domain")).unwrap();
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap()).unwrap();
    (journey, planted)
}

/// The one failed line of the report.
#[track_caller]
fn failed(journey: &Journey) -> String {
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("failed").unwrap();
    let failed = report.with("failed");
    assert!(!failed.is_empty(), "{report:?}");
    failed.iter().map(|c| format!("{}: {}", c.id, c.text)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_planted_app_with_everything_right_is_green() {
    let (journey, _) = at_the_check(json!({}), json!({}));
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn the_secret_id_instead_of_the_value_is_refused_by_name() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    journey.panel.paste("client-secret", planted["secret"]["keyId"].as_str().unwrap()).unwrap();
    let words = found(&journey, "client-secret", "secret-is-id");
    assert!(words.contains("Secret ID"), "{words}");
}

#[test]
fn a_mistyped_secret_is_caught_before_it_is_sent() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    let secret = planted["secret"]["value"].as_str().unwrap();
    let (head, tail) = secret.split_at(20);
    let other = if tail.starts_with('x') { 'y' } else { 'x' };
    journey.panel.paste("client-secret", &format!("{head}{other}{}", &tail[1..])).unwrap();
    found(&journey, "client-secret", "secret-damaged");
    let before = journey.world.tenant.state().unwrap()["tokenRequests"].as_array().unwrap().len();
    assert_eq!(before, 0, "nothing was asked of the token endpoint");
}

#[test]
fn swapped_tenant_and_client_ids_are_recognised() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    journey.panel.paste("tenant-id", planted["clientId"].as_str().unwrap()).unwrap();
    journey.panel.paste("client-id", planted["tenantId"].as_str().unwrap()).unwrap();
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("failed").unwrap();
    assert!(report.text.contains("swapped"), "{report:?}");
}

#[test]
fn delegated_instead_of_application_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("permissions.application").unwrap();
    journey.hand().press_control("request-api-permissions.delegated-permissions").unwrap();
    told(&journey, "Delegated is chosen.");
    let step = journey.step().unwrap().unwrap();
    assert_eq!(step.id, "permissions.application");
    journey.follow(&step).unwrap();
}

#[test]
fn delegated_instead_of_application_is_caught_by_the_check() {
    let app = json!({"permissions": ["ActivityFeed.Read:Scope", "ActivityFeed.ReadDlp:Scope"]});
    let (journey, _) = at_the_check(json!({}), app);
    let words = failed(&journey);
    assert!(words.contains("elegated") || words.contains("ActivityFeed.Read"), "{words}");
}

#[test]
fn a_permission_that_was_not_ticked_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("permissions.tick.2").unwrap();
    journey.hand().press_control("request-api-permissions.add-permissions").unwrap();
    told(&journey, "all permissions of the list are needed");
}

#[test]
fn one_of_two_permissions_missing_is_named_by_the_check() {
    let (journey, _) = at_the_check(json!({}), json!({"permissions": ["ActivityFeed.Read"]}));
    let words = failed(&journey);
    assert!(words.contains("ActivityFeed.ReadDlp"), "{words}");
}

#[test]
fn refusing_the_consent_question_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("admin-consent.yes").unwrap();
    journey.hand().press_control("api-permissions.consent-no").unwrap();
    told(&journey, "nothing was granted: No was pressed.");
}

#[test]
fn consent_that_was_not_granted_is_named_by_the_check() {
    let (journey, _) = at_the_check(json!({}), json!({"consent": false}));
    let words = failed(&journey);
    assert!(words.contains("Status must say Granted"), "{words}");
}

#[test]
fn consent_granted_a_moment_ago_is_pending_and_then_green() {
    let mut journey = Journey::begin(json!({"consentDelaySeconds": 40})).unwrap();
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("pending").unwrap();
    assert!(report.with("failed").is_empty(), "{report:?}");
    journey.world.tenant.advance(45).unwrap();
    journey.panel.press("check").unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
}

#[test]
fn an_expired_secret_is_named_by_the_check() {
    let (journey, _) = at_the_check(json!({}), json!({"expired": true}));
    let words = failed(&journey);
    assert!(words.contains("expired"), "{words}");
}

#[test]
fn the_tenant_of_somebody_else_is_caught() {
    let (journey, _) = at_the_check(json!({}), json!({}));
    let state = journey.world.tenant.state().unwrap();
    let other =
        state["directories"].as_array().unwrap().iter().find(|d| d["name"] == "Fabrikam").unwrap()["id"]
            .clone();
    journey.panel.paste("tenant-id", other.as_str().unwrap()).unwrap();
    let words = failed(&journey);
    assert!(words.contains("tenant") || words.contains("directory"), "{words}");
}

#[test]
fn a_report_leads_back_to_the_step_that_mends_it() {
    let (journey, _) = at_the_check(json!({}), json!({"consent": false}));
    failed(&journey);
    journey.panel.press("mend").unwrap();
    journey.panel.wait_for("the mending step", |s| s.step.starts_with("admin-consent.")).unwrap();
}

#[test]
fn the_run_stops_when_the_directory_changes_and_goes_on_when_it_is_back() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("register-app.new").unwrap();
    journey.world.tenant.scenario(&json!({"directory": "fabrikam.onmicrosoft.com"})).unwrap();
    journey.page.reload().unwrap();
    journey.panel.wait_for("the run to stop", |s| s.standing == "other-directory").unwrap();
    told(&journey, "Fabrikam");
    assert!(
        journey.page.overlays().unwrap().iter().all(|o| o.ring.is_none()),
        "no ring in a wrong directory"
    );
    journey.world.tenant.scenario(&json!({"directory": "contoso.onmicrosoft.com"})).unwrap();
    journey.page.reload().unwrap();
    told(&journey, "The tab is back in Contoso");
    journey.panel.press("resume").unwrap();
    journey.panel.wait_for("the run to go on", |s| s.standing == "running").unwrap();
    let step = journey.step().unwrap().unwrap();
    journey.follow(&step).unwrap();
}

#[test]
fn a_reload_in_mid_step_loses_nothing() {
    let mut journey = Journey::begin(json!({})).unwrap();
    for step in ["register-app.name", "permissions.tick.1", "client-secret.description"] {
        journey.walk_to(step).unwrap();
        journey.page.reload().unwrap();
    }
    journey.walk_to_check().unwrap();
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("passed").unwrap();
    assert_eq!(journey.world.tenant.apps("Contoso", APP).unwrap().len(), 1);
}

#[test]
fn a_renamed_control_is_described_in_words_and_is_no_dead_end() {
    let mut journey =
        Journey::begin(json!({"renames": {"register-application.register": "Make it so"}})).unwrap();
    journey.walk_to("register-app.register").unwrap();
    journey.panel.wait_for("the step in words", |s| s.pointing == "words").unwrap();
    told(&journey, "Register");
    told(&journey, "App registrations > New registration");
    journey.hand().press_control("register-application.register").unwrap();
    let step = journey.plan.step("register-app.register").unwrap().clone();
    journey.moved_on(&step).unwrap();
    journey.walk_to("permissions.add").unwrap();
}
