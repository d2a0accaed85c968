//! The permission catalogue, the documents' statements and the catalogue of traps, as they stand on disk.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `portal/permissions/<resource>.toml`: one resource's permissions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResourceFile {
    /// Name as the portal shows it.
    pub name: String,
    /// Application ID.
    pub app_id: String,
    /// Tab of the permission pane it is on: `microsoft-apis` or `my-organization-apis`.
    pub tab: String,
    /// Read-only probes the verifier may run with a token for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<String>,
    /// Least role that may consent to its application permissions.
    pub consent_role: String,
    /// Why it refuses an app that signs in with a secret, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_secret: Option<String>,
    /// Where the resource's facts come from, with date.
    pub source: String,
    /// Its permissions.
    #[serde(rename = "permission")]
    pub permissions: Vec<PermissionRow>,
}

/// One permission of a resource.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PermissionRow {
    /// Name.
    pub name: String,
    /// Id as application permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// Id as delegated permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated: Option<String>,
    /// Group of the permission pane it is listed in; the name before its first dot when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it allows.
    pub allows: String,
    /// `low`, `medium`, `high` or `tier-0`.
    pub danger: Danger,
    /// Why it is that dangerous, when it is not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_why: Option<String>,
    /// Where the ids come from.
    pub source: String,
    /// When that was written or read.
    pub date: String,
}

/// How dangerous a permission is in the wrong hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Little is learnt and nothing is changed.
    Low,
    /// Business data is read.
    Medium,
    /// Content of many people is read, or something is changed.
    High,
    /// The whole tenant can be taken over with it.
    #[serde(rename = "tier-0")]
    TierZero,
}

impl Danger {
    /// The word used in files and plans.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::TierZero => "tier-0",
        }
    }
}

/// `guides/seeds/<seed>.toml`: the numbered statements of one vendor's document, in our words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeedFile {
    /// What the document is.
    pub title: String,
    /// Number → what it is about.
    pub statements: BTreeMap<String, String>,
}

/// `guides/traps/*.toml`: what documents say that is outdated or dangerous.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrapFile {
    /// The traps.
    #[serde(rename = "trap")]
    pub traps: Vec<Trap>,
}

/// One trap.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Trap {
    /// Stable id.
    pub id: String,
    /// What sort of trap it is.
    pub kind: TrapKind,
    /// A line is caught when it holds one of these, letter case ignored, …
    pub any: Vec<String>,
    /// … and none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// What is true today.
    pub today: String,
    /// Where that is written.
    pub source: String,
    /// The decision a draft makes of it, for what is dangerous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<TrapDecision>,
}

/// What stands in the `[[unsafe]]` part a draft makes of a trap.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrapDecision {
    /// Title of the decision.
    pub title: String,
    /// What to do instead; the default.
    pub instead: String,
    /// How it is taken back if it was done all the same.
    pub undo: String,
    /// The procedure that carries it out when it is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// What that procedure needs to know. `{account}` is the name of the account that the document makes up, and
    /// `{service-user}` what such a user is called.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
}

/// Sorts of traps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrapKind {
    /// A name or an address that changed.
    Renamed,
    /// A way that no longer exists.
    Dead,
    /// A step that weakens the tenant.
    Dangerous,
    /// Not wrong, but more than is needed or less than is true.
    Weak,
    /// OneOrMany exchanged.
    Swapped,
    /// A misprint.
    Typo,
}

impl TrapKind {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Dead => "dead",
            Self::Dangerous => "dangerous",
            Self::Weak => "weak",
            Self::Swapped => "swapped",
            Self::Typo => "typo",
        }
    }
}

impl Trap {
    /// Whether a line of text falls into it: letter case, emphasis and quotation marks do not count, and `…` in a text of
    /// `any` stands for some words between.
    #[must_use]
    pub fn catches(&self, line: &str) -> bool {
        let line = bare(line);
        self.any.iter().any(|text| holds(&line, &bare(text)))
            && !self.unless.iter().any(|text| holds(&line, &bare(text)))
    }
}

/// Characters that may stand where a trap has `…`: within one sentence.
const BETWEEN: usize = 60;

/// Lower case, without emphasis and quotation marks, single spaces.
fn bare(text: &str) -> String {
    let marks = ['*', '`', '"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];
    let plain = text.to_lowercase().replace(marks, "");
    let inner = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // A text of `any` may end in a blank, so that it is a whole word.
    if text.ends_with(' ') { inner + " " } else { inner }
}

fn holds(line: &str, text: &str) -> bool {
    let mut parts = text.split('…').map(str::trim_start);
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(str::trim).collect::<Vec<_>>();
    line.match_indices(first.trim_end_matches(|c| c == ' ' && !rest.is_empty())).any(|(at, found)| {
        let mut after = line.get(at + found.len()..).unwrap_or_default();
        rest.iter().all(|part| {
            let near = after.find(part).filter(|gap| {
                *gap <= BETWEEN && !after.get(..*gap).is_some_and(|between| between.contains(". "))
            });
            match near {
                Some(gap) => {
                    after = after.get(gap + part.len()..).unwrap_or_default();
                    true
                }
                None => false,
            }
        })
    })
}
