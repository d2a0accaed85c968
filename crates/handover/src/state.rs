//! The life of a link as a pure function: a state, an event, a time; out come the next state and what has to follow.
//!
//! Whoever keeps the state writes it and what follows in one go. Nothing here is a secret: the history outlives the
//! ciphertext.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::refusal::{self, Refusal};

/// Checks of one link within [`WINDOW`] before it cools down. A person who mends one thing after the other needs
/// fewer; someone who tries out stolen secrets needs thousands.
const MAX_ATTEMPTS: usize = 12;

/// Seconds over which checks are counted.
const WINDOW: i64 = 600;

/// Checks of one link that may run at the same time.
const MAX_RESERVED: usize = 3;

/// Seconds after which a check that never came back no longer counts as running; the longest takes about one minute.
const RESERVATION_LIFE: i64 = 120;

/// Seconds for which a ciphertext waits to be confirmed, from its hand-over, where nobody says otherwise: 30 days.
pub const KEEP: i64 = 30 * 86_400;

/// The last of so many parts of that time is the one in which the vendor has been warned.
const WARNED_PART: i64 = 4;

/// Lines of history that are kept; the newest ones.
const MAX_HISTORY: usize = 200;

/// A link's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Link {
    /// When it ends.
    pub expires: i64,
    /// The only directory it is for.
    pub tenant: Option<String>,
    /// Whether the vendor proves what is handed over afterwards: a federated credential, or a consent to its own app.
    pub federated: bool,
    /// When the customer began.
    pub opened: Option<i64>,
    /// How far the customer is, where that is shared.
    pub progress: Option<Progress>,
    /// Times of the last checks.
    pub attempts: Vec<i64>,
    /// Checks that run.
    pub reserved: Vec<Reserved>,
    /// The last check that came to its end.
    pub checked: Option<Checked>,
    /// Which hand-over is the current one; 0 before the first.
    pub version: u32,
    /// What was handed over.
    pub current: Option<Handed>,
    /// Digest of the replace token.
    pub replace: Option<String>,
    /// The vendor asked for another hand-over.
    pub reopened: bool,
    /// When the current version was first collected.
    pub collected: Option<i64>,
    /// When the vendor confirmed it; the ciphertext is gone since.
    pub acknowledged: Option<i64>,
    /// When the vendor was told that the ciphertext will be deleted soon.
    pub warned: Option<i64>,
    /// When the ciphertext was deleted because nobody confirmed it in time.
    pub deleted: Option<i64>,
    /// When the vendor saw first data.
    pub first_data: Option<i64>,
    /// When the vendor proved the federated credential, and how that went.
    pub proved: Option<Proved>,
    /// When the vendor took the link back.
    pub revoked: Option<i64>,
    /// What happened, oldest first.
    pub history: Vec<Happened>,
}

/// How far the customer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Id of the step.
    pub step: String,
    /// Its number.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// When.
    pub at: i64,
}

/// A check that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// Its name.
    pub id: String,
    /// When it began.
    pub at: i64,
}

/// A check that came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Its verdict.
    pub verdict: String,
    /// When.
    pub at: i64,
}

/// What was handed over, without its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Handed {
    /// When.
    pub at: i64,
    /// SHA-256 of the ciphertext.
    pub sha256: String,
    /// Verdict of the report beside it.
    pub verdict: String,
    /// Idempotency key, as a digest.
    pub key: String,
    /// When the credential ends, as the customer said beside the ciphertext; a day.
    pub ends: Option<String>,
    /// Until when the ciphertext is kept, if nobody confirms it before.
    pub until: i64,
}

/// The vendor's proof of a federated credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// Whether it worked.
    pub ok: bool,
    /// When.
    pub at: i64,
    /// Code of the reason why not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// When.
    pub at: i64,
    /// What: a stable word.
    pub what: String,
    /// Of which hand-over.
    pub version: u32,
}

