//! The service worker: holds the runs and makes every decision.
//!
//! [`app`] takes events and gives effects, without browser or clock; `chrome` is the only module that talks to the
//! browser. Frames report, panels command, and nobody else is listened to.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "driven by the browser bindings only"))]

mod app;
mod cards;
mod check;
mod commands;
mod conditions;
mod directory;
mod drawn;
mod early;
mod effect;
mod frames;
mod gather;
mod handed;
mod health;
mod index;
mod library;
mod linked;
#[cfg(not(target_arch = "wasm32"))]
pub mod outside;
mod policy;
mod portals;
mod reach;
mod record;
mod run;
mod senders;
mod time;
mod values;
mod view;
mod vouch;
mod walk;
mod ways;
mod words;

#[cfg(target_arch = "wasm32")]
mod chrome;

#[cfg(test)]
mod tests;
