//! `handrail inbox open`: opens a collected bundle and refuses it unless link, report, receipt, commitment, guide and
//! directory agree. What was proved is shown before a single value is written.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use handrail_entra::{Case, Verdict};
use handrail_guide::plan::Plan;
use handrail_handover::{Envelope, Opened, Terms, open_bundle, refusal};

use super::collect;
use super::form::{self, Form};
use crate::cmd::guide;
use crate::microsoft;
use crate::vendor::api::Way;
use crate::vendor::keys::{Keys, Place};
use crate::vendor::{day, files, for_terminal, refused};

/// `handrail inbox open`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The collected file (`….handrail.json`).
    file: PathBuf,
    /// Form of the values.
    #[arg(long = "as", value_enum, default_value_t = Form::Json)]
    form: Form,
    /// File the values go to; only its owner can read it.
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    out: Option<PathBuf>,
    /// Command that takes the values on its standard input.
    #[arg(long, value_name = "COMMAND")]
    to: Option<String>,
    /// Show what was proved, and write no value.
    #[arg(long, conflicts_with_all = ["out", "to"])]
    look: bool,
    /// Check the values against Microsoft once more.
    #[arg(long)]
    recheck: bool,
    /// Take a bundle that came by another way than the Worker, so has no receipt.
    #[arg(long)]
    without_receipt: bool,
    /// Take a bundle that only the customer checked, so has no report that anybody signed.
    #[arg(long)]
    unchecked: bool,
    /// File of the guide, where the link was made with one of your own.
    #[arg(long, value_name = "FILE")]
    guide: Option<PathBuf>,
    /// Folder that holds guides/, recipes/ and portal/; gives labels and order, and what --recheck looks for.
    #[arg(long)]
    root: Option<PathBuf>,
}

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let envelope = collect::read(&arguments.file)?;
    let opened = opened(&keys, &envelope, arguments.without_receipt, arguments.unchecked)?;
    show(&opened);
    let plan = guide::plan_of_link(&opened.link, arguments.guide.as_deref(), arguments.root.as_deref());
    // A file that was named has to be the right one; without one there are no labels.
    let plan = if arguments.guide.is_some() { Some(plan?) } else { plan.ok() };
    if arguments.recheck {
        recheck(&opened, plan.as_ref(), way)?;
    }
    if arguments.look {
        return Ok(ExitCode::SUCCESS);
    }
    let values = form::write(arguments.form, &opened.bundle, &labels(plan.as_ref()));
    match (&arguments.out, &arguments.to) {
        (Some(file), _) => files::write_private(file, values.as_bytes())?,
        (None, Some(command)) => files::pipe_to(command, values.as_bytes())?,
        (None, None) => print!("{}", values.as_str()),
    }
    Ok(ExitCode::SUCCESS)
}

/// What an envelope holds, opened with the vendor's own keys, if everything about it agrees with the vendor's document.
pub(super) fn opened(
    keys: &Keys,
    envelope: &Envelope,
    without_receipt: bool,
    unchecked: bool,
) -> anyhow::Result<Opened> {
    let sealed = envelope.sealed_bytes().map_err(refused)?;
    let plain = handrail_seal::open(&keys.openers()?, &sealed)
        .map_err(|error| refused(refusal::BUNDLE_UNREADABLE).context(error.to_string()))?;
    let document = keys.document()?;
    let terms = Terms { document: &document, without_receipt, unchecked };
    open_bundle(envelope, &plain, terms).map_err(refused)
}

/// What was proved, on standard error: standard output is for the values.
fn show(opened: &Opened) {
    let link = &opened.link;
    eprintln!("link      {} for {} ({}/{})", link.jti, link.customer, link.guide, link.mode);
    match &opened.report {
        Some(report) => {
            let tenant = report.tenant.as_deref().unwrap_or("unknown");
            eprintln!(
                "report    {} by {} on {}, directory {tenant}",
                report.verdict,
                report.iss,
                day(report.iat)
            );
            if link.is_for_another(&report.digest) {
                eprintln!("          the guide was changed between the making of the link and the check");
            }
            match &report.followed {
                Some(followed) if link.is_for_another(followed) => eprintln!(
                    "          the customer followed another version of the guide ({}) than the link is for ({})",
                    short(followed),
                    short(&link.digest)
                ),
                Some(_) if !link.digest.is_empty() => {
                    eprintln!("guide     followed as the link names it, in the customer's own copy");
                }
                _ => {}
            }
        }
        None => eprintln!("report    by the customer, unsigned"),
    }
    match &opened.receipt {
        Some(receipt) => eprintln!("receipt   version {} taken on {}", receipt.version, day(receipt.iat)),
        None => eprintln!("receipt   none: it came by another way"),
    }
    if let Some(ends) = &opened.bundle.ends {
        eprintln!("ends      {} ({})", for_terminal(&ends.date), for_terminal(&ends.how));
    }
    eprintln!(
        "values    {}",
        for_terminal(&opened.bundle.values.keys().cloned().collect::<Vec<_>>().join(", "))
    );
}

/// The beginning of a digest, as the approval sheet shows it.
fn short(digest: &str) -> String {
    for_terminal(&digest.chars().take(16).collect::<String>())
}

fn recheck(opened: &Opened, plan: Option<&Plan>, way: &Way) -> anyhow::Result<()> {
    let plan = plan.context("--recheck needs the guide: name its folder with --root")?;
    let agent = way.microsoft()?;
    let case = Case {
        guide: opened.link.guide.clone(),
        requirements: plan.requirements.clone(),
        values: opened.bundle.values.clone(),
        ..Case::default()
    };
    let report = microsoft::verify(&agent, case);
    let told = report.first_problem().map(|c| format!("{} ({})", c.what, c.code)).unwrap_or_default();
    eprintln!("recheck   {:?} {told}", report.verdict);
    ensure!(report.verdict != Verdict::Failed, "the values no longer work: {told}");
    Ok(())
}

/// Order and words of the values, as the vendor's own guide has them.
fn labels(plan: Option<&Plan>) -> Vec<(String, String)> {
    let values = plan.map(|plan| plan.values.iter().filter(|v| v.handed_over)).into_iter().flatten();
    values.map(|v| (v.id.clone(), v.vendor_label.clone().unwrap_or_else(|| v.label.clone()))).collect()
}
