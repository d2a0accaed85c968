//! The verifier against a small made-up Microsoft: every way a set-up can be wrong gives its own code.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

mod fake;

use fake::{CLIENT, Fake, OTHER_TENANT, TENANT, at, case, run};
use handrail_credential::{Secret, damaged_secret, test_secret};
use handrail_entra::{AADSTS, Answer, Case, Cloud, REASONS, Report, Verdict};

#[track_caller]
fn gives(report: &Report, verdict: Verdict, code: &str) {
    let first = report.first_problem().map_or("-", |c| c.code.as_str());
    assert_eq!((report.verdict, first), (verdict, code), "{}", serde_json::to_string_pretty(report).unwrap());
}

#[test]
fn all_right_is_passed_with_every_check_named() {
    let report = run(&mut Fake::default(), case());
    assert_eq!(report.verdict, Verdict::Passed);
    let ids: Vec<&str> = report.checks.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            // In the order in which the guide asks for them.
            "format.tenant-id",
            "format.client-id",
            "format.client-secret",
            "format.tenant-domain",
            "tenant",
            "domain",
            "token.office-365-management",
            "claims.office-365-management",
            "roles.office-365-management",
            "probe.management-subscriptions",
            "surplus",
        ]
    );
    assert!(report.missing.is_empty() && report.surplus.is_empty());
    assert_eq!(report.not_checked, ["Whether the collector runs."]);
    assert_eq!(report.tenant.as_deref(), Some(TENANT));
    assert_eq!(report.retry_after, None);
    assert!(report.ask.is_some_and(|a| a.query.contains(CLIENT)));
}

#[test]
fn the_json_is_the_contract() {
    let report = run(&mut Fake { roles: vec!["ActivityFeed.Read"], ..Fake::default() }, case());
    let json = serde_json::to_value(&report).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "format",
        "guide",
        "verdict",
        "retry-after",
        "time",
        "checks",
        "surplus",
        "missing",
        "not-checked",
        "ask",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!(json["verdict"], "failed");
    assert_eq!(json["time"], "2030-03-17T17:46:40Z");
    let check =
        json["checks"].as_array().unwrap().iter().find(|c| c["code"] == "permission-missing").unwrap();
    assert_eq!(check["step"], "permissions.tick");
    assert_eq!(check["who"], "admin");
    assert_eq!(json["missing"][0]["role"], "ActivityFeed.ReadDlp");
    assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
}

#[test]
fn wrong_values_each_with_its_own_code() {
    let with = |id: &str, value: &str| {
        let mut c = case();
        c.values.insert(id.into(), Secret::new(value));
        c
    };
    // EXPOSE: made-up secrets of a test.
    let (damaged, other) = (damaged_secret(1).expose().to_owned(), test_secret(99).expose().to_owned());
    for (case, verdict, code) in [
        (with("client-secret", fake::SECRET_ID), Verdict::Failed, "secret-id-instead"),
        (with("client-secret", &damaged), Verdict::Failed, "secret-damaged"),
        (with("client-secret", &other), Verdict::Failed, "secret-wrong"),
        (with("client-secret", "changeme"), Verdict::Failed, "secret-other-thing"),
        (with("client-secret", TENANT), Verdict::Failed, "secret-id-instead"),
        (with("client-secret", ""), Verdict::Failed, "value-missing"),
        (with("client-id", fake::OBJECT), Verdict::Failed, "app-not-found"),
        (with("client-id", OTHER_TENANT), Verdict::Failed, "client-is-tenant"),
        (with("client-id", TENANT), Verdict::Failed, "ids-same"),
        (with("client-id", "nonsense"), Verdict::Failed, "id-not-guid"),
        (with("tenant-id", fake::OBJECT), Verdict::Failed, "tenant-unknown-domain-known"),
        (with("tenant-id", "common"), Verdict::Failed, "tenant-is-common"),
        (with("tenant-id", OTHER_TENANT), Verdict::Failed, "domain-of-other-tenant"),
        (with("tenant-domain", "fabrikam.onmicrosoft.com"), Verdict::Failed, "domain-of-other-tenant"),
        (with("tenant-domain", "nowhere.onmicrosoft.com"), Verdict::Failed, "domain-unknown"),
    ] {
        gives(&run(&mut Fake::default(), case), verdict, code);
    }
}

