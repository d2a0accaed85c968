//! The wire: geckodriver, one session, and calls into the browser's own window.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::{Value, json};

/// Longest time one command may take; a cold start of the browser on a busy machine is among them.
const COMMAND_LIMIT: Duration = Duration::from_secs(120);

/// The driver's hands in the browser's window, and its eyes in a document.
const CHROME: &str = include_str!("chrome.js");
const FRAME: &str = include_str!("frame.js");

/// Reads what Gecko's profiler saw.
const PROFILE: &str = include_str!("profile.js");

/// A running geckodriver with its one session.
pub(super) struct Wire {
    child: Child,
    agent: ureq::Agent,
    session: String,
    /// Process id of the browser.
    pub(super) process: u32,
}

/// geckodriver: `HANDRAIL_GECKODRIVER` if set, else the one that `cargo xtask tools` installed, else the path's.
fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("HANDRAIL_GECKODRIVER") {
        return Ok(PathBuf::from(named));
    }
    let own = crate::dist::root().join("target/tools/bin/geckodriver");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::iter::once(own)
        .chain(std::env::split_paths(&path).map(|folder| folder.join("geckodriver")))
        .find(|file| file.is_file())
        .context("no geckodriver found: run `cargo xtask tools`, or name one in HANDRAIL_GECKODRIVER")
}

impl Wire {
    /// Starts geckodriver, and Firefox through it.
    pub(super) fn start(firefox: &Path, arguments: &[String], size: (u32, u32), log: File) -> Result<Self> {
        let program = program()?;
        let mut command = Command::new(&program);
        command
            .args(["--port", "0", "--host", "127.0.0.1", "--allow-system-access"])
            // Without it a release build asks its maker's server for settings whatever the preferences say.
            .env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(log));
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let printed = child.stdout.take().context("no output")?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(COMMAND_LIMIT))
            .http_status_as_error(false)
            .build()
            .new_agent();
        let mut wire = Self { child, agent, session: String::new(), process: 0 };
        wire.session = listening(printed)?;
        let options = json!({"binary": firefox, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {"acceptInsecureCerts": true, "webSocketUrl": false,
            "timeouts": {"script": 90_000}, "moz:firefoxOptions": options}}});
        let answer = wire.post("", &wanted).context("Firefox did not come up")?;
        wire.process =
            answer["capabilities"]["moz:processID"].as_u64().and_then(|id| id.try_into().ok()).unwrap_or(0);
        let id = answer["sessionId"].as_str().context("a session without an id")?;
        wire.session = format!("{}/{id}", wire.session);
        wire.post("/moz/context", &json!({"context": "chrome"}))?;
        wire.post("/window/rect", &json!({"width": size.0, "height": size.1}))?;
        wire.run(&format!("({CHROME})(arguments[0], {PROFILE}); return null"), &json!([FRAME]))?;
        Ok(wire)
    }

    /// One request of the session.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{path}", self.session);
        let request = self.agent.post(&url).header("content-type", "application/json");
        let mut answer = request.send(body.to_string().as_bytes()).context("geckodriver does not answer")?;
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_string()?;
        let value: Value = serde_json::from_str(&text).with_context(|| text.clone())?;
        match value["value"]["error"].as_str() {
            Some(error) => {
                Err(anyhow!("{error}: {}", value["value"]["message"].as_str().unwrap_or_default()))
            }
            None => Ok(value["value"].clone()),
        }
    }

    /// Runs script in the browser's window; its promise is awaited.
    fn run(&self, script: &str, arguments: &Value) -> Result<Value> {
        let wrapped = format!(
            "const done = arguments[arguments.length - 1]; const all = [...arguments].slice(0, -1); \
             (async function () {{ {script} }}).apply(null, all) \
             .then((v) => done([v ?? null]), (e) => done(String(e)));"
        );
        let answer = self.post("/execute/async", &json!({"script": wrapped, "args": arguments}))?;
        match answer.as_array().and_then(|list| list.first()) {
            Some(value) => Ok(value.clone()),
            None => Err(anyhow!("{}", answer.as_str().unwrap_or("no answer"))),
        }
    }

    /// Calls one of the driver's functions in the browser's window.
    pub(super) fn call(&self, function: &str, arguments: &Value) -> Result<Value> {
        let script = format!("return window.handrailDriver.{function}(...arguments)");
        self.run(&script, arguments).with_context(|| format!("Firefox: {function}"))
    }

    /// Installs an unpacked extension until the browser ends; answers its id.
    pub(super) fn install(&self, folder: &Path) -> Result<String> {
        let answer = self.post("/moz/addon/install", &json!({"path": folder, "temporary": true}))?;
        Ok(answer.as_str().context("an extension without an id")?.to_owned())
    }

    /// Presses keys together, in WebDriver's own letters.
    pub(super) fn keys(&self, keys: &[&str]) -> Result<()> {
        let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
        let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}))?;
        Ok(())
    }

    /// Ends the session and with it the browser, in an orderly way.
    pub(super) fn quit(&self) -> Result<()> {
        self.agent.delete(&self.session).call().context("geckodriver does not answer")?;
        Ok(())
    }
}

/// Reads where geckodriver listens, and goes on reading so that it never waits for us.
fn listening(printed: impl std::io::Read + Send + 'static) -> Result<String> {
    let mut lines = BufReader::new(printed).lines();
    let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, at) = line.rsplit_once("Listening on ")?;
        Some(at.trim().to_owned())
    });
    let Some(address) = address else { bail!("geckodriver ended before it listened") };
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    Ok(format!("http://{address}/session"))
}

impl Drop for Wire {
    fn drop(&mut self) {
        // The whole group: Firefox and its helpers are children of geckodriver.
        let group = format!("-{}", self.child.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
