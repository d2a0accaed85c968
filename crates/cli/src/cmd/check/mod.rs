//! `handrail check`: is this secret still valid, and does the app have what a guide asks for? Needs no server.
//!
//! The secret comes from a prompt, standard input or a file, never from the command line, where other programs and
//! the shell's history could read it. Exit codes: 0 passed, 1 failed, 2 usage, 3 pending, 4 could not tell.

mod certificate;
mod require;
mod show;

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use handrail_credential::Secret;
use handrail_entra::{Api, Case, Cloud, Report, Verdict};
use handrail_guide::plan::{Requirements, TokenNeed, ValueKind};

use crate::microsoft;

/// `handrail check`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide whose permissions and settings are checked; without it, only whether the secret works.
    #[arg(long)]
    guide: Option<String>,
    /// ID of the directory, or a domain of it.
    #[arg(long, alias = "tenant")]
    tenant_id: Option<String>,
    /// Client ID of the app.
    #[arg(long, alias = "client")]
    client_id: Option<String>,
    /// Domain that must belong to the directory.
    #[arg(long, alias = "domain")]
    tenant_domain: Option<String>,
    /// Another value of the guide, as `id=value`; never the secret.
    #[arg(long = "value", value_name = "ID=VALUE")]
    values: Vec<String>,
    /// A permission that the token must have, as `graph:User.Read.All`: graph, management, exchange, sharepoint or the
    /// application ID of an API. Without a guide only.
    #[arg(long, value_name = "API:PERMISSION", conflicts_with = "guide")]
    require: Vec<String>,
    /// Environment variable that holds the client secret.
    #[arg(long, value_name = "NAME", conflicts_with = "client_secret_file")]
    client_secret_env: Option<String>,
    /// PEM file with certificate and private key, in place of a client secret. Needs the directory's ID.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["client_secret_file", "client_secret_env", "client_secret_stdin"])]
    certificate: Option<PathBuf>,
    /// File with a token of another issuer that the app trusts (federated credential), in place of a client secret.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["certificate", "client_secret_file", "client_secret_env", "client_secret_stdin"])]
    federated_token: Option<PathBuf>,
    /// File that holds the client secret.
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<PathBuf>,
    /// Read the client secret from standard input, as is done anyway when that is no terminal.
    #[arg(long, conflicts_with = "client_secret_file")]
    client_secret_stdin: bool,
    /// Cloud: worldwide, gcc, gcc-high, dod or china; found out when not given.
    #[arg(long)]
    cloud: Option<String>,
    /// Also make this read-only call with the token, to see that the API lets the app in; `all` for those that fit.
    #[arg(long, value_name = "NAME")]
    probe: Vec<String>,
    /// List the read-only calls, what each proves and what it does not.
    #[arg(long)]
    probes: bool,
    /// Something changed a moment ago: `client-secret`, `consent` or `app`. It is then waited for.
    #[arg(long, value_name = "WHAT")]
    changed: Vec<String>,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
    /// Certificate authority to trust besides the usual ones, in PEM: for a proxy that opens TLS.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Folder that holds guides/, recipes/ and portal/; found upwards from here when not given.
    #[arg(long)]
    root: Option<PathBuf>,
}

/// Runs the check.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.probes {
        print!("{}", require::list());
        return Ok(ExitCode::SUCCESS);
    }
    match checked(arguments) {
        Ok(verdict) => Ok(exit(verdict)),
        Err(error) => {
            eprintln!("handrail: {error:#}");
            Ok(ExitCode::from(2))
        }
    }
}

const fn code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Passed => 0,
        Verdict::Failed => 1,
        Verdict::Pending => 3,
        Verdict::CouldNotTell => 4,
    }
}

/// The bytes of what a PEM text holds.
pub(crate) fn pem(text: &str) -> Option<usize> {
    let found = ["CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY"].map(|kind| certificate::block(text, kind));
    found.into_iter().flatten().map(|bytes| bytes.len()).reduce(|a, b| a + b)
}

pub(crate) fn exit(verdict: Verdict) -> ExitCode {
    ExitCode::from(code(verdict))
}

