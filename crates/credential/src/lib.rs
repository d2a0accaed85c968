//! What was pasted or copied: clean it, say what it is, check it, spot swaps.
//!
//! Everything here works offline on text alone and knows no network, browser or clock. It never refuses a client
//! secret on looks: the strongest finding about one is a warning that the person may overrule. Nothing is altered
//! silently: each cleaning is a [`Finding`] of its own.
//!
//! The words shown to people come from one table, `catalogue`.

mod catalogue;
mod check;
mod clean;
mod cross;
mod guess;
mod identify;
mod labels;
mod marvin;
mod secret;
#[cfg(feature = "services")]
mod services;
mod shape;
#[cfg(feature = "test-secrets")]
mod test_secrets;
mod text;
mod utc;

pub use catalogue::{CATALOGUE, Entry, Finding, Severity, capital, message, messages};
pub use check::{Checked, Kind, check};
pub use cross::{Crossed, cross_check};
pub use guess::{Slip, nearest, slip};
pub use identify::{Found, Look, identify};
pub use marvin::has_right_checksum;
pub use secret::Secret;
pub use shape::{Shape, classify};
#[cfg(feature = "test-secrets")]
pub use test_secrets::{damaged_secret, test_secret};
pub use text::{domain, guid};
pub use utc::{moment, utc};
