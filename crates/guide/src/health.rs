//! Guide health: which way of finding a control worked, on pages of which language, in which build. The file an admin
//! may save and hand on; it holds control ids, languages, counts and days; and of the controls a guide pointed at the role,
//! the label and the attributes they are found by. No value of a page.

use std::collections::BTreeMap;

use handrail_json::{FromJson, Malformed, Reader, ToJson, Writer};
use serde::{Deserialize, Serialize};

/// The format of the file this version writes; it reads the ones before, too.
pub const FORMAT: u32 = 2;

/// The saved file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToJson)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HealthFile {
    /// Version of this format; 2 today. In 1 there were no roles, labels and attributes.
    pub format: u32,
    /// Version of Handrail that saved it.
    pub version: String,
    /// One line per control, language, build and way.
    pub lines: Vec<HealthLine>,
}

/// How one control did.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
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
    /// What it was like when it was found.
    #[serde(flatten)]
    pub look: Look,
}

/// What a control is like, apart from any value it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "load", derive(schemars::JsonSchema))]
pub struct Look {
    /// Its ARIA role; empty when that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Its accessible name, where the catalogue has a label for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Attributes the catalogue finds it by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

/// Those of [`FIELDS`] that are left out when they are nothing, a bit each from the last one on: `fault`, `role`, `name` and
/// `attributes`. What is written so may be absent when it is read, and so may `build` and `locator`.
const TERSE: u64 = 0b11_1001_0000;
const OPTIONAL: u64 = TERSE | 0b1100;

/// The fields of a [`HealthLine`], those of its [`Look`] among them: the derives of `handrail-json` keep objects apart.
const FIELDS: [&str; 10] =
    ["control", "lang", "build", "locator", "fault", "times", "last", "role", "name", "attributes"];

impl ToJson for HealthLine {
    fn write(&self, to: &mut Writer) {
        let Look { role, name, attributes } = &self.look;
        to.object(
            &FIELDS,
            TERSE,
            &[
                &self.control,
                &self.lang,
                &self.build,
                &self.locator,
                &self.fault,
                &self.times,
                &self.last,
                role,
                name,
                attributes,
            ],
        );
    }
}

impl FromJson for HealthLine {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        let Look { role, name, attributes } = &mut self.look;
        from.object(
            &FIELDS,
            OPTIONAL,
            &mut [
                &mut self.control,
                &mut self.lang,
                &mut self.build,
                &mut self.locator,
                &mut self.fault,
                &mut self.times,
                &mut self.last,
                role,
                name,
                attributes,
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_form_whoever_writes_it() {
        let look = Look {
            role: "button".into(),
            name: "Add".into(),
            attributes: [("type".to_owned(), "submit".to_owned())].into(),
        };
        let lean = HealthLine {
            control: "a.b".into(),
            times: 2,
            last: "2026-11-23".into(),
            ..HealthLine::default()
        };
        let full = HealthLine {
            build: "wasm".into(),
            locator: Some(1),
            fault: "hidden".into(),
            look,
            ..lean.clone()
        };
        for line in [lean, full] {
            let json = handrail_json::to_string(&line);
            assert_eq!(json, serde_json::to_string(&line).unwrap());
            assert_eq!(handrail_json::from_str(&json), Ok(line));
        }
        let older = r#"{"control":"a.b","lang":"en","times":1,"last":"2026-11-22"}"#;
        assert_eq!(handrail_json::from_str::<HealthLine>(older).ok(), serde_json::from_str(older).ok());
    }
}