#[test]
fn a_swap_is_told_without_spending_the_secret() {
    let mut swapped = case();
    swapped.values.insert("tenant-id".into(), Secret::new(CLIENT));
    swapped.values.insert("client-id".into(), Secret::new(TENANT));
    let mut fake = Fake::default();
    let report = run(&mut fake, swapped);
    gives(&report, Verdict::Failed, "ids-swapped");
    assert_eq!(report.first_problem().unwrap().step.as_deref(), Some("app.copy-ids"));
    assert_eq!(fake.posts, 0);
}

#[test]
fn wrong_tenant_says_the_app_is_not_there() {
    let mut wrong = case();
    wrong.values.insert("tenant-id".into(), Secret::new(OTHER_TENANT));
    wrong.values.insert("tenant-domain".into(), Secret::new("fabrikam.onmicrosoft.com"));
    gives(&run(&mut Fake::default(), wrong), Verdict::Failed, "app-not-found");
}

#[test]
fn an_unknown_tenant_without_a_domain() {
    let mut unknown = case();
    unknown.requirements.values.remove("tenant-domain");
    unknown.values.insert("tenant-id".into(), Secret::new(fake::OBJECT));
    gives(&run(&mut Fake::default(), unknown), Verdict::Failed, "tenant-unknown");
}

#[test]
fn an_odd_secret_that_works_is_passed() {
    let odd = "hunter2hunter2hunter2-but-much-longer";
    let mut c = case();
    c.values.insert("client-secret".into(), Secret::new(odd));
    let report = run(&mut Fake { secret: odd.into(), ..Fake::default() }, c);
    assert_eq!(report.verdict, Verdict::Passed);
    // The strongest doubt of all, a GUID, is lifted by the proof as well.
    let mut c = case();
    c.values.insert("client-secret".into(), Secret::new(fake::SECRET_ID));
    let report = run(&mut Fake { secret: fake::SECRET_ID.into(), ..Fake::default() }, c);
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(report.checks.iter().any(|k| k.code == "format-proved"));
}

#[test]
fn a_secret_is_cleaned_before_it_is_sent() {
    let mut c = case();
    // EXPOSE: a made-up secret of a test.
    c.values.insert("client-secret".into(), Secret::new(format!(" {}\r\n", test_secret(1).expose())));
    let report = run(&mut Fake::default(), c);
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(report.checks.iter().any(|k| k.id == "format.client-secret" && k.what.contains("were removed")));
}

#[test]
fn permissions_and_consent() {
    let none = || Fake { roles: vec![], ..Fake::default() };
    gives(&run(&mut none(), case()), Verdict::Failed, "no-roles");
    let mut seen = case();
    seen.seen.insert("permission-kind".into(), "delegated".into());
    gives(&run(&mut none(), seen), Verdict::Failed, "delegated-instead");
    let mut refused = case();
    refused.seen.insert("consent".into(), "not-granted".into());
    refused.changed.insert("consent".into(), at(-5));
    gives(&run(&mut none(), refused), Verdict::Failed, "consent-missing");
    let mut old = case();
    old.changed.insert("consent".into(), at(-601));
    gives(&run(&mut none(), old), Verdict::Failed, "delegated-instead");
    gives(&run(&mut Fake { oid: false, ..none() }, case()), Verdict::Failed, "service-principal-missing");
    let partial = || Fake { roles: vec!["ActivityFeed.Read"], ..Fake::default() };
    gives(&run(&mut partial(), case()), Verdict::Failed, "permission-missing");
    gives(&run(&mut Fake { scp: true, ..none() }, case()), Verdict::Failed, "delegated-token");
    let report = run(&mut none(), case());
    assert_eq!(report.missing.len(), 2);
    assert!(report.first_problem().unwrap().what.contains("ActivityFeed.Read, ActivityFeed.ReadDlp"));
}

