//! The members of an answer or a token that are looked at. The rest is skipped, not kept: a discovery document and a token
//! have dozens, and to keep them all was a third of a check's work.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
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
        while let Some(Name(name)) = members.next_key()? {
            match name {
                Some(name) => {
                    known.insert(name.to_owned(), members.next_value()?);
                }
                None => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Known(known))
    }
}

/// The name of a member, if it is one of [`NAMES`]; no copy is made of the others.
struct Name(Option<&'static str>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Name(None))
    }
}

impl Visitor<'_> for Name {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self, E> {
        Ok(Self(NAMES.into_iter().find(|known| *known == name)))
    }
}
