//! A real browser with the packaged extension: Chromium over its debugging pipe, or Firefox through geckodriver.
//!
//! Tests do not see which it is. A browser started here has an empty profile of its own and is gone, with its
//! children and its profile, when the value is dropped.
//!
//! ```no_run
//! use handrail_world::browser::{Browser, Options};
//!
//! # fn main() -> anyhow::Result<()> {
//! let browser = Browser::launch(Options {
//!     rules: vec!["MAP *.azure.com:443 127.0.0.1:8443".to_owned()],
//!     trusted_spki: vec!["base64 of the SHA-256 of the server's key".to_owned()],
//!     extension: Some("target/handrail/extension-chromium".into()),
//!     ..Options::default()
//! })?;
//! let page = browser.open("https://portal.azure.com/")?;
//! page.wait_for("the portal's heading", "document.querySelector('h1') !== null")?;
//! let title = page.evaluate("document.title")?;
//! browser.press_toolbar_button(&page)?;
//! let panel = browser.panel()?;
//! panel.wait_for("the panel", "document.body !== null")?;
//! # drop(title);
//! # Ok(())
//! # }
//! ```

mod accessibility;
mod chromium;
mod chromium_tab;
mod engine;
mod input;
mod overlay;
mod page;
mod pipe;
pub mod programs;
mod tab;

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;

pub use accessibility::Spoken;
pub(crate) use engine::Engine;
pub use overlay::{Button, Overlay, Rect};
pub use page::{Frame, Page};
pub use pipe::LogLine;
pub(crate) use tab::{Mouse, Tab, World};

use crate::firefox::Firefox;
use crate::wait::{LONG, SHORT, until};

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium, Chrome or Edge.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Kind {
    /// What the environment asks for: `HANDRAIL_TEST_BROWSER=firefox` runs any journey in Firefox.
    #[must_use]
    pub fn chosen() -> Self {
        match std::env::var("HANDRAIL_TEST_BROWSER").as_deref() {
            Ok("firefox") => Self::Firefox,
            _ => Self::Chromium,
        }
    }

    /// Whether the script of an extension that goes away can still take off what it drew. Firefox ends it without a word,
    /// and what it drew stays, unseen, until the page is loaded again.
    #[must_use]
    pub const fn lets_scripts_leave(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// Whether an extension can close its storage on disk to scripts of its own in pages. Firefox has no `setAccessLevel` for
    /// it: such a script reads and writes all that is there.
    #[must_use]
    pub const fn closes_storage(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// Whether an extension hears of an organisation's policies while it runs. Firefox reads them when it starts, so a test
    /// gives them to it then.
    #[must_use]
    pub const fn tells_policies_anew(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// Whether one panel is for all tabs of a window: it follows the one in front.
    #[must_use]
    pub const fn has_one_panel(self) -> bool {
        matches!(self, Self::Firefox)
    }

    /// The built extension for it.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Chromium => "extension-chromium",
            Self::Firefox => "extension-firefox",
        }
    }
}

/// How a browser is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which browser.
    pub kind: Kind,
    /// Host rules, e.g. `MAP *.azure.com:443 127.0.0.1:8443`. Everything not mapped is unreachable.
    pub rules: Vec<String>,
    /// Base64 SHA-256 of the public keys whose certificates are accepted.
    pub trusted_spki: Vec<String>,
    /// Unpacked extension to load.
    pub extension: Option<PathBuf>,
    /// Program; found by name when not given.
    pub program: Option<PathBuf>,
    /// Whether to show a window.
    pub window: bool,
    /// Size of the window in CSS pixels.
    pub size: (u32, u32),
    /// Language of the browser, e.g. `en-US`.
    pub language: String,
    /// Further command-line flags.
    pub flags: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kind: Kind::chosen(),
            rules: Vec::new(),
            trusted_spki: Vec::new(),
            extension: None,
            program: None,
            window: false,
            size: (1600, 1000),
            language: "en-US".to_owned(),
            flags: Vec::new(),
        }
    }
}

/// A running browser.
pub struct Browser {
    engine: Box<dyn Engine>,
}

impl Browser {
    /// Starts a browser with an empty profile and loads the extension.
    ///
    /// # Errors
    /// When the browser is not installed, does not start, or refuses the extension.
    pub fn launch(options: Options) -> Result<Self> {
        let engine: Box<dyn Engine> = match options.kind {
            Kind::Chromium => Box::new(chromium::Chromium::launch(&options)?),
            Kind::Firefox => Box::new(Firefox::launch(&options)?),
        };
        let browser = Self { engine };
        if options.extension.is_some() {
            browser.wait_for_listeners()?;
        }
        Ok(browser)
    }