/// What is asked of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The vendor made it.
    Create,
    /// The customer pressed *begin*.
    Open,
    /// The customer reached a step and agreed to share that.
    Progress(Progress),
    /// A check is about to run.
    Reserve(String),
    /// A check came to its end.
    Commit(String, String),
    /// A bundle comes in.
    HandOver(HandOver),
    /// The vendor fetches it.
    Collect,
    /// The vendor has it safe.
    Acknowledge(u32),
    /// The vendor sees data.
    FirstData,
    /// The vendor tried what was handed over with a key of its own.
    Prove(Proof),
    /// The vendor takes the link back.
    Revoke,
    /// The vendor asks for another hand-over.
    Reopen,
    /// Time has passed: [`Link::rings`] says when that means something.
    Time,
}

/// A hand-over as it comes in; the report beside it was verified before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandOver {
    /// The version it expects to follow.
    pub after: u32,
    /// Digest of its idempotency key.
    pub key: String,
    /// Digest of the replace token it brings.
    pub replace: Option<String>,
    /// Digest of the replace token it is to be given, if it stands.
    pub next_replace: String,
    /// SHA-256 of the ciphertext.
    pub sha256: String,
    /// The report's verdict.
    pub verdict: String,
    /// The directory the report found.
    pub tenant: Option<String>,
    /// When the credential ends.
    pub ends: Option<String>,
    /// Seconds for which the ciphertext is kept; 0 for [`KEEP`].
    pub keep: i64,
}

/// How a vendor's own try went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The hand-over that was tried.
    pub version: u32,
    /// Code of the reason why it failed.
    pub failed: Option<String>,
}

/// What has to follow an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follows {
    /// The state has changed and has to be written.
    pub write: bool,
    /// The same hand-over was taken before: its receipt is given again.
    pub repeated: bool,
    /// The ciphertext is to be deleted.
    pub forget: bool,
    /// The vendor is to be told: the stable word.
    pub tell: Option<&'static str>,
}

/// Refused, with the seconds to wait where waiting helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub why: Refusal,
    /// Seconds after which it may be tried again.
    pub retry_after: Option<i64>,
}

impl From<Refusal> for Refused {
    fn from(why: Refusal) -> Self {
        Self { why, retry_after: None }
    }
}

