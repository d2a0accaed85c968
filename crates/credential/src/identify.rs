//! What is this text? A single value, a mail, a list, JSON, an `.env` file, a table, a row of the portal: each thing in
//! it is found, named and checked. Works offline and proves nothing: only Microsoft can say that a secret is right.

use crate::catalogue::{Finding, Severity, finding};
use crate::check::{Checked, Kind, check};
use crate::labels::{kind_before, kind_named, squeeze};
use crate::secret::Secret;
use crate::shape::{Shape, classify};
use crate::text::{domain, from_base64, guid, has_mark};

/// Bytes of a text that are looked at: a mail with its history is shorter.
const MAX_TEXT: usize = 256 * 1024;

/// Things that are found in one text at most; a list of more customers is a batch.
const MAX_FOUND: usize = 500;

/// Bytes that a copied row of the portal may have between the secret and its ID: what its buttons say.
const MARKS_BETWEEN: usize = 24;

/// Name of a thumbprint.
const THUMBPRINT: &str = "certificate-thumbprint";

/// What the form of a value says. Never that it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The form is right, and so is its checksum where there is one.
    Right,
    /// Possible, unusual, or almost certainly damaged; may be used all the same.
    Unsure,
    /// Cannot be one of the values: a placeholder, a hidden value, a thing of another kind.
    Wrong,
}

/// One thing in a text.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is: the name of a [`Kind`], `id` for a GUID that nothing names, or another thing's name.
    pub kind: &'static str,
    /// What its form says.
    pub look: Look,
    /// Whether it may be a secret, so that it must not be shown.
    pub is_secret: bool,
    /// The cleaned value.
    pub value: Secret,
    /// What was cleaned.
    pub repairs: Vec<Finding>,
    /// What else is to be said.
    pub findings: Vec<Finding>,
    /// Values that may be meant, the likeliest first; to be offered, never sent unasked.
    pub suggestions: Vec<Secret>,
}

/// Finds every value in a text.
#[must_use]
pub fn identify(text: &str) -> Vec<Found> {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let mut found = table(text);
    if found.is_empty() {
        found = running(&unmarked(text));
    }
    if found.len() <= 1 {
        let one = whole(text, found.first());
        return one.into_iter().collect();
    }
    found.truncate(MAX_FOUND);
    found
}

/// The text as one value: how most of them come.
fn whole(text: &str, only: Option<&Found>) -> Option<Found> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    match only {
        // What stands around it is cleaned away and said.
        Some(one) if one.kind == Kind::ClientSecret.name() => {
            let whole = named(Kind::ClientSecret, text);
            let better = has_mark(one.value.expose()) || whole.look == Look::Right; // EXPOSE: looked at, not passed on.
            Some(if better && has_mark(whole.value.expose()) { whole } else { one.clone() })
        }
        Some(one) if unquoted(trimmed).is_some() => Some(unwrapped(one.clone())),
        Some(one) => Some(one.clone()),
        None => Some(match unquoted(trimmed) {
            Some(inner) => unwrapped(unnamed(inner)),
            None => unnamed(text),
        }),
    }
}

/// A labelled value, its quotes taken off.
fn value_of(kind: Kind, text: &str) -> Found {
    match unquoted(text.trim()) {
        Some(inner) => unwrapped(named(kind, inner)),
        None => named(kind, text.trim()),
    }
}

/// Says that something around the value was taken off.
fn unwrapped(mut found: Found) -> Found {
    if !found.repairs.iter().any(|f| f.code == "cleaned-wrapping") {
        found.repairs.push(finding("cleaned-wrapping", ""));
    }
    found
}

/// The inside of quotes, of a code mark, or before a comma: never part of what Entra makes up.
fn unquoted(text: &str) -> Option<&str> {
    const PAIRS: &[(&str, &str)] = &[
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("“", "”"),
        ("”", "”"),
        ("„", "“"),
        ("„", "”"),
        ("‘", "’"),
        ("‚", "‘"),
        ("«", "»"),
        ("»", "«"),
        ("‹", "›"),
        ("**", "**"),
        ("「", "」"),
        ("<", ">"),
        ("{", "}"),
    ];
    let mut inner = text;
    for _ in 0..4 {
        let ended = inner.trim().trim_end_matches([',', ';']).trim_end();
        let pair = PAIRS.iter().find_map(|(open, close)| ended.strip_prefix(open)?.strip_suffix(close));
        match pair.filter(|p| !p.trim().is_empty()) {
            Some(p) => inner = p.trim(),
            None if ended.len() != inner.len() && !ended.is_empty() => inner = ended,
            None => break,
        }
    }
    (inner.len() != text.len() && !is_template(text)).then_some(inner)
}

