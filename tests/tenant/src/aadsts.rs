//! Error bodies of the token endpoint and of OpenID discovery, shaped like Microsoft's.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::http::{Ask, Reply, json as reply};
use crate::state::new_id;

/// An error of Microsoft Entra.
#[derive(Debug)]
pub struct Aadsts {
    /// AADSTS number.
    pub code: u32,
    /// The protocol's `error`.
    pub error: &'static str,
    /// The words after `AADSTS<code>: `.
    pub text: String,
}

impl Aadsts {
    /// An error with its words.
    #[must_use]
    pub fn new(code: u32, error: &'static str, text: impl Into<String>) -> Self {
        Self { code, error, text: text.into() }
    }

    /// HTTP status: 401 for a client that could not prove itself, 503 for the service, else 400.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self.error {
            "invalid_client" => 401,
            "temporarily_unavailable" => 503,
            "server_error" => 500,
            _ => 400,
        }
    }

    /// The reply, with fresh trace and correlation ids (or the client's own correlation id).
    #[must_use]
    pub fn reply(&self, ask: &Ask) -> Reply {
        let asked = ask.header("client-request-id");
        let correlation = if asked.is_empty() { new_id() } else { asked.to_owned() };
        let (trace, time) = (new_id(), stamp());
        let mut body = Map::new();
        body.insert("error".into(), json!(self.error));
        body.insert(
            "error_description".into(),
            json!(format!(
                "AADSTS{}: {}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}",
                self.code, self.text
            )),
        );
        body.insert("error_codes".into(), json!([self.code]));
        body.insert("timestamp".into(), json!(time));
        body.insert("trace_id".into(), json!(trace));
        body.insert("correlation_id".into(), json!(correlation));
        if LOOKED_UP.contains(&self.code) {
            let uri = format!("https://login.microsoftonline.com/error?code={}", self.code);
            body.insert("error_uri".into(), json!(uri));
        }
        if self.code == 53003 {
            body.insert("suberror".into(), json!("message_only"));
            let claims = json!({"access_token": {"capolids": {"essential": true, "values": [new_id()]}}});
            body.insert("claims".into(), json!(claims.to_string()));
        }
        let mut answer = reply(self.status(), &Value::Object(body));
        for (name, value) in [
            ("x-ms-request-id", trace.as_str()),
            ("client-request-id", correlation.as_str()),
            ("x-ms-srs", "1.P"),
        ] {
            if let Ok(value) = value.parse() {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}

/// Codes whose bodies carry an `error_uri`.
const LOOKED_UP: &[u32] = &[90002, 900144, 9002313, 700016, 7000215, 7000222, 7000112, 500011, 53003, 70011];

/// Microsoft's time stamp: a blank in place of the `T`.
fn stamp() -> String {
    Timestamp::now().strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// The tenant in the address is neither a GUID nor a domain.
#[must_use]
pub fn not_a_tenant_name(name: &str) -> Aadsts {
    let text = format!(
        "Specified tenant identifier '{name}' is neither a valid DNS name, nor a valid external domain."
    );
    Aadsts::new(900_023, "invalid_request", text)
}

/// No such tenant.
#[must_use]
pub fn no_such_tenant(name: &str, error: &'static str) -> Aadsts {
    let text = format!(
        "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are signing into the \
         correct cloud. Check with your subscription administrator, this may happen if there are no active \
         subscriptions for the tenant."
    );
    Aadsts::new(90002, error, text)
}

/// An AADSTS number a test asked for, with the words Microsoft uses.
#[must_use]
pub fn asked_for(code: u32) -> Aadsts {
    let (error, text) = match code {
        53003 => (
            "interaction_required",
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        ),
        90033 => ("temporarily_unavailable", "A transient error has occurred. Please try again."),
        90036 => (
            "server_error",
            "An unexpected, non-retryable error stemming from the directory service has occurred.",
        ),
        50196 => (
            "invalid_grant",
            "The server terminated an operation because it encountered a client request loop.",
        ),
        90055 => ("invalid_request", "There are too many incoming requests."),
        7_000_222 => ("invalid_client", "The provided client secret keys are expired."),
        7_000_112 => ("unauthorized_client", "Application is disabled."),
        500_014 => ("invalid_resource", "The service principal for resource is disabled."),
        501_051 => ("invalid_grant", "Application is not assigned to a role for the application."),
        65001 => ("invalid_grant", "The user or administrator has not consented to use the application."),
        5_000_224 => ("invalid_request", "We are sorry, this resource is not available."),
        _ => ("invalid_request", "The request could not be processed."),
    };
    Aadsts::new(code, error, text)
}
