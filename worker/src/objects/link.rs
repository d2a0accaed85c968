//! One link: its token, its state, and the sealed bundle until it is confirmed or its time is over.

use handrail_handover::state::{Event, HandOver, Link, Progress, Proof, Refused};
use handrail_handover::{Envelope, LinkClaims, Refusal, jose, refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::notice::Notice;
use super::store::{Store, number, text};
use super::vendor::VendorAsk;
use super::{ask_vendor, read_own, read_tree, tell};
use crate::answer::put;
use crate::{microsoft, proof};

/// What a link is asked.
#[derive(Serialize, Deserialize)]
pub(crate) enum LinkAsk {
    /// Keep this token, and the vendor's own guide that belongs to it.
    Create(String, Option<String>),
    /// What may everyone who has the code see?
    Look,
    /// Something happened on the customer's side.
    Opened,
    /// The customer shares how far the work is.
    Progress(Progress),
    /// May a check run? Answers its name and the token.
    Reserve,
    /// A check came to its end.
    Commit(String, String),
    /// A bundle, whose report was verified: what stands in the receipt's place until it is signed, and the envelope.
    HandOver(Box<Incoming>),
    /// What the vendor asks; the domain is proved.
    Vendor(String, VendorEvent),
}

/// A bundle on its way in.
#[derive(Serialize, Deserialize)]
pub(crate) struct Incoming {
    /// The version it expects to follow.
    pub(crate) after: u32,
    /// Digest of its idempotency key.
    pub(crate) key: String,
    /// Digest of the replace token it brings.
    pub(crate) replace: Option<String>,
    /// Digest of the replace token that replaces this one.
    pub(crate) next_replace: String,
    /// SHA-256 of the ciphertext.
    pub(crate) sha256: String,
    /// The report's verdict.
    pub(crate) verdict: String,
    /// The directory the report found.
    pub(crate) tenant: Option<String>,
    /// The day the credential ends.
    pub(crate) ends: Option<String>,
    /// The report and the ciphertext.
    pub(crate) envelope: Envelope,
    /// The receipt for this very version.
    pub(crate) receipt: String,
}

/// What a vendor does with a link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum VendorEvent {
    /// Sees everything but the ciphertext.
    State,
    /// Fetches the ciphertext.
    Collect,
    /// Has it safe.
    Acknowledge(u32),
    /// Sees data.
    FirstData,
    /// Tried what was handed over, which version, and the reason's code where it failed.
    Prove(u32, Option<String>),
    /// Takes the link back.
    Revoke,
    /// Asks for another hand-over.
    Reopen,
}

/// The object.
#[durable_object(alarm)]
pub struct LinkObject {
    state: State,
    env: Env,
    store: Store,
}

/// Notices to the vendor's object that were not taken yet.
const NOTICES: &str =
    "CREATE TABLE IF NOT EXISTS notices (number INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL)";

/// Name of the row with the sealed bundle.
const ENVELOPE: &str = "envelope";

/// Milliseconds until a notice that was not taken is told again.
const TELL_AGAIN: i64 = 5_000;

impl DurableObject for LinkObject {
    fn new(state: State, env: Env) -> Self {
        crate::hook::install();
        let store = Store::open(&state, &[NOTICES]);
        Self { state, env, store }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let ask: LinkAsk = read_own(&request.bytes().await?)?;
        tell(self.answer(ask).await?)
    }

    async fn alarm(&self) -> Result<Response> {
        self.pass_time()?;
        self.tell_vendor().await?;
        Response::empty()
    }
}

type Answer = std::result::Result<Value, Refused>;

impl LinkObject {
    async fn answer(&self, ask: LinkAsk) -> Result<Answer> {
        let now = microsoft::now().as_second();
        if let LinkAsk::Create(token, guide) = ask {
            return self.create(token, guide, now).await;
        }
        let Some((token, claims, link)) = self.load()? else { return Ok(no(refusal::LINK_UNKNOWN)) };
        let known = Known { token, claims, link, now };
        match ask {
            LinkAsk::Create(..) | LinkAsk::Look => {
                let mut look = known.look();
                if let Some(guide) = self.store.text("guide")? {
                    put(&mut look, "guide", json!(guide));
                }
                Ok(Ok(look))
            }
            LinkAsk::Opened => self.customer(known, Event::Open).await,
            LinkAsk::Progress(progress) => self.customer(known, Event::Progress(progress)).await,
            LinkAsk::Reserve => {
                let id = self.next_name()?;
                let reserved = self.customer(known, Event::Reserve(id.clone())).await?;
                Ok(reserved.map(|_| json!({"id": id})))
            }
            LinkAsk::Commit(id, verdict) => self.customer(known, Event::Commit(id, verdict)).await,
            LinkAsk::HandOver(incoming) => self.hand_over(known, *incoming).await,
            LinkAsk::Vendor(domain, event) => {
                // A stranger learns nothing, not even that the link exists.
                if domain != known.claims.iss {
                    return Ok(no(refusal::LINK_UNKNOWN));
                }
                self.vendor(known, event).await
            }
        }
    }

