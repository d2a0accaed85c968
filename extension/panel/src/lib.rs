//! The side panel: shows what the background sends, sends what the admin presses.
//!
//! [`screen`] builds the page as a tree, without a browser; `page` puts it into the document and listens, `linked` follows
//! a vendor's link, `focus` keeps the keyboard's place. No run is kept here, and no secret longer than it is shown.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "driven by the browser only"))]

mod labels;
mod link;
mod own;
mod records;
mod screen;
mod state;
mod steps;
mod vendors;
mod ways;

#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod focus;
#[cfg(target_arch = "wasm32")]
mod linked;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod take;
