//! How often checks may be asked for, and how often a vendor's signature may be wrong: per address, counted in this instance
//! and, where the operator bound one, by the platform's own limiter. Counting here alone is weak, since there are many
//! instances; it is the first line.

use std::cell::RefCell;
use std::collections::HashMap;

use worker::Env;

use crate::told;

/// Checks in a minute from one address: a person needs a handful, waiting for consent included. A link counts its own.
const PER_MINUTE: u32 = 30;

/// Requests in a minute from one address that prove to be no vendor's: each may cost a look at a domain of the sender's
/// choosing. A vendor whose clock or key is wrong tries a few times.
const UNPROVED_PER_MINUTE: u32 = 30;

/// Keys that are counted at a time; with more, the counting starts anew rather than growing.
const MAX_KEYS: usize = 4_096;

/// Seconds of one window, which is what a refused caller is told to wait.
pub(crate) const WINDOW: u32 = 60;

/// Name of the platform's limiter in the Worker's bindings.
const BINDING: &str = "CHECKS";

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::new(Counts::default());
}

#[derive(Default)]
struct Counts {
    window: i64,
    by_key: HashMap<String, u32>,
}

impl Counts {
    /// Counts one, and says whether it is within the limit.
    fn take(&mut self, key: &str, limit: u32, now: i64) -> bool {
        self.begin(now);
        let count = self.by_key.entry(key.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count <= limit
    }

    /// Whether the limit is reached; counts nothing.
    fn is_over(&mut self, key: &str, limit: u32, now: i64) -> bool {
        self.begin(now);
        self.by_key.get(key).is_some_and(|count| *count >= limit)
    }

    fn begin(&mut self, now: i64) {
        let window = now / i64::from(WINDOW);
        if window != self.window || self.by_key.len() >= MAX_KEYS {
            self.window = window;
            self.by_key.clear();
        }
    }
}

fn unproved(address: &str) -> String {
    format!("unproved {address}")
}

/// Whether this address has sent too many requests that proved to be nobody's. What is proved is not counted, so a vendor
/// with many links is not slowed.
pub(crate) fn is_suspect(address: &str, now: i64) -> bool {
    COUNTS.with(|counts| counts.borrow_mut().is_over(&unproved(address), UNPROVED_PER_MINUTE, now))
}

/// Counts a request that proved to be nobody's.
pub(crate) async fn suspect(env: &Env, address: &str, now: i64) {
    let key = unproved(address);
    let over = match env.rate_limiter(BINDING) {
        Ok(platform) => platform.limit(key.clone()).await.is_ok_and(|outcome| !outcome.success),
        Err(_) => false,
    };
    let by = if over { UNPROVED_PER_MINUTE } else { 1 };
    COUNTS.with(|counts| {
        let mut counts = counts.borrow_mut();
        for _ in 0..by {
            counts.take(&key, UNPROVED_PER_MINUTE, now);
        }
    });
}

/// The operator's limit, from `CHECKS_PER_MINUTE`; checks of the practice tenant on this machine have none unless it is set.
fn limit(env: &Env, practice: bool) -> Option<u32> {
    told::checks_per_minute(env).or((!practice).then_some(PER_MINUTE))
}

/// Whether one more check may be made by all of these keys.
pub(crate) async fn allowed(env: &Env, keys: &[String], practice: bool, now: i64) -> bool {
    let Some(limit) = limit(env, practice) else { return true };
    let within = COUNTS.with(|counts| {
        let mut counts = counts.borrow_mut();
        // Every key is counted, also when an earlier one is over its limit.
        keys.iter().map(|key| counts.take(key, limit, now)).fold(true, |all, one| all & one)
    });
    if !within {
        return false;
    }
    let Ok(platform) = env.rate_limiter(BINDING) else { return true };
    for key in keys {
        // A limiter that fails must not stop the service.
        if platform.limit(key.clone()).await.is_ok_and(|outcome| !outcome.success) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Counts, MAX_KEYS};

    #[test]
    fn each_key_has_its_own_count_and_a_new_minute_a_new_one() {
        let mut counts = Counts::default();
        assert!(counts.take("a", 2, 0) && counts.take("a", 2, 59) && !counts.take("a", 2, 59));
        assert!(counts.take("b", 2, 59) && counts.take("a", 2, 60));
        assert!(counts.is_over("a", 1, 60) && !counts.is_over("a", 2, 60) && !counts.is_over("a", 1, 120));
        for n in 0..=MAX_KEYS {
            counts.take(&n.to_string(), 2, 121);
        }
        assert!(counts.by_key.len() <= MAX_KEYS);
    }
}