    /// A press before the fresh extension has said that it listens would be lost; nobody is that quick.
    fn wait_for_listeners(&self) -> Result<()> {
        until("the extension to listen to its button", LONG, || Ok(self.engine.listens()?.then_some(())))
    }

    /// Closes every tab that shows nothing: a browser starts with one, which only confuses whoever looks on.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn close_empty_tabs(&self) -> Result<()> {
        self.engine.close_empty_tabs()
    }

    /// Id of the loaded extension; empty without one.
    #[must_use]
    pub fn extension_id(&self) -> &str {
        self.engine.extension_id()
    }

    /// Folder of the profile, for tests that look for what must not be in it.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.engine.profile()
    }

    /// Process id of the browser.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.engine.process()
    }

    /// Whether the browser still runs.
    pub fn is_running(&mut self) -> bool {
        self.engine.is_running()
    }

    /// What the browser wrote to its standard error, console lines of all pages included.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.engine.stderr()
    }

    /// Console lines and uncaught exceptions of every page so far.
    #[must_use]
    pub fn log(&self) -> Vec<LogLine> {
        self.engine.log()
    }

    /// Opens a new tab and waits until its document is there.
    ///
    /// # Errors
    /// When the tab cannot be made or the address cannot be loaded.
    pub fn open(&self, url: &str) -> Result<Page> {
        self.engine.open(url)
    }

    /// Presses the extension's button in the toolbar while `page`'s tab is in front.
    ///
    /// # Errors
    /// When there is no extension, or the tab is gone.
    pub fn press_toolbar_button(&self, page: &Page) -> Result<()> {
        self.engine.press_toolbar_button(page)
    }

    /// The extension's side panel, as soon as it is there.
    ///
    /// # Errors
    /// When none opens.
    pub fn panel(&self) -> Result<Page> {
        self.panel_besides("")
    }

    /// A side panel other than this one: every tab has its own.
    ///
    /// # Errors
    /// When none opens.
    pub fn panel_besides(&self, known: &str) -> Result<Page> {
        until("the side panel to open", LONG, || self.engine.find_panel(known))
    }

    /// Presses the button until a panel other than this one is open: while a fresh extension does not listen yet, a press
    /// is lost.
    ///
    /// # Errors
    /// When none opens.
    pub fn press_until_panel(&self, page: &Page, known: &str) -> Result<Page> {
        until("the side panel to open", LONG, || {
            self.press_toolbar_button(page)?;
            until("the panel of this press", SHORT, || self.engine.find_panel(known)).map(Some)
        })
    }

    /// Whether the extension's service worker (in Firefox: its event page) runs now.
    #[must_use]
    pub fn service_worker_runs(&self) -> bool {
        self.engine.background_runs()
    }

    /// Stops the extension's service worker or event page, as the browser does when it was idle for half a minute.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn stop_service_worker(&self) -> Result<()> {
        self.engine.stop_background()
    }

    /// Runs script in the extension's service worker or event page (starting nothing: it must run) and gives its
    /// value.
    ///
    /// # Errors
    /// When it does not run, or the script throws.
    pub fn evaluate_in_worker(&self, script: &str) -> Result<Value> {
        self.engine.evaluate_in_background(script)
    }

    /// Installs the extension of this folder over the one that is there, as an update does.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn update_extension(&self, folder: &Path) -> Result<()> {
        self.engine.update_extension(folder)
    }

    /// Switches the extension off, as its user may at any time, or on again.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn enable_extension(&self, on: bool) -> Result<()> {
        self.engine.enable_extension(on)
    }

    /// Takes away the extension's access to every host, as its user may at any time, or gives it back.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn give_access(&self, on: bool) -> Result<()> {
        self.engine.give_access(on)
    }

    /// Removes the extension, as its user may at any time.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn remove_extension(&self) -> Result<()> {
        self.engine.remove_extension()
    }

    /// Saves what is downloaded from now on in this folder, and asks nobody.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn save_downloads(&self, folder: &Path) -> Result<()> {
        self.engine.save_downloads(folder)
    }

    /// Begins to note down what all processes do, in these categories of Chromium's trace events. Firefox notes the
    /// extension's calls alone.
    ///
    /// # Errors
    /// When the browser refuses it, or is another.
    pub fn begin_trace(&self, categories: &[&str]) -> Result<()> {
        self.engine.begin_trace(categories)
    }

    /// Ends that and gives the events, as Chromium's trace files have them: times in microseconds.
    ///
    /// # Errors
    /// When the browser does not hand them over.
    pub fn end_trace(&self) -> Result<Vec<Value>> {
        self.engine.end_trace()
    }

    /// Shuts the browser down in an orderly way, so that everything it would write to disk is written, and leaves
    /// the profile for a last look.
    ///
    /// # Errors
    /// When it does not end in time.
    pub fn close(&mut self) -> Result<()> {
        self.engine.close()
    }
}
