//! What a journey needs of one page, whichever browser shows it. Everything that a person does or sees is built on
//! these few things, in [`super::page`], [`super::input`] and [`super::overlay`], once for all browsers.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::accessibility::Spoken;
use super::page::Frame;

/// The world a script runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// The page's own.
    Page,
    /// The extension's, in the same document.
    Extension,
}

/// What the mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// It comes to a point.
    Move,
    /// It comes to a point with its first button down.
    Drag,
    /// Its first button goes down.
    Press,
    /// Its first button comes up.
    Release,
}

/// One page (or panel, or worker) of a browser.
pub(crate) trait Tab: Send + Sync {
    /// What the browser calls it.
    fn id(&self) -> &str;

    /// One command of the browser's own protocol.
    fn call(&self, method: &str, params: &Value) -> Result<Value>;

    /// What a screen reader is given of a frame, in the order in which it is read.
    fn accessibility(&self, frame: &Frame) -> Result<Vec<Spoken>>;

    /// Goes to an address; the new document may not be complete yet.
    fn load(&self, url: &str) -> Result<()>;

    /// Loads the page again.
    fn load_again(&self) -> Result<()>;

    /// Closes it.
    fn close(&self) -> Result<()>;

    /// Lets go of it, if it has to be held.
    fn let_go(&self) -> Result<()>;

    /// All frames, parents before their children.
    fn frames(&self) -> Result<Vec<Frame>>;

    /// The value of a script, promises awaited; in the top frame when none is named.
    fn evaluate(&self, frame: Option<&Frame>, world: World, script: &str) -> Result<Value>;

    /// Whether the extension has a world in this frame.
    fn has_extension_world(&self, frame: &Frame) -> bool;

    /// How many listeners the extension has on the window of a frame, on the document and on its root and body.
    fn extension_listeners(&self, frame: &Frame) -> Result<usize>;

    /// Calls a function of the page's world on the closed shadow root of the first element with this tag.
    fn in_closed_root(&self, frame: &Frame, tag: &str, function: &str) -> Result<Option<Value>>;

    /// Calls a function of the parent's world on the element that holds a frame.
    fn on_owner(&self, parent: &Frame, child: &Frame, function: &str) -> Result<Value>;

    /// A real mouse event at a point of the top viewport.
    fn mouse(&self, what: Mouse, x: f64, y: f64) -> Result<()>;

    /// Puts a text into what has the focus.
    fn type_text(&self, text: &str) -> Result<()>;

    /// Presses a named key.
    fn key(&self, key: &str) -> Result<()>;

    /// An editing command by its keyboard shortcut.
    fn edit(&self, command: &str) -> Result<()>;

    /// Makes the window of the page this large, in CSS pixels of 100 %, and magnifies the page; 0 leaves it its own size.
    fn size(&self, width: u32, height: u32, times: u32) -> Result<()>;

    /// What media queries are told: features of CSS by name, e.g. `forced-colors`: `active`.
    fn media(&self, features: &[(&str, &str)]) -> Result<()>;

    /// Makes the browser ask for pages in these languages, as in `Accept-Language`.
    fn prefer(&self, languages: &str) -> Result<()>;

    /// Has a script run in each later document of the page at this origin, before any script of the document's own.
    fn before_documents(&self, script: &str) -> Result<()>;

    /// Chooses a file in the page's file field.
    fn choose_file(&self, file: &Path) -> Result<()>;

    /// A picture of what is shown, as PNG.
    fn picture(&self) -> Result<Vec<u8>>;
}
