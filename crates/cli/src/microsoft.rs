//! Sends the verifier's requests with ureq: no redirect, no other host, a time limit for each.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use handrail_credential::Secret;
use handrail_entra::{Answer, Case, Method, Next, Report, Request, Verifier, WANTED_HEADERS, hosts};
use jiff::Timestamp;
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// For one answer; Microsoft's usually take under one second.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Bytes of an answer that are read; tokens with many roles stay under 20 KB.
const MAX_ANSWER: u64 = 256 * 1024;

/// The client, trusting one more authority when named.
pub(crate) fn agent(ca: Option<&Path>) -> anyhow::Result<Agent> {
    agent_for(ca, 1)
}

/// The same, for so many requests at a time.
pub(crate) fn agent_for(ca: Option<&Path>, in_flight: usize) -> anyhow::Result<Agent> {
    let mut tls = TlsConfig::builder();
    if let Some(file) = ca {
        let pem = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let found: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(Result::ok)
            .filter_map(|item| if let PemItem::Certificate(c) = item { Some(c) } else { None })
            .collect();
        ensure!(!found.is_empty(), "{} holds no certificate", file.display());
        // Besides the usual ones: a proxy that opens TLS often lets some hosts pass unopened.
        let usual = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let usual = usual.map(|der| Certificate::from_der(der).to_owned());
        let all: Vec<Certificate<'static>> = found.into_iter().chain(usual).collect();
        tls = tls.root_certs(RootCerts::new_with_certs(&all));
    }
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .https_only(true)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(TIMEOUT))
        .max_idle_connections(in_flight)
        .max_idle_connections_per_host(in_flight)
        .user_agent(concat!("handrail/", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(config.new_agent())
}

/// The time of this machine.
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or_default()
}

/// Drives a case to its report.
pub(crate) fn verify(agent: &Agent, case: Case) -> Report {
    let mut verifier = Verifier::new(case, now());
    loop {
        match verifier.next(now()) {
            Next::Done(report) => return *report,
            Next::Send(request) => {
                // Errors of the client may quote what was sent, so their words are dropped.
                let answer = send(agent, &request).unwrap_or(Answer::Unreachable);
                verifier.answer(&answer, now());
            }
        }
    }
}

pub(crate) fn send(agent: &Agent, request: &Request) -> Result<Answer, ureq::Error> {
    if !hosts().contains(&request.host) {
        return Ok(Answer::Unreachable);
    }
    let mut response = match request.method {
        Method::Get => {
            let mut call = agent.get(&request.url);
            for header in &request.headers {
                // EXPOSE: into the request to Microsoft.
                call = call.header(header.name, header.value.expose());
            }
            call.call()?
        }
        Method::Post => {
            let mut call = agent.post(&request.url);
            for header in &request.headers {
                // EXPOSE: into the request to Microsoft.
                call = call.header(header.name, header.value.expose());
            }
            // EXPOSE: into the body of the request to Microsoft.
            call.send(request.body.as_ref().map_or("", |body| body.expose()))?
        }
    };
    let named = |name: &&str| {
        let value = response.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    let headers = WANTED_HEADERS.iter().filter_map(named).collect();
    let status = response.status().as_u16();
    let bytes = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?;
    Ok(Answer::Response { status, headers, body: Secret::new(String::from_utf8_lossy(&bytes)) })
}