#[test]
fn fresh_consent_is_pending_and_later_green() {
    let mut fresh = case();
    fresh.changed.insert("consent".into(), at(-20));
    let report = run(&mut Fake { roles: vec![], ..Fake::default() }, fresh.clone());
    gives(&report, Verdict::Pending, "consent-pending");
    assert_eq!(report.retry_after, Some(5));
    assert!(report.first_problem().unwrap().step.is_some());
    let partial = run(&mut Fake { roles: vec!["ActivityFeed.Read"], ..Fake::default() }, fresh.clone());
    gives(&partial, Verdict::Pending, "permission-missing");
    assert_eq!(run(&mut Fake::default(), fresh).verdict, Verdict::Passed);
}

#[test]
fn a_fresh_secret_is_pending_unless_its_checksum_fails() {
    let mut fresh = case();
    // EXPOSE: a made-up secret of a test.
    fresh.values.insert("client-secret".into(), Secret::new(test_secret(99).expose()));
    fresh.changed.insert("client-secret".into(), at(-3));
    let report = run(&mut Fake::default(), fresh.clone());
    gives(&report, Verdict::Pending, "secret-pending");
    assert_eq!(report.retry_after, Some(2));
    fresh.changed.insert("client-secret".into(), at(-61));
    gives(&run(&mut Fake::default(), fresh.clone()), Verdict::Failed, "secret-wrong");
    fresh.changed.insert("client-secret".into(), at(-3));
    // EXPOSE: a made-up secret of a test.
    fresh.values.insert("client-secret".into(), Secret::new(damaged_secret(1).expose()));
    gives(&run(&mut Fake::default(), fresh), Verdict::Failed, "secret-damaged");
}

#[test]
fn a_fresh_app_is_pending_and_a_fresh_secret_of_it_that_expired_is_not_for_long() {
    let mut fresh = case();
    fresh.values.insert("client-id".into(), Secret::new(fake::OBJECT));
    fresh.changed.insert("client-id".into(), at(-1));
    gives(&run(&mut Fake::default(), fresh.clone()), Verdict::Failed, "app-not-found");
    fresh.changed.insert("app".into(), at(-1));
    gives(&run(&mut Fake::default(), fresh), Verdict::Pending, "app-pending");
    let mut secret = case();
    let expired = || Fake { token_error: Some(7_000_222), ..Fake::default() };
    secret.changed.insert("client-secret".into(), at(-14));
    gives(&run(&mut expired(), secret.clone()), Verdict::Pending, "secret-pending");
    secret.changed.insert("client-secret".into(), at(-15));
    gives(&run(&mut expired(), secret), Verdict::Failed, "secret-expired");
}

#[test]
fn every_number_of_the_table_gives_its_reason() {
    for code in AADSTS {
        let mut fake = Fake { token_error: Some(code.code), ..Fake::default() };
        let report = run(&mut fake, case());
        let row = REASONS.iter().find(|r| r.code == code.reason).unwrap();
        gives(&report, row.verdict, code.reason);
        let check = report.first_problem().unwrap();
        assert_eq!(check.aadsts, Some(code.code));
        assert_eq!(check.correlation_id.as_deref(), Some(fake::CORRELATION));
        assert_eq!(check.trace_id.as_deref(), Some(fake::TRACE));
    }
    gives(
        &run(&mut Fake { token_error: Some(987_654), ..Fake::default() }, case()),
        Verdict::CouldNotTell,
        "unknown",
    );
}

