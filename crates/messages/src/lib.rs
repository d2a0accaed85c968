//! What the parts of the extension say to each other, as closed types.
//!
//! [`agent`] is the flat protocol with the frames, [`panel`] the one with the side panel, [`report`] the checking
//! service's answer, [`record`] what is kept of a run. Nothing here decides anything.

pub mod agent;
mod command;
pub mod panel;
pub mod record;
pub mod report;
mod run;
