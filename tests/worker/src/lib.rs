//! The Worker in its production runtime, in front of the practice tenant: what its tests share.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use handrail_world::tenant::Tenant;
use handrail_world::workerd::{Workerd, WorkerdOptions};
use handrail_world::{dist, parties};
use serde_json::{Value, json};
use ureq::http::Response;
use ureq::{Agent, Body};

/// A tenant and a Worker that asks it.
pub struct Bench {
    /// The practice tenant.
    pub tenant: Tenant,
    /// The Worker.
    pub worker: Workerd,
    agent: Agent,
}

/// What came back from the Worker.
pub struct Got {
    /// Status.
    pub status: u16,
    /// Headers, as text.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub text: String,
}

impl Got {
    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The code of the error it is.
    #[must_use]
    pub fn error(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Bench {
    /// Starts both; `anonymous` is what the Worker is told about checks without a link.
    ///
    /// # Errors
    /// When something was not built or does not start.
    pub fn start(part: &str, anonymous: Option<&str>) -> Result<Self> {
        Self::start_towards(part, anonymous, None)
    }

    /// As [`Bench::start`], with the Worker's requests led elsewhere.
    ///
    /// # Errors
    /// As [`Bench::start`].
    pub fn start_towards(part: &str, anonymous: Option<&str>, outbound: Option<SocketAddr>) -> Result<Self> {
        let told: Vec<(&str, &str)> = anonymous.iter().map(|value| ("ANONYMOUS_CHECKS", *value)).collect();
        Self::start_told(part, &told, outbound)
    }

    /// As [`Bench::start_towards`], with everything that the operator may set.
    ///
    /// # Errors
    /// As [`Bench::start`].
    pub fn start_told(part: &str, told: &[(&str, &str)], outbound: Option<SocketAddr>) -> Result<Self> {
        let tenant = Tenant::start(None, 0, 0)?;
        let mut options = WorkerdOptions::new(dist::part(part)?, outbound.unwrap_or(tenant.http()));
        options.vars.extend(told.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        options.vars.extend(parties::vars());
        options.objects = parties::objects();
        let worker = Workerd::start(options)?;
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        Ok(Self { tenant, worker, agent })
    }

    /// Plants an app; the answer is the values of a check that fits it.
    ///
    /// # Errors
    /// When the tenant refuses.
    pub fn seed(&self, app: &Value) -> Result<Value> {
        let made = self.tenant.seed(app)?;
        Ok(json!({
            "tenant-id": made["tenantId"], "client-id": made["clientId"], "tenant-domain": made["domain"],
            "client-secret": made["secret"]["value"], "secret-id": made["secret"]["keyId"],
            "object-id": made["objectId"],
        }))
    }

    /// Sends a request with a signature, or without one.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn send(&self, method: &str, target: &str, token: Option<&str>, body: &str) -> Result<Got> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.worker.origin()))
            .header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Handrail {token}"));
        }
        got(self.agent.run(request.body(body.to_owned())?)?)
    }

    /// Sends a body to an address of the Worker.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post(&self, path: &str, kind: &str, body: &str) -> Result<Got> {
        let url = format!("{}{path}", self.worker.origin());
        got(self.agent.post(url).header("content-type", kind).send(body)?)
    }

    /// Sends a form in the languages that a browser names.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post_in(&self, path: &str, languages: &str, form: &str) -> Result<Got> {
        let url = format!("{}{path}", self.worker.origin());
        let request = self.agent.post(url).header("content-type", "application/x-www-form-urlencoded");
        got(request.header("accept-language", languages).send(form)?)
    }

    /// Sends a body as JSON, to the Worker under another name.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post_as(&self, host: &str, path: &str, body: &str) -> Result<Got> {
        let url = format!("{}{path}", self.worker.origin());
        let request = self.agent.post(url).header("host", host).header("content-type", "application/json");
        got(request.send(body)?)
    }

    /// Asks for an address of the Worker.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn get(&self, path: &str) -> Result<Got> {
        got(self.agent.get(format!("{}{path}", self.worker.origin())).call()?)
    }

    /// The same in the languages that a browser names.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn get_in(&self, path: &str, languages: &str) -> Result<Got> {
        let url = format!("{}{path}", self.worker.origin());
        got(self.agent.get(url).header("accept-language", languages).call()?)
    }

    /// Asks what a browser asks before a request from another origin.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn preflight(&self, path: &str) -> Result<Got> {
        let url = format!("{}{path}", self.worker.origin());
        got(self.agent.options(url).header("access-control-request-method", "POST").call()?)
    }

    /// Checks values against the first guide.
    ///
    /// # Errors
    /// When there is no report.
    pub fn check(&self, values: &Value, more: &Value) -> Result<Value> {
        let mut only = serde_json::Map::new();
        for name in ["tenant-id", "client-id", "client-secret", "tenant-domain"] {
            only.insert(name.to_owned(), values[name].clone());
        }
        let mut body = json!({"guide": "securus360", "values": only});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let got = self.post("/api/check", "application/json", &body.to_string())?;
        ensure!(got.status == 200, "{} {}", got.status, got.text);
        serde_json::from_str(&got.text).context("a report")
    }
}

fn got(mut response: Response<Body>) -> Result<Got> {
    let headers = response
        .headers()
        .iter()
        .map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
        .collect();
    let status = response.status().as_u16();
    Ok(Got { status, headers, text: response.body_mut().read_to_string()? })
}

/// The first thing of a report that is not passed: verdict and code.
#[must_use]
pub fn first(report: &Value) -> (String, String) {
    let checks = report["checks"].as_array().cloned().unwrap_or_default();
    let by = |verdict: &str| checks.iter().find(|c| c["verdict"] == verdict).cloned();
    let found = by("failed").or_else(|| by("pending")).or_else(|| by("could-not-tell"));
    let code = found.map_or_else(|| "-".to_owned(), |c| c["code"].as_str().unwrap_or_default().to_owned());
    (report["verdict"].as_str().unwrap_or_default().to_owned(), code)
}
