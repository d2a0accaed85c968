//! `handrail diagnose`: what does this error mean, and what is to be done? Works offline, on any text around it.
//!
//! The answer is in the output; the exit code only says whether there was something to read: 0, or 2 for usage.

use std::path::PathBuf;
use std::process::ExitCode;

use handrail_entra::{Diagnosis, Entry, Verdict, catalogue, diagnose};
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
    /// Print everything that is known, as a page in Markdown; nothing is read.
    #[arg(long, conflicts_with_all = ["file", "json"])]
    all: bool,
}

/// Reads one text and says what it means.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.all {
        print!("{}", page(&catalogue()));
        return Ok(ExitCode::SUCCESS);
    }
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

/// The page of everything that is known, by verdict and topic.
fn page(entries: &[Entry]) -> String {
    let mut out = PAGE.to_owned();
    let mut chapter = None;
    for Entry { codes, diagnosis } in entries {
        let this = (diagnosis.verdict, diagnosis.topic.name());
        if chapter.replace(this) != Some(this) {
            out += &format!("\n## {}\n", heading(diagnosis));
        }
        let names: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        out += &format!("\n### {}\n\n{}\n", diagnosis.code, names.join(" "));
        for words in [&diagnosis.what, &diagnosis.next].into_iter().filter(|words| !words.is_empty()) {
            out += &format!("\n{words}\n");
        }
        if codes.len() == 1
            && let Some(page) = &diagnosis.page
        {
            out += &format!("\n[Microsoft's page]({page})\n");
        }
    }
    out
}

fn heading(diagnosis: &Diagnosis) -> String {
    let topic = diagnosis.topic.name().replace('-', " ");
    match diagnosis.verdict {
        Verdict::Failed => format!("To be put right: {topic}"),
        Verdict::Pending => format!("To be waited for: {topic}"),
        Verdict::CouldNotTell => format!("Says nothing about app and credential: {topic}"),
        Verdict::Passed => format!("Nothing is wrong: {topic}"),
    }
}

const PAGE: &str = "# Troubleshooting

What Microsoft's errors mean for an app and its credential, and what to do. Search this page for the number or code you have, or give the
whole error to `handrail diagnose`, which also knows sentences without a number, and works offline.

This page is made by `handrail diagnose --all` from the tables in `crates/entra`; nobody writes it by hand.
";
