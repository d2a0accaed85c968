//! What the page knows, and what each event makes of it.

use handrail_credential::{Checked, Kind, Look, check, identify};
use handrail_customer::{Asked, Trouble, Values};
use handrail_handover::{EndDate, Envelope, LinkClaims, refusal};
use handrail_json::{FromJson, from_str};
use handrail_messages::report::{Report, Verdict};
use handrail_words::say;
use serde_json::Value;
use vecmap::VecMap;

use crate::calendar::{Reminder, calendar};

/// What the Worker says about its guides.
#[derive(Default, FromJson)]
#[serde(default)]
pub struct Guides {
    /// Each by its id.
    pub guides: VecMap<String, Guide>,
}

/// What the Worker says about a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson)]
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
    /// Permissions of a guide of the vendor's own: how dangerous each is, and what it is with why.
    pub asked: Vec<(String, String)>,
}

/// A guide of the vendor's own, made of packaged recipes, and its steps in words.
#[derive(Default, FromJson)]
#[serde(default)]
pub struct Own {
    /// The guide.
    pub guide: Guide,
    /// Its steps for what the link is for.
    pub steps: Vec<Step>,
}

/// Whether such a permission is ticked one by one.
pub(crate) fn is_ticked_one_by_one(danger: &str) -> bool {
    matches!(danger, "tier-0" | "high")
}

/// What follows a guide's id in the name of the way that a link is for.
pub(crate) fn way_of(claims: &LinkClaims) -> &'static str {
    match (claims.mode.as_str(), claims.subject.is_some()) {
        ("remove", _) => ".remove",
        // The usual steps would make a secret. Nothing is renewed: another credential is added to the app.
        ("renew", true) => ".adopt.link",
        (_, true) => ".run.link",
        _ if claims.consent.is_some() => ".run.consent",
        ("renew", false) => ".renew",
        _ => "",
    }
}

/// A step of the guide in words, for those without the extension.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson)]
#[serde(default)]
pub struct Step {
    /// Heading it belongs to.
    pub group: String,
    /// What to do, in short.
    pub title: String,
    /// The same at length; `{client-id}` and the like stand for values.
    pub text: String,
    /// What has to be typed or chosen.
    pub copy: String,
    /// A warning.
    pub caution: String,
    /// The way to its page in words.
    pub menu: String,
    /// Name of a portal and the page's address there.
    pub links: Vec<(String, String)>,
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

impl Field {
    /// Whether there is a value and nothing stands against it.
    #[must_use]
    pub fn stands(&self) -> bool {
        let checked = self.checked.as_ref();
        checked.is_some_and(|c| !c.value.is_empty() && (self.kept || c.objection().is_none()))
    }
}

/// Where the page stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Asking who asks.
    #[default]
    Loading,
    /// The link may not be used.
    Refused(Trouble),
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

/// Seconds without a press or a key after which values are wiped: a call is survived, a screen that was left is not.
const IDLE: i64 = 15 * 60;

/// Seconds before that in which it is announced.
const NOTICE: i64 = 60;

/// What the page does with values that nobody touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Idle {
    /// Nothing yet.
    #[default]
    Kept,
    /// They are wiped within [`NOTICE`].
    Soon,
    /// They were wiped.
    Wiped,
}

/// Everything the page knows.
#[derive(Default)]
pub struct Model {
    /// Where it stands.
    pub phase: Phase,
    /// The proved link.
    pub asked: Option<Asked>,
    /// The guide.
    pub guide: Guide,
    /// The guide's steps in words, once they were asked for.
    pub steps: Option<Vec<Step>>,
    /// Dangerous permissions of the vendor's own guide that were ticked, by place.
    pub ticked: Vec<usize>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The report.
    pub report: Option<Report>,
    /// The day the secret ends, as typed.
    pub ends: String,
    /// When somebody last did something here, in seconds since 1970.
    pub touched: i64,
    /// What becomes of values that nobody touches.
    pub idle: Idle,
    /// The customer agrees that the vendor is told how far this is.
    pub shares: bool,
    /// The number of the step that the vendor was told last.
    pub shared: u32,
    /// What went wrong last, for people.
    pub trouble: Option<Trouble>,
    /// The vendor's keys are not those that were seen before: its fingerprint is asked for. True where the one that was
    /// entered last is another.
    pub fingerprint: Option<bool>,
}

