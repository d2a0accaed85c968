//! `demo`: the whole guide in the practice portal, in a window if there is a display, else headless with pictures.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;
use handrail_journeys::GUIDE;
use handrail_journeys::demo::{Ports, TENANT_PORT, WORKER_PORT, folder, headless, watched, with_window};
use handrail_world::wait::{interrupt, is_interrupted};
use tokio::signal::unix::{SignalKind, signal};

/// A guide in the practice portal.
#[derive(clap::Parser)]
struct Arguments {
    /// No window even if there is a display; pictures instead.
    #[arg(long)]
    headless: bool,
    /// In a window, pressed and pasted by the demo itself, to be watched.
    #[arg(long, conflicts_with = "headless")]
    watch: bool,
    /// The guide to run.
    #[arg(long, default_value = GUIDE)]
    guide: String,
    /// Port of the Worker, if it is free.
    #[arg(long, default_value_t = WORKER_PORT)]
    port: u16,
    /// Port of the practice tenant, if it is free.
    #[arg(long, default_value_t = TENANT_PORT)]
    tenant_port: u16,
    /// Where the pictures go.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Turns Ctrl-C, a polite kill and the end of the terminal into an orderly end.
fn listen_for_the_end() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut ends = {
        let _inside = runtime.enter();
        [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()]
            .into_iter()
            .map(signal)
            .collect::<std::io::Result<Vec<_>>>()?
    };
    std::thread::spawn(move || {
        runtime.block_on(std::future::poll_fn(|context| {
            let ended = ends.iter_mut().any(|end| end.poll_recv(context).is_ready());
            if ended { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        }));
        interrupt();
    });
    Ok(())
}

fn main() -> ExitCode {
    let begun = Instant::now();
    let arguments = Arguments::parse();
    let display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let window = (display || cfg!(target_os = "macos")) && !arguments.headless;
    let ports = Ports { worker: arguments.port, tenant: arguments.tenant_port };
    if let Err(error) = listen_for_the_end() {
        eprintln!("Ctrl-C cannot be handled: {error}");
        return ExitCode::FAILURE;
    }
    let say = |line: &str| {
        let mut out = std::io::stdout();
        // Nobody may be listening any more; the end comes in order all the same.
        drop(writeln!(out, "{line}").and_then(|()| out.flush()));
    };
    let outcome = match (arguments.watch, window) {
        (true, _) => watched(&arguments.guide, ports, &say),
        (false, true) => with_window(&arguments.guide, ports, begun, &say),
        (false, false) => {
            headless(&arguments.guide, ports, &arguments.out.unwrap_or_else(folder), begun, &say)
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if is_interrupted() => {
            say("stopped; nothing is left running");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("the demo failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}
