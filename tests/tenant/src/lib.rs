//! The practice tenant: one server that answers for Microsoft's hosts by Host header, with state.
//!
//! What is done in the practice portal changes what the token endpoint answers: an app registered there is known, a
//! secret made there works until it ends, consent given there puts roles into tokens. It talks to nobody, keeps
//! everything in memory, and says 501 to every route it does not practise, so that a test cannot pass by accident.

mod aadsts;
mod apis;
mod assertion;
mod catalogue;
mod clock;
mod consent;
mod control;
mod discovery;
mod hosts;
mod http;
mod jwt;
mod portal;
mod proxy;
mod published;
mod scenario;
mod secret;
mod server;
mod state;
mod token;

pub use proxy::proxy_to;
pub use server::{Options, Running, start};
