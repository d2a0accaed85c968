//! Wrong turns, each caught in its own words, and mended to green where a mend exists.
//!
//! What a page's wrong turn says is compared with the guide, what a check says with its code and its whole sentence: a
//! failure of another kind passes for none of them.

use handrail_journeys::{APP, AZURE, Journey, plain};
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

/// What the guide asks for.
const BOTH: [&str; 2] = ["ActivityFeed.Read", "ActivityFeed.ReadDlp"];

/// Waits until this wrong turn of the guide is what the card on the page says, as its only text, and the panel too.
#[track_caller]
fn caught(journey: &Journey, wrong: &str) {
    let turn = journey.plan.steps.iter().flat_map(|s| &s.wrong).find(|w| w.id == wrong);
    let words = plain(&turn.unwrap_or_else(|| panic!("the guide has no wrong turn {wrong}")).text);
    let selector = format!("[data-part='wrong'][data-wrong='{wrong}']");
    let said = until(&format!("the wrong turn {wrong}"), LONG, || {
        let card = journey.page.overlay()?.is_some_and(|o| o.tone == "wrong" && plain(&o.text) == words);
        Ok((card && plain(&journey.panel.text_of(&selector)?).contains(&words)).then_some(()))
    });
    if let Err(error) = said {
        panic!("{error:#}\n{}\npanel: {}", journey.scene(), journey.panel.words().unwrap_or_default());
    }
}

/// Waits until a value has exactly this finding to object to, in these words.
#[track_caller]
fn found(journey: &Journey, value: &str, code: &str, words: &str) {
    let mut last = Vec::new();
    let seen = until(&format!("{value} to be found {code}"), LONG, || {
        last = journey.panel.findings(value)?;
        let this = last.iter().any(|(c, text)| c == code && plain(text).contains(words));
        Ok((this && last.len() == 1).then_some(()))
    });
    seen.unwrap_or_else(|error| panic!("{error:#}\nfound: {last:?}"));
}

/// A run that stands at the check with the values of a planted app, as if its admin had gone the whole way.
fn at_the_check(scenario: Value, app: Value) -> (Journey, Value) {
    let journey = Journey::sit_down(AZURE, &WorldOptions { scenario, ..WorldOptions::default() }).unwrap();
    let mut seed = json!({"name": APP, "permissions": BOTH, "consent": true});
    seed.as_object_mut().unwrap().extend(app.as_object().unwrap().clone());
    let planted = journey.world.tenant.seed(&seed).unwrap();
    journey.start().unwrap();
    journey.go_to_check().unwrap();
    paste_all(&journey, &planted);
    (journey, planted)
}

fn paste_all(journey: &Journey, planted: &Value) {
    for (value, key) in [("tenant-id", "tenantId"), ("client-id", "clientId"), ("tenant-domain", "domain")] {
        journey.panel.paste(value, planted[key].as_str().unwrap()).unwrap();
    }
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap()).unwrap();
}

/// Has the values checked: what is not passed is one line, with this verdict, this code and these words.
#[track_caller]
fn answers(journey: &Journey, verdict: &str, code: &str, words: &str) {
    answers_all(journey, verdict, &[(code, words)]);
}

/// The same where more than one line is not passed.
#[track_caller]
fn answers_all(journey: &Journey, verdict: &str, lines: &[(&str, &str)]) {
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict(verdict).unwrap();
    let open: Vec<_> = report.checks.iter().filter(|c| c.verdict != "passed").collect();
    let codes: Vec<&str> = lines.iter().map(|(code, _)| *code).collect();
    assert_eq!(open.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), codes, "{report:?}");
    for (line, (_, words)) in open.iter().zip(lines) {
        assert_eq!(line.verdict, verdict);
        assert!(plain(&line.text).contains(words), "not in its own words: {}", line.text);
    }
}