impl Link {
    /// One word for where it stands, for lists.
    #[must_use]
    pub fn standing(&self, now: i64) -> &'static str {
        if self.revoked.is_some() {
            "revoked"
        } else if self.first_data.is_some() {
            "first-data"
        } else if let Some(proved) = &self.proved {
            if proved.ok { "proved" } else { "not-proved" }
        } else if self.acknowledged.is_some() {
            "acknowledged"
        } else if self.deleted.is_some() {
            if self.reopened { "reopened" } else { "deleted" }
        } else if self.collected.is_some() {
            "collected"
        } else if self.reopened {
            "reopened"
        } else if self.current.is_some() {
            "handed-over"
        } else if now >= self.expires {
            "expired"
        } else if self.checked.is_some() {
            "checked"
        } else if self.opened.is_some() {
            "opened"
        } else {
            "created"
        }
    }

    /// Whether the customer may still do something with it.
    ///
    /// # Errors
    /// When it is over.
    pub fn usable(&self, now: i64) -> Result<(), Refusal> {
        if self.revoked.is_some() {
            Err(refusal::LINK_REVOKED)
        } else if now >= self.expires {
            Err(refusal::LINK_EXPIRED)
        } else {
            Ok(())
        }
    }

    /// Until when there is a ciphertext at most; nothing where there is none.
    #[must_use]
    pub fn kept_until(&self) -> Option<i64> {
        let gone = self.acknowledged.or(self.deleted).or(self.revoked).is_some();
        self.current.as_ref().filter(|_| !gone).map(|current| current.until)
    }

    /// When [`Event::Time`] means something next.
    #[must_use]
    pub fn rings(&self) -> Option<i64> {
        let until = self.kept_until()?;
        let whole = until.saturating_sub(self.current.as_ref().map_or(until, |current| current.at));
        Some(if self.warned.is_some() { until } else { until.saturating_sub(whole / WARNED_PART) })
    }

    /// Takes an event.
    ///
    /// # Errors
    /// When the link does not permit it now; the state is then as it was.
    pub fn apply(&mut self, event: Event, now: i64) -> Result<Follows, Refused> {
        match event {
            Event::Create => Ok(self.happened("created", now)),
            Event::Open => {
                self.usable(now)?;
                if self.opened.is_some() {
                    return Ok(Follows::default());
                }
                self.opened = Some(now);
                Ok(self.happened("opened", now))
            }
            Event::Progress(progress) => {
                self.usable(now)?;
                self.progress = Some(progress);
                Ok(Follows { write: true, tell: Some("progress"), ..Follows::default() })
            }
            Event::Reserve(id) => self.reserve(id, now),
            Event::Commit(id, verdict) => Ok(self.commit(&id, verdict, now)),
            Event::HandOver(bundle) => self.hand_over(bundle, now),
            Event::Collect => self.collect(now),
            Event::Acknowledge(version) => self.acknowledge(version, now),
            Event::FirstData => self.first_data(now),
            Event::Prove(proof) => self.prove(proof, now),
            Event::Revoke => {
                if self.revoked.is_some() {
                    return Ok(Follows::default());
                }
                self.revoked = Some(now);
                Ok(Follows { forget: true, ..self.happened("revoked", now) })
            }
            Event::Reopen => {
                if self.revoked.is_some() {
                    return Err(refusal::LINK_REVOKED.into());
                }
                self.reopened = true;
                Ok(self.happened("reopened", now))
            }
            Event::Time => Ok(self.time(now)),
        }
    }

    /// Every ciphertext has an end, of which the vendor is warned.
    fn time(&mut self, now: i64) -> Follows {
        if self.rings().is_none_or(|at| now < at) {
            return Follows::default();
        }
        if self.kept_until().is_some_and(|until| now < until) {
            self.warned = Some(now);
            return self.happened("deletion-near", now);
        }
        self.deleted = Some(now);
        Follows { forget: true, ..self.happened("deleted", now) }
    }

    fn happened(&mut self, what: &'static str, now: i64) -> Follows {
        self.history.push(Happened { at: now, what: what.to_owned(), version: self.version });
        if self.history.len() > MAX_HISTORY {
            self.history.remove(0);
        }
        Follows { write: true, tell: Some(what), ..Follows::default() }
    }

    fn reserve(&mut self, id: String, now: i64) -> Result<Follows, Refused> {
        self.usable(now)?;
        self.attempts.retain(|at| now.saturating_sub(*at) < WINDOW);
        self.reserved.retain(|running| now.saturating_sub(running.at) < RESERVATION_LIFE);
        if self.attempts.len() >= MAX_ATTEMPTS {
            let oldest = self.attempts.first().copied().unwrap_or(now);
            let wait = oldest.saturating_add(WINDOW).saturating_sub(now).max(1);
            return Err(Refused { why: refusal::COOL_DOWN, retry_after: Some(wait) });
        }
        if self.reserved.len() >= MAX_RESERVED {
            return Err(Refused { why: refusal::BUSY, retry_after: Some(5) });
        }
        // Counted when it begins: a check that is cut short was a try all the same.
        self.attempts.push(now);
        self.reserved.push(Reserved { id, at: now });
        Ok(Follows { write: true, ..Follows::default() })
    }

    fn commit(&mut self, id: &str, verdict: String, now: i64) -> Follows {
        let before = self.reserved.len();
        self.reserved.retain(|running| running.id != id);
        if self.reserved.len() == before {
            // Given up in the meantime, or told twice: nothing changes.
            return Follows::default();
        }
        if verdict == "failed" && self.current.is_some() && !self.reopened {
            // What was handed over stands: after a renewal the old secret is tried, to see it rejected.
            return Follows { write: true, ..Follows::default() };
        }
        self.checked = Some(Checked { verdict, at: now });
        self.happened("checked", now)
    }

    fn hand_over(&mut self, bundle: HandOver, now: i64) -> Result<Follows, Refused> {
        if let Some(current) = &self.current
            && current.key == bundle.key
        {
            // A lost answer, asked for again: also after the end, and also when something else would refuse it now.
            return if current.sha256 == bundle.sha256 {
                Ok(Follows { repeated: true, ..Follows::default() })
            } else {
                Err(refusal::KEY_REUSED.into())
            };
        }
        self.usable(now)?;
        if let (Some(wanted), Some(found)) = (&self.tenant, &bundle.tenant)
            && !wanted.eq_ignore_ascii_case(found)
        {
            return Err(refusal::OTHER_TENANT.into());
        }
        let first = self.current.is_none() || self.reopened;
        if !first && !same(self.replace.as_deref(), bundle.replace.as_deref()) {
            return Err(refusal::HANDED_OVER.into());
        }
        if bundle.after != self.version {
            return Err(refusal::VERSION_CONFLICT.into());
        }
        let what = if self.version == 0 { "handed-over" } else { "replaced" };
        self.version = self.version.saturating_add(1);
        self.current = Some(Handed {
            at: now,
            sha256: bundle.sha256,
            verdict: bundle.verdict,
            key: bundle.key,
            ends: bundle.ends,
            until: now.saturating_add(if bundle.keep > 0 { bundle.keep } else { KEEP }),
        });
        self.replace = Some(bundle.next_replace);
        self.reopened = false;
        (self.collected, self.acknowledged, self.first_data, self.proved) = (None, None, None, None);
        (self.warned, self.deleted) = (None, None);
        Ok(self.happened(what, now))
    }

    fn collect(&mut self, now: i64) -> Result<Follows, Refused> {
        if self.revoked.is_some() {
            return Err(refusal::LINK_REVOKED.into());
        }
        if self.current.is_none() {
            return Err(refusal::NOTHING_THERE.into());
        }
        if self.acknowledged.is_some() {
            return Err(refusal::ACKNOWLEDGED.into());
        }
        // Whether or not the alarm that deletes it has rung.
        if self.kept_until().is_none_or(|until| now >= until) {
            return Err(refusal::DELETED.into());
        }
        if self.collected.is_some() {
            return Ok(Follows::default());
        }
        self.collected = Some(now);
        Ok(self.happened("collected", now))
    }

    fn acknowledge(&mut self, version: u32, now: i64) -> Result<Follows, Refused> {
        if self.current.is_none() {
            return Err(refusal::NOTHING_THERE.into());
        }
        if version != self.version {
            return Err(refusal::OTHER_VERSION.into());
        }
        if self.acknowledged.is_some() {
            return Ok(Follows::default());
        }
        if self.collected.is_none() {
            let never = if self.deleted.is_some() { refusal::DELETED } else { refusal::NOTHING_THERE };
            return Err(never.into());
        }
        self.acknowledged = Some(now);
        Ok(Follows { forget: true, ..self.happened("acknowledged", now) })
    }

    fn first_data(&mut self, now: i64) -> Result<Follows, Refused> {
        if self.current.is_none() {
            return Err(refusal::NOTHING_THERE.into());
        }
        if self.first_data.is_some() {
            return Ok(Follows::default());
        }
        self.first_data = Some(now);
        Ok(self.happened("first-data", now))
    }

    fn prove(&mut self, proof: Proof, now: i64) -> Result<Follows, Refused> {
        if !self.federated {
            return Err(refusal::NOT_THIS_LINK.into());
        }
        if self.revoked.is_some() {
            return Err(refusal::LINK_REVOKED.into());
        }
        if self.current.is_none() {
            return Err(refusal::NOTHING_THERE.into());
        }
        if proof.version != self.version {
            return Err(refusal::OTHER_VERSION.into());
        }
        let ok = proof.failed.is_none();
        self.proved = Some(Proved { ok, at: now, code: proof.failed.unwrap_or_default() });
        Ok(self.happened(if ok { "proved" } else { "not-proved" }, now))
    }
}

