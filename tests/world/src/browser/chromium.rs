//! A real Chromium with the packaged extension, driven over `--remote-debugging-pipe`.
//!
//! The pipe is the one road that can load an unpacked extension into every Chromium, press its toolbar button and
//! reach its side panel, headless too.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use command_fds::{CommandFdExt as _, FdMapping};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium_tab::ChromiumTab;
use super::engine::Engine;
use super::pipe::{self, LogLine, Target};
use super::{Options, Page, programs};
use crate::wait::{LONG, SHORT, in_time, until};

/// A running Chromium.
pub(super) struct Chromium {
    pipe: Arc<pipe::Pipe>,
    child: Child,
    profile: TempDir,
    extension: Option<String>,
}

impl Chromium {
    /// Starts a browser with an empty profile and loads the extension.
    pub(super) fn launch(options: &Options) -> Result<Self> {
        let program = options.program.clone().or_else(programs::find).with_context(|| {
            format!(
                "no Chromium found: install the package `chromium`, or name one in {}",
                programs::VARIABLE
            )
        })?;
        let profile = tempfile::Builder::new().prefix("handrail-browser-").tempdir()?;
        let (their_input, our_output) = std::io::pipe()?;
        let (our_input, their_output) = std::io::pipe()?;
        let log = std::fs::File::create(profile.path().join("stderr.log"))?;
        let temporary = profile.path().join("t");
        std::fs::create_dir(&temporary)?;
        let mut command = Command::new(&program);
        command
            .args(arguments(options, profile.path()))
            // What it keeps for the moment goes with the profile, however the browser ends.
            .env("TMPDIR", &temporary)
            .stdin(Stdio::null())
            .stdout(Stdio::from(log.try_clone()?))
            .stderr(Stdio::from(log))
            .fd_mappings(vec![
                FdMapping { parent_fd: their_input.into(), child_fd: 3 },
                FdMapping { parent_fd: their_output.into(), child_fd: 4 },
            ])
            .context("two pipes for the browser")?;
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        // The command holds the browser's ends of the pipes; while it lives, a dead browser would not be noticed.
        drop(command);
        let pipe = pipe::Pipe::new(our_input, our_output);
        let mut browser = Self { pipe, child, profile, extension: None };
        browser.set_up(options)?;
        Ok(browser)
    }

    fn set_up(&mut self, options: &Options) -> Result<()> {
        self.call("Browser.getVersion", &json!({})).context("the browser did not come up")?;
        let discover = json!({"discover": true, "filter": [{"type": "browser", "exclude": true}, {}]});
        self.call("Target.setDiscoverTargets", &discover)?;
        if let Some(folder) = &options.extension {
            let folder =
                folder.canonicalize().with_context(|| format!("no extension at {}", folder.display()))?;
            let answer = self.call("Extensions.loadUnpacked", &json!({"path": folder}))?;
            self.extension = Some(pipe::text(&answer["id"]));
        }
        Ok(())
    }

    /// Everything that can be attached to now.
    fn targets(&self) -> Vec<Target> {
        self.pipe.state().targets.values().cloned().collect()
    }

    /// Attaches to a target: a page, the side panel, a service worker.
    fn attach(&self, target: &str) -> Result<Page> {
        let known = {
            let state = self.pipe.state();
            state.sessions.iter().find(|(_, s)| s.target == target).map(|(id, _)| id.clone())
        };
        let session = match known {
            Some(session) => session,
            None => {
                let answer =
                    self.call("Target.attachToTarget", &json!({"targetId": target, "flatten": true}))?;
                pipe::text(&answer["sessionId"])
            }
        };
        let tab = ChromiumTab::new(Arc::clone(&self.pipe), target.to_owned(), session);
        tab.wait_for_context()?;
        Ok(Page::new(Arc::new(tab)))
    }

    /// The tab around a page: the toolbar button is pressed on tabs, not on pages.
    fn tab_of(&self, page: &Page) -> Result<String> {
        let info = page.call("Target.getTargetInfo", json!({})).unwrap_or_default();
        if let Some(tab) = info["targetInfo"]["parentId"].as_str() {
            return Ok(tab.to_owned());
        }
        let url = page.url()?;
        let answer = self.call("Target.getTargets", &json!({"filter": [{"type": "tab"}]}))?;
        let tabs = answer["targetInfos"].as_array().cloned().unwrap_or_default();
        let tab = tabs.iter().find(|tab| tab["url"].as_str() == Some(url.as_str()));
        Ok(pipe::text(&tab.context("the page's tab is gone")?["targetId"]))
    }

    fn service_worker(&self) -> Option<Target> {
        let origin = format!("chrome-extension://{}/", self.extension_id());
        self.targets().into_iter().find(|t| t.kind == "service_worker" && t.url.starts_with(&origin))
    }

    /// One command of the protocol to the browser itself.
    fn call(&self, method: &str, params: &Value) -> Result<Value> {
        self.pipe.call(None, method, params)
    }
}

impl Engine for Chromium {
    fn close_empty_tabs(&self) -> Result<()> {
        let answer = self.call("Target.getTargets", &json!({}))?;
        for target in answer["targetInfos"].as_array().into_iter().flatten() {
            if target["type"] == "page" && target["url"] == "about:blank" {
                self.call("Target.closeTarget", &json!({"targetId": target["targetId"]}))?;
            }
        }
        Ok(())
    }

    fn extension_id(&self) -> &str {
        self.extension.as_deref().unwrap_or_default()
    }

    fn profile(&self) -> &Path {
        self.profile.path()
    }

    fn process(&self) -> u32 {
        self.child.id()
    }

    fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn stderr(&self) -> String {
        let bytes = std::fs::read(self.profile.path().join("stderr.log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn log(&self) -> Vec<LogLine> {
        self.pipe.state().log.clone()
    }

    fn open(&self, url: &str) -> Result<Page> {
        let answer = self.call("Target.createTarget", &json!({"url": "about:blank"}))?;
        let page = self.attach(&pipe::text(&answer["targetId"]))?;
        page.navigate(url)?;
        Ok(page)
    }

    fn press_toolbar_button(&self, page: &Page) -> Result<()> {
        page.call("Page.bringToFront", json!({}))?;
        let tab = self.tab_of(page)?;
        self.call("Extensions.triggerAction", &json!({"id": self.extension_id(), "targetId": tab}))?;
        Ok(())
    }

    fn find_panel(&self, known: &str) -> Result<Option<Page>> {
        // The browser keeps a hidden panel for tabs without one of their own; the one that is shown names its tab.
        let wanted = format!("chrome-extension://{}/panel.html?tab=", self.extension_id());
        let is_panel = |t: &Target| t.kind == "page" && t.id != known && t.url.starts_with(&wanted);
        self.targets().into_iter().find(is_panel).map(|panel| self.attach(&panel.id)).transpose()
    }

    fn listens(&self) -> Result<bool> {
        let listens = self.evaluate_in_background("chrome.action.onClicked.hasListeners()")?;
        Ok(listens == Value::Bool(true))
    }

    fn background_runs(&self) -> bool {
        self.service_worker().is_some()
    }

    fn stop_background(&self) -> Result<()> {
        let Some(worker) = self.service_worker() else { return Ok(()) };
        self.call("Target.closeTarget", &json!({"targetId": worker.id}))?;
        until("the service worker to stop", SHORT, || {
            Ok(self.targets().iter().all(|t| t.id != worker.id).then_some(()))
        })
    }

    fn evaluate_in_background(&self, script: &str) -> Result<Value> {
        let worker = self.service_worker().context("the service worker is not running")?;
        let page = self.attach(&worker.id)?;
        let value = page.evaluate(script);
        // While a debugger is attached the browser would keep the worker alive.
        page.detach()?;
        value
    }

    fn update_extension(&self, folder: &Path) -> Result<()> {
        let answer = self.call("Extensions.loadUnpacked", &json!({"path": folder.canonicalize()?}))?;
        anyhow::ensure!(pipe::text(&answer["id"]) == self.extension_id(), "another extension: {answer}");
        Ok(())
    }

    fn remove_extension(&self) -> Result<()> {
        self.call("Extensions.uninstall", &json!({"id": self.extension_id()}))?;
        Ok(())
    }

    fn enable_extension(&self, on: bool) -> Result<()> {
        // The protocol has no command for it; the browser's own page of extensions has.
        let page = self.open("chrome://extensions")?;
        page.evaluate(&format!("chrome.management.setEnabled('{}', {on})", self.extension_id()))?;
        page.close()
    }

    fn give_access(&self, on: bool) -> Result<()> {
        let access = if on { "ON_ALL_SITES" } else { "ON_CLICK" };
        let change = json!({"extensionId": self.extension_id(), "hostAccess": access});
        let page = self.open("chrome://extensions")?;
        page.evaluate(&format!("chrome.developerPrivate.updateExtensionConfiguration({change})"))?;
        page.close()
    }

    fn save_downloads(&self, folder: &Path) -> Result<()> {
        self.call("Browser.setDownloadBehavior", &json!({"behavior": "allow", "downloadPath": folder}))?;
        Ok(())
    }

    fn begin_trace(&self, categories: &[&str]) -> Result<()> {
        self.pipe.state().trace = Default::default();
        let config = json!({"recordMode": "recordAsMuchAsPossible", "includedCategories": categories,
            "excludedCategories": ["*"]});
        self.call("Tracing.start", &json!({"transferMode": "ReportEvents", "traceConfig": config}))?;
        Ok(())
    }

    fn end_trace(&self) -> Result<Vec<Value>> {
        self.call("Tracing.end", &json!({}))?;
        until("the trace", LONG, || Ok(self.pipe.state().trace.1.then_some(())))?;
        Ok(std::mem::take(&mut self.pipe.state().trace.0))
    }

    fn close(&mut self) -> Result<()> {
        // The pipe breaks while the answer is on its way; what counts is that the process ends.
        drop(self.call("Browser.close", &json!({})));
        anyhow::ensure!(in_time(SHORT, || !self.is_running()), "the browser does not close");
        Ok(())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if self.is_running() && self.close().is_err() {
            // The whole group: renderers and helpers are children of the browser.
            let group = format!("-{}", self.child.id());
            drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn arguments(options: &Options, profile: &Path) -> Vec<String> {
    let mut rules = options.rules.clone();
    rules.push("MAP * ~NOTFOUND".to_owned());
    rules.push("EXCLUDE 127.0.0.1".to_owned());
    let mut arguments: Vec<String> = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-breakpad",
        "--disable-search-engine-choice-screen",
        "--password-store=basic",
        "--enable-logging=stderr",
        "--remote-debugging-pipe",
        "--enable-unsafe-extension-debugging",
    ]
    .iter()
    .map(|flag| (*flag).to_owned())
    .collect();
    if !options.window {
        arguments.push("--headless=new".to_owned());
    }
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--window-size={},{}", options.size.0, options.size.1));
    arguments.push(format!("--lang={}", options.language));
    arguments.push(format!("--host-resolver-rules={}", rules.join(", ")));
    if !options.trusted_spki.is_empty() {
        arguments.push(format!("--ignore-certificate-errors-spki-list={}", options.trusted_spki.join(",")));
    }
    arguments.extend(options.flags.iter().cloned());
    arguments.push("about:blank".to_owned());
    arguments
}
