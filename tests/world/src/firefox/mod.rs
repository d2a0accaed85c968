//! A real Firefox with the packaged extension, driven through geckodriver.
//!
//! The session lives in the browser's own window: from there the toolbar button, the sidebar, every tab and every
//! frame can be reached, and mouse events go the way a person's go, through the window into the frame that is under
//! them. Host names are led to loopback by two preferences, so the shipped manifest is what is tested.

mod tab;
mod wire;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::{Engine, LogLine, Options, Page};
use crate::wait::{LONG, until};
use tab::FirefoxTab;
use wire::Wire;

/// Names under which a Firefox is found.
const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];

/// Width of the sidebar in CSS pixels: what a person who works beside it makes it.
const SIDEBAR: u32 = 400;

/// A running Firefox.
pub(crate) struct Firefox {
    wire: Arc<Wire>,
    folder: TempDir,
    profile: PathBuf,
    extension: String,
}

/// A Firefox of this machine: `HANDRAIL_FIREFOX` if set, else the first known name on the path.
#[must_use]
pub fn find_program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("HANDRAIL_FIREFOX") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    PROGRAMS
        .iter()
        .find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file()))
}

/// A Firefox like the one of this machine, in this empty folder, for which an organisation set policies: its program again,
/// and everything else by name.
///
/// # Errors
/// When there is no Firefox, or its folder is not where its program is.
pub fn managed(policies: &Value, folder: &Path) -> Result<PathBuf> {
    let program = find_program().context("no Firefox found")?.canonicalize()?;
    let installed = program.parent().context("a program without a folder")?;
    ensure!(installed.join("application.ini").is_file(), "{} is not Firefox's folder", installed.display());
    let copy = folder.join(program.file_name().context("a program without a name")?);
    for entry in fs::read_dir(installed)? {
        let entry = entry?.path();
        let name = entry.file_name().unwrap_or_default();
        if entry == program {
            fs::copy(&program, &copy)?;
        } else if name != "distribution" {
            std::os::unix::fs::symlink(&entry, folder.join(name))?;
        }
    }
    fs::create_dir(folder.join("distribution"))?;
    fs::write(folder.join("distribution/policies.json"), json!({"policies": policies}).to_string())?;
    Ok(copy)
}

impl Firefox {
    /// Starts a browser with an empty profile and loads the extension.
    pub(crate) fn launch(options: &Options) -> Result<Self> {
        let program = options.program.clone().or_else(find_program).context(
            "no Firefox found: install the package `firefox-esr`, or name one in HANDRAIL_FIREFOX",
        )?;
        let folder = tempfile::Builder::new().prefix("handrail-firefox-").tempdir()?;
        let profile = folder.path().join("profile");
        fs::create_dir(&profile)?;
        fs::write(profile.join("user.js"), preferences(options))?;
        let mut arguments =
            vec!["-profile".to_owned(), profile.display().to_string(), "-no-remote".to_owned()];
        if !options.window {
            arguments.push("-headless".to_owned());
        }
        arguments.extend(options.flags.iter().cloned());
        let log = File::create(folder.path().join("stderr.log"))?;
        let wire = Arc::new(Wire::start(&program, &arguments, options.size, log)?);
        let mut browser = Self { wire, folder, profile, extension: String::new() };
        if let Some(extension) = &options.extension {
            browser.install(extension)?;
        }
        Ok(browser)
    }

    fn install(&mut self, folder: &Path) -> Result<()> {
        let folder =
            folder.canonicalize().with_context(|| format!("no extension at {}", folder.display()))?;
        self.extension = self.wire.install(&folder)?;
        self.wire.call("use", &json!([self.extension]))?;
        self.wire.call("wide", &json!([SIDEBAR]))?;
        Ok(())
    }

    fn page(&self, id: &str) -> Page {
        Page::new(Arc::new(FirefoxTab::new(Arc::clone(&self.wire), id.to_owned())))
    }
}

impl Engine for Firefox {
    fn close_empty_tabs(&self) -> Result<()> {
        self.wire.call("closeEmpty", &json!([]))?;
        Ok(())
    }

    fn extension_id(&self) -> &str {
        &self.extension
    }

    fn profile(&self) -> &Path {
        &self.profile
    }

    fn process(&self) -> u32 {
        self.wire.process
    }

    /// geckodriver does not ask how a browser ended that it was not told to end: what is left of it then does not run.
    fn is_running(&mut self) -> bool {
        let mut look = Command::new("ps");
        look.args(["-o", "state=", "-p", &self.wire.process.to_string()]).stderr(Stdio::null());
        look.output()
            .is_ok_and(|found| found.status.success() && !found.stdout.trim_ascii_start().starts_with(b"Z"))
    }

