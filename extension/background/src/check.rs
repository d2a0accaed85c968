//! Asking the checking service. Only when the admin pressed the button, only at an origin approved by name.

use std::collections::BTreeMap;

use handrail_credential::Secret;
use handrail_messages::report::{ErrorAnswer, Refusal, Report, Verdict};
use serde::Serialize;

use crate::app::App;
use crate::effect::Effect;
use crate::values;
use crate::words;

/// A pending answer is asked for again this often at most: ten minutes in steps of thirty seconds.
const MAX_RETRIES: u32 = 20;
/// Seconds to the next try when the answer names none.
const RETRY_SECONDS: f64 = 30.0;

#[derive(Serialize)]
struct Question<'a> {
    guide: &'a str,
    cloud: Option<&'a str>,
    values: BTreeMap<&'a str, &'a str>,
    changed: Option<&'a BTreeMap<String, String>>,
}

impl App {
    /// Labels of the required values that are not there or do not stand.
    pub(crate) fn missing(&self, id: &str) -> Vec<String> {
        let Some(walk) = self.walks.get(id) else {
            return Vec::new();
        };
        let standing = values::standing(&walk.run, &walk.found());
        let label =
            |value: &String| walk.plan.value(value).map_or_else(|| value.clone(), |v| v.label.clone());
        walk.plan.requirements.values.keys().filter(|v| !standing.contains(*v)).map(label).collect()
    }

    /// Sends the values, or says why not.
    pub(crate) fn check(&mut self, id: &str) -> Option<Refusal> {
        let missing = self.missing(id);
        let walk = self.walks.get_mut(id)?;
        let origin = walk.run.origin.clone().unwrap_or_default();
        if !self.approved.contains(&origin) {
            return Some(words::not_approved(&origin));
        }
        if !missing.is_empty() {
            return Some(words::values_missing(&missing));
        }
        if walk.busy {
            return None;
        }
        let wanted = walk.plan.requirements.values.keys();
        let question = Question {
            guide: &walk.run.guide,
            cloud: None,
            values: wanted
                .filter_map(|id| {
                    let value = walk.plan.value(id)?;
                    Some((id.as_str(), values::text_of(&walk.run, &walk.secrets, value)?))
                })
                .collect(),
            changed: (!walk.run.changed.is_empty()).then_some(&walk.run.changed),
        };
        let body = Secret::new(serde_json::to_string(&question).ok()?);
        walk.busy = true;
        walk.run.retry_at = None;
        walk.run.refusal = None;
        walk.run.touched = self.now;
        self.out.push(Effect::Check { run: id.to_owned(), origin, edition: walk.run.edition, body });
        None
    }

    /// Takes the answer. An answer that is none keeps everything as it was.
    pub(crate) fn answered(&mut self, id: &str, origin: &str, edition: u64, status: u16, body: &str) {
        let now = self.now;
        self.with(id, |walk| {
            walk.busy = false;
            // An answer about values that were changed meanwhile is about nothing any more.
            if walk.run.edition != edition {
                return;
            }
            match read(origin, status, body) {
                Ok(report) => {
                    walk.run.verified = report.verdict == Verdict::Passed;
                    let again = report.verdict == Verdict::Pending && walk.run.retries < MAX_RETRIES;
                    walk.run.retries = if again { walk.run.retries.saturating_add(1) } else { 0 };
                    let wait =
                        report.retry_after.filter(|s| s.is_finite() && *s >= 1.0).unwrap_or(RETRY_SECONDS);
                    walk.run.retry_at = again.then_some(now + wait * 1000.0);
                    walk.run.report = Some(report);
                    walk.run.refusal = None;
                }
                Err(refusal) => walk.run.refusal = Some(refusal),
            }
        });
    }
}

fn read(origin: &str, status: u16, body: &str) -> Result<Report, Refusal> {
    if status == 0 {
        return Err(words::offline(origin));
    }
    if status == 200 {
        return serde_json::from_str::<Report>(body)
            .ok()
            .filter(|r| r.format == 1)
            .ok_or_else(|| words::bad_answer(origin, status));
    }
    let error = serde_json::from_str::<ErrorAnswer>(body).unwrap_or_default().error;
    if error.code.is_empty() || error.what.is_empty() {
        Err(words::bad_answer(origin, status))
    } else {
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_never_taken_for_one() {
        assert_eq!(read("o", 0, "").unwrap_err().code, "check-unreachable");
        assert_eq!(read("o", 200, "<html>").unwrap_err().code, "check-no-answer");
        assert_eq!(read("o", 200, r#"{"format":2,"verdict":"passed"}"#).unwrap_err().code, "check-no-answer");
        assert_eq!(read("o", 502, "").unwrap_err().code, "check-no-answer");
        let own = r#"{"error":{"code":"link-required","what":"A link is needed.","next":"Ask."}}"#;
        assert_eq!(read("o", 403, own).unwrap_err().code, "link-required");
        assert_eq!(read("o", 200, r#"{"format":1,"verdict":"passed"}"#).unwrap().verdict, Verdict::Passed);
    }
}
