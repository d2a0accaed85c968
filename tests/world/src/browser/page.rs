//! A page, the side panel or a worker: script in any of its frames and worlds, and pictures.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use serde_json::{Value, json};

use super::pipe::{Pipe, ScriptContext, exception_text, text};
use crate::wait::{LONG, SHORT, until};

/// An attached page (or panel, or worker).
#[derive(Clone)]
pub struct Page {
    pub(super) pipe: Arc<Pipe>,
    pub(super) target: String,
    pub(super) session: String,
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
    /// Session it is driven through.
    pub(super) session: String,
}

impl Page {
    pub(super) fn new(pipe: Arc<Pipe>, target: String, session: String) -> Self {
        Self { pipe, target, session }
    }

    /// One command to the page.
    ///
    /// # Errors
    /// When the browser refuses it or the page is gone.
    pub fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.pipe.call(Some(&self.session), method, &params)
    }

    /// Target id.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Address it shows.
    ///
    /// # Errors
    /// When it is gone.
    pub fn url(&self) -> Result<String> {
        Ok(text(&self.evaluate("location.href")?))
    }

    /// Goes to an address and waits until its document is there.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub fn navigate(&self, url: &str) -> Result<()> {
        let answer = self.call("Page.navigate", json!({"url": url}))?;
        if let Some(error) = answer["errorText"].as_str().filter(|e| !e.is_empty()) {
            bail!("{url}: {error}");
        }
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
        self.call("Page.reload", json!({}))?;
        self.wait_for("the page to reload", "!globalThis.__before && document.readyState !== 'loading'")
    }

    /// Closes the tab.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn close(&self) -> Result<()> {
        self.pipe.call(None, "Target.closeTarget", &json!({"targetId": self.target}))?;
        Ok(())
    }

    /// Lets go of the target.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn detach(&self) -> Result<()> {
        self.pipe.call(None, "Target.detachFromTarget", &json!({"sessionId": self.session}))?;
        self.pipe.state().sessions.remove(&self.session);
        Ok(())
    }

    pub(super) fn wait_for_context(&self) -> Result<()> {
        until("a script context", SHORT, || {
            let state = self.pipe.state();
            Ok(state.sessions.get(&self.session).filter(|s| !s.contexts.is_empty()).map(|_| ()))
        })
    }

    /// The value of a script in the page's own world, promises awaited.
    ///
    /// # Errors
    /// When the script throws or the page is gone.
    pub fn evaluate(&self, script: &str) -> Result<Value> {
        self.run(&self.session, None, script)
    }

    /// The same in a frame's own world.
    ///
    /// # Errors
    /// When the script throws or the frame is gone.
    pub fn evaluate_in(&self, frame: &Frame, script: &str) -> Result<Value> {
        let context =
            self.context_of(frame, |c| c.main).with_context(|| format!("no script in {}", frame.url))?;
        self.run(&frame.session, Some(&context), script)
    }

    /// The same in the extension's isolated world of a frame.
    ///
    /// # Errors
    /// When the extension has no script there, the script throws, or the frame is gone.
    pub fn evaluate_isolated(&self, frame: &Frame, script: &str) -> Result<Value> {
        let ours = |c: &ScriptContext| !c.main && c.origin.starts_with("chrome-extension://");
        let context = self.context_of(frame, ours).context("no extension script in this frame")?;
        self.run(&frame.session, Some(&context), script)
    }

    /// How many listeners the extension has on the window of a frame. (The page's own world does not show them.)
    ///
    /// # Errors
    /// When the extension has no script there or the frame is gone.
    pub fn isolated_listeners(&self, frame: &Frame) -> Result<usize> {
        let ours = |c: &ScriptContext| !c.main && c.origin.starts_with("chrome-extension://");
        let context = self.context_of(frame, ours).context("no extension script in this frame")?;
        let script = json!({"expression": "window", "uniqueContextId": context});
        let window = self.pipe.call(Some(&frame.session), "Runtime.evaluate", &script)?;
        let object = json!({"objectId": window["result"]["objectId"]});
        let answer = self.pipe.call(Some(&frame.session), "DOMDebugger.getEventListeners", &object)?;
        Ok(answer["listeners"].as_array().map_or(0, Vec::len))
    }

    /// Whether an extension has a script world in this frame.
    #[must_use]
    pub fn has_isolated(&self, frame: &Frame) -> bool {
        self.context_of(frame, |c| !c.main && c.origin.starts_with("chrome-extension://")).is_some()
    }

    /// Waits until a script in the page's own world gives `true`.
    ///
    /// # Errors
    /// When it does not in time.
    pub fn wait_for(&self, what: &str, script: &str) -> Result<()> {
        until(what, LONG, || Ok((self.evaluate(script)? == Value::Bool(true)).then_some(())))
    }

    fn context_of(&self, frame: &Frame, wanted: impl Fn(&ScriptContext) -> bool) -> Option<String> {
        let state = self.pipe.state();
        let session = state.sessions.get(&frame.session)?;
        session.contexts.iter().rev().find(|c| c.frame == frame.id && wanted(c)).map(|c| c.unique.clone())
    }

    pub(super) fn run(&self, session: &str, context: Option<&str>, script: &str) -> Result<Value> {
        let mut params =
            json!({"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": false});
        if let Some(context) = context {
            params["uniqueContextId"] = json!(context);
        }
        let answer = self.pipe.call(Some(session), "Runtime.evaluate", &params)?;
        value_of(&answer)
    }

    /// All frames, parents before their children.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn frames(&self) -> Result<Vec<Frame>> {
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

    /// The top frame.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn top(&self) -> Result<Frame> {
        self.frames()?.into_iter().next().ok_or_else(|| anyhow!("a page without a frame"))
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

    /// Where a frame's own (0, 0) is in the top frame's viewport.
    ///
    /// # Errors
    /// When the frame is gone.
    pub fn offset(&self, frame: &Frame) -> Result<(f64, f64)> {
        let frames = self.frames()?;
        let (mut x, mut y, mut current) = (0.0, 0.0, frame.clone());
        while let Some(parent) = current.parent.clone() {
            let parent = frames.iter().find(|f| f.id == parent).context("the frame's parent is gone")?;
            let owner = self.pipe.call(
                Some(&parent.session),
                "DOM.getFrameOwner",
                &json!({"frameId": current.id}),
            )?;
            let node = json!({"backendNodeId": owner["backendNodeId"]});
            let node = self.pipe.call(Some(&parent.session), "DOM.resolveNode", &node)?;
            let script = "function () { const r = this.getBoundingClientRect(), s = getComputedStyle(this); \
                return [r.x + this.clientLeft + parseFloat(s.paddingLeft), r.y + this.clientTop + parseFloat(s.paddingTop)]; }";
            let at = self.call_on(&parent.session, &node["object"]["objectId"], script)?;
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
            let owner = self.pipe.call(
                Some(&parent.session),
                "DOM.getFrameOwner",
                &json!({"frameId": current.id}),
            )?;
            let node = json!({"backendNodeId": owner["backendNodeId"]});
            let node = self.pipe.call(Some(&parent.session), "DOM.resolveNode", &node)?;
            let script = format!(
                "function () {{ const r = this.getBoundingClientRect(), s = getComputedStyle(this); \
                    const x = r.x + this.clientLeft + parseFloat(s.paddingLeft) + {x}, \
                        y = r.y + this.clientTop + parseFloat(s.paddingTop) + {y}; \
                    return [x, y, document.elementFromPoint(x, y) === this && s.opacity !== '0']; }}"
            );
            let at = self.call_on(&parent.session, &node["object"]["objectId"], &script)?;
            if at[2] != Value::Bool(true) {
                return Ok(false);
            }
            x = at[0].as_f64().unwrap_or_default();
            y = at[1].as_f64().unwrap_or_default();
            current = parent.clone();
        }
        Ok(true)
    }

    pub(super) fn call_on(&self, session: &str, object: &Value, function: &str) -> Result<Value> {
        let params = json!({"objectId": object, "functionDeclaration": function, "returnByValue": true,
            "awaitPromise": true});
        value_of(&self.pipe.call(Some(session), "Runtime.callFunctionOn", &params)?)
    }

    /// A picture of what the page shows, as PNG.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        let answer = self.call("Page.captureScreenshot", json!({"format": "png"}))?;
        let data = answer["data"].as_str().context("no picture")?;
        Ok(base64::engine::general_purpose::STANDARD.decode(data)?)
    }

    /// The same into a file.
    ///
    /// # Errors
    /// When the page is gone or the file cannot be written.
    pub fn screenshot_to(&self, file: &Path) -> Result<()> {
        std::fs::write(file, self.screenshot()?).with_context(|| format!("cannot write {}", file.display()))
    }
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
