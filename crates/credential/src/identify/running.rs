//! Running text: a mail, a file of settings, a copied row of the portal. What has a form of its own is found wherever it
//! stands, and a secret of any form by the label before it.

use super::labelled::{NEAR, labelled_secrets, tail};
use super::{Found, more, named, thumbprint, thumbprint_of, unnamed};
use crate::check::{Kind, check};
use crate::labels::kind_before;
use crate::shape::{Shape, classify};
use crate::text::{domain, guid, has_mark};

/// Bytes that a copied row of the portal may have between the secret and its ID: what its buttons say.
const MARKS_BETWEEN: usize = 24;

/// Bytes that are kept of what stands between two values.
const MAX_CONTEXT: usize = 4 * NEAR;

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
pub(super) fn running(text: &str) -> Vec<Found> {
    let unmarked = more::turned(unmarked(text));
    let text = unmarked.as_str();
    let mut found = Vec::new();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| {
            let pairs = paired(line);
            found.extend(pairs.map(thumbprint_of));
            pairs.is_none()
        })
        .collect();
    let mut pieces = pieces(&kept.join("\n"));
    more::joined(&mut pieces);
    let mut context = String::new();
    let mut after_secret = false;
    // A row of the portal that was copied cell by cell.
    let in_cells = has_date(text);
    let in_row = in_cells || more::is_row(text);
    for (at, (piece, line_end)) in pieces.iter().enumerate() {
        match of_piece(piece, more::in_sentence(&context), after_secret && in_row) {
            Some(one) => {
                after_secret = one.kind == Kind::ClientSecret.name();
                more::carry(&mut context, &one, &pieces, at);
                found.push(one);
            }
            None => {
                // A word of three letters is no hint of a secret here: it may be a claim's name, as in `tid: …`.
                after_secret |= more::is_longer(piece) && classify(piece) == Shape::Masked;
                more::begins(&mut context, &pieces, at);
                context.push(' ');
                context.push_str(piece);
                if context.len() > MAX_CONTEXT {
                    context = tail(&context).to_owned();
                }
            }
        }
        after_secret &= !line_end || (in_cells && context.len() <= MARKS_BETWEEN);
    }
    let is_known = found.iter().any(|f: &Found| f.kind == Kind::ClientSecret.name());
    if more::READS_ON || !is_known {
        for one in labelled_secrets(text, is_known) {
            // A GUID under such a label was found already.
            // EXPOSE: compared, not passed on.
            if !found.iter().any(|f| f.value.expose().eq_ignore_ascii_case(one.value.expose())) {
                found.push(one);
            }
        }
    }
    more::named_by_fields(text, &mut found);
    found
}

/// A thumbprint behind its label, in pairs as `openssl` and the certificate's window write them.
fn paired(line: &str) -> Option<&str> {
    let whole = line.trim();
    if whole.contains([':', ' ']) && thumbprint(whole).is_some() {
        return Some(whole);
    }
    let (_, rest) = line.split_once(['=', ':'])?;
    (rest.trim().contains([':', ' ']) && thumbprint(rest).is_some()).then(|| rest.trim())
}

/// What may stand around an ID: signs of a format, and characters without width that came along.
const AROUND: &[char] = &[
    '{', '}', '(', ')', '.', '-', '*', '_', '\\', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}',
];

/// A piece that has a form of its own.
fn of_piece(piece: &str, context: &str, after_secret: bool) -> Option<Found> {
    // EXPOSE: looked at, not passed on.
    if has_mark(check(Kind::ClientSecret, piece).value.expose()) {
        return Some(named(Kind::ClientSecret, piece));
    }
    if let Some(one) = more::kept_otherwise(piece, context) {
        return Some(one);
    }
    let is_id = piece.len() >= 36 && guid(piece.trim_matches(AROUND)).is_some();
    if is_id {
        let piece = more::id(piece, AROUND);
        return Some(match kind_before(context) {
            Some(kind) if kind.is_id() => named(kind, piece),
            // In a row of the portal the Secret ID stands behind the value.
            _ if after_secret => named(Kind::SecretId, piece),
            Some(Kind::ClientSecret) => named(Kind::ClientSecret, piece),
            _ => unnamed(piece),
        });
    }
    let bare = piece.trim_matches(['.', ',', ')', '(']);
    let shape = classify(bare);
    // What stands before a word without a form of its own says nothing about it.
    let kind = match shape {
        Shape::Other if thumbprint(bare).is_none() => None,
        _ if bare.to_ascii_lowercase().ends_with(".onmicrosoft.com") => Some(Kind::TenantDomain),
        _ => kind_before(context),
    };
    if kind == Some(Kind::TenantDomain) && domain(bare).is_some() {
        return Some(named(Kind::TenantDomain, bare));
    }
    match (kind, shape) {
        (Some(Kind::TenantId), Shape::Domain) => Some(named(Kind::TenantDomain, bare)),
        (None, _) if more::is_key_named(context) && thumbprint(bare).is_some() => None,
        (Some(Kind::Thumbprint) | None, _) if thumbprint(bare).is_some() => Some(thumbprint_of(bare)),
        (_, Shape::OtherService | Shape::DevOpsToken) => more::key_among(bare),
        (_, Shape::Token) => Some(unnamed(bare)),
        _ => None,
    }
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
