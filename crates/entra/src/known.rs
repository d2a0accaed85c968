//! The members of an answer or a token that are looked at. The rest is skipped, not kept: a discovery document and a token
//! have dozens, and to keep them all was a third of a check's work.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// Their names: of answers of the sign-in hosts, and claims.
const NAMES: [&str; 23] = [
    "access_token",
    "aud",
    "appid",
    "azp",
    "cloud_instance_name",
    "correlation_id",
    "error",
    "error_codes",
    "error_description",
    "exp",
    "iss",
    "issuer",
    "nbf",
    "oid",
    "roles",
    "scp",
    "tenant_region_scope",
    "tenant_region_sub_scope",
    "tid",
    "token_endpoint",
    "trace_id",
    "uti",
    "wids",
];

/// An object with no members but those.
pub(crate) struct Known(pub(crate) Map<String, Value>);

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Known;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Known, A::Error> {
        let mut known = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if NAMES.contains(&name.as_str()) {
                known.insert(name, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Known(known))
    }
}
