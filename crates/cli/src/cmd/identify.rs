//! `handrail identify`: what is this text? Sorts what stands in it into tenant ID, client ID, secret and so on, repairs
//! what is safe to repair, and offers what may have been meant. Works offline; only Microsoft can say that a secret works.
//!
//! A secret itself is not printed, but for its first three characters, as in the portal; what may have been meant is told by
//! the place of the slip. `--reveal` prints it all, and so does `--json` with what is offered: other programs need it.

use std::path::PathBuf;
use std::process::ExitCode;

use handrail_credential::{Finding, Found, Look, identify, slip};
use serde_json::{Value, json};

use crate::input;
use crate::words::plain;

/// `handrail identify`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// File that holds the text; standard input when left out.
    file: Option<PathBuf>,
    /// Print JSON, one object a line for each thing found.
    #[arg(long)]
    json: bool,
    /// Print secrets as well, cleaned.
    #[arg(long)]
    reveal: bool,
}

/// Reads one text and names what is in it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let text = input::text(arguments.file.as_deref(), "Paste the text, then press Ctrl-D.")?;
    for one in identify(&text) {
        if arguments.json {
            println!("{}", as_json(&one, arguments.reveal));
        } else {
            print!("{}", shown(&one, arguments.reveal));
        }
    }
    Ok(ExitCode::SUCCESS)
}

const fn verdict(look: Look) -> &'static str {
    match look {
        Look::Right => "passed",
        Look::Unsure => "could-not-tell",
        Look::Wrong => "failed",
    }
}

fn words(finding: &Finding) -> Value {
    json!({"code": finding.code, "what": plain(&finding.what()), "next": plain(finding.next())})
}

fn as_json(one: &Found, reveal: bool) -> Value {
    json!({
        "kind": one.kind,
        "verdict": verdict(one.look),
        "value": (reveal || !one.is_secret).then(|| one.value.expose().to_owned()), // EXPOSE: an ID, or asked for.
        "hint": hint(one),
        "repairs": one.repairs.iter().map(words).collect::<Vec<_>>(),
        "findings": one.findings.iter().map(words).collect::<Vec<_>>(),
        "suggestions": suggestions(one),
    })
}

/// What may be used instead: the cleaned value, where it was cleaned, and what may have been meant.
fn suggestions(one: &Found) -> Vec<String> {
    let cleaned = (!one.repairs.is_empty() && one.look != Look::Wrong).then_some(&one.value);
    // EXPOSE: offered to the person who pasted it; without the text it would be no offer.
    let mut all: Vec<String> =
        cleaned.into_iter().chain(&one.suggestions).map(|s| s.expose().to_owned()).collect();
    all.dedup();
    all
}

/// The first three characters: what the portal shows of a secret.
fn hint(one: &Found) -> String {
    // EXPOSE: three characters, which the portal shows to everyone who may read the app.
    one.value.expose().chars().take(3).collect()
}

fn shown(one: &Found, reveal: bool) -> String {
    // EXPOSE: an ID, or asked for.
    let value =
        if reveal || !one.is_secret { one.value.expose().to_owned() } else { format!("{}…", hint(one)) };
    let mut out = format!("{:<14} {:<15} {value}\n", one.kind, verdict(one.look).replace('-', " "));
    for finding in one.findings.iter().chain(&one.repairs) {
        out += &format!("{:<14} {} {}\n", "", plain(&finding.what()), plain(finding.next()));
    }
    for offer in suggestions(one) {
        // EXPOSE: compared; without --reveal only the place of a slip is shown.
        let words = match (reveal || !one.is_secret, slip(one.value.expose(), &offer)) {
            (true, _) => format!("Did you mean: {offer}"),
            (false, Some(slip)) => format!("Did you mean it with {}? --reveal prints it.", slip.words()),
            (false, None) => "--reveal prints it, cleaned.".to_owned(),
        };
        out += &format!("{:<14} {words}\n", "");
    }
    out
}
