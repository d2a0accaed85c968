//! The practice tenant's clock: real time plus what a test has added to it.
//!
//! Replication, consent and the end of a secret follow this clock. Times inside tokens and error bodies follow the
//! real one, because whoever reads them has no other.

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved forward.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// Now, with what was added.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock by a number of seconds.
    pub fn advance(&mut self, seconds: i64) {
        self.ahead = self.ahead.saturating_add(SignedDuration::from_secs(seconds));
    }

    /// Seconds the clock is ahead of real time.
    #[must_use]
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead.as_secs()
    }
}
