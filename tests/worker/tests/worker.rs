//! Every way a set-up can be wrong, through the real Worker in workerd, against the practice tenant; and what the
//! Worker refuses, hides and survives.

use handrail_credential::{damaged_secret, test_secret};
use handrail_worker_tests::{Bench, first};
use handrail_world::profile::files_with;
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

const BOTH: [&str; 2] = ["ActivityFeed.Read", "ActivityFeed.ReadDlp"];

fn good() -> Value {
    json!({"permissions": BOTH, "consent": true})
}

fn bench() -> Bench {
    Bench::start("worker", Some("practice")).unwrap()
}

#[track_caller]
fn gives(report: &Value, verdict: &str, code: &str) {
    let found = first(report);
    assert_eq!((found.0.as_str(), found.1.as_str()), (verdict, code), "{report:#}");
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

fn with(values: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut values = values.clone();
    values[name] = value.into();
    values
}

#[test]
fn a_right_set_up_is_green() {
    let bench = bench();
    let report = bench.check(&bench.seed(&good()).unwrap(), &json!({})).unwrap();
    gives(&report, "passed", "-");
    assert_eq!(report["missing"], json!([]));
    assert_eq!(report["surplus"], json!([]));
    assert!(report["ask"]["query"].as_str().unwrap().contains("AADServicePrincipalSignInLogs"));
}

#[test]
fn wrong_values_each_with_its_own_message() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    let text = |name: &str| values[name].as_str().unwrap().to_owned();
    // EXPOSE: made-up secrets of a test.
    let (damaged, other) = (damaged_secret(5).expose().to_owned(), test_secret(77).expose().to_owned());
    let swapped = with(&with(&values, "tenant-id", text("client-id")), "client-id", text("tenant-id"));
    let elsewhere = bench.seed(&json!({"directory": "fabrikam.onmicrosoft.com"})).unwrap();
    let wrong_tenant = with(
        &with(&values, "tenant-id", elsewhere["tenant-id"].clone()),
        "tenant-domain",
        elsewhere["tenant-domain"].clone(),
    );
    for (values, code) in [
        (with(&values, "client-secret", text("secret-id")), "secret-id-instead"),
        (with(&values, "client-secret", damaged), "secret-damaged"),
        (with(&values, "client-secret", other), "secret-wrong"),
        (swapped, "ids-swapped"),
        (with(&values, "client-id", text("object-id")), "app-not-found"),
        (wrong_tenant, "app-not-found"),
        (with(&values, "tenant-id", "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b"), "tenant-unknown-domain-known"),
        (with(&values, "tenant-domain", elsewhere["tenant-domain"].clone()), "domain-of-other-tenant"),
        (with(&values, "tenant-domain", "nobody-has-this.onmicrosoft.com"), "domain-unknown"),
    ] {
        gives(&bench.check(&values, &json!({})).unwrap(), "failed", code);
    }
}

#[test]
fn wrong_set_ups_each_with_its_own_message() {
    let bench = bench();
    for (app, verdict, code) in [
        (json!({"permissions": BOTH, "consent": true, "expired": true}), "failed", "secret-expired"),
        (json!({"permissions": ["ActivityFeed.Read"], "consent": true}), "failed", "permission-missing"),
        (json!({"permissions": BOTH, "consent": false}), "failed", "no-roles"),
        (
            json!({"permissions": ["ActivityFeed.Read:Scope", "ActivityFeed.ReadDlp:Scope"], "consent": true}),
            "failed",
            "no-roles",
        ),
        (
            json!({"permissions": BOTH, "consent": false, "principal": false}),
            "failed",
            "service-principal-missing",
        ),
        (json!({"permissions": BOTH, "consent": true, "enabled": false}), "failed", "app-disabled"),
    ] {
        let report = bench.check(&bench.seed(&app).unwrap(), &json!({})).unwrap();
        gives(&report, verdict, code);
        let step =
            report["checks"].as_array().unwrap().iter().find(|c| c["code"] == code).unwrap()["step"].clone();
        assert!(step.is_string(), "{code} leads back to a step");
    }
    let delegated =
        json!({"permissions": ["ActivityFeed.Read:Scope", "ActivityFeed.ReadDlp:Scope"], "consent": true});
    let values = bench.seed(&delegated).unwrap();
    let report = bench.check(&values, &json!({"seen": {"permission-kind": "delegated"}})).unwrap();
    gives(&report, "failed", "delegated-instead");
    assert_eq!(report["missing"].as_array().unwrap().len(), 2);
}

