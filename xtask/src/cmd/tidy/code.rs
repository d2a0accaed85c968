//! Rules about Rust files: what opens them, how long things are, what must say why.

use std::path::Path;

use anyhow::Result;

use super::{File, SHARED, Tree};

/// Every module opens with `//!`, saying what it does.
pub(super) fn module_docs(tree: &Tree) -> Result<Vec<String>> {
    let opens = |file: &File| file.text.starts_with("//!") || file.text.starts_with("#![doc = include_str!");
    Ok(tree
        .rust()
        .filter(|file| !opens(file))
        .map(|file| format!("{}: opens without //!", file.path))
        .collect())
}

/// Longer than this and a function does more than one thing.
const MAX_FUNCTION: usize = 100;

/// No function is longer than a hundred lines.
pub(super) fn function_length(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.rust() {
        for (line, name, length) in functions(&file.text) {
            if length > MAX_FUNCTION {
                found.push(format!("{}:{line}: {name} has {length} lines", file.path));
            }
        }
    }
    Ok(found)
}

/// Where each function begins, its name and its length. The code is formatted, so a body ends at the first
/// closing brace that stands as far in as its `fn`.
fn functions(text: &str) -> Vec<(usize, String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let close = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|line| *line == close).map_or(1, |end| end + 1);
        if !line.ends_with(';') && !line.ends_with('}') {
            found.push((at + 1, name.to_owned(), length));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "default ", "const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

/// Longer than this and a file is two.
const MAX_FILE: usize = 600;

/// No file has more than six hundred lines before its tests.
pub(super) fn file_length(tree: &Tree) -> Result<Vec<String>> {
    let files =
        tree.rust().filter(|file| !file.path.contains("/tests/") && !file.path.ends_with("/tests.rs"));
    Ok(files
        .map(|file| (file, file.product_lines().count()))
        .filter(|(_, lines)| *lines > MAX_FILE)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path))
        .collect())
}

/// Every constant that limits something has a comment with the reason.
pub(super) fn limits_have_reasons(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !file.is_test()) {
        let mut above = "";
        for (number, line) in file.product_lines() {
            let Some((_, rest)) = line.split_once("const ") else {
                above = line;
                continue;
            };
            let name = rest.split(':').next().unwrap_or_default();
            let limit = name.starts_with("MAX_") || name.ends_with("_LIMIT") || name.ends_with("_TIMEOUT");
            let declared = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            if limit && declared && !above.trim_start().starts_with("//") && !line.contains("//") {
                found.push(format!("{}:{number}: {name} has no reason above it", file.path));
            }
            above = line;
        }
    }
    Ok(found)
}

/// How far above a pause its reason may stand.
const ABOVE: usize = 2;

/// No test waits for a time where it could wait for what it needs; one that has to says why.
pub(super) fn pauses_have_reasons(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with("tests/") && file.path.contains("/tests/")) {
        let lines: Vec<&str> = file.text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("sleep(")) {
            let said = lines[at.saturating_sub(ABOVE)..=at].iter().any(|line| line.contains("// "));
            if !said {
                found.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    Ok(found)
}

/// A secret's text is read only under an `// EXPOSE:` comment, at most this many lines above, that says why
/// that is safe there: room for one statement that reads several values.
const NEAR: usize = 8;

/// Every `.expose(` stands under an `// EXPOSE:` comment, but for tests, whose secrets are made up.
pub(super) fn exposed_secrets(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !file.path.starts_with("xtask/") && !file.is_test()) {
        let lines: Vec<&str> = file.product_lines().map(|(_, line)| line).collect();
        for (at, line) in lines.iter().enumerate() {
            let said = lines[at.saturating_sub(NEAR)..=at].iter().any(|line| line.contains("// EXPOSE: "));
            if line.contains(".expose()") && !line.trim_start().starts_with("//") && !said {
                found.push(format!("{}:{}: no // EXPOSE: comment", file.path, at + 1));
            }
        }
    }
    Ok(found)
}

/// Shared crates read no clock and make no random numbers.
pub(super) fn no_clock(tree: &Tree) -> Result<Vec<String>> {
    let words =
        ["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "Date::now", "rand::", "OsRng"];
    let mut found = Vec::new();
    let is_shared = |file: &&File| SHARED.iter().any(|crate_of| Path::new(&file.path).starts_with(crate_of));
    for file in tree.rust().filter(is_shared).filter(|file| !file.is_test()) {
        for (number, line) in file.product_lines().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(word) = words.iter().find(|word| line.contains(*word)) {
                found.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_their_first_line_to_their_brace() {
        let text = "impl A {\n    pub(crate) fn b<T>(\n        c: T,\n    ) {\n        if c {\n        }\n    }\n}\nfn d();\n";
        assert_eq!(functions(text), [(2, "b".to_owned(), 6)]);
    }
}