/// `<your-secret>` and `{{secret}}` are placeholders as they are.
fn is_template(text: &str) -> bool {
    classify(text) == Shape::Placeholder
        && classify(text.trim_matches(['"', '\'', '`', '“', '”', ',', ';'])) == Shape::Placeholder
}

/// A value whose kind its label tells.
fn named(kind: Kind, text: &str) -> Found {
    // A GUID where a secret is asked for is the Secret ID, most likely.
    let checked = check(kind, text);
    // EXPOSE: classified, not passed on.
    let shape = classify(checked.value.expose());
    match (kind, shape) {
        (Kind::ClientSecret, Shape::Guid) => found("secret-id", Look::Unsure, checked),
        (Kind::ClientSecret, shape) => secret_like(checked, shape),
        (_, Shape::Secret | Shape::SecretDamaged | Shape::SecretCut | Shape::SecretOlder) => {
            secret_like(check(Kind::ClientSecret, text), shape)
        }
        (Kind::TenantId, Shape::Domain) => {
            found(Kind::TenantDomain.name(), Look::Right, check(Kind::TenantDomain, text))
        }
        (Kind::Thumbprint, _) if thumbprint(text).is_some() => thumbprint_of(text),
        (kind, _) => {
            let look = match checked.findings.first().map(|f| f.severity) {
                None | Some(Severity::Note) => Look::Right,
                Some(Severity::Doubt | Severity::Warning) => Look::Unsure,
                Some(Severity::Stop) => Look::Wrong,
            };
            found(kind.name(), look, checked)
        }
    }
}

/// A value without any label: its shape has to tell.
fn unnamed(text: &str) -> Found {
    let checked = check(Kind::ClientSecret, text);
    // EXPOSE: classified, not passed on.
    match classify(checked.value.expose()) {
        Shape::Guid => {
            let mut id = found("id", Look::Unsure, check(Kind::ClientId, text));
            id.findings.push(finding("id-unnamed", ""));
            id
        }
        _ if thumbprint(text).is_some() => thumbprint_of(text),
        Shape::Domain => found(Kind::TenantDomain.name(), Look::Right, check(Kind::TenantDomain, text)),
        Shape::Email => found(Kind::UserName.name(), Look::Right, check(Kind::UserName, text)),
        Shape::Other if is_cut_id(text.trim()) => found("id", Look::Wrong, check(Kind::ClientId, text)),
        shape => secret_like(checked, shape),
    }
}

/// The digits of a thumbprint (SHA-1 or SHA-256), written together or in pairs.
fn thumbprint(text: &str) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| !matches!(c, ':' | ' ' | '-' | '\u{200e}')).collect();
    (matches!(digits.len(), 40 | 64) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| digits.to_ascii_uppercase())
}

/// A thumbprint behind its label, in pairs as `openssl` and the certificate's window write them.
fn paired(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(['=', ':'])?;
    (rest.trim().contains([':', ' ']) && thumbprint(rest).is_some()).then(|| rest.trim())
}

fn thumbprint_of(text: &str) -> Found {
    let digits = thumbprint(text).unwrap_or_default();
    let changed = !digits.eq_ignore_ascii_case(text.trim());
    let mut found = found(THUMBPRINT, Look::Right, check(Kind::Text, &digits));
    found.repairs.extend(changed.then(|| finding("cleaned-pairs", "")));
    found
}

