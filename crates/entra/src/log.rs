//! Collects what the checks say and makes the report of it.

use std::borrow::Cow;
use std::mem;

use handrail_credential::{Finding, Kind, capital};
use handrail_guide::plan::Requirements;
use jiff::Timestamp;
use vecmap::VecMap;

use crate::answer::Trace;
use crate::cloud::Cloud;
use crate::probe::Probe;
use crate::reasons::{UNSEEN, fill, places, reason};
use crate::report::{Ask, Check, Missing, Report, Unseen, Verdict, Who, overall};

/// One thing to say: a reason's code and what its places are filled with.
#[derive(Default)]
pub(crate) struct Say<'a> {
    pub(crate) id: String,
    pub(crate) code: &'a str,
    /// Another verdict than the reason's own.
    pub(crate) verdict: Option<Verdict>,
    /// Another topic than the reason's own: the id of a value.
    pub(crate) topic: Option<&'a str>,
    /// What was found in a value: its code is shown, it has a catalogue of its own.
    pub(crate) finding: Option<&'a Finding>,
    /// What was cleaned in a value.
    pub(crate) notes: &'a [Finding],
    /// By place: values as they are; a kind, a cloud or a probe by its name.
    pub(crate) with: &'a [(&'a str, &'a str)],
    pub(crate) aadsts: Option<u32>,
    pub(crate) retry_after: Option<u32>,
    pub(crate) trace: Trace,
}

/// The name of a cloud that is not known.
pub(crate) const OTHER_CLOUD: &str = "another";
/// And its words.
pub(crate) const OTHER_CLOUD_WORDS: &str = "another of Microsoft's clouds";

/// What stands in English at a place of this name.
fn english<'a>(name: &str, value: &'a str) -> Cow<'a, str> {
    match name {
        "label" => capital(Kind::named(value).map_or(value, |kind| kind.label())).into(),
        "cloud" => Cloud::named(value).map_or(OTHER_CLOUD_WORDS, Cloud::label).into(),
        "reads" => Probe::named(value).map_or(value, |probe| probe.reads).into(),
        _ => value.into(),
    }
}

/// The growing report.
#[derive(Debug)]
pub(crate) struct Log {
    mend: VecMap<String, String>,
    pub(crate) checks: Vec<Check>,
    pub(crate) surplus: Vec<Missing>,
    pub(crate) missing: Vec<Missing>,
    not_checked: Vec<String>,
    unseen: Vec<Unseen>,
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
            unseen: Vec::new(),
            token_ids: Vec::new(),
            retry_after: None,
        }
    }

    pub(crate) fn say(&mut self, say: Say<'_>, now: Timestamp) {
        let Some(row) = reason(say.code) else { return };
        let verdict = say.verdict.unwrap_or(row.verdict);
        let topic = say.topic.unwrap_or(row.topic.name());
        self.retry_after = self.retry_after.max(say.retry_after);
        let is_said = |name: &str| [row.what, row.next].iter().any(|text| places(text).any(|n| n == name));
        let said = say.with.iter().filter(|(name, _)| is_said(name));
        let mut with: VecMap<String, String> =
            said.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut put: Vec<_> = say.with.iter().map(|(name, value)| (*name, english(name, value))).collect();
        if let Some(found) = say.finding {
            put.extend([("finding", found.what().into()), ("finding-next", found.next().into())]);
            with.insert("finding".to_owned(), found.code.to_owned());
            if !found.n.is_empty() {
                with.insert("n".to_owned(), found.n.clone());
            }
        }
        let mut what = fill(row.what, &put).trim().to_owned();
        for note in say.notes {
            what = format!("{what} {}", note.what());
        }
        if !say.notes.is_empty() {
            let codes: Vec<&str> = say.notes.iter().map(|note| note.code).collect();
            with.insert("notes".to_owned(), codes.join(" "));
        }
        let step = if verdict == Verdict::Passed { None } else { self.step(topic) };
        self.checks.push(Check {
            id: say.id,
            topic: topic.to_owned(),
            verdict,
            code: say.finding.map_or(row.code, |found| found.code).to_owned(),
            what,
            next: fill(row.next, &put).trim().to_owned(),
            with,
            who: row.who,
            step,
            aadsts: say.aadsts,
            correlation_id: say.trace.correlation,
            trace_id: say.trace.trace,
            at: utc(now),
        });
    }

    /// Something was not looked at.
    pub(crate) fn leave_out(&mut self, code: &str, with: Option<(&str, &str)>) {
        let Some((_, words)) = UNSEEN.iter().find(|(row, _)| *row == code) else { return };
        self.not_checked.push(fill(words, with.as_slice()));
        let with = with.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        self.unseen.push(Unseen { code: code.to_owned(), with });
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

    /// A token proves that odd-looking values were right after all: their ids and kinds.
    pub(crate) fn formats_proved(&mut self, proved: &[(&str, &str)]) {
        let Some(row) = reason("format-proved") else { return };
        for check in &mut self.checks {
            let Some(id) = check.id.strip_prefix("format.") else { continue };
            let kind = proved.iter().find(|(proved, _)| *proved == id).map(|(_, kind)| *kind);
            if let (Verdict::CouldNotTell, Some(kind)) = (check.verdict, kind) {
                check.verdict = Verdict::Passed;
                row.code.clone_into(&mut check.code);
                check.what = fill(row.what, &[("label", english("label", kind))]);
                check.with = std::iter::once(("label".to_owned(), kind.to_owned())).collect();
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
            unseen: self.unseen.clone(),
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
