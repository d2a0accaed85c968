//! The guides this Worker knows, compiled in by the build script.

use std::collections::BTreeMap;

use handrail_guide::plan::{Permission, Requirements, RoleNeed};
use serde::Deserialize;

/// What the Worker needs of a plan.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Guide {
    pub(crate) title: String,
    pub(crate) vendor: String,
    pub(crate) digest: String,
    pub(crate) domains: Vec<String>,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) purpose: String,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) leaves: Vec<String>,
    pub(crate) roles: Vec<RoleNeed>,
    pub(crate) requirements: Requirements,
}

thread_local! {
    /// Read once in the life of an instance: reading them for each request would take longer than the check itself.
    static ALL: BTreeMap<String, Guide> = all();
}

/// All guides, by id. The text was written by the build script from the same types, so it can be read.
pub(crate) fn all() -> BTreeMap<String, Guide> {
    handrail_handover::jose::read_json(include_bytes!(concat!(env!("OUT_DIR"), "/guides.json")))
        .unwrap_or_default()
}

/// One guide.
pub(crate) fn one(id: &str) -> Option<Guide> {
    ALL.with(|all| all.get(id).cloned())
}
