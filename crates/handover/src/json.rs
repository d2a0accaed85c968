//! Reads what serde describes strictly, by way of its tree; the tree itself and what customers read are `handrail-json`'s.
//! One parser for all types makes small programs, and so does an error without words: what a parser has to say could quote a
//! value, so nobody ever reads it. A struct is an object here, never a list.

use serde::de::value::StringDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

/// It is no JSON, or JSON of another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("JSON of another form")]
pub struct Malformed;

/// Reads JSON of this form.
///
/// # Errors
/// When it is none.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    tree_of(bytes).and_then(from_tree)
}

/// The tree of a JSON text.
///
/// # Errors
/// When it is none.
pub fn tree_of(bytes: &[u8]) -> Result<Value, Malformed> {
    let text = str::from_utf8(bytes).map_err(|_| Malformed)?;
    handrail_json::from_str(text).map_err(|_| Malformed)
}

/// Reads a tree of this form.
///
/// # Errors
/// When it has another.
pub fn from_tree<T: DeserializeOwned>(tree: Value) -> Result<T, Malformed> {
    T::deserialize(Tree(tree))
}

impl de::Error for Malformed {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

struct Tree(Value);

impl Tree {
    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Number(number) => visit_number(&number, visitor),
            _ => Err(Malformed),
        }
    }

    fn string<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            _ => Err(Malformed),
        }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Array(items) => visit_list(items, visitor),
            _ => Err(Malformed),
        }
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Object(map) => visit_object(map, visitor),
            _ => Err(Malformed),
        }
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Malformed> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.as_f64().ok_or(Malformed)?)
    }
}

fn visit_list<'de, V: Visitor<'de>>(items: Vec<Value>, visitor: V) -> Result<V::Value, Malformed> {
    let mut items = Items(items.into_iter());
    let value = visitor.visit_seq(&mut items)?;
    if items.0.next().is_some() { Err(Malformed) } else { Ok(value) }
}

fn visit_object<'de, V: Visitor<'de>>(map: Map<String, Value>, visitor: V) -> Result<V::Value, Malformed> {
    visitor.visit_map(Entries { entries: map.into_iter(), value: Value::Null })
}

macro_rules! through {
    ($road:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
            self.$road(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Malformed;

    through! { number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
    deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 }
    through! { string: deserialize_char deserialize_str deserialize_string deserialize_identifier }
    through! { list: deserialize_seq deserialize_bytes deserialize_byte_buf }
    through! { object: deserialize_map }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(yes),
            Value::Number(number) => visit_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visit_list(items, visitor),
            Value::Object(map) => visit_object(map, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Bool(yes) => visitor.visit_bool(yes),
            _ => Err(Malformed),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            _ => Err(Malformed),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Malformed> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        self.list(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant { name, value: None }),
            Value::Object(map) => {
                let mut entries = map.into_iter();
                match (entries.next(), entries.next()) {
                    (Some((name, value)), None) => visitor.visit_enum(Variant { name, value: Some(value) }),
                    _ => Err(Malformed),
                }
            }
            _ => Err(Malformed),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        visitor.visit_unit()
    }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Malformed;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Malformed> {
        self.0.next().map(|value| seed.deserialize(Tree(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries {
    entries: serde_json::map::IntoIter,
    value: Value,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Malformed;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Malformed> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = value;
        let name: StringDeserializer<Malformed> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Malformed> {
        seed.deserialize(Tree(self.value.take()))
    }
}

struct Variant {
    name: String,
    value: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Malformed;
    type Variant = Content;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Content), Malformed> {
        let name: StringDeserializer<Malformed> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.value)))
    }
}

struct Content(Option<Value>);

impl<'de> VariantAccess<'de> for Content {
    type Error = Malformed;

    fn unit_variant(self) -> Result<(), Malformed> {
        if self.0.is_none() { Ok(()) } else { Err(Malformed) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Malformed> {
        seed.deserialize(Tree(self.0.ok_or(Malformed)?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Malformed> {
        Tree(self.0.ok_or(Malformed)?).list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        Tree(self.0.ok_or(Malformed)?).object(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Plain,
        Named(String),
        Pair(u8, bool),
        Shaped { n: i64 },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct All {
        the_text: String,
        number: u32,
        below: i64,
        real: f64,
        #[serde(default)]
        absent: Option<String>,
        list: Vec<(String, u8)>,
        map: BTreeMap<String, Value>,
        kinds: Vec<Kind>,
    }

    const TEXT: &str = r#"{"the-text":"x","number":7,"below":-1,"real":1.5,"list":[["a",1]],"unknown":[{}],
        "map":{"v":[1,{"w":null}]},"kinds":["Plain",{"Named":"n"},{"Pair":[1,true]},{"Shaped":{"n":-3}}]}"#;

    #[test]
    fn reads_what_serde_json_reads() {
        let read: All = read_json(TEXT.as_bytes()).unwrap();
        assert_eq!(read, serde_json::from_str::<All>(TEXT).unwrap());
        assert_eq!(read.kinds.len(), 4);
    }

    #[test]
    fn another_form_is_refused() {
        for (from, to) in [
            ("\"x\"", "7"),
            ("\"number\":7", "\"number\":-7"),
            ("\"number\":7", "\"number\":\"7\""),
            ("\"number\":7,", ""),
            ("[\"a\",1]", "[\"a\",1,2]"),
            ("[\"a\",1]", "[\"a\"]"),
            ("\"Plain\"", "\"Other\""),
            ("\"Plain\"", "\"Named\""),
            ("{\"Named\":\"n\"}", "{\"Named\":\"n\",\"Plain\":null}"),
            ("\"map\":{\"v\":[1,{\"w\":null}]}", "\"map\":[]"),
        ] {
            let other = TEXT.replacen(from, to, 1);
            assert_ne!(other, TEXT);
            assert_eq!(read_json::<All>(other.as_bytes()), Err(Malformed), "{to}");
        }
        assert_eq!(read_json::<All>(b"["), Err(Malformed));
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct One {
        n: u8,
    }

    #[test]
    fn a_list_is_never_taken_for_a_struct() {
        assert_eq!(serde_json::from_str::<One>("[7]").unwrap(), One { n: 7 });
        assert_eq!(read_json::<One>(b"[7]"), Err(Malformed));
    }
}
