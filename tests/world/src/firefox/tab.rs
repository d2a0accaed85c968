//! A tab, the panel or the background of Firefox.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use serde_json::{Value, json};

use super::wire::Wire;
use crate::browser::{Frame, Mouse, Spoken, Tab, World};

/// Something that shows a document.
pub(super) struct FirefoxTab {
    wire: Arc<Wire>,
    id: String,
}

impl FirefoxTab {
    pub(super) fn new(wire: Arc<Wire>, id: String) -> Self {
        Self { wire, id }
    }

    fn do_it(&self, function: &str) -> Result<Value> {
        self.wire.call(function, &json!([self.id]))
    }

    fn in_top(&self, task: &str, first: &str) -> Result<Value> {
        self.wire.call("inTop", &json!([self.id, task, first, ""]))
    }

    fn in_frame(&self, frame: &str, task: &str, first: &str, second: &str) -> Result<Value> {
        self.wire.call("inFrame", &json!([frame, task, first, second]))
    }
}

impl Tab for FirefoxTab {
    fn id(&self) -> &str {
        &self.id
    }

    fn call(&self, method: &str, _: &Value) -> Result<Value> {
        bail!("{method} is a command for Chromium")
    }

    fn accessibility(&self, frame: &Frame) -> Result<Vec<Spoken>> {
        Ok(serde_json::from_value(self.in_frame(&frame.id, "told", "", "")?)?)
    }

    fn load(&self, url: &str) -> Result<()> {
        self.wire.call("load", &json!([self.id, url]))?;
        Ok(())
    }

    fn load_again(&self) -> Result<()> {
        self.do_it("reload")?;
        Ok(())
    }

    fn close(&self) -> Result<()> {
        self.do_it("close")?;
        Ok(())
    }

    fn let_go(&self) -> Result<()> {
        Ok(())
    }

    fn frames(&self) -> Result<Vec<Frame>> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let frames = self.do_it("frames")?;
        let frame = |f: &Value| Frame {
            id: text(&f["id"]),
            parent: f["parent"].as_str().map(str::to_owned),
            url: text(&f["url"]),
            session: String::new(),
        };
        Ok(frames.as_array().context("no frames")?.iter().map(frame).collect())
    }

    fn evaluate(&self, frame: Option<&Frame>, world: World, script: &str) -> Result<Value> {
        let task = if world == World::Page { "page" } else { "extension" };
        match frame {
            Some(frame) => self.in_frame(&frame.id, task, script, ""),
            None => self.in_top(task, script),
        }
    }

    fn has_extension_world(&self, frame: &Frame) -> bool {
        self.in_frame(&frame.id, "hasWorld", "", "").is_ok_and(|has| has == Value::Bool(true))
    }

    fn extension_listeners(&self, frame: &Frame) -> Result<usize> {
        let count = self.in_frame(&frame.id, "listeners", "", "")?;
        Ok(usize::try_from(count.as_u64().context("no count")?)?)
    }

    fn in_closed_root(&self, frame: &Frame, tag: &str, function: &str) -> Result<Option<Value>> {
        Ok(Some(self.in_frame(&frame.id, "closedRoot", tag, function)?).filter(|v| !v.is_null()))
    }

    fn on_owner(&self, parent: &Frame, child: &Frame, function: &str) -> Result<Value> {
        self.in_frame(&parent.id, "owner", &child.id, function)
    }

    fn mouse(&self, what: Mouse, x: f64, y: f64) -> Result<()> {
        let kind = match what {
            Mouse::Move => "mousemove",
            Mouse::Drag => "drag",
            Mouse::Press => "mousedown",
            Mouse::Release => "mouseup",
        };
        self.wire.call("mouse", &json!([self.id, kind, x, y]))?;
        Ok(())
    }

    /// From the clipboard, which is how a person brings a value. Nothing cannot be pasted: what is selected is deleted.
    fn type_text(&self, text: &str) -> Result<()> {
        if text.is_empty() {
            return self.key("Delete");
        }
        self.wire.call("clipboard", &json!([text]))?;
        self.edit("paste")
    }

    fn key(&self, key: &str) -> Result<()> {
        let letter = match key {
            "Enter" => "\u{e006}",
            "Tab" => "\u{e004}",
            "Escape" => "\u{e00c}",
            "Backspace" => "\u{e003}",
            "ArrowLeft" => "\u{e012}",
            "ArrowUp" => "\u{e013}",
            "ArrowRight" => "\u{e014}",
            "ArrowDown" => "\u{e015}",
            "Delete" => "\u{e017}",
            "F6" => "\u{e036}",
            other => other,
        };
        self.wire.keys(&[letter])
    }

    fn edit(&self, command: &str) -> Result<()> {
        let key = match command {
            "selectAll" => "a",
            "paste" => "v",
            "copy" => "c",
            _ => "x",
        };
        self.wire.keys(&["\u{e009}", key])
    }

    fn size(&self, width: u32, height: u32, times: u32) -> Result<()> {
        self.wire.call("size", &json!([self.id, width, height, times]))?;
        Ok(())
    }

    fn media(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: BTreeMap<_, _> = features.iter().copied().collect();
        self.wire.call("media", &json!([self.id, features]))?;
        Ok(())
    }

    /// A preference of the whole browser, which weighs the languages itself.
    fn prefer(&self, languages: &str) -> Result<()> {
        let names = languages.split(',').filter_map(|language| language.split(';').next());
        self.wire.call("prefer", &json!([names.collect::<Vec<_>>().join(",")]))?;
        Ok(())
    }

    fn before_documents(&self, script: &str) -> Result<()> {
        self.in_top("before", script)?;
        Ok(())
    }

    fn choose_file(&self, file: &Path) -> Result<()> {
        self.in_top("choose", file.to_str().context("a file's name that is no text")?)?;
        Ok(())
    }

    fn picture(&self) -> Result<Vec<u8>> {
        let picture = self.do_it("picture")?;
        Ok(base64::engine::general_purpose::STANDARD.decode(picture.as_str().context("no picture")?)?)
    }
}
