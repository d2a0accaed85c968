//! What is shown to people in a page of our own: the approval sheet, values, the report, the hand-over view.
//!
//! A view is a tree of [`Node`]s, built without a browser and tested as text. [`patch`] puts it into a document,
//! changing only what changed, so that focus, half-typed text and announcements survive. No HTML is ever parsed.

mod link;
mod node;
#[cfg(target_arch = "wasm32")]
pub mod patch;
mod report;
mod sheet;
mod values;

pub use link::{fingerprint, how_far, kept, keys_known, own_label, picture};
pub use node::{Node, button, el, markup, text};
pub use report::report;
pub use sheet::sheet;
pub use values::{hand_over, value_row};
