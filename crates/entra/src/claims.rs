//! The claims of a token, read with jsonwebtoken and checked here, one by one. A malformed claim is not an absent one.
//!
//! The signature is not looked at: the token came over TLS from the host that issued it, and Graph's tokens cannot
//! be verified by anyone else. Nothing here accepts a token that a person pasted.

use handrail_credential::Secret;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::cloud::is_issuer;
use crate::members::Members;

/// A claim as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim<T> {
    Absent,
    Malformed,
    Is(T),
}

impl<T> Claim<T> {
    pub(crate) const fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed)
    }

    pub(crate) const fn value(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }
}

/// What the verifier looks at.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    pub(crate) aud: Claim<Vec<String>>,
    pub(crate) tid: Claim<String>,
    pub(crate) app: Claim<String>,
    pub(crate) oid: Claim<String>,
    pub(crate) scp: Claim<String>,
    pub(crate) roles: Claim<Vec<String>>,
    pub(crate) exp: Claim<i64>,
    pub(crate) nbf: Claim<i64>,
    pub(crate) uti: Claim<String>,
    pub(crate) iss: Claim<String>,
    /// Directory roles, by the ids of their templates.
    pub(crate) wids: Claim<Vec<String>>,
}

/// Why a token proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    Malformed,
    Elsewhere,
    NotNow,
}

/// Clocks may differ this much; what Microsoft's own libraries allow.
const SKEW: i64 = 300;

/// Reads the claims; `None` when the token cannot be decoded, which is no failure of the app.
pub(crate) fn read(token: &Secret) -> Option<Claims> {
    // EXPOSE: decoded here; only the claims named below leave.
    let Members(all) = jsonwebtoken::dangerous::insecure_decode_claims(token.expose()).ok()?;
    let app = match text(&all, "appid") {
        Claim::Absent => text(&all, "azp"),
        found => found,
    };
    Some(Claims {
        aud: texts(&all, "aud", true),
        tid: text(&all, "tid"),
        app,
        oid: text(&all, "oid"),
        scp: text(&all, "scp"),
        roles: texts(&all, "roles", false),
        exp: number(&all, "exp"),
        nbf: number(&all, "nbf"),
        uti: text(&all, "uti"),
        iss: text(&all, "iss"),
        wids: texts(&all, "wids", false),
    })
}

impl Claims {
    /// Whether the token is for this directory, app and audience, and valid now.
    pub(crate) fn doubt(
        &self,
        tenant: &str,
        client: &str,
        is_audience: impl Fn(&str) -> bool,
        now: Timestamp,
    ) -> Option<Doubt> {
        let malformed = self.aud.is_malformed()
            || self.tid.is_malformed()
            || self.app.is_malformed()
            || self.oid.is_malformed()
            || self.scp.is_malformed()
            || self.roles.is_malformed()
            || self.exp.is_malformed()
            || self.nbf.is_malformed()
            || self.iss.is_malformed();
        if malformed {
            return Some(Doubt::Malformed);
        }
        let same =
            |claim: &Claim<String>, want: &str| claim.value().is_some_and(|v| v.eq_ignore_ascii_case(want));
        let audience =
            self.aud.value().is_some_and(|all| all.len() == 1 && all.iter().all(|a| is_audience(a)));
        // Both versions of a token name their issuer; one that is there has to be Microsoft's, for this directory.
        let issued = self.iss.value().is_none_or(|iss| is_issuer(iss, tenant));
        if !issued || !same(&self.tid, tenant) || !same(&self.app, client) || !audience {
            return Some(Doubt::Elsewhere);
        }
        let now = now.as_second();
        let (Some(exp), Some(nbf)) = (self.exp.value(), self.nbf.value()) else {
            return Some(Doubt::Malformed);
        };
        let ended = exp.saturating_add(SKEW) <= now;
        let ahead = nbf.saturating_sub(SKEW) > now;
        (ended || ahead || exp <= nbf).then_some(Doubt::NotNow)
    }
}

fn text(all: &Map<String, Value>, name: &str) -> Claim<String> {
    match all.get(name) {
        None => Claim::Absent,
        Some(Value::String(s)) => Claim::Is(s.clone()),
        Some(_) => Claim::Malformed,
    }
}

fn number(all: &Map<String, Value>, name: &str) -> Claim<i64> {
    match all.get(name) {
        None => Claim::Absent,
        Some(value) => value.as_i64().filter(|n| *n > 0).map_or(Claim::Malformed, Claim::Is),
    }
}

fn texts(all: &Map<String, Value>, name: &str, one_may_stand_alone: bool) -> Claim<Vec<String>> {
    match all.get(name) {
        None => Claim::Absent,
        Some(Value::String(s)) if one_may_stand_alone => Claim::Is(vec![s.clone()]),
        Some(Value::Array(list)) => {
            let texts: Option<Vec<String>> = list.iter().map(|v| v.as_str().map(str::to_owned)).collect();
            texts.map_or(Claim::Malformed, Claim::Is)
        }
        Some(_) => Claim::Malformed,
    }
}
