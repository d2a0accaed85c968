//! Reads what Microsoft's endpoints answer, tolerant of every shape that was seen and trusting none of it.
//!
//! Nothing of an answer's words goes on: numbers, and ids that are GUIDs, are all that is taken.

use handrail_credential::guid;
use serde_json::Value;

use crate::codes::{self, AF, CHECK_PHRASES};
use crate::members::Members;
use crate::request::Answer;

/// What an answer that is no success comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) reason: &'static str,
    pub(crate) aadsts: Option<u32>,
    pub(crate) retry_after: Option<u32>,
}

impl Problem {
    /// A reason alone, without a number of Microsoft's.
    pub(crate) const fn of(reason: &'static str) -> Self {
        Self { reason, aadsts: None, retry_after: None }
    }
}

/// Microsoft's ids of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) correlation: Option<String>,
    pub(crate) trace: Option<String>,
}

/// An answer in three parts: what it says on success, or the problem; and its ids.
pub(crate) struct Parsed {
    pub(crate) outcome: Result<Value, Problem>,
    pub(crate) trace: Trace,
}

/// Longest wait that is believed; a server that asks for more is asked again sooner.
const MAX_RETRY_AFTER: u32 = 300;

/// Reads an answer of the token or discovery endpoint.
pub(crate) fn login(answer: &Answer) -> Parsed {
    let members = |text: &str| serde_json::from_str(text).ok().map(|Members(members)| Value::Object(members));
    read(answer, |text| members(text).or_else(|| whole(text)), |_, json, text| login_problem(json, text))
}

/// Reads an answer of the Management API.
pub(crate) fn management(answer: &Answer) -> Parsed {
    read(answer, whole, management_problem)
}

/// Reads an answer of Microsoft Graph.
pub(crate) fn graph(answer: &Answer) -> Parsed {
    read(answer, whole, |_, json, text| graph_problem(json, text))
}

fn whole(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn read(
    answer: &Answer,
    json: impl Fn(&str) -> Option<Value>,
    judge: impl Fn(u16, Option<&Value>, &str) -> Problem,
) -> Parsed {
    let Answer::Response { status, body, .. } = answer else {
        return Parsed { outcome: Err(Problem::of("unreachable")), trace: Trace::default() };
    };
    // EXPOSE: read here; only numbers and GUIDs leave this function, or on success the parsed JSON to the verifier.
    let text = body.expose().trim_start_matches('\u{feff}');
    let json = json(text);
    let trace = trace_of(answer, json.as_ref(), text);
    let outcome = match (status, json) {
        (200, Some(value)) => Ok(value),
        (200, None) => Err(Problem::of("not-microsoft")),
        (429, _) => {
            Err(Problem { retry_after: Some(retry_after(answer).unwrap_or(60)), ..Problem::of("throttled") })
        }
        (300..=399, _) => Err(Problem::of("redirected")),
        (status, json) => {
            let mut found = judge(*status, json.as_ref(), text);
            if found.reason == "unknown" && *status >= 500 {
                found.reason = "service-failure";
            } else if found.reason == "unknown" && found.aadsts.is_none() && json.is_none() {
                found.reason = "not-microsoft";
            }
            found.retry_after = retry_after(answer).or(match found.reason {
                "throttled" | "service-failure" => Some(60),
                _ => None,
            });
            Err(found)
        }
    };
    Parsed { outcome, trace }
}

fn retry_after(answer: &Answer) -> Option<u32> {
    answer.header("retry-after")?.trim().parse::<u32>().ok().map(|s| s.clamp(1, MAX_RETRY_AFTER))
}

fn login_problem(json: Option<&Value>, text: &str) -> Problem {
    let description = json.and_then(|j| j.get("error_description")).and_then(Value::as_str).unwrap_or(text);
    let mut numbers = json.and_then(|j| j.get("error_codes")).map(numbers_in).unwrap_or_default();
    numbers.extend(after_mark(description, "AADSTS"));
    let known = numbers.iter().copied().find(|n| codes::aadsts(*n).is_some());
    let lower = description.to_lowercase();
    let phrase = || CHECK_PHRASES.iter().find(|(p, _)| lower.contains(p)).map(|(_, n)| *n);
    let number =
        known.or_else(|| phrase().filter(|_| numbers.is_empty())).or_else(|| numbers.first().copied());
    let reason = number.and_then(codes::aadsts).unwrap_or_else(|| by_error(json));
    Problem { reason, aadsts: number, retry_after: None }
}

/// Without a known number only `temporarily_unavailable` and `server_error` say something safe.
fn by_error(json: Option<&Value>) -> &'static str {
    match json.and_then(|j| j.get("error")).and_then(Value::as_str) {
        Some("temporarily_unavailable" | "server_error") => "service-failure",
        _ => "unknown",
    }
}