/// A GUID that lost or gained characters.
fn is_cut_id(text: &str) -> bool {
    (30..=42).contains(&text.len())
        && text.matches('-').count() >= 3
        && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// What was checked as a secret.
fn secret_like(checked: Checked, shape: Shape) -> Found {
    // EXPOSE: measured, not passed on.
    let random = is_random(checked.value.expose());
    let (kind, look) = match shape {
        Shape::Secret => (Kind::ClientSecret.name(), Look::Right),
        Shape::Empty => ("nothing", Look::Wrong),
        // One sign after another behind the mark: nobody's secret, but of its form.
        // EXPOSE: looked at, not passed on.
        Shape::Placeholder if has_mark(checked.value.expose()) => ("placeholder", Look::Unsure),
        Shape::Placeholder => ("placeholder", Look::Wrong),
        Shape::Masked => ("hidden-secret", Look::Wrong),
        Shape::Token => ("token", Look::Wrong),
        Shape::Pem => ("private-key-or-certificate", Look::Wrong),
        Shape::Url => (Kind::Url.name(), Look::Wrong),
        Shape::Email => (Kind::UserName.name(), Look::Wrong),
        Shape::Domain => (Kind::TenantDomain.name(), Look::Unsure),
        Shape::StorageKey => ("storage-key", Look::Unsure),
        Shape::DevOpsToken => ("devops-token", Look::Unsure),
        Shape::OtherService => ("other-service-key", Look::Unsure),
        Shape::Thumbprint => (THUMBPRINT, Look::Unsure),
        Shape::Guid => ("secret-id", Look::Unsure),
        Shape::Other if !random => ("text", Look::Unsure),
        _ => (Kind::ClientSecret.name(), Look::Unsure),
    };
    found(kind, look, checked)
}

/// Whether a text could be something that a machine made up: long enough, no blanks, letters and others mixed.
fn is_random(text: &str) -> bool {
    let letters =
        text.bytes().any(|b| b.is_ascii_lowercase()) && text.bytes().any(|b| b.is_ascii_uppercase());
    let others = text.bytes().any(|b| !b.is_ascii_alphabetic());
    // Microsoft: a secret has 16 to 64 characters; New-MsIdClientSecret makes base64 of 64 bytes.
    (16..=88).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) && (letters || others)
}

fn found(kind: &'static str, look: Look, checked: Checked) -> Found {
    // EXPOSE: measured and searched; what comes out are secrets again.
    let text = checked.value.expose();
    let mut suggestions = checked.suggestions;
    let inner =
        from_base64(text).and_then(|b| String::from_utf8(b).ok()).filter(|t| guid(t.trim()).is_some());
    suggestions.extend(inner.map(|t| Secret::new(t.trim())));
    let (repairs, findings): (Vec<Finding>, Vec<Finding>) =
        checked.findings.into_iter().partition(|f| f.severity == Severity::Note);
    let public = [
        "id",
        "tenant-id",
        "client-id",
        "object-id",
        "tenant-domain",
        "user-name",
        THUMBPRINT,
        "url",
        "expiry-date",
    ];
    Found {
        kind,
        look,
        is_secret: !public.contains(&kind),
        value: checked.value,
        repairs,
        findings,
        suggestions,
    }
}

/// A table: its first line names the columns.
fn table(text: &str) -> Vec<Found> {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let Some(header) = lines.next() else { return Vec::new() };
    let separators = [',', ';', '\t', '|'];
    let Some(separator) = separators.into_iter().max_by_key(|c| header.matches(*c).count()) else {
        return Vec::new();
    };
    let columns: Vec<Option<Kind>> = header.split(separator).map(kind_named).collect();
    if columns.iter().flatten().count() < 2 {
        return Vec::new();
    }
    let cells = |line: &str| -> Vec<String> {
        line.split(separator).map(|c| c.trim().trim_matches('"').to_owned()).collect()
    };
    lines
        .flat_map(|line| columns.iter().copied().zip(cells(line)).collect::<Vec<_>>())
        .filter(|(_, cell)| !cell.is_empty() && !cell.bytes().all(|b| matches!(b, b'-' | b' ' | b':')))
        .filter_map(|(kind, cell)| Some(named(kind?, &cell)))
        .collect()
}

/// Without the signs of the format it was saved in: what a mail's page writes for a tilde and a word processor
/// for the end of a line.
fn unmarked(text: &str) -> String {
    let mut out = text.replace("&#126;", "~");
    if out.starts_with("{\\rtf") {
        out = out.replace("\\par", "\n");
    }
    out
}

