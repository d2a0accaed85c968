//! The commands, one file each.

pub(crate) mod build;
pub(crate) mod conformance;
pub(crate) mod tools;
