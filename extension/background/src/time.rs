//! Times as text. The clock itself is read outside.

use jiff::Timestamp;

/// `2026-01-02T03:04:05Z`.
pub(crate) fn iso(ms: f64) -> String {
    // Milliseconds since 1970 fit in an i64 for longer than anyone will care; a float that does not is cut off.
    #[allow(clippy::cast_possible_truncation, reason = "a saturating cast is what is wanted")]
    let whole = (ms / 1000.0) as i64;
    Timestamp::from_second(whole).map_or_else(|_| String::new(), |t| t.to_string())
}

/// `2026-01-02`.
pub(crate) fn day(ms: f64) -> String {
    iso(ms).chars().take(10).collect()
}

/// A number that grows with time, in hundredths of a second; it begins anew after four months.
pub(crate) fn count(ms: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the remainder fits in thirty bits"
    )]
    let count = (ms / 10.0).rem_euclid(f64::from(1_u32 << 30)) as u32;
    count
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_utc() {
        assert_eq!(super::iso(1_767_323_045_123.0), "2026-01-02T03:04:05Z");
        assert_eq!(super::day(1_767_323_045_123.0), "2026-01-02");
    }
}