#[test]
fn answers_in_every_shape_that_was_seen() {
    let table: &[(u16, &str, &str)] = &[
        (400, r#"{"error":"unauthorized_client","error_codes":"[700016]"}"#, "app-not-found"),
        (400, r#"{"error":"x","error_codes":["7000112"]}"#, "app-disabled"),
        (
            400,
            r#"{"error":"x","error_description":"AADSTS70002: Error. AADSTS50012: Invalid."}"#,
            "secret-wrong",
        ),
        (401, "AADSTS7000222: The provided client secret keys are expired.Trace ID: 0", "secret-expired"),
        (401, r#"{"error":"x","error_description":"ensure it is not the client secret ID"}"#, "secret-wrong"),
        (
            400,
            r#"{"error":"x","error_codes":[1],"error_description":"blocked by Conditional Access"}"#,
            "unknown",
        ),
        (
            400,
            r#"{"error":"x","error_description":"Access blocked by Conditional Access"}"#,
            "blocked-by-policy",
        ),
        (429, "Too Many Requests", "throttled"),
        (504, "", "service-failure"),
        (503, r#"{"error":"temporarily_unavailable"}"#, "service-failure"),
        (400, r#"{"error":"invalid_client"}"#, "unknown"),
        (403, "<html>blocked by your proxy</html>", "not-microsoft"),
        (200, "<html>sign in</html>", "not-microsoft"),
        (200, r#"{"token_type":"Bearer"}"#, "not-microsoft"),
        (200, r#"{"access_token":"opaque"}"#, "token-unreadable"),
        (302, "", "redirected"),
        (418, "{}", "unknown"),
        (400, "[[[[", "not-microsoft"),
        (400, "\u{feff}{\"error_codes\":[53003]}", "blocked-by-policy"),
    ];
    for (status, body, code) in table {
        let answer =
            Answer::Response { status: *status, headers: Vec::new(), body: Secret::new((*body).to_owned()) };
        let report = run(&mut Fake { token_answer: Some(answer), ..Fake::default() }, case());
        let row = REASONS.iter().find(|r| r.code == *code).unwrap();
        gives(&report, row.verdict, code);
    }
    gives(
        &run(&mut Fake { token_answer: Some(Answer::Unreachable), ..Fake::default() }, case()),
        Verdict::CouldNotTell,
        "unreachable",
    );
}

#[test]
fn throttling_passes_on_how_long_to_wait() {
    let answer = |s: &str| Answer::Response {
        status: 429,
        headers: vec![("retry-after".into(), s.into())],
        body: Secret::new("Too Many Requests"),
    };
    for (header, want) in [("17", 17), ("999999", 300), ("soon", 60)] {
        let report = run(&mut Fake { token_answer: Some(answer(header)), ..Fake::default() }, case());
        assert_eq!(report.retry_after, Some(want), "{header}");
    }
}

#[test]
fn claims_are_checked_one_by_one() {
    for (patch, code) in [
        (r#"{"tid":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}"#, "token-elsewhere"),
        (r#"{"appid":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}"#, "token-elsewhere"),
        (r#"{"aud":"https://graph.microsoft.com"}"#, "token-elsewhere"),
        (r#"{"aud":["https://manage.office.com","https://graph.microsoft.com"]}"#, "token-elsewhere"),
        (r#"{"aud":7}"#, "token-malformed"),
        (r#"{"exp":1}"#, "token-not-now"),
        (r#"{"exp":"soon"}"#, "token-malformed"),
        (r#"{"exp":18446744073709551615}"#, "token-malformed"),
        (r#"{"exp":0}"#, "token-malformed"),
        (r#"{"exp":null}"#, "token-malformed"),
        (r#"{"nbf":1900090000}"#, "token-not-now"),
        (r#"{"nbf":9223372036854775807}"#, "token-not-now"),
        (r#"{"roles":"ActivityFeed.Read"}"#, "token-malformed"),
        (r#"{"roles":[1]}"#, "token-malformed"),
        (r#"{"scp":1}"#, "token-malformed"),
        (r#"{"oid":[]}"#, "token-malformed"),
    ] {
        let mut fake = Fake { claims: serde_json::from_str(patch).unwrap(), ..Fake::default() };
        gives(&run(&mut fake, case()), Verdict::CouldNotTell, code);
    }
    let v2 = r#"{"appid":null,"aud":"c5393580-f805-4401-95e8-94b7a6ef2fc2"}"#;
    let mut fake = Fake { claims: serde_json::from_str(v2).unwrap(), azp: true, ..Fake::default() };
    assert_eq!(run(&mut fake, case()).verdict, Verdict::Passed);
}

#[test]
fn surplus_is_named_and_does_not_fail() {
    let mut fake = Fake {
        roles: vec!["ActivityFeed.Read", "ActivityFeed.ReadDlp", "ServiceHealth.Read", "<script>"],
        graph_roles: vec!["Mail.ReadWrite"],
        ..Fake::default()
    };
    let report = run(&mut fake, case());
    assert_eq!(report.verdict, Verdict::Passed);
    let names: Vec<String> = report.surplus.iter().map(|s| format!("{}/{}", s.resource, s.role)).collect();
    assert_eq!(names, ["Office 365 Management APIs/ServiceHealth.Read", "Microsoft Graph/Mail.ReadWrite"]);
    let mut fake = Fake { graph_fails: true, ..Fake::default() };
    let report = run(&mut fake, case());
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(report.not_checked.iter().any(|n| n.contains("Microsoft Graph")));
}

#[test]
fn a_report_does_not_change_when_asked_for_again() {
    for roles in [vec![], vec!["ActivityFeed.Read", "ActivityFeed.ReadDlp"]] {
        let mut verifier = handrail_entra::Verifier::new(case(), at(0));
        let mut fake = Fake { roles, ..Fake::default() };
        let first = fake::drive(&mut verifier, &mut fake);
        assert_eq!(first, fake::drive(&mut verifier, &mut fake));
        let looked = first.checks.iter().any(|c| c.id == "surplus");
        assert_eq!(looked, first.verdict == Verdict::Passed);
        assert_ne!(looked, first.not_checked.iter().any(|n| n.contains("did not get that far")));
    }
}

#[test]
fn probes_tell_audit_and_permission() {
    let tenant_gone = r#"{"error":{"code":"StartSubscription [TenantId=x] failed. Exception","message":"Microsoft.Office.Compliance.Audit.DataServiceException: Tenant x does not exist."}}"#;
    for (status, body, verdict, code) in [
        (400, tenant_gone, Verdict::Failed, "audit-off"),
        (
            401,
            r#"{"error":{"code":"AF10001","message":"The permission set () …"}}"#,
            Verdict::CouldNotTell,
            "probe-permission",
        ),
        (403, r#"{"error":{"code":"AF429","message":"Too many"}}"#, Verdict::CouldNotTell, "throttled"),
        (
            401,
            r#"{"Message":"Authorization has been denied for this request."}"#,
            Verdict::CouldNotTell,
            "probe-refused",
        ),
        (500, "oops", Verdict::CouldNotTell, "service-failure"),
        (400, r#"{"error":{"code":"AF20022","message":"No subscription found"}}"#, Verdict::Passed, "-"),
        (403, r#"{"error":{"code":"AF20022"}}"#, Verdict::CouldNotTell, "unknown"),
        (400, "<html>AF20022</html>", Verdict::CouldNotTell, "not-microsoft"),
        (400, r#"{"error":{"code":"AF20024"}}"#, Verdict::CouldNotTell, "unknown"),
        (200, "{}", Verdict::CouldNotTell, "unknown"),
    ] {
        let answer = Answer::Response { status, headers: Vec::new(), body: Secret::new(body) };
        let report = run(&mut Fake { probe: Some(answer), ..Fake::default() }, case());
        gives(&report, verdict, code);
    }
}

#[test]
fn clouds_are_found_or_named() {
    let us = || Fake {
        login: "login.microsoftonline.us",
        cloud: ("microsoftonline.us", "USGov", "DODCON"),
        ..Fake::default()
    };
    let report = run(&mut Fake { aud: "https://manage.office365.us", ..us() }, case());
    assert_eq!((report.verdict, report.cloud.as_deref()), (Verdict::Passed, Some("gcc-high")));
    let fixed = Case { cloud: Some(Cloud::Worldwide), ..case() };
    gives(&run(&mut us(), fixed), Verdict::Failed, "cloud-mismatch");
    let gcc = Fake { cloud: ("microsoftonline.com", "NA", "GCC"), ..Fake::default() };
    let mut gcc = Fake { management: "manage-gcc.office.com", ..gcc };
    let report = run(&mut gcc, Case { cloud: Some(Cloud::Worldwide), ..case() });
    assert_eq!((report.verdict, report.cloud.as_deref()), (Verdict::Passed, Some("gcc")));
}

#[test]
fn no_secret_is_seen_anywhere() {
    // EXPOSE: a made-up secret of a test.
    let canary = test_secret(1).expose().to_owned();
    for fake in [
        Fake::default(),
        Fake { token_error: Some(7_000_215), ..Fake::default() },
        Fake {
            token_answer: Some(Answer::Response {
                status: 400,
                headers: Vec::new(),
                body: Secret::new(format!("{{\"error\":\"{canary}\",\"error_description\":\"{canary}\"}}")),
            }),
            ..Fake::default()
        },
    ] {
        let mut fake = fake;
        let report = run(&mut fake, case());
        let seen = format!("{report:?}{}{}", serde_json::to_string(&report).unwrap(), fake.debugged);
        assert!(!seen.contains(&canary));
        assert!(!seen.contains("eyJ"), "a token");
        assert!(fake.urls.iter().all(|u| !u.contains(&canary)));
    }
}

#[test]
fn only_hosts_of_the_table_are_asked() {
    let mut fake = Fake::default();
    run(&mut fake, case());
    for url in &fake.urls {
        let host = url.strip_prefix("https://").and_then(|u| u.split('/').next()).unwrap();
        assert!(handrail_entra::hosts().contains(&host), "{url}");
    }
}

/// A guide with delegated permissions alone needs no token of its own; its secret is tried all the same.
#[test]
fn nothing_is_passed_that_was_not_proved() {
    let delegated = || {
        let mut c = case();
        c.requirements.tokens.clear();
        c.requirements.probes.clear();
        c
    };
    let report = run(&mut Fake::default(), delegated());
    gives(&report, Verdict::Passed, "-");
    assert!(report.checks.iter().any(|c| c.id == "token.proof" && c.code == "token-issued"));
    assert!(report.checks.iter().any(|c| c.id == "claims.proof" && c.code == "claims-right"));
    let with = |id: &str, value: &str| {
        let mut c = delegated();
        c.values.insert(id.into(), Secret::new(value));
        c
    };
    // EXPOSE: a made-up secret of a test.
    let other = test_secret(99).expose().to_owned();
    for (case, code) in [
        (with("client-secret", &other), "secret-wrong"),
        (with("client-secret", fake::SECRET_ID), "secret-id-instead"),
        (with("client-id", fake::OBJECT), "app-not-found"),
    ] {
        gives(&run(&mut Fake::default(), case), Verdict::Failed, code);
    }
    for (roles, surplus) in [(vec![], 0), (vec!["Mail.Read"], 1)] {
        let report = run(&mut Fake { roles: vec![], graph_roles: roles, ..Fake::default() }, delegated());
        assert_eq!((report.verdict, report.surplus.len()), (Verdict::Passed, surplus));
    }
    // Without a secret, a client ID or any value at all, nobody can be asked.
    for gone in [&["client-secret"][..], &["client-id"], &["client-id", "client-secret"]] {
        for tokens in [true, false] {
            let mut c = if tokens { case() } else { delegated() };
            for id in gone {
                c.requirements.values.remove(*id);
            }
            c.requirements.probes.clear();
            gives(&run(&mut Fake::default(), c), Verdict::CouldNotTell, "nothing-proved");
        }
    }
    let mut nothing = delegated();
    nothing.requirements.values.clear();
    gives(&run(&mut Fake::default(), nothing), Verdict::CouldNotTell, "nothing-proved");
}

#[test]
fn a_domain_is_no_tenant_id_even_when_microsoft_takes_it() {
    let mut c = case();
    c.values.insert("tenant-id".into(), Secret::new("contoso.onmicrosoft.com"));
    let report = run(&mut Fake::default(), c);
    gives(&report, Verdict::CouldNotTell, "tenant-is-domain");
    let wanted = report.checks.iter().find(|k| k.code == "tenant-id-wanted").unwrap();
    assert!(wanted.next.contains(TENANT) && wanted.verdict == Verdict::CouldNotTell);
    assert!(report.checks.iter().any(|k| k.code == "token-issued"));
}

#[test]
fn another_directory_than_the_one_asked_for_is_not_microsoft() {
    let issuer = format!("https://login.microsoftonline.com/{OTHER_TENANT}/v2.0");
    let body = serde_json::json!({"issuer": issuer, "cloud_instance_name": "microsoftonline.com"});
    let answer = Answer::Response { status: 200, headers: Vec::new(), body: Secret::new(body.to_string()) };
    let mut fake = Fake { all: Some(answer), ..Fake::default() };
    gives(&run(&mut fake, case()), Verdict::CouldNotTell, "not-microsoft");
    assert_eq!(fake.posts, 0);
}

/// Bytes from outside, at random: no panic, and never a pass.
#[test]
fn arbitrary_answers_are_survived() {
    let mut state = 0x9e37_79b9_u64;
    let words = [
        "{",
        "}",
        "[",
        "]",
        "\"error_codes\"",
        ":",
        ",",
        "7000215",
        "AADSTS",
        "\"access_token\"",
        "eyJ",
        ".",
        "null",
        "\"",
        "\u{0}",
        "é",
        "99999999999999999999",
        "Trace ID: ",
        "AF10001",
        "e30",
        "\"issuer\"",
        "-1",
        "\\u12",
    ];
    for _ in 0..3_000 {
        let mut body = String::new();
        for _ in 0..(state >> 60) + 1 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            body.push_str(words[(state >> 33) as usize % words.len()]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let status = [200, 400, 401, 429, 500, 302][(state >> 40) as usize % 6];
        let answer = Answer::Response { status, headers: Vec::new(), body: Secret::new(body) };
        let report = run(&mut Fake { all: Some(answer), ..Fake::default() }, case());
        assert_ne!(report.verdict, Verdict::Passed);
    }
}

/// What only looks like the right token, or came too early or too late, never makes a pass.
#[test]
fn only_the_right_token_at_the_right_time_makes_a_pass() {
    let wanted = ["ActivityFeed.Read", "ActivityFeed.ReadDlp"];
    // The roles are there, but in the token for another API.
    let report = run(&mut Fake { roles: vec![], graph_roles: wanted.to_vec(), ..Fake::default() }, case());
    assert_eq!((report.verdict, report.missing.len()), (Verdict::Failed, 2));
    // They are there, but a user's: scopes, not roles.
    let scopes = serde_json::from_str(r#"{"scp":"ActivityFeed.Read ActivityFeed.ReadDlp"}"#).unwrap();
    let report = run(&mut Fake { roles: vec![], claims: scopes, ..Fake::default() }, case());
    gives(&report, Verdict::Failed, "delegated-token");
    // A token cut on its way, with a 200 before it.
    for body in [
        r#"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJ0eXAiOiJKV1Qi"#,
        "",
        "null",
        "[]",
        "7",
    ] {
        let answer = Answer::Response { status: 200, headers: Vec::new(), body: Secret::new(body) };
        let report = run(&mut Fake { token_answer: Some(answer), ..Fake::default() }, case());
        gives(&report, Verdict::CouldNotTell, "not-microsoft");
    }
    // Five minutes are allowed between clocks, ten are not.
    let now = fake::NOW;
    for (exp, nbf, verdict) in [
        (now - 240, now - 4_000, Verdict::Passed),
        (now - 600, now - 4_000, Verdict::CouldNotTell),
        (now + 3_600, now + 240, Verdict::Passed),
        (now + 3_600, now + 600, Verdict::CouldNotTell),
        (now + 240, now + 250, Verdict::CouldNotTell),
    ] {
        let claims = serde_json::from_str(&format!(r#"{{"exp":{exp},"nbf":{nbf}}}"#)).unwrap();
        let report = run(&mut Fake { claims, ..Fake::default() }, case());
        assert_eq!(report.verdict, verdict, "exp {}, nbf {}", exp - now, nbf - now);
    }
}

/// Reasons that no wrong set-up leads to: what a cloud does not have, what a guide does not ask for, what needs no end.
#[test]
fn what_cannot_be_asked_and_what_is_not_asked_for_is_said() {
    let codes = |report: &Report| report.checks.iter().map(|c| c.code.clone()).collect::<Vec<_>>();
    let china = || Fake {
        login: "login.partner.microsoftonline.cn",
        cloud: ("partner.microsoftonline.cn", "CN", ""),
        ..Fake::default()
    };
    let report = run(&mut china(), Case { cloud: Some(Cloud::China), ..case() });
    gives(&report, Verdict::CouldNotTell, "not-documented");
    let mut none = case();
    none.requirements.tokens[0].roles.clear();
    let report = run(&mut Fake::default(), none);
    assert!(codes(&report).iter().any(|code| code == "no-roles-asked"), "{:?}", codes(&report));
    let mut many = case();
    let token = many.requirements.tokens[0].clone();
    many.requirements.tokens.extend(std::iter::repeat_n(token, 25));
    let report = run(&mut Fake::default(), many);
    assert!(codes(&report).iter().any(|code| code == "too-many-requests"), "{:?}", codes(&report));
    assert_eq!(report.verdict, Verdict::CouldNotTell);
}