/// Takes the report's own way to the step that mends it, does what is to be done there, and is green in the end.
#[track_caller]
fn mends_to_green(journey: &mut Journey, step: &str) {
    journey.panel.press("mend").unwrap();
    journey.panel.wait_for("the mending step", |s| s.step.starts_with(step)).unwrap();
    journey.walk_to_check().unwrap();
    is_green(journey);
}

#[track_caller]
fn is_green(journey: &Journey) {
    journey.press_check().unwrap();
    let report = journey.panel.wait_for_verdict("passed").unwrap();
    assert!(report.checks.iter().all(|c| c.verdict == "passed"), "{report:?}");
}

/// Removes a row of the permissions' list, as the card says.
fn remove_permission(journey: &Journey, name: &str) {
    let hand = journey.hand();
    let row = format!("api-permissions.more[{name}]");
    hand.press_control(&row).unwrap();
    hand.press_control("api-permissions.remove-permission").unwrap();
    hand.press_control("api-permissions.remove-yes").unwrap();
    until("the row to be gone", LONG, || Ok((!hand.sees(&row)?).then_some(()))).unwrap();
}

#[test]
fn a_planted_app_with_everything_right_is_green() {
    let (journey, _) = at_the_check(json!({}), json!({}));
    is_green(&journey);
}

#[test]
fn the_secret_id_instead_of_the_value_is_refused_by_name() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    journey.panel.paste("client-secret", planted["secret"]["keyId"].as_str().unwrap()).unwrap();
    let words = "This is a GUID. It looks like the Secret ID, not the secret itself. In the same row, copy what stands \
                 under Value.";
    found(&journey, "client-secret", "secret-is-id", words);
    journey.told("Missing, or something is wrong with it: Client secret: Value.").unwrap();
    let offered = |act: &str| journey.panel.shows(&format!("[data-act='{act}']")).unwrap();
    assert!(!offered("check") && !offered("approve-origin"), "there is nothing to press");
    assert_eq!(journey.world.tenant.state().unwrap()["tokenRequests"], json!([]), "it was sent nowhere");
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap()).unwrap();
    is_green(&journey);
}

#[test]
fn a_mistyped_secret_is_caught_before_it_is_sent() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    let secret = planted["secret"]["value"].as_str().unwrap();
    let (head, tail) = secret.split_at(20);
    let other = if tail.starts_with('x') { 'y' } else { 'x' };
    journey.panel.paste("client-secret", &format!("{head}{other}{}", &tail[1..])).unwrap();
    found(
        &journey,
        "client-secret",
        "secret-damaged",
        "This looks like a client secret, but a character in it is wrong.",
    );
    assert_eq!(journey.world.tenant.state().unwrap()["tokenRequests"], json!([]), "it was sent nowhere");
}

#[test]
fn swapped_tenant_and_client_ids_are_recognised() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    let (tenant, client) = (planted["tenantId"].as_str().unwrap(), planted["clientId"].as_str().unwrap());
    journey.panel.paste("tenant-id", client).unwrap();
    journey.panel.paste("client-id", tenant).unwrap();
    answers(
        &journey,
        "failed",
        "ids-swapped",
        "Tenant ID and client ID are swapped: the ID in the client field is the directory's. Exchange the two.",
    );
    journey.panel.paste("tenant-id", tenant).unwrap();
    journey.panel.paste("client-id", client).unwrap();
    is_green(&journey);
}

#[test]
fn delegated_instead_of_application_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("permissions.application").unwrap();
    journey.hand().press_control("request-api-permissions.delegated-permissions").unwrap();
    caught(&journey, "permissions.application.delegated");
    let step = journey.step().unwrap().unwrap();
    assert_eq!(step.id, "permissions.application");
    journey.follow(&step).unwrap();
    journey.walk_to("admin-consent.grant").unwrap();
    let app = journey.app().unwrap();
    let roles = app["permissions"].as_array().unwrap().iter().filter(|p| p["kind"] == "Role").count();
    assert_eq!(roles, 2, "both as Application permissions: {app}");
}