fn checked(arguments: &Arguments) -> anyhow::Result<Verdict> {
    let cloud = cloud(arguments.cloud.as_deref())?;
    let agent = microsoft::agent(arguments.ca.as_deref())?;
    let mut asks_for = requirements(arguments.guide.as_deref(), arguments.root.as_deref())?;
    require::add(&mut asks_for, &arguments.require)?;
    require::probes(&mut asks_for, &arguments.probe)?;
    let base = Case {
        guide: arguments.guide.clone().unwrap_or_default(),
        requirements: asks_for,
        cloud,
        ..Case::default()
    };
    let case = single(arguments, base)?;
    let report = waited(&case, &mut |case| microsoft::verify(&agent, case));
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", show::report(&report));
    }
    Ok(report.verdict)
}

/// The cloud of this name; none where none is named, and it has to be found out.
pub(crate) fn cloud(name: Option<&str>) -> anyhow::Result<Option<Cloud>> {
    name.map(|name| Cloud::named(name).with_context(|| format!("there is no cloud `{name}`"))).transpose()
}

/// One case from the arguments and the secret.
fn single(arguments: &Arguments, base: Case) -> anyhow::Result<Case> {
    let mut values = BTreeMap::new();
    let given = [
        ("tenant-id", &arguments.tenant_id),
        ("client-id", &arguments.client_id),
        ("tenant-domain", &arguments.tenant_domain),
    ];
    for (id, value) in given {
        if let Some(value) = value {
            values.insert(id.to_owned(), Secret::new(value.as_str()));
        }
    }
    for pair in &arguments.values {
        let (id, value) = pair.split_once('=').context("--value takes `id=value`")?;
        let kind = base.requirements.values.get(id);
        let kind = kind.with_context(|| format!("the guide asks for no value `{id}`"))?;
        ensure!(
            !kind.is_secret(),
            "a secret on the command line can be read by others; use standard input, --client-secret-file or the prompt"
        );
        values.insert(id.to_owned(), Secret::new(value));
    }
    let wanted = |kind| base.requirements.values.iter().find(|(_, k)| **k == kind).map(|(id, _)| id.clone());
    for (kind, option) in [
        (ValueKind::TenantId, "--tenant-id"),
        (ValueKind::ClientId, "--client-id"),
        (ValueKind::TenantDomain, "--tenant-domain"),
    ] {
        ensure!(wanted(kind).is_none_or(|id| values.contains_key(&id)), "{option} is missing");
    }
    let assertion = assertion(arguments, base.cloud)?;
    let mut requirements = base.requirements.clone();
    match wanted(ValueKind::ClientSecret) {
        Some(id) if assertion.is_none() => {
            values.insert(id, secret(arguments)?);
        }
        Some(id) => {
            requirements.values.remove(&id);
        }
        None => {}
    }
    let now = microsoft::now();
    let changed = arguments.changed.iter().map(|what| (what.clone(), now)).collect();
    Ok(Case { values, changed, assertion, requirements, ..base })
}

/// The signed statement in place of a secret, where one is given.
fn assertion(arguments: &Arguments, cloud: Option<Cloud>) -> anyhow::Result<Option<Secret>> {
    if let Some(file) = &arguments.federated_token {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        return Ok(Some(Secret::new(text.trim())));
    }
    let Some(file) = &arguments.certificate else { return Ok(None) };
    let id = |text: Option<&String>| text.and_then(|t| handrail_credential::guid(t.trim()));
    let tenant = id(arguments.tenant_id.as_ref()).context("--certificate needs --tenant-id as an ID")?;
    let client = id(arguments.client_id.as_ref()).context("--certificate needs --client-id")?;
    certificate::assertion(file, &tenant, &client, cloud.unwrap_or(Cloud::Worldwide), microsoft::now())
        .map(Some)
}

/// Asks again while the answer is *pending*, as often as the verifier says.
fn waited(case: &Case, verify: &mut dyn FnMut(Case) -> Report) -> Report {
    loop {
        let report = verify(case.clone());
        let Some(seconds) = report.retry_after.filter(|_| report.verdict == Verdict::Pending) else {
            return report;
        };
        let what = report.first_problem().map_or("", |c| c.what.as_str());
        eprintln!("{} Next try in {seconds} s.", crate::words::plain(what));
        std::thread::sleep(Duration::from_secs(u64::from(seconds)));
    }
}

