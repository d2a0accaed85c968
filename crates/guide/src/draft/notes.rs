//! Lines of a document that a person has to look at.

use super::plain::Line;
use super::reading::Reading;
use super::words::{Words, any};
use crate::load::Library;
use crate::load::guids;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line of the document; 0 for the whole of it.
    pub line: usize,
    /// What sort of thing: a trap's kind, or `lost`, `quotes`, `missing`, `unknown-guid`, `unknown-permission`, `sample`,
    /// `command`, `two-names`.
    pub kind: String,
    /// Which trap, or what was noticed.
    pub id: String,
    /// What is true today, or what to do.
    pub today: String,
    /// Where that is written; empty for what the document itself shows.
    pub source: String,
}

/// Commands that are typed into a shell: typographic quotes in them fail.
const COMMANDS: &[&str] = &[
    "winrm ",
    "set-",
    "get-",
    "connect-",
    "new-",
    "az ",
    "curl ",
    "enable-",
    "add-",
    "remove-",
    "grant-",
    "install-module",
];

pub(crate) fn notes(library: &Library, words: &Words, lines: &[Line], reading: &Reading) -> Vec<Note> {
    let mut notes = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        traps(library, line, lines.get(n + 1), &mut notes);
        quotes(line, &mut notes);
        unknown_guids(library, line, &mut notes);
        sample_secret(line, &mut notes);
    }
    lost(lines, reading, &mut notes);
    missing(words, lines, reading, &mut notes);
    for unknown in &reading.unknown_permissions {
        notes.push(own(
            unknown.line,
            "unknown-permission",
            &unknown.name,
            "Built like a permission, and in no catalogue: misspelt, of another API, or gone. Find out which; it is not taken over.".to_owned(),
        ));
    }
    if reading.consent_names.len() > 1 {
        notes.push(own(
            0,
            "two-names",
            "app-name",
            format!("The app is called by several names ({}). All are accepted; ask the vendor for the display name.", reading.consent_names.join(", ")),
        ));
    }
    notes.sort_by_key(|note| note.line);
    notes.dedup();
    notes
}

fn own(line: usize, kind: &str, id: &str, today: String) -> Note {
    Note { line, kind: kind.to_owned(), id: id.to_owned(), today, source: String::new() }
}

/// What the catalogue of traps says about a line; a sentence that runs on into the next line is read whole.
fn traps(library: &Library, line: &Line, next: Option<&Line>, notes: &mut Vec<Note>) {
    let wrapped = next.filter(|next| {
        !line.text.is_empty()
            && next.text.starts_with(|c: char| c.is_alphabetic())
            && !line.text.ends_with(['.', ':', '>'])
    });
    let both = wrapped.map(|next| format!("{} {}", line.text, next.text));
    for trap in library.traps.values().flat_map(|loaded| &loaded.file.traps) {
        let alone = trap.catches(&line.text) || trap.catches(&line.raw);
        let across = || {
            both.as_deref().is_some_and(|both| trap.catches(both))
                && !next.is_some_and(|next| trap.catches(&next.text))
        };
        if alone || across() {
            notes.push(Note {
                line: line.number,
                kind: trap.kind.word().to_owned(),
                id: trap.id.clone(),
                today: trap.today.clone(),
                source: trap.source.clone(),
            });
        }
    }
}