/// A run whose admin continues a planted app, meets this wrong turn on the way and goes to the check all the same.
fn past_a_warning(app: &Value, step: &str, warning: &str) -> (Journey, Value) {
    let mut journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    let mut seed = json!({"name": APP});
    seed.as_object_mut().unwrap().extend(app.as_object().unwrap().clone());
    let planted = journey.world.tenant.seed(&seed).unwrap();
    journey.start().unwrap();
    journey.walk_to(step).unwrap();
    if step == "admin-consent.yes" {
        journey.hand().press_control("api-permissions.consent-no").unwrap();
    }
    caught(&journey, warning);
    journey.panel.go_to("check.run").unwrap();
    paste_all(&journey, &planted);
    (journey, planted)
}

#[test]
fn delegated_instead_of_application_is_caught_by_the_check_and_mended() {
    let app =
        json!({"permissions": ["ActivityFeed.Read:Scope", "ActivityFeed.ReadDlp:Scope"], "consent": true});
    let (mut journey, _) = past_a_warning(&app, "permissions.add", "permissions.add.delegated");
    let words = "Office 365 Management APIs: consent was given, but not to Application permissions; missing is \
                 ActivityFeed.Read, ActivityFeed.ReadDlp. Remove the rows whose Type is Delegated, add the same names as \
                 Application permissions and grant admin consent again.";
    answers(&journey, "failed", "delegated-instead", words);
    journey.panel.press("mend").unwrap();
    journey.panel.wait_for("the mending step", |s| s.step.starts_with("permissions.")).unwrap();
    journey.walk_to("permissions.add").unwrap();
    caught(&journey, "permissions.add.delegated");
    for name in BOTH {
        remove_permission(&journey, name);
    }
    journey.walk_to_check().unwrap();
    is_green(&journey);
}

#[test]
fn consent_that_was_refused_is_named_by_the_check_and_mended() {
    let app = json!({"permissions": BOTH, "consent": false});
    let (mut journey, _) = past_a_warning(&app, "admin-consent.yes", "admin-consent.yes.refused");
    let words = "Office 365 Management APIs: admin consent is missing. On the app's API permissions page, press Grant \
                 admin consent and answer Yes.";
    answers(&journey, "failed", "consent-missing", words);
    // What is granted now is in the token a while later.
    journey.world.tenant.scenario(&json!({"consentDelaySeconds": 40})).unwrap();
    journey.panel.press("mend").unwrap();
    journey.panel.wait_for("the mending step", |s| s.step.starts_with("admin-consent.")).unwrap();
    journey.walk_to_check().unwrap();
    answers(&journey, "pending", "consent-pending", PENDING);
    journey.world.tenant.advance(45).unwrap();
    is_green(&journey);
}

const PENDING: &str = "Office 365 Management APIs: consent was given a moment ago and is not in Microsoft's token yet; \
                       missing is ActivityFeed.Read, ActivityFeed.ReadDlp. Wait; it is checked again for up to ten \
                       minutes.";

#[test]
fn an_app_whose_page_was_never_seen_is_asked_about_both_columns() {
    let app = json!({"permissions": ["ActivityFeed.Read:Scope", "ActivityFeed.ReadDlp:Scope"]});
    let (mut journey, _) = at_the_check(json!({}), app);
    answers(
        &journey,
        "failed",
        "no-roles",
        "On the app's API permissions page, look at both columns: Type must say Application, and Status must say Granted.",
    );
    // The step it leads back to sees what the check could not.
    journey.panel.press("mend").unwrap();
    journey.panel.wait_for("the mending step", |s| s.step.starts_with("admin-consent.")).unwrap();
    journey.walk_to("admin-consent.grant").unwrap();
    caught(&journey, "admin-consent.grant.wrong-kind");
}

