//! What a journey needs of a browser, whichever it is.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::page::Page;
use super::pipe::LogLine;

/// A running browser with the extension in it. Dropped, it is gone.
pub(crate) trait Engine {
    /// Closes every tab that shows nothing.
    fn close_empty_tabs(&self) -> Result<()>;

    /// Id of the loaded extension; empty without one.
    fn extension_id(&self) -> &str;

    /// Folder of the profile.
    fn profile(&self) -> &Path;

    /// Process id.
    fn process(&self) -> u32;

    /// Whether it still runs.
    fn is_running(&mut self) -> bool;

    /// What it wrote to its standard error.
    fn stderr(&self) -> String;

    /// Console lines and uncaught exceptions so far.
    fn log(&self) -> Vec<LogLine>;

    /// Opens a new tab and waits until its document is there.
    fn open(&self, url: &str) -> Result<Page>;

    /// Presses the extension's button in the toolbar while this page's tab is in front.
    fn press_toolbar_button(&self, page: &Page) -> Result<()>;

    /// The extension's panel other than this one, if it is open.
    fn find_panel(&self, known: &str) -> Result<Option<Page>>;

    /// Whether the extension hears its button.
    fn listens(&self) -> Result<bool>;

    /// Whether the extension's background runs now.
    fn background_runs(&self) -> bool;

    /// Stops the extension's background, as the browser does when it was idle.
    fn stop_background(&self) -> Result<()>;

    /// Runs script in the extension's background, which must run.
    fn evaluate_in_background(&self, script: &str) -> Result<Value>;

    /// Installs the extension of this folder over the one that is there.
    fn update_extension(&self, folder: &Path) -> Result<()>;

    /// Removes the extension.
    fn remove_extension(&self) -> Result<()>;

    /// Switches the extension off, or on again.
    fn enable_extension(&self, on: bool) -> Result<()>;

    /// Takes away the extension's access to every host, as its user may, or gives it back.
    fn give_access(&self, on: bool) -> Result<()>;

    /// Saves what is downloaded from now on in this folder, and asks nobody.
    fn save_downloads(&self, folder: &Path) -> Result<()>;

    /// Begins a trace of these categories.
    fn begin_trace(&self, categories: &[&str]) -> Result<()>;

    /// Ends the trace and gives its events.
    fn end_trace(&self) -> Result<Vec<Value>>;

    /// Shuts the browser down in an orderly way and leaves the profile.
    fn close(&mut self) -> Result<()>;
}
