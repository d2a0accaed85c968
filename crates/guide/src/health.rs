//! Guide health: which way of finding a control worked, on pages of which language, in which build. The file an admin
//! may save and hand on; it holds control ids, languages, counts and days, and no value of a page.

use serde::{Deserialize, Serialize};

/// The format of the file this version writes.
pub const FORMAT: u32 = 1;

/// The saved file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HealthFile {
    /// Version of this format; 1 today.
    pub format: u32,
    /// Version of Handrail that saved it.
    pub version: String,
    /// One line per control, language, build and way.
    pub lines: Vec<HealthLine>,
}

/// How one control did.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HealthLine {
    /// Control id, `<page>.<control>`, without its parameter.
    pub control: String,
    /// Language of the page.
    pub lang: String,
    /// Which build of the agent looked: `wasm` or `lowered`.
    #[serde(default)]
    pub build: String,
    /// Which locator found it, from 0; absent when none did.
    pub locator: Option<u32>,
    /// Why it was not found: `absent`, `hidden`, `several` or `page` (found, but nothing says that its page is shown).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fault: String,
    /// How often.
    pub times: u32,
    /// Last seen, `YYYY-MM-DD`.
    pub last: String,
}
