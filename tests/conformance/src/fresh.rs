//! Whether an engine that stays with a changing page answers as one made a moment ago (`js/fresh.js`).

use std::fs;

use anyhow::{Context as _, Result};
use handrail_world::dist;

use crate::stage::Stage;

/// Seeds and steps of the check by chance.
#[derive(Clone, Copy)]
pub struct Chance {
    /// The first seed.
    pub first: u32,
    /// How many seeds.
    pub seeds: u32,
    /// Changes of each.
    pub steps: u32,
}

impl Default for Chance {
    /// What every test run does: some seconds.
    fn default() -> Self {
        Self { first: 1, seeds: 6, steps: 40 }
    }
}

/// Runs both checks and tells what was wrong; answers whether nothing was.
///
/// # Errors
/// When the browser is gone.
pub fn run(stage: &Stage, chance: Chance, report: &mut dyn FnMut(&str)) -> Result<bool> {
    let file = dist::root().join("tests/conformance/js/fresh.js");
    let script = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
    stage.fresh()?;
    stage.run(&script)?;
    let (asked, mut wrong) = ask(stage, "freshByHand()")?;
    report(&format!("after a change: {} of {asked} right", asked.saturating_sub(wrong.len() as u64)));
    let mut questions = 0;
    for seed in chance.first..chance.first + chance.seeds {
        stage.fresh()?;
        stage.run(&script)?;
        let (asked, found) = ask(stage, &format!("freshByChance({seed}, {})", chance.steps))?;
        questions += asked;
        wrong.extend(found);
    }
    for line in &wrong {
        report(line);
    }
    report(&format!(
        "after {} seeds of chance: {questions} questions, {} wrong in all",
        chance.seeds,
        wrong.len()
    ));
    Ok(wrong.is_empty())
}

fn ask(stage: &Stage, call: &str) -> Result<(u64, Vec<String>)> {
    let answer = stage.run(call)?;
    let wrong = answer[1].as_array().context("no answer")?;
    let wrong = wrong.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect();
    Ok((answer[0].as_u64().unwrap_or(0), wrong))
}
