//! How much of the page's main thread the agent takes while the page mutates wildly, from the browser's own profile.

use std::time::Duration;

use anyhow::{Context as _, Result};
use handrail_world::browser::Page;
use serde_json::{Value, json};

use crate::Journey;

/// Bar for the agent's share of the main thread, in percent, while a guide runs.
pub const SHARE_BAR: f64 = 3.0;
/// Bar for the longest stretch of the agent's own script, in milliseconds.
pub const TASK_BAR: f64 = 8.0;
/// Microseconds between two samples: fine enough for the bar of one task.
const SAMPLE: u32 = 250;
/// Samples of the agent nearer to each other than this are one task, in microseconds.
const GAP: f64 = 1_000.0;

/// What the profile says of the agent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Storm {
    /// Its share of the time, in percent.
    pub share: f64,
    /// Its longest task, in milliseconds: by the clock, with what the machine gave to others meanwhile.
    pub longest: f64,
    /// Its longest task by its samples, in milliseconds: as many as there were, each as long as samples mostly are.
    pub own: f64,
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
    let running = blow(&journey.page, seconds)?;
    journey.panel.press("cancel")?;
    journey.panel.press("cancel-yes")?;
    journey.panel.wait_for("the run to end", |s| s.view == "home")?;
    let none = blow(&journey.page, seconds)?;
    Ok((running, none))
}

fn blow(page: &Page, seconds: u32) -> Result<Storm> {
    page.call("Profiler.enable", json!({}))?;
    page.call("Profiler.setSamplingInterval", json!({"interval": SAMPLE}))?;
    page.call("Profiler.start", json!({}))?;
    page.evaluate(&format!("({BLOW})({seconds})"))?;
    // The storm is waited for by its own end; the pause only keeps the pipe quiet.
    std::thread::sleep(Duration::from_secs(u64::from(seconds)));
    page.wait_for("the storm to end", "globalThis.__storm.done === true")?;
    let profile = page.call("Profiler.stop", json!({}))?;
    let mutations = page.evaluate("__storm.count")?.as_f64().unwrap_or_default();
    let mut storm = read(&profile["profile"]);
    storm.mutations = mutations;
    Ok(storm)
}

/// Samples that are in a script of an extension, or in what it called.
fn read(profile: &Value) -> Storm {
    let nodes = profile["nodes"].as_array().cloned().unwrap_or_default();
    let mut ours = std::collections::BTreeSet::new();
    // Parents come before their children.
    for node in &nodes {
        let id = node["id"].as_i64().unwrap_or_default();
        let url = node["callFrame"]["url"].as_str().unwrap_or_default();
        if ours.contains(&id) || url.starts_with("chrome-extension://") || url.starts_with("wasm://") {
            ours.insert(id);
            ours.extend(node["children"].as_array().into_iter().flatten().filter_map(Value::as_i64));
        }
    }
    let samples = profile["samples"].as_array().cloned().unwrap_or_default();
    let deltas = profile["timeDeltas"].as_array().cloned().unwrap_or_default();
    let mut sorted: Vec<f64> = deltas.iter().filter_map(Value::as_f64).collect();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let (mut total, mut mine, mut task, mut apart, mut longest) = (0.0, 0.0, 0.0_f64, f64::MAX, 0.0_f64);
    let (mut samples_of_task, mut most) = (0_u32, 0_u32);
    for (sample, delta) in samples.iter().zip(&deltas) {
        let delta = delta.as_f64().unwrap_or_default().max(0.0);
        total += delta;
        if sample.as_i64().is_some_and(|id| ours.contains(&id)) {
            mine += delta;
            (task, samples_of_task) =
                if apart < GAP { (task + delta, samples_of_task + 1) } else { (delta, 1) };
            most = most.max(samples_of_task);
            apart = 0.0;
            longest = longest.max(task);
        } else {
            apart += delta;
        }
    }
    let own = f64::from(most) * usual / 1000.0;
    Storm { share: 100.0 * mine / f64::max(total, 1.0), longest: longest / 1000.0, own, mutations: 0.0 }
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