#[test]
fn a_permission_that_was_not_ticked_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("permissions.tick.2").unwrap();
    journey.hand().press_control("request-api-permissions.add-permissions").unwrap();
    caught(&journey, "permissions.tick.2.closed");
    journey.walk_to("admin-consent.grant").unwrap();
    assert_eq!(
        journey.app().unwrap()["permissions"].as_array().unwrap().len(),
        2 + 1,
        "User.Read beside both"
    );
}

#[test]
fn one_of_two_permissions_missing_is_named_by_the_check_and_mended() {
    let (mut journey, _) = at_the_check(json!({}), json!({"permissions": ["ActivityFeed.Read"]}));
    answers(
        &journey,
        "failed",
        "permission-missing",
        "Office 365 Management APIs: the app lacks ActivityFeed.ReadDlp. On the app's API permissions page, add it as \
         Application permission and grant admin consent again.",
    );
    mends_to_green(&mut journey, "permissions.");
}

#[test]
fn refusing_the_consent_question_is_caught_on_the_page() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("admin-consent.yes").unwrap();
    journey.hand().press_control("api-permissions.consent-no").unwrap();
    caught(&journey, "admin-consent.yes.refused");
    journey.walk_to("tenant-domain.open").unwrap();
    let app = journey.app().unwrap();
    let granted = app["permissions"].as_array().unwrap().iter().filter(|p| p["granted"] == true).count();
    assert!(granted >= 2, "{app}");
}

#[test]
fn consent_that_was_not_granted_is_named_by_the_check() {
    let (journey, _) = at_the_check(json!({}), json!({"consent": false}));
    answers(
        &journey,
        "failed",
        "no-roles",
        "Office 365 Management APIs: the app has no permission at all here; missing is ActivityFeed.Read, \
         ActivityFeed.ReadDlp. On the app's API permissions page, look at both columns: Type must say Application, and \
         Status must say Granted.",
    );
}

#[test]
fn consent_granted_a_moment_ago_is_pending_and_then_green() {
    let mut journey = Journey::begin(json!({"consentDelaySeconds": 40})).unwrap();
    journey.walk_to_check().unwrap();
    answers(&journey, "pending", "consent-pending", PENDING);
    journey.world.tenant.advance(45).unwrap();
    is_green(&journey);
}

#[test]
fn an_expired_secret_is_named_by_the_check_and_a_new_one_is_green() {
    let (mut journey, planted) = at_the_check(json!({}), json!({"expired": true}));
    answers(
        &journey,
        "failed",
        "secret-expired",
        "The secret has expired. Make a new client secret and note its end date.",
    );
    mends_to_green(&mut journey, "client-secret.");
    let secrets = journey.app().unwrap()["secrets"].as_array().unwrap().clone();
    assert_eq!(secrets.len(), 2, "a new one beside the old one: {secrets:?}");
    assert!(secrets.iter().any(|s| s["keyId"] == planted["secret"]["keyId"]));
}

#[test]
fn the_tenant_of_somebody_else_is_caught() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    let state = journey.world.tenant.state().unwrap();
    let other =
        state["directories"].as_array().unwrap().iter().find(|d| d["name"] == "Fabrikam").unwrap()["id"]
            .clone();
    journey.panel.paste("tenant-id", other.as_str().unwrap()).unwrap();
    let domain = "The domain contoso.onmicrosoft.com belongs to another directory than the tenant ID. Make sure that \
                  both come from the same directory, then copy the wrong one again.";
    let app = format!("There is no app with this client ID in directory {}.", other.as_str().unwrap());
    answers_all(&journey, "failed", &[("domain-of-other-tenant", domain), ("app-not-found", &app)]);
    journey.panel.paste("tenant-id", planted["tenantId"].as_str().unwrap()).unwrap();
    is_green(&journey);
}