/// A guide's requirements; without a guide, a token for Microsoft Graph is the proof of the secret.
pub(crate) fn requirements(guide: Option<&str>, root: Option<&Path>) -> anyhow::Result<Requirements> {
    if let Some(guide) = guide {
        return Ok(super::guide::plan_for(guide, root)?.requirements);
    }
    let values = [
        ("tenant-id", ValueKind::TenantId),
        ("client-id", ValueKind::ClientId),
        ("client-secret", ValueKind::ClientSecret),
    ];
    Ok(Requirements {
        values: values.into_iter().map(|(id, kind)| (id.to_owned(), kind)).collect(),
        tokens: vec![TokenNeed {
            resource: "microsoft-graph".into(),
            name: Api::Graph.label().to_owned(),
            app_id: Api::Graph.app_id().to_owned(),
            roles: Vec::new(),
        }],
        ..Requirements::default()
    })
}

/// Exit code of a command that was interrupted, as shells know it.
const INTERRUPTED: i32 = 130;

/// The secret: from the environment, a file, standard input, or asked for without showing it.
fn secret(arguments: &Arguments) -> anyhow::Result<Secret> {
    let (file, piped) = (arguments.client_secret_file.as_deref(), arguments.client_secret_stdin);
    if let Some(name) = &arguments.client_secret_env {
        let text = std::env::var(name).with_context(|| format!("the variable {name} is not set"))?;
        return Ok(Secret::new(text));
    }
    let stdin = std::io::stdin();
    match file {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Ok(Secret::new(text))
        }
        None if piped || !stdin.is_terminal() => from_stdin(),
        None => {
            // Whoever presses Ctrl-C here would be left with a terminal that shows nothing.
            let _ = ctrlc::set_handler(|| {
                echo(true);
                eprintln!();
                std::process::exit(INTERRUPTED);
            });
            let hidden = echo(false);
            eprint!(
                "Client secret ({}): ",
                if hidden { "not shown" } else { "it will be SHOWN as you type" }
            );
            let mut line = String::new();
            let read = stdin.read_line(&mut line);
            if hidden {
                echo(true);
                eprintln!();
            }
            read.context("the secret cannot be read")?;
            if line.trim().is_empty() {
                bail!("there was no secret");
            }
            Ok(Secret::new(line))
        }
    }
}

fn from_stdin() -> anyhow::Result<Secret> {
    let mut text = String::new();
    // A secret has 40 characters; whoever pipes more than this pipes something else.
    std::io::stdin().take(16 * 1024).read_to_string(&mut text).context("standard input cannot be read")?;
    ensure!(!text.trim().is_empty(), "there was no secret on standard input");
    Ok(Secret::new(text))
}

/// Turns the terminal's echo on or off; says whether that worked.
fn echo(on: bool) -> bool {
    let word = if on { "echo" } else { "-echo" };
    let status = Command::new("stty").arg(word).stdin(Stdio::inherit()).stderr(Stdio::null()).status();
    status.is_ok_and(|s| s.success())
}

#[cfg(test)]
mod tests {
    use super::{Case, Report, Verdict, code, waited};

    fn report(verdict: Verdict, retry_after: Option<u32>) -> Report {
        serde_json::from_value(serde_json::json!({
            "format": 1, "guide": "", "verdict": verdict, "retry-after": retry_after, "time": "",
            "cloud": null, "tenant": null, "checks": [], "surplus": [], "missing": [], "not-checked": [], "ask": null,
        }))
        .unwrap()
    }

    #[test]
    fn each_verdict_has_its_exit_code() {
        let all = [Verdict::Passed, Verdict::Failed, Verdict::Pending, Verdict::CouldNotTell];
        assert_eq!(all.map(code), [0, 1, 3, 4]);
    }

    #[test]
    fn pending_is_asked_again_until_it_is_not() {
        let mut answers = vec![report(Verdict::Passed, None), report(Verdict::Pending, Some(0))];
        let last = waited(&Case::default(), &mut |_| answers.pop().unwrap());
        assert_eq!(last.verdict, Verdict::Passed);
    }
}
