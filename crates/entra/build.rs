//! Turns the tables of `data/` into Rust constants: codes, sentences and causes are data that anybody can edit.

use std::fmt::Write as _;
use std::path::PathBuf;

use toml::{Table, Value};

fn main() {
    println!("cargo::rerun-if-changed=data");
    let mut out = String::new();
    let codes = read("codes");
    let sentences = read("phrases");
    only(&codes, "codes", &CODES);
    only(&sentences, "phrases", &PHRASES);
    numbers(
        &mut out,
        "pub",
        "AADSTS",
        "Numbers of the token and discovery endpoints.",
        table(&codes, "verifier"),
    );
    numbers(
        &mut out,
        "pub(crate)",
        "DIAGNOSIS",
        "Numbers as an error of another program is read.",
        table(&codes, "diagnosis"),
    );
    names(&mut out, "pub", "AF", "Codes of the Office 365 Management Activity API.", table(&codes, "af"));
    names(
        &mut out,
        "pub(crate)",
        "AF_DIAGNOSIS",
        "The same, as an error of another program is read.",
        table(&codes, "af-diagnosis"),
    );
    names(
        &mut out,
        "pub(crate)",
        "SERVICE",
        "Codes of Graph, Exchange, SharePoint and Azure.",
        table(&codes, "service"),
    );
    general(&mut out, &codes);
    parts(&mut out, &codes);
    phrases(&mut out, &sentences);
    let signs = read("signs");
    only(&signs, "signs", &[SIGNS.as_slice(), &["oauth", "elsewhere"]].concat());
    words_of(&mut out, &signs);
    let told = read("causes");
    causes(&mut out, &told);
    words(&mut out, &told);
    probes(&mut out, &read("probes"));
    let file = PathBuf::from(env("OUT_DIR")).join("tables.rs");
    if let Err(error) = std::fs::write(&file, out) {
        println!("cargo::error={}: {error}", file.display());
    }
}

/// Tables of `codes.toml`; a new one is read in `main`.
const CODES: [&str; 9] =
    ["verifier", "diagnosis", "af", "af-diagnosis", "service", "general", "outer", "parts", "pages"];

/// Tables of `phrases.toml`.
const PHRASES: [&str; 8] = ["phrases", "weak", "families", "follows", "near", "late", "last", "refine"];

/// Lists of `signs.toml`.
const SIGNS: [&str; 12] = [
    "ours",
    "loose",
    "others",
    "status",
    "token-endpoint",
    "wanted",
    "refused",
    "failed",
    "wished",
    "mentioned",
    "asked",
    "denied",
];

/// A table of another name would be passed over in silence.
fn only(file: &Table, name: &str, known: &[&str]) {
    for table in file.keys().filter(|table| !known.contains(&table.as_str())) {
        println!("cargo::error=data/{name}.toml: there is no table `{table}`; those known are in build.rs");
    }
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn read(name: &str) -> Table {
    let file = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("data").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => {
            println!("cargo::error={}: {}", file.display(), error.to_string().replace('\n', " "));
            Table::new()
        }
    }
}

fn table<'a>(all: &'a Table, name: &str) -> Vec<(&'a str, &'a str, &'a str)> {
    let groups = all.get(name).and_then(Value::as_table);
    groups
        .into_iter()
        .flatten()
        .flat_map(|(reason, rows)| rows.as_table().into_iter().flatten().map(move |row| (reason, row)))
        .map(|(reason, (code, source))| (code.as_str(), reason.as_str(), source.as_str().unwrap_or_default()))
        .collect()
}

fn numbers(out: &mut String, vis: &str, name: &str, about: &str, rows: Vec<(&str, &str, &str)>) {
    let _ = writeln!(out, "/// {about}\n{vis} const {name}: &[Code<u32>] = &[");
    for (code, reason, source) in &rows {
        let _ = writeln!(out, "    Code {{ code: {code}, reason: {reason:?} }}, // {source}");
    }
    let _ = writeln!(out, "];");
}

