//! A page of Chromium, through the `DevTools` protocol.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use serde_json::{Value, json};

use super::accessibility::{Spoken, in_order};
use super::page::Frame;
use super::pipe::{Pipe, ScriptContext, exception_text, text};
use super::tab::{Mouse, Tab, World};
use crate::wait::{SHORT, until};

/// An attached target.
pub(super) struct ChromiumTab {
    pipe: Arc<Pipe>,
    target: String,
    session: String,
}

impl ChromiumTab {
    pub(super) fn new(pipe: Arc<Pipe>, target: String, session: String) -> Self {
        Self { pipe, target, session }
    }

    pub(super) fn wait_for_context(&self) -> Result<()> {
        until("a script context", SHORT, || {
            let state = self.pipe.state();
            Ok(state.sessions.get(&self.session).filter(|s| !s.contexts.is_empty()).map(|_| ()))
        })
    }

    fn context_of(&self, frame: &Frame, wanted: impl Fn(&ScriptContext) -> bool) -> Option<String> {
        let state = self.pipe.state();
        let session = state.sessions.get(&frame.session)?;
        session.contexts.iter().rev().find(|c| c.frame == frame.id && wanted(c)).map(|c| c.unique.clone())
    }

    fn extension_world(&self, frame: &Frame) -> Result<String> {
        let ours = |c: &ScriptContext| !c.main && c.origin.starts_with("chrome-extension://");
        self.context_of(frame, ours).context("no extension script in this frame")
    }

    fn run(&self, session: &str, context: Option<&str>, script: &str) -> Result<Value> {
        let mut params =
            json!({"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": false});
        if let Some(context) = context {
            params["uniqueContextId"] = json!(context);
        }
        value_of(&self.pipe.call(Some(session), "Runtime.evaluate", &params)?)
    }

    fn call_on(&self, session: &str, object: &Value, function: &str) -> Result<Value> {
        let params = json!({"objectId": object, "functionDeclaration": function, "returnByValue": true,
            "awaitPromise": true});
        value_of(&self.pipe.call(Some(session), "Runtime.callFunctionOn", &params)?)
    }

    /// The page's own session and those of its frames of other sites, parents first.
    fn sessions(&self) -> Vec<String> {
        let state = self.pipe.state();
        let mut found = vec![self.session.clone()];
        let mut next = 0;
        while let Some(parent) = found.get(next).cloned() {
            let children = state.sessions.iter().filter(|(_, s)| s.parent.as_deref() == Some(&parent));
            found.extend(children.filter(|(_, s)| s.kind == "iframe").map(|(id, _)| id.clone()));
            next += 1;
        }
        found
    }

    /// The closed shadow root of a host in a frame, as a script object of the page's world.
    fn closed_root(&self, frame: &Frame, tag: &str) -> Result<Option<Value>> {
        let Some(main) = self.context_of(frame, |c| c.main) else { return Ok(None) };
        let look = json!({"expression": format!("document.querySelector('{tag}')"), "uniqueContextId": main});
        let host = self.pipe.call(Some(&frame.session), "Runtime.evaluate", &look)?;
        let Some(host) = host["result"]["objectId"].as_str() else { return Ok(None) };
        let node = json!({"objectId": host, "depth": 1, "pierce": true});
        let node = self.pipe.call(Some(&frame.session), "DOM.describeNode", &node)?;
        let root = &node["node"]["shadowRoots"][0]["backendNodeId"];
        if root.is_null() {
            return Ok(None);
        }
        let root =
            self.pipe.call(Some(&frame.session), "DOM.resolveNode", &json!({"backendNodeId": root}))?;
        Ok(Some(root["object"]["objectId"].clone()))
    }
}

impl Tab for ChromiumTab {
    fn id(&self) -> &str {
        &self.target
    }

    fn call(&self, method: &str, params: &Value) -> Result<Value> {
        self.pipe.call(Some(&self.session), method, params)
    }

    fn accessibility(&self, frame: &Frame) -> Result<Vec<Spoken>> {
        let of = json!({"frameId": frame.id});
        let tree = self.pipe.call(Some(&frame.session), "Accessibility.getFullAXTree", &of)?;
        Ok(in_order(tree["nodes"].as_array().map_or(&[], Vec::as_slice)))
    }

