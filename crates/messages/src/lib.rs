//! What the parts of the extension say to each other, as closed types.
//!
//! [`agent`] is the flat protocol with the frames, [`panel`] the one with the side panel, [`report`] the checking
//! service's answer. Nothing here decides anything.

pub mod agent;
pub mod panel;
pub mod report;
