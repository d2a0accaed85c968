//! The forms of the standard library's types.

use std::collections::BTreeMap;

use vecmap::{VecMap, VecSet};

use crate::read::{FromJson, Malformed, Reader};
use crate::write::{ToJson, Writer};

impl FromJson for String {
    fn blank() -> Self {
        Self::new()
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = from.string()?;
        Ok(())
    }
}

impl ToJson for String {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl ToJson for &str {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }
}

impl FromJson for bool {
    fn blank() -> Self {
        false
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = from.word("true");
        if *self || from.word("false") { Ok(()) } else { Err(Malformed) }
    }
}

impl ToJson for bool {
    fn write(&self, to: &mut Writer) {
        to.plain(if *self { "true" } else { "false" });
    }
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        impl FromJson for $type {
            fn blank() -> Self {
                0
            }
            fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
                *self = from.integer()?;
                Ok(())
            }
        }

        impl ToJson for $type {
            fn write(&self, to: &mut Writer) {
                to.plain(&self.to_string());
            }
        }
    )*};
}

integers! { i32 i64 u8 u32 u64 usize }

impl FromJson for f64 {
    fn blank() -> Self {
        0.0
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = from.number()?.float()?;
        Ok(())
    }
}

impl ToJson for f64 {
    /// What is no number is nothing, as in JavaScript.
    fn write(&self, to: &mut Writer) {
        if self.is_finite() {
            to.plain(&self.to_string());
        } else {
            to.plain("null");
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn blank() -> Self {
        None
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        if from.word("null") { Ok(()) } else { self.insert(T::blank()).read(from) }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            Some(value) => value.write(to),
            None => to.plain("null"),
        }
    }
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        (**self).read(from)
    }
}

impl<T: ToJson> ToJson for Box<T> {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }
}

impl<T: ToJson> ToJson for &T {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }
    fn is_nothing(&self) -> bool {
        (**self).is_nothing()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        from.list(&mut |from| {
            self.push(from.value()?);
            Ok(())
        })
    }
}

impl<T: ToJson> ToJson for &[T] {
    fn write(&self, to: &mut Writer) {
        to.list(&mut self.iter().map(|item| item as &dyn ToJson));
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, to: &mut Writer) {
        self.as_slice().write(to);
    }
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<T: FromJson + Eq> FromJson for VecSet<T> {
    fn blank() -> Self {
        Self::new()
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        from.list(&mut |from| {
            self.insert(from.value()?);
            Ok(())
        })
    }
}

impl<T: ToJson> ToJson for VecSet<T> {
    fn write(&self, to: &mut Writer) {
        to.list(&mut self.iter().map(|item| item as &dyn ToJson));
    }
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<K: FromJson + Eq, V: FromJson> FromJson for VecMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        from.map(&mut |from| {
            self.insert(from.key()?, from.value()?);
            Ok(())
        })
    }
}

impl<K: ToJson, V: ToJson> ToJson for VecMap<K, V> {
    fn write(&self, to: &mut Writer) {
        to.map(&mut self.iter().map(|(key, value)| (key as &dyn ToJson, value as &dyn ToJson)));
    }
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<V: FromJson> FromJson for BTreeMap<String, V> {
    fn blank() -> Self {
        Self::new()
    }
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        from.map(&mut |from| {
            self.insert(from.key()?, from.value()?);
            Ok(())
        })
    }
}

impl<V: ToJson> ToJson for BTreeMap<String, V> {
    fn write(&self, to: &mut Writer) {
        to.map(&mut self.iter().map(|(key, value)| (key as &dyn ToJson, value as &dyn ToJson)));
    }
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

macro_rules! tuples {
    ($($count:literal: $($type:ident $at:tt),*;)*) => {$(
        impl<$($type: FromJson),*> FromJson for ($($type,)*) {
            fn blank() -> Self {
                ($($type::blank(),)*)
            }
            fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed> {
                from.tuple($count, &mut [$(&mut self.$at),*])
            }
        }

        impl<$($type: ToJson),*> ToJson for ($($type,)*) {
            fn write(&self, to: &mut Writer) {
                to.list(&mut [$(&self.$at as &dyn ToJson),*].into_iter());
            }
        }
    )*};
}

tuples! {
    2: A 0, B 1;
    3: A 0, B 1, C 2;
}
