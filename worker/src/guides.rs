//! The guides this Worker knows, compiled in by the build script.

use std::sync::OnceLock;

use handrail_guide::plan::Requirements;
use serde::Deserialize;

/// What the Worker needs of a plan.
#[derive(Debug, Deserialize)]
pub(crate) struct Guide {
    pub(crate) digest: String,
    pub(crate) domains: Vec<String>,
    pub(crate) requirements: Requirements,
}

/// Id and text of every guide, written by the build script from the same types.
const TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/guides.rs"));

/// Each is read when it is first asked for, once in the life of an instance: reading takes longer than a check.
static READ: [OnceLock<Option<Guide>>; TEXTS.len()] = [const { OnceLock::new() }; TEXTS.len()];

/// One guide.
pub(crate) fn one(id: &str) -> Option<&'static Guide> {
    let ((_, text), read) = TEXTS.iter().zip(&READ).find(|((known, _), _)| *known == id)?;
    read.get_or_init(|| handrail_handover::jose::read_json(text.as_bytes()).ok()).as_ref()
}
