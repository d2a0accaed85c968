//! A part of a plan: what one procedure changes and how that is taken back.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};

/// What one procedure of the plan changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// Stable id: the recipe's, with `.<n>` where it is carried out several times.
    pub id: String,
    /// The piece of the end state it brings about, e.g. `credential.secret`.
    pub achieves: String,
    /// Ids of its steps.
    pub steps: Vec<String>,
    /// What it changes, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    /// How that is taken back, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undo: Vec<String>,
}
