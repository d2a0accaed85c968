//! A page with the probe in it.

use std::cell::Cell;
use std::fs;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use handrail_world::browser::{Browser, Options, Page};
use handrail_world::dist;
use serde_json::Value;

/// A document of its own, in standards mode.
const BLANK: &str = "data:text/html,<!doctype html><html lang=en><title>Stage</title><body>";

/// Which build of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// As WASM.
    Wasm,
    /// Lowered to JavaScript.
    Lowered,
}

/// A browser with one blank page.
pub struct Stage {
    /// The page.
    pub page: Page,
    _browser: Browser,
    boot: String,
    /// Whether documents come with the probe.
    booted: Cell<bool>,
}

impl Stage {
    /// Starts the browser; the probe must have been built.
    ///
    /// # Errors
    /// When there is no browser or no probe.
    pub fn open(build: Build) -> Result<Self> {
        let browser = Browser::launch(Options::default())?;
        let page = browser.open(BLANK)?;
        let boot = boot_script(build)?;
        Ok(Self { page, _browser: browser, boot, booted: Cell::new(false) })
    }

    /// A fresh document with the probe's class as `Probe`. So has every later one: the browser keeps the script, which
    /// is a quarter of a megabyte.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn fresh(&self) -> Result<()> {
        if !self.booted.replace(true) {
            self.page.before_documents(&self.boot)?;
        }
        self.blank()
    }

    /// A fresh document with nothing in it, unless one was made with the probe.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn blank(&self) -> Result<()> {
        self.page.navigate(BLANK)
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// When it throws.
    pub fn run(&self, script: &str) -> Result<Value> {
        self.page.evaluate(script)
    }
}

/// Script that defines `Probe` in a page.
///
/// # Errors
/// When the probe was not built.
pub fn boot_script(build: Build) -> Result<String> {
    let folder = dist::part("probe").context("the probe is not built: cargo xtask build probe")?;
    let read = |name: &str| fs::read(folder.join(name)).with_context(|| format!("{name} is missing"));
    Ok(match build {
        Build::Wasm => {
            let script = String::from_utf8(read("probe.js")?)?;
            let bytes = base64::engine::general_purpose::STANDARD.encode(read("probe_bg.wasm")?);
            format!("{script};globalThis.Probe = startProbe(\"{bytes}\");0")
        }
        Build::Lowered => {
            let script = String::from_utf8(read("probe-lowered.js")?)?;
            format!("{script};globalThis.Probe = startLoweredProbe();0")
        }
    })
}
