//! The Worker in its production runtime: `workerd` from its npm package, with everything it fetches going to the
//! practice tenant.
//!
//! The Worker's own table of hosts is what is tested: it asks for `https://login.microsoftonline.com/…`, and the
//! runtime's outbound service hands the request, host name and all, to the tenant's plain listener.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use command_fds::{CommandFdExt as _, FdMapping};
use serde_json::Value;
use tempfile::TempDir;

use crate::wait::{LONG, until};

/// How the runtime is started.
#[derive(Clone, Debug)]
pub struct WorkerdOptions {
    /// Folder with the Worker's modules; its entry is `index.js`.
    pub folder: PathBuf,
    /// Where everything the Worker fetches goes.
    pub outbound: SocketAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// Environment variables of the Worker.
    pub vars: Vec<(String, String)>,
    /// Durable Objects: name of the binding and of the class.
    pub objects: Vec<(String, String)>,
    /// Program; found in `node_modules` when not given.
    pub program: Option<PathBuf>,
}

impl WorkerdOptions {
    /// A Worker from a folder, with no variables and no objects.
    #[must_use]
    pub fn new(folder: PathBuf, outbound: SocketAddr) -> Self {
        Self { folder, outbound, port: 0, vars: Vec::new(), objects: Vec::new(), program: None }
    }
}

/// A running Worker.
pub struct Workerd {
    options: WorkerdOptions,
    folder: TempDir,
    child: Option<Child>,
    port: u16,
}

/// Newest date the pinned runtime accepts is later; the Worker needs nothing newer.
const COMPATIBILITY_DATE: &str = "2026-10-01";

impl Workerd {
    /// Starts the runtime and waits until it listens.
    ///
    /// # Errors
    /// When the runtime or the Worker is missing, or it does not come up; the error holds what it wrote.
    pub fn start(options: WorkerdOptions) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("handrail-workerd-").tempdir()?;
        fs::create_dir(folder.path().join("storage"))?;
        let modules = copy_modules(&options.folder, folder.path())?;
        fs::create_dir(folder.path().join("assets"))?;
        // The languages that nobody speaks lie beside the others: only a browser that asks for one is given it.
        for part in ["page", "page-pseudo"] {
            for entry in fs::read_dir(crate::dist::part(part)?)?.flatten() {
                fs::copy(entry.path(), folder.path().join("assets").join(entry.file_name()))?;
            }
        }
        fs::write(folder.path().join("worker.capnp"), configuration(&options, &modules))?;
        let mut workerd = Self { port: options.port, options, folder, child: None };
        workerd.spawn()?;
        Ok(workerd)
    }

    fn spawn(&mut self) -> Result<()> {
        let program = match &self.options.program {
            Some(program) => program.clone(),
            None => find_program()?,
        };
        let (ours, theirs) = std::io::pipe()?;
        let log = File::options().create(true).append(true).open(self.log_file())?;
        let mut command = Command::new(&program);
        command
            .arg("serve")
            // Paths in the configuration are read from where the runtime is started.
            .current_dir(self.folder.path())
            .arg(self.folder.path().join("worker.capnp"))
            .arg("--control-fd=3")
            .arg(format!("--socket-addr=http=127.0.0.1:{}", self.port))
            .stdin(Stdio::null())
            .stdout(Stdio::from(log.try_clone()?))
            .stderr(Stdio::from(log))
            .fd_mappings(vec![FdMapping { parent_fd: theirs.into(), child_fd: 3 }])
            .context("a pipe for the runtime")?;
        self.child = Some(command.spawn().with_context(|| format!("cannot start {}", program.display()))?);
        drop(command);
        let port = Arc::new(Mutex::new(None));
        let found = Arc::clone(&port);
        std::thread::spawn(move || {
            for line in BufReader::new(ours).lines().map_while(Result::ok) {
                let told: Value = serde_json::from_str(&line).unwrap_or_default();
                if told["event"] == "listen" {
                    *found.lock().unwrap_or_else(PoisonError::into_inner) = told["port"].as_u64();
                }
            }
        });
        let listening = until("the Worker to listen", LONG, || {
            let told = *port.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(if told.is_none() && !self.is_running() { Some(None) } else { told.map(Some) })
        })?;
        let Some(listening) = listening else { bail!("the Worker's runtime ended:\n{}", self.log()) };
        self.port = u16::try_from(listening).context("a port out of range")?;
        Ok(())
    }

    fn is_running(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Where it listens, e.g. `http://127.0.0.1:8787`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The number of its process, while it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// All it wrote to standard output and standard error so far.
    #[must_use]
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.log_file()).unwrap_or_default()).into_owned()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("worker.log")
    }

    /// Folder with its configuration, its log and what its objects store.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Kills it on the spot.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }

    /// Starts it again on the same port with the same storage.
    ///
    /// # Errors
    /// As [`Workerd::start`].
    pub fn restart(&mut self) -> Result<()> {
        self.kill();
        self.spawn()
    }
}