/// What makes a pass must be Microsoft's own answer, field by field; what makes a problem may stand anywhere in it.
fn management_problem(status: u16, json: Option<&Value>, text: &str) -> Problem {
    let code = json.and_then(|j| j.pointer("/error/code")).and_then(Value::as_str);
    let holds = |row: &codes::Code<&str>| match row.reason {
        "subscriptions-listed" => status == 400 && code == Some(row.code),
        _ => text.contains(row.code),
    };
    let lower = text.to_lowercase();
    if lower.contains("dataserviceexception") && lower.contains("does not exist") {
        return Problem::of("audit-off");
    }
    let found = AF.iter().find(|c| holds(c)).map(|c| c.reason);
    let refused = lower.contains("authorization has been denied");
    Problem::of(found.unwrap_or(if refused { "probe-refused" } else { "unknown" }))
}

/// Graph's `error.code`, and the reason of a probe that each stands for (Microsoft Graph: error responses; seen in answers).
const GRAPH_CODES: &[(&str, &str)] = &[
    ("Authentication_RequestFromNonPremiumTenantOrB2CTenant", "probe-licence"),
    ("Authorization_RequestDenied", "probe-permission"),
    ("Authorization_Denied", "probe-permission"),
    ("AccessDenied", "probe-permission"),
    ("accessDenied", "probe-permission"),
    ("Forbidden", "probe-permission"),
    ("InvalidAuthenticationToken", "probe-refused"),
    ("unauthenticated", "probe-refused"),
    ("Unauthorized", "probe-refused"),
    ("TooManyRequests", "throttled"),
    ("activityLimitReached", "throttled"),
    ("ServiceUnavailable", "service-failure"),
    ("serviceNotAvailable", "service-failure"),
    ("InternalServerError", "service-failure"),
    ("generalException", "service-failure"),
];

/// What Graph says in words where a plan or a service is missing: a licence and a permission look alike but for that.
const LICENCE_WORDS: &[&str] = &[
    "premium license",
    "premium licence",
    "does not have a spo license",
    "not licensed",
    "is not provisioned",
];

/// Graph says in `error.code` why it does not answer.
fn graph_problem(json: Option<&Value>, text: &str) -> Problem {
    let code = json.and_then(|j| j.pointer("/error/code")).and_then(Value::as_str).unwrap_or_default();
    let lower = text.to_lowercase();
    if LICENCE_WORDS.iter().any(|words| lower.contains(words)) {
        return Problem::of("probe-licence");
    }
    let known = GRAPH_CODES.iter().find(|(name, _)| *name == code).map(|(_, reason)| *reason);
    let unpermitted = || lower.contains("either scp or roles claim").then_some("probe-permission");
    Problem::of(match known {
        Some(reason @ ("probe-licence" | "probe-permission")) => reason,
        _ => unpermitted().or(known).unwrap_or("unknown"),
    })
}

/// `[7000215]`, `["7000215"]`, `"[7000215]"` or a bare number: all were seen.
pub(crate) fn numbers_in(value: &Value) -> Vec<u32> {
    match value {
        Value::Number(n) => n.as_u64().and_then(|n| u32::try_from(n).ok()).into_iter().collect(),
        Value::String(s) => s.split(|c: char| !c.is_ascii_digit()).filter_map(|d| d.parse().ok()).collect(),
        Value::Array(all) => all.iter().flat_map(numbers_in).collect(),
        _ => Vec::new(),
    }
}

/// The numbers that follow a mark in a text, in order.
fn after_mark(text: &str, mark: &str) -> Vec<u32> {
    text.split(mark)
        .skip(1)
        .filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).take(10).collect();
            digits.parse().ok()
        })
        .collect()
}

fn trace_of(answer: &Answer, json: Option<&Value>, text: &str) -> Trace {
    let field = |name: &str| json.and_then(|j| j.get(name)).and_then(Value::as_str).and_then(guid);
    let succeeded = matches!(answer, Answer::Response { status: 200, .. });
    let label = |name: &str| {
        // Only errors say it in a sentence; the long text of a token is not searched for one.
        let (_, rest) = if succeeded { None } else { text.split_once(name) }?;
        let word: String = rest.trim_start().chars().take(36).collect();
        guid(&word)
    };
    Trace {
        correlation: field("correlation_id")
            .or_else(|| label("Correlation ID:"))
            .or_else(|| answer.header("client-request-id").and_then(guid)),
        trace: field("trace_id")
            .or_else(|| label("Trace ID:"))
            .or_else(|| answer.header("x-ms-request-id").and_then(guid)),
    }
}

/// What a discovery document says about a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) id: String,
    pub(crate) cloud: Option<crate::cloud::Cloud>,
}

/// Reads a discovery document; `None` when it names no directory.
pub(crate) fn directory(document: &Value) -> Option<Directory> {
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let id = ["issuer", "token_endpoint"].iter().find_map(|name| {
        text(name).and_then(|url| url.split('/').filter(|part| part.len() == 36).find_map(guid))
    })?;
    let cloud = crate::cloud::Cloud::told_by(
        text("cloud_instance_name"),
        text("tenant_region_scope"),
        text("tenant_region_sub_scope"),
    );
    Some(Directory { id, cloud })
}
