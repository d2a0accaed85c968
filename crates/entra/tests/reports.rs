//! Errors from public reports, each with its source: the share that comes out right is the figure that is claimed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test; its figure is what is claimed"
)]

use handrail_entra::{Verdict, diagnose};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    report: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    from: String,
    cause: String,
    text: String,
}

const GUID: &str = "11111111-2222-4333-8444-555555555555";
const TRACE: &str = "Trace ID: aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee00 Correlation ID: 99999999-8888-4777-8666-555555555555 Timestamp: 2024-11-29 04:45:05Z";
const LINES: &str = r"\r\nTrace ID: aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee00\r\nCorrelation ID: 99999999-8888-4777-8666-555555555555\r\nTimestamp: 2024-11-29 04:45:05Z";

fn reports() -> Vec<Report> {
    let mut file: File = toml::from_str(include_str!("reports.toml")).map_err(|e| e.to_string()).unwrap();
    for report in &mut file.report {
        // A heading may say "DIRECTORY GUID": the word goes there as well, as people redact.
        report.text = report.text.replace("GUID", GUID).replace("TRACE", TRACE).replace("LINES", LINES);
    }
    file.report
}

#[test]
fn every_report_has_its_cause() {
    let all = reports();
    let mut wrong = Vec::new();
    for report in &all {
        let found = diagnose(&report.text);
        if found.code != report.cause {
            wrong.push(format!("{}: {}, not {}", report.from, found.code, report.cause));
        }
        assert!(!found.what.contains(['{', '}']) && !found.next.contains(['{', '}']), "{}", found.what);
    }
    let right = all.len() - wrong.len();
    println!("{right} of {} right: {:.1} %", all.len(), 100.0 * right as f64 / all.len() as f64);
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// The same text quoted, in one line, in capitals of a log, behind a prompt, with Windows line ends, or cut behind its number.
#[test]
fn wrapping_changes_nothing() {
    for report in reports() {
        let plain = diagnose(&report.text).code;
        let quoted = serde_json::to_string(&report.text).unwrap();
        for (how, text) in [
            ("quoted", quoted),
            ("in one line", report.text.replace('\n', " ")),
            ("with Windows line ends", report.text.replace('\n', "\r\n")),
            ("behind a time", format!("2026-11-22T07:00:00.123Z [error] {}", report.text)),
            ("as a block of code", format!("```\n{}\n```\nWhat does this mean?", report.text)),
        ] {
            assert_eq!(diagnose(&text).code, plain, "{}, {how}", report.from);
        }
    }
}

#[test]
fn nothing_bad_is_called_good() {
    for report in reports() {
        let found = diagnose(&report.text);
        let good = ["feed-enabled", "audit-on"].contains(&report.cause.as_str());
        assert!(good || found.verdict != Verdict::Passed, "{}: {}", report.from, found.code);
    }
}

/// A number that is asked about or may come, and what is only to be looked at or denied, is nobody's error.
#[test]
fn what_is_only_mentioned_is_no_failure() {
    for text in [
        "What does AADSTS7000215 mean?",
        "If you get AADSTS7000215, copy the Value again and not the Secret ID.",
        "Was bedeutet AADSTS7000215?",
        "Falls AADSTS7000222 kommt, neues Geheimnis anlegen.",
        "Que signifie AADSTS7000215 ?",
        "¿Qué significa AADSTS7000215?",
        "AADSTS7000215とは何ですか？",
        "The token came fine: no AADSTS7000215.",
        "Es ist nicht AADSTS7000222, Azure läuft.",
        "Le secret client n'a pas expiré (Entra).",
        "Vérifiez si le secret client a expiré dans Entra.",
        "Das Clientgeheimnis ist nicht abgelaufen, sagt Entra.",
        "Compruebe si el secreto de cliente ha caducado en Azure.",
        "Azure: クライアント シークレットの有効期限が切れていないか確認してください。",
        "Wenn die Anwendung nicht gefunden wird, in Azure nachsehen.",
        "The user has a valid Microsoft 365 license.",
        "All users have a valid license in Azure AD.",
        "The Entra tenant has granted consent.",
        "No permission is needed for this call of Microsoft Graph.",
        "Remove expired client secrets in Entra.",
        "No admin consent is required for User.Read in Microsoft Graph.",
        "GitLab: pipeline failed. Grant admin consent in the Azure portal.",
        "Step 4: grant admin consent in the Azure portal.",
    ] {
        let found = diagnose(text);
        assert_ne!(found.verdict, Verdict::Failed, "{text}: {}", found.code);
    }
}

/// What is missing is told, though beside it stands that it is needed, or what somebody wanted to delete.
#[test]
fn what_is_missing_is_found_beside_what_is_wanted() {
    for (text, cause) in [
        ("There is no admin consent for this app in Azure AD; consent is required.", "consent-missing"),
        ("Azure AD: no consent yet. Admin consent is needed for this application.", "consent-missing"),
        (
            "No permission granted in Azure: permissions are required to call Microsoft Graph (User.Read.All).",
            "api-permission",
        ),
        ("Microsoft Graph: You have no permission. Admin permission is required.", "api-permission"),
        ("Entra: Failed to delete user, expired client secret", "secret-expired"),
        ("Azure sync failed to remove stale devices with an expired client secret.", "secret-expired"),
    ] {
        assert_eq!(diagnose(text).code, cause, "{text}");
    }
}

/// What is wished for, quoted, denied or doubted, in five languages, is not what a program wrote.
#[test]
fn good_news_that_is_talked_about_is_none() {
    for text in [
        "| Code | Meaning |\n|---|---|\n| AADSTS7000215 | invalid secret |\n| AADSTS7000222 | expired |\n| AF20024 | The subscription is already enabled |",
        "AF20022 No subscription found\nAF20023 The subscription was disabled\nAF20024 The subscription is already enabled. No property change.",
        "Common answers: AF20024 means all is fine; AF10001 means that a permission is missing. Which do you get? We get nothing.",
        "If it works you will see: UnifiedAuditLogIngestionEnabled : True",
        "The output has to be UnifiedAuditLogIngestionEnabled : True but ours is UnifiedAuditLogIngestionEnabled : False",
        "UnifiedAuditLogIngestionEnabled : True (that was yesterday; today it is off)",
        "UnifiedAuditLogIngestionEnabled : True is what the other tenant shows, ours shows nothing",
        "UnifiedAuditLogIngestionEnabled : False\nexpected UnifiedAuditLogIngestionEnabled : True",
        "Es sollte UnifiedAuditLogIngestionEnabled : True dastehen, tut es aber nicht",
        "Il devrait y avoir UnifiedAuditLogIngestionEnabled : True mais ce n'est pas le cas",
        "Debería decir UnifiedAuditLogIngestionEnabled : True pero no lo dice",
        "UnifiedAuditLogIngestionEnabled : True と表示されるはずですが、表示されません",
        "Wenn die Ausgabe UnifiedAuditLogIngestionEnabled : True lautet, ist alles gut.",
        "Si la sortie est UnifiedAuditLogIngestionEnabled : True, tout va bien.",
        "Si la salida es UnifiedAuditLogIngestionEnabled : True, todo está bien.",
        "出力が UnifiedAuditLogIngestionEnabled : True なら問題ありません。",
        "Bitte prüfen, ob UnifiedAuditLogIngestionEnabled : True ist.",
        "Vérifiez que UnifiedAuditLogIngestionEnabled : True",
        "Compruebe que UnifiedAuditLogIngestionEnabled : True",
        "Nicht: UnifiedAuditLogIngestionEnabled : True",
        "kein UnifiedAuditLogIngestionEnabled : True zu sehen",
        "jamais UnifiedAuditLogIngestionEnabled : True",
        "nunca UnifiedAuditLogIngestionEnabled : True",
        r#"{"value":[{"contentType":"Audit.General","status":"enabled"}],"error":{"code":"AF10001"}}"#,
        r#"[{"contentType":"Audit.General","status":"enabled","webhook":{"status":"expired"}}]"#,
        r#"[{"contentType":"Audit.General","status":"Enabled "}]"#,
        r#"[{"contentType":"Audit.General"}]"#,
        r#"example: [{"contentType":"Audit.General","status":"enabled"}]"#,
        r#"{"error":{"code":"AF20024","message":"The subscription is already enabled. No property change."},"inner":{"code":"AF50000"}}"#,
        "AF20024 for Audit.Exchange. For Audit.General: 500",
        "AF20024: The subscription is already enabled.\nAber Audit.General geht nicht",
        "AF20024: The subscription is already enabled.\nmais Audit.General échoue",
        "AF20024: The subscription is already enabled.\npero Audit.General falla",
        "AF20024: The subscription is already enabled.\nしかし Audit.General は失敗します",
        "AF20024: The subscription is already enabled. Aber die Abfrage läuft in eine Zeitüberschreitung",
        "AF20024: The subscription is already enabled. No property change. Aber die Abfrage läuft in eine Zeitüberschreitung",
        "AF20024: The subscription is already enabled.\nAccès refusé",
        "AF20024: The subscription is already enabled.\nZugriff verweigert",
        "AF20024: The subscription is already enabled.\nAcceso denegado",
        "AF20024: The subscription is already enabled.\nアクセスが拒否されました",
        "AF20024: The subscription is already enabled.\nstatus 500",
        "AF20024: The subscription is already enabled.\n{\"error\":\"invalid_grant\"}",
        "Wir bekommen nirgends UnifiedAuditLogIngestionEnabled : True",
        "Assurez-vous que UnifiedAuditLogIngestionEnabled : True",
        "Asegúrese de que UnifiedAuditLogIngestionEnabled : True",
        "次のように表示されることを確認してください: UnifiedAuditLogIngestionEnabled : True",
        "Stellen Sie sicher, dass dort steht: UnifiedAuditLogIngestionEnabled : True",
        "Erwartet: UnifiedAuditLogIngestionEnabled : True",
        "Résultat attendu : UnifiedAuditLogIngestionEnabled : True",
        "Resultado esperado: UnifiedAuditLogIngestionEnabled : True",
        "期待される結果: UnifiedAuditLogIngestionEnabled : True",
        "Soll: UnifiedAuditLogIngestionEnabled : True\nIst: leer",
        "Beispiel: UnifiedAuditLogIngestionEnabled : True",
        "Par exemple : UnifiedAuditLogIngestionEnabled : True",
        "Por ejemplo: UnifiedAuditLogIngestionEnabled : True",
        "Bis UnifiedAuditLogIngestionEnabled : True erscheint, kann es 60 Minuten dauern.",
        "UnifiedAuditLogIngestionEnabled : True?",
        "UnifiedAuditLogIngestionEnabled : True -> False",
        "UnifiedAuditLogIngestionEnabled : True => changed to False",
        "UnifiedAuditLogIngestionEnabled : True, says the docs",
        "UnifiedAuditLogIngestionEnabled : True / False",
        "UnifiedAuditLogIngestionEnabled : True\nUnifiedAuditLogIngestionEnabled : False",
        "UnifiedAuditLogIngestionEnabled : False\nUnifiedAuditLogIngestionEnabled : True",
        "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled: True",
        "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled:True",
        "AF20024: The subscription is already enabled.\nAudit.General: Zugriff wurde verwehrt",
        "AF20024: The subscription is already enabled.\nAudit.General : accès interdit",
        "AF20024: The subscription is already enabled.\nAudit.General: acceso prohibido",
        "AF20024: The subscription is already enabled.\nAudit.General: 許可されていません",
        "AF20024: The subscription is already enabled.\nno content arrives since Monday",
        "AF20024: The subscription is already enabled.\nIt stopped working anyway",
        r#"{"responses":[{"id":"1","status":200},{"id":"2","status":403,"body":"AF20024: The subscription is already enabled."}]}"#,
        "[{\"contentType\":\"Audit.General\",\"status\":\"enabled\"}]\nThen 500",
        r#"{"contentType":"Audit.General","status":"enabled"}"#,
        "UnifiedAuditLogIngestionEnabled : True...",
        "UnifiedAuditLogIngestionEnabled : True 1 of 2 tenants",
        "# UnifiedAuditLogIngestionEnabled : True",
        "'The subscription is already enabled' n'apparaît pas",
        "「The subscription is already enabled」とは表示されない",
        "Selon la doc, il faut UnifiedAuditLogIngestionEnabled : True",
        "マニュアルでは UnifiedAuditLogIngestionEnabled : True",
        "AF20024: The subscription is already enabled. Danach: Zeitüberschreitung",
        "AF20024: The subscription is already enabled. Then: 500",
        "AF20024: The subscription is already enabled. Ensuite : délai dépassé",
        "AF20024: The subscription is already enabled. Luego: tiempo agotado",
    ] {
        assert_ne!(diagnose(text).verdict, Verdict::Passed, "{text}");
    }
}

/// The good news that a program wrote is found, however it is pasted.
#[test]
fn good_news_that_was_written_is_found() {
    for text in [
        "PS C:\\> Get-AdminAuditLogConfig | fl UnifiedAuditLogIngestionEnabled\n\nUnifiedAuditLogIngestionEnabled : True\n\nPS C:\\>",
        "AdminAuditLogEnabled : True UnifiedAuditLogIngestionEnabled : True UnifiedAuditLogFirstOptInDate : 1/1/2024",
        r#"{"UnifiedAuditLogIngestionEnabled":true,"AdminAuditLogEnabled":true}"#,
        "Hallo, hier die Ausgabe:\nUnifiedAuditLogIngestionEnabled : True\nViele Grüße",
        "出力です。\nUnifiedAuditLogIngestionEnabled : True\nよろしくお願いします。",
        "**UnifiedAuditLogIngestionEnabled : True**",
        "2026-01-01 [info] UnifiedAuditLogIngestionEnabled : True",
        "- UnifiedAuditLogIngestionEnabled : True",
    ] {
        assert_eq!(diagnose(text).code, "audit-on", "{text}");
    }
}

/// The number with Microsoft's own sentence behind it goes before one that is only mentioned.
#[test]
fn a_number_that_is_mentioned_gives_way_to_one_that_is_said() {
    for (text, cause) in [
        ("I get an error like AADSTS7000215 in the log of the connector", "secret-wrong"),
        (
            "If you get AADSTS7000215, copy it again. We get AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "AADSTS65001: The user or administrator has not consented. If you get AADSTS7000215 instead, the secret is wrong.",
            "consent-missing",
        ),
        (
            "It is not AADSTS7000215 this time. The log says: AADSTS7000222: The provided client secret keys for app 'x' are expired.",
            "secret-expired",
        ),
        (
            "We used to get AADSTS700016 last week, that is fixed. Now: AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        ("Not AADSTS7000222 (expired), but AADSTS7000215: Invalid client secret provided.", "secret-wrong"),
        (
            "Früher kam AADSTS700016, das ist behoben. Jetzt kommt AADSTS7000222: Die angegebenen geheimen Clientschlüssel sind abgelaufen.",
            "secret-expired",
        ),
        (
            "Ce n'est plus AADSTS700016 ; maintenant : AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "Ya no es AADSTS7000215. Ahora: AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "AADSTS7000215ではありません。現在のエラー: AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "AADSTS65001: The user or administrator has not consented. (Related codes: AADSTS7000215 invalid secret, AADSTS7000222 expired secret.)",
            "consent-missing",
        ),
        (
            "Previously AADSTS7000222. Now:\nAADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
            "app-not-found",
        ),
        (
            r#"https://login.microsoftonline.com/error?code=7000222 was shown once. Today {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}"#,
            "secret-wrong",
        ),
        (
            r#"{"error":"invalid_grant","error_description":"AADSTS65001: The user or administrator has not consented to use the application.","error_codes":[65001]} (AADSTS7000222 was last year)"#,
            "consent-missing",
        ),
        ("AADSTS90002: Tenant 'x' not found. Unlike AADSTS700016, this is the tenant.", "tenant-unknown"),
        (
            "Statt AADSTS7000215 nun AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "Au lieu de AADSTS7000215 : AADSTS7000222: The provided client secret keys are expired.",
            "secret-expired",
        ),
        (
            "AADSTS53003: Access has been blocked by Conditional Access policies. We fixed AADSTS7000222 before.",
            "blocked-by-policy",
        ),
    ] {
        assert_eq!(diagnose(text).code, cause, "{text}");
    }
}

/// What is fine says nothing of what failed beside it.
#[test]
fn good_news_beside_a_failure_is_none() {
    let good = [
        "UnifiedAuditLogIngestionEnabled : True",
        "AF20024: The subscription is already enabled. No property change.",
    ];
    let failures = [
        "403 Forbidden",
        "401 Unauthorized",
        "Authorization has been denied for this request.",
        "Audit.Exchange: Access denied",
        "AF10001: The permission set sent in the request did not include the expected permission.",
        "AADSTS7000222: The provided client secret keys are expired.",
        "The provided client secret keys are expired.",
        "status code: 503",
        r#"{"error":"invalid_client"}"#,
    ];
    for text in good {
        assert_eq!(diagnose(text).verdict, Verdict::Passed, "{text}");
        for failure in failures {
            for both in [format!("{text}\n{failure}"), format!("{failure}\n{text}")] {
                assert_ne!(diagnose(&both).verdict, Verdict::Passed, "{both}");
            }
        }
    }
    let lists = [
        ("[]", "unknown"),
        (r#"[{"contentType":"Audit.General","status":"enabled","webhook":null}]"#, "subscriptions-listed"),
        (
            r#"[{"contentType":"Audit.General","status":"enabled"},{"contentType":"DLP.All","status":"disabled"}]"#,
            "feed-not-subscribed",
        ),
        (r#"[{"contentType":"Audit.General","error":{"message":"no"}}]"#, "unknown"),
        (r#"[{"contentType":"image/png","status":"enabled"}]"#, "unknown"),
        (r#"[{"contentType":"","status":"enabled"}]"#, "unknown"),
        (
            r#"[{"contentType":"DLP.All","status":"enabled","webhook":{"status":"disabled","address":"https://a.example"}}]"#,
            "feed-webhook",
        ),
    ];
    for (text, cause) in lists {
        assert_eq!(diagnose(text).code, cause, "{text}");
    }
}

/// A failure behind good news takes it back; one before it may be how a program announces that very answer.
#[test]
fn what_fails_later_takes_good_news_back() {
    let good = "The subscription is already enabled. No property change.";
    assert_eq!(diagnose(&format!("Starting failed (400): {good}")).verdict, Verdict::Passed);
    for failure in ["ERROR: listing content failed", "Could not collect Audit.Exchange: invalid response"] {
        assert_ne!(diagnose(&format!("{good}\n{failure}")).verdict, Verdict::Passed, "{failure}");
    }
}

/// What somebody wants to see, has not seen, or may be one or the other, was not seen.
#[test]
fn a_wish_is_no_news() {
    let goods = [
        "UnifiedAuditLogIngestionEnabled : True",
        "AF20024: The subscription is already enabled.",
        r#"{"error":{"code":"AF20024","message":"The subscription is already enabled. No property change."}}"#,
    ];
    for good in goods {
        assert_eq!(diagnose(good).verdict, Verdict::Passed, "{good}");
        for text in [
            format!("Expected: {good}"),
            format!("Make sure that the output is {good}"),
            format!("If you see {good}, go on."),
            format!("We never got {good}"),
            format!("Instead of {good} we get an empty answer"),
            format!("{good}\nThe token cannot be used"),
            format!("{good}\nUnable to start Audit.Exchange"),
            format!("{good}\nThe credential does not work any more"),
            format!("The request was rejected\n{good}"),
        ] {
            assert_ne!(diagnose(&text).verdict, Verdict::Passed, "{text}");
        }
    }
    for end in ["/False", " or False", "|False", "?", "x"] {
        let text = format!("UnifiedAuditLogIngestionEnabled : True{end}");
        assert_ne!(diagnose(&text).verdict, Verdict::Passed, "{text}");
    }
}

#[derive(Deserialize)]
struct Unrelated {
    texts: Vec<String>,
}

/// Nothing is said to be wrong, or right, by what other programs and services print.
#[test]
fn what_is_not_microsofts_says_nothing() {
    let file: Unrelated = toml::from_str(include_str!("unrelated.toml")).map_err(|e| e.to_string()).unwrap();
    assert!(file.texts.len() > 130, "{}", file.texts.len());
    for text in file.texts {
        let found = diagnose(&text);
        assert_eq!(found.verdict, Verdict::CouldNotTell, "{text}: {}", found.code);
    }
}

#[test]
fn an_answer_without_a_token_is_none() {
    for (answer, cause) in [
        (r#"{"token_type":"Bearer","expires_in":3599,"access_token":""}"#, "token-missing"),
        (r#"{"token_type":"Bearer","expires_in":3599,"access_token":null}"#, "token-missing"),
        (
            r#"{"error":"invalid_client","access_token":"eyJ0.e30.c2ln","token_type":"Bearer","expires_in":1}"#,
            "by-invalid-client",
        ),
        (r#"{"access_token":"eyJ0.e30.c2ln","token_type":"Bearer","expires_in":3599}"#, "token-pasted"),
    ] {
        assert_eq!(diagnose(answer).code, cause, "{answer}");
    }
}
