//! `GET /api/openapi.json`: the API's description, as it is checked in.

use worker::{Response, Result};

use crate::answer::json_text;

/// Without its blanks; the build script takes them out.
const DESCRIPTION: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

pub(super) fn openapi() -> Result<Response> {
    json_text(200, DESCRIPTION)
}
