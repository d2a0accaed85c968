//! One vendor: its published keys as last seen, the ids of requests that were used, the index of its links, and the
//! webhooks that were not taken yet.

mod webhooks;

use std::cell::Cell;

use handrail_handover::{
    DOCUMENT_PATH, Doors, LinkClaims, Refusal, VendorDocument, jose, refusal, verify_request,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use worker::{DurableObject, Env, Request, Response, Result, SqlStorageValue, State, durable_object};

use super::notice::Notice;
use super::store::{Store, text};
use super::{read_own, read_tree, tell};
use crate::answer::put;
use crate::outgoing::{self, Question};
use crate::{microsoft, signing};

/// What a vendor's object is asked.
#[derive(Serialize, Deserialize)]
pub(crate) enum VendorAsk {
    /// Is this request the vendor's, and new?
    Authorise(Signed),
    /// Is this link's token the vendor's?
    Proves(String),
    /// A link has changed.
    Heard(Box<Notice>),
    /// All links.
    List,
    /// Links whose credential ends before this day.
    Due(String),
    /// Where webhooks go; empty for nowhere.
    Webhook(String),
    /// A one-time code for the page, by its digest.
    Offer(String),
    /// The code of this digest is entered: the links, and the session that shows them again.
    SignIn(String),
    /// The links, for the session of this digest.
    Show(String),
    /// This session ends.
    SignOut(String),
}

/// A request with its signature.
#[derive(Serialize, Deserialize)]
pub(crate) struct Signed {
    /// The vendor's domain, as the token says.
    pub(crate) domain: String,
    /// The token.
    pub(crate) token: String,
    /// Origin of this Worker.
    pub(crate) origin: String,
    /// Method.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// Digest of the body.
    pub(crate) hash: String,
}

/// The object.
#[durable_object(alarm)]
pub struct VendorObject {
    state: State,
    env: Env,
    store: Store,
    /// When the document was last looked for in vain. Kept in memory alone: whoever names a domain must not cost storage.
    missed: Cell<i64>,
}

const TABLES: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS own (text TEXT PRIMARY KEY, code TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS used (id TEXT PRIMARY KEY, at INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS links (code TEXT PRIMARY KEY, number INTEGER NOT NULL, expires INTEGER NOT NULL, \
     standing TEXT NOT NULL, ends TEXT, text TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, text TEXT NOT NULL, tries INTEGER NOT NULL, \
     at INTEGER NOT NULL)",
];

/// Seconds for which the document is believed; a new key is looked for at once.
const DOCUMENT_LIFE: i64 = 300;

/// Seconds between two looks for a key that is not in the document, or for a document that is not there.
const LOOK_AGAIN: i64 = 10;

/// Seconds for which the id of a request is remembered: longer than its signature counts.
const REMEMBERED: i64 = 300;

/// Characters of a document that are read: one with every list full has about ten thousand.
const MAX_DOCUMENT: usize = 64 * 1024;

/// Before what the Worker's key signs for a session: no token begins like this.
const SESSION: &str = "handrail-session:";

/// Rows of one answer.
const MAX_ROWS: i64 = 10_000;

type Answer = std::result::Result<Value, Refusal>;

impl DurableObject for VendorObject {
    fn new(state: State, env: Env) -> Self {
        crate::hook::install();
        let store = Store::open(&state, &TABLES);
        Self { state, env, store, missed: Cell::new(0) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let ask: VendorAsk = read_own(&request.bytes().await?)?;
        let now = microsoft::now().as_second();
        let answer = match ask {
            VendorAsk::Authorise(signed) => self.authorise(&signed, now).await?,
            VendorAsk::Proves(token) => self.proves(&token, now).await?,
            VendorAsk::Heard(notice) => self.heard(&notice, now).await?,
            VendorAsk::List => self.list(now)?,
            VendorAsk::Due(until) => self.due(until)?,
            VendorAsk::Webhook(url) => self.webhook(url)?,
            VendorAsk::Offer(code) => self.door(|doors| Ok(json!({"until": doors.offer(&code, now)})))?,
            VendorAsk::SignIn(code) => self.sign_in(&code, now)?,
            VendorAsk::Show(session) => self.show(&session, now)?,
            VendorAsk::SignOut(session) => self.door(|doors| {
                doors.sign_out(&session, now);
                Ok(Value::Null)
            })?,
        };
        tell(answer.map_err(Into::into))
    }

    async fn alarm(&self) -> Result<Response> {
        self.send_webhooks().await?;
        Response::empty()
    }
}

impl VendorObject {
    async fn authorise(&self, signed: &Signed, now: i64) -> Result<Answer> {
        let document = match self.document(&signed.domain, &signed.token, now).await? {
            Ok(document) => document,
            Err(why) => return Ok(Err(why)),
        };
        let about =
            (signed.origin.as_str(), signed.method.as_str(), signed.target.as_str(), signed.hash.as_str());
        let claims = match verify_request(&signed.token, &document.keys_at(now), about, now) {
            Ok(claims) if claims.iss == signed.domain => claims,
            Ok(_) => return Ok(Err(refusal::WRONG_SIGNATURE)),
            Err(why) => return Ok(Err(why)),
        };
        let forget = now.saturating_sub(REMEMBERED);
        self.store.run("DELETE FROM used WHERE at < ?", vec![forget.into()])?;
        let before = self.store.rows("SELECT 1 FROM used WHERE id = ?", vec![claims.jti.as_str().into()])?;
        if !before.is_empty() {
            return Ok(Err(refusal::REPLAYED));
        }
        self.store.run("INSERT INTO used (id, at) VALUES (?, ?)", vec![claims.jti.into(), now.into()])?;
        self.store.keep("domain", signed.domain.clone())?;
        Ok(Ok(Value::Null))
    }

    async fn proves(&self, token: &str, now: i64) -> Result<Answer> {
        let Some(domain) = self.store.text("domain")? else { return Ok(Err(refusal::UNSIGNED)) };
        let document = match self.document(&domain, token, now).await? {
            Ok(document) => document,
            Err(why) => return Ok(Err(why)),
        };
        let claims = jose::verify::<LinkClaims>(token, handrail_handover::LINK_TYPE, &document.keys_at(now));
        match claims {
            Ok(claims) if claims.iss == domain => self.takes_own(&claims),
            _ => Ok(Err(refusal::BAD_LINK)),
        }
    }

    /// A subject or a consent's state is one link's for ever: whoever saw an older one must not be taken for this customer.
    fn takes_own(&self, claims: &LinkClaims) -> Result<Answer> {
        let Some(own) = claims.own() else { return Ok(Ok(Value::Null)) };
        let before = self.store.rows("SELECT code FROM own WHERE text = ?", vec![own.into()])?;
        match before.first().and_then(|row| row.first()).map(text) {
            Some(code) if code != claims.jti => Ok(Err(refusal::SUBJECT_USED)),
            Some(_) => Ok(Ok(Value::Null)),
            None => {
                let kept = vec![own.into(), claims.jti.as_str().into()];
                self.store.run("INSERT INTO own (text, code) VALUES (?, ?)", kept)?;
                Ok(Ok(Value::Null))
            }
        }
    }

    /// The vendor's document: as remembered, or fetched anew when it is old or lacks the key that a token names.
    async fn document(
        &self,
        domain: &str,
        token: &str,
        now: i64,
    ) -> Result<std::result::Result<VendorDocument, Refusal>> {
        let seen: i64 = self.store.text("document-at")?.and_then(|at| at.parse().ok()).unwrap_or_default();
        let age = now.saturating_sub(seen);
        let remembered =
            self.store.text("document")?.and_then(|text| VendorDocument::parse(&text, domain).ok());
        if let Some(document) = remembered
            && age < DOCUMENT_LIFE
        {
            let named = jose::dangerous_key_id(token);
            let knows = document.all_keys().iter().any(|key| Some(key.id()) == named);
            if knows || age < LOOK_AGAIN {
                return Ok(Ok(document));
            }
        }
        if now.saturating_sub(self.missed.get()) < LOOK_AGAIN {
            return Ok(Err(refusal::DOCUMENT_MISSING));
        }
        let Ok(text) = fetch_document(domain).await else {
            self.missed.set(now);
            return Ok(Err(refusal::DOCUMENT_MISSING));
        };
        let document = VendorDocument::parse(&text, domain);
        if document.is_ok() {
            self.store.keep("document", text)?;
            self.store.keep("document-at", now.to_string())?;
        }
        Ok(document)
    }

    async fn heard(&self, notice: &Notice, now: i64) -> Result<Answer> {
        let row = &notice.row;
        let statement = "INSERT INTO links (code, number, expires, standing, ends, text) VALUES (?, ?, ?, ?, ?, ?) \
            ON CONFLICT (code) DO UPDATE SET number = excluded.number, standing = excluded.standing, \
            ends = excluded.ends, text = excluded.text WHERE excluded.number > links.number";
        let ends = row.ends.clone().map_or(SqlStorageValue::Null, Into::into);
        self.store.run(
            statement,
            vec![
                row.code.as_str().into(),
                notice.number.into(),
                row.expires.into(),
                row.standing.as_str().into(),
                ends,
                serde_json::to_string(row)?.into(),
            ],
        )?;
        let wanted = self.store.text("webhook")?.is_some_and(|url| !url.is_empty());
        if let (Some(what), true) = (&notice.what, wanted) {
            let id = format!("msg_{}_{}", row.code, notice.number);
            let body =
                json!({"type": format!("link.{what}"), "timestamp": notice.at, "data": row}).to_string();
            let statement = "INSERT OR IGNORE INTO outbox (id, text, tries, at) VALUES (?, ?, 0, ?)";
            self.store.run(statement, vec![id.into(), body.into(), now.into()])?;
            self.state.storage().set_alarm(0).await?;
        }
        Ok(Ok(Value::Null))
    }

    fn list(&self, now: i64) -> Result<Answer> {
        let found =
            self.store.rows("SELECT text FROM links ORDER BY expires DESC LIMIT ?", vec![MAX_ROWS.into()])?;
        let mut rows = rows_of(&found)?;
        for row in &mut rows {
            // Nothing tells when time alone has passed.
            let over = row.get("expires").and_then(Value::as_i64).is_some_and(|expires| now >= expires);
            let standing = row.get("standing").and_then(Value::as_str).unwrap_or_default();
            if over && matches!(standing, "created" | "opened" | "checked") {
                put(row, "standing", json!("expired"));
            }
        }
        Ok(Ok(json!({"links": rows})))
    }

    fn due(&self, until: String) -> Result<Answer> {
        let statement = "SELECT text FROM links WHERE ends IS NOT NULL AND ends <= ? AND standing <> 'revoked' \
            ORDER BY ends LIMIT ?";
        let found = self.store.rows(statement, vec![until.into(), MAX_ROWS.into()])?;
        Ok(Ok(json!({"links": rows_of(&found)?})))
    }

    fn webhook(&self, url: String) -> Result<Answer> {
        let right = url.is_empty() || (url.starts_with("https://") && url.len() < 2_000);
        if !right {
            return Ok(Err(refusal::BAD_REQUEST));
        }
        self.store.keep("webhook", url.clone())?;
        Ok(Ok(json!({"url": url})))
    }

    /// Does something with the codes and sessions of the page; only what is permitted is written.
    fn door(&self, what: impl FnOnce(&mut Doors) -> Answer) -> Result<Answer> {
        let mut doors = self.doors()?;
        let before = doors.clone();
        let done = what(&mut doors);
        if doors != before {
            self.store.keep("doors", doors.to_text())?;
        }
        Ok(done)
    }

    fn doors(&self) -> Result<Doors> {
        Ok(Doors::parse(&self.store.text("doors")?.unwrap_or_default()))
    }

    /// The session is what only this Worker's key can make of a code; its digest is what stays.
    fn sign_in(&self, code: &str, now: i64) -> Result<Answer> {
        let Some(key) = signing::key(&self.env) else { return Ok(Err(refusal::SESSION_OVER)) };
        let session = jose::digest(&key.sign([SESSION, code].concat().as_bytes()));
        let digest = jose::digest(session.as_bytes());
        let entered = self.door(|doors| doors.sign_in(code, &digest, now).map(|_| Value::Null))?;
        Ok(entered.and(self.show(&digest, now)?).map(|mut listed| {
            put(&mut listed, "session", json!(session));
            listed
        }))
    }

    fn show(&self, session: &str, now: i64) -> Result<Answer> {
        let until = match self.doors()?.admits(session, now) {
            Ok(until) => until,
            Err(why) => return Ok(Err(why)),
        };
        Ok(self.list(now)?.map(|mut listed| {
            put(&mut listed, "until", json!(until));
            listed
        }))
    }
}

/// The lines of an index, as they were written.
fn rows_of(found: &[Vec<SqlStorageValue>]) -> Result<Vec<Value>> {
    found.iter().filter_map(|row| row.first()).map(|cell| read_tree(text(cell).as_bytes())).collect()
}

/// The domain was read as a DNS name before it came here, so that nothing but its root can be asked.
async fn fetch_document(domain: &str) -> Result<String> {
    let url = format!("https://{domain}{DOCUMENT_PATH}");
    let question = Question { method: "GET", url: &url, headers: &[], body: None };
    let answer = outgoing::ask(question, MAX_DOCUMENT).await?;
    if answer.status != 200 {
        return Err("not there".into());
    }
    // EXPOSE: the vendor's own document, which everybody may read.
    let text = answer.body.expose();
    // What was no UTF-8 was replaced.
    if text.contains('\u{fffd}') { Err("no text".into()) } else { Ok(text.to_owned()) }
}
