//! Secrets of any form: what has no mark of its own is known by the label before it.

use super::{Found, is_issued, unnamed, value_of};
use crate::catalogue::finding;
use crate::check::Kind;
use crate::labels::{kind_named, squeeze};
use crate::shape::{Shape, classify};
use crate::text::{has_mark, is_mixed};

/// Bytes of a line that are looked at before a value, and four times as many behind a label: names and values are shorter,
/// a line may be as long as the text.
pub(super) const NEAR: usize = 128;

/// Signs of one line behind which a value is looked for, at most.
const MAX_SIGNS: usize = 8192;

/// Most values behind labels that are looked at.
const MAX_LABELLED: usize = 200;

/// What a label may be that a table, a form or a list of settings has for anything.
const FOR_ANYTHING: [&str; 5] = ["value", "wert", "valeur", "valor", "値"];

/// A value behind a label.
struct Labelled {
    /// Its label names a secret, and is not one that stands before anything.
    is_named: bool,
    found: Found,
}

/// What follows labels for a secret on their line, or stands on the line after it: it may have any form. Where there are
/// several, or another secret is known, only those that a machine could have made up.
pub(super) fn labelled_secrets(text: &str, is_other_known: bool) -> Vec<Found> {
    let all = labelled(text);
    let made = |one: &Labelled| {
        let value = one.found.value.expose(); // EXPOSE: looked at, not passed on.
        let mixed = is_mixed(value) && value.len() >= 16 && !value.contains(['(', '$', ' ']);
        let is_made = (mixed && one.is_named) || is_issued(value);
        let has_form = has_mark(value) || classify(value) == Shape::SecretInBase64;
        one.found.kind == Kind::ClientSecret.name() && !has_form && is_made
    };
    if cfg!(feature = "services") && (is_other_known || all.iter().any(made)) {
        return all.into_iter().filter(made).map(|one| one.found).collect();
    }
    all.into_iter().take(usize::from(!is_other_known)).map(|one| one.found).collect()
}

fn labelled(text: &str) -> Vec<Labelled> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if cfg!(feature = "services") && classify(line.trim()) == Shape::OtherService {
            all.push(Labelled { is_named: false, found: unnamed(line) });
            continue;
        }
        let bare = line.trim().trim_matches([':', '=', '*', '#', ' ']);
        let is_label = bare
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '(' | ')' | '（' | '）'));
        if is_label && kind_named(bare) == Some(Kind::ClientSecret) {
            let next = lines.get(at + 1).filter(|next| kind_named(next).is_none());
            all.extend(next.map(|next| of_value(bare, &bare_value("", next))));
        }
        if cfg!(feature = "services") {
            all.extend(in_cells(line));
        }
        all.extend(on_line(line));
        if all.len() >= MAX_LABELLED {
            break;
        }
    }
    all
}

/// What stands on one line behind its label.
fn on_line(line: &str) -> Vec<Labelled> {
    let mut all = Vec::new();
    let signs = line.char_indices().filter(|(_, c)| matches!(c, ':' | '=' | '\t' | ' '));
    for (place, sign) in signs.take(MAX_SIGNS) {
        let before = tail(line.get(..place).unwrap_or_default());
        // A blank alone is between a command's `-ClientSecret` and its value, or behind "the secret is".
        let option = before.rsplit(' ').next().is_some_and(|word| word.starts_with('-'));
        let made_secure = is_made_secure(before);
        let said = cfg!(feature = "services").then(|| said(before)).flatten();
        if sign == ' ' && !option && !made_secure && said.is_none() {
            continue;
        }
        let label = said.unwrap_or(before);
        let label = label.rsplit(['{', ',', ';', '&', '?', '<', ')']).next().unwrap_or_default();
        let label = label.trim().trim_matches(['"', '\'', '-', '*', '`']);
        let label = label.strip_prefix("export ").or_else(|| label.strip_prefix("set ")).unwrap_or(label);
        let last = label.split_whitespace().next_back().unwrap_or_default();
        let is_secret = kind_named(label) == Some(Kind::ClientSecret)
            || kind_named(last) == Some(Kind::ClientSecret)
            // A program's own name for it: `AZUREAD_AKS_APPID_SECRET`.
            || squeeze(label).ends_with("secret")
            || made_secure;
        let rest = head(line.get(place + sign.len_utf8()..).unwrap_or_default());
        let more_options = made_secure && rest.trim_start().starts_with('-');
        if is_secret && !more_options && !rest.contains(MAKES_SECURE) {
            let value = bare_value(before, rest);
            let value = if said.is_some() { first_word(&value) } else { &value };
            if !value.is_empty() && (said.is_none() || is_issued(sentence(value))) {
                all.push(of_value(last, value));
            }
        }
        if all.len() >= MAX_LABELLED {
            break;
        }
    }
    all
}

