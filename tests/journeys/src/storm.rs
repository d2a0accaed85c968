//! How much of the page's main thread the agent takes while the page mutates wildly, from the browser's own trace.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::Journey;

/// Bar for the agent's share of the main thread, in percent, while a guide runs.
pub const SHARE_BAR: f64 = 3.0;
/// Bar for the agent's own script in one task, in milliseconds.
pub const TASK_BAR: f64 = 8.0;

/// What the trace says of the agent. Milliseconds are those of the thread's own clock: what the machine gave to other
/// programs meanwhile does not count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Storm {
    /// Its share of the time, in percent, style it made the browser work out included.
    pub share: f64,
    /// The same by the wall's clock.
    pub wall: f64,
    /// Most script of its own in one task, in milliseconds.
    pub own: f64,
    /// Most style and layout that its script forced in one task, in milliseconds.
    pub forced: f64,
    /// Tasks that it took part in.
    pub tasks: usize,
    /// Mutations made.
    pub mutations: f64,
}

/// Blows for so many seconds with a guide running, and again with none.
///
/// # Errors
/// When the journey cannot be begun.
pub fn measure(seconds: u32) -> Result<(Storm, Storm)> {
    let mut journey = Journey::begin(json!({}))?;
    journey.walk_to("register-app.name")?;
    let step = journey.step()?.context("no step")?;
    journey.ring(&step)?;
    let running = blow(&journey, seconds)?;
    journey.close()?;
    let none = blow(&journey, seconds)?;
    Ok((running, none))
}

fn blow(journey: &Journey, seconds: u32) -> Result<Storm> {
    let page = &journey.page;
    journey.browser.begin_trace(&["devtools.timeline", "disabled-by-default-devtools.timeline"])?;
    page.evaluate(&format!("({BLOW})({seconds})"))?;
    // The storm is waited for by its own end; the pause only keeps the pipe quiet.
    std::thread::sleep(Duration::from_secs(u64::from(seconds)));
    page.wait_for("the storm to end", "globalThis.__storm.done === true")?;
    let events = journey.browser.end_trace()?;
    let mutations = page.evaluate("__storm.count")?.as_f64().unwrap_or_default();
    let mut storm = read(&events, f64::from(seconds) * 1e6);
    storm.mutations = mutations;
    Ok(storm)
}

/// A stretch of a thread's time.
#[derive(Clone, Copy)]
struct Stretch {
    /// Process and thread.
    thread: (i64, i64),
    from: f64,
    to: f64,
    /// By the thread's own clock, in microseconds.
    used: f64,
}

impl Stretch {
    fn new(event: &Value) -> Self {
        let number = |name: &str| event[name].as_f64().unwrap_or_default();
        let id = |name: &str| event[name].as_i64().unwrap_or_default();
        Self {
            thread: (id("pid"), id("tid")),
            from: number("ts"),
            to: number("ts") + number("dur"),
            used: event["tdur"].as_f64().unwrap_or_else(|| number("dur")),
        }
    }

    fn holds(&self, other: &Self) -> bool {
        self.thread == other.thread && self.from <= other.from && other.to <= self.to
    }
}

/// Calls into a script of the extension, by the tasks they are in.
fn read(events: &[Value], time: f64) -> Storm {
    let named = |wanted: &[&str]| -> Vec<(&Value, Stretch)> {
        let of = events.iter().filter(|e| e["name"].as_str().is_some_and(|name| wanted.contains(&name)));
        let mut found: Vec<_> = of.map(|event| (event, Stretch::new(event))).collect();
        found.sort_by(|(_, a), (_, b)| a.from.total_cmp(&b.from));
        found
    };
    let (tasks, styles) = (named(&["RunTask"]), named(&["UpdateLayoutTree", "Layout"]));
    let mut storm = Storm::default();
    let mut sums: Vec<(Stretch, f64, f64)> = Vec::new();
    for (event, call) in named(&["FunctionCall"]) {
        // The panel is a page of its own, with the same address.
        let url = event["args"]["data"]["url"].as_str().unwrap_or_default();
        if !url.contains("-extension://") || !url.contains("/agent") {
            continue;
        }
        let within = |list: &[(&Value, Stretch)]| -> f64 {
            list.iter().filter(|(_, style)| call.holds(style)).map(|(_, style)| style.used).sum()
        };
        let forced = within(&styles);
        storm.share += 100.0 * call.used / time;
        storm.wall += 100.0 * (call.to - call.from) / time;
        let Some((_, task)) = tasks.iter().find(|(_, task)| task.holds(&call)) else { continue };
        match sums.last_mut().filter(|(last, ..)| last.from == task.from) {
            Some((_, own, style)) => (*own, *style) = (*own + call.used - forced, *style + forced),
            None => sums.push((*task, call.used - forced, forced)),
        }
    }
    storm.tasks = sums.len();
    storm.own = sums.iter().map(|(_, own, _)| own / 1000.0).fold(0.0, f64::max);
    storm.forced = sums.iter().map(|(.., style)| style / 1000.0).fold(0.0, f64::max);
    storm
}

/// Two thousand mutations a second: elements come and go, texts and attributes change.
const BLOW: &str = "seconds => {
    const box = document.body.appendChild(document.createElement('div'));
    const storm = globalThis.__storm = { count: 0, done: false };
    const rows = Array.from({ length: 200 }, (_, n) => {
        const row = box.appendChild(document.createElement('div'));
        row.innerHTML = `<span class=a>row ${n}</span><button type=button>Do ${n}</button>`;
        return row;
    });
    const begun = performance.now();
    const step = () => {
        const due = Math.min((performance.now() - begun) * 2, seconds * 2000);
        while (storm.count < due) {
            const row = rows[storm.count % rows.length];
            switch (storm.count++ % 4) {
                case 0: row.firstChild.firstChild.data = 'row ' + storm.count; break;
                case 1: row.setAttribute('aria-label', 'row ' + storm.count); break;
                case 2: row.className = 'r' + (storm.count % 7); break;
                default: row.append(row.firstChild);
            }
        }
        if (performance.now() - begun < seconds * 1000) setTimeout(step, 4);
        else { box.remove(); storm.done = true; }
    };
    step();
}";