    async fn create(&self, token: String, guide: Option<String>, now: i64) -> Result<Answer> {
        let Some(claims) = jose::dangerous_claims::<LinkClaims>(&token) else {
            return Ok(no(refusal::BAD_LINK));
        };
        if let Some(there) = self.store.text("token")? {
            // The same link once more, after a lost answer.
            return Ok(if there == token { Ok(json!({})) } else { no(refusal::CODE_TAKEN) });
        }
        let mut link = Link {
            expires: claims.exp,
            tenant: claims.tenant.clone(),
            federated: claims.is_proved_afterwards(),
            ..Link::default()
        };
        if let Err(refused) = link.apply(Event::Create, now) {
            return Ok(Err(refused));
        }
        self.store.keep("token", token)?;
        if let Some(guide) = guide {
            self.store.keep("guide", guide)?;
        }
        self.write(&claims, &link, Some("created"), now)?;
        self.wake().await?;
        Ok(Ok(json!({})))
    }

    async fn customer(&self, known: Known, event: Event) -> Result<Answer> {
        let Known { claims, mut link, now, token } = known;
        let follows = match link.apply(event, now) {
            Ok(follows) => follows,
            Err(refused) => return Ok(Err(refused)),
        };
        if follows.write {
            self.write(&claims, &link, follows.tell, now)?;
            self.wake().await?;
        }
        Ok(Ok(Known { claims, link, now, token }.look()))
    }

    async fn hand_over(&self, known: Known, incoming: Incoming) -> Result<Answer> {
        let Known { claims, mut link, now, token } = known;
        let event = Event::HandOver(HandOver {
            after: incoming.after,
            key: incoming.key,
            replace: incoming.replace,
            next_replace: incoming.next_replace,
            sha256: incoming.sha256,
            verdict: incoming.verdict,
            tenant: incoming.tenant,
            ends: incoming.ends,
            keep: self.keep(),
        });
        let follows = match link.apply(event, now) {
            Ok(follows) => follows,
            Err(refused) => return Ok(Err(refused)),
        };
        if follows.repeated {
            let receipt = self.store.text("receipt")?.unwrap_or_default();
            return Ok(Ok(taken(&link, &receipt)));
        }
        let envelope = Envelope {
            link: token,
            version: link.version,
            receipt: incoming.receipt.clone(),
            ..incoming.envelope
        };
        self.store.set_aside(ENVELOPE, link.version)?;
        self.store.keep(ENVELOPE, serde_json::to_string(&envelope)?)?;
        self.store.keep("receipt", incoming.receipt.clone())?;
        self.write(&claims, &link, follows.tell, now)?;
        self.wake().await?;
        Ok(Ok(taken(&link, &incoming.receipt)))
    }

    /// Seconds for which the operator keeps what nobody confirms; 0 where that is not said.
    fn keep(&self) -> i64 {
        self.env.var("BUNDLE_SECONDS").ok().and_then(|said| said.to_string().parse().ok()).unwrap_or_default()
    }

    /// What time alone brings about.
    fn pass_time(&self) -> Result<()> {
        let Some((_, claims, mut link)) = self.load()? else { return Ok(()) };
        let now = microsoft::now().as_second();
        self.store.forget_aside()?;
        // Time is never refused.
        let follows = link.apply(Event::Time, now).unwrap_or_default();
        if follows.forget {
            self.store.blank(ENVELOPE)?;
        }
        if follows.write {
            self.write(&claims, &link, follows.tell, now)?;
        } else if link.kept_until().is_none() {
            self.store.forget(ENVELOPE)?;
        }
        Ok(())
    }

    /// Has the alarm ring when time alone brings something about.
    async fn sleep(&self) -> Result<()> {
        let Some((_, _, link)) = self.load()? else { return Ok(()) };
        // What was overwritten is forgotten at once, but in a turn of its own.
        let is_blank = link.kept_until().is_none() && self.store.text(ENVELOPE)?.is_some();
        let rings = if is_blank { Some(0) } else { link.rings() };
        match rings.map(|at| at.saturating_sub(microsoft::now().as_second()).max(0)) {
            Some(wait) => self.state.storage().set_alarm(wait.saturating_mul(1_000)).await,
            None => Ok(()),
        }
    }

