//! `cargo xtask tools`: installs what is missing, does nothing where nothing is.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::paths;
use crate::run::{self, capture, cargo, command, succeeds};
use crate::stamp::{self, Inputs};

/// The target that everything for browsers and Workers is compiled to.
const WASM: &str = "wasm32-unknown-unknown";

/// Installs every tool.
pub(crate) fn run_all(with_browsers: bool) -> Result<()> {
    rust_target()?;
    node_packages()?;
    if with_browsers {
        debian_packages()?;
        match browser() {
            Some(found) => println!("tools: browser {}", found.display()),
            None => bail!("{NO_BROWSER}"),
        }
        geckodriver()?;
    }
    Ok(())
}

/// The command.
pub(crate) fn run() -> Result<()> {
    run_all(true)?;
    println!("tools: everything is there");
    Ok(())
}

const NO_BROWSER: &str = "no Chromium, Chrome or Edge was found.\n\
    Install one (Debian or Ubuntu: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install \
    --cask chromium; Windows: Edge is there already), or name its program in the variable HANDRAIL_BROWSER.";

fn rust_target() -> Result<()> {
    let sysroot = capture(command("rustc").args(["--print", "sysroot"]))
        .context("rustc does not run: install Rust with rustup")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    println!("tools: rustup target add {WASM}");
    run::run(command("rustup").args(["target", "add", WASM]))
}

/// Installs exactly what the lock file names, when it has changed or nothing is there.
fn node_packages() -> Result<()> {
    let node =
        capture(command("node").arg("--version")).context("node does not run: install Node 20 or newer")?;
    let major: u32 =
        node.trim().trim_start_matches('v').split('.').next().unwrap_or("0").parse().unwrap_or(0);
    if major < 20 {
        bail!("Node {} is too old: install Node 20 or newer", node.trim());
    }
    npm_ci(&paths::root(), "npm packages", |npm| {
        println!("tools: npm ci (about a minute the first time)");
        run::run(npm)
    })
}

/// Installs exactly what a folder's lock names, when it has changed or nothing is there.
pub(crate) fn npm_ci(
    folder: &Path,
    name: &str,
    install: impl FnOnce(&mut Command) -> Result<()>,
) -> Result<()> {
    let modules = folder.join("node_modules");
    let inputs = Inputs::of("npm ci").add(&folder.join("package-lock.json"))?;
    stamp::once_at(&modules.join(".handrail"), name, &inputs, &[&modules.join(".bin")], || {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        install(command(npm).current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
    })?;
    Ok(())
}

/// On Debian and as root, browsers and `age` are installed; elsewhere that is for the person to do.
fn debian_packages() -> Result<()> {
    let debian = Path::new("/etc/debian_version").exists() && succeeds(command("apt-get").arg("--version"));
    let mut missing = Vec::new();
    if browser().is_none() {
        missing.push("chromium");
    }
    for (program, package) in [("firefox-esr", "firefox-esr"), ("age", "age")] {
        if on_path(program).is_none() {
            missing.push(package);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    if !debian || !is_root() {
        println!("tools: not installed: {}. Tests that need them say so.", missing.join(", "));
        return Ok(());
    }
    println!("tools: apt-get install {} (a few minutes the first time)", missing.join(" "));
    run::run(command("apt-get").args(["update", "-qq"]))?;
    run::run(
        command("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(&missing)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(std::process::Stdio::null()),
    )
}

/// What drives Firefox in the tests, with exactly this version. It is a tool of the tests and never shipped.
const GECKODRIVER: &str = "=0.36.0";

/// Builds geckodriver into the project's own folder; without Firefox there is nothing to drive.
fn geckodriver() -> Result<()> {
    if on_path("firefox-esr").or_else(|| on_path("firefox")).is_none() {
        return Ok(());
    }
    let folder = paths::tools();
    let program = folder.join("bin").join(if cfg!(windows) { "geckodriver.exe" } else { "geckodriver" });
    let inputs = Inputs::of(GECKODRIVER);
    stamp::once_at(&folder.join("geckodriver.stamp"), "geckodriver", &inputs, &[&program], || {
        println!("tools: cargo install geckodriver {GECKODRIVER} (a minute or two the first time)");
        // Unoptimised: it passes messages on, and compiles in half the time.
        let install = ["install", "geckodriver", "--locked", "--debug", "--quiet", "--version", GECKODRIVER];
        run::run(cargo().args(install).arg("--root").arg(&folder))
    })?;
    Ok(())
}

fn is_root() -> bool {
    capture(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// A Chromium, Chrome or Edge on this machine.
pub(crate) fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("HANDRAIL_BROWSER") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
    let places = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];
    names
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| places.iter().map(PathBuf::from).find(|place| place.exists()))
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}