/// Guides with delegated permissions alone need no token: the secret is tried all the same.
#[test]
fn no_guide_passes_a_made_up_secret() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    // EXPOSE: a made-up secret of a test.
    let made_up = with(&values, "client-secret", test_secret(78).expose());
    let guides = bench.get("/api/guides").unwrap().json()["guides"].clone();
    assert!(guides["pandora-itsm"].is_object());
    for (guide, _) in guides.as_object().unwrap() {
        let report = bench.check(&made_up, &json!({"guide": guide})).unwrap();
        assert_ne!(report["verdict"], "passed", "{guide}: {report:#}");
    }
    let pandora = json!({"guide": "pandora-itsm"});
    gives(&bench.check(&made_up, &pandora).unwrap(), "failed", "secret-wrong");
    let nobody = with(&values, "client-id", "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5c");
    gives(&bench.check(&nobody, &pandora).unwrap(), "failed", "app-not-found");
    gives(&bench.check(&values, &pandora).unwrap(), "passed", "-");
}

/// More than is read: the rest is left, and the answer is none of Microsoft's.
#[test]
fn an_answer_without_end_is_cut() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            use std::io::{Read as _, Write as _};
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
            while stream.write_all(&[b' '; 16 * 1024]).is_ok() {}
        }
    });
    let bench = Bench::start_towards("worker", Some("practice"), Some(address)).unwrap();
    let values = bench.seed(&good()).unwrap();
    let start = std::time::Instant::now();
    gives(&bench.check(&values, &json!({})).unwrap(), "could-not-tell", "not-microsoft");
    assert!(start.elapsed().as_secs() < 8);
}

#[test]
fn practice_is_for_this_machine_alone() {
    let bench = bench();
    let body = r#"{"guide":"securus360","values":{}}"#;
    for (host, status) in [("handrail.example", 403), ("127.0.0.1.example", 403), ("localhost", 200)] {
        let got = bench.post_as(host, "/api/check", body).unwrap();
        assert_eq!(got.status, status, "{host}");
    }
}

#[test]
fn surplus_permissions_are_named_on_other_apis_too() {
    let bench = bench();
    let app = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp", "ServiceHealth.Read"], "consent": true});
    let report = bench.check(&bench.seed(&app).unwrap(), &json!({})).unwrap();
    gives(&report, "passed", "-");
    assert_eq!(report["surplus"][0]["role"], "ServiceHealth.Read");
}

#[test]
fn a_fresh_consent_is_pending_then_green() {
    let bench = bench();
    bench.tenant.scenario(&json!({"consentDelaySeconds": 60})).unwrap();
    let values = bench.seed(&good()).unwrap();
    let changed = json!({"changed": {"consent": now()}});
    let report = bench.check(&values, &changed).unwrap();
    gives(&report, "pending", "consent-pending");
    assert!(report["retry-after"].as_u64().is_some_and(|s| s > 0));
    bench.tenant.advance(61).unwrap();
    gives(&bench.check(&values, &changed).unwrap(), "passed", "-");
}

#[test]
fn a_fresh_secret_is_pending_then_green_and_an_old_one_is_wrong() {
    let bench = bench();
    bench.tenant.scenario(&json!({"secretDelaySeconds": 20})).unwrap();
    let values = bench.seed(&good()).unwrap();
    let changed = json!({"changed": {"client-secret": now()}});
    gives(&bench.check(&values, &changed).unwrap(), "pending", "secret-pending");
    gives(&bench.check(&values, &json!({})).unwrap(), "failed", "secret-wrong");
    bench.tenant.advance(21).unwrap();
    gives(&bench.check(&values, &changed).unwrap(), "passed", "-");
}