impl Drop for Workerd {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The runtime of this checkout's npm packages.
///
/// # Errors
/// When the packages are not installed.
pub fn find_program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("HANDRAIL_WORKERD") {
        return Ok(PathBuf::from(named));
    }
    let modules = crate::dist::root().join("node_modules");
    let mut found = Vec::new();
    for entry in fs::read_dir(modules.join("@cloudflare")).into_iter().flatten().flatten() {
        found.push(entry.path().join("bin/workerd"));
    }
    found
        .into_iter()
        .find(|file| file.is_file())
        .context("no workerd in node_modules: run `cargo xtask tools`, or name one in HANDRAIL_WORKERD")
}

/// Copies the Worker's modules beside the configuration, which embeds them by name.
fn copy_modules(from: &Path, to: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let entries = fs::read_dir(from).with_context(|| format!("no Worker at {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") || name.ends_with(".wasm") {
            fs::copy(entry.path(), to.join(&name))?;
            names.push(name);
        }
    }
    // The entry is the first module.
    names.sort_by_key(|name| (name != "index.js", name.clone()));
    anyhow::ensure!(names.first().is_some_and(|n| n == "index.js"), "no index.js in {}", from.display());
    Ok(names)
}

fn configuration(options: &WorkerdOptions, modules: &[String]) -> String {
    let module = |name: &String| {
        let kind = if name.ends_with(".wasm") { "wasm" } else { "esModule" };
        format!("(name = {0}, {kind} = embed {0})", quoted(name))
    };
    let modules = modules.iter().map(module).collect::<Vec<_>>().join(", ");
    let mut bindings: Vec<String> =
        options.vars.iter().map(|(n, v)| format!("(name = {}, text = {})", quoted(n), quoted(v))).collect();
    let objects = options.objects.iter();
    bindings.push("(name = \"ASSETS\", service = \"assets\")".to_owned());
    bindings.extend(
        objects
            .clone()
            .map(|(n, c)| format!("(name = {}, durableObjectNamespace = {})", quoted(n), quoted(c))),
    );
    let namespaces = objects
        .map(|(_, class)| format!("(className = {0}, uniqueKey = {0}, enableSql = true)", quoted(class)))
        .collect::<Vec<_>>()
        .join(", ");
    format!(
        r#"using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "practice", external = (address = {outbound}, http = (style = host))),
    (name = "assets", disk = (path = "assets")),
    (name = "storage", disk = (path = "storage", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [{modules}],
  compatibilityDate = "{COMPATIBILITY_DATE}",
  bindings = [{bindings}],
  durableObjectNamespaces = [{namespaces}],
  durableObjectStorage = (localDisk = "storage"),
  globalOutbound = "practice",
);
"#,
        outbound = quoted(&options.outbound.to_string()),
        bindings = bindings.join(", "),
    )
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