fn names(out: &mut String, vis: &str, name: &str, about: &str, rows: Vec<(&str, &str, &str)>) {
    let _ = writeln!(out, "/// {about}\n{vis} const {name}: &[Code<&str>] = &[");
    for (code, reason, source) in &rows {
        let _ = writeln!(out, "    Code {{ code: {code:?}, reason: {reason:?} }}, // {source}");
    }
    let _ = writeln!(out, "];");
}

fn general(out: &mut String, codes: &Table) {
    let list = |name: &str| codes.get(name).map_or_else(|| "[]".to_owned(), Value::to_string);
    let _ = writeln!(
        out,
        "/// Numbers that say nothing when another one stands beside them.\npub(crate) const GENERAL: &[u32] = &{};",
        list("general")
    );
    let _ = writeln!(
        out,
        "/// Codes that say little when another one stands beside them.\npub(crate) const OUTER: &[&str] = &{};",
        list("outer")
    );
    let _ =
        writeln!(out, "/// Microsoft's page about one number.\npub(crate) const PAGES: &[(u32, &str)] = &[");
    for (number, page) in codes.get("pages").and_then(Value::as_table).into_iter().flatten() {
        let _ = writeln!(out, "    ({number}, {page}),");
    }
    let _ = writeln!(out, "];");
}

fn parts(out: &mut String, codes: &Table) {
    let _ = writeln!(
        out,
        "/// Words of a code that stands in no table, and the cause.\npub(crate) const PARTS: &[(&str, &str)] = &["
    );
    for row in codes.get("parts").and_then(Value::as_array).into_iter().flatten() {
        let field = |name: &str| row.get(name).map(Value::to_string).unwrap_or_default();
        let _ = writeln!(out, "    ({}, {}),", field("words"), field("cause"));
    }
    let _ = writeln!(out, "];");
}

fn phrases(out: &mut String, all: &Table) {
    let rows = |name: &str| {
        all.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_table)
            .collect::<Vec<_>>()
    };
    let text = |row: &Table, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |row: &Table| row.get("number").and_then(Value::as_integer).unwrap_or(0);
    let _ = writeln!(
        out,
        "/// Sentences by which the check knows an answer without a number.\npub(crate) const CHECK_PHRASES: &[(&str, u32)] = &["
    );
    for row in rows("phrases").iter().filter(|r| r.contains_key("check")) {
        let _ = writeln!(out, "    ({:?}, {}),", text(row, "text"), number(row));
    }
    let _ = writeln!(out, "];");
    for (name, list) in [("PHRASES", "phrases"), ("WEAK", "weak")] {
        let _ = writeln!(
            out,
            "/// Sentences, Microsoft's number for them or 0, and the cause where there is no number.\npub(crate) const {name}: &[(&str, u32, &str)] = &["
        );
        for row in rows(list) {
            let _ =
                writeln!(out, "    ({:?}, {}, {:?}),", text(row, "text"), number(row), text(row, "cause"));
        }
        let _ = writeln!(out, "];");
    }
    let _ = writeln!(
        out,
        "/// Sentences of settings that are as they should be.\npub(crate) const SETTINGS: &[&str] = &["
    );
    for row in rows("phrases").iter().filter(|r| r.contains_key("setting")) {
        let _ = writeln!(out, "    {:?},", text(row, "text"));
    }
    let _ = writeln!(out, "];");
    near(out, all, "follows", "Names, words that stand right behind one of them, and the cause.");
    near(out, all, "near", "Names, words that stand close by one of them, and the cause.");
    near(out, all, "late", "The same, for what is tried when nothing else fits.");
    near(out, all, "last", "The same, for what is tried last of all.");
    let _ = writeln!(
        out,
        "/// Numbers, a sentence beside one of them, and the cause it then has.\npub(crate) const REFINE: &[(&[u32], &str, &str)] = &["
    );
    for row in rows("refine") {
        let all = row.get("numbers").map(Value::to_string).unwrap_or_default();
        let _ = writeln!(out, "    (&{all}, {:?}, {:?}),", text(row, "text"), text(row, "cause"));
    }
    let _ = writeln!(out, "];");
}

