//! How much of the page's main thread the agent may take.
//!
//! A bucket of milliseconds: it fills with a small share of the time that passes, looking at the page empties it. A page
//! that mutates wildly therefore costs a bounded share, while a quiet page is looked at at once. What the admin does
//! (a press, a key) fills the bucket: the next thing seen is worth the time.

/// Share of the main thread that may be spent, of 1.
const SHARE: f64 = 0.02;
/// Most milliseconds that can be saved up: one good look at a large page.
const MOST: f64 = 40.0;
/// Most milliseconds one look is charged: beyond that the clock more likely measured another program's turn.
const CHARGE: f64 = 10.0;

/// The bucket.
pub(crate) struct Pace {
    credit: f64,
    at: f64,
}

impl Pace {
    /// A full bucket at time `now` (milliseconds).
    pub(crate) fn new(now: f64) -> Self {
        Self { credit: MOST, at: now }
    }

    fn earn(&mut self, now: f64) {
        self.credit = (self.credit + (now - self.at).max(0.0) * SHARE).min(MOST);
        self.at = now;
    }

    /// Something happened that makes the next look worth its time.
    pub(crate) fn favour(&mut self, now: f64) {
        self.at = now;
        self.credit = MOST;
    }

    /// `cost` milliseconds were used.
    pub(crate) fn spend(&mut self, now: f64, cost: f64) {
        self.earn(now);
        self.credit -= cost.min(CHARGE);
    }

    /// Whether there is time enough for a look that nobody asked for.
    pub(crate) fn is_at_ease(&self) -> bool {
        self.credit > MOST / 2.0
    }

    /// Milliseconds to wait before the next look; 0 for now.
    pub(crate) fn wait(&mut self, now: f64) -> f64 {
        self.earn(now);
        if self.credit > 0.0 { 0.0 } else { (-self.credit / SHARE).max(8.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_page_is_looked_at_at_once() {
        assert_eq!(Pace::new(0.0).wait(0.0), 0.0);
    }

    #[test]
    fn a_storm_gets_its_share_and_no_more() {
        let (mut pace, mut spent, mut now) = (Pace::new(0.0), 0.0, 0.0);
        while now < 10_000.0 {
            let wait = pace.wait(now);
            if wait > 0.0 {
                now += wait;
                continue;
            }
            now += 3.0;
            spent += 3.0;
            pace.spend(now, 3.0);
        }
        assert!(spent < 0.025 * now + MOST, "{spent} of {now}");
    }

    #[test]
    fn what_the_admin_does_fills_the_bucket() {
        let mut pace = Pace::new(0.0);
        for _ in 0..10 {
            pace.spend(0.0, 9.0);
        }
        assert!(pace.wait(1.0) > 1_000.0);
        pace.favour(2.0);
        assert_eq!(pace.wait(2.0), 0.0);
    }
}