#[test]
fn what_is_no_evidence_is_could_not_tell() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    for (kind, verdict, code) in [
        ("53003", "could-not-tell", "blocked-by-policy"),
        ("429", "could-not-tell", "throttled"),
        ("503", "could-not-tell", "service-failure"),
        ("504", "could-not-tell", "service-failure"),
        ("html", "could-not-tell", "not-microsoft"),
        ("proxy", "could-not-tell", "not-microsoft"),
    ] {
        bench.tenant.scenario(&json!({"tokenFault": {"kind": kind, "times": 1}})).unwrap();
        let report = bench.check(&values, &json!({})).unwrap();
        gives(&report, verdict, code);
        assert_eq!(report["retry-after"].as_u64().is_some(), matches!(kind, "429" | "503" | "504"), "{kind}");
    }
    bench.tenant.scenario(&json!({"tokenFault": null, "managementFault": "AF50000"})).unwrap();
    gives(&bench.check(&values, &json!({})).unwrap(), "could-not-tell", "service-failure");
}

#[test]
fn a_missing_api_and_another_cloud_are_named() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    bench.tenant.scenario(&json!({"missingResources": ["c5393580-f805-4401-95e8-94b7a6ef2fc2"]})).unwrap();
    gives(&bench.check(&values, &json!({})).unwrap(), "failed", "resource-missing");
    bench.tenant.reset().unwrap();
    let values = bench.seed(&good()).unwrap();
    let report = bench.check(&values, &json!({"cloud": "gcc-high"})).unwrap();
    gives(&report, "failed", "cloud-mismatch");
}

#[test]
fn anonymous_checks_are_refused_unless_the_operator_says_so() {
    let canary = "canary-that-is-never-read";
    let body = json!({"guide": "securus360", "values": {"client-secret": canary}}).to_string();
    for told in [None, Some("off"), Some("true"), Some("")] {
        let bench = Bench::start("worker", told).unwrap();
        let got = bench.post("/api/check", "application/json", &body).unwrap();
        assert_eq!((got.status, got.error().as_str()), (403, "link-required"), "{told:?}");
        assert!(!got.text.contains(canary));
        assert_eq!(bench.get("/api/health").unwrap().json()["anonymous-checks"], "off");
    }
    let bench = Bench::start("worker", Some("on")).unwrap();
    assert_eq!(bench.post("/api/check", "application/json", &body).unwrap().status, 200);
}

