//! The guides this Worker knows, compiled in by the build script.

use std::collections::BTreeMap;

use handrail_guide::plan::{Permission, Requirements, RoleNeed};
use serde::Deserialize;

/// What the Worker needs of a plan.
#[derive(Debug, Deserialize)]
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

/// All guides, by id. The text was written by the build script from the same types, so it can be read.
pub(crate) fn all() -> BTreeMap<String, Guide> {
    handrail_handover::jose::read_json(include_bytes!(concat!(env!("OUT_DIR"), "/guides.json")))
        .unwrap_or_default()
}

/// One guide.
pub(crate) fn one(id: &str) -> Option<Guide> {
    all().remove(id)
}
