//! `handrail inbox prove`: the vendor's own try of what was handed over without a secret, and word of it to the customer.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use handrail_credential::Secret;
use handrail_entra::{Case, Cloud, Report, Verdict};
use handrail_handover::{Envelope, Opened, Statement, refusal, returned};
use serde_json::{Value, json};

use super::{collect, open};
use crate::cmd::check::exit;
use crate::cmd::guide;
use crate::microsoft;
use crate::vendor::api::{Api, Way};
use crate::vendor::keys::{Keys, Place};
use crate::vendor::{now, random, refused};

/// `handrail inbox prove`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The collected file (`….handrail.json`).
    file: PathBuf,
    /// For a consent: the whole address to which Microsoft's page led the customer's browser back.
    #[arg(long, value_name = "ADDRESS")]
    returned: Option<String>,
    /// File of the guide, where the link was made with one of your own.
    #[arg(long, value_name = "FILE")]
    guide: Option<PathBuf>,
    /// Folder that holds guides/, recipes/ and portal/; says which permissions are looked for.
    #[arg(long)]
    root: Option<PathBuf>,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let (envelope, opened) = open_own(&keys, &arguments.file)?;
    let api = way.api(&keys)?;
    stands(&api, &opened, &envelope)?;
    if opened.link.consent.is_some() {
        let address = arguments
            .returned
            .as_deref()
            .context("--returned is missing: what did the browser come back to?")?;
        let told = returned(&opened, address);
        // An address of another link says nothing about this one: whoever made it up must not undo this one's proof.
        if told != Err(refusal::CONSENT_ELSEWHERE) {
            tell(&api, &opened, &envelope, told.err().map(|why| why.code))?;
        }
        told.map_err(refused)?;
        println!("{} is proved: the consent is this link's and this directory's.", opened.link.jti);
        return Ok(ExitCode::SUCCESS);
    }
    let report = tried(way, &keys, &opened, arguments)?;
    let problem = report.first_problem();
    match report.verdict {
        Verdict::Passed => {
            tell(&api, &opened, &envelope, None)?;
            println!("{} is proved: Microsoft accepts it, with every permission asked for.", opened.link.jti);
        }
        verdict => {
            let (what, next, code) =
                problem.map_or(("", "", ""), |c| (c.what.as_str(), c.next.as_str(), c.code.as_str()));
            println!("{what} ({code})\n{next}");
            if verdict == Verdict::Failed {
                tell(&api, &opened, &envelope, Some(code))?;
            } else {
                println!("Nothing is proved either way, so the customer is told nothing. Try again later.");
            }
        }
    }
    Ok(exit(report.verdict))
}

/// Opens a collected bundle that came through the Worker, with the vendor's own keys and document.
pub(crate) fn open_own(keys: &Keys, file: &Path) -> anyhow::Result<(Envelope, Opened)> {
    let envelope: Envelope = collect::read(file)?;
    if envelope.receipt.is_empty() {
        return Err(refused(refusal::NOT_HANDED_OVER));
    }
    let opened = open::opened(keys, &envelope, false, false)?;
    Ok((envelope, opened))
}

/// The signed statement for a hand-over.
pub(crate) fn statement_for(keys: &Keys, opened: &Opened) -> anyhow::Result<Secret> {
    let id = handrail_handover::Code::from_random(random()).to_string();
    let cloud = opened.report.as_ref().and_then(|r| r.report["cloud"].as_str()).and_then(Cloud::named);
    let audience = cloud.unwrap_or(Cloud::Worldwide).federated_audience();
    let statement = Statement::of(opened, audience, &id, now()).map_err(refused)?;
    let issuer =
        keys.issuer.as_ref().context("there is no issuer: make it with `handrail vendor issuer init`")?;
    ensure!(
        issuer.url == statement.iss,
        "the link names the issuer {}, and the key file {}",
        statement.iss,
        issuer.url
    );
    issuer.signed(&statement)
}

/// Whether the Worker still keeps this very hand-over under the link: nothing is tried for what was replaced or revoked.
fn stands(api: &Api, opened: &Opened, envelope: &Envelope) -> anyhow::Result<()> {
    let state: Value = api.ask("GET", &format!("/api/links/{}/state", opened.link.jti), None)?;
    if state["standing"] == "revoked" {
        return Err(refused(refusal::LINK_REVOKED));
    }
    if state["version"] != json!(envelope.version) {
        return Err(refused(refusal::OTHER_VERSION));
    }
    Ok(())
}

/// Asks Microsoft with a statement of our own.
fn tried(way: &Way, keys: &Keys, opened: &Opened, arguments: &Arguments) -> anyhow::Result<Report> {
    let (file, root) = (arguments.guide.as_deref(), arguments.root.as_deref());
    let Ok(plan) = guide::plan_of_link(&opened.link, file, root) else {
        bail!(
            "the guide {} says which permissions are needed: name its folder with --root, or its file with --guide",
            opened.link.guide
        );
    };
    let case = Case {
        guide: opened.link.guide.clone(),
        requirements: plan.requirements,
        values: opened.bundle.values.clone(),
        assertion: Some(statement_for(keys, opened)?),
        ..Case::default()
    };
    Ok(microsoft::verify(&way.microsoft()?, case))
}

/// Tells the Worker, which shows it to the customer.
fn tell(api: &Api, opened: &Opened, envelope: &Envelope, failed: Option<&str>) -> anyhow::Result<()> {
    let mut body = json!({"ok": failed.is_none(), "version": envelope.version});
    if let (Some(code), Some(map)) = (failed, body.as_object_mut()) {
        map.insert("code".to_owned(), code.into());
    }
    let _: Value = api.ask("POST", &format!("/api/links/{}/prove", opened.link.jti), Some(&body))?;
    Ok(())
}