    async fn vendor(&self, known: Known, event: VendorEvent) -> Result<Answer> {
        let Known { token, claims, mut link, now } = known;
        let event = match event {
            VendorEvent::State => {
                let mut whole = read_tree(&serde_json::to_vec(&link)?)?;
                // Digests of what only the customer knows.
                put(&mut whole, "replace", Value::Null);
                put(&mut whole, "token", json!(token));
                put(&mut whole, "standing", json!(link.standing(now)));
                return Ok(Ok(whole));
            }
            VendorEvent::Collect => Event::Collect,
            VendorEvent::Acknowledge(version) => Event::Acknowledge(version),
            VendorEvent::FirstData => Event::FirstData,
            VendorEvent::Prove(version, failed) => Event::Prove(Proof { version, failed }),
            VendorEvent::Revoke => Event::Revoke,
            VendorEvent::Reopen => Event::Reopen,
        };
        let collects = event == Event::Collect;
        let follows = match link.apply(event, now) {
            Ok(follows) => follows,
            Err(refused) => return Ok(Err(refused)),
        };
        let envelope = if collects { self.store.text(ENVELOPE)? } else { None };
        if follows.forget {
            self.store.blank(ENVELOPE)?;
        }
        if follows.write {
            self.write(&claims, &link, follows.tell, now)?;
            self.wake().await?;
        }
        match (collects, envelope) {
            (true, Some(envelope)) => Ok(Ok(read_tree(envelope.as_bytes())?)),
            (true, None) => Ok(no(refusal::NOTHING_THERE)),
            (false, _) => Ok(Ok(json!({"standing": link.standing(now)}))),
        }
    }

    fn load(&self) -> Result<Option<(String, LinkClaims, Link)>> {
        let (Some(token), Some(state)) = (self.store.text("token")?, self.store.text("state")?) else {
            return Ok(None);
        };
        let Some(claims) = jose::dangerous_claims(&token) else { return Ok(None) };
        Ok(Some((token, claims, read_own(state.as_bytes())?)))
    }

    /// The state, and the notice to the vendor's object, in one go.
    fn write(&self, claims: &LinkClaims, link: &Link, what: Option<&'static str>, now: i64) -> Result<()> {
        self.store.keep("state", serde_json::to_string(link)?)?;
        let notice = Notice::new(claims, link, what, now);
        self.store.run("INSERT INTO notices (text) VALUES (?)", vec![serde_json::to_string(&notice)?.into()])
    }

    /// Names that no other check of this link had.
    fn next_name(&self) -> Result<String> {
        let last: u64 = self.store.text("names")?.and_then(|n| n.parse().ok()).unwrap_or_default();
        let next = last.wrapping_add(1).to_string();
        self.store.keep("names", next.clone())?;
        Ok(next)
    }

    /// Has the alarm ring at once; it is stored with what was written just before.
    async fn wake(&self) -> Result<()> {
        self.state.storage().set_alarm(0).await
    }

    /// Tells the vendor's object what it has not taken yet; what it takes is forgotten here.
    async fn tell_vendor(&self) -> Result<()> {
        let rows =
            self.store.rows("SELECT number, text FROM notices ORDER BY number LIMIT 50", Vec::new())?;
        for row in &rows {
            let [at, told] = row.as_slice() else { continue };
            let mut notice: Notice = read_own(text(told).as_bytes())?;
            notice.number = number(at);
            let domain = notice.vendor.clone();
            let taken = ask_vendor(&self.env, &domain, &VendorAsk::Heard(Box::new(notice))).await;
            if !matches!(taken, Ok(Ok(_))) {
                return self.state.storage().set_alarm(TELL_AGAIN).await;
            }
            self.store.run("DELETE FROM notices WHERE number = ?", vec![at.clone()])?;
        }
        // What happened while the vendor was told has rung for itself, and a later time must not take its place.
        let is_more = !self.store.rows("SELECT 1 FROM notices LIMIT 1", Vec::new())?.is_empty();
        if is_more { self.wake().await } else { self.sleep().await }
    }
}

/// A link that exists.
struct Known {
    token: String,
    claims: LinkClaims,
    link: Link,
    now: i64,
}

impl Known {
    fn look(self) -> Value {
        let mut look = json!({
            "token": self.token,
            "standing": self.link.standing(self.now),
            "version": self.link.version,
            "reopened": self.link.reopened,
        });
        if self.link.federated && self.link.current.is_some() {
            put(&mut look, "proof", proof::told(self.link.proved.as_ref()));
        }
        if let Some(until) = self.link.kept_until() {
            put(&mut look, "kept-until", json!(until));
        }
        look
    }
}

/// The answer to a hand-over.
fn taken(link: &Link, receipt: &str) -> Value {
    json!({"receipt": receipt, "version": link.version, "kept-until": link.kept_until()})
}

fn no(why: Refusal) -> Answer {
    Err(why.into())
}
