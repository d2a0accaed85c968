//! What the page knows, and what each event makes of it.

use std::collections::BTreeMap;

use handrail_credential::{Checked, Kind, Look, Secret, check, identify};
use handrail_handover::json::{read_json, tree_of};
use handrail_handover::{
    Admitted, Bundle, Code, EndDate, Envelope, Refusal, Salt, VendorDocument, admit, may_use,
};
use handrail_messages::report::{Report, Verdict};
use handrail_seal::{Recipient, seal};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the Worker says about a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Guide {
    /// Title.
    pub title: String,
    /// The vendor's name.
    pub vendor: String,
    /// Digest of today's guide.
    pub digest: String,
    /// Domains that may use it.
    pub domains: Vec<String>,
    /// What it is for.
    pub purpose: String,
    /// Permissions, each with why.
    pub permissions: Vec<String>,
    /// Values it needs: id and kind, in the order of the guide.
    pub fields: Vec<(String, String)>,
}

/// A value and its field.
#[derive(Default)]
pub struct Field {
    /// Id of the value.
    pub id: String,
    /// What it is meant to be.
    pub kind: Option<Kind>,
    /// The value after its check.
    pub checked: Option<Checked>,
    /// The person keeps it in spite of what was found.
    pub kept: bool,
}

/// Where the page stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Asking who asks.
    #[default]
    Loading,
    /// The link may not be used.
    Refused(String, String),
    /// The sender is proved; nothing was begun.
    Asked,
    /// Values are entered.
    Form,
    /// A check runs.
    Checking,
    /// A bundle is on its way.
    Sending,
    /// It is handed over.
    Done,
    /// It was downloaded.
    Downloaded,
}

/// Everything the page knows.
#[derive(Default)]
pub struct Model {
    /// Where it stands.
    pub phase: Phase,
    /// The proved link.
    pub link: Option<Admitted>,
    /// The vendor's document.
    pub document: Option<VendorDocument>,
    /// The link's token.
    pub token: String,
    /// The guide.
    pub guide: Guide,
    /// Which hand-over would be the next.
    pub version: u32,
    /// Whether something was handed over that this browser cannot replace.
    pub taken: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// The report and its token.
    pub report: Option<(Report, String)>,
    /// Salt of the commitment to the values of the report.
    pub salt: Option<Salt>,
    /// The day the secret ends, as typed.
    pub ends: String,
    /// What went wrong last, for people.
    pub trouble: Option<String>,
    /// The receipt's token.
    pub receipt: String,
    /// What permits to replace what was handed over; shown in the receipt to keep.
    pub replace: String,
    /// The idempotency key of the hand-over, kept while it is tried again, and the body it belongs to.
    pub sent: Option<Value>,
}

/// Words for an answer of the Worker that is none.
pub(crate) const NO_ANSWER: &str = "The service does not answer. Nothing is lost: try again.";

impl Model {
    /// The link may not be used.
    pub fn refuse(&mut self, why: Refusal) {
        self.phase = Phase::Refused(why.what.to_owned(), why.next.to_owned());
    }

    /// Decides about the link. All three texts came to this browser from where they belong.
    pub fn decide(&mut self, token: &str, code: &Code, origin: &str, document: VendorDocument, now: i64) {
        let admitted = admit(token, code, origin, &document, now);
        let own = |link: Admitted| may_use(&link.claims.iss, &self.guide.domains).map(|()| link);
        match admitted.and_then(own) {
            Ok(link) => {
                self.token = token.to_owned();
                self.fields = fields(&self.guide);
                self.link = Some(link);
                self.document = Some(document);
                self.phase = Phase::Asked;
            }
            Err(why) => self.refuse(why),
        }
    }

