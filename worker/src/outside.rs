//! Parsers of outside bytes, for the fuzzing alone: each answers how much it read and keeps nothing.

use handrail_handover::json::tree_of;

use crate::routes;

/// The body of a check: how many values it holds.
#[must_use]
pub fn check(bytes: &[u8]) -> Option<usize> {
    routes::check::case(tree_of(bytes).ok()?, None).ok().map(|case| case.values.len())
}

/// The body of a form: how many of its fields are known.
#[must_use]
pub fn form(text: &str) -> usize {
    routes::quick::fields(text).len()
}
