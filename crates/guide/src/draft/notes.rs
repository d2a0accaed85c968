//! Lines of a document that a person has to look at.

use super::plain::Line;
use super::reading::Reading;
use crate::load::Library;
use crate::load::guids;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line of the document; 0 for the whole of it.
    pub line: usize,
    /// What sort of thing: a trap's kind, or `lost`, `quotes`, `missing`, `unknown-guid`.
    pub kind: String,
    /// Which trap, or what was noticed.
    pub id: String,
    /// What is true today, or what to do.
    pub today: String,
    /// Where that is written; empty for what the document itself shows.
    pub source: String,
}

/// Commands that are typed into a shell: typographic quotes in them fail.
const COMMANDS: &[&str] = &["winrm ", "set-", "get-", "connect-", "new-", "az ", "curl ", "enable-"];

pub(crate) fn notes(library: &Library, lines: &[Line], reading: &Reading) -> Vec<Note> {
    let mut notes = Vec::new();
    for line in lines {
        for trap in library.traps.values().flat_map(|loaded| &loaded.file.traps) {
            if trap.catches(&line.text) || trap.catches(&line.raw) {
                notes.push(Note {
                    line: line.number,
                    kind: trap.kind.word().to_owned(),
                    id: trap.id.clone(),
                    today: trap.today.clone(),
                    source: trap.source.clone(),
                });
            }
        }
        quotes(line, &mut notes);
        unknown_guids(library, line, &mut notes);
    }
    lost(lines, reading, &mut notes);
    missing(lines, reading, &mut notes);
    notes.sort_by_key(|note| note.line);
    notes.dedup();
    notes
}

fn own(line: usize, kind: &str, id: &str, today: String) -> Note {
    Note { line, kind: kind.to_owned(), id: id.to_owned(), today, source: String::new() }
}

/// A command with typographic quotes, and what it should be.
fn quotes(line: &Line, notes: &mut Vec<Note>) {
    let lower = line.text.to_lowercase();
    let curly = |c: char| matches!(c, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{201e}');
    let at = COMMANDS.iter().filter_map(|command| lower.find(command)).min();
    if let (Some(at), true) = (at, line.text.contains(curly)) {
        let command = line.text.get(at..).unwrap_or(&line.text);
        let straight = command
            .replace(['\u{2018}', '\u{2019}'], "'")
            .replace(['\u{201c}', '\u{201d}', '\u{201e}'], "\"");
        if line.text.contains("@{") || line.text.contains('$') || line.text.contains(" -") {
            notes.push(own(
                line.number,
                "quotes",
                "typographic-quotes",
                format!("Pasted as it is, the command fails. Correct: {straight}"),
            ));
        }
    }
}

fn unknown_guids(library: &Library, line: &Line, notes: &mut Vec<Note>) {
    for id in guids(&line.text) {
        let known = library.resources.values().any(|resource| {
            let rows = resource.file.permissions.iter();
            resource.file.app_id.eq_ignore_ascii_case(id)
                || rows
                    .flat_map(|row| row.application.iter().chain(&row.delegated))
                    .any(|known| known.eq_ignore_ascii_case(id))
        });
        if !known {
            notes.push(own(
                line.number,
                "unknown-guid",
                id,
                "In no catalogue: a sample, an ID of the vendor's app, or invented. Find out which."
                    .to_owned(),
            ));
        }
    }
}

/// A list that is announced and not there.
fn lost(lines: &[Line], reading: &Reading, notes: &mut Vec<Note>) {
    for (n, line) in lines.iter().enumerate() {
        let lower = line.text.to_lowercase();
        let announced = lower.ends_with("the following permissions:")
            || lower.ends_with("you'll need to do the following:")
            || lower.ends_with("following permissions.")
            || lower.ends_with("need to do the following:");
        if !announced {
            continue;
        }
        let next = lines.iter().skip(n + 1).find(|line| !line.text.is_empty());
        let listed = next.is_some_and(|next| {
            next.text.starts_with(['-', '•', '*'])
                || next.text.starts_with(|c: char| c.is_ascii_digit())
                || reading.permissions.iter().any(|p| p.line >= line.number && p.line <= next.number + 2)
        });
        if !listed {
            notes.push(own(
                line.number,
                "lost",
                "list-lost",
                "A list is announced and missing, probably a picture. Ask the vendor; do not guess."
                    .to_owned(),
            ));
        }
    }
    for line in lines
        .iter()
        .filter(|line| line.raw.contains(".jpg") || line.raw.contains(".png") || line.raw.starts_with("!["))
    {
        notes.push(own(
            line.number,
            "lost",
            "picture-lost",
            "A picture is lost. See that nothing stands only in it.".to_owned(),
        ));
    }
}

/// What a document of this kind should say and does not.
fn missing(lines: &[Line], reading: &Reading, notes: &mut Vec<Note>) {
    if !reading.registers {
        return;
    }
    let says = |words: &[&str]| {
        lines.iter().any(|line| {
            let lower = line.text.to_lowercase();
            words.iter().any(|word| lower.contains(word))
        })
    };
    if !says(&["click register", "press register", "select register", "choose register"]) {
        notes.push(own(
            0,
            "missing",
            "register-button",
            "The button Register is never named; the guide adds it.".to_owned(),
        ));
    }
    if !says(&["grant admin consent", "admin consent"]) && !reading.permissions.is_empty() {
        notes.push(own(
            0,
            "missing",
            "consent",
            "Admin consent is not mentioned; without it tokens carry no permission.".to_owned(),
        ));
    }
    if reading.permissions.is_empty() {
        notes.push(own(
            0,
            "missing",
            "permissions",
            "No permission of the catalogue is named. Ask the vendor for the list with type and reason."
                .to_owned(),
        ));
    }
    if reading.secret && !says(&["expire", "expiration", "duration", "months"]) {
        notes.push(own(
            0,
            "missing",
            "expiry",
            "How long the secret lives is not said; 180 days is what Microsoft recommends.".to_owned(),
        ));
    }
}
