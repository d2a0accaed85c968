//! Finds the element a person means: by ARIA role and accessible name, label, text, attribute or place.
//!
//! Roles and names follow WAI-ARIA 1.2, HTML-AAM 1.0, SVG-AAM 1.0 and Accessible Name and Description
//! Computation 1.2, through open shadow roots. The [`Engine`] stays with its document. It never guesses: when
//! two visible elements fit, it says so.
//!
//! This crate draws nothing, changes nothing on the page and knows nothing of guides.

mod checked;
mod css_content;
mod dom;
mod find;
mod hidden;
mod labels;
mod name;
mod order;
mod page;
mod query;
mod read;
mod reader;
mod role;
mod role_table;
mod sheets;
#[cfg(feature = "states")]
mod states;
mod text;
mod words;

#[cfg(feature = "states")]
pub use query::States;
pub use query::{By, Checked, Engine, Found, How, Query};