/// Compared in constant time; nothing is never the same as nothing.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if bool::from(one.as_bytes().ct_eq(other.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link { expires: 10_000, ..Link::default() }
    }

    fn bundle(n: u32, after: u32) -> Event {
        Event::HandOver(HandOver {
            after,
            key: format!("key{n}"),
            sha256: format!("hash{n}"),
            next_replace: format!("token{n}"),
            verdict: "passed".into(),
            ..HandOver::default()
        })
    }

    fn with_token(n: u32, after: u32, token: &str) -> Event {
        let Event::HandOver(h) = bundle(n, after) else { unreachable!() };
        Event::HandOver(HandOver { replace: Some(token.into()), ..h })
    }

    fn refused(link: &mut Link, event: Event, now: i64) -> &'static str {
        let before = link.clone();
        let why = link.apply(event, now).unwrap_err().why.code;
        assert_eq!(*link, before, "a refusal changes nothing");
        why
    }

    #[test]
    fn the_straight_life_of_a_link() {
        let mut link = link();
        for (event, standing) in [
            (Event::Create, "created"),
            (Event::Open, "opened"),
            (Event::Reserve("r".into()), "opened"),
            (Event::Commit("r".into(), "passed".into()), "checked"),
            (bundle(1, 0), "handed-over"),
            (Event::Collect, "collected"),
            (Event::Acknowledge(1), "acknowledged"),
            (Event::FirstData, "first-data"),
        ] {
            link.apply(event, 5).unwrap();
            assert_eq!(link.standing(5), standing);
        }
        assert_eq!(refused(&mut link, Event::Collect, 6), "acknowledged");
        let words: Vec<_> = link.history.iter().map(|h| h.what.as_str()).collect();
        assert_eq!(
            words,
            ["created", "opened", "checked", "handed-over", "collected", "acknowledged", "first-data"]
        );
    }

    #[test]
    fn an_old_secret_that_is_tried_and_fails_says_nothing_of_what_was_handed_over() {
        let mut link = link();
        let check = |link: &mut Link, verdict: &str, at: i64| {
            link.apply(Event::Reserve("r".into()), at).unwrap();
            let follows = link.apply(Event::Commit("r".into(), verdict.into()), at).unwrap();
            assert!(follows.write && link.reserved.is_empty());
            (follows.tell, link.checked.as_ref().map(|c| c.verdict.clone()))
        };
        let told = |verdict: &str| (Some("checked"), Some(verdict.to_owned()));
        assert_eq!(check(&mut link, "failed", 1), told("failed"));
        assert_eq!(check(&mut link, "passed", 2), told("passed"));
        link.apply(bundle(1, 0), 3).unwrap();
        assert_eq!(check(&mut link, "failed", 4), (None, Some("passed".into())));
        assert_eq!(check(&mut link, "pending", 5), told("pending"), "what may replace it is told");
        link.apply(Event::Reopen, 6).unwrap();
        assert_eq!(check(&mut link, "failed", 7), told("failed"));
    }

    #[test]
    fn one_hand_over_stands_and_the_same_one_is_answered_again() {
        let mut link = link();
        assert!(link.apply(bundle(1, 0), 1).unwrap().write);
        assert_eq!(link.apply(bundle(1, 0), 2), Ok(Follows { repeated: true, ..Follows::default() }));
        assert_eq!(refused(&mut link, bundle(2, 0), 2), "handed-over");
        assert_eq!(refused(&mut link, with_token(2, 1, "wrong"), 2), "handed-over");
        assert_eq!(refused(&mut link, with_token(2, 0, "token1"), 2), "version-conflict");
        link.apply(with_token(2, 1, "token1"), 3).unwrap();
        assert_eq!(link.version, 2);
        assert_eq!(refused(&mut link, with_token(3, 2, "token1"), 4), "handed-over", "a token counts once");
        let Event::HandOver(mut changed) = bundle(2, 0) else { unreachable!() };
        changed.sha256 = "other".into();
        assert_eq!(refused(&mut link, Event::HandOver(changed), 4), "key-reused");
    }

    #[test]
    fn the_vendor_alone_reopens_and_revokes() {
        let mut link = link();
        link.apply(bundle(1, 0), 1).unwrap();
        link.apply(Event::Reopen, 2).unwrap();
        link.apply(bundle(2, 1), 3).unwrap();
        assert_eq!(refused(&mut link, bundle(3, 2), 3), "handed-over");
        assert!(link.apply(Event::Revoke, 4).unwrap().forget);
        assert_eq!(refused(&mut link, Event::Open, 5), "link-revoked");
        assert_eq!(refused(&mut link, Event::Collect, 5), "link-revoked");
        assert_eq!(refused(&mut link, bundle(4, 2), 5), "link-revoked");
        assert_eq!(refused(&mut link, Event::Reopen, 5), "link-revoked");
    }

    #[test]
    fn an_acknowledgement_names_the_version_that_was_collected() {
        let mut link = link();
        assert_eq!(refused(&mut link, Event::Acknowledge(0), 1), "nothing-there");
        link.apply(bundle(1, 0), 1).unwrap();
        assert_eq!(refused(&mut link, Event::Acknowledge(1), 2), "nothing-there", "not collected yet");
        link.apply(Event::Collect, 2).unwrap();
        link.apply(with_token(2, 1, "token1"), 3).unwrap();
        link.apply(Event::Collect, 4).unwrap();
        assert_eq!(refused(&mut link, Event::Acknowledge(1), 5), "other-version");
        assert!(link.apply(Event::Acknowledge(2), 6).unwrap().forget);
        assert_eq!(link.apply(Event::Acknowledge(2), 7), Ok(Follows::default()), "told twice");
    }

    #[test]
    fn checks_cool_down_and_never_lock_out() {
        let mut link = link();
        for n in 0..12 {
            link.apply(Event::Reserve(format!("{n}")), n).unwrap();
            link.apply(Event::Commit(format!("{n}"), "failed".into()), n).unwrap();
        }
        let refusal = link.apply(Event::Reserve("x".into()), 20).unwrap_err();
        assert_eq!((refusal.why.code, refusal.retry_after), ("cool-down", Some(580)));
        link.apply(Event::Reserve("x".into()), 600).unwrap();
    }

    #[test]
    fn checks_that_never_come_back_are_given_up() {
        let mut link = link();
        for n in 0..3 {
            link.apply(Event::Reserve(format!("{n}")), 0).unwrap();
        }
        assert_eq!(refused(&mut link, Event::Reserve("x".into()), 1), "busy");
        link.apply(Event::Reserve("x".into()), 120).unwrap();
        assert_eq!(link.apply(Event::Commit("0".into(), "passed".into()), 121), Ok(Follows::default()));
        assert_eq!(link.checked, None, "what was given up says nothing any more");
    }

    #[test]
    fn what_is_over_is_over() {
        let mut link = link();
        for event in [Event::Open, Event::Reserve("x".into()), bundle(1, 0)] {
            assert_eq!(refused(&mut link, event, 10_000), "link-expired");
        }
        link.apply(bundle(1, 0), 9_999).unwrap();
        link.apply(Event::Collect, 20_000).unwrap();
        link.apply(Event::Acknowledge(1), 20_001).unwrap();
    }

    fn at(n: i64) -> i64 {
        n.saturating_mul(86_400)
    }

    #[test]
    fn what_nobody_confirms_is_deleted_after_a_warning() {
        let mut link = Link { expires: at(14), ..Link::default() };
        assert_eq!((link.rings(), link.kept_until()), (None, None), "there is nothing to keep");
        link.apply(bundle(1, 0), at(10)).unwrap();
        assert_eq!((link.rings(), link.kept_until()), (Some(at(40) - KEEP / 4), Some(at(40))));
        assert_eq!(link.apply(Event::Time, at(32)), Ok(Follows::default()), "too early");
        let warned = link.apply(Event::Time, at(33)).unwrap();
        assert_eq!((warned.tell, warned.forget), (Some("deletion-near"), false));
        assert_eq!((link.standing(at(33)), link.rings()), ("handed-over", Some(at(40))));
        assert_eq!(link.apply(Event::Time, at(34)), Ok(Follows::default()), "warned once");
        link.apply(Event::Collect, at(39)).unwrap();
        assert_eq!(refused(&mut link, Event::Collect, at(40)), "deleted", "also before the alarm has rung");
        let deleted = link.apply(Event::Time, at(41)).unwrap();
        assert_eq!((deleted.tell, deleted.forget, deleted.write), (Some("deleted"), true, true));
        assert_eq!((link.standing(at(41)), link.rings(), link.kept_until()), ("deleted", None, None));
        assert_eq!(refused(&mut link, Event::Collect, at(41)), "deleted");
        assert_eq!(link.apply(Event::Time, at(42)), Ok(Follows::default()), "deleted once");
        link.apply(Event::Acknowledge(1), at(43)).unwrap();
        assert_eq!(link.standing(at(43)), "acknowledged", "it was collected, and is safe all the same");
        let words: Vec<_> = link.history.iter().map(|h| h.what.as_str()).collect();
        assert_eq!(words, ["handed-over", "deletion-near", "collected", "deleted", "acknowledged"]);
    }

    #[test]
    fn what_was_never_collected_cannot_be_confirmed_and_may_be_handed_over_again() {
        let mut link = Link { expires: at(90), ..Link::default() };
        let Event::HandOver(short) = bundle(1, 0) else { unreachable!() };
        link.apply(Event::HandOver(HandOver { keep: 100, ..short }), 0).unwrap();
        assert_eq!((link.rings(), link.kept_until()), (Some(75), Some(100)));
        assert!(link.apply(Event::Time, 100).unwrap().forget, "an alarm that came late deletes at once");
        assert_eq!(refused(&mut link, Event::Acknowledge(1), 101), "deleted");
        assert_eq!(refused(&mut link, bundle(2, 1), 101), "handed-over");
        link.apply(Event::Reopen, 102).unwrap();
        assert_eq!(link.standing(102), "reopened");
        link.apply(bundle(2, 1), 103).unwrap();
        assert_eq!((link.standing(103), link.kept_until()), ("handed-over", Some(103 + KEEP)));
        link.apply(Event::Collect, 104).unwrap();
        link.apply(Event::Acknowledge(2), 105).unwrap();
        assert_eq!((link.rings(), link.apply(Event::Time, at(99))), (None, Ok(Follows::default())));
    }

    #[test]
    fn what_is_withdrawn_waits_for_nothing() {
        let mut link = link();
        link.apply(bundle(1, 0), 1).unwrap();
        assert!(link.apply(Event::Revoke, 2).unwrap().forget);
        assert_eq!((link.rings(), link.apply(Event::Time, at(99))), (None, Ok(Follows::default())));
        assert_eq!(link.standing(at(99)), "revoked");
    }

    #[test]
    fn a_link_for_one_directory_takes_no_other() {
        let mut link = Link { tenant: Some("AAAA".into()), ..link() };
        let Event::HandOver(mut other) = bundle(1, 0) else { unreachable!() };
        other.tenant = Some("bbbb".into());
        assert_eq!(refused(&mut link, Event::HandOver(other.clone()), 1), "other-tenant");
        other.tenant = Some("aaaa".into());
        link.apply(Event::HandOver(other), 1).unwrap();
    }

    #[test]
    fn only_a_federated_link_is_proved() {
        let mut link = link();
        let proof = |version, failed: Option<&str>| {
            Event::Prove(Proof { version, failed: failed.map(str::to_owned) })
        };
        assert_eq!(refused(&mut link, proof(1, None), 1), "not-this-link");
        link.federated = true;
        assert_eq!(refused(&mut link, proof(0, None), 1), "nothing-there");
        link.apply(bundle(1, 0), 2).unwrap();
        link.apply(proof(1, Some("federated-mismatch")), 3).unwrap();
        assert_eq!(
            (link.standing(3), link.proved.clone().unwrap().code.as_str()),
            ("not-proved", "federated-mismatch")
        );
        link.apply(proof(1, None), 4).unwrap();
        assert_eq!(link.standing(5), "proved");
        link.apply(with_token(2, 1, "token1"), 6).unwrap();
        assert_eq!(link.standing(6), "handed-over", "what replaces it is not proved yet");
        assert_eq!(refused(&mut link, proof(1, None), 7), "other-version");
        link.apply(Event::Revoke, 8).unwrap();
        assert_eq!(refused(&mut link, proof(2, None), 9), "link-revoked");
    }

    #[test]
    fn a_proof_that_was_stored_before_reasons_were_is_read() {
        let stored = r#"{"expires": 9, "federated": true, "proved": {"ok": false, "at": 3}}"#;
        let link: Link = serde_json::from_str(stored).unwrap();
        assert_eq!(link.proved, Some(Proved { ok: false, at: 3, code: String::new() }));
    }
}