/// Whether a date stands in the text, as in a row of the portal's table of secrets.
fn has_date(text: &str) -> bool {
    // Month, day or year first, as the language of the portal has it.
    text.split_whitespace().any(|word| {
        ['/', '.', '-'].into_iter().any(|sign| {
            let parts: Vec<&str> = word.split(sign).collect();
            let numbers = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            numbers && matches!(lengths.as_slice(), [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2])
        })
    })
}

/// Running text: every piece that has a form of its own, and what follows a label for a secret.
fn running(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| {
            let pairs = paired(line);
            found.extend(pairs.map(thumbprint_of));
            pairs.is_none()
        })
        .collect();
    let pieces = pieces(&kept.join("\n"));
    let mut context = String::new();
    let mut after_secret = false;
    // A row of the portal that was copied cell by cell.
    let in_cells = has_date(text);
    for (piece, line_end) in &pieces {
        match of_piece(piece, &context, after_secret) {
            Some(one) => {
                after_secret = one.kind == Kind::ClientSecret.name();
                found.push(one);
                context.clear();
            }
            None => {
                // A word of three letters is no hint of a secret here: it may be a claim's name, as in `tid: …`.
                after_secret |= piece.len() > 3 && classify(piece) == Shape::Masked;
                context.push(' ');
                context.push_str(piece);
            }
        }
        after_secret &= !line_end || (in_cells && context.len() <= MARKS_BETWEEN);
    }
    if !found.iter().any(|f: &Found| f.kind == Kind::ClientSecret.name()) {
        // A GUID under such a label was found already.
        // EXPOSE: compared, not passed on.
        let known =
            |one: &Found| found.iter().any(|f| f.value.expose().eq_ignore_ascii_case(one.value.expose()));
        let more = labelled_secret(text).filter(|one| !known(one));
        found.extend(more);
    }
    found
}

/// What may stand around an ID: signs of a format, and characters without width that came along.
const AROUND: &[char] = &[
    '{', '}', '(', ')', '.', '-', '*', '_', '\\', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}',
];

/// A piece that has a form of its own.
fn of_piece(piece: &str, context: &str, after_secret: bool) -> Option<Found> {
    let kind = kind_before(context);
    // EXPOSE: looked at, not passed on.
    if has_mark(check(Kind::ClientSecret, piece).value.expose()) {
        return Some(named(Kind::ClientSecret, piece));
    }
    let is_id = piece.len() >= 36 && guid(piece.trim_matches(AROUND)).is_some();
    if is_id {
        return Some(match kind {
            Some(kind) if kind.is_id() => named(kind, piece),
            // In a row of the portal the Secret ID stands behind the value.
            _ if after_secret => named(Kind::SecretId, piece),
            Some(Kind::ClientSecret) => named(Kind::ClientSecret, piece),
            _ => unnamed(piece),
        });
    }
    let bare = piece.trim_matches(['.', ',', ')', '(']);
    let known_domain =
        bare.to_ascii_lowercase().ends_with(".onmicrosoft.com") || kind == Some(Kind::TenantDomain);
    if known_domain && domain(bare).is_some() {
        return Some(named(Kind::TenantDomain, bare));
    }
    let shape = classify(bare);
    match (kind, shape) {
        (Some(Kind::TenantId), Shape::Domain) => Some(named(Kind::TenantDomain, bare)),
        (None, _) if cfg!(feature = "services") && is_key_named(context) && thumbprint(bare).is_some() => {
            None
        }
        (Some(Kind::Thumbprint) | None, _) if thumbprint(bare).is_some() => Some(thumbprint_of(bare)),
        (_, Shape::OtherService | Shape::DevOpsToken) if cfg!(feature = "services") => Some(unnamed(bare)),
        (_, Shape::Token) => Some(unnamed(bare)),
        _ => None,
    }
}

/// Whether the words before a value call it a token or a key: then its digits are no thumbprint.
fn is_key_named(context: &str) -> bool {
    let name = squeeze(context);
    ["token", "key", "login", "secret", "password"].iter().any(|word| name.ends_with(word))
}

