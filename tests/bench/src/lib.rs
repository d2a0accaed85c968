//! What is measured outside a browser.

pub mod canned;
