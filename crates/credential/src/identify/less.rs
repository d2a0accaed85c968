//! In place of `more`, where the program has to be small: nothing of it is looked for.
#![allow(clippy::unnecessary_wraps, reason = "the same names and types as in `more`")]

use super::Found;
use super::labelled::Labelled;
use super::table::Column;

pub(super) const READS_ON: bool = false;

pub(super) const fn is_in_brackets(_: &str) -> bool {
    false
}

/// The first one, where no other secret is known.
pub(super) fn kept(all: Vec<Labelled>, is_other_known: bool) -> Vec<Labelled> {
    all.into_iter().take(usize::from(!is_other_known)).collect()
}

pub(super) const fn key(_: &str) -> Option<Found> {
    None
}

pub(super) const fn key_among(_: &str) -> Option<Found> {
    None
}

pub(super) const fn said(_: &str) -> Option<&str> {
    None
}

pub(super) const fn said_value(text: &str) -> &str {
    text
}

pub(super) const fn in_cells(_: &str) -> Option<Labelled> {
    None
}

pub(super) const fn plain(_: &str) -> Option<Found> {
    None
}

pub(super) const fn field<'a>(_: &str, rest: &'a str) -> &'a str {
    rest
}

pub(super) const fn joined(_: &mut Vec<(String, bool)>) {}

pub(super) const fn kept_otherwise(_: &str, _: &str) -> Option<Found> {
    None
}

pub(super) const fn is_key_named(_: &str) -> bool {
    false
}

pub(super) const fn printed(_: &str) -> Option<Vec<Found>> {
    None
}

pub(super) const fn among_words(_: &mut Vec<Labelled>, _: &str, _: &str) {}

pub(super) const fn turned(text: String) -> String {
    text
}

pub(super) const fn is_no_secret(_: &str) -> bool {
    false
}

pub(super) const fn is_row(_: &str) -> bool {
    true
}

pub(super) const fn is_longer(piece: &str) -> bool {
    piece.len() > 3
}

/// As they are named.
pub(super) fn columns(names: &[String]) -> Vec<Column> {
    names.iter().map(|name| Column::named(name)).collect()
}

pub(super) const fn named_by_fields(_: &str, _: &mut [Found]) {}

/// Forgets the name of a value that was found.
pub(super) fn carry(context: &mut String, _: &Found, _: &[(String, bool)], _: usize) {
    context.clear();
}

pub(super) const fn begins(_: &mut String, _: &[(String, bool)], _: usize) {}

pub(super) const fn in_sentence(context: &str) -> &str {
    context
}

pub(super) const fn id<'a>(piece: &'a str, _: &[char]) -> &'a str {
    piece
}
