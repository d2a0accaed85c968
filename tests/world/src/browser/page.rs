//! A page, the side panel or a worker: script in any of its frames and worlds, and pictures.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use serde_json::Value;

use super::accessibility::Spoken;
use super::tab::{Tab, World};
use crate::wait::{LONG, still, until};

/// A page (or panel, or worker) of any browser.
#[derive(Clone)]
pub struct Page {
    pub(super) tab: Arc<dyn Tab>,
}

/// One frame of a page, wherever the browser runs it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Frame id.
    pub id: String,
    /// Frame it is in; none for the top.
    pub parent: Option<String>,
    /// Address.
    pub url: String,
    /// Session it is driven through, where the browser has such.
    pub(crate) session: String,
}

impl Page {
    pub(crate) fn new(tab: Arc<dyn Tab>) -> Self {
        Self { tab }
    }

    /// One command of Chromium's protocol to the page.
    ///
    /// # Errors
    /// When the browser refuses it or the page is gone.
    pub fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.tab.call(method, &params)
    }

    /// What a screen reader is given of a frame: the nodes of the browser's accessibility tree in the order in which they are
    /// read, without those that are left out.
    ///
    /// # Errors
    /// When the frame is gone.
    pub fn accessibility(&self, frame: &Frame) -> Result<Vec<Spoken>> {
        self.tab.accessibility(frame)
    }

    /// Makes the browser ask for pages in these languages, the first first: `de-DE,de;q=0.9`.
    ///
    /// # Errors
    /// When the browser cannot.
    pub fn prefer(&self, languages: &str) -> Result<()> {
        self.tab.prefer(languages)
    }

    /// Makes the page's window this large, in CSS pixels of 100 %, and magnifies the page so many times. 0 leaves it its
    /// own size.
    ///
    /// # Errors
    /// When the browser cannot.
    pub fn size(&self, width: u32, height: u32, times: u32) -> Result<()> {
        self.tab.size(width, height, times)
    }

    /// Decides what media queries are told: features of CSS by name, e.g. `forced-colors`: `active`. The others are
    /// as they were before any was set.
    ///
    /// # Errors
    /// When the browser knows no such feature.
    pub fn media(&self, features: &[(&str, &str)]) -> Result<()> {
        self.tab.media(features)
    }

    /// Has a script run in each later document of the page at this origin, before any script of the document's own.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn before_documents(&self, script: &str) -> Result<()> {
        self.tab.before_documents(script)
    }

    /// Chooses a file in the page's file field, as the file dialog would.
    ///
    /// # Errors
    /// When the page has no such field.
    pub fn choose_file(&self, file: &Path) -> Result<()> {
        self.tab.choose_file(file)
    }

    /// What the browser calls the page.
    #[must_use]
    pub fn target(&self) -> &str {
        self.tab.id()
    }

    /// Address it shows.
    ///
    /// # Errors
    /// When it is gone.
    pub fn url(&self) -> Result<String> {
        Ok(self.evaluate("location.href")?.as_str().unwrap_or_default().to_owned())
    }

    /// Goes to an address and waits until its document is there.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub fn navigate(&self, url: &str) -> Result<()> {
        self.tab.load(url)?;
        self.wait_for(
            &format!("{url} to load"),
            "document.readyState !== 'loading' && location.href !== 'about:blank'",
        )
    }

    /// Loads the page again, as the reload button does.
    ///
    /// # Errors
    /// When it is gone or does not come back.
    pub fn reload(&self) -> Result<()> {
        self.evaluate("globalThis.__before = true")?;
        self.tab.load_again()?;
        self.wait_for("the page to reload", "!globalThis.__before && document.readyState !== 'loading'")
    }

    /// Closes the tab.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn close(&self) -> Result<()> {
        self.tab.close()
    }

    /// Lets go of the page.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn detach(&self) -> Result<()> {
        self.tab.let_go()
    }

    /// The value of a script in the page's own world, promises awaited.
    ///
    /// # Errors
    /// When the script throws or the page is gone.
    pub fn evaluate(&self, script: &str) -> Result<Value> {
        self.tab.evaluate(None, World::Page, script)
    }

    /// The same in a frame's own world.
    ///
    /// # Errors
    /// When the script throws or the frame is gone.
    pub fn evaluate_in(&self, frame: &Frame, script: &str) -> Result<Value> {
        self.tab.evaluate(Some(frame), World::Page, script)
    }

    /// The same in the extension's isolated world of a frame.
    ///
    /// # Errors
    /// When the extension has no script there, the script throws, or the frame is gone.
    pub fn evaluate_isolated(&self, frame: &Frame, script: &str) -> Result<Value> {
        self.tab.evaluate(Some(frame), World::Extension, script)
    }

    /// How many listeners the extension has on the window of a frame, on the document and on its root and body. (The page's own world does not show them.)
    ///
    /// # Errors
    /// When the extension has no script there or the frame is gone.
    pub fn isolated_listeners(&self, frame: &Frame) -> Result<usize> {
        self.tab.extension_listeners(frame)
    }

    /// Whether an extension has a script world in this frame.
    #[must_use]
    pub fn has_isolated(&self, frame: &Frame) -> bool {
        self.tab.has_extension_world(frame)
    }

    /// Waits until a script in the page's own world gives `true`.
    ///
    /// # Errors
    /// When it does not in time.
    pub fn wait_for(&self, what: &str, script: &str) -> Result<()> {
        until(what, LONG, || Ok((self.evaluate(script)? == Value::Bool(true)).then_some(())))
    }

    /// The value of a script in the page's own world once it stays the same.
    ///
    /// # Errors
    /// When it goes on changing, the script throws or the page is gone.
    pub fn once_still(&self, script: &str) -> Result<Value> {
        still("the page to stand still", LONG, || self.evaluate(script))
    }

    /// All frames, parents before their children.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn frames(&self) -> Result<Vec<Frame>> {
        self.tab.frames()
    }

    /// The top frame.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn top(&self) -> Result<Frame> {
        self.frames()?.into_iter().next().ok_or_else(|| anyhow!("a page without a frame"))
    }

    /// Where a frame's own (0, 0) is in the top frame's viewport.
    ///
    /// # Errors
    /// When the frame is gone.
    pub fn offset(&self, frame: &Frame) -> Result<(f64, f64)> {
        if frame.parent.is_none() {
            return Ok((0.0, 0.0));
        }
        let frames = self.frames()?;
        let (mut x, mut y, mut current) = (0.0, 0.0, frame.clone());
        while let Some(parent) = current.parent.clone() {
            let parent = frames.iter().find(|f| f.id == parent).context("the frame's parent is gone")?;
            let script = "function () { const r = this.getBoundingClientRect(), s = getComputedStyle(this); \
                return [r.x + this.clientLeft + parseFloat(s.paddingLeft), r.y + this.clientTop + parseFloat(s.paddingTop)]; }";
            let at = self.tab.on_owner(parent, &current, script)?;
            x += at[0].as_f64().unwrap_or_default();
            y += at[1].as_f64().unwrap_or_default();
            current = parent.clone();
        }
        Ok((x, y))
    }

    /// Whether a point of a frame is really seen: no ancestor hides the frame there or has something before it.
    ///
    /// # Errors
    /// When the frame is gone.
    pub fn is_in_front(&self, frame: &Frame, x: f64, y: f64) -> Result<bool> {
        let frames = self.frames()?;
        let (mut x, mut y, mut current) = (x, y, frame.clone());
        while let Some(parent) = current.parent.clone() {
            let parent = frames.iter().find(|f| f.id == parent).context("the frame's parent is gone")?;
            let script = format!(
                "function () {{ const r = this.getBoundingClientRect(), s = getComputedStyle(this); \
                    const x = r.x + this.clientLeft + parseFloat(s.paddingLeft) + {x}, \
                        y = r.y + this.clientTop + parseFloat(s.paddingTop) + {y}; \
                    return [x, y, document.elementFromPoint(x, y) === this && s.opacity !== '0']; }}"
            );
            let at = self.tab.on_owner(parent, &current, &script)?;
            if at[2] != Value::Bool(true) {
                return Ok(false);
            }
            x = at[0].as_f64().unwrap_or_default();
            y = at[1].as_f64().unwrap_or_default();
            current = parent.clone();
        }
        Ok(true)
    }

    /// A picture of what the page shows, as PNG.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        self.tab.picture()
    }

    /// The same into a file.
    ///
    /// # Errors
    /// When the page is gone or the file cannot be written.
    pub fn screenshot_to(&self, file: &Path) -> Result<()> {
        std::fs::write(file, self.screenshot()?).with_context(|| format!("cannot write {}", file.display()))
    }
}
