//! The table of codes in the Worker's description is that of the code. `UPDATE_CODES=1` writes it.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::fmt::Write as _;

use handrail_entra::{AADSTS, AF, REASONS};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../worker/README.md");

#[test]
fn the_description_lists_every_code() {
    let text = std::fs::read_to_string(FILE).unwrap();
    let (head, rest) = text.split_once("--test codes` -->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- end of codes -->").unwrap();
    let wanted = format!("{head}--test codes` -->\n{}<!-- end of codes -->{tail}", table());
    if std::env::var_os("UPDATE_CODES").is_some() {
        std::fs::write(FILE, wanted).unwrap();
    } else {
        assert!(text == wanted, "worker/README.md is stale: run with UPDATE_CODES=1");
    }
}

fn table() -> String {
    let mut out = String::from(
        "\n| code | verdict | topic | what happened | Microsoft's codes |\n|---|---|---|---|---|\n",
    );
    for reason in REASONS.iter().filter(|r| !r.code.starts_with("format-")) {
        let mut numbers: Vec<String> =
            AADSTS.iter().filter(|c| c.reason == reason.code).map(|c| format!("AADSTS{}", c.code)).collect();
        numbers.extend(AF.iter().filter(|c| c.reason == reason.code).map(|c| c.code.to_owned()));
        let verdict = serde_json::to_value(reason.verdict).unwrap();
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {} |",
            reason.code,
            verdict.as_str().unwrap(),
            reason.topic.name(),
            reason.what,
            numbers.join(" ")
        )
        .unwrap();
    }
    out.push('\n');
    out
}
