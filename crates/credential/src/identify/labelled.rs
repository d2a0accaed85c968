//! Secrets of any form: what has no mark of its own is known by the label before it.

use super::{Found, more, value_of};
use crate::check::Kind;
use crate::labels::{kind_named, squeeze};

/// Bytes of a line that are looked at before a value, and four times as many behind a label: names and values are shorter,
/// a line may be as long as the text.
pub(super) const NEAR: usize = 128;

/// Signs of one line behind which a value is looked for, at most.
const MAX_SIGNS: usize = 8192;

/// Most values behind labels that are looked at.
pub(super) const MAX_LABELLED: usize = 200;

/// What a label may be that a table, a form or a list of settings has for anything.
pub(super) const FOR_ANYTHING: [&str; 5] = ["value", "wert", "valeur", "valor", "値"];

/// A value behind a label.
pub(super) struct Labelled {
    /// Its label names a secret, and is not one that stands before anything.
    #[cfg_attr(
        not(feature = "texts"),
        expect(dead_code, reason = "`less` takes the first one, however it is named")
    )]
    pub(super) is_named: bool,
    pub(super) found: Found,
}

/// What follows labels for a secret on their line, or stands on the line after it: it may have any form. Where there are
/// several, or another secret is known, only those that a machine could have made up.
pub(super) fn labelled_secrets(text: &str, is_other_known: bool) -> Vec<Found> {
    more::kept(labelled(text), is_other_known).into_iter().map(|one| one.found).collect()
}

fn labelled(text: &str) -> Vec<Labelled> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(found) = more::key(line.trim()) {
            all.push(Labelled { is_named: false, found });
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
        all.extend(more::in_cells(line));
        all.extend(on_line(line));
        more::among_words(
            &mut all,
            line,
            at.checked_sub(1).and_then(|above| lines.get(above)).unwrap_or(&""),
        );
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
        let said = more::said(before);
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
            let value = if said.is_some() { more::said_value(&value) } else { &value };
            if !value.is_empty() {
                all.push(of_value(last, value));
            }
        }
        if all.len() >= MAX_LABELLED {
            break;
        }
    }
    all
}

/// A value behind its label, without what a form's encoding and a sentence put into it.
pub(super) fn of_value(label: &str, value: &str) -> Labelled {
    let is_named = !FOR_ANYTHING.contains(&squeeze(label).as_str());
    Labelled { is_named, found: more::plain(value).unwrap_or_else(|| value_of(Kind::ClientSecret, value)) }
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
    more::field(before, rest).trim_end_matches([',', ';']).to_owned()
}