/// The text in pieces at blanks and at what stands around values; whether a line ends behind one.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let cut = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\''
                    | '`'
                    | '<'
                    | '>'
                    | ','
                    | ';'
                    | '|'
                    | '='
                    | ':'
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '„'
                    | '['
                    | ']'
                    | '/'
                    | '?'
                    | '#'
            )
    };
    let mut out = Vec::new();
    for line in text.lines() {
        // Between the fields of a form; elsewhere it may be part of `&tilde;`.
        let form = line.contains('=') && !line.contains("&tilde;") && !line.contains("&#");
        let cut = |c: char| cut(c) || (form && c == '&');
        let words: Vec<&str> = line.split(cut).filter(|w| !w.is_empty()).collect();
        let last = words.len().saturating_sub(1);
        out.extend(words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), at == last)));
    }
    out
}

/// What follows a label for a secret on its line, or stands on the line after it: it may have any form.
fn labelled_secret(text: &str) -> Option<Found> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    for (at, line) in lines.iter().enumerate() {
        if cfg!(feature = "services") && classify(line.trim()) == Shape::OtherService {
            return Some(unnamed(line));
        }
        let bare = line.trim().trim_matches([':', '=', '*', '#', ' ']);
        let is_label = bare
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '(' | ')' | '（' | '）'));
        if is_label && kind_named(bare) == Some(Kind::ClientSecret) {
            let next =
                lines.get(at + 1).map(|next| bare_value(next)).filter(|next| kind_named(next).is_none());
            if let Some(next) = next {
                return Some(value_of(Kind::ClientSecret, &next));
            }
        }
        for (place, sign) in line.char_indices().filter(|(_, c)| matches!(c, ':' | '=' | '\t' | ' ')) {
            let label = line.get(..place).unwrap_or_default();
            // A blank alone is between a command's `-ClientSecret` and its value.
            let option = label.rsplit(' ').next().is_some_and(|word| word.starts_with('-'));
            let made_secure = is_made_secure(label);
            if sign == ' ' && !option && !made_secure {
                continue;
            }
            let label = label.rsplit(['{', ',', ';', '&', '?', '<', ')']).next().unwrap_or_default();
            let label = label.trim().trim_matches(['"', '\'', '-', '*', '`']);
            let label = label.strip_prefix("export ").or_else(|| label.strip_prefix("set ")).unwrap_or(label);
            let is_secret = kind_named(label) == Some(Kind::ClientSecret)
                || label.split_whitespace().next_back().and_then(kind_named) == Some(Kind::ClientSecret)
                // A program's own name for it: `AZUREAD_AKS_APPID_SECRET`.
                || squeeze(tail(label)).ends_with("secret")
                || made_secure;
            let rest = line.get(place + sign.len_utf8()..).unwrap_or_default();
            let more_options = made_secure && rest.trim_start().starts_with('-');
            if is_secret && !more_options && !rest.contains(MAKES_SECURE) {
                let value = bare_value(rest);
                if !value.is_empty() {
                    return Some(value_of(Kind::ClientSecret, &value));
                }
            }
        }
    }
    None
}

/// PowerShell's command for a secret in a script.
const MAKES_SECURE: &str = "ConvertTo-SecureString";

/// Whether that command stands before the value, with or without the options that may be between.
fn is_made_secure(label: &str) -> bool {
    tail(label)
        .rsplit_once(MAKES_SECURE)
        .is_some_and(|(_, options)| options.split_whitespace().all(|word| word.starts_with('-')))
}

/// The end of a label: a line may be as long as the text.
fn tail(label: &str) -> &str {
    let mut from = label.len().saturating_sub(64);
    while !label.is_char_boundary(from) {
        from += 1;
    }
    label.get(from..).unwrap_or_default()
}

/// A value without the signs of the file it stands in.
fn bare_value(rest: &str) -> String {
    let rest = rest.trim().trim_start_matches(['=', '>', ' ']);
    for quote in ['"', '\''] {
        if let Some(inner) = rest.strip_prefix(quote)
            && let Some((value, _)) = inner.split_once(quote)
        {
            return value.to_owned();
        }
    }
    rest.trim_end_matches([',', ';']).to_owned()
}
