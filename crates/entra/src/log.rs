//! Collects what the checks say and makes the report of it.

use std::mem;

use handrail_guide::plan::Requirements;
use jiff::Timestamp;

use crate::answer::Trace;
use crate::reasons::{fill, reason};
use crate::report::{Ask, Check, Missing, Report, Verdict, Who, overall};

/// One thing to say: a reason's code and what its places are filled with.
#[derive(Default)]
pub(crate) struct Say<'a> {
    pub(crate) id: String,
    pub(crate) code: &'a str,
    /// Another verdict than the reason's own.
    pub(crate) verdict: Option<Verdict>,
    /// Another topic than the reason's own: the id of a value.
    pub(crate) topic: Option<&'a str>,
    /// Another code than the reason's own, for findings that have their own catalogue.
    pub(crate) shown_code: Option<&'a str>,
    pub(crate) with: &'a [(&'a str, &'a str)],
    pub(crate) aadsts: Option<u32>,
    pub(crate) retry_after: Option<u32>,
    pub(crate) trace: Trace,
}

/// The growing report.
#[derive(Debug)]
pub(crate) struct Log {
    mend: vecmap::VecMap<String, String>,
    pub(crate) checks: Vec<Check>,
    pub(crate) surplus: Vec<Missing>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) not_checked: Vec<String>,
    /// Microsoft's names of tokens that were issued; how successes are found in the logs.
    pub(crate) token_ids: Vec<String>,
    retry_after: Option<u32>,
}

/// What a report says about itself, beside its checks.
pub(crate) struct About<'a> {
    pub(crate) guide: &'a str,
    pub(crate) cloud: Option<&'a str>,
    pub(crate) tenant: Option<&'a str>,
    pub(crate) client: Option<&'a str>,
}

impl Log {
    /// Takes what it needs of the requirements with it.
    pub(crate) fn new(requirements: &mut Requirements) -> Self {
        Self {
            mend: mem::take(&mut requirements.mend),
            checks: Vec::new(),
            surplus: Vec::new(),
            missing: Vec::new(),
            not_checked: mem::take(&mut requirements.not_checked),
            token_ids: Vec::new(),
            retry_after: None,
        }
    }

    pub(crate) fn say(&mut self, say: Say<'_>, now: Timestamp) {
        let Some(row) = reason(say.code) else { return };
        let verdict = say.verdict.unwrap_or(row.verdict);
        let topic = say.topic.unwrap_or(row.topic.name());
        self.retry_after = self.retry_after.max(say.retry_after);
        let step = if verdict == Verdict::Passed { None } else { self.step(topic) };
        self.checks.push(Check {
            id: say.id,
            topic: topic.to_owned(),
            verdict,
            code: say.shown_code.unwrap_or(row.code).to_owned(),
            what: fill(row.what, say.with).trim().to_owned(),
            next: fill(row.next, say.with).trim().to_owned(),
            who: row.who,
            step,
            aadsts: say.aadsts,
            correlation_id: say.trace.correlation,
            trace_id: say.trace.trace,
            at: utc(now),
        });
    }

    /// The step that mends a topic, or that of the next wider one.
    fn step(&self, topic: &str) -> Option<String> {
        let wider = match topic {
            "permission-kind" | "consent" => "permission",
            "app" => "client-id",
            _ => topic,
        };
        self.mend.get(topic).or_else(|| self.mend.get(wider)).cloned()
    }

    pub(crate) fn verdict(&self) -> Verdict {
        overall(&self.checks)
    }

    /// A token proves that odd-looking values were right after all.
    pub(crate) fn formats_proved(&mut self, ids: &[&str], labels: &[(&str, &str)]) {
        let Some(row) = reason("format-proved") else { return };
        for check in &mut self.checks {
            let Some(id) = check.id.strip_prefix("format.") else { continue };
            if check.verdict == Verdict::CouldNotTell && ids.contains(&id) {
                let label = labels.iter().find(|(l, _)| *l == id).map_or(id, |(_, label)| label);
                check.verdict = Verdict::Passed;
                row.code.clone_into(&mut check.code);
                check.what = fill(row.what, &[("label", label)]);
                check.next.clear();
                check.step = None;
                check.who = Who::Nobody;
            }
        }
    }

    pub(crate) fn report(&self, about: &About<'_>, now: Timestamp) -> Report {
        let verdict = self.verdict();
        let waits = matches!(verdict, Verdict::Pending | Verdict::CouldNotTell);
        Report {
            format: 1,
            guide: about.guide.to_owned(),
            verdict,
            retry_after: self.retry_after.filter(|_| waits),
            time: utc(now),
            cloud: about.cloud.map(str::to_owned),
            tenant: about.tenant.map(str::to_owned),
            checks: self.checks.clone(),
            surplus: self.surplus.clone(),
            missing: self.missing.clone(),
            not_checked: self.not_checked.clone(),
            ask: about.client.and_then(|client| self.ask(client, now)),
        }
    }

    /// A query for exactly these sign-ins. Its parts are GUIDs and token names of a checked alphabet.
    fn ask(&self, client: &str, now: Timestamp) -> Option<Ask> {
        let quoted = |all: &[&str]| all.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(", ");
        let correlations: Vec<&str> = self
            .checks
            .iter()
            .filter(|c| c.id.starts_with("token."))
            .filter_map(|c| c.correlation_id.as_deref())
            .collect();
        let tokens: Vec<&str> = self.token_ids.iter().map(String::as_str).collect();
        if correlations.is_empty() && tokens.is_empty() {
            return None;
        }
        let day = utc(now).chars().take(10).collect::<String>();
        Some(Ask {
            place: "Log Analytics, or **Sign-in logs** > **Service principal sign-ins** in the Entra admin center"
                .to_owned(),
            query: format!(
                "AADServicePrincipalSignInLogs\n| where TimeGenerated between (datetime({day}) .. 2d)\n| where AppId == \"{client}\"\n| where CorrelationId in ({}) or UniqueTokenIdentifier in ({})",
                quoted(&correlations),
                quoted(&tokens),
            ),
        })
    }
}

/// RFC 3339 in UTC, whole seconds.
fn utc(now: Timestamp) -> String {
    handrail_credential::utc(now.as_second())
}
