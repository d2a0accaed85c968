//! The Worker's API as a vendor uses it: every request signed, nothing followed elsewhere.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use handrail_handover::{RequestClaims, Signing, body_hash, request_token};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::Agent;

use crate::microsoft;
use crate::vendor::keys::Keys;
use crate::vendor::{now, random};

/// Bytes of an answer that are read: a list of thousands of links.
const MAX_ANSWER: u64 = 8 * 1024 * 1024;

/// How the Worker and the vendor's domain are reached.
#[derive(clap::Args)]
pub(crate) struct Way {
    /// Origin of the Worker, where the key file names several.
    #[arg(long, value_name = "ORIGIN", global = true)]
    worker: Option<String>,
    /// Certificate authority to trust besides the usual ones, in PEM: for a proxy that opens TLS.
    #[arg(long, value_name = "FILE", global = true)]
    ca: Option<std::path::PathBuf>,
}

impl Way {
    /// The Worker that is meant.
    pub(crate) fn api(&self, keys: &Keys) -> anyhow::Result<Api> {
        let origin = keys.worker(self.worker.as_deref())?.origin.clone();
        let agent = agent_for(&origin, self.ca.as_deref())?;
        Ok(Api { agent, origin, domain: keys.domain.clone(), key: keys.signer()? })
    }

    /// A client for Microsoft's hosts.
    pub(crate) fn microsoft(&self) -> anyhow::Result<Agent> {
        microsoft::agent(self.ca.as_deref())
    }

    /// A client for this address.
    pub(crate) fn agent(&self, origin: &str) -> anyhow::Result<Agent> {
        agent_for(origin, self.ca.as_deref())
    }
}

/// A client: TLS, except for this machine itself, where the practice Worker runs.
pub(crate) fn agent_for(origin: &str, ca: Option<&Path>) -> anyhow::Result<Agent> {
    let here =
        ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].iter().any(|h| origin.starts_with(h));
    ensure!(here || origin.starts_with("https://"), "{origin} is not reached over TLS");
    if !here {
        return microsoft::agent(ca);
    }
    let config = Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(std::time::Duration::from_secs(60)))
        .build();
    Ok(config.new_agent())
}

/// The API.
pub(crate) struct Api {
    agent: Agent,
    origin: String,
    domain: String,
    key: Signing,
}

impl Api {
    /// Origin of the Worker.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Sends a signed request and reads its answer.
    pub(crate) fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<T> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let claims = RequestClaims {
            iss: self.domain.clone(),
            aud: self.origin.clone(),
            iat: now(),
            jti: handrail_handover::Code::from_random(random()).to_string(),
            htm: method.to_owned(),
            htu: target.to_owned(),
            bh: body_hash(body.as_bytes()),
        };
        let token = request_token(&self.key, &claims).ok().context("the request cannot be signed")?;
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.origin))
            .header("authorization", format!("Handrail {token}"))
            .header("content-type", "application/json")
            .body(body)?;
        let mut answer =
            self.agent.run(request).with_context(|| format!("{} does not answer", self.origin))?;
        let text = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string()?;
        if answer.status().is_success() {
            return serde_json::from_str(&text)
                .with_context(|| format!("{} answers in an unknown form", self.origin));
        }
        let told: Value = serde_json::from_str(&text).unwrap_or_default();
        let word = |name: &str| told["error"][name].as_str().unwrap_or_default();
        if word("code").is_empty() {
            bail!("{} answers {}", self.origin, answer.status().as_u16());
        }
        bail!("{} ({})\n{}", word("what"), word("code"), word("next"))
    }
}

/// Status, headers and text of an answer.
pub(crate) type Fetched = (u16, Vec<(String, String)>, String);

/// What is at an address, unsigned.
pub(crate) fn fetch(agent: &Agent, url: &str) -> anyhow::Result<Fetched> {
    let mut answer = agent.get(url).call().with_context(|| format!("{url} cannot be reached"))?;
    let headers = answer.headers().iter();
    let headers =
        headers.map(|(n, v)| (n.as_str().to_owned(), v.to_str().unwrap_or_default().to_owned())).collect();
    let text = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string()?;
    Ok((answer.status().as_u16(), headers, text))
}
