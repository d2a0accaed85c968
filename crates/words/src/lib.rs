//! Handrail's own words, by name: `say!("card-step", n = 3)`.
//!
//! The words stand in `locales/<language>/*.ftl` (Project Fluent). In the browser Mozilla's own library says them in the
//! chosen language (`js/words.js`); elsewhere, in tests and tools, they are said in English.

#[cfg(target_arch = "wasm32")]
#[path = "browser.rs"]
mod speaker;
#[cfg(not(target_arch = "wasm32"))]
#[path = "native.rs"]
mod speaker;

pub mod checks;
#[cfg(not(target_arch = "wasm32"))]
pub mod locale;
#[cfg(not(target_arch = "wasm32"))]
pub mod pseudo;
#[cfg(not(target_arch = "wasm32"))]
pub use speaker::Words;

/// What is put into a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg<'a> {
    /// A text, put in as it is. A time in UTC (`2026-01-01T00:00:00Z`) is one, for messages that ask for `MOMENT`.
    Text(&'a str),
    /// A number, written as the language writes numbers; it chooses the plural.
    Number(u32),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::from(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

/// The message of this name, `name` or `name.attribute`, with its arguments. A name that no language has comes back as
/// it is.
#[must_use]
#[inline(never)]
pub fn with(id: &str, args: &[(&str, Arg<'_>)]) -> String {
    speaker::say(id, args)
}

/// The message of this name, which takes no arguments.
#[must_use]
#[inline(never)]
pub fn text(id: &str) -> String {
    with(id, &[])
}

/// The message of this name: `say!("opening")`, `say!("steps-done", n = 3, total = 9)`.
///
/// A test looks for names after `say!(` and [`id!`], so that none is unknown and none is left over.
#[macro_export]
macro_rules! say {
    ($id:literal) => { $crate::text($id) };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::with($id, &[$((stringify!($name), $crate::Arg::from($value))),+])
    };
}

/// The name of a message that is said later.
#[macro_export]
macro_rules! id {
    ($id:literal) => {
        $id
    };
}
