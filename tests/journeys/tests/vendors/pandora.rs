//! Pandora ITSM: an own app with delegated permissions and redirect addresses, the exchanged labels of its document, and two
//! things that are left out by default.

use handrail_guide::plan::Step;
use handrail_journeys::Journey;
use serde_json::{Value, json};

use super::{begin, directory, found, walk};

const SERVER: &str = "itsm.contoso.com";

fn app(journey: &Journey) -> Value {
    journey.world.tenant.apps("Contoso", "PANDORA").unwrap().into_iter().next().unwrap()
}

fn uris(app: &Value) -> Vec<String> {
    let all = app["redirects"].as_array().unwrap();
    all.iter()
        .map(|r| format!("{} {}", r["platform"].as_str().unwrap(), r["uri"].as_str().unwrap()))
        .collect()
}

fn enter_server(journey: &Journey, step: &Step) -> bool {
    journey.panel.paste("server", SERVER).unwrap();
    journey.moved_on(step).unwrap();
    true
}

fn wanted() -> [String; 2] {
    ["pandora", "pandoraitsm/godmode/godmode/setup/setup_mail"]
        .map(|path| format!("Web https://{SERVER}/{path}"))
}

#[test]
fn the_app_is_made_and_every_wrong_turn_is_caught() {
    let mut journey = begin("pandora-itsm", json!({"lang": "de"}));
    let (mut platform, mut kind, mut swapped) = (false, false, false);
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "server-name.ask" => {
                journey.panel.paste("server", &format!("https://{SERVER}/pandora")).unwrap();
                found(journey, "server", "no-server-name");
                return enter_server(journey, step);
            }
            "mailbox-protocols.verify" => {
                let output = |own: &str| {
                    let smtp = "SmtpClientAuthenticationDisabled :";
                    format!("ImapEnabled : True\n{smtp} {own}\n\n{smtp} True\n")
                };
                journey.panel.paste("mailbox-protocols", &output("")).unwrap();
                let words = found(journey, "mailbox-protocols", "command-says-no");
                assert!(words.contains("Set-CASMailbox"), "{words}");
                journey.panel.paste("mailbox-protocols", &output("False")).unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "register-app.redirect-platform" if !platform => {
                platform = true;
                journey.hand().press_control("register-application.redirect-platform").unwrap();
                journey.pick_option("Single-page application (SPA)").unwrap();
                journey.told("Microsoft would refuse the server's sign-in. Choose Web.").unwrap();
            }
            "permissions.delegated" if !kind => {
                kind = true;
                journey.hand().press_control("request-api-permissions.application-permissions").unwrap();
                journey.told("Application is chosen. That would reach everybody's data").unwrap();
            }
            "check.run" if !swapped => {
                swapped = true;
                let app = app(journey);
                let (tenant, client) = (app["directory"].clone(), app["appId"].clone());
                let state = journey.world.tenant.state().unwrap();
                let home = directory(&state)["id"].clone();
                let tenant = tenant.as_str().or(home.as_str()).unwrap().to_owned();
                let client = client.as_str().unwrap().to_owned();
                // The document calls each by the other's name.
                journey.panel.paste("tenant-id", &client).unwrap();
                journey.panel.paste("client-id", &tenant).unwrap();
                let words = found(journey, "tenant-id", "look-alike");
                assert!(words.contains("Application (client) ID"), "{words}");
                journey.panel.paste("tenant-id", &tenant).unwrap();
                journey.panel.paste("client-id", &client).unwrap();
            }
            _ => {}
        }
        false
    });
    assert!(platform && kind && swapped);
    let app = app(&journey);
    assert_eq!(uris(&app), wanted());
    assert_eq!(app["exposed"]["scopes"], json!([]), "left out by default");
    let delegated = app["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["kind"] == "Scope" && p["granted"] == true);
    assert!(delegated.count() >= 4, "{app}");
}

#[test]
fn what_is_left_out_by_default_is_done_safely_when_it_is_chosen() {
    let mut journey = begin("pandora-itsm", json!({"labels": "old"}));
    let mut in_force = false;
    walk(&mut journey, |journey, step| {
        match step.id.as_str() {
            "server-name.ask" => return enter_server(journey, step),
            id if id.starts_with("optional.decide") => {
                journey.panel.press("choose").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "conditional-access.users" => {
                let hand = journey.hand();
                hand.press_control("ca-policy.all-users").unwrap();
                journey.told("the new policy would apply to every account").unwrap();
                hand.press_control("ca-policy.select-users").unwrap();
                hand.press_control("ca-policy.group").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "conditional-access.exclude" => {
                let hand = journey.hand();
                hand.press_control("ca-policy.exclude").unwrap();
                hand.press_control("ca-policy.excluded-user[Break Glass]").unwrap();
                journey.moved_on(step).unwrap();
                return true;
            }
            "conditional-access.report-only" if !in_force => {
                in_force = true;
                journey.hand().press_control("ca-policy.on").unwrap();
                journey.told("the policy would be in force at once").unwrap();
            }
            _ => {}
        }
        false
    });
    let app = app(&journey);
    assert_eq!(uris(&app), wanted());
    assert_eq!(app["exposed"]["scopes"][0]["name"], json!("access_as_user"));
    let state = journey.world.tenant.state().unwrap();
    let home = directory(&state);
    let policy = &home["settings"]["policies"][0];
    assert_eq!((&policy["state"], &policy["include"]), (&json!("report"), &json!("MFA-Test-Group")));
    assert_eq!(policy["excluded"].as_array().unwrap().len(), 1);
}
