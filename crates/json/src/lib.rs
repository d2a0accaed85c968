//! JSON for what is loaded into browsers: the extension's messages, plans and stores, in a fraction of the code that
//! serde makes of the same types.
//!
//! serde makes a program for every type, and for every format that reads it. Here a type is a list of fields, each a
//! name and a place, and one program walks the list: [`Reader`] and [`Writer`] are that program. The derives read serde's own attributes, so
//! that a type which is given both has one form, and what this crate does not know of them is an error of the compiler.
//! Text is read once, from front to back, into the value's own fields; a text of another form is [`Malformed`], without
//! words, because what a parser has to say could quote a secret.

mod read;
mod types;
mod value;
mod write;

pub use handrail_json_derive::{FromJson, ToJson};

pub use read::{FromJson, Malformed, Reader, from_str};
pub use write::{ToJson, Writer, to_pretty, to_string};