/// A command with typographic quotes or dashes, and what it should be; and every other command, so that none is overlooked.
fn quotes(line: &Line, notes: &mut Vec<Note>) {
    let lower = line.text.to_lowercase();
    let curly = |c: char| matches!(c, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{201e}');
    let dashed = [" \u{2013}", " \u{2014}"].iter().any(|dash| {
        line.text.match_indices(dash).any(|(at, found)| {
            line.text.get(at + found.len()..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        })
    });
    let begins = |at: &usize| {
        *at == 0 || lower.get(..*at).is_some_and(|before| before.ends_with([' ', '`', '(', '"']))
    };
    let at = COMMANDS.iter().filter_map(|command| lower.find(command)).filter(begins).min();
    let Some(at) = at else { return };
    let command = line.text.get(at..).unwrap_or(&line.text);
    // Not a sentence that begins with such a word.
    let typed = dashed || ["@{", "$", " -", "/"].iter().any(|mark| command.contains(mark));
    if !typed {
        return;
    }
    if dashed || line.text.contains(curly) {
        let straight = command
            .replace(" \u{2013}", " -")
            .replace(" \u{2014}", " -")
            .replace(['\u{2018}', '\u{2019}'], "'")
            .replace(['\u{201c}', '\u{201d}', '\u{201e}'], "\"");
        notes.push(own(
            line.number,
            "quotes",
            "typographic-quotes",
            format!("Pasted as it is, the command fails. Correct: {straight}"),
        ));
    } else {
        notes.push(own(
            line.number,
            "command",
            "command",
            format!("A command of the document: {command}. See that a step or a [[vendor-step]] carries it out, or say what has become of it."),
        ));
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

/// A value on a line that speaks of a secret, long and mixed as secrets are. It is never repeated.
fn sample_secret(line: &Line, notes: &mut Vec<Note>) {
    let lower = line.text.to_lowercase();
    if !["secret", "value", "password", "key", "kennwort"].iter().any(|word| lower.contains(word)) {
        return;
    }
    let looks = |word: &str| {
        word.len() >= 24
            && word.chars().any(|c| c.is_ascii_digit())
            && word.chars().any(|c| c.is_ascii_uppercase())
            && word.chars().any(|c| c.is_ascii_lowercase())
            && !word.contains("://")
            && guids(word).next().is_none()
    };
    if line.text.split_whitespace().any(looks) {
        notes.push(own(
            line.number,
            "sample",
            "sample-secret",
            "A sample of a secret. Its shape is no pattern for today's; see that it is not a real one, and leave it out.".to_owned(),
        ));
    }
}

/// What announces a list, a form or a picture.
const ANNOUNCES: &[&str] = &[
    "following",
    "below",
    "for example",
    "as here",
    "as follows",
    "looks as",
    "folgende",
    "wie folgt",
    "zum beispiel",
];

/// What is announced and not there.
fn lost(lines: &[Line], reading: &Reading, notes: &mut Vec<Note>) {
    for (n, line) in lines.iter().enumerate() {
        if pictured(line) {
            notes.push(own(
                line.number,
                "lost",
                "picture-lost",
                "A picture is lost. See that nothing stands only in it.".to_owned(),
            ));
            continue;
        }
        let lower = line.text.to_lowercase();
        let announced = (lower.ends_with(':') && ANNOUNCES.iter().any(|word| lower.contains(word)))
            || ["following permissions.", "permissions:", "berechtigungen:"]
                .iter()
                .any(|end| lower.ends_with(end));
        if !announced {
            continue;
        }
        let next = lines.iter().skip(n + 1).find(|line| !line.text.is_empty());
        if next.is_none_or(|next| !listed(line, next, reading)) {
            notes.push(own(
                line.number,
                "lost",
                "list-lost",
                "A list is announced and missing, probably a picture. Ask the vendor; do not guess."
                    .to_owned(),
            ));
        }
    }
}

/// Whether a line is all that is left of a picture.
fn pictured(line: &Line) -> bool {
    let text = line.text.to_lowercase();
    let raw = line.raw.trim_start().to_lowercase();
    let ends = [".jpg", ".png", ".gif", ".jpeg", ".webp"];
    matches!(text.as_str(), "×" | "x" | "image" | "[image]" | "picture" | "bild" | "abbildung" | "screenshot")
        || raw.starts_with("![")
        || raw.contains("<img")
        || ends.iter().any(|end| raw.contains(end))
}

fn listed(line: &Line, next: &Line, reading: &Reading) -> bool {
    let numbered =
        next.text.split_once([')', '.']).is_some_and(|(mark, _)| mark.len() < 4 && !mark.is_empty());
    next.text.starts_with(['-', '•', '*', '·', '–', '|', '$', '`', '#'])
        || next.text.starts_with(|c: char| c.is_ascii_digit())
        || numbered
        || next.raw.trim_start().starts_with(['-', '*', '+', '|', '`'])
        || ["<li", "<td", "<tr", "<code", "<pre", ".. code"]
            .iter()
            .any(|tag| next.raw.to_lowercase().contains(tag))
        || COMMANDS.iter().any(|command| next.text.to_lowercase().starts_with(command))
        || next.text.starts_with("http")
        || next.text.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() < 4)
        || reading.permissions.iter().any(|p| p.line >= line.number && p.line <= next.number + 2)
}

/// What a document of this kind should say and does not.
fn missing(words: &Words, lines: &[Line], reading: &Reading, notes: &mut Vec<Note>) {
    if !reading.registers && !reading.consents {
        return;
    }
    let lower = lines.iter().map(|line| line.text.to_lowercase()).collect::<Vec<_>>();
    let says = |texts: &[String]| lower.iter().any(|line| any(line, texts));
    let mut add = |id: &str, today: &str| notes.push(own(0, "missing", id, today.to_owned()));
    if reading.permissions.is_empty() {
        add(
            "permissions",
            "No permission of the catalogue is named. Ask the vendor for the list with type and reason.",
        );
    }
    if !reading.registers {
        return;
    }
    let pressed = lower.iter().any(|line| {
        words.register_button.iter().any(|button| {
            ["click ", "press ", "then ", "select ", "choose ", "“", "\"", "**", "auf ", "> "].iter().any(
                |verb| {
                    line.match_indices(&format!("{verb}{button}")).any(|(at, found)| {
                        let next = line.get(at + found.len()..).and_then(|rest| rest.chars().next());
                        next.is_none_or(|c| !c.is_alphanumeric())
                            && !line
                                .get(at + found.len()..)
                                .is_some_and(|rest| rest.starts_with(" an app") || rest.starts_with(" a new"))
                    })
                },
            )
        })
    });
    if !pressed {
        add("register-button", "The button Register is never named; the guide adds it.");
    }
    if !says(&words.consent) && !reading.permissions.is_empty() {
        add("consent", "Admin consent is not mentioned; without it tokens carry no permission.");
    }
    if reading.secret && !says(&words.expires) {
        add("expiry", "How long the secret lives is not said; 180 days is what Microsoft recommends.");
    }
}
