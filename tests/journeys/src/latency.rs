//! How long from the press of a step's real control to the ring on the next one.
//!
//! Both ends are taken where they happen, in the page: the press as the browser's own click event, the ring as the
//! moment the overlay's ring is put on the next control. "Page loaded" is a condition: the time runs from the press, or
//! from the moment the page shows the step done and the next control, where that came later. Whether it does is asked of
//! the practice portal's own names of its controls, at every change of the page; the extension's opinion does not count.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use handrail_guide::plan::{Action, Step};
use serde_json::{Value, json};

use crate::{APP, Journey};

/// Bar for the 95th percentile while the service worker runs.
pub const BAR_WARM: Duration = Duration::from_millis(50);
/// Bar for the 95th percentile when the service worker has to start.
pub const BAR_COLD: Duration = Duration::from_millis(150);

/// How it is measured.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Journeys per series: enough presses for a 95th percentile that is not one outlier.
    #[arg(long, default_value_t = 4)]
    pub rounds: usize,
    /// Only this series: `warm` (the service worker runs) or `cold` (it has to start).
    #[arg(long)]
    pub only: Option<String>,
    /// Print every press.
    #[arg(long)]
    pub all: bool,
    /// Print the table as Markdown.
    #[arg(long)]
    pub markdown: bool,
}

/// What came of one press.
enum Outcome {
    /// Milliseconds.
    Took(f64),
    /// Not counted, and why.
    Apart(&'static str),
}

/// A press and what came of it.
struct Press {
    step: String,
    next: String,
    outcome: Outcome,
}

/// One series of presses.
struct Series {
    name: &'static str,
    bar: Duration,
    presses: Vec<Press>,
    load: (f64, f64),
}

/// Runs both series and prints them; `false` when a bar was missed.
///
/// # Errors
/// When a journey cannot be walked.
pub fn measure(options: &Options, say: &dyn Fn(&str)) -> Result<bool> {
    let kinds =
        [("warm", "service worker running", BAR_WARM), ("cold", "service worker has to start", BAR_COLD)];
    let mut all = Vec::new();
    for (kind, name, bar) in kinds {
        if options.only.as_ref().is_some_and(|only| only != kind) {
            continue;
        }
        let mut series = Series { name, bar, presses: Vec::new(), load: (load_average(), 0.0) };
        for round in 1..=options.rounds {
            let presses = walk(kind == "cold")?;
            say(&format!("  {name}: round {round} of {}, {} presses", options.rounds, presses.len()));
            series.presses.extend(presses);
        }
        series.load.1 = load_average();
        all.push(series);
    }
    print(&all, options, say);
    Ok(all.iter().all(Series::is_met))
}

/// The load of this machine over the last minute; 0 where the system does not tell.
pub(crate) fn load_average() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0.0)
}

impl Series {
    /// All times, sorted.
    fn times(&self) -> Vec<f64> {
        let took = |p: &Press| match p.outcome {
            Outcome::Took(ms) => Some(ms),
            Outcome::Apart(_) => None,
        };
        let mut times: Vec<f64> = self.presses.iter().filter_map(took).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    fn is_met(&self) -> bool {
        percentile(&self.times(), 95) <= self.bar.as_secs_f64() * 1000.0
    }

    /// How many presses were not counted, by why.
    fn apart(&self) -> BTreeMap<&'static str, usize> {
        let mut apart = BTreeMap::new();
        for press in &self.presses {
            if let Outcome::Apart(why) = press.outcome {
                *apart.entry(why).or_insert(0) += 1;
            }
        }
        apart
    }
}

fn print(all: &[Series], options: &Options, say: &dyn Fn(&str)) {
    let bar = if options.markdown { "| " } else { "" };
    let gap = if options.markdown { " | " } else { "  " };
    let row = |cells: [String; 7]| say(&format!("{bar}{}{}", cells.join(gap), bar.trim_end()));
    row(["step-latency               ", "presses", " p50 ms", " p95 ms", " max ms", "bar ms", "load"]
        .map(str::to_owned));
    if options.markdown {
        say("|---|---:|---:|---:|---:|---:|---|");
    }
    for series in all {
        let times = series.times();
        let met = if series.is_met() { "met" } else { "missed" };
        row([
            format!("{:<27}", series.name),
            format!("{:>7}", times.len()),
            format!("{:>7.1}", percentile(&times, 50)),
            format!("{:>7.1}", percentile(&times, 95)),
            format!("{:>7.1}", percentile(&times, 100)),
            format!("{} {met}", series.bar.as_millis()),
            format!("{:.1} to {:.1}", series.load.0, series.load.1),
        ]);
    }
    for series in all {
        for (why, times) in series.apart() {
            say(&format!("not counted, {}: {times} {why}", series.name));
        }
        let mut slowest: Vec<&Press> = series.presses.iter().collect();
        slowest.sort_by(|a, b| b.outcome.rank().total_cmp(&a.outcome.rank()));
        for press in slowest.iter().take(if options.all { usize::MAX } else { 3 }) {
            match press.outcome {
                Outcome::Took(ms) => {
                    say(&format!("  {}: {ms:.1} ms from {} to {}", series.name, press.step, press.next));
                }
                Outcome::Apart(why) if options.all => {
                    say(&format!("  {}: {} to {}: {why}", series.name, press.step, press.next));
                }
                Outcome::Apart(_) => {}
            }
        }
    }
}

impl Outcome {
    fn rank(&self) -> f64 {
        match self {
            Self::Took(ms) => *ms,
            Self::Apart(_) => f64::NEG_INFINITY,
        }
    }
}

