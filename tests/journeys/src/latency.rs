//! How long from the press of a step's real control to the ring on the next one.
//!
//! Both ends are taken where they happen, in the page: the press as the browser's own click event, the ring as the
//! moment the overlay's ring is put on the next control. Loading is the portal's: where the next control was not
//! there yet at the press, the time runs from the moment it was.

use std::time::Duration;

use anyhow::{Context as _, Result};
use handrail_guide::plan::{Action, Step};
use handrail_world::browser::Overlay;
use serde_json::{Value, json};

use crate::{APP, Journey};

/// Bar for the 95th percentile while the service worker runs.
pub const BAR_WARM: Duration = Duration::from_millis(50);
/// Bar for the 95th percentile when the service worker has to start.
pub const BAR_COLD: Duration = Duration::from_millis(150);
/// Journeys per series: enough presses for a 95th percentile that is not one outlier.
const ROUNDS: usize = 4;

/// Runs both series and prints them; `false` when a bar was missed.
///
/// # Errors
/// When a journey cannot be walked.
pub fn measure(say: &dyn Fn(&str)) -> Result<bool> {
    let mut good = true;
    for (name, cold, bar) in
        [("service worker running", false, BAR_WARM), ("service worker stopped", true, BAR_COLD)]
    {
        let mut all = Vec::new();
        for round in 1..=ROUNDS {
            let times = walk(cold)?;
            say(&format!("  {name}: round {round} of {ROUNDS}, {} presses", times.len()));
            all.extend(times);
        }
        let (half, most) = (percentile(&mut all, 50), percentile(&mut all, 95));
        let met = most <= millis(bar);
        good &= met;
        say(&format!(
            "step-latency, {name}: p50 {half:.1} ms, p95 {most:.1} ms over {} presses; bar {} ms: {}",
            all.len(),
            bar.as_millis(),
            if met { "met" } else { "missed" }
        ));
    }
    Ok(good)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The value that so many percent of the samples do not exceed.
fn percentile(samples: &mut [f64], percent: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    let rank = (samples.len() * percent).div_ceil(100).max(1) - 1;
    samples.get(rank).copied().unwrap_or(f64::NAN)
}

/// One journey; the times of all presses whose next step is in the portal too.
fn walk(cold: bool) -> Result<Vec<f64>> {
    let mut journey = Journey::begin(json!({}))?;
    let mut times = Vec::new();
    while let Some(step) = journey.step()? {
        if step.action == Action::Check {
            break;
        }
        let next = journey.plan.position(&step.id).and_then(|n| journey.plan.steps.get(n + 1)).cloned();
        match next {
            Some(next) if step.action == Action::Press && next.target.is_some() => {
                times.extend(timed(&mut journey, &step, &next, cold)?);
            }
            _ => journey.follow(&step)?,
        }
    }
    anyhow::ensure!(!times.is_empty(), "no press of {APP}'s guide leads to another");
    Ok(times)
}

fn timed(journey: &mut Journey, step: &Step, next: &Step, cold: bool) -> Result<Option<f64>> {
    let Some(overlay) = journey.ring(step)? else { return Ok(None) };
    let target = next.target.clone().unwrap_or_default();
    for frame in journey.page.frames()? {
        // A frame that is just going away has nothing to be watched.
        drop(journey.page.evaluate_in(&frame, &format!("({WATCH})({})", json!(target))));
    }
    journey.page.record_rings()?;
    let frame = overlay.frame.clone().context("an overlay without a frame")?;
    let (x, y) = overlay.ring.context("no ring")?.middle();
    let (x, y) = journey.page.point_at(&frame, x, y)?;
    if cold {
        journey.browser.stop_service_worker()?;
    }
    journey.page.press_here(x, y)?;
    journey.moved_on(step)?;
    if journey.step()?.is_none_or(|now| now.id != next.id) {
        return Ok(None);
    }
    let Some(ringed) = journey.ring(next)? else { return Ok(None) };
    ended(journey, &ringed)
}

/// Milliseconds from the press, or from the control's coming, to the ring.
fn ended(journey: &Journey, ringed: &Overlay) -> Result<Option<f64>> {
    let (mut pressed, mut there) = (f64::NAN, f64::NAN);
    for frame in journey.page.frames()? {
        let seen = journey.page.evaluate_in(&frame, "globalThis.__seen ?? null").unwrap_or(Value::Null);
        pressed = pressed.max(seen["pressed"].as_f64().unwrap_or(f64::NAN));
        there = there.max(seen["there"].as_f64().unwrap_or(f64::NAN));
    }
    let Some(drawn) = journey.page.ring_drawn(ringed)? else { return Ok(None) };
    if pressed.is_nan() {
        return Ok(None);
    }
    Ok(Some(drawn - pressed.max(there)))
}

/// In a frame's own world: when something was pressed, and when the next control was first shown.
const WATCH: &str = "control => {
    const now = () => performance.timeOrigin + performance.now();
    const seen = globalThis.__seen = { pressed: null, there: null };
    addEventListener('pointerdown', e => { seen.pressed ??= now(); }, { capture: true, once: true });
    const look = () => {
        if (globalThis.__seen !== seen) return;
        if (seen.pressed !== null || true) {
            for (const e of document.querySelectorAll('*')) {
                if (e.__truth === control && e.getClientRects().length) { seen.there = now(); return; }
            }
        }
        requestAnimationFrame(look);
    };
    look();
}";
