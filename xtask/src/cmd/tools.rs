//! `cargo xtask tools`: installs what is missing, does nothing where nothing is.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::paths;
use crate::programs;
use crate::run::{self, capture, cargo, command, succeeds};
use crate::stamp::{self, Inputs};

/// The target that everything for browsers and Workers is compiled to.
const WASM: &str = "wasm32-unknown-unknown";

/// Installs what a command needs: browsers, and what drives them, only where one is wanted.
pub(crate) fn run_all(with_browsers: bool) -> Result<()> {
    rust_target()?;
    node_packages()?;
    if with_browsers {
        browser()?;
        other_packages()?;
        geckodriver()?;
        schemathesis()?;
        // What deploys the Worker: the tests let it go through everything but the last step.
        npm_ci(&paths::root().join("tests/worker/wrangler"), "deployment")?;
    }
    Ok(())
}

/// Installs what the demo needs, and nothing that only the tests do.
pub(crate) fn for_demo() -> Result<()> {
    run_all(false)?;
    browser()
}

/// The command.
pub(crate) fn run() -> Result<()> {
    run_all(true)?;
    println!("tools: everything is there");
    Ok(())
}

/// What to do about the browser.
#[derive(Debug, PartialEq, Eq)]
enum Decision {
    /// This one is used.
    Use(PathBuf),
    /// None is there, and it can be installed.
    Install,
    /// None is there, and the person has to install one.
    Tell,
}

/// What to do, given the browser that was found and whether packages can be installed.
fn decide(found: Option<PathBuf>, can_install: bool) -> Decision {
    match found {
        Some(program) => Decision::Use(program),
        None if can_install => Decision::Install,
        None => Decision::Tell,
    }
}

/// Finds the browser, installs it, or says exactly what to do.
fn browser() -> Result<()> {
    if decide(programs::find(), can_install()) == Decision::Install {
        apt_install(&["chromium"])?;
    }
    match decide(programs::find(), false) {
        Decision::Use(program) => println!("tools: browser {}", program.display()),
        Decision::Install | Decision::Tell => bail!("{NO_BROWSER}"),
    }
    Ok(())
}

const NO_BROWSER: &str = "no Chromium, Chrome or Edge was found that can be driven (a snap cannot).\n\
    Install one: Debian: apt-get install chromium. Fedora: dnf install chromium. Ubuntu: the .deb from \
    https://www.google.com/chrome. macOS: brew install --cask chromium.\n\
    Or name its program in the variable HANDRAIL_BROWSER.";

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
    npm_ci(&paths::root(), "npm packages")
}

/// How long npm may take, and how often it is asked: a download that stalls in its middle is one it waits for without end.
const NPM_AT_MOST: Duration = Duration::from_mins(6);
const NPM_TRIES: u32 = 3;

/// Installs exactly what a folder's lock names, when it has changed or nothing is there.
pub(crate) fn npm_ci(folder: &Path, name: &str) -> Result<()> {
    let modules = folder.join("node_modules");
    let inputs = Inputs::of("npm ci").add(&folder.join("package-lock.json"))?;
    stamp::once_at(&modules.join(".handrail"), name, &inputs, &[&modules.join(".bin")], || {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        println!("tools: npm ci for the {name} (about a minute the first time)");
        let mut npm = command(npm);
        npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        run::run_within(&mut npm, NPM_AT_MOST, NPM_TRIES)
    })?;
    Ok(())
}

/// Packages are installed on Debian and as root; elsewhere that is for the person to do.
fn can_install() -> bool {
    Path::new("/etc/debian_version").exists() && succeeds(command("apt-get").arg("--version")) && is_root()
}

/// What only the tests need: another browser, another sealer, a display.
fn other_packages() -> Result<()> {
    let wanted = [("firefox-esr", "firefox-esr"), ("age", "age"), ("Xvfb", "xvfb"), ("python3", "python3")];
    let mut missing: Vec<&str> = wanted
        .iter()
        .filter(|(program, _)| on_path(program).is_none())
        .map(|(_, package)| *package)
        .collect();
    // Debian's Python comes without the part that makes folders of its own.
    if !succeeds(command("python3").args(["-c", "import ensurepip, venv"])) {
        missing.push("python3-venv");
    }
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        println!("tools: not installed: {}. Tests that need them say so.", missing.join(", "));
        return Ok(());
    }
    apt_install(&missing)
}

fn apt_install(packages: &[&str]) -> Result<()> {
    println!("tools: apt-get install {} (a few minutes the first time)", packages.join(" "));
    run::run(command("apt-get").args(["update", "-qq"]))?;
    run::run(
        command("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(std::process::Stdio::null()),
    )
}

/// Installs what asks the Worker's API everything its description allows, with exactly the versions that are listed.
/// It is a tool of the tests and never shipped.
fn schemathesis() -> Result<()> {
    let listed = paths::root().join("tests/worker/requirements.txt");
    let folder = paths::tools().join("schemathesis");
    let program = folder.join("bin/schemathesis");
    if cfg!(windows) || on_path("python3").is_none() {
        println!("tools: without Python the API is not fuzzed");
        return Ok(());
    }
    let inputs = Inputs::of("schemathesis").add(&listed)?;
    stamp::once_at(&paths::tools().join("schemathesis.stamp"), "schemathesis", &inputs, &[&program], || {
        println!("tools: pip install schemathesis (half a minute the first time)");
        run::run(command("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = command(folder.join("bin/pip"));
        run::run(pip.args(["install", "-q", "--disable-pip-version-check", "-r"]).arg(&listed))
    })?;
    Ok(())
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

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_is_there_is_used_and_a_missing_one_is_installed_only_where_that_is_allowed() {
        let there = || Some(PathBuf::from("/usr/bin/chromium"));
        assert_eq!(decide(there(), true), Decision::Use("/usr/bin/chromium".into()));
        assert_eq!(decide(there(), false), Decision::Use("/usr/bin/chromium".into()));
        assert_eq!(decide(None, true), Decision::Install);
        assert_eq!(decide(None, false), Decision::Tell);
    }

    #[test]
    fn who_has_to_install_a_browser_is_told_the_command_for_each_system_and_the_variable() {
        let told = ["apt-get install chromium", "dnf install", "brew install", "Ubuntu", programs::VARIABLE];
        for part in told {
            assert!(NO_BROWSER.contains(part), "{part}");
        }
    }
}