impl Model {
    /// The link may not be used; `is_told`: a fingerprint was entered. Once it is asked for it is, whatever else is in the way.
    pub fn refuse(&mut self, why: impl Into<Trouble>, is_told: bool) {
        let why = why.into();
        let is_changed = why.code == refusal::KEYS_CHANGED.code;
        self.fingerprint = if is_changed { Some(is_told) } else { self.fingerprint.map(|_| false) };
        self.phase = Phase::Refused(why);
    }

    /// The sender was proved.
    pub fn begin(&mut self, asked: Asked, guide: Guide) {
        if let Err(why) = asked.may_use(&guide.domains) {
            return self.refuse(why, false);
        }
        self.fields_of(&guide);
        self.adapt(&asked);
        self.guide = guide;
        self.asked = Some(asked);
        self.phase = Phase::Asked;
    }

    /// A dangerous permission was ticked, or not after all.
    pub fn agree(&mut self, at: usize, on: bool) {
        self.ticked.retain(|known| *known != at);
        if on {
            self.ticked.push(at);
        }
    }

    /// Whether every dangerous permission of the vendor's own guide was ticked.
    #[must_use]
    pub fn is_ticked(&self) -> bool {
        self.guide
            .asked
            .iter()
            .enumerate()
            .all(|(at, (danger, _))| !is_ticked_one_by_one(danger) || self.ticked.contains(&at))
    }

    /// Empty fields for what the guide needs.
    pub(crate) fn fields_of(&mut self, guide: &Guide) {
        let field = |(id, kind): &(String, String)| Field {
            id: id.clone(),
            kind: Kind::named(kind),
            ..Field::default()
        };
        self.fields = guide.fields.iter().map(field).collect();
    }

    /// What the vendor proves afterwards needs no secret, and a consent at least the directory.
    fn adapt(&mut self, asked: &Asked) {
        if asked.is_proved_afterwards() {
            self.fields.retain(|field| field.kind != Some(Kind::ClientSecret));
        }
        if asked.consent().is_some() && !self.fields.iter().any(|field| field.id == "tenant-id") {
            let id = "tenant-id".to_owned();
            self.fields.push(Field { id, kind: Some(Kind::TenantId), ..Field::default() });
        }
    }

    /// The file with the guide's steps in words.
    #[must_use]
    pub fn steps_file(&self) -> String {
        let claims = self.asked.as_ref().map(|asked| &asked.link.claims);
        claims.map_or_else(String::new, |c| format!("/assets/{}{}.steps.json", c.guide, way_of(c)))
    }

    /// A step's words with the values that are known and no secret in their places.
    #[must_use]
    pub fn filled(&self, words: &str) -> String {
        let mut words = words.to_owned();
        for (id, value) in self.asked.iter().flat_map(Asked::own) {
            words = words.replace(&format!("{{{id}}}"), value);
        }
        for field in
            self.fields.iter().filter(|field| field.kind != Some(Kind::ClientSecret) && field.stands())
        {
            if let Some(checked) = &field.checked {
                // EXPOSE: an ID or a domain, into the words it belongs to.
                words = words.replace(&format!("{{{}}}", field.id), checked.value.expose());
            }
        }
        words
    }

    /// A value was typed or pasted. Any change makes an earlier report worthless.
    pub fn entered(&mut self, id: &str, text: &str) {
        self.forget_report();
        self.idle = Idle::Kept;
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
        !self.fields.is_empty() && self.fields.iter().all(Field::stands)
    }

