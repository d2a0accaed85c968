//! Finds Microsoft's numbers and codes in any text: marked, half marked, in lists, in links.

/// Numbers that are taken from one text at most.
const MAX_NUMBERS: usize = 16;

/// Marks before a number, in lower case. The last ones have lost letters on the way.
const MARKS: &[&str] = &["aadsts", "adsts", "dsts"];

/// What may stand before a bare number that then is one of Microsoft's.
const LABELS: &[&str] = &[
    "error_codes",
    "error?code=",
    "errorcode",
    "error code",
    "error code was",
    "error code is",
    "error_code",
    "errornumber",
    "subcode",
    "code d'erreur",
    "fehlercode",
    "código de error",
    "错误代码",
    "エラー コード",
    "error number",
    "sts error",
];

/// Every number in the text, marked ones first.
pub(super) fn numbers_in_text(text: &str) -> Vec<u32> {
    // What JSON writes for a tab or the end of a line stands between a label and its number.
    let lower = text.to_lowercase().replace("\\t", " ").replace("\\r", " ").replace("\\n", " ");
    let mut found = Vec::new();
    for mark in MARKS {
        for (at, _) in lower.match_indices(mark) {
            let rest = lower.get(at + mark.len()..).unwrap_or_default();
            keep(&mut found, digits(rest.trim_start_matches([' ', ':', '-', '_', '#', '\u{a0}'])));
        }
        if !found.is_empty() {
            break;
        }
    }
    for label in LABELS {
        for (at, _) in lower.match_indices(label) {
            let rest = lower.get(at + label.len()..).unwrap_or_default();
            labelled(&mut found, rest);
        }
    }
    if found.is_empty() {
        bare(&mut found, &lower);
    }
    found
}

/// The number or the list of numbers after a label.
fn labelled(found: &mut Vec<u32>, rest: &str) {
    let list: String = rest
        .chars()
        .take(80)
        .take_while(|c| {
            c.is_ascii_digit()
                || matches!(
                    c,
                    ' ' | ':' | '=' | '"' | '\'' | '[' | ',' | '\\' | '\n' | '\r' | '\t' | '-' | '>'
                )
        })
        .collect();
    for run in list.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()) {
        keep(found, digits(run));
    }
}

/// `50033 - [`, or nothing but a number.
fn bare(found: &mut Vec<u32>, lower: &str) {
    let text = lower.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '#'));
    if text.bytes().all(|b| b.is_ascii_digit()) {
        keep(found, digits(text));
        return;
    }
    for (at, _) in lower.match_indices(" - [") {
        let before = lower.get(..at).unwrap_or_default();
        let run: Vec<char> = before.chars().rev().take_while(char::is_ascii_digit).take(9).collect();
        keep(found, digits(&run.into_iter().rev().collect::<String>()));
    }
    // A number at the very beginning, before a colon: `700016: Application with …`.
    if let Some((head, _)) = text.split_once(':') {
        let head = head.trim_matches(['"', '\'', '[', '(']);
        if head.bytes().all(|b| b.is_ascii_digit()) {
            keep(found, digits(head));
        }
    }
}

/// Microsoft's numbers have five to seven digits.
fn digits(text: &str) -> Option<u32> {
    let run: String = text.chars().take_while(char::is_ascii_digit).take(9).collect();
    if (5..=7).contains(&run.len()) { run.parse().ok() } else { None }
}

fn keep(found: &mut Vec<u32>, number: Option<u32>) {
    if let Some(number) = number
        && found.len() < MAX_NUMBERS
        && !found.contains(&number)
    {
        found.push(number);
    }
}

/// Codes of the Management API: `AF` and five digits, or `AF429`.
pub(super) fn af_codes(text: &str) -> Vec<String> {
    let upper = text.to_uppercase();
    let mut found: Vec<String> = Vec::new();
    for (at, _) in upper.match_indices("AF") {
        let before = upper.get(..at).and_then(|b| b.chars().next_back());
        let run: String = upper
            .get(at + 2..)
            .unwrap_or_default()
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .take(6)
            .collect();
        let whole = run.len() == 5 || run == "429";
        let code = format!("AF{run}");
        if whole
            && run.bytes().all(|b| b.is_ascii_digit())
            && !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
            && !found.contains(&code)
            && found.len() < MAX_NUMBERS
        {
            found.push(code);
        }
    }
    found
}
