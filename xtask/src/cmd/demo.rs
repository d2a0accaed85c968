//! `cargo xtask demo`: from a fresh clone to the running journey.

use anyhow::{Result, bail};

use crate::cmd::{build, tools};
use crate::group::{self, Ended};
use crate::run::{cargo, run as run_command};

/// How to show it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Without a window: drives the whole journey itself and writes a picture per step.
    #[arg(long)]
    headless: bool,
    /// In a window, pressed and pasted by the demo itself, to be watched.
    #[arg(long, conflicts_with = "headless")]
    watch: bool,
    /// A vendor's link instead: made, followed in a browser, collected and opened.
    #[arg(long, conflicts_with_all = ["watch", "guide"])]
    vendor: bool,
    /// The port that the Worker listens on; another free one is taken where it is in use.
    #[arg(long)]
    port: Option<u16>,
    /// The guide to run.
    #[arg(long)]
    guide: Option<String>,
    /// Anything else is passed on.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    more: Vec<String>,
}

/// The command.
pub(crate) fn run(args: &Args) -> Result<()> {
    println!("Handrail demo. The first start installs and builds for some minutes, later ones take seconds.");
    tools::for_demo()?;
    if args.vendor {
        build::parts(&[build::Part::Worker])?;
        run_command(cargo().args(["build", "-p", "handrail-cli"]))?;
        return run_command(cargo().args([
            "run",
            "--quiet",
            "-p",
            "handrail-journeys",
            "--bin",
            "vendor-demo",
        ]));
    }
    build::parts(&[build::Part::Extension, build::Part::Worker, build::Part::Portal])?;
    println!("demo: building what walks it (about a minute the first time)");
    run_command(cargo().args(["build", "-p", "handrail-journeys", "--bin", "demo"]))?;
    let mut demo = cargo();
    demo.args(["run", "--quiet", "-p", "handrail-journeys", "--bin", "demo", "--"]);
    if args.watch {
        if !has_display() {
            bail!(
                "there is no display to watch on (DISPLAY and WAYLAND_DISPLAY are not set); leave --watch away"
            );
        }
        demo.arg("--watch");
    } else if args.headless || !has_display() {
        demo.arg("--headless");
    }
    if let Some(port) = args.port {
        demo.args(["--port", &port.to_string()]);
    }
    if let Some(guide) = &args.guide {
        demo.args(["--guide", guide]);
    }
    match group::run(demo.args(&args.more), None, |line| println!("{line}"))? {
        Ended::With(status) if status.success() || group::interrupted() => Ok(()),
        Ended::With(status) => bail!("the demo ended with {status}"),
        Ended::TookTooLong => bail!("the demo took too long"),
    }
}

fn has_display() -> bool {
    cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}
