//! Parsers of outside bytes, for the fuzzing alone: each answers how much it read and keeps nothing.

/// Rows of a batch, as a file holds them; those that can be checked.
#[must_use]
pub fn rows(bytes: &[u8]) -> Option<usize> {
    let rows = crate::cmd::batch::table::rows(bytes).ok()?;
    Some(rows.iter().filter(|row| row.problem.is_none()).count())
}

/// A token in words: how many lines are said of it.
#[must_use]
pub fn token(text: &str) -> Option<usize> {
    crate::cmd::token::lines(text).map(|lines| lines.len())
}

/// A certificate or a key in PEM: its bytes.
#[must_use]
pub fn pem(text: &str) -> Option<usize> {
    crate::cmd::check::pem(text)
}
