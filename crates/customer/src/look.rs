//! What a service says of a link, none of which is believed before the vendor's own domain confirmed it.

use handrail_credential::domain;
use handrail_handover::json::tree_of;
use handrail_handover::{
    Code, DOCUMENT_PATH, Known, LinkClaims, Refusal, VendorDocument, admit, jose, refusal,
};
use serde_json::Value;

use crate::asked::Asked;

/// What went wrong, for people: by its code in their language, else in the words that came. Empty: there was no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// Stable code; empty where there was no answer.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub next: String,
}

impl Trouble {
    /// The service's own words for its refusal; empty where it does not answer.
    #[must_use]
    pub fn told(answer: &str) -> Self {
        let answer = tree_of(answer.as_bytes()).unwrap_or_default();
        let word = |name: &str| text(answer.get("error").unwrap_or(&Value::Null), name);
        if word("what").is_empty() {
            return Self::default();
        }
        Self { code: word("code"), what: word("what"), next: word("next") }
    }
}

impl From<Refusal> for Trouble {
    fn from(why: Refusal) -> Self {
        Self { code: why.code.to_owned(), what: why.what.to_owned(), next: why.next.to_owned() }
    }
}

/// What became of the vendor's own try, as the service tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// `pending`, `passed` or `failed`; empty where nothing is tried.
    pub state: String,
    /// Stable code of why it failed, where the vendor told one.
    pub code: String,
    /// What happened, in the service's words.
    pub what: String,
    /// What to do, in the service's words.
    pub next: String,
}

impl Proof {
    /// State, code, what happened and what to do.
    #[must_use]
    pub fn parts(&self) -> [&str; 4] {
        [&self.state, &self.code, &self.what, &self.next]
    }
}

/// A link as the service tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The link's token.
    pub token: String,
    /// The domain that is said to ask, in its one spelling.
    pub domain: String,
    /// The guide that is said to be followed.
    pub guide: String,
    /// The vendor's own guide, where one came with the link.
    pub own: Option<String>,
    /// Which hand-over is the current one; 0 before the first.
    pub version: u32,
    /// Something was handed over, and the vendor has not asked for another.
    pub taken: bool,
    /// How far the link is, one of the state machine's words.
    pub standing: String,
    /// What became of the vendor's own try; empty where the vendor does not try.
    pub proof: Proof,
    /// Until when the service keeps what was handed over, if nobody confirms it before; nothing where it keeps nothing.
    pub kept_until: Option<i64>,
}

impl Look {
    /// Reads the answer to `GET /api/links/<code>`.
    ///
    /// # Errors
    /// The service's refusal, or that the link names nobody who could be asked.
    pub fn read(status: u16, answer: &str) -> Result<Self, Trouble> {
        if status != 200 {
            return Err(Trouble::told(answer));
        }
        let look: Value = tree_of(answer.as_bytes()).unwrap_or_default();
        let token = text(&look, "token");
        let claims = jose::dangerous_claims::<LinkClaims>(&token).ok_or(refusal::LINK_FORGED)?;
        let domain = domain(&claims.iss).filter(|name| *name == claims.iss).ok_or(refusal::LINK_FORGED)?;
        let version = look.get("version").and_then(Value::as_u64).and_then(|n| n.try_into().ok());
        let version: u32 = version.unwrap_or_default();
        let reopened = look.get("reopened").and_then(Value::as_bool).unwrap_or_default();
        let (guide, standing) = (claims.guide, text(&look, "standing"));
        let proof = look.get("proof").unwrap_or(&Value::Null);
        let proof = Proof {
            state: text(proof, "state"),
            code: text(proof, "code"),
            what: text(proof, "what"),
            next: text(proof, "next"),
        };
        let own = look.get("guide").and_then(Value::as_str).map(str::to_owned);
        let (taken, kept_until) = (version > 0 && !reopened, kept_until(&look));
        Ok(Self { token, domain, guide, own, version, taken, standing, proof, kept_until })
    }

    /// Where the vendor's document is, which proves or disproves all of it.
    #[must_use]
    pub fn document(&self) -> String {
        format!("https://{}{DOCUMENT_PATH}", self.domain)
    }

    /// Decides, with the document as it came from that address to this browser; `origin` is the service's, `known` what is
    /// remembered of [`Self::domain`], `told` the fingerprint that the vendor told by another way.
    ///
    /// # Errors
    /// When anything does not fit; then nothing may be entered or sealed.
    pub fn prove(
        self,
        document: &str,
        code: &Code,
        origin: &str,
        now: i64,
        known: Option<&Known>,
        told: Option<&str>,
    ) -> Result<Asked, Refusal> {
        let document = VendorDocument::parse(document, &self.domain)?;
        let link = admit(&self.token, code, origin, &document, self.own.as_deref(), now)?;
        // The service would take nothing: said before anything is entered.
        if self.standing == "revoked" {
            return Err(refusal::LINK_REVOKED);
        }
        let met = Known::meet(known, &self.token, &document, told, now)?;
        Ok(Asked::new(self, link, met, &document, origin))
    }
}

/// Until when the service says that it keeps what was handed over.
pub(crate) fn kept_until(of: &Value) -> Option<i64> {
    of.get("kept-until").and_then(Value::as_i64)
}

pub(crate) fn text(of: &Value, name: &str) -> String {
    of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use handrail_handover::{LINK_TYPE, Met, Reader, Signing, VendorKey, WorkerEntry, fingerprint_of};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_link_that_was_withdrawn_or_whose_vendor_has_other_keys_is_refused_before_anything_is_entered() {
        let (key, code, origin) =
            (Signing::from_seed([1; 32]), Code::from_random([3; 17]), "https://w.example");
        let document = VendorDocument {
            handrail: 1,
            domain: "v.example".into(),
            name: "V".into(),
            keys: vec![VendorKey { jwk: key.public().jwk(), until: None, voucher: None }],
            recipients: vec![Reader { age: "age1x".into(), name: String::new(), until: None }],
            workers: vec![WorkerEntry { origin: origin.into(), keys: Vec::new() }],
            support: None,
            logo: None,
        };
        let claims = LinkClaims {
            iss: document.domain.clone(),
            aud: origin.into(),
            jti: code.to_string(),
            exp: 10,
            recipients: vec![fingerprint_of("age1x")],
            ..LinkClaims::default()
        };
        let token = key.token(LINK_TYPE, &claims).unwrap();
        let proved = |standing: &str, known: Option<&Known>, told: Option<&str>| {
            let look = json!({"token": token, "standing": standing, "version": 0}).to_string();
            let look = Look::read(200, &look).unwrap();
            look.prove(&json!(document).to_string(), &code, origin, 5, known, told)
                .map(|asked| (asked.standing, asked.met, asked.known))
        };
        let known = |key: &Signing| Known { keys: vec![key.public().jwk()], since: 5 };
        let right = |met| Ok(("opened".to_owned(), met, known(&key)));
        assert_eq!(proved("opened", None, None), right(Met::First));
        assert_eq!(proved("opened", Some(&known(&key)), None), right(Met::Same { since: 5 }));
        assert_eq!(proved("revoked", None, None), Err(refusal::LINK_REVOKED));
        let other = known(&Signing::from_seed([2; 32]));
        assert_eq!(proved("opened", Some(&other), None), Err(refusal::KEYS_CHANGED));
        assert_eq!(proved("revoked", Some(&other), None), Err(refusal::LINK_REVOKED));
        let id = key.public().id();
        assert_eq!(proved("opened", Some(&other), Some(&id)), right(Met::Told));
    }
}
