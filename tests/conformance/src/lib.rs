//! `handrail-conformance`: the location engine against the specifications and against its peers, in a real browser.
//!
//! Cases are data (`*.json` in this folder). The page under test gets the engine as the probe (`probe/`), built the
//! way the agent is built.

pub mod bench;
pub mod cases;
pub mod fresh;
pub mod peers;
pub mod stage;