/// The label before "is", in a sentence that tells a secret.
fn said(before: &str) -> Option<&str> {
    [" is", " ist", " est", " es"].iter().find_map(|word| before.strip_suffix(word))
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Without the end of a sentence, where only that is of a length that is handed out.
fn sentence(text: &str) -> &str {
    match text.strip_suffix('.') {
        Some(inner) if is_issued(inner) && !is_issued(text) => inner,
        _ => text,
    }
}

/// In a row of a table: the value stands in some cell behind the one that names it.
fn in_cells(line: &str) -> Option<Labelled> {
    let sign = ['|', '\t'].into_iter().find(|sign| line.matches(*sign).count() >= 2)?;
    let mut cells = line.split(sign).map(|cell| cell.trim().trim_matches(['`', '*', '"']));
    let label = cells.find(|cell| kind_named(cell) == Some(Kind::ClientSecret))?;
    let value = cells.find(|cell| is_issued(cell))?;
    Some(of_value(label, value))
}

/// A value behind its label, without what a form's encoding and a sentence put into it.
fn of_value(label: &str, value: &str) -> Labelled {
    let is_named = !FOR_ANYTHING.contains(&squeeze(label).as_str());
    if cfg!(feature = "services") {
        let plain = sentence(value);
        if plain.len() != value.len() {
            let mut found = value_of(Kind::ClientSecret, plain);
            found.repairs.push(finding("cleaned-wrapping", ""));
            return Labelled { is_named, found };
        }
        if let Some(decoded) = unescaped(value).filter(|decoded| is_issued(decoded) && !is_issued(value)) {
            let mut found = value_of(Kind::ClientSecret, &decoded);
            found.repairs.push(finding("cleaned-escape", ""));
            return Labelled { is_named, found };
        }
    }
    Labelled { is_named, found: value_of(Kind::ClientSecret, value) }
}

/// Without a form's encoding (`%40`), if there is any.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let byte = u8::from_str_radix(part.get(..2)?, 16).ok().filter(u8::is_ascii_graphic)?;
        out.push(char::from(byte));
        out.push_str(part.get(2..)?);
    }
    (out.len() != text.len()).then_some(out)
}

/// PowerShell's command for a secret in a script.
const MAKES_SECURE: &str = "ConvertTo-SecureString";

/// Whether that command stands before the value, with or without the options that may be between.
fn is_made_secure(label: &str) -> bool {
    label
        .rsplit_once(MAKES_SECURE)
        .is_some_and(|(_, options)| options.split_whitespace().all(|word| word.starts_with('-')))
}

/// The end of what stands before a value.
pub(super) fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..).unwrap_or_default()
}

/// The beginning of what stands behind a label.
fn head(text: &str) -> &str {
    let mut to = text.len().min(4 * NEAR);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(..to).unwrap_or_default()
}

/// A value without the signs of the file it stands in. `before` is what stands before it on its line.
fn bare_value(before: &str, rest: &str) -> String {
    let rest = rest.trim().trim_start_matches(['=', '>', ' ']);
    let rest = rest.strip_prefix("** ").unwrap_or(rest).trim_start();
    for quote in ['"', '\''] {
        if let Some(inner) = rest.strip_prefix(quote)
            && let Some((value, _)) = inner.split_once(quote)
        {
            return value.to_owned();
        }
    }
    if cfg!(not(feature = "services")) {
        return rest.trim_end_matches([',', ';']).to_owned();
    }
    let mut rest = field(rest);
    for quote in ['"', '\''] {
        // It was opened before the label: `-d "client_secret=…"`.
        if before.matches(quote).count() % 2 == 1
            && let Some((value, _)) = rest.split_once(quote)
            && is_issued(sentence(value))
        {
            rest = value;
        }
    }
    rest.trim_end_matches([',', ';']).to_owned()
}

/// Letters that the name of a next field has at least: `scope`. An older secret may have any sign, `&Hff=` too.
const FIELD: usize = 5;

/// Up to the next field of a form or of a connection string.
fn field(rest: &str) -> &str {
    if classify(rest) == Shape::SecretLegacy {
        return rest;
    }
    let is_end = |(at, _): &(usize, &str)| {
        let next = rest.get(at + 1..).unwrap_or_default().trim_start();
        let behind = next.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ' '));
        next.len() - behind.len() >= FIELD && behind.starts_with('=')
    };
    rest.match_indices([';', '&', '\t'])
        .find(|end| end.1 == "\t" || is_end(end))
        .map_or(rest, |(at, _)| rest.get(..at).unwrap_or_default())
}
