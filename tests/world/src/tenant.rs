//! The practice tenant, started in this process, and its switches.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use handrail_guide::plan::{Permission, PermissionKind};
use handrail_tenant::{Options, Running};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// Host families that lead to the practice tenant; every other name leads nowhere.
const FAMILIES: [&str; 10] = [
    "*.azure.com",
    "*.azure.net",
    "*.microsoft.com",
    "*.microsoft.us",
    "*.microsoftonline.com",
    "*.microsoftonline.us",
    "*.office.com",
    "*.office365.us",
    "*.windows.net",
    "*.partner.microsoftonline.cn",
];

/// A running practice tenant.
pub struct Tenant {
    running: Running,
    // Last: the tasks of `running` live on it.
    _runtime: Runtime,
}

impl Tenant {
    /// Starts it on loopback; a port of 0 picks a free one.
    ///
    /// # Errors
    /// When a port is taken.
    pub fn start(portal: Option<PathBuf>, http_port: u16, tls_port: u16) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let options = Options { http_port, tls_port, portal };
        let running = runtime.block_on(handrail_tenant::start(options))?;
        Ok(Self { running, _runtime: runtime })
    }

    /// Where plain HTTP listens.
    #[must_use]
    pub fn http(&self) -> SocketAddr {
        self.running.http
    }

    /// Where TLS listens.
    #[must_use]
    pub fn tls(&self) -> SocketAddr {
        self.running.tls
    }

    /// Base64 SHA-256 of its certificate's public key.
    #[must_use]
    pub fn spki(&self) -> &str {
        &self.running.spki
    }

    /// Its certificate, in PEM, for programs that are told to trust it.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.running.certificate_pem
    }

    /// Rules with which a browser finds it under the real host names.
    #[must_use]
    pub fn host_rules(&self) -> Vec<String> {
        FAMILIES.iter().map(|family| format!("MAP {family}:443 {}", self.running.tls)).collect()
    }

    /// Everything it knows; secrets by hint only.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn state(&self) -> Result<Value> {
        let url = format!("http://{}/_practice/state", self.running.http);
        let mut answer = ureq::get(&url).call().context("the practice tenant does not answer")?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    }

    /// Turns switches: how the portal looks, how slow things are, what the tenant refuses.
    ///
    /// # Errors
    /// When a switch is not known.
    pub fn scenario(&self, switches: &Value) -> Result<Value> {
        self.post("scenario", switches)
    }

    /// Moves its clock on.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn advance(&self, seconds: i64) -> Result<Value> {
        self.post("clock", &json!({"advanceSeconds": seconds}))
    }

    /// Plants an app that somebody made before.
    ///
    /// # Errors
    /// When the seed is not understood.
    pub fn seed(&self, app: &Value) -> Result<Value> {
        self.post("seed", app)
    }

    /// Offers a permission that a guide asks for, unless it is offered.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn offer(&self, permission: &Permission, tile: bool) -> Result<()> {
        let key = match permission.kind {
            PermissionKind::Application => "role",
            PermissionKind::Delegated => "scope",
        };
        let mut offer = json!({
            "appId": permission.resource_app_id, "api": permission.resource_name, "tile": tile,
            "name": permission.name,
        });
        offer[key] = permission.id.clone().into();
        self.post("offer", &offer).map(drop)
    }

    /// Registers an app of a vendor's own, in the vendor's directory; its client ID.
    ///
    /// # Errors
    /// When a permission is not known.
    pub fn vendor_app(&self, app: &Value) -> Result<String> {
        let made = self.post("vendor-app", app)?;
        Ok(made["clientId"].as_str().context("no client ID")?.to_owned())
    }

    /// Publishes a vendor's document at its domain, which is then answered for here.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn publish(&self, domain: &str, document: &Value) -> Result<Value> {
        self.post("document", &json!({"host": domain, "text": document.to_string()}))
    }

    /// Publishes a file of a vendor's at a path of its domain.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn publish_at(&self, domain: &str, path: &str, text: &str) -> Result<Value> {
        self.post("document", &json!({"host": domain, "path": path, "text": text}))
    }

    /// The webhooks that vendors got.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn webhooks(&self) -> Result<Vec<Value>> {
        let url = format!("http://{}/_practice/webhooks", self.running.http);
        let text = ureq::get(&url).call()?.body_mut().read_to_string()?;
        Ok(serde_json::from_str(&text)?)
    }

    /// How many webhooks vendors got.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn webhook_count(&self) -> Result<usize> {
        let url = format!("http://{}/_practice/webhooks/count", self.running.http);
        let text = ureq::get(&url).call()?.body_mut().read_to_string()?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Has the next webhooks refused, this many, with this status.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn refuse_webhooks(&self, count: u64, status: u16) -> Result<()> {
        self.post("webhooks", &json!({"refuse": count, "status": status})).map(drop)
    }

    /// What an administrator does in the portal, without the portal: `path` is below a directory.
    ///
    /// # Errors
    /// When the tenant refuses.
    pub fn portal(&self, method: &str, directory: &str, path: &str, body: &Value) -> Result<Value> {
        let url = format!("http://{}/_practice/portal/{directory}/{path}", self.running.http);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let request = ureq::http::Request::builder().method(method).uri(url);
        let mut answer =
            agent.run(request.header("content-type", "application/json").body(body.to_string())?)?;
        let text = answer.body_mut().read_to_string()?;
        anyhow::ensure!(answer.status() == 200, "{method} {path}: {} {text}", answer.status());
        Ok(serde_json::from_str(&text)?)
    }

    /// As new.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn reset(&self) -> Result<Value> {
        self.post("reset", &json!({}))
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        let url = format!("http://{}/_practice/{what}", self.running.http);
        let request = ureq::post(&url).config().http_status_as_error(false).build();
        let mut answer =
            request.header("content-type", "application/json").send(body.to_string().as_bytes())?;
        let text = answer.body_mut().read_to_string()?;
        anyhow::ensure!(answer.status() == 200, "{what} {body}: {} {text}", answer.status());
        Ok(serde_json::from_str(&text)?)
    }

    /// The apps of a directory with this display name.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn apps(&self, directory: &str, name: &str) -> Result<Vec<Value>> {
        let state = self.state()?;
        let directories = state["directories"].as_array().cloned().unwrap_or_default();
        let directory =
            directories.iter().find(|d| d["name"] == directory || d["initialDomain"] == directory);
        let apps = directory.context("no such directory")?["apps"].as_array().cloned().unwrap_or_default();
        Ok(apps.into_iter().filter(|app| app["displayName"] == name).collect())
    }
}