fn near(out: &mut String, all: &Table, list: &str, about: &str) {
    let name = list.to_uppercase();
    let _ = writeln!(out, "/// {about}\npub(crate) const {name}: &[(&[&str], &[&str], &str)] = &[");
    for row in all.get(list).and_then(Value::as_array).into_iter().flatten() {
        let family = |name: &str| all.get("families").and_then(|all| all.get(name));
        let field = |name: &str| {
            let list = row.get(name);
            let named = list.and_then(Value::as_str).and_then(|text| text.strip_prefix('@'));
            named.map_or(list, family).map_or_else(|| "[]".to_owned(), Value::to_string)
        };
        let _ = writeln!(out, "    (&{}, &{}, {}),", field("names"), field("said"), field("cause"));
    }
    let _ = writeln!(out, "];");
}

fn causes(out: &mut String, all: &Table) {
    let _ = writeln!(
        out,
        "/// What is said of errors of other programs.\npub(crate) const CAUSES: &[Reason] = &["
    );
    for (code, row) in all.iter().filter(|(code, _)| *code != "words") {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let _ = writeln!(
            out,
            "    Reason {{ code: {code:?}, verdict: Verdict::{}, topic: Topic::{}, what: {:?}, next: {:?}, who: Who::{} }},",
            camel(text("verdict")),
            camel(text("topic")),
            text("what"),
            text("next"),
            camel(text("who")),
        );
    }
    let _ = writeln!(out, "];");
}

fn words(out: &mut String, all: &Table) {
    let _ = writeln!(
        out,
        "/// Words of reasons when nothing is known that could be named in them.\npub(crate) const WORDS: &[(&str, &str)] = &["
    );
    for (code, text) in all.get("words").and_then(Value::as_table).into_iter().flatten() {
        let _ = writeln!(out, "    ({code:?}, {:?}),", text.as_str().unwrap_or_default());
    }
    let _ = writeln!(out, "];");
}

fn words_of(out: &mut String, signs: &Table) {
    for list in SIGNS {
        let words = signs.get(list).map_or_else(|| "[]".to_owned(), Value::to_string);
        let name = list.to_uppercase().replace('-', "_");
        let _ = writeln!(
            out,
            "/// The list `{list}` of `data/signs.toml`.\npub(crate) const {name}: &[&str] = &{words};"
        );
    }
    for (table, what) in [
        ("oauth", "Values of OAuth's `error`, and the cause of each."),
        ("elsewhere", "What is left of a cause where nothing shows that the text is about an app."),
    ] {
        let name = table.to_uppercase();
        let _ = writeln!(out, "/// {what}\npub(crate) const {name}: &[(&str, &str)] = &[");
        for (word, cause) in signs.get(table).and_then(Value::as_table).into_iter().flatten() {
            let _ = writeln!(out, "    ({word:?}, {cause}),");
        }
        let _ = writeln!(out, "];");
    }
}

fn probes(out: &mut String, all: &Table) {
    let _ = writeln!(
        out,
        "/// Read-only calls that show whether an API lets the app in.\npub const PROBES: &[Probe] = &["
    );
    for (name, row) in all {
        let text = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default();
        let _ = writeln!(
            out,
            "    Probe {{ name: {name:?}, api: Api::{}, path: {:?}, roles: &{}, reads: {:?}, proves: {:?}, not: {:?} }},",
            camel(text("api")),
            text("path"),
            row.get("roles").map_or_else(|| "[]".to_owned(), Value::to_string),
            text("reads"),
            text("proves"),
            text("not"),
        );
    }
    let _ = writeln!(out, "];");
}

fn camel(name: &str) -> String {
    name.split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
        })
        .collect()
}
