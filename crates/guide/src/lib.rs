//! Guides, recipes and portal pages: the model, the loader, the linter, the compiler to a plan, and renderers.
//!
//! Without the feature `load` only the types of [`plan`] and [`health`] and the readers of [`pasted`] outputs remain, which is all the
//! extension and the Worker need.

#[cfg(feature = "load")]
pub mod draft;
pub mod health;
#[cfg(feature = "load")]
pub mod labels;
#[cfg(feature = "load")]
pub mod load;
pub mod pasted;
pub mod plan;
#[cfg(feature = "load")]
pub mod render;

/// What the ids of guides begin with that came with a vendor's link; no packaged guide is called so.
pub const OWN: &str = "own-";
