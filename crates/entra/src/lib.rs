//! Proves an integration against Microsoft: directory, app, secret, permissions, consent.
//!
//! Sans-IO: [`Verifier`] yields [`Request`]s and takes [`Answer`]s, so the Worker, the command line and the tests
//! drive the same code. It knows no HTTP client and no clock; the time is a parameter. The only hosts it can name
//! are those of the closed cloud table.
//!
//! Verdicts are not errors: *passed*, *failed*, *pending* (with when to ask again) or *could not tell*. What is not
//! recognised is *could not tell*. Microsoft's words never pass through: every text comes from the tables `reasons`
//! and `codes`.

mod answer;
mod api;
mod claims;
mod cloud;
mod codes;
mod diagnose;
mod formats;
mod judge;
mod log;
mod members;
mod pending;
mod probe;
mod reasons;
mod report;
mod request;
mod roles;
mod verifier;

pub use api::Api;
pub use cloud::{Cloud, hosts, is_consent_page};
pub use codes::{AADSTS, AF, Code, PROBES};
pub use diagnose::{Diagnosis, Entry, catalogue, diagnose};
pub use formats::kind;
pub use probe::Probe;
pub use reasons::{REASONS, Reason, Topic, messages};
pub use report::{Ask, Check, Missing, Report, Unseen, Verdict, Who};
pub use request::{Answer, Header, Method, Request, WANTED_HEADERS};
pub use verifier::{Case, Next, Verifier};
