//! How long from the moment the side panel's page begins to load to its first control that answers a press.
//!
//! The panel is opened anew each time by the toolbar button, in a tab of its own as for a person. A script that is
//! put into it as soon as it can be reached presses *Settings* at every change of the page until the settings open. Where
//! the control was there before the script, the time of its first look is taken: never too short.

use std::time::Duration;

use anyhow::{Context as _, Result};
use handrail_world::browser::{Browser, Kind};
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::Value;

use crate::latency::{load_average, percentile};

/// A page of the portal's host that is quick to load.
const PLACE: &str = "https://portal.azure.com/_practice/nothing";
/// Bar for the 95th percentile of either series.
pub const BAR: Duration = Duration::from_millis(150);

/// How it is measured.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Openings per series.
    #[arg(long, default_value_t = 40)]
    pub rounds: usize,
    /// Print every opening.
    #[arg(long)]
    pub all: bool,
    /// Print the table as Markdown.
    #[arg(long)]
    pub markdown: bool,
}

/// One opening, in milliseconds since the page began to load.
struct Opening {
    /// The first thing was painted.
    painted: f64,
    /// A press was answered.
    usable: f64,
    /// The script came when it was usable already: the time is an upper bound.
    late: bool,
}

/// Opens it many times with the service worker running, and many with one that has to start; `false` when a bar was
/// missed.
///
/// # Errors
/// When the panel does not open, or answers no press.
pub fn measure(options: &Options, say: &dyn Fn(&str)) -> Result<bool> {
    let world = WorldOptions { browser: Kind::Chromium, ..WorldOptions::default() };
    let world = World::start(&world)?;
    let browser = world.browser()?;
    let mut last = String::new();
    let bar = if options.markdown { "| " } else { "" };
    let gap = if options.markdown { " | " } else { "  " };
    let row = |cells: [String; 7]| say(&format!("{bar}{}{}", cells.join(gap), bar.trim_end()));
    row([
        "side panel opened          ",
        "openings",
        "painted p50",
        "usable p50 ms",
        "p95 ms",
        "bar ms",
        "load",
    ]
    .map(str::to_owned));
    if options.markdown {
        say("|---|---:|---:|---:|---:|---:|---|");
    }
    let mut met = true;
    for (cold, name) in [(false, "service worker running"), (true, "service worker has to start")] {
        let mut openings = Vec::new();
        let before = load_average();
        for _ in 0..options.rounds {
            openings.push(open(&browser, &mut last, cold)?);
        }
        let sorted = |of: fn(&Opening) -> f64| {
            let mut times: Vec<f64> = openings.iter().map(of).collect();
            times.sort_by(f64::total_cmp);
            times
        };
        let (painted, usable) = (sorted(|o| o.painted), sorted(|o| o.usable));
        let in_time = percentile(&usable, 95) <= BAR.as_secs_f64() * 1000.0;
        met &= in_time;
        row([
            format!("{name:<27}"),
            format!("{:>8}", openings.len()),
            format!("{:>11.1}", percentile(&painted, 50)),
            format!("{:>13.1}", percentile(&usable, 50)),
            format!("{:>6.1}", percentile(&usable, 95)),
            format!("{} {}", BAR.as_millis(), if in_time { "met" } else { "missed" }),
            format!("{before:.1} to {:.1}", load_average()),
        ]);
        let late = openings.iter().filter(|o| o.late).count();
        say(&format!(
            "{name}: in {late} openings it was usable before it could be looked at; an upper bound"
        ));
        for opening in openings.iter().filter(|_| options.all) {
            say(&format!("  painted {:.1}, usable {:.1} ms", opening.painted, opening.usable));
        }
    }
    Ok(met)
}

/// Opens a tab, presses the toolbar button there and waits for the first press that the panel answers. `last` is the
/// panel of the round before, which goes with its tab.
fn open(browser: &Browser, last: &mut String, cold: bool) -> Result<Opening> {
    let tab = browser.open(PLACE)?;
    if cold {
        browser.stop_service_worker()?;
    }
    browser.press_toolbar_button(&tab)?;
    let panel = browser.panel_besides(last)?;
    let seen = until("the panel to answer a press", LONG, || {
        let seen = panel.evaluate(PRESS)?;
        Ok(seen["usable"].is_number().then_some(seen))
    })?;
    panel.target().clone_into(last);
    tab.close()?;
    let number = |name: &str| seen[name].as_f64().with_context(|| format!("no {name} in {seen}"));
    Ok(Opening {
        painted: number("painted")?,
        usable: number("usable")?,
        late: seen["late"] == Value::Bool(true),
    })
}

/// Presses *Settings* at every change of the page until they open; answers what is known by now.
const PRESS: &str = "(() => {
    const painted = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
    const seen = globalThis.__seen ??= { usable: null, late: false, looks: 0 };
    const press = () => {
        if (seen.usable !== null) return;
        seen.looks++;
        document.querySelector(\"[data-act='settings']\")?.click();
        if (document.getElementById('settings')?.checkVisibility() !== true) return;
        seen.usable = performance.now();
        seen.late = seen.looks === 1;
    };
    if (!seen.looks) {
        new MutationObserver(press).observe(document, { subtree: true, childList: true, attributes: true });
        press();
    }
    return { ...seen, usable: painted() === null ? null : seen.usable, painted: painted() };
})()";
