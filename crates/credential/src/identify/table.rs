//! Tables: their columns have names, which tell what stands in their cells.

use super::running::running;
use super::{Found, more, named};
use crate::check::Kind;
use crate::labels::{is_login, kind_named};
use crate::text::{guid, has_mark};

/// What a column of a table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// One kind of value, by its header.
    Of(Kind),
    /// Who signs in with the password beside it: a person, or an app by its client ID.
    Login,
    /// Anything, an address or notes for example.
    Other,
}

impl Column {
    pub(super) fn named(header: &str) -> Self {
        match kind_named(header) {
            Some(kind) => Self::Of(kind),
            None if is_login(header) => Self::Login,
            None => Self::Other,
        }
    }

    /// The values in a cell; those in addresses and notes of a password manager's table have labels of their own.
    pub(super) fn read(self, cell: &str, with_logins: bool) -> Vec<Found> {
        match self {
            Self::Of(kind) => vec![named(kind, cell)],
            Self::Login if guid(cell).is_some() => vec![named(Kind::ClientId, cell)],
            Self::Other if with_logins || (more::READS_ON && has_mark(cell)) => running(cell),
            Self::Login | Self::Other => Vec::new(),
        }
    }
}

/// A table: its first line names the columns.
pub(super) fn table(text: &str) -> Vec<Found> {
    if let Some(found) = more::printed(text) {
        return found;
    }
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let Some(header) = lines.next() else { return Vec::new() };
    let separators = [',', ';', '\t', '|'];
    let Some(separator) = separators.into_iter().max_by_key(|c| header.matches(*c).count()) else {
        return Vec::new();
    };
    let columns = more::columns(&cells(header, separator));
    let known = columns.iter().filter(|column| **column != Column::Other).count();
    // One name alone may stand in any sentence; not above lines that all have as many cells.
    let is_even = || {
        let mut others = lines.clone().map(|line| cells(line, separator).len());
        columns.len() > 2 && others.next() == Some(columns.len()) && others.all(|n| n == columns.len())
    };
    let is_id = || columns.iter().any(|column| matches!(column, Column::Of(kind) if kind.is_id()));
    let is_export = more::READS_ON && known == 1 && separator != '|' && is_id() && is_even();
    if known < 2 && !is_export {
        return Vec::new();
    }
    let with_logins = is_export || columns.contains(&Column::Login);
    let is_rule = |cell: &str| cell.bytes().all(|b| matches!(b, b'-' | b' ' | b':'));
    lines
        .flat_map(|line| columns.iter().copied().zip(cells(line, separator)).collect::<Vec<_>>())
        .filter(|(_, cell)| !is_rule(cell))
        .flat_map(|(column, cell)| column.read(&cell, with_logins))
        .collect()
}

/// The cells of a line, without their quotes. What separates them may stand within quotes.
fn cells(line: &str, separator: char) -> Vec<String> {
    let (mut quoted, mut last) = (false, separator);
    line.split(|c| {
        // Within a cell that has none at its beginning a quote is a character like others.
        quoted ^= c == '"' && (quoted || last == separator || last == '"');
        last = c;
        c == separator && !quoted
    })
    .map(|cell| cell.trim().trim_matches('"').to_owned())
    .collect()
}
