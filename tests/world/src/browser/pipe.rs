//! The wire: `DevTools` messages over a pair of pipes, NUL-terminated, one reader thread.
//!
//! Keeps what events tell (targets, sessions, script contexts, console lines), so that everyone else can ask
//! instead of listening.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::{Value, json};

/// Longest time one command may take; the browser answers in milliseconds, a cold start of WASM in a few hundred.
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// Something the browser can attach to: a page, a frame of another site, a service worker, a tab.
#[derive(Clone, Debug)]
pub struct Target {
    /// Target id; for a frame of another site also its frame id.
    pub id: String,
    /// `page`, `iframe`, `service_worker`, `tab`, …
    pub kind: String,
    /// Address it shows.
    pub url: String,
}

/// A script context: the page's own world or an extension's isolated one.
#[derive(Clone, Debug)]
pub struct ScriptContext {
    /// Id within its session.
    pub id: i64,
    /// Id valid everywhere.
    pub unique: String,
    /// Frame it belongs to; empty in workers.
    pub frame: String,
    /// Whether it is the page's own world.
    pub main: bool,
    /// Origin; an isolated world carries the extension's.
    pub origin: String,
}

/// One line of a console, or an exception nobody caught.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// `log`, `error`, `exception`, …
    pub level: String,
    /// What it says.
    pub text: String,
    /// Target it came from.
    pub target: String,
}

/// An attached target.
#[derive(Clone, Debug, Default)]
pub(super) struct Session {
    pub(super) target: String,
    pub(super) parent: Option<String>,
    pub(super) kind: String,
    pub(super) contexts: Vec<ScriptContext>,
}

/// What events have told so far.
#[derive(Default)]
pub(super) struct State {
    pub(super) targets: BTreeMap<String, Target>,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) log: Vec<LogLine>,
    /// Events of a trace that was asked for, and whether they are all here.
    pub(super) trace: (Vec<Value>, bool),
}

type Answer = std::result::Result<Value, String>;

/// A command that has no answer yet.
struct Waiting {
    session: Option<String>,
    sender: Sender<Answer>,
}

/// The connection to one browser.
pub(super) struct Pipe {
    writer: Mutex<PipeWriter>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, Waiting>>,
    state: Mutex<State>,
    closed: AtomicBool,
}

impl Pipe {
    pub(super) fn new(reader: PipeReader, writer: PipeWriter) -> Arc<Self> {
        let pipe = Arc::new(Self {
            writer: Mutex::new(writer),
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            state: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let own = Arc::clone(&pipe);
        std::thread::spawn(move || {
            own.read_all(reader);
            own.closed.store(true, Ordering::SeqCst);
            lock(&own.waiting).clear();
        });
        pipe
    }

    /// What events have told so far.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// One command and its answer.
    pub(super) fn call(&self, session: Option<&str>, method: &str, params: &Value) -> Result<Value> {
        let answer = self.send(session, method, params)?;
        match answer.recv_timeout(COMMAND_LIMIT) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(text)) => Err(anyhow!("{method}: {text}")),
            Err(_) if self.closed.load(Ordering::SeqCst) => bail!("{method}: the browser is gone"),
            Err(_) => bail!("{method}: no answer in {} s", COMMAND_LIMIT.as_secs()),
        }
    }

