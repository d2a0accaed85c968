//! The benchmark of the location engine.

use anyhow::{Context as _, Result};
use handrail_world::dist;
use serde_json::json;

use crate::peers;
use crate::stage::{Build, Stage, boot_script};

/// What to measure and how to print it.
pub struct Plan {
    /// Tables for a document.
    pub markdown: bool,
    /// Buttons only, fewer samples.
    pub quick: bool,
    /// The builds measured.
    pub builds: Vec<Build>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { markdown: false, quick: false, builds: vec![Build::Wasm, Build::Lowered] }
    }
}

/// Rows of fifteen elements: 2,300, 9,000 and 37,500 elements.
const ROWS: [u32; 3] = [153, 600, 2500];

const KINDS: [&str; 8] = ["button", "link", "text box", "check box", "option", "menu item", "row", "cell"];

/// Kinds measured after an insertion as well: there the peers take seconds at the largest size.
const SLOW_TOO: [&str; 2] = ["text box", "row"];

/// Calls summed up for one warm sample: the clock's steps are a tenth of a millisecond.
const WARM_CALLS: u32 = 64;

/// Runs everything and prints it.
///
/// # Errors
/// When the browser, the probe or a peer is missing.
pub fn run(plan: &Plan) -> Result<()> {
    for build in &plan.builds {
        let stage = Stage::open(*build)?;
        let word = if *build == Build::Wasm { "WASM" } else { "lowered to JavaScript" };
        first_calls(plan, &stage, *build, word)?;
        for shadows in [false, true] {
            for change in ["attribute", "insertion"] {
                table(plan, &stage, word, shadows, change)?;
            }
        }
    }
    Ok(())
}

struct Line {
    rows: u32,
    kind: &'static str,
    elements: u64,
    flush: f64,
    playwright: f64,
    testing_library: Option<f64>,
    cold: f64,
    warm: f64,
    one: f64,
    miss: f64,
}

fn table(plan: &Plan, stage: &Stage, word: &str, shadows: bool, change: &str) -> Result<()> {
    let where_ = if shadows { "every fourth row in a shadow root" } else { "no shadow roots" };
    println!(
        "\n{}{word}; {where_}; after a far {change}; milliseconds\n",
        if plan.markdown { "### " } else { "" }
    );
    heading(plan);
    for rows in ROWS {
        for kind in KINDS {
            if kind != "button" && (plan.quick || change == "insertion" && !SLOW_TOO.contains(&kind)) {
                continue;
            }
            print_line(plan, &line(stage, rows, shadows, change, kind)?);
        }
    }
    Ok(())
}

fn line(stage: &Stage, rows: u32, shadows: bool, change: &str, kind: &'static str) -> Result<Line> {
    prepare(stage)?;
    // All engines once on a small page, so that none pays for being compiled.
    stage.run("benchWarmUp()")?;
    let elements = stage.run(&format!("benchPage({rows}, {shadows})"))?.as_u64().unwrap_or(0);
    // A row outside of the shadow roots for the peer that cannot look into them, and one in the middle.
    let row = rows / 2 / 4 * 4 + u32::from(!shadows);
    let samples = if rows > 1000 { 5 } else { 9 };
    let peer_samples = if rows > 1000 { 3 } else { 5 };
    let time = |engine: &str, name: &str, samples: u32, calls: u32, expected: u64| -> Result<f64> {
        let script = format!(
            "benchTime({}, {}, benchKinds[{}][0], {name}, {samples}, {calls})",
            json!(engine),
            json!(change),
            json!(kind)
        );
        let answer = stage.run(&script)?;
        let found = answer[1].as_u64().unwrap_or(u64::MAX);
        if found != expected {
            anyhow::bail!("{engine} found {found} of {expected} for {kind} at {rows} rows");
        }
        answer[0].as_f64().context("no time")
    };
    let name = format!("benchKinds[{}][1]({row})", json!(kind));
    let none = "'No such name'";
    Ok(Line {
        rows,
        kind,
        elements,
        flush: time("flush", &name, samples, WARM_CALLS, 1)?,
        playwright: time("playwright", &name, peer_samples, 1, 1)?,
        testing_library: if shadows {
            None
        } else {
            Some(time("testing-library", &name, peer_samples, 1, 1)?)
        },
        cold: time("cold", &name, samples, 1, 1)?,
        warm: time("warm", &name, samples, WARM_CALLS, 1)?,
        one: time("warm, one visible", &name, samples, WARM_CALLS, 1)?,
        miss: time("warm", none, samples, WARM_CALLS, 0)?,
    })
}

