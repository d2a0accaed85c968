//! A vendor's link from its making to the renewal, in a real browser on the page that the Worker serves; the vendor's side
//! is the `handrail` command, Debian's `age` and a JOSE library of another language.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "helpers of tests")]

mod afterwards;
mod command;
mod desk;
mod firefox;
mod hostile;
mod keys;
mod own;
mod page;
mod panel;
mod renewal;
mod told;
mod versions;

use handrail_journeys::practice;
