//! Tables: their columns have names, which tell what stands in their cells.

use super::running::running;
use super::{Found, named};
use crate::check::Kind;
use crate::labels::{is_login, kind_named};
use crate::text::guid;

/// What a column of a table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// One kind of value, by its header.
    Of(Kind),
    /// Who signs in with the password beside it: a person, or an app by its client ID.
    Login,
    /// Anything, an address or notes for example.
    Other,
}

impl Column {
    fn named(header: &str) -> Self {
        match kind_named(header) {
            Some(kind) => Self::Of(kind),
            None if is_login(header) => Self::Login,
            None => Self::Other,
        }
    }

    /// The values in a cell; those in addresses and notes of a password manager's table have labels of their own.
    fn read(self, cell: &str, with_logins: bool) -> Vec<Found> {
        match self {
            Self::Of(kind) => vec![named(kind, cell)],
            Self::Login if guid(cell).is_some() => vec![named(Kind::ClientId, cell)],
            Self::Other if with_logins => running(cell),
            Self::Login | Self::Other => Vec::new(),
        }
    }
}

/// A table: its first line names the columns.
pub(super) fn table(text: &str) -> Vec<Found> {
    if cfg!(feature = "services")
        && let Some(found) = printed(text)
    {
        return found;
    }
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let Some(header) = lines.next() else { return Vec::new() };
    let separators = [',', ';', '\t', '|'];
    let Some(separator) = separators.into_iter().max_by_key(|c| header.matches(*c).count()) else {
        return Vec::new();
    };
    let columns: Vec<Column> = cells(header, separator).iter().map(|header| Column::named(header)).collect();
    let known = columns.iter().filter(|column| **column != Column::Other).count();
    // One name alone may stand in any sentence; not above lines that all have as many cells.
    let is_even = || {
        let mut others = lines.clone().map(|line| cells(line, separator).len());
        columns.len() > 2 && others.next() == Some(columns.len()) && others.all(|n| n == columns.len())
    };
    let is_id = || columns.iter().any(|column| matches!(column, Column::Of(kind) if kind.is_id()));
    let is_export = cfg!(feature = "services") && known == 1 && separator != '|' && is_id() && is_even();
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

/// A table as PowerShell and `az -o table` print it: a line of dashes under the names tells where each column begins.
/// None when there is none whose names are known. What stands around it is read as well.
fn printed(text: &str) -> Option<Vec<Found>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &&str| {
        line.split_whitespace().count() > 1
            && line.split_whitespace().all(|word| word.len() > 1 && word.bytes().all(|b| b == b'-'))
    };
    let rule = lines.iter().position(is_rule)?;
    let head = rule.checked_sub(1)?;
    let starts: Vec<usize> = starts(lines.get(rule)?);
    let columns: Vec<Column> =
        cut(lines.get(head)?, &starts).iter().map(|name| Column::named(name)).collect();
    if columns.iter().all(|column| *column == Column::Other) {
        return None;
    }
    let body = lines.get(rule + 1..).unwrap_or_default();
    let rows = body.iter().position(|line| line.trim().is_empty()).unwrap_or(body.len());
    let mut found = running(&lines.get(..head).unwrap_or_default().join("\n"));
    for line in body.get(..rows).unwrap_or_default() {
        let row = columns.iter().zip(cut(line, &starts)).filter(|(_, cell)| !cell.is_empty());
        found.extend(row.flat_map(|(column, cell)| column.read(&cell, true)));
    }
    found.extend(running(&body.get(rows..).unwrap_or_default().join("\n")));
    Some(found)
}

/// The places at which the words of a line begin.
fn starts(line: &str) -> Vec<usize> {
    let mut before = ' ';
    let begins = line.chars().enumerate().filter(move |(_, c)| {
        let begins = before == ' ' && *c != ' ';
        before = *c;
        begins
    });
    begins.map(|(at, _)| at).collect()
}

/// The cells that begin at these places. The first one has what stands before it, too.
fn cut(line: &str, starts: &[usize]) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new(); starts.len()];
    for (at, c) in line.chars().enumerate() {
        let column = starts.partition_point(|start| *start <= at).saturating_sub(1);
        out.get_mut(column).into_iter().for_each(|cell| cell.push(c));
    }
    out.iter().map(|cell| cell.trim().to_owned()).collect()
}
