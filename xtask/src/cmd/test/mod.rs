//! `cargo xtask test`: proves everything, shows how far it is, goes on after a failure, counts at the end.

mod programs;

use std::cell::OnceCell;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;

use self::programs::Programs;
use crate::cmd::{bench, build, conformance, docs, fuzz, package, stores, tidy, tools};
use crate::group;
use crate::paths;
use crate::run::{cargo, command};
use crate::workspace::{self, Member};

/// What to test; nothing named means everything.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these parts, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part of the tests, in the order they are run: quick ones first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// rustfmt.
    Format,
    /// Clippy, for this machine and for WASM, and the types of the practice portal.
    Lint,
    /// Unit and data tests of every crate.
    Unit,
    /// Every parser of outside bytes, half a minute each, six at a time on two cores.
    Fuzz,
    /// The rules of this project.
    Tidy,
    /// Every artefact, and its size against its bar.
    Build,
    /// What the documents tell a reader to type.
    Docs,
    /// What stores would say to the extension.
    Stores,
    /// What the other tests stand on: browser driver, runtime, practice tenant and portal together.
    World,
    /// The Worker in its real runtime.
    Worker,
    /// Elements found in a real browser as the rules of ARIA say.
    Conformance,
    /// Whole journeys in a real browser.
    Journeys,
}

/// The command; what failed has been said, so the answer only tells whether anything did.
pub(crate) fn run(args: &Args) -> Result<bool> {
    tools::run_all(true)?;
    let members = workspace::members()?;
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|p| args.only.is_empty() || args.only.contains(p))
        .collect();
    let tests = Tests { members, programs: OnceCell::new(), only: args.only.clone() };
    let mut total = Count::default();
    let mut times = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        println!("\n[{}/{}] {}", at + 1, parts.len(), part.name());
        let start = Instant::now();
        let count = part.run(&tests);
        if group::interrupted() {
            bail!("interrupted");
        }
        println!(
            "[{}/{}] {}: {count}  {:.1} s",
            at + 1,
            parts.len(),
            part.name(),
            start.elapsed().as_secs_f64()
        );
        times.push((*part, count, start.elapsed()));
        total = total.and(count);
    }
    println!("\nTime per part");
    for (part, count, time) in times {
        println!("  {:<12} {:>7.1} s  {count}", part.name(), time.as_secs_f64());
    }
    println!("{total}");
    Ok(total.failed == 0)
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self, tests: &Tests) -> Count {
        match self {
            Part::Format => step(cargo().args(["fmt", "--all", "--check"])),
            Part::Lint => lint(&tests.members),
            Part::Unit => tests.unit(),
            Part::Fuzz => counted(fuzz::fuzz(&fuzz::Args { seconds: 30, jobs: 6, targets: Vec::new() })),
            Part::Tidy => tidy::count(),
            Part::Build => counted(build::parts(&[build::Part::All, build::Part::WorkerFault]))
                .and(counted(bench::size()))
                .and(counted(package::check())),
            Part::Conformance => counted(conformance::check(false))
                .and(counted(conformance::check(true)))
                .and(counted(conformance::check_in_firefox())),
            Part::Docs => counted(docs::check().map(drop)),
            Part::Stores => counted(stores::firefox_linter()),
            Part::World | Part::Worker | Part::Journeys => tests.in_world(self.folder()),
        }
    }

    /// The folder of the tests that need what `Build` makes.
    fn folder(self) -> &'static str {
        match self {
            Part::World => "tests/world",
            Part::Worker => "tests/worker",
            _ => "tests/journeys",
        }
    }
}

/// Folders of tests that start browsers and servers: they need what `Build` makes and have parts of their own.
const IN_WORLD: [&str; 3] = ["tests/world", "tests/worker", "tests/journeys"];

/// The workspace and, as soon as a part needs them, its test programs.
struct Tests {
    members: Vec<Member>,
    programs: OnceCell<Programs>,
    only: Vec<Part>,
}

impl Tests {
    /// The test programs, compiled by the first part that needs them: all, or those of the chosen parts.
    fn programs(&self) -> &Programs {
        self.programs.get_or_init(|| {
            println!("compiling the tests");
            if self.only.is_empty() || self.only.contains(&Part::Unit) {
                return Programs::compile(&[]);
            }
            let folders: Vec<_> = self.only.iter().map(|part| part.folder()).collect();
            Programs::compile(&programs::packages(&self.members, &folders))
        })
    }

    /// Everything but what needs a browser or a server.
    fn unit(&self) -> Count {
        let programs = self.programs();
        let here = |folder: &Path| !IN_WORLD.iter().any(|world| folder == Path::new(world));
        programs.count().and(programs.run(here, &[], 1)).and(programs::examples())
    }

    /// The tests of one folder. Programs that start servers mostly wait for them, so three run at a time. A journey keeps
    /// a little more than half a core busy, so two go beside each other; of three browsers on two cores each takes so long
    /// that the persons in them give up.
    fn in_world(&self, folder: &str) -> Count {
        if !self.only.is_empty() && !self.only.contains(&Part::Build) {
            let built =
                counted(build::parts(&[build::Part::All, build::Part::Probe, build::Part::WorkerFault]));
            if built.failed > 0 {
                return built;
            }
        }
        let at_once = if folder == Part::Journeys.folder() { 2 } else { 3 };
        self.programs().run(|own| own == Path::new(folder), &["--test-threads=1"], at_once)
    }
}

/// Tests that passed and that failed.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub(crate) struct Count {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
}

const PASSED: Count = Count { passed: 1, failed: 0 };
const FAILED: Count = Count { passed: 0, failed: 1 };

impl Count {
    fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Work of our own counts as one test.
fn counted(work: Result<()>) -> Count {
    match work {
        Ok(()) => PASSED,
        Err(error) => {
            println!("FAILED: {error:#}");
            FAILED
        }
    }
}

/// A program counts as one test.
fn step(command: &mut Command) -> Count {
    counted(crate::run::run(command))
}

fn lint(members: &[Member]) -> Count {
    let strict = ["--", "-D", "warnings"];
    let own = step(
        cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--keep-going"]).args(strict),
    );
    let mut wasm = cargo();
    wasm.args(["clippy", "--lib", "--locked", "--target", "wasm32-unknown-unknown"]);
    for member in members.iter().filter(|member| member.runs_in_wasm()) {
        wasm.args(["-p", &member.name]);
    }
    let portal = step(command(paths::npm_bin("tsc")).args(["-p", "tests/portal"]));
    own.and(step(wasm.args(strict))).and(portal)
}
