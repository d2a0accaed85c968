//! Waiting for a condition, with a deadline and a sentence that says what was waited for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

/// How long a journey waits for something a person would call "at once".
pub const SHORT: Duration = Duration::from_secs(10);
/// How long a journey waits for something that loads, compiles or retries.
pub const LONG: Duration = Duration::from_secs(30);

/// How often a condition is looked at. A look is a round trip over a pipe, so this is most of the cost.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// How long something stays the same that stands still: longer than a page pauses between two pieces of what it draws.
const STILL: Duration = Duration::from_millis(300);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Ends every wait of this process with an error, so that everything that was started is dropped in order.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::SeqCst);
}

/// Whether [`interrupt`] was called.
#[must_use]
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Looks until `probe` gives something, or the deadline passes. An error of the probe is a "not yet" too: pages
/// navigate under the driver's hands; the last one is told when the time is over.
///
/// # Errors
/// When the deadline passes: what was waited for, and the last error of the probe.
pub fn until<T>(what: &str, patience: Duration, mut probe: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if is_interrupted() {
            bail!("interrupted while waiting for {what}");
        }
        let last = match probe() {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if start.elapsed() >= patience {
            let seconds = patience.as_secs_f32();
            return Err(match last {
                Some(error) => error.context(format!("waited {seconds} s for {what}")),
                None => anyhow!("waited {seconds} s for {what}"),
            });
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Looks until `probe` has given the same for a while: what is drawn late, or moves into its place, is over then.
///
/// # Errors
/// As [`until`].
pub fn still<T: PartialEq>(
    what: &str,
    patience: Duration,
    mut probe: impl FnMut() -> Result<T>,
) -> Result<T> {
    let mut last: Option<(T, Instant)> = None;
    until(what, patience, || {
        let now = probe()?;
        match last.take().filter(|(before, _)| *before == now) {
            Some((same, since)) if since.elapsed() >= STILL => return Ok(Some(same)),
            same => last = Some(same.unwrap_or_else(|| (now, Instant::now()))),
        }
        Ok(None)
    })
}

/// Looks until something is so, even after [`interrupt`]: for cleaning up. Answers whether it came.
pub fn in_time(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() >= patience {
            return false;
        }
        std::thread::sleep(LOOK_EVERY);
    }
    true
}
