//! What makes each artefact, one file each, over the tools they share.

pub(crate) mod agent;
pub(crate) mod extension;
pub(crate) mod imports;
pub(crate) mod js;
pub(crate) mod page;
pub(crate) mod portal;
pub(crate) mod probe;
pub(crate) mod trim;
pub(crate) mod wasm;
pub(crate) mod words;
pub(crate) mod worker;