    fn stderr(&self) -> String {
        let bytes = fs::read(self.folder.path().join("stderr.log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn log(&self) -> Vec<LogLine> {
        let line =
            |text: &str| LogLine { level: String::new(), text: text.to_owned(), target: String::new() };
        self.stderr().lines().map(line).collect()
    }

    fn open(&self, url: &str) -> Result<Page> {
        let id = self.wire.call("open", &json!([]))?;
        let page = self.page(id.as_str().context("a tab without a name")?);
        page.navigate(url)?;
        Ok(page)
    }

    fn press_toolbar_button(&self, page: &Page) -> Result<()> {
        self.wire.call("button", &json!([page.target()]))?;
        Ok(())
    }

    /// The sidebar is one for the whole window: it shows what belongs to the tab in front.
    fn find_panel(&self, _: &str) -> Result<Option<Page>> {
        let address = self.wire.call("panel", &json!([]))?;
        Ok(address.as_str().map(|address| self.page(address)))
    }

    /// The event page counts as running when its scripts have run and have said what they listen to.
    fn listens(&self) -> Result<bool> {
        Ok(self.background_runs())
    }

    fn background_runs(&self) -> bool {
        self.wire.call("backgroundRuns", &json!([])).is_ok_and(|runs| runs == Value::Bool(true))
    }

    fn stop_background(&self) -> Result<()> {
        self.wire.call("stopBackground", &json!([]))?;
        Ok(())
    }

    fn evaluate_in_background(&self, script: &str) -> Result<Value> {
        self.page("background").evaluate(script)
    }

    fn update_extension(&self, folder: &Path) -> Result<()> {
        self.wire.install(&folder.canonicalize()?).map(drop)
    }

    fn remove_extension(&self) -> Result<()> {
        self.wire.call("remove", &json!([]))?;
        Ok(())
    }

    fn enable_extension(&self, on: bool) -> Result<()> {
        self.wire.call("enable", &json!([on]))?;
        Ok(())
    }

    fn give_access(&self, on: bool) -> Result<()> {
        self.wire.call("access", &json!([on]))?;
        Ok(())
    }

    fn save_downloads(&self, folder: &Path) -> Result<()> {
        self.wire.call("saveDownloads", &json!([folder]))?;
        Ok(())
    }

    /// Of everything, by looking once in a millisecond.
    fn begin_trace(&self, _: &[&str]) -> Result<()> {
        self.wire.call("beginProfile", &json!([]))?;
        Ok(())
    }

    fn end_trace(&self) -> Result<Vec<Value>> {
        let calls = self.wire.call("endProfile", &json!([]))?;
        Ok(calls.as_array().context("no profile")?.clone())
    }

    fn close(&mut self) -> Result<()> {
        // What counts is that the process ends.
        drop(self.wire.quit());
        until("the browser to close", LONG, || Ok((!self.is_running()).then_some(())))
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // In an orderly way if it can be: then geckodriver waits for what it started. The wire kills what is left.
        if self.is_running() {
            drop(self.close());
        }
    }
}

/// The preferences of a browser that talks to nobody but the practice tenant.
fn preferences(options: &Options) -> String {
    let ports = options.rules.iter().filter_map(|rule| forced_port(rule));
    let mut ports: Vec<String> = ports.collect();
    ports.sort();
    ports.dedup();
    let mut lines: Vec<(&str, Value)> = vec![
        ("network.dns.forceResolve", json!("127.0.0.1")),
        ("network.socket.forcePort", json!(ports.join(";"))),
        ("network.dns.disableIPv6", json!(true)),
        ("intl.accept_languages", json!(options.language)),
        ("privacy.spoof_english", json!(0)),
        ("devtools.console.stdout.content", json!(true)),
        ("devtools.console.stdout.chrome", json!(true)),
        // Its viewer of JSON is a page of another origin than the answer that it shows.
        ("devtools.jsonview.enabled", json!(false)),
        ("browser.aboutwelcome.enabled", json!(false)),
        ("browser.startup.page", json!(0)),
        ("browser.tabs.warnOnClose", json!(false)),
        ("browser.shell.checkDefaultBrowser", json!(false)),
        ("app.update.enabled", json!(false)),
        ("app.normandy.enabled", json!(false)),
        ("datareporting.policy.dataSubmissionEnabled", json!(false)),
        ("toolkit.telemetry.server", json!("")),
        ("services.settings.server", json!("data:,#remote-settings-dummy/v1")),
        ("browser.safebrowsing.malware.enabled", json!(false)),
        ("browser.safebrowsing.phishing.enabled", json!(false)),
        ("network.captive-portal-service.enabled", json!(false)),
        ("network.connectivity-service.enabled", json!(false)),
        ("extensions.systemAddon.update.enabled", json!(false)),
        ("extensions.update.enabled", json!(false)),
        ("extensions.getAddons.cache.enabled", json!(false)),
    ];
    if options.window {
        lines.push(("browser.link.open_newwindow", json!(3)));
    }
    lines.iter().map(|(name, value)| format!("user_pref({}, {value});\n", json!(name))).collect()
}

/// From `MAP *.azure.com:443 127.0.0.1:8443` to `443=8443`.
fn forced_port(rule: &str) -> Option<String> {
    let mut parts = rule.strip_prefix("MAP ")?.split_whitespace();
    let from = parts.next()?.rsplit_once(':')?.1;
    let to = parts.next()?.rsplit_once(':')?.1;
    Some(format!("{from}={to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_rules_become_ports() {
        assert_eq!(forced_port("MAP *.azure.com:443 127.0.0.1:8443").as_deref(), Some("443=8443"));
        assert_eq!(forced_port("EXCLUDE 127.0.0.1"), None);
    }
}
