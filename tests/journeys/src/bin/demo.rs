//! `demo`: the whole guide in the practice portal, in a window if there is a display, else headless with pictures.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use handrail_journeys::demo::{Ports, TENANT_PORT, WORKER_PORT, folder, headless, with_window};
use handrail_world::wait::{interrupt, is_interrupted};

/// The Securus360 guide in the practice portal.
#[derive(clap::Parser)]
struct Arguments {
    /// No window even if there is a display; pictures instead.
    #[arg(long)]
    headless: bool,
    /// Port of the Worker, if it is free.
    #[arg(long, default_value_t = WORKER_PORT)]
    port: u16,
    /// Port of the practice tenant, if it is free.
    #[arg(long, default_value_t = TENANT_PORT)]
    tenant_port: u16,
}

/// Turns Ctrl-C and a polite kill into an orderly end.
fn listen_for_the_end() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            let Ok(mut polite) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            else {
                return;
            };
            tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = polite.recv() => {} }
        });
        interrupt();
    });
    Ok(())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let window = display && !arguments.headless;
    let ports = Ports { worker: arguments.port, tenant: arguments.tenant_port };
    if let Err(error) = listen_for_the_end() {
        eprintln!("Ctrl-C cannot be handled: {error}");
        return ExitCode::FAILURE;
    }
    let say = |line: &str| {
        println!("{line}");
        drop(std::io::stdout().flush());
    };
    let outcome = if window { with_window(ports, &say) } else { headless(ports, &folder(), &say) };
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
