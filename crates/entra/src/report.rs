//! The report: what was checked, what came of it, and whose move it is. This is what travels as JSON.

use serde::{Deserialize, Serialize};
use vecmap::VecMap;

/// What a check, or the whole report, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Seen to be right.
    Passed,
    /// Seen to be wrong.
    Failed,
    /// Not right yet, and the recorded change is recent enough that it may become so.
    Pending,
    /// No evidence either way.
    CouldNotTell,
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The admin who follows the guide.
    Admin,
    /// The vendor who asked for the integration.
    Vendor,
    /// Microsoft.
    Microsoft,
    /// Nobody: there is nothing to do, or only to wait.
    Nobody,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Check {
    /// What was looked at, e.g. `format.client-id`, `token.office-365-management`.
    pub id: String,
    /// What it is about: key into the guide's map of steps that mend.
    pub topic: String,
    /// The outcome.
    pub verdict: Verdict,
    /// Stable code of the outcome.
    pub code: String,
    /// What was found.
    pub what: String,
    /// What to do now; empty when there is nothing to do.
    pub next: String,
    /// What these words put in, for those who say them in another language: values, and names of what has words of its
    /// own (`label`, `cloud`, `reads`, `finding`, `notes`).
    #[serde(default, skip_serializing_if = "VecMap::is_empty")]
    pub with: VecMap<String, String>,
    /// Whose move it is.
    pub who: Who,
    /// The plan's step that mends it.
    pub step: Option<String>,
    /// Microsoft's error number.
    pub aadsts: Option<u32>,
    /// Microsoft's correlation id of the answer.
    pub correlation_id: Option<String>,
    /// Microsoft's trace id of the answer.
    pub trace_id: Option<String>,
    /// When, in UTC.
    pub at: String,
}

/// A permission that should be there and is not, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Missing {
    /// Name of the API, as the portal shows it.
    pub resource: String,
    /// Name of the permission.
    pub role: String,
}

/// Something this check did not look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Unseen {
    /// Stable code.
    pub code: String,
    /// What its words put in.
    #[serde(default, skip_serializing_if = "VecMap::is_empty")]
    pub with: VecMap<String, String>,
}

/// How the customer finds exactly these sign-ins in their own logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ask {
    /// Where to run it.
    pub place: String,
    /// The query.
    pub query: String,
}

/// The answer of the verifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Version of this format; 1 today.
    pub format: u32,
    /// The guide whose requirements were checked.
    pub guide: String,
    /// The outcome of all checks together.
    pub verdict: Verdict,
    /// Seconds after which to ask again, when the verdict is *pending* or Microsoft asked for patience.
    pub retry_after: Option<u32>,
    /// When the report was made, in UTC.
    pub time: String,
    /// The cloud the directory is in, once known.
    pub cloud: Option<String>,
    /// The directory, once known.
    pub tenant: Option<String>,
    /// The checks, in the order they were made.
    pub checks: Vec<Check>,
    /// Permissions the app has and the guide does not ask for.
    pub surplus: Vec<Missing>,
    /// Permissions the guide asks for and the app does not have.
    pub missing: Vec<Missing>,
    /// What nobody looked at, in words: what the guide says, then what this check left out.
    pub not_checked: Vec<String>,
    /// What this check left out, by code: the last of `not_checked` for those who say them in another language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<Unseen>,
    /// How to find these sign-ins in the customer's logs; absent when there was none.
    pub ask: Option<Ask>,
}

impl Report {
    /// The first check that is not *passed*: what to show first.
    #[must_use]
    pub fn first_problem(&self) -> Option<&Check> {
        let by = |v| self.checks.iter().find(move |c| c.verdict == v);
        by(Verdict::Failed).or_else(|| by(Verdict::Pending)).or_else(|| by(Verdict::CouldNotTell))
    }
}

/// All checks together: a failure outweighs a wait, a wait outweighs not knowing, and nothing at all is not knowing.
pub(crate) fn overall(checks: &[Check]) -> Verdict {
    let any = |v| checks.iter().any(|c| c.verdict == v);
    if any(Verdict::Failed) {
        Verdict::Failed
    } else if any(Verdict::Pending) {
        Verdict::Pending
    } else if any(Verdict::CouldNotTell) || checks.is_empty() {
        Verdict::CouldNotTell
    } else {
        Verdict::Passed
    }
}
