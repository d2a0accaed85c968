//! The commands, one file each.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod clean_tools;
pub(crate) mod conformance;
pub(crate) mod demo;
pub(crate) mod docs;
pub(crate) mod fuzz;
pub(crate) mod gallery;
pub(crate) mod package;
pub(crate) mod stores;
pub(crate) mod test;
pub(crate) mod tidy;
pub(crate) mod tools;
