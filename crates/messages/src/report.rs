//! The checking service's answer, as it is stored and shown. Unknown fields are ignored, missing ones are empty.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What was found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Proved.
    Passed,
    /// Proved wrong.
    Failed,
    /// Not yet; it may come right by itself.
    Pending,
    /// Not found out. Also whatever a newer service may say: what is not recognised is never a pass.
    #[default]
    #[serde(other)]
    CouldNotTell,
}

impl Verdict {
    /// The name on the wire, also used for styling.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::CouldNotTell => "could-not-tell",
        }
    }
}

/// One check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Check {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// What was found.
    pub verdict: Verdict,
    /// Stable code of the reason.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub next: String,
    /// What the words put in, by name; nothing from a service that does not tell.
    pub with: Option<Json>,
    /// Whose move it is.
    pub who: String,
    /// Step that mends it.
    pub step: Option<String>,
    /// Microsoft's error number.
    pub aadsts: Option<u64>,
    /// Microsoft's correlation id.
    pub correlation_id: Option<String>,
    /// Microsoft's trace id.
    pub trace_id: Option<String>,
    /// When.
    pub at: Option<String>,
}

/// The whole answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Report {
    /// Format number.
    pub format: u32,
    /// The guide it was asked for.
    pub guide: String,
    /// The verdict over all checks.
    pub verdict: Verdict,
    /// Seconds to wait before asking again.
    pub retry_after: Option<f64>,
    /// When.
    pub time: String,
    /// The checks.
    pub checks: Vec<Check>,
    /// Permissions beyond what is required.
    pub surplus: Vec<Json>,
    /// Permissions that are required and not there.
    pub missing: Vec<Json>,
    /// What was not looked at.
    pub not_checked: Vec<Json>,
    /// The last of them by code and what their words put in.
    pub unseen: Vec<Json>,
    /// A ready query for the customer's own sign-in logs, or the like.
    pub ask: Option<Json>,
    /// The same, signed by the service: where the check was made under a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
}

/// Why there is no report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(default)]
pub struct Refusal {
    /// Stable code.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub next: String,
}

/// An error answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(default)]
pub struct ErrorAnswer {
    /// What went wrong.
    pub error: Refusal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_verdict_is_never_a_pass() {
        let report: Report =
            serde_json::from_str(r#"{"verdict":"splendid","checks":[{"id":"x","verdict":"passed"}]}"#)
                .unwrap();
        assert_eq!(report.verdict, Verdict::CouldNotTell);
        assert_eq!(report.checks[0].verdict, Verdict::Passed);
        assert_eq!(serde_json::from_str::<Report>("{}").unwrap().verdict, Verdict::CouldNotTell);
    }
}
