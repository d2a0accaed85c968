//! The page behind a link: who asks (proved in this browser), for what, and the way from pasted values to a sealed
//! hand-over.
//!
//! `model` decides and draws and knows no browser; `web` fetches, listens and puts the tree into the document. Plain
//! values live in the page's memory alone: they are not stored, and they leave it only in a check that was asked for. What
//! the browser keeps are vendors' domains with their public keys (`vendors`).

mod calendar;
mod guide;
mod model;
#[cfg(target_arch = "wasm32")]
mod vendors;
mod view;
#[cfg(target_arch = "wasm32")]
mod web;

pub use calendar::{Reminder, calendar};
pub use model::{Field, Guide, Guides, Model, Own, Phase, Step};
pub use view::view;
