//! `handrail diagnose`: what does this error mean, and what is to be done? Works offline, on any text around it.
//!
//! The answer is in the output; the exit code only says whether there was something to read: 0, or 2 for usage.

use std::path::PathBuf;
use std::process::ExitCode;

use handrail_entra::{Diagnosis, diagnose};
use serde_json::{Value, json};

use crate::input;
use crate::words::{plain, word};

/// `handrail diagnose`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// File that holds the error; standard input when left out.
    file: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Reads one text and says what it means.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let text = input::text(arguments.file.as_deref(), "Paste the error, then press Ctrl-D.")?;
    let found = diagnose(&text);
    if arguments.json {
        println!("{}", as_json(&found));
    } else {
        print!("{}", shown(&found));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(found: &Diagnosis) -> Value {
    json!({
        "code": found.code,
        "aadsts": found.aadsts,
        "verdict": found.verdict,
        "reason": plain(&found.what),
        "next": plain(&found.next),
        "topic": found.topic.name(),
        "who": found.who,
        "codes": found.codes,
        "error": found.error,
        "page": found.page,
        "correlation-id": found.correlation_id,
        "trace-id": found.trace_id,
    })
}

fn shown(found: &Diagnosis) -> String {
    let mut lines = vec![format!("{} ({})", plain(&found.what), found.code)];
    if !found.next.is_empty() {
        lines.push(plain(&found.next));
    }
    lines.push(String::new());
    lines.push(format!("verdict  {}", word(found.verdict)));
    let numbers = found.aadsts.iter().map(|n| format!("AADSTS{n}")).chain(found.codes.iter().cloned());
    let numbers: Vec<String> = numbers.collect();
    let rest = [
        ("codes", (!numbers.is_empty()).then(|| numbers.join(", "))),
        ("look at", Some(found.topic.name().to_owned())),
        ("correlation", found.correlation_id.clone()),
        ("trace", found.trace_id.clone()),
        ("page", found.page.clone()),
    ];
    lines.extend(rest.into_iter().filter_map(|(name, text)| Some(format!("{name:<8} {}", text?))));
    lines.join("\n") + "\n"
}