/// The value that so many percent of the sorted samples do not exceed.
pub(crate) fn percentile(samples: &[f64], percent: usize) -> f64 {
    let rank = (samples.len() * percent).div_ceil(100).max(1) - 1;
    samples.get(rank).copied().unwrap_or(f64::NAN)
}

/// One journey; all presses whose next step is in the portal too.
fn walk(cold: bool) -> Result<Vec<Press>> {
    let mut journey = Journey::begin(json!({}))?;
    let mut presses = Vec::new();
    while let Some(step) = journey.step()? {
        if step.action == Action::Check {
            break;
        }
        let next = journey.plan.position(&step.id).and_then(|n| journey.plan.steps.get(n + 1)).cloned();
        match next {
            Some(next) if matches!(step.action, Action::Press | Action::Tick) && next.target.is_some() => {
                let outcome = timed(&mut journey, &step, &next, cold)?;
                presses.push(Press { step: step.id, next: next.id, outcome });
            }
            _ => journey.follow(&step)?,
        }
    }
    anyhow::ensure!(!presses.is_empty(), "no press of {APP}'s guide leads to another");
    Ok(presses)
}

fn timed(journey: &mut Journey, step: &Step, next: &Step, cold: bool) -> Result<Outcome> {
    let Some(overlay) = journey.ring(step)? else {
        return Ok(Outcome::Apart("were over before they were pressed"));
    };
    let target = next.target.clone().unwrap_or_default();
    for frame in journey.page.frames()? {
        // A frame that is just going away has nothing to be watched.
        let script = format!("({WATCH})({}, {})", json!(target), json!(step.done));
        drop(journey.page.evaluate_in(&frame, &script));
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
        return Ok(Outcome::Apart("led past the next step, which was done before"));
    }
    let Some(ringed) = journey.ring(next)? else {
        return Ok(Outcome::Apart("led past the next step, which was done before"));
    };
    let Some(drawn) = journey.page.ring_drawn(&ringed)? else {
        return Ok(Outcome::Apart("led to a frame without an overlay before the press"));
    };
    let (mut pressed, mut ready) = (f64::NAN, f64::NAN);
    for frame in journey.page.frames()? {
        let seen = journey.page.evaluate_in(&frame, "globalThis.__seen ?? null").unwrap_or(Value::Null);
        pressed = pressed.max(seen["pressed"].as_f64().unwrap_or(f64::NAN));
        let turns = seen["ready"].as_array().cloned().unwrap_or_default();
        // The page may fall back while it draws; what counts is the last time it came right before the ring.
        let last = turns.iter().filter_map(Value::as_f64).rfind(|at| *at <= drawn);
        ready = ready.max(last.unwrap_or(f64::NAN));
    }
    Ok(match (pressed.is_nan(), ready.is_nan()) {
        (true, _) => Outcome::Apart("were not seen by the page"),
        (_, true) => Outcome::Apart("led to a page that was not there at the press"),
        _ => Outcome::Took(drawn - pressed.max(ready)),
    })
}

/// In a frame's own world: when something was pressed, and each time since when the page has shown the step done and
/// the next control.
const WATCH: &str = "(control, done) => {
    const now = () => performance.timeOrigin + performance.now();
    globalThis.__seen?.stop();
    const seen = { pressed: null, ready: [] };
    let is = false;
    const roots = () => {
        const all = [document];
        for (let n = 0; n < all.length; n++) for (const e of all[n].querySelectorAll('*')) if (e.shadowRoot) all.push(e.shadowRoot);
        return all;
    };
    const look = at => {
        const named = new Map();
        for (const root of roots()) for (const e of root.querySelectorAll('*')) if (e.__truth) named.set(e.__truth, [...named.get(e.__truth) ?? [], e]);
        const shown = id => (named.get(id) ?? []).filter(e => e.getClientRects().length);
        const page = id => [...named.keys()].some(name => name.startsWith(id + '.') && shown(name).length);
        const text = e => (e.value ?? (e.title || e.innerText)).replace(/\\s+/g, ' ').trim();
        const on = e => e.checked === true || e.getAttribute('aria-checked') === 'true' || e.getAttribute('aria-selected') === 'true';
        const holds = c => {
            if (typeof c === 'string') return false;
            const [[kind, v]] = Object.entries(c);
            switch (kind) {
                case 'page': return page(v);
                case 'visible': return shown(v).length > 0;
                case 'gone': return !shown(v).length;
                case 'is': return shown(v.control).some(e => {
                    const t = text(e);
                    return v.how === 'prefix' ? t.startsWith(v.text) : v.how === 'contains' ? t.includes(v.text) : t === v.text;
                });
                case 'checked': return shown(v).some(on);
                case 'unchecked': return shown(v).some(e => !on(e));
                case 'used': return seen.pressed !== null;
                case 'all': return v.every(holds);
                case 'any': return v.some(holds);
                case 'not': return !holds(v);
                default: return false;
            }
        };
        const was = is;
        is = shown(control).length > 0 && holds(done);
        if (is && !was) seen.ready.push(at);
    };
    const press = e => { if (e.isTrusted) seen.pressed ??= now(); };
    const changed = () => look(now());
    addEventListener('click', press, true);
    addEventListener('input', changed, true);
    const observer = new MutationObserver(changed);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    seen.stop = () => {
        observer.disconnect();
        removeEventListener('click', press, true);
        removeEventListener('input', changed, true);
    };
    globalThis.__seen = seen;
    look(now());
}";

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_one_of_the_samples() {
        let samples: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!((percentile(&samples, 50), percentile(&samples, 95)), (10.0, 19.0));
        assert_eq!(percentile(&samples, 100), 20.0);
        assert!(percentile(&[], 95).is_nan());
    }
}