#[test]
fn a_tenant_that_nobody_has_is_caught() {
    let (journey, planted) = at_the_check(json!({}), json!({}));
    journey.panel.paste("tenant-id", "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5c").unwrap();
    answers(
        &journey,
        "failed",
        "tenant-unknown-domain-known",
        &format!(
            "Microsoft knows no directory 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5c. The domain contoso.onmicrosoft.com \
             belongs to directory {}.",
            planted["tenantId"].as_str().unwrap()
        ),
    );
}

#[test]
fn a_report_leads_back_to_the_step_that_mends_it_and_its_words_end_with_green() {
    let (mut journey, _) = at_the_check(json!({}), json!({"consent": false}));
    journey.press_check().unwrap();
    journey.panel.wait_for_verdict("failed").unwrap();
    mends_to_green(&mut journey, "admin-consent.");
}

#[test]
fn the_run_stops_when_the_directory_changes_and_goes_on_when_it_is_back() {
    let mut journey = Journey::begin(json!({})).unwrap();
    journey.walk_to("register-app.new").unwrap();
    journey.world.tenant.scenario(&json!({"directory": "fabrikam.onmicrosoft.com"})).unwrap();
    journey.page.reload().unwrap();
    journey.panel.wait_for("the run to stop", |s| s.standing == "other-directory").unwrap();
    let stopped = "This guide was begun in Contoso (contoso.onmicrosoft.com). The tab now shows Fabrikam \
         (fabrikam.onmicrosoft.com). Nothing is done in another directory. Switch back with the directory menu at the \
         top right, then press Go on.";
    journey.told(stopped).unwrap();
    let card = journey.page.wait_for_overlay("the card", |o| o.title == "Another directory").unwrap();
    assert!(card.ring.is_none() && card.button("next").is_none(), "no ring and no way on: {card:?}");
    // Even where the page shows the very control of the step: the wrong directory's is not ringed.
    journey.hand().find("app-registrations.new-registration").unwrap();
    assert!(journey.page.overlays().unwrap().iter().all(|o| o.ring.is_none()));
    journey.world.tenant.scenario(&json!({"directory": "contoso.onmicrosoft.com"})).unwrap();
    journey.page.reload().unwrap();
    journey.told("The tab is back in the right directory. Press Go on.").unwrap();
    assert_eq!(journey.panel.stand().unwrap().standing, "other-directory", "it waits to be told");
    journey.panel.press("resume").unwrap();
    journey.panel.wait_for("the run to go on", |s| s.standing == "running").unwrap();
    let step = journey.step().unwrap().unwrap();
    journey.follow(&step).unwrap();
    assert!(journey.world.tenant.apps("Fabrikam", APP).unwrap().is_empty());
}

#[test]
fn a_reload_in_mid_step_loses_nothing() {
    let mut journey = Journey::begin(json!({})).unwrap();
    for step in ["register-app.name", "permissions.tick.1", "client-secret.description"] {
        journey.walk_to(step).unwrap();
        journey.page.reload().unwrap();
    }
    journey.walk_to_check().unwrap();
    is_green(&journey);
    assert_eq!(journey.world.tenant.apps("Contoso", APP).unwrap().len(), 1);
}

#[test]
fn a_renamed_control_is_described_in_words_and_is_no_dead_end() {
    let mut journey =
        Journey::begin(json!({"renames": {"register-application.register": "Make it so"}})).unwrap();
    journey.walk_to("register-app.register").unwrap();
    journey.panel.wait_for("the step in words", |s| s.pointing == "words").unwrap();
    let card = journey
        .page
        .wait_for_overlay("the step in words", |o| {
            plain(&o.text) == "Press Register."
                && plain(&o.note) == "Look for Register. The way there: App registrations > New registration."
        })
        .unwrap();
    assert!(card.ring.is_none(), "{card:?}");
    journey.hand().press_control("register-application.register").unwrap();
    let step = journey.plan.step("register-app.register").unwrap().clone();
    journey.moved_on(&step).unwrap();
    journey.walk_to("permissions.add").unwrap();
}
