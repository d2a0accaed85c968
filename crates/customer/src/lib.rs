//! The customer's side of a vendor's link: who asks, proved; what is checked; the sealed hand-over and its receipt.
//!
//! The page behind a link and the extension's panel both go this way, so that neither can seal to anybody whom the
//! other would refuse. It knows no browser, no clock and no randomness of its own: texts that were fetched, times and
//! random bytes are passed in.

mod asked;
mod look;

pub use asked::{Asked, Values, day};
pub use look::{Look, Proof, Trouble};