#[test]
fn what_is_no_check_is_refused_with_its_reason() {
    let bench = bench();
    let check = r#"{"guide":"securus360","values":{}}"#;
    let large = format!("{{\"guide\":\"{}\"}}", "x".repeat(20_000));
    for (kind, body, status, code) in [
        ("text/plain", check, 415, "json-required"),
        ("application/x-www-form-urlencoded", check, 415, "json-required"),
        ("application/json", "{", 400, "bad-request"),
        ("application/json", "{}", 400, "bad-request"),
        ("application/json", "", 400, "bad-request"),
        ("application/json", large.as_str(), 413, "too-large"),
        ("application/json", r#"{"guide":"nothing","values":{}}"#, 404, "unknown-guide"),
        ("application/json", r#"{"guide":"../x","values":{}}"#, 404, "unknown-guide"),
        ("application/json", r#"{"guide":"securus360","values":{},"cloud":"mars"}"#, 400, "unknown-cloud"),
        (
            "application/json",
            r#"{"guide":"securus360","values":{},"changed":{"consent":"x"}}"#,
            400,
            "bad-time",
        ),
    ] {
        let got = bench.post("/api/check", kind, body).unwrap();
        assert_eq!((got.status, got.error().as_str()), (status, code), "{body:.60}");
    }
    assert_eq!(bench.post("/api/check", "application/json; charset=utf-8", check).unwrap().status, 200);
    assert_eq!(bench.get("/api/check").unwrap().error(), "wrong-method");
    assert_eq!(bench.post("/api/health", "application/json", "{}").unwrap().error(), "wrong-method");
    assert_eq!(bench.get("/api/nothing").unwrap().error(), "not-found");
}

#[test]
fn answers_carry_their_headers() {
    let bench = bench();
    for path in ["/api/health", "/api/guides", "/api/nothing"] {
        let got = bench.get(path).unwrap();
        assert_eq!(got.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(got.header("access-control-allow-credentials"), None, "{path}");
        assert_eq!(got.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(got.header("set-cookie"), None, "{path}");
    }
    let asked = bench.preflight("/api/check").unwrap();
    assert_eq!(asked.status, 204);
    assert!(asked.header("access-control-allow-headers").unwrap().contains("content-type"));
    assert!(bench.get("/api/guides").unwrap().json()["guides"]["securus360"]["values"].is_array());
}

#[test]
fn pages_are_static_and_escaped() {
    let bench = bench();
    for (path, status) in [("/", 200), ("/g/securus360", 200), ("/g/%3Cscript%3E", 404), ("/x", 404)] {
        let got = bench.get(path).unwrap();
        assert_eq!(got.status, status, "{path}");
        assert!(got.header("content-type").unwrap().starts_with("text/html"), "{path}");
        assert!(!got.text.contains("<script"), "{path}");
        assert!(got.header("content-security-policy").unwrap().starts_with("default-src 'none'"), "{path}");
        assert_eq!(got.header("access-control-allow-origin"), None, "{path}");
    }
    assert!(bench.get("/g/securus360").unwrap().text.contains("ActivityFeed.ReadDlp"));
}

#[test]
fn what_people_read_is_in_the_language_that_their_browser_asks_for() {
    let told = [("QUICK_CHECK", "on"), ("ANONYMOUS_CHECKS", "practice")];
    let bench = Bench::start_told("worker", &told, None).unwrap();
    let languages = [
        ("", "en", "There is nothing here"),
        ("de-AT,de;q=0.9,en;q=0.8", "de", "Hier ist nichts"),
        ("nl,fr;q=0.7,en;q=0.5", "fr", "Il n’y a rien ici"),
        ("es-MX", "es", "Aquí no hay nada"),
        ("ja;q=0.9,en;q=0.1", "ja", "ここには何もありません"),
        ("tlh,en-US;q=0.5", "en", "There is nothing here"),
        ("../../index,de;q=0", "en", "There is nothing here"),
    ];
    for (header, tag, words) in languages {
        assert!(bench.get_in("/x", header).unwrap().text.contains(words), "{header}");
        for path in ["/", "/g/securus360", "/x", "/check", "/vendor", "/l/none"] {
            let got = bench.get_in(path, header).unwrap();
            assert!(
                got.text.contains(&format!("<html lang=\"{tag}\" dir=\"ltr\">")),
                "{path} {header}: {}",
                got.text
            );
            for (name, value) in [("content-language", tag), ("vary", "accept-language")] {
                assert_eq!(got.header(name), Some(value), "{path} {header}");
            }
            assert!(!got.text.contains("{{") && !got.text.contains("{*"), "{path} {header}: {}", got.text);
        }
        // What a link's page shows of its guide comes the same way.
        for path in ["/api/guides", "/assets/securus360.steps.json", "/assets/securus360.renew.steps.json"] {
            let got = bench.get_in(path, header).unwrap();
            assert_eq!((got.status, got.header("content-language")), (200, Some(tag)), "{path} {header}");
            assert_eq!(got.header("vary"), Some("accept-language"), "{path} {header}");
            assert!(got.json().is_object() || got.json().is_array(), "{path} {header}");
        }
    }
    let guides = bench.get_in("/api/guides", "de").unwrap();
    assert!(guides.text.contains("Überwachungsprotokolle"), "{}", guides.text);
    assert!(bench.get_in("/assets/securus360.steps.json", "ja").unwrap().text.contains("アプリ"));
    // A file for the Worker is none for the world.
    for path in
        ["/assets/vendor.de.json", "/assets/guides.de.json", "/assets/home.de.page", "/assets/openapi.json"]
    {
        assert_eq!(bench.get(path).unwrap().status, 404, "{path}");
    }
    // What was asked and what is wrong with it are said in the language, too.
    let values = bench.seed(&json!({"permissions": [], "consent": true})).unwrap();
    let form = |secret: &str| {
        let id = |name: &str| values[name].as_str().unwrap().to_owned();
        format!("tenant-id={}&client-id={}&client-secret={secret}", id("tenant-id"), id("client-id"))
    };
    let good = bench.post_in("/check", "de", &form(values["client-secret"].as_str().unwrap())).unwrap();
    for words in
        [">Gültig<", "Mandanten-ID: Die Form stimmt.", "Microsofts weltweite Cloud", "Einen anderen prüfen"]
    {
        assert!(good.text.contains(words), "{words}: {}", good.text);
    }
    let bad = bench.post_in("/check", "ja", &form("00000000-1111-2222-3333-444444444444")).unwrap();
    assert!(
        bad.text.contains(">拒否されました<") && bad.text.contains("クライアント シークレット"),
        "{}",
        bad.text
    );
    assert!(!bad.text.contains("Client secret"), "{}", bad.text);
    let refused = bench.post_in("/vendor", "fr", "act=sign-in&domain=securus360.com&code=x").unwrap();
    assert!(
        refused.text.contains("Ce code est faux")
            && refused.text.contains("<code>handrail vendor code</code>")
    );
}

#[test]
fn no_value_is_found_in_any_log_or_file() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    let canary = values["client-secret"].as_str().unwrap();
    bench.check(&values, &json!({})).unwrap();
    bench.tenant.scenario(&json!({"tokenFault": {"kind": "html", "times": 1}})).unwrap();
    let report = bench.check(&values, &json!({})).unwrap();
    assert!(!report.to_string().contains(canary));
    bench
        .post(
            "/api/check",
            "application/json",
            &format!("{{\"guide\":\"securus360\",\"values\":\"{canary}\"}}"),
        )
        .unwrap();
    assert!(!bench.worker.log().contains(canary));
    assert_eq!(files_with(bench.worker.folder(), canary), Vec::<String>::new());
}

#[test]
fn a_panic_answers_500_logs_a_place_and_spares_the_next() {
    let bench = Bench::start("worker-fault", Some("practice")).unwrap();
    let values = bench.seed(&good()).unwrap();
    let canary = values["client-secret"].as_str().unwrap();
    let body = |fault: &str| {
        let mut only = values.clone();
        only.as_object_mut().unwrap().retain(|k, _| k != "secret-id" && k != "object-id");
        json!({"guide": "securus360", "values": only, "seen": {"fault": fault}}).to_string()
    };
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| bench.post("/api/check", "application/json", &body("wait")).unwrap());
        until("the other request to be under way", LONG, || {
            Ok(bench.worker.log().contains("waiting").then_some(()))
        })
        .unwrap();
        let got = bench.post("/api/check", "application/json", &body("panic")).unwrap();
        assert_eq!((got.status, got.error().as_str()), (500, "internal"));
        assert!(!got.text.contains(canary) && !got.text.contains(".rs"), "{}", got.text);
        let other = waiting.join().unwrap();
        assert!(matches!(other.status, 200 | 500), "answered, not left hanging");
        assert!(!other.text.contains(canary));
    });
    let log = bench.worker.log();
    assert!(log.contains("panicked at") && log.contains("check.rs:"), "{log}");
    assert!(!log.contains(canary), "{log}");
    gives(&bench.check(&values, &json!({})).unwrap(), "passed", "-");
}

#[test]
fn a_microsoft_that_cannot_be_reached_is_could_not_tell() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let bench = Bench::start_towards("worker", Some("practice"), Some(nobody)).unwrap();
    let values = bench.seed(&good()).unwrap();
    gives(&bench.check(&values, &json!({})).unwrap(), "could-not-tell", "unreachable");
}

/// A server that takes connections and says nothing: the time limit of one request ends it, and nothing else is asked.
#[test]
fn a_microsoft_that_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let bench = Bench::start_towards("worker", Some("practice"), Some(silent.local_addr().unwrap())).unwrap();
    let values = bench.seed(&good()).unwrap();
    let start = std::time::Instant::now();
    gives(&bench.check(&values, &json!({})).unwrap(), "could-not-tell", "unreachable");
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn what_ships_has_no_fault_to_ask_for() {
    let bench = bench();
    let values = bench.seed(&good()).unwrap();
    gives(&bench.check(&values, &json!({"seen": {"fault": "panic"}})).unwrap(), "passed", "-");
}
