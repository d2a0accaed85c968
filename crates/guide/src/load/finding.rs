//! One thing wrong with a file: where it is, what it is, what to do.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The file works, but should be better.
    Warning,
    /// The file cannot be used.
    Error,
}

/// One thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path below the root the library was loaded from.
    pub file: String,
    /// Line, counted from 1; 0 when it is about the whole file.
    pub line: u32,
    /// How bad it is.
    pub level: Level,
    /// Stable code, e.g. `unknown-permission`.
    pub code: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub next: String,
}

impl Finding {
    /// Whether the file cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Warning => "warning",
            Level::Error => "error",
        };
        write!(f, "{}:{}: {level} [{}] {}\n  {}", self.file, self.line, self.code, self.what, self.next)
    }
}
