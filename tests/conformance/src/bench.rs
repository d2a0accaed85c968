//! The benchmark of the location engine.

use anyhow::{Context as _, Result};
use handrail_world::dist;
use serde_json::{Value, json};

use crate::peers;
use crate::stage::{Build, Stage, boot_script};

/// What to measure and how to print it.
#[derive(Default)]
pub struct Plan {
    /// Tables for a document.
    pub markdown: bool,
    /// Buttons, and the other kinds at one size; fewer samples.
    pub quick: bool,
}

/// Rows of fifteen elements: 2,300, 9,000 and 37,500 elements.
const ROWS: [u32; 3] = [153, 600, 2500];

const KINDS: [&str; 8] = ["button", "link", "text box", "check box", "option", "menu item", "row", "cell"];

/// Kinds measured after an insertion as well: there the peers take seconds at the largest size.
const SLOW_TOO: [&str; 2] = ["text box", "row"];

/// The engines and ways to ask them, in the order they take turns.
const ENGINES: [&str; 11] = [
    "flush",
    "playwright",
    "testing-library",
    "cold",
    "cold, lowered",
    "warm",
    "warm, lowered",
    "one visible",
    "miss",
    "miss, lowered",
    "index",
];

/// Runs everything and prints it.
///
/// # Errors
/// When the browser, the probe or a peer is missing.
pub fn run(plan: &Plan) -> Result<()> {
    println!("load of the machine: {}", load());
    let stage = Stage::open(Build::Wasm)?;
    first_calls(plan, &stage)?;
    for shadows in [false, true] {
        for change in ["attribute", "insertion"] {
            table(plan, &stage, shadows, change)?;
        }
    }
    println!("\nload of the machine: {}", load());
    Ok(())
}

/// What else the machine does, where it says so.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} on {cores} cores", load.split(' ').take(2).collect::<Vec<_>>().join(" "))
}

fn table(plan: &Plan, stage: &Stage, shadows: bool, change: &str) -> Result<()> {
    let where_ = if shadows { "every fourth row in a shadow root" } else { "no shadow roots" };
    println!("\n{}{where_}; after a far {change}; milliseconds\n", if plan.markdown { "### " } else { "" });
    heading(plan);
    for rows in ROWS {
        prepare(stage)?;
        let elements = stage.run(&format!("benchPage({rows}, {shadows})"))?.as_u64().unwrap_or(0);
        for kind in KINDS {
            if kind != "button" && !is_measured(plan, rows, shadows, change, kind) {
                continue;
            }
            let times = turns(plan, stage, rows, shadows, change, kind)?;
            print_line(plan, elements, kind, &times);
        }
    }
    Ok(())
}

/// Whether another kind than buttons is measured here.
fn is_measured(plan: &Plan, rows: u32, shadows: bool, change: &str, kind: &str) -> bool {
    if plan.quick {
        return rows == ROWS[1] && !shadows && change == "attribute";
    }
    change == "attribute" || SLOW_TOO.contains(&kind)
}

fn turns(plan: &Plan, stage: &Stage, rows: u32, shadows: bool, change: &str, kind: &str) -> Result<Value> {
    // A row outside of the shadow roots for the peer that cannot look into them, and one in the middle.
    let row = rows / 2 / 4 * 4 + u32::from(!shadows);
    let slow = change == "insertion" && rows > 1000;
    let (samples, peers) = match (plan.quick, slow) {
        (_, true) => (7, 1),
        (true, false) => (9, 5),
        (false, false) => (15, 7),
    };
    let engines: Vec<_> = ENGINES.iter().filter(|e| !shadows || **e != "testing-library").collect();
    let times = stage.run(&format!(
        "benchTurns({}, {}, benchKinds[{kind}][0], benchKinds[{kind}][1]({row}), {samples}, {peers})",
        json!(engines),
        json!(change),
        kind = json!(kind)
    ))?;
    if let Some(wrong) = times.as_str() {
        anyhow::bail!("{kind} at {rows} rows: {wrong}");
    }
    Ok(times)
}