    fn load(&self, url: &str) -> Result<()> {
        let answer = self.call("Page.navigate", &json!({"url": url}))?;
        if let Some(error) = answer["errorText"].as_str().filter(|e| !e.is_empty()) {
            bail!("{url}: {error}");
        }
        Ok(())
    }

    fn load_again(&self) -> Result<()> {
        self.call("Page.reload", &json!({}))?;
        Ok(())
    }

    fn close(&self) -> Result<()> {
        self.pipe.call(None, "Target.closeTarget", &json!({"targetId": self.target}))?;
        Ok(())
    }

    fn let_go(&self) -> Result<()> {
        self.pipe.call(None, "Target.detachFromTarget", &json!({"sessionId": self.session}))?;
        self.pipe.state().sessions.remove(&self.session);
        Ok(())
    }

    fn frames(&self) -> Result<Vec<Frame>> {
        let mut frames = Vec::new();
        for session in self.sessions() {
            // A frame of another site may go away between the listing and the question.
            let answer = match self.pipe.call(Some(&session), "Page.getFrameTree", &json!({})) {
                Ok(answer) => answer,
                Err(error) if session == self.session => return Err(error),
                Err(_) => continue,
            };
            flatten(&answer["frameTree"], &session, &mut frames);
        }
        Ok(frames)
    }

    fn evaluate(&self, frame: Option<&Frame>, world: World, script: &str) -> Result<Value> {
        let Some(frame) = frame else { return self.run(&self.session, None, script) };
        let context = match world {
            World::Page => {
                self.context_of(frame, |c| c.main).with_context(|| format!("no script in {}", frame.url))?
            }
            World::Extension => self.extension_world(frame)?,
        };
        self.run(&frame.session, Some(&context), script)
    }

    fn has_extension_world(&self, frame: &Frame) -> bool {
        self.extension_world(frame).is_ok()
    }

    fn extension_listeners(&self, frame: &Frame) -> Result<usize> {
        let context = self.extension_world(frame)?;
        let mut listeners = 0;
        for place in ["window", "document", "document.documentElement", "document.body", "visualViewport"] {
            let script = json!({"expression": place, "uniqueContextId": context});
            let found = self.pipe.call(Some(&frame.session), "Runtime.evaluate", &script)?;
            let object = json!({"objectId": found["result"]["objectId"]});
            let answer = self.pipe.call(Some(&frame.session), "DOMDebugger.getEventListeners", &object)?;
            listeners += answer["listeners"].as_array().map_or(0, Vec::len);
        }
        Ok(listeners)
    }

    fn in_closed_root(&self, frame: &Frame, tag: &str, function: &str) -> Result<Option<Value>> {
        let Some(root) = self.closed_root(frame, tag)? else { return Ok(None) };
        Ok(Some(self.call_on(&frame.session, &root, function)?))
    }

    fn on_owner(&self, parent: &Frame, child: &Frame, function: &str) -> Result<Value> {
        let owner =
            self.pipe.call(Some(&parent.session), "DOM.getFrameOwner", &json!({"frameId": child.id}))?;
        let node = json!({"backendNodeId": owner["backendNodeId"]});
        let node = self.pipe.call(Some(&parent.session), "DOM.resolveNode", &node)?;
        self.call_on(&parent.session, &node["object"]["objectId"], function)
    }