fn prepare(stage: &Stage) -> Result<()> {
    stage.fresh()?;
    stage.run(&peers::playwright()?)?;
    stage.run(&peers::testing_library()?)?;
    stage.run(&bench_script()?)?;
    Ok(())
}

fn bench_script() -> Result<String> {
    let file = dist::root().join("tests/conformance/js/bench.js");
    std::fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))
}

fn heading(plan: &Plan) {
    let names = [
        "elements",
        "kind",
        "style flush",
        "Playwright",
        "testing-library",
        "cold",
        "× Pw",
        "× tl",
        "warm",
        "× Pw",
        "one visible",
        "miss",
    ];
    if plan.markdown {
        println!("| {} |\n|{}", names.join(" | "), "---|".repeat(names.len()));
    } else {
        println!("{}", names.map(|n| format!("{n:>15}")).join(""));
    }
}

fn print_line(plan: &Plan, line: &Line) {
    let cells = [
        line.elements.to_string(),
        line.kind.to_owned(),
        format!("{:.3}", line.flush),
        format!("{:.1}", line.playwright),
        line.testing_library.map_or_else(|| "cannot".to_owned(), |t| format!("{t:.1}")),
        format!("{:.2}", line.cold),
        format!("{:.1}", line.playwright / line.cold),
        line.testing_library.map_or_else(|| "–".to_owned(), |t| format!("{:.1}", t / line.cold)),
        format!("{:.3}", line.warm),
        format!("{:.0}", line.playwright / line.warm),
        format!("{:.3}", line.one),
        format!("{:.3}", line.miss),
    ];
    let _ = line.rows;
    if plan.markdown {
        println!("| {} |", cells.join(" | "));
    } else {
        println!("{}", cells.map(|c| format!("{c:>15}")).join(""));
    }
}

/// From nothing in the page to the first answer: script, engine, query.
fn first_calls(plan: &Plan, stage: &Stage, build: Build, word: &str) -> Result<()> {
    println!(
        "\n{}{word}; first call on a fresh page: script and first query; milliseconds\n",
        if plan.markdown { "### " } else { "" }
    );
    let ours = json!(boot_script(build)?);
    let playwright = json!(peers::playwright()?);
    let library = json!(peers::testing_library()?);
    for rows in ROWS {
        let mut times = Vec::new();
        for (script, engine) in [(&playwright, "playwright"), (&library, "testing-library"), (&ours, "cold")]
        {
            let mut samples = Vec::new();
            for _ in 0..3 {
                stage.blank()?;
                stage.run(&bench_script()?)?;
                stage.run(&format!("benchPage({rows}, false)"))?;
                let script = format!(
                    "(() => {{ const script = {script}; const start = performance.now(); (0, eval)(script); \
                     const found = benchEngines[{}]('button', 'Edit item 50')(); \
                     return [performance.now() - start, found]; }})()",
                    json!(engine)
                );
                let answer = stage.run(&script)?;
                anyhow::ensure!(answer[1] == 1, "{engine} found {} at first", answer[1]);
                samples.push(answer[0].as_f64().context("no time")?);
            }
            samples.sort_by(f64::total_cmp);
            times.push(samples[1]);
        }
        println!(
            "{:>6} elements: Playwright {:.0}, testing-library {:.0}, Handrail {:.1} ({:.1} × Playwright)",
            rows * 15,
            times[0],
            times[1],
            times[2],
            times[0] / times[2]
        );
    }
    Ok(())
}
