//! Trees of any form, for what is shown as it came.

use serde_json::{Map, Value};

use crate::read::{FromJson, Malformed, Reader};
use crate::write::{ToJson, Writer};

impl FromJson for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = match from.peek() {
            Some(b'"') => Self::String(from.string()?),
            Some(b'[') => Self::Array(from.value()?),
            Some(b'{') => {
                let mut map = Map::new();
                from.map(&mut |from| {
                    map.insert(from.key()?, from.value()?);
                    Ok(())
                })?;
                Self::Object(map)
            }
            _ if from.word("null") => Self::Null,
            _ if from.word("true") => Self::Bool(true),
            _ if from.word("false") => Self::Bool(false),
            _ => number(from)?,
        };
        Ok(())
    }
}

fn number(from: &mut Reader<'_>) -> Result<Value, Malformed> {
    let number = from.number()?;
    let whole = number.integer();
    if let Some(number) = whole.and_then(|n| u64::try_from(n).ok()) {
        return Ok(number.into());
    }
    if let Some(number) = whole.and_then(|n| i64::try_from(n).ok()) {
        return Ok(number.into());
    }
    Ok(number.float()?.into())
}

impl ToJson for Value {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Null => to.plain("null"),
            Self::Bool(yes) => yes.write(to),
            Self::Number(number) => match number.as_u64() {
                Some(number) => number.write(to),
                None => match number.as_i64() {
                    Some(number) => number.write(to),
                    None => number.as_f64().write(to),
                },
            },
            Self::String(text) => to.string(text),
            Self::Array(items) => items.write(to),
            Self::Object(map) => {
                to.map(&mut map.iter().map(|(key, value)| (key as &dyn ToJson, value as &dyn ToJson)));
            }
        }
    }
}
