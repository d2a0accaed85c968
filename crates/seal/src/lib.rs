//! Sealing to a vendor's keys and opening again, in the age format (version 1, X25519 recipients), so that any
//! `age` tool opens what was sealed here and the other way round.
//!
//! Only what a hand-over needs: short contents in memory, one or several recipients, no passphrase, no armour. The
//! primitives are RustCrypto's and dalek's; here is the framing alone, as <https://age-encryption.org/v1> writes it.
//! It has no randomness of its own: whoever seals brings it, which keeps this crate free of any platform.

mod file;
mod keys;
mod stream;

pub use file::{Error, MAX_SEALED, open, recipients_of, seal};
pub use keys::{Identity, KeyError, Recipient};
