//! The guide on portals that drift: is the ring ever on a wrong control, and how often is the right one found?
//!
//! Each seed is a practice portal of its own. Every face of it that the guide meets is drawn in a real browser, the
//! location engine is asked for every control the guide may ask for, and the background's own decisions say what would
//! be ringed. The portal knows what each control is; nothing else does.

mod judge;
mod seed;
mod visit;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result};
use handrail_guide::plan::Plan;

pub use self::judge::Outcome;
use self::judge::{Judge, all_probes};
pub use self::seed::Seed;
use self::visit::Visitor;
use crate::{AZURE, GUIDE};

/// Share of the controls present that has to be found.
pub const FOUND_BAR: f64 = 0.97;

/// What was found out over many seeds.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Seeds walked to their end.
    pub seeds: u32,
    /// Faces of the portal looked at.
    pub faces: u32,
    /// Times a step's control was there and ringed.
    pub right: u64,
    /// Times it was there and said in words.
    pub missed: u64,
    /// Rings on another control, each with the seed that shows it.
    pub wrong: Vec<String>,
    /// Seeds with at least one wrong ring.
    pub wrong_seeds: u32,
    /// Misses by control, with an example.
    pub misses: BTreeMap<String, (u64, String)>,
    /// Times each locator found it, by control.
    pub ways: BTreeMap<String, BTreeMap<String, u64>>,
    /// Seeds that could not be walked: the portal did not do what its own names promise.
    pub broken: Vec<String>,
}

impl Tally {
    /// Share of the controls present that was ringed.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    pub fn found(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.seeds += other.seeds;
        self.faces += other.faces;
        self.right += other.right;
        self.missed += other.missed;
        self.wrong_seeds += u32::from(!other.wrong.is_empty());
        self.wrong.extend(other.wrong);
        self.broken.extend(other.broken);
        for (control, (times, example)) in other.misses {
            self.misses.entry(control).or_insert((0, example)).0 += times;
        }
        for (control, ways) in other.ways {
            let known = self.ways.entry(control).or_default();
            for (way, times) in ways {
                *known.entry(way).or_default() += times;
            }
        }
    }
}

/// Looks at these seeds, with so many browsers at once; `boot` brings the location engine into a page.
///
/// # Errors
/// When the practice portal or a browser does not come up.
pub fn run(seeds: Range<u32>, browsers: u32, boot: &str, say: &(dyn Fn(&str) + Sync)) -> Result<Tally> {
    let plan = &handrail_world::world::plans()?.remove(GUIDE).context("the guide has no plan")?;
    let text = serde_json::to_string(plan)?;
    let next = AtomicU32::new(seeds.start);
    let total = Mutex::new(Tally::default());
    std::thread::scope(|scope| -> Result<()> {
        let (next, total, text, end) = (&next, &total, &text, seeds.end);
        let workers: Vec<_> = (0..browsers.max(1))
            .map(|_| scope.spawn(move || worker(end, next, total, text, plan, boot, say)))
            .collect();
        for worker in workers {
            worker.join().map_err(|_| anyhow::anyhow!("a browser's thread ended badly"))??;
        }
        Ok(())
    })?;
    Ok(total.into_inner().unwrap_or_default())
}

fn worker(
    end: u32,
    next: &AtomicU32,
    total: &Mutex<Tally>,
    plans: &str,
    plan: &Plan,
    boot: &str,
    say: &(dyn Fn(&str) + Sync),
) -> Result<()> {
    let visitor = Visitor::start(boot.to_owned())?;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= end || handrail_world::wait::is_interrupted() {
            return Ok(());
        }
        let one = look_at(&visitor, &Seed::new(number), plans, plan)?;
        for line in one.wrong.iter().chain(&one.broken) {
            say(line);
        }
        if let Ok(mut total) = total.lock() {
            total.add(one);
            if total.seeds.is_multiple_of(50) {
                say(&format!(
                    "  {} seeds, {} faces: wrong {}, found {:.2} %",
                    total.seeds,
                    total.faces,
                    total.wrong.len(),
                    total.found() * 100.0
                ));
            }
        }
    }
}

fn look_at(visitor: &Visitor, seed: &Seed, plans: &str, plan: &Plan) -> Result<Tally> {
    let mut tally = Tally { seeds: 1, ..Tally::default() };
    let lang = seed.scenario["lang"].as_str().unwrap_or("en");
    let probes = handrail_json::to_string(&all_probes(plans, plan, AZURE, lang));
    let mut judge = Judge::new(plans, plan);
    let walked = visitor.visit(seed, &probes, &mut |face, looks| {
        tally.faces += 1;
        for verdict in judge.judge(looks) {
            let place = || format!("seed {} ({face}), step {}", seed.number, verdict.step);
            match verdict.outcome {
                Outcome::Right => {
                    tally.right += 1;
                    let ways = tally.ways.entry(verdict.target).or_default();
                    *ways.entry(verdict.way).or_default() += 1;
                }
                Outcome::Missed => {
                    tally.missed += 1;
                    let example = format!("{}: {}", place(), verdict.why);
                    tally.misses.entry(verdict.target).or_insert((0, example)).0 += 1;
                }
                Outcome::Wrong => {
                    let text = format!("WRONG {}, means {}: {}", place(), verdict.target, verdict.why);
                    tally.wrong.push(text);
                }
                Outcome::Absent | Outcome::Elsewhere => {}
            }
        }
    });
    if let Err(error) = walked {
        tally.broken.push(format!("BROKEN {error:#}"));
    }
    Ok(tally)
}