    /// A value was typed or pasted. Any change makes an earlier report worthless.
    pub fn entered(&mut self, id: &str, text: &str) {
        self.forget_report();
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.kept = false;
            field.checked = (!text.trim().is_empty()).then(|| check(field.kind.unwrap_or(Kind::Text), text));
        }
    }

    /// The person keeps a value in spite of a warning, or takes the proposal of this number.
    pub fn overruled(&mut self, id: &str, proposal: Option<usize>) {
        self.forget_report();
        let Some(field) = self.fields.iter_mut().find(|field| field.id == id) else { return };
        let mut proposals = field.checked.iter().flat_map(|checked| &checked.suggestions);
        match proposal.map(|n| proposals.nth(n).cloned()) {
            // EXPOSE: checked once more, then into its field.
            Some(Some(text)) => {
                field.checked = Some(check(field.kind.unwrap_or(Kind::Text), text.expose()));
            }
            Some(None) => {}
            None => field.kept = true,
        }
    }

    /// Puts everything that a pasted text holds into its field; answers how many fields were filled.
    pub fn pasted(&mut self, text: &str) -> usize {
        let mut filled = 0;
        let found = identify(text);
        for field in &mut self.fields {
            let name = field.kind.map_or("", Kind::name);
            let fits = found.iter().find(|f| f.kind == name && f.look != Look::Wrong);
            if let (Some(fits), true) = (fits, field.checked.is_none()) {
                // EXPOSE: checked, then into its field.
                field.checked = Some(check(field.kind.unwrap_or(Kind::Text), fits.value.expose()));
                filled += 1;
            }
        }
        if filled > 0 {
            self.forget_report();
        }
        filled
    }

    /// Whether everything is there and nothing stands against it.
    #[must_use]
    pub fn complete(&self) -> bool {
        let good = |field: &Field| {
            field
                .checked
                .as_ref()
                .is_some_and(|c| !c.value.is_empty() && (field.kept || c.objection().is_none()))
        };
        !self.fields.is_empty() && self.fields.iter().all(good)
    }

    /// The body of a check. The values are in it in the clear: this is the one moment they leave the page.
    pub fn check_body(&mut self, salt: [u8; 32]) -> Value {
        let salt = Salt::from_random(salt);
        let text = salt.to_text();
        self.salt = Some(salt);
        let mut values = serde_json::Map::new();
        for (id, value) in self.values() {
            // EXPOSE: into the check that the person asked for.
            values.insert(id, value.expose().into());
        }
        let claims = self.link.as_ref().map(|link| &link.claims);
        json!({
            "guide": claims.map(|c| c.guide.as_str()), "link": claims.map(|c| c.jti.as_str()),
            "salt": text, "values": values,
        })
    }

    fn values(&self) -> BTreeMap<String, Secret> {
        let there =
            self.fields.iter().filter_map(|f| Some((f.id.clone(), f.checked.as_ref()?.value.clone())));
        there.collect()
    }

    /// The answer to a check.
    pub fn answered(&mut self, status: u16, text: &str) {
        self.phase = Phase::Form;
        let answer: Value = tree_of(text.as_bytes()).unwrap_or_default();
        if status != 200 {
            self.trouble = Some(trouble(&answer));
            return;
        }
        let signed = answer.get("signed").and_then(Value::as_str).unwrap_or_default().to_owned();
        match read_json::<Report>(text.as_bytes()) {
            Ok(report) if !signed.is_empty() => {
                self.trouble = None;
                self.report = Some((report, signed));
            }
            _ => self.trouble = Some(NO_ANSWER.to_owned()),
        }
    }

    /// Whether the report permits a hand-over.
    #[must_use]
    pub fn may_hand_over(&self) -> bool {
        self.report.as_ref().is_some_and(|(report, _)| report.verdict != Verdict::Failed)
    }

    /// Seals the values to the proved recipients. `random` fills from the browser's secure source.
    pub fn sealed(&self, now: i64, random: &mut dyn FnMut(&mut [u8])) -> Option<Envelope> {
        let link = self.link.as_ref()?;
        let (_, report) = self.report.as_ref()?;
        let recipients: Vec<Recipient> =
            link.recipients.iter().map(|r| r.parse()).collect::<Result<_, _>>().ok()?;
        let bundle = Bundle {
            link: link.claims.jti.clone(),
            vendor: link.claims.iss.clone(),
            guide: link.claims.guide.clone(),
            values: self.values(),
            salt: self.salt.clone()?,
            ends: self.end_day().map(|date| EndDate { date, how: "typed".to_owned() }),
            report: report.clone(),
            made: now,
        };
        let sealed = seal(&recipients, bundle.to_json().as_bytes(), random).ok()?;
        let envelope = Envelope { link: self.token.clone(), report: report.clone(), ..Envelope::default() };
        Some(envelope.with_sealed(&sealed))
    }

    /// The day the secret ends, where one was typed.
    #[must_use]
    pub fn end_day(&self) -> Option<String> {
        let day = self.ends.trim();
        (day.len() == 10).then(|| day.to_owned())
    }

    /// The body of a hand-over. Tried again, it is the same one, so that a lost answer hands nothing over twice.
    pub fn hand_over_body(&mut self, now: i64, random: &mut dyn FnMut(&mut [u8])) -> Option<Value> {
        if let Some(sent) = &self.sent {
            return Some(sent.clone());
        }
        let mut text = || {
            let mut bytes = [0; 32];
            random(&mut bytes);
            Salt::from_random(bytes).to_text()
        };
        let (key, next) = (text(), text());
        let envelope = self.sealed(now, random)?;
        let mut body = json!({
            "after": self.version, "key": key, "next-replace": handrail_handover::jose::digest(next.as_bytes()),
            "report": envelope.report, "sealed": envelope.sealed,
        });
        if let Some(map) = body.as_object_mut() {
            if let Some(day) = self.end_day() {
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

    /// The answer to a hand-over. The values are wiped as soon as it stands.
    pub fn handed_over(&mut self, status: u16, text: &str) {
        let answer: Value = tree_of(text.as_bytes()).unwrap_or_default();
        let receipt = answer.get("receipt").and_then(Value::as_str).unwrap_or_default();
        if status == 200 && !receipt.is_empty() {
            receipt.clone_into(&mut self.receipt);
            self.phase = Phase::Done;
            self.fields.clear();
            self.trouble = None;
            return;
        }
        self.phase = Phase::Form;
        self.trouble = Some(trouble(&answer));
        if (400..500).contains(&status) {
            // Refused for good: another try is another hand-over.
            self.sent = None;
        }
    }

    fn forget_report(&mut self) {
        self.report = None;
        self.sent = None;
        self.trouble = None;
    }
}

fn fields(guide: &Guide) -> Vec<Field> {
    let field =
        |(id, kind): &(String, String)| Field { id: id.clone(), kind: Kind::named(kind), ..Field::default() };
    guide.fields.iter().map(field).collect()
}

/// The words of a refusal.
fn trouble(answer: &Value) -> String {
    let word = |name: &str| {
        answer.get("error").and_then(|e| e.get(name)).and_then(Value::as_str).unwrap_or_default()
    };
    if word("what").is_empty() { NO_ANSWER.to_owned() } else { format!("{} {}", word("what"), word("next")) }
}
