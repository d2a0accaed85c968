//! Asking the checking service. Only when the admin pressed the button, only at an origin approved by name.

use vecmap::VecMap;

use handrail_credential::{Kind, Secret, Shape, check as look_at, classify};
use handrail_guide::plan::Action;
use handrail_json::{ToJson, from_str, to_string};
use handrail_messages::report::{ErrorAnswer, Refusal, Report, Verdict};
use handrail_words::checks;

use crate::app::App;
use crate::effect::Effect;
use crate::run::Run;
use crate::{portals, time, values, words};

/// A pending answer is asked for again this often at most: ten minutes in steps of thirty seconds.
const MAX_RETRIES: u32 = 20;
/// Seconds to the next try when the answer names none.
const RETRY_SECONDS: f64 = 30.0;

#[derive(ToJson)]
struct Question<'a> {
    guide: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<&'a str>,
    /// Digest of the guide as it is packaged here, for the report that is handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    followed: Option<&'a str>,
    values: VecMap<&'a str, &'a str>,
    changed: Option<&'a VecMap<String, String>>,
    seen: Option<&'a VecMap<String, String>>,
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

    /// Why the organisation lets nothing of this run be sent, if it does not.
    pub(crate) fn barred(&self, run: &Run) -> Option<Refusal> {
        let vendor = run.link.as_deref().filter(|_| run.address.is_some());
        self.policy.send(run.origin.as_deref(), vendor).err()
    }

    /// The address of a vendor's link, where the organisation lets it be used; the vendor as far as it is known.
    pub(crate) fn allowed_link(&self, address: Option<&str>, vendor: Option<&str>) -> Option<String> {
        let address = address?;
        self.policy.worker(&portals::service_of_link(address)?).ok()?;
        vendor.map_or(Ok(()), |vendor| self.policy.vendor(vendor)).ok()?;
        Some(address.to_owned())
    }

    /// Sends the values, or says why not.
    pub(crate) fn check(&mut self, id: &str) -> Option<Refusal> {
        self.check_under(id, None)
    }

    /// The same, under a link of this code where there is one, with the salt of the report's commitment.
    pub(crate) fn check_under(&mut self, id: &str, link: Option<(&str, &str)>) -> Option<Refusal> {
        let missing = self.missing(id);
        let run = &self.walks.get(id)?.run;
        if let Some(refusal) = self.barred(run) {
            return Some(refusal);
        }
        let origin = run.origin.clone().unwrap_or_default();
        if !self.is_approved(&origin) {
            return Some(words::not_approved(&origin));
        }
        let walk = self.walks.get_mut(id)?;
        if !missing.is_empty() {
            return Some(words::values_missing(&missing));
        }
        if walk.busy {
            return None;
        }
        let wanted = walk.plan.requirements.values.keys();
        let question = Question {
            guide: &walk.run.guide,
            link: link.map(|(code, _)| code),
            salt: link.map(|(_, salt)| salt),
            followed: link.map(|_| walk.plan.digest.as_str()),
            values: wanted
                .filter_map(|id| {
                    let value = walk.plan.value(id)?;
                    Some((id.as_str(), values::text_of(&walk.run, &walk.secrets, value)?))
                })
                .collect(),
            changed: (!walk.run.changed.is_empty()).then_some(&walk.run.changed),
            seen: (!walk.run.seen.is_empty()).then_some(&walk.run.seen),
        };
        let body = Secret::new(to_string(&question));
        walk.busy = true;
        walk.run.retry_at = None;
        walk.run.refusal = None;
        walk.run.touched = self.now;
        self.out.push(Effect::Check {
            run: id.to_owned(),
            origin,
            edition: walk.run.edition,
            proof: false,
            body,
        });
        None
    }

    /// Has an old secret tried, at a step that is there to prove its rejection. It is sent and kept nowhere.
    pub(crate) fn prove(&mut self, id: &str, text: &str, link: Option<(String, String)>) -> Option<Refusal> {
        let walk = self.walks.get(id)?;
        if let Some(refusal) = self.barred(&walk.run) {
            return Some(refusal);
        }
        let origin = walk.run.origin.clone().unwrap_or_default();
        if !self.is_approved(&origin) {
            return Some(words::not_approved(&origin));
        }
        if walk.busy || walk.step().is_none_or(|(_, s)| s.action != Action::Prove) {
            return None;
        }
        let old = match old_secret(text) {
            Ok(old) => old,
            Err(refusal) => return Some(refusal),
        };
        let plain = walk.plan.values.iter().filter(|v| !v.kind.is_secret() && v.parser.is_none());
        let known =
            plain.filter_map(|v| Some((v.id.as_str(), values::text_of(&walk.run, &walk.secrets, v)?)));
        let mut all: VecMap<&str, &str> = known.collect();
        let domain = walk.run.directory.as_deref().and_then(values::domain_in).unwrap_or_default();
        if !domain.is_empty() {
            all.entry("tenant-domain").or_insert(&domain);
        }
        // EXPOSE: sent to the approved origin, and kept nowhere.
        all.insert("client-secret", old.expose());
        let question = Question {
            guide: &walk.run.guide,
            link: link.as_ref().map(|(code, _)| code.as_str()),
            salt: link.as_ref().map(|(_, salt)| salt.as_str()),
            followed: None,
            values: all,
            changed: None,
            seen: None,
        };
        let body = Secret::new(to_string(&question));
        let edition = walk.run.edition;
        let walk = self.walks.get_mut(id)?;
        walk.busy = true;
        walk.run.refusal = None;
        walk.run.touched = self.now;
        self.out.push(Effect::Check { run: id.to_owned(), origin, edition, proof: true, body });
        None
    }

    /// Takes the answer about an old secret: its rejection ends the step, anything else is said.
    pub(crate) fn proved(&mut self, id: &str, origin: &str, status: u16, body: &str) {
        let now = self.now;
        self.with(id, |walk| {
            walk.busy = false;
            let at_proof = walk.step().is_some_and(|(_, s)| s.action == Action::Prove);
            match read(origin, status, body) {
                Ok(report) => match rejection(&report) {
                    Ok(what) if at_proof => {
                        walk.run.proof = Some(words::proved(what, &time::iso(now)));
                        walk.run.confirmed = true;
                    }
                    Ok(_) => {}
                    Err(refusal) => walk.run.refusal = Some(refusal),
                },
                Err(refusal) => walk.run.refusal = Some(refusal),
            }
        });
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
                    let pending = report.verdict == Verdict::Pending;
                    // What the vendor proves afterwards is pending until then, however often it is asked for.
                    let afterwards = !walk.run.own.is_empty();
                    walk.run.verified = report.verdict == Verdict::Passed || (pending && afterwards);
                    let again = pending && !afterwards && walk.run.retries < MAX_RETRIES;
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

/// The secret whose rejection would prove something: Microsoft rejects a slip of the pen as well.
fn old_secret(text: &str) -> Result<Secret, Refusal> {
    let looked = look_at(Kind::ClientSecret, text);
    // EXPOSE: its form is looked at.
    match classify(looked.value.expose()) {
        Shape::Secret | Shape::SecretOlder | Shape::SecretOtherDigit | Shape::SecretLegacy => {
            Ok(looked.value)
        }
        _ => {
            let found = looked.findings.first().map(|found| checks::finding(found.code, &found.n).0);
            Err(words::proves_nothing(&found.unwrap_or_default()))
        }
    }
}

/// Codes with which Microsoft's token endpoint turns a credential down for good.
const REJECTED: &[&str] = &["secret-wrong", "secret-expired", "app-not-found", "app-disabled"];

/// What a report says about a credential that is to be rejected: Microsoft's no, or why it proves nothing.
fn rejection(report: &Report) -> Result<&str, Refusal> {
    let mut asked = report.checks.iter().filter(|c| c.id == "token" || c.id.starts_with("token."));
    if asked.clone().any(|c| c.verdict == Verdict::Passed) {
        return Err(words::still_accepted());
    }
    let no = asked.find(|c| c.verdict == Verdict::Failed && REJECTED.contains(&c.code.as_str()));
    no.map(|c| c.what.as_str()).ok_or_else(words::not_proved)
}

fn read(origin: &str, status: u16, body: &str) -> Result<Report, Refusal> {
    if status == 0 {
        return Err(words::offline(origin));
    }
    if status == 200 {
        return from_str::<Report>(body)
            .ok()
            .filter(|r| r.format == 1)
            .ok_or_else(|| words::bad_answer(origin, status));
    }
    let error = from_str::<ErrorAnswer>(body).unwrap_or_default().error;
    if error.code.is_empty() || error.what.is_empty() {
        Err(words::bad_answer(origin, status))
    } else {
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use handrail_messages::report::Check;

    use super::*;

    #[test]
    fn what_is_no_whole_secret_is_not_tried_because_its_rejection_proves_nothing() {
        let whole = handrail_credential::test_secret(3);
        let text = whole.expose();
        assert_eq!(old_secret(&format!("  {text}\n")).unwrap().expose(), text);
        let cut = text.chars().take(30).collect::<String>();
        for slip in ["", "this-is-not-a-secret", &cut, "0f8fad5b-d9cb-469f-a165-70867728950e"] {
            let refusal = old_secret(slip).err().map(|refusal| refusal.code);
            assert_eq!(refusal.as_deref(), Some("proves-nothing"), "{slip}");
        }
    }

    #[test]
    fn only_microsofts_own_no_proves_a_rejection() {
        let report = |id: &str, verdict: Verdict, code: &str| Report {
            checks: vec![Check { id: id.into(), verdict, code: code.into(), ..Check::default() }],
            ..Report::default()
        };
        let code = |report: Report| rejection(&report).map(str::len).map_err(|r| r.code);
        assert_eq!(code(report("token.x", Verdict::Failed, "secret-wrong")), Ok(0));
        assert_eq!(code(report("token", Verdict::Failed, "app-not-found")), Ok(0));
        let accepted = report("token.x", Verdict::Passed, "token-issued");
        assert_eq!(code(accepted), Err("still-accepted".into()));
        for nothing in [
            report("format.client-secret", Verdict::Failed, "secret-wrong"),
            report("token.x", Verdict::CouldNotTell, "secret-wrong"),
            report("token.x", Verdict::Failed, "too-many-requests"),
            Report::default(),
        ] {
            assert_eq!(code(nothing), Err("not-proved".into()));
        }
    }

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