/// A blank page with all engines in it, each used once on a small page, so that none pays for being compiled.
fn prepare(stage: &Stage) -> Result<()> {
    stage.blank()?;
    stage.run(&boot_script(Build::Lowered)?)?;
    stage.run("globalThis.LoweredProbe = Probe; 0")?;
    stage.run(&boot_script(Build::Wasm)?)?;
    stage.run(&peers::playwright()?)?;
    stage.run(&peers::testing_library()?)?;
    stage.run(&bench_script()?)?;
    stage.run("benchWarmUp()")?;
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
        "testing-lib.",
        "cold",
        "× Pw",
        "× tl",
        "lowered /",
        "warm",
        "× Pw",
        "lowered /",
        "one visible",
        "miss",
        "lowered",
        "index",
    ];
    if plan.markdown {
        println!("| {} |\n|{}", names.join(" | "), "---|".repeat(names.len()));
    } else {
        println!("{}", names.map(|n| format!("{n:>13}")).join(""));
    }
}

fn print_line(plan: &Plan, elements: u64, kind: &str, times: &Value) {
    let time = |engine: &str| times[engine].as_f64();
    let ms = |engine: &str, digits: usize| {
        time(engine).map_or_else(|| "–".to_owned(), |ms| format!("{ms:.digits$}"))
    };
    let ratio = |of: &str, to: &str, digits: usize| match (time(of), time(to)) {
        (Some(of), Some(to)) => format!("{:.digits$}", of / to),
        _ => "–".to_owned(),
    };
    let cells = [
        elements.to_string(),
        kind.to_owned(),
        ms("flush", 3),
        ms("playwright", 1),
        ms("testing-library", 1),
        ms("cold", 2),
        ratio("playwright", "cold", 1),
        ratio("testing-library", "cold", 1),
        ratio("cold, lowered", "cold", 1),
        ms("warm", 3),
        ratio("playwright", "warm", 0),
        ratio("warm, lowered", "warm", 1),
        ms("one visible", 3),
        ms("miss", 3),
        ms("miss, lowered", 3),
        ms("index", 1),
    ];
    if plan.markdown {
        println!("| {} |", cells.join(" | "));
    } else {
        println!("{}", cells.map(|c| format!("{c:>13}")).join(""));
    }
}

/// From nothing in the page to the first answer: script, engine, query.
fn first_calls(plan: &Plan, stage: &Stage) -> Result<()> {
    let mark = if plan.markdown { "### " } else { "" };
    println!("\n{mark}first call on a fresh page: script and first query; milliseconds\n");
    let scripts = [
        (peers::playwright()?, "playwright"),
        (peers::testing_library()?, "testing-library"),
        (boot_script(Build::Wasm)?, "cold"),
        (boot_script(Build::Lowered)?, "cold"),
    ];
    for rows in ROWS {
        let mut times = [const { Vec::new() }; 4];
        for _ in 0..if plan.quick { 3 } else { 5 } {
            for ((script, engine), times) in scripts.iter().zip(&mut times) {
                times.push(first_call(stage, rows, script, engine)?);
            }
        }
        let [playwright, library, wasm, lowered] = times.map(|mut samples| {
            samples.sort_by(f64::total_cmp);
            samples[samples.len() / 2]
        });
        println!(
            "{:>6} elements: Playwright {playwright:.0}, testing-library {library:.0}, Handrail {wasm:.1} \
             ({:.1} × Playwright), lowered {lowered:.1} ({:.1} × Playwright)",
            rows * 15,
            playwright / wasm,
            playwright / lowered
        );
    }
    Ok(())
}

fn first_call(stage: &Stage, rows: u32, script: &str, engine: &str) -> Result<f64> {
    stage.blank()?;
    stage.run(&bench_script()?)?;
    stage.run(&format!("benchPage({rows}, false)"))?;
    let answer = stage.run(&format!(
        "(() => {{ const script = {}; const start = performance.now(); (0, eval)(script); \
         const found = benchEngines[{}][1]('button', 'Edit item 50')(); \
         return [performance.now() - start, found]; }})()",
        json!(script),
        json!(engine)
    ))?;
    anyhow::ensure!(answer[1] == 1, "{engine} found {} at first", answer[1]);
    answer[0].as_f64().context("no time")
}
