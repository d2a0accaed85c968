//! What a link tells its vendor's object: its line in the index, and what happened.

use handrail_handover::LinkClaims;
use handrail_handover::state::{Link, Progress};
use serde::{Deserialize, Serialize};

/// A link's line in the index.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Row {
    /// Its code.
    pub(crate) code: String,
    /// Its guide.
    pub(crate) guide: String,
    /// What it is for.
    pub(crate) mode: String,
    /// The vendor's reference for the customer.
    pub(crate) customer: String,
    /// Where it stands.
    pub(crate) standing: String,
    /// When it was made.
    pub(crate) created: i64,
    /// When it ends.
    pub(crate) expires: i64,
    /// Which hand-over is the current one.
    pub(crate) version: u32,
    /// How far the customer is, where that is shared.
    pub(crate) step: Option<String>,
    /// The last verdict.
    pub(crate) verdict: Option<String>,
    /// The day the credential ends.
    pub(crate) ends: Option<String>,
    /// Until when the ciphertext is kept, if nobody confirms it before.
    #[serde(default)]
    pub(crate) kept_until: Option<i64>,
}

/// What a link tells its vendor.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Notice {
    /// The vendor's domain.
    pub(crate) vendor: String,
    /// Number of the notice: later ones are newer.
    pub(crate) number: i64,
    /// What happened, where the vendor is to be told by webhook.
    pub(crate) what: Option<String>,
    /// When.
    pub(crate) at: i64,
    /// The link's line.
    pub(crate) row: Row,
}

impl Notice {
    /// About this link.
    pub(crate) fn new(claims: &LinkClaims, link: &Link, what: Option<&'static str>, now: i64) -> Self {
        let progress = |p: &Progress| format!("{} ({}/{})", p.step, p.number, p.of);
        Self {
            vendor: claims.iss.clone(),
            number: 0,
            what: what.map(str::to_owned),
            at: now,
            row: Row {
                code: claims.jti.clone(),
                guide: claims.guide.clone(),
                mode: claims.mode.clone(),
                customer: claims.customer.clone(),
                standing: link.standing(now).to_owned(),
                created: claims.iat,
                expires: claims.exp,
                version: link.version,
                step: link.progress.as_ref().map(progress),
                verdict: link.checked.as_ref().map(|c| c.verdict.clone()),
                ends: link.current.as_ref().and_then(|c| c.ends.clone()),
                kept_until: link.kept_until(),
            },
        }
    }
}