    /// Somebody does something here.
    pub fn touch(&mut self, now: i64) {
        self.touched = now;
        if self.idle == Idle::Soon {
            self.idle = Idle::Kept;
        }
    }

    /// Some time passed. True when the values were wiped just now.
    pub fn tick(&mut self, now: i64) -> bool {
        let holds = self.phase == Phase::Form && self.fields.iter().any(|field| field.checked.is_some());
        let left = self.touched.saturating_add(IDLE).saturating_sub(now);
        if holds && left <= 0 {
            self.wipe();
            self.idle = Idle::Wiped;
            return true;
        }
        if holds {
            self.idle = if left <= NOTICE { Idle::Soon } else { Idle::Kept };
        }
        false
    }

    /// Forgets every value.
    pub fn wipe(&mut self) {
        for field in &mut self.fields {
            (field.checked, field.kept) = (None, false);
        }
        self.forget_report();
    }

    /// What the vendor is told of the progress, where the customer agrees: id and number of the step, once each.
    pub fn next_to_share(&mut self) -> Option<(&'static str, u32)> {
        let (step, number) = match &self.phase {
            Phase::Form if self.report.is_some() => ("checked", 3),
            Phase::Form if self.complete() => ("values", 2),
            Phase::Form => ("begun", 1),
            _ => return None,
        };
        let is_news = self.shares && number > self.shared;
        is_news.then(|| {
            self.shared = number;
            (step, number)
        })
    }

    /// Begins a check; answers its body. The values are in it in the clear: this is the one moment they leave the page.
    pub fn check_body(&mut self, salt: [u8; 32]) -> Option<Value> {
        self.phase = Phase::Checking;
        self.forget_report();
        let values = self.values();
        let asked = self.asked.as_mut()?;
        let salt = asked.checking(salt);
        Some(asked.question(&salt, &values))
    }

    fn values(&self) -> Values {
        let mut values = Values::new();
        for field in &self.fields {
            if let Some(checked) = &field.checked {
                values.insert(field.id.clone(), checked.value.clone());
            }
        }
        values
    }

    /// The answer to a check.
    pub fn answered(&mut self, status: u16, text: &str) {
        self.phase = Phase::Form;
        let report = from_str::<Report>(text).ok().filter(|_| status == 200);
        let signed = report.as_ref().and_then(|report| report.signed.clone());
        match (signed, self.asked.as_mut()) {
            (Some(signed), Some(asked)) => {
                asked.reported(&signed);
                self.report = report;
                self.trouble = None;
            }
            _ => self.trouble = Some(Trouble::told(text)),
        }
    }