    fn send(&self, session: Option<&str>, method: &str, params: &Value) -> Result<Receiver<Answer>> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = channel();
        let waiting = Waiting { session: session.map(str::to_owned), sender };
        lock(&self.waiting).insert(id, waiting);
        self.write(id, session, method, params)?;
        Ok(receiver)
    }

    /// A command whose answer nobody waits for: the reader thread must never wait for itself.
    fn post(&self, session: &str, method: &str, params: &Value) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        // A browser that is going down cannot be written to, and then nothing is left to be set up either.
        drop(self.write(id, Some(session), method, params));
    }

    fn write(&self, id: u64, session: Option<&str>, method: &str, params: &Value) -> Result<()> {
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        lock(&self.writer).write_all(&bytes).with_context(|| format!("{method}: the browser is gone"))
    }

    fn read_all(&self, reader: PipeReader) {
        let mut reader = BufReader::with_capacity(1 << 20, reader);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(0, &mut bytes), Ok(n) if n > 0) {
            if let Ok(message) = serde_json::from_slice::<Value>(bytes.strip_suffix(&[0]).unwrap_or(&bytes)) {
                self.take(&message);
            }
            bytes.clear();
        }
    }

    fn take(&self, message: &Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(Waiting { sender, .. }) = lock(&self.waiting).remove(&id) {
                let answer = match message.get("error") {
                    Some(error) => Err(error["message"].as_str().unwrap_or("failed").to_owned()),
                    None => Ok(message["result"].clone()),
                };
                drop(sender.send(answer));
            }
            return;
        }
        let session = message["sessionId"].as_str();
        let params = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Target.attachedToTarget" => self.attached(session, params),
            "Target.detachedFromTarget" => self.detached(&text(&params["sessionId"])),
            "Target.targetCreated" | "Target.targetInfoChanged" => self.target(&params["targetInfo"]),
            "Target.targetDestroyed" => {
                self.state().targets.remove(&text(&params["targetId"]));
            }
            "Tracing.dataCollected" => {
                let events = params["value"].as_array().into_iter().flatten().cloned();
                self.state().trace.0.extend(events);
            }
            "Tracing.tracingComplete" => self.state().trace.1 = true,
            other => {
                if let Some(session) = session {
                    self.session_event(session, other, params);
                }
            }
        }
    }

    fn target(&self, info: &Value) {
        let id = text(&info["targetId"]);
        let target = Target { id: id.clone(), kind: text(&info["type"]), url: text(&info["url"]) };
        self.state().targets.insert(id, target);
    }

    fn attached(&self, parent: Option<&str>, params: &Value) {
        let session = text(&params["sessionId"]);
        let info = &params["targetInfo"];
        let kind = text(&info["type"]);
        self.target(info);
        self.state().sessions.insert(
            session.clone(),
            Session {
                target: text(&info["targetId"]),
                parent: parent.map(str::to_owned),
                kind: kind.clone(),
                contexts: Vec::new(),
            },
        );
        self.post(&session, "Runtime.enable", &json!({}));
        if kind == "page" || kind == "iframe" {
            self.post(&session, "DOM.enable", &json!({}));
            self.post(&session, "Page.enable", &json!({}));
            let attach = json!({"autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true,
                "filter": [{"type": "iframe"}]});
            self.post(&session, "Target.setAutoAttach", &attach);
        }
    }

    /// The browser does not answer what a frame was asked before it went away, so that is answered here.
    fn detached(&self, session: &str) {
        self.state().sessions.remove(session);
        lock(&self.waiting).retain(|_, waiting| {
            let gone = waiting.session.as_deref() == Some(session);
            if gone {
                drop(waiting.sender.send(Err("the frame is gone".to_owned())));
            }
            !gone
        });
    }

    fn session_event(&self, session: &str, method: &str, params: &Value) {
        let mut state = self.state();
        let target = state.sessions.get(session).map(|s| s.target.clone()).unwrap_or_default();
        match method {
            "Runtime.executionContextCreated" => {
                let context = script_context(&params["context"]);
                if let Some(session) = state.sessions.get_mut(session) {
                    session.contexts.push(context);
                }
            }
            "Runtime.executionContextDestroyed" => {
                let id = params["executionContextId"].as_i64();
                if let Some(session) = state.sessions.get_mut(session) {
                    session.contexts.retain(|c| Some(c.id) != id);
                }
            }
            "Runtime.executionContextsCleared" => {
                if let Some(session) = state.sessions.get_mut(session) {
                    session.contexts.clear();
                }
            }
            "Runtime.consoleAPICalled" => {
                let level = text(&params["type"]);
                state.log.push(LogLine { level, text: console_text(&params["args"]), target });
            }
            "Runtime.exceptionThrown" => {
                let text = exception_text(&params["exceptionDetails"]);
                state.log.push(LogLine { level: "exception".to_owned(), text, target });
            }
            _ => {}
        }
    }
}

fn script_context(context: &Value) -> ScriptContext {
    let aux = &context["auxData"];
    ScriptContext {
        id: context["id"].as_i64().unwrap_or_default(),
        unique: text(&context["uniqueId"]),
        frame: text(&aux["frameId"]),
        main: aux["isDefault"].as_bool().unwrap_or(true),
        origin: text(&context["origin"]),
    }
}

fn console_text(args: &Value) -> String {
    let part = |arg: &Value| match &arg["value"] {
        Value::Null => text(&arg["description"]),
        Value::String(value) => value.clone(),
        other => other.to_string(),
    };
    args.as_array().into_iter().flatten().map(part).collect::<Vec<_>>().join(" ")
}

pub(super) fn exception_text(details: &Value) -> String {
    match details["exception"]["description"].as_str() {
        Some(description) => description.to_owned(),
        None => format!("{} {}", text(&details["text"]), details["exception"]["value"]),
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A panic elsewhere while a lock was held is that test's failure, not this one's.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
