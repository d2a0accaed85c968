//! A file's text, and the line on which a key of it stands.

use toml::de::{DeTable, DeValue};

use super::finding::{Finding, Level};

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path below the library's root.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// An error in this file at the key path (see [`Source::line`]).
    pub(crate) fn error(
        &self,
        path: &[&str],
        code: &'static str,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Finding {
        Finding {
            file: self.file.clone(),
            line: self.line(path),
            level: Level::Error,
            code,
            what: what.into(),
            next: next.into(),
        }
    }

    /// A warning in this file at the key path.
    pub(crate) fn warning(
        &self,
        path: &[&str],
        code: &'static str,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Finding {
        Finding { level: Level::Warning, ..self.error(path, code, what, next) }
    }

    /// The line of the key at this path; array items are named by number. The deepest part that exists counts.
    pub(crate) fn line(&self, path: &[&str]) -> u32 {
        let Ok(table) = DeTable::parse(&self.text) else { return 0 };
        let mut at = 0;
        let mut value = DeValue::Table(table.into_inner());
        for key in path {
            let next = match value {
                DeValue::Table(table) => table
                    .into_iter()
                    .find(|(name, _)| name.get_ref().as_ref() == *key)
                    .map(|(name, value)| (name.span().start, value.into_inner())),
                DeValue::Array(array) => key
                    .parse::<usize>()
                    .ok()
                    .and_then(|n| array.into_iter().nth(n))
                    .map(|item| (item.span().start, item.into_inner())),
                _ => None,
            };
            let Some((start, inner)) = next else { break };
            at = start;
            value = inner;
        }
        self.line_at(at)
    }

    /// The line of a byte offset.
    pub(crate) fn line_at(&self, offset: usize) -> u32 {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
    }
}
