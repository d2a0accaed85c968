//! The members of an answer or a token that are looked at. The rest is skipped, not kept: a discovery document and a token
//! have dozens, and to keep them all was a third of a check's work.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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
pub(crate) struct Members(pub(crate) Map<String, Value>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Members, A::Error> {
        let mut known = Map::new();
        while let Some(Name(name)) = members.next_key()? {
            match name {
                Some(name) => {
                    known.insert(name.to_owned(), members.next_value()?);
                }
                None => {
                    members.next_value::<Skipped>()?;
                }
            }
        }
        Ok(Members(known))
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

/// A value that is read and not kept. Serde's own `IgnoredAny` would step over bytes that are no text, so that what is
/// no JSON at all counted as an answer.
struct Skipped;

impl<'de> Deserialize<'de> for Skipped {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Skipped {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Members;

    #[test]
    fn what_is_not_kept_is_read_as_strictly_as_what_is() {
        let read = |json: &[u8]| serde_json::from_slice::<Members>(json).map(|known| known.0.len()).ok();
        assert_eq!(read(br#"{"aud":"x","amr":["a",{"b":[null,true,-1,2.5,"\u00e9"]}],"tid":"y"}"#), Some(2));
        for broken in [
            b"{\"aud\":\"x\",\"iid\":\"\xff\"}".as_slice(),
            b"{\"aud\":\"x\",\"amr\":[{\"a\":\"\xff\"}]}",
            b"{\"aud\":\"x\",\"\xff\":1}",
            br#"{"aud":"x","amr":["\ud800"]}"#,
            br#"{"aud":"x","amr":1e999}"#,
        ] {
            assert_eq!(read(broken), None, "{}", String::from_utf8_lossy(broken));
            assert!(serde_json::from_slice::<serde_json::Value>(broken).is_err());
        }
    }
}
