//! From the files in `guides/`, `recipes/` and `portal/` to plans: reading, checking, compiling.
//!
//! Nothing here knows a vendor, a portal label or a selector; all of that is in the files.

mod advice;
mod compile;
mod condition;
mod coverage;
mod credential;
mod fill;
mod finding;
mod library;
mod lint;
pub mod model;
pub mod own;
mod pages;
mod parts;
mod permissions;
mod schema;
mod sheet;
mod source;
mod steps;
mod survey;
mod text;
mod tree;
mod variants;
mod words;

use std::collections::BTreeMap;

pub use advice::{Advice, advise};
pub use compile::{Options, compile, compile_with};
pub use coverage::{Fate, Row, coverage};
pub use finding::{Finding, Level};
pub use library::{Library, Loaded};
pub use lint::{lint_all, lint_guide};
pub use schema::schemas;
pub use survey::{Survey, survey};
pub(crate) use text::guids;
pub use text::nearest;
pub use variants::{CONSENTED, CREDENTIALS, LINKED, Variant, linked, variants};
pub use words::{JOINTS, Message, guide_messages, message_file, messages, template};

use crate::plan::Plan;

/// Compiles every guide of a library, by guide id.
///
/// # Errors
/// Everything that keeps a guide from being compiled, with file and line.
pub fn compile_library(library: &Library) -> Result<BTreeMap<String, Plan>, Vec<Finding>> {
    let mut plans = BTreeMap::new();
    let mut findings = Vec::new();
    for id in library.guides.keys() {
        match compile(library, id) {
            Ok(plan) => drop(plans.insert(id.clone(), plan)),
            Err(more) => findings.extend(more),
        }
    }
    if findings.is_empty() { Ok(plans) } else { Err(findings) }
}
