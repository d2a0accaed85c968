//! `handrail-world`: everything a journey needs around the product: a real Chromium or Firefox, the
//! practice tenant, the Worker in its own runtime, and a person who follows the overlay.
//!
//! Nothing here knows how the product works inside. It looks at the screen, presses real keys and buttons, and
//! reads what a tester may read. Waiting is always for a condition with a deadline.

pub mod at_hand;
pub mod browser;
pub mod dist;
pub mod firefox;
pub mod panel;
pub mod parties;
pub mod person;
pub mod profile;
pub mod tenant;
pub mod wait;
pub mod workerd;
pub mod world;
