//! Errors as people paste them, each with the cause that has to come out.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use handrail_entra::{Verdict, diagnose};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    cause: String,
    numbers: Vec<u32>,
    text: String,
    /// The order of the numbers does not matter.
    #[serde(default)]
    any: bool,
}

fn cases() -> Vec<Case> {
    toml::from_str::<File>(include_str!("errors.toml")).map_err(|e| e.message().to_owned()).unwrap().case
}

#[test]
fn every_cause_is_found() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = diagnose(&case.text);
        let numbers = if case.any {
            case.numbers.iter().all(|n| found.aadsts.contains(n))
        } else {
            found.aadsts == case.numbers
        };
        if found.code != case.cause || !numbers {
            wrong.push(format!(
                "{} {:?}, not {} {:?}: {}",
                found.code, found.aadsts, case.cause, case.numbers, case.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases().len(), wrong.join("\n"));
}

/// What arrives is often cut in the middle, quoted once more, or put into one line.
#[test]
fn a_cut_or_wrapped_text_never_says_something_good() {
    for case in cases() {
        let whole = diagnose(&case.text);
        for share in 1..8 {
            let end =
                case.text.char_indices().nth(case.text.chars().count() * share / 8).map_or(0, |(at, _)| at);
            let cut = diagnose(case.text.get(..end).unwrap());
            assert!(cut.verdict != Verdict::Passed || whole.verdict == Verdict::Passed, "{}", case.text);
        }
        let quoted = serde_json::to_string(&case.text).unwrap();
        let again = diagnose(&quoted);
        if !["token-pasted", "empty"].contains(&whole.code) {
            assert_eq!(again.code, whole.code, "{quoted}");
        }
    }
}

/// Codes of Graph, Azure Storage, Azure Resource Manager and Exchange, as their lists have them; a program's own say nothing.
#[test]
fn a_code_that_stands_alone_has_its_cause() {
    let wrong: Vec<String> = [
        ("ErrorImpersonationDenied", "api-permission"),
        ("ErrorCreateItemAccessDenied", "api-permission"),
        ("ErrorPermissionNotAllowedByPolicy", "resource-state"),
        ("ErrorInvalidPermissionSettings", "by-invalid-request"),
        ("ErrorInsufficientResources", "service-failure"),
        ("ErrorExceededConnectionCount", "throttled"),
        ("ErrorSubmissionQuotaExceeded", "quota"),
        ("ErrorAccountDisabled", "user-disabled"),
        ("ErrorPasswordExpired", "user-password-expired"),
        ("ErrorOrganizationAccessBlocked", "tenant-gone"),
        ("ErrorNameResolutionNoMailbox", "licence-missing"),
        ("ErrorMailboxLogonFailed", "mailbox-refused"),
        ("ErrorFolderNotFound", "not-found"),
        ("ErrorInvalidUserPrincipalName", "by-invalid-request"),
        ("ErrorInvalidSerializedAccessToken", "token-bad"),
        ("lockMismatch", "resource-state"),
        ("accessRestricted", "denied"),
        ("maxFileSizeExceeded", "by-invalid-request"),
        ("AuthorizationSourceIPMismatch", "denied"),
        ("OperationTimedOut", "service-failure"),
        ("InvalidHeaderValue", "by-invalid-request"),
        ("ContainerAlreadyExists", "resource-state"),
        ("ResourceQuotaExceeded", "quota"),
        ("InvalidTemplate", "by-invalid-request"),
        ("InvalidClientSecret", "by-invalid-client"),
        ("ERR_BAD_REQUEST", "unknown"),
        ("ERR_INVALID_URL", "unknown"),
    ]
    .into_iter()
    .filter_map(|(code, cause)| {
        let found = diagnose(&format!(r#"{{"error":{{"code":"{code}","message":"Azure says so."}}}}"#)).code;
        (found != cause).then(|| format!("{code}: {found}, not {cause}"))
    })
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_of_the_text_goes_on() {
    let canary = "canary8Q~canarycanary";
    for case in cases() {
        let text = format!("{canary} {} {canary}", case.text);
        assert!(!format!("{:?}", diagnose(&text)).contains(canary), "{text}");
    }
}

#[test]
fn ids_and_page_are_read() {
    let found = diagnose(&cases()[0].text);
    assert_eq!(found.correlation_id.as_deref(), Some("99999999-8888-4777-8666-555555555555"));
    assert_eq!(found.trace_id.as_deref(), Some("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee00"));
    assert_eq!(found.page.as_deref(), Some("https://login.microsoftonline.com/error?code=7000215"));
    let unknown = diagnose(&cases()[3].text);
    assert!(unknown.what.contains("11111111-2222-4333-8444-555555555555"), "{}", unknown.what);
}
