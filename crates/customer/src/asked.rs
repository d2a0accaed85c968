//! A link whose sender is proved, and what was made of it since.

use std::collections::BTreeMap;

use handrail_credential::{Secret, utc};
use handrail_handover::json::tree_of;
use handrail_handover::{
    Admitted, Bundle, EndDate, Envelope, Known, Met, PublicKey, RECEIPT_TYPE, Refusal, Salt, VendorDocument,
    jose, may_use, refusal,
};
use handrail_seal::{Recipient, seal};
use serde_json::{Map, Value, json};

use crate::look::{Look, Proof, Trouble, kept_until, text};

/// The values that were checked, by id.
pub type Values = BTreeMap<String, Secret>;

/// What Microsoft's worldwide cloud calls itself in a federated credential; the portal fills its own cloud's name in.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// Where Microsoft's clouds ask for consent.
const SIGN_IN: [&str; 3] =
    ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];

/// A proved link.
#[derive(Clone)]
pub struct Asked {
    /// What the vendor signed, and to whom is sealed.
    pub link: Admitted,
    /// How the vendor's keys stand to those that are remembered.
    pub met: Met,
    /// What is to be remembered of the vendor, once its guide is one it may use.
    pub known: Known,
    /// The link's token.
    pub token: String,
    /// The vendor's own guide, as it was signed, where the link has one.
    pub guide: Option<String>,
    /// Which hand-over is the current one; 0 before the first.
    pub version: u32,
    /// Something was handed over that this browser cannot replace.
    pub taken: bool,
    /// How far the link is, one of the state machine's words.
    pub standing: String,
    /// What became of the vendor's own try.
    pub proof: Proof,
    kept_until: Option<i64>,
    /// The service's keys, as the vendor's domain names them.
    keys: Vec<PublicKey>,
    salt: Option<Salt>,
    report: Option<String>,
    /// The body of a hand-over, kept while it is tried again.
    sent: Option<Value>,
    receipt: String,
    replace: String,
}

impl Asked {
    pub(crate) fn new(
        look: Look,
        link: Admitted,
        (known, met): (Known, Met),
        document: &VendorDocument,
        origin: &str,
    ) -> Self {
        let keys = document.worker(origin).map(handrail_handover::WorkerEntry::public_keys);
        Self {
            link,
            met,
            known,
            token: look.token,
            guide: look.own,
            version: look.version,
            taken: look.taken,
            standing: look.standing,
            proof: look.proof,
            kept_until: look.kept_until,
            keys: keys.unwrap_or_default(),
            salt: None,
            report: None,
            sent: None,
            receipt: String::new(),
            replace: String::new(),
        }
    }