    fn mouse(&self, what: Mouse, x: f64, y: f64) -> Result<()> {
        let (kind, button, clicks, buttons) = match what {
            Mouse::Move => ("mouseMoved", "none", 0, 0),
            Mouse::Drag => ("mouseMoved", "left", 0, 1),
            Mouse::Press => ("mousePressed", "left", 1, 1),
            Mouse::Release => ("mouseReleased", "left", 1, 0),
        };
        let params = json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": clicks,
            "buttons": buttons});
        self.call("Input.dispatchMouseEvent", &params)?;
        Ok(())
    }

    fn type_text(&self, text: &str) -> Result<()> {
        self.call("Input.insertText", &json!({"text": text}))?;
        Ok(())
    }

    fn key(&self, key: &str) -> Result<()> {
        let (code, text) = match key {
            "Enter" => (13, Some("\r")),
            "Tab" => (9, None),
            "Escape" => (27, None),
            "Backspace" => (8, None),
            "ArrowLeft" => (37, None),
            "ArrowUp" => (38, None),
            "ArrowRight" => (39, None),
            "ArrowDown" => (40, None),
            "Delete" => (46, None),
            " " => (32, Some(" ")),
            _ => (0, None),
        };
        let down = json!({"type": if text.is_some() { "keyDown" } else { "rawKeyDown" }, "key": key,
            "code": if key == " " { "Space" } else { key }, "windowsVirtualKeyCode": code, "text": text});
        self.call("Input.dispatchKeyEvent", &without_nulls(down))?;
        let up = json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code});
        self.call("Input.dispatchKeyEvent", &up)?;
        Ok(())
    }

    fn edit(&self, command: &str) -> Result<()> {
        let key = match command {
            "selectAll" => "a",
            "paste" => "v",
            "copy" => "c",
            _ => "x",
        };
        let code = i64::from(key.as_bytes().first().copied().unwrap_or_default()) - 32;
        let down = json!({"type": "rawKeyDown", "key": key, "modifiers": 2, "windowsVirtualKeyCode": code,
            "commands": [command]});
        self.call("Input.dispatchKeyEvent", &down)?;
        let up = json!({"type": "keyUp", "key": key, "modifiers": 2, "windowsVirtualKeyCode": code});
        self.call("Input.dispatchKeyEvent", &up)?;
        Ok(())
    }

    fn size(&self, width: u32, height: u32, times: u32) -> Result<()> {
        let (width, height) = (width / times, height / times);
        let size = json!({"width": width, "height": height, "deviceScaleFactor": times, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size)?;
        Ok(())
    }

    fn media(&self, features: &[(&str, &str)]) -> Result<()> {
        let feature = |(name, value): &(&str, &str)| json!({"name": name, "value": value});
        let features: Vec<Value> = features.iter().map(feature).collect();
        self.call("Emulation.setEmulatedMedia", &json!({"features": features}))?;
        Ok(())
    }

    fn prefer(&self, languages: &str) -> Result<()> {
        let agent = self.evaluate(None, World::Page, "navigator.userAgent")?;
        let told = json!({"userAgent": agent, "acceptLanguage": languages});
        self.call("Emulation.setUserAgentOverride", &told)?;
        Ok(())
    }

    fn before_documents(&self, script: &str) -> Result<()> {
        self.call("Page.enable", &json!({}))?;
        self.call("Page.addScriptToEvaluateOnNewDocument", &json!({"source": script}))?;
        Ok(())
    }

    fn choose_file(&self, file: &Path) -> Result<()> {
        let field = json!({"expression": "document.querySelector('input[type=file]')"});
        let field = self.call("Runtime.evaluate", &field)?;
        let object = &field["result"]["objectId"];
        self.call("DOM.setFileInputFiles", &json!({"files": [file], "objectId": object}))?;
        Ok(())
    }

    fn picture(&self) -> Result<Vec<u8>> {
        let answer = self.call("Page.captureScreenshot", &json!({"format": "png"}))?;
        let data = answer["data"].as_str().context("no picture")?;
        Ok(base64::engine::general_purpose::STANDARD.decode(data)?)
    }
}

fn without_nulls(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, v| !v.is_null());
    }
    value
}

fn value_of(answer: &Value) -> Result<Value> {
    match answer.get("exceptionDetails") {
        Some(details) => Err(anyhow!("script: {}", exception_text(details))),
        None => Ok(answer["result"]["value"].clone()),
    }
}

fn flatten(tree: &Value, session: &str, frames: &mut Vec<Frame>) {
    let frame = &tree["frame"];
    frames.push(Frame {
        id: text(&frame["id"]),
        parent: frame["parentId"].as_str().map(str::to_owned),
        url: text(&frame["url"]) + frame["urlFragment"].as_str().unwrap_or_default(),
        session: session.to_owned(),
    });
    for child in tree["childFrames"].as_array().into_iter().flatten() {
        flatten(child, session, frames);
    }
}