    /// Whether the report permits a hand-over.
    #[must_use]
    pub fn may_hand_over(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.verdict != Verdict::Failed)
    }

    /// The values sealed to the proved recipients. `random` fills from the browser's secure source.
    #[must_use]
    pub fn sealed(&self, now: i64, random: &mut dyn FnMut(&mut [u8])) -> Option<Envelope> {
        self.asked.as_ref()?.sealed(self.values(), self.ends(), now, random)
    }

    /// The day the secret ends, where one was typed.
    #[must_use]
    pub fn end_day(&self) -> Option<String> {
        let day = self.ends.trim();
        (day.len() == 10).then(|| day.to_owned())
    }

    /// The calendar file for that day, where it is one.
    #[must_use]
    pub fn reminder(&self, now: i64) -> Option<String> {
        let (title, task) = (say!("page-reminder", guide = &self.guide.title), say!("page-reminder-renew"));
        let code = &self.asked.as_ref()?.link.claims.jti;
        calendar(&Reminder { code, day: &self.end_day()?, title: &title, task: &task }, now)
    }

    fn ends(&self) -> Option<EndDate> {
        self.end_day().map(|date| EndDate { date, how: "typed".to_owned() })
    }

    /// The body of a hand-over.
    pub fn hand_over_body(&mut self, now: i64, random: &mut dyn FnMut(&mut [u8])) -> Option<Value> {
        let (values, ends) = (self.values(), self.ends());
        let body = self.asked.as_mut().and_then(|asked| asked.body(values, ends, now, random));
        self.phase = if body.is_some() { Phase::Sending } else { Phase::Form };
        body
    }

    /// The answer to a hand-over. The values are wiped as soon as it stands.
    pub fn handed_over(&mut self, status: u16, text: &str) {
        let Some(asked) = self.asked.as_mut() else { return };
        match asked.handed_over(status, text) {
            Ok(()) => {
                self.phase = Phase::Done;
                self.fields.clear();
                self.trouble = None;
            }
            Err(why) => {
                self.phase = Phase::Form;
                self.trouble = Some(why);
            }
        }
    }

    fn forget_report(&mut self) {
        self.report = None;
        self.trouble = None;
        if let Some(asked) = &mut self.asked {
            asked.forget_report();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Model {
        let mut model = Model { phase: Phase::Form, touched: 1_000, ..Model::default() };
        let fields = vec![("client-id".to_owned(), "client-id".to_owned())];
        model.fields_of(&Guide { fields, ..Guide::default() });
        model
    }

    #[test]
    fn a_fingerprint_is_asked_for_where_the_keys_are_others_and_then_whatever_else_is_in_the_way() {
        let mut model = Model::default();
        let html =
            |model: &Model| crate::view(model).iter().map(handrail_ui::Node::to_html).collect::<String>();
        model.refuse(refusal::LINK_FORGED, false);
        assert!(!html(&model).contains("fingerprint"));
        model.refuse(refusal::KEYS_CHANGED, false);
        assert!(html(&model).contains(r#"id="fingerprint""#) && !html(&model).contains("mistold"));
        model.refuse(refusal::KEYS_CHANGED, true);
        assert!(html(&model).contains(r#"aria-describedby="mistold""#));
        model.refuse(Trouble::default(), true);
        assert!(html(&model).contains(r#"id="fingerprint""#) && !html(&model).contains("mistold"));
    }

    #[test]
    fn every_dangerous_permission_of_an_own_guide_is_ticked() {
        let asked = ["low", "high", "tier-0"].map(|danger| (danger.to_owned(), "A permission".to_owned()));
        let mut model =
            Model { guide: Guide { asked: asked.to_vec(), ..Guide::default() }, ..Model::default() };
        for at in [1, 2] {
            assert!(!model.is_ticked());
            model.agree(at, true);
        }
        assert!(model.is_ticked());
        model.agree(2, false);
        assert!(!model.is_ticked() && form().is_ticked());
    }

    #[test]
    fn values_that_nobody_touches_are_wiped_after_a_notice() {
        let mut model = form();
        assert!(!model.tick(1_000 + IDLE), "there is nothing to wipe");
        model.entered("client-id", "0f8fad5b-d9cb-469f-a165-70867728950e");
        assert!(!model.tick(1_000 + IDLE - NOTICE - 1) && model.idle == Idle::Kept);
        assert!(!model.tick(1_000 + IDLE - NOTICE) && model.idle == Idle::Soon);
        model.touch(2_000);
        assert!(!model.tick(1_000 + IDLE) && model.idle == Idle::Kept && model.complete());
        assert!(model.tick(2_000 + IDLE) && model.idle == Idle::Wiped && !model.complete());
        assert!(!model.tick(9_000) && model.idle == Idle::Wiped, "said until something is entered");
    }

    #[test]
    fn the_vendor_is_told_nothing_unless_the_customer_agrees_and_each_step_once() {
        let mut model = form();
        assert_eq!(model.next_to_share(), None);
        model.shares = true;
        assert_eq!((model.next_to_share(), model.next_to_share()), (Some(("begun", 1)), None));
        model.entered("client-id", "0f8fad5b-d9cb-469f-a165-70867728950e");
        assert_eq!((model.next_to_share(), model.next_to_share()), (Some(("values", 2)), None));
        model.entered("client-id", "");
        assert_eq!(model.next_to_share(), None, "a step back is nobody's business");
    }
}