    /// The proved domain.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.link.claims.iss
    }

    /// Whether the sender may use the guide.
    ///
    /// # Errors
    /// When the guide names other domains: a stranger's link.
    pub fn may_use(&self, guide_domains: &[String]) -> Result<(), Refusal> {
        may_use(self.domain(), guide_domains)
    }

    /// A check begins: what was found before counts no more. Answers the text of the salt that goes with it.
    pub fn checking(&mut self, random: [u8; 32]) -> String {
        self.forget_report();
        let salt = Salt::from_random(random);
        let text = salt.to_text();
        self.salt = Some(salt);
        text
    }

    /// The body of a check. The values are in it in the clear: this is the one moment they leave the customer's machine.
    #[must_use]
    pub fn question(&self, salt: &str, values: &Values) -> Value {
        let mut open = Map::new();
        for (id, value) in values {
            // EXPOSE: into the check that the person asked for.
            open.insert(id.clone(), value.expose().into());
        }
        let claims = &self.link.claims;
        json!({"guide": claims.guide, "link": claims.jti, "salt": salt, "values": open})
    }

    /// The report on the values came: its token.
    pub fn reported(&mut self, token: &str) {
        self.report = Some(token.to_owned());
    }

    /// The report on values that were checked elsewhere in this extension, with the salt of its commitment.
    pub fn reported_with(&mut self, token: &str, salt: &str) {
        let salt = Salt::parse(salt);
        if self.report.as_deref() != Some(token) || self.salt != salt {
            self.forget_report();
            (self.report, self.salt) = (Some(token.to_owned()), salt);
        }
    }

    /// A value changed: no report is about it.
    pub fn forget_report(&mut self) {
        (self.report, self.sent) = (None, None);
    }

    /// The values, sealed to the proved recipients; nothing without a report. `random` fills from a secure source.
    #[must_use]
    pub fn sealed(
        &self,
        values: Values,
        ends: Option<EndDate>,
        now: i64,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Option<Envelope> {
        let report = self.report.clone()?;
        let recipients: Vec<Recipient> =
            self.link.recipients.iter().map(|r| r.parse()).collect::<Result<_, _>>().ok()?;
        let claims = &self.link.claims;
        let bundle = Bundle {
            link: claims.jti.clone(),
            vendor: claims.iss.clone(),
            guide: claims.guide.clone(),
            values,
            salt: self.salt.clone()?,
            ends,
            report: report.clone(),
            made: now,
        };
        let sealed = seal(&recipients, bundle.to_json().as_bytes(), random).ok()?;
        let envelope = Envelope { link: self.token.clone(), report, ..Envelope::default() };
        Some(envelope.with_sealed(&sealed))
    }

    /// The body of a hand-over. Tried again, it is the same one, so that a lost answer hands nothing over twice.
    pub fn body(
        &mut self,
        values: Values,
        ends: Option<EndDate>,
        now: i64,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Option<Value> {
        if let Some(sent) = &self.sent {
            return Some(sent.clone());
        }
        let mut text = || {
            let mut bytes = [0; 32];
            random(&mut bytes);
            Salt::from_random(bytes).to_text()
        };
        let (key, next) = (text(), text());
        let day = ends.as_ref().map(|ends| ends.date.clone());
        let envelope = self.sealed(values, ends, now, random)?;
        let mut body = json!({
            "after": self.version, "key": key, "next-replace": jose::digest(next.as_bytes()),
            "report": envelope.report, "sealed": envelope.sealed,
        });
        if let Some(map) = body.as_object_mut() {
            if let Some(day) = day {
                map.insert("ends".to_owned(), day.into());
            }
            if !self.replace.is_empty() {
                map.insert("replace".to_owned(), self.replace.clone().into());
            }
        }
        self.replace = next;
        self.sent = Some(body.clone());
        Some(body)
    }

    /// The answer to a hand-over.
    ///
    /// # Errors
    /// The refusal, or that what came is no receipt for what was sent.
    pub fn handed_over(&mut self, status: u16, answer: &str) -> Result<(), Trouble> {
        if status == 200 {
            let answer: Value = tree_of(answer.as_bytes()).unwrap_or_default();
            let receipt = text(&answer, "receipt");
            if self.is_receipt(&receipt) {
                self.receipt = receipt;
                "handed-over".clone_into(&mut self.standing);
                self.proof = Proof::default();
                self.kept_until = kept_until(&answer);
                self.version = self.version.saturating_add(1);
                self.forget_report();
                self.salt = None;
                return Ok(());
            }
            return Err(refusal::RECEIPT_FOREIGN.into());
        } else if (400..500).contains(&status) {
            // Refused for good: another try is another hand-over.
            self.sent = None;
        }
        Err(Trouble::told(answer))
    }

    /// Whether it was signed by the service for exactly what was sent.
    fn is_receipt(&self, token: &str) -> bool {
        let Ok(receipt) = jose::verify::<Value>(token, RECEIPT_TYPE, &self.keys) else { return false };
        let sealed = self.sent.as_ref().map(|sent| text(sent, "sealed")).unwrap_or_default();
        let envelope = Envelope { sealed, ..Envelope::default() };
        let digest = envelope.sealed_bytes().map(|bytes| jose::digest(&bytes));
        let claims = &self.link.claims;
        text(&receipt, "aud") == claims.iss
            && text(&receipt, "sub") == claims.jti
            && digest == Ok(text(&receipt, "sha256"))
    }

    /// The day since which the vendor's keys are known here: `2026-11-23`; nothing at its first link, or after a
    /// fingerprint.
    #[must_use]
    pub fn known_since(&self) -> Option<String> {
        let Met::Same { since } = self.met else { return None };
        Some(day(since))
    }

    /// Whether the vendor told the fingerprint of its key.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        matches!(self.met, Met::Told)
    }

    /// What the customer enters in the portal, where the vendor's own issuer takes the place of a secret: a short name and
    /// the value.
    #[must_use]
    pub fn own(&self) -> Vec<(&'static str, &str)> {
        let claims = &self.link.claims;
        let (Some(issuer), Some(subject)) = (&claims.issuer, &claims.subject) else { return Vec::new() };
        vec![("issuer", issuer), ("subject", subject), ("audience", AUDIENCE)]
    }

    /// Where the customer consents to the vendor's own app, if that is asked: a sign-in host of Microsoft's, whatever
    /// the vendor signed.
    #[must_use]
    pub fn consent(&self) -> Option<&str> {
        let is_microsoft_s = |address: &&str| {
            let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            host.is_some_and(|host| SIGN_IN.contains(&host))
        };
        self.link.claims.consent.as_deref().filter(is_microsoft_s)
    }

    /// Whether the vendor tries what is handed over with a key of its own, so that no secret is asked for.
    #[must_use]
    pub const fn is_proved_afterwards(&self) -> bool {
        self.link.claims.is_proved_afterwards()
    }

    /// The service was asked again how far the link is.
    pub fn looked(&mut self, look: Look) {
        if look.token == self.token {
            (self.standing, self.proof, self.kept_until) = (look.standing, look.proof, look.kept_until);
        }
    }

    /// The last day on which the service keeps what was handed over, if nobody confirms it before: `2027-05-20`.
    #[must_use]
    pub fn kept_until(&self) -> Option<String> {
        self.kept_until.map(day)
    }

    /// The receipt's token; empty before a hand-over.
    #[must_use]
    pub fn receipt(&self) -> &str {
        &self.receipt
    }

    /// What the customer keeps: the receipt, and what permits to replace what was handed over.
    #[must_use]
    pub fn to_keep(&self) -> String {
        let kept = json!({"receipt": self.receipt, "replace-token": self.replace, "link": self.token});
        format!("{kept:#}\n")
    }
}

/// The day of a moment, in UTC: `2026-11-23`.
#[must_use]
pub fn day(seconds: i64) -> String {
    utc(seconds).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use handrail_entra::Cloud;

    use super::{AUDIENCE, SIGN_IN};

    /// The page has no room for the table of clouds, so it has these rows of it.
    #[test]
    fn hosts_and_audience_are_those_of_the_table_of_clouds() {
        let hosts = Cloud::ALL.map(Cloud::login_host);
        assert!(
            hosts.iter().all(|host| SIGN_IN.contains(host))
                && SIGN_IN.iter().all(|host| hosts.contains(host))
        );
        assert_eq!(AUDIENCE, Cloud::Worldwide.federated_audience());
    }
}
