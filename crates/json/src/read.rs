//! From text.

/// It is no JSON, or JSON of another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("JSON of another form")]
pub struct Malformed;

/// What can be read from JSON.
pub trait FromJson {
    /// The value that is read into; what the text leaves out keeps what it has here.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads into a blank value.
    ///
    /// # Errors
    /// When the text has another form.
    fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Malformed>;
}

/// Reads a whole text.
///
/// # Errors
/// When it has another form.
pub fn from_str<T: FromJson>(text: &str) -> Result<T, Malformed> {
    let mut value = T::blank();
    fill(&mut value, text)?;
    Ok(value)
}

fn fill(value: &mut dyn FromJson, text: &str) -> Result<(), Malformed> {
    let mut from = Reader { rest: text.as_bytes(), depth: MAX_DEPTH, key: false };
    value.read(&mut from)?;
    from.space();
    if from.rest.is_empty() { Ok(()) } else { Err(Malformed) }
}

/// How deep lists and objects may be in each other: as deep as serde_json takes them, and no stack ends there.
const MAX_DEPTH: u8 = 127;

/// The text that is still to be read.
pub struct Reader<'a> {
    rest: &'a [u8],
    depth: u8,
    /// What comes is the key of a map: a number stands in quotes there.
    key: bool,
}

/// A number as it was written.
#[derive(Default)]
pub(crate) struct Number {
    pub(crate) negative: bool,
    digits: u64,
    /// Of ten, by which the digits are multiplied.
    power: i32,
    /// No point, no exponent, and every digit is among the digits.
    pub(crate) whole: bool,
}

impl Number {
    /// The number, where it is whole. Less than nothing and yet nothing is no whole number.
    pub(crate) fn integer(&self) -> Option<i128> {
        let digits = i128::from(self.digits);
        (self.whole && !(self.negative && digits == 0)).then_some(if self.negative {
            -digits
        } else {
            digits
        })
    }

    /// The number, as near as two steps of arithmetic come.
    #[allow(clippy::cast_precision_loss, reason = "a number of JavaScript holds no more")]
    pub(crate) fn float(&self) -> Result<f64, Malformed> {
        let digits = self.digits as f64;
        let scale = 10_f64.powi(self.power.abs());
        let size = if self.power < 0 { digits / scale } else { digits * scale };
        if !size.is_finite() {
            return Err(Malformed);
        }
        Ok(if self.negative { -size } else { size })
    }
}

impl Reader<'_> {
    fn space(&mut self) {
        while let Some((b' ' | b'\t' | b'\n' | b'\r', rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    /// What comes next, spaces apart.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.space();
        self.rest.first().copied()
    }

    fn next(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.rest.split_first().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*byte)
    }

    /// Takes this, if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            let _ = self.next();
        }
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.take(byte) { Ok(()) } else { Err(Malformed) }
    }

    /// Takes a word, if it comes next.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        self.space();
        let after = self.rest.strip_prefix(word.as_bytes());
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// A value of this type.
    ///
    /// # Errors
    /// When something else comes.
    pub fn value<T: FromJson>(&mut self) -> Result<T, Malformed> {
        let mut value = T::blank();
        value.read(self)?;
        Ok(value)
    }

    /// A text.
    pub(crate) fn string(&mut self) -> Result<String, Malformed> {
        self.expect(b'"')?;
        let mut text = Vec::new();
        loop {
            let plain = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..=0x1f));
            let (said, rest) = self.rest.split_at_checked(plain.ok_or(Malformed)?).ok_or(Malformed)?;
            text.extend_from_slice(said);
            self.rest = rest;
            match self.next()? {
                b'"' => return String::from_utf8(text).map_err(|_| Malformed),
                b'\\' => {
                    let mut bytes = [0; 4];
                    text.extend_from_slice(self.escaped()?.encode_utf8(&mut bytes).as_bytes());
                }
                _ => return Err(Malformed),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Malformed> {
        Ok(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                // A character beyond the first 65536 is written as two halves.
                let code = match first {
                    0xd800..0xdc00 if self.word("\\u") => {
                        let second = self.four_digits()?.checked_sub(0xdc00).filter(|half| *half < 0x400);
                        0x1_0000 + ((first - 0xd800) << 10) + second.ok_or(Malformed)?
                    }
                    _ => first,
                };
                char::from_u32(code).ok_or(Malformed)?
            }
            _ => return Err(Malformed),
        })
    }

    fn four_digits(&mut self) -> Result<u32, Malformed> {
        (0..4).try_fold(0, |code, _| {
            let digit = char::from(self.next()?).to_digit(16).ok_or(Malformed)?;
            Ok(code << 4 | digit)
        })
    }

    /// A number.
    pub(crate) fn number(&mut self) -> Result<Number, Malformed> {
        let quoted = self.key;
        if quoted {
            self.expect(b'"')?;
        }
        let mut number = Number { whole: true, negative: self.take(b'-'), ..Number::default() };
        let is_zero = self.rest.first() == Some(&b'0');
        let count = self.digits(&mut number)?;
        if is_zero && count > 1 {
            return Err(Malformed);
        }
        if self.rest.first() == Some(&b'.') {
            self.next()?;
            number.whole = false;
            let count = self.digits(&mut number)?;
            number.power = number.power.saturating_sub(count);
        }
        if let Some(b'e' | b'E') = self.rest.first() {
            self.next()?;
            number.whole = false;
            number.power = number.power.saturating_add(self.exponent()?);
        }
        if quoted {
            self.expect(b'"')?;
        }
        Ok(number)
    }

    /// Takes one digit or more, and answers how many. Those for which there is no room count as powers of ten.
    fn digits(&mut self, number: &mut Number) -> Result<i32, Malformed> {
        let mut count = 0_i32;
        while let Some((byte @ b'0'..=b'9', rest)) = self.rest.split_first() {
            self.rest = rest;
            count = count.saturating_add(1);
            let more = number.digits.checked_mul(10).and_then(|n| n.checked_add(u64::from(byte - b'0')));
            match more.filter(|_| number.power == 0) {
                Some(more) => number.digits = more,
                None => {
                    number.power = number.power.saturating_add(1);
                    number.whole = false;
                }
            }
        }
        if count > 0 { Ok(count) } else { Err(Malformed) }
    }

    fn exponent(&mut self) -> Result<i32, Malformed> {
        let negative = self.rest.first() == Some(&b'-');
        if let Some(b'-' | b'+') = self.rest.first() {
            self.next()?;
        }
        let mut exponent = Number::default();
        self.digits(&mut exponent)?;
        let size = i32::try_from(exponent.digits).unwrap_or(i32::MAX / 2);
        Ok(if negative { -size } else { size })
    }

    /// A whole number that fits.
    pub(crate) fn integer<T: TryFrom<i128>>(&mut self) -> Result<T, Malformed> {
        self.number()?.integer().and_then(|n| T::try_from(n).ok()).ok_or(Malformed)
    }

    /// Something between brackets: `each` is called where another part begins.
    fn parts(
        &mut self,
        (open, close): (u8, u8),
        each: &mut dyn FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.expect(open)?;
        self.depth = self.depth.checked_sub(1).ok_or(Malformed)?;
        if !self.take(close) {
            each(self)?;
            while self.take(b',') {
                each(self)?;
            }
            self.expect(close)?;
        }
        self.depth += 1;
        Ok(())
    }

    /// A list of any length.
    pub(crate) fn list(
        &mut self,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.parts((b'[', b']'), each)
    }

    /// A list with a place for each of its entries; those after the first `required` may be left out.
    ///
    /// # Errors
    /// When something else comes.
    pub fn tuple(&mut self, required: usize, places: &mut [&mut dyn FromJson]) -> Result<(), Malformed> {
        let mut count = 0;
        self.list(&mut |from| {
            let place = places.get_mut(count).ok_or(Malformed)?;
            count += 1;
            place.read(from)
        })?;
        if count >= required { Ok(()) } else { Err(Malformed) }
    }

    /// A map: `each` is called at each key, takes it with [`Reader::key`], and then the value.
    pub(crate) fn map(
        &mut self,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.parts((b'{', b'}'), each)
    }

    /// The key of a map and the colon after it.
    pub(crate) fn key<T: FromJson>(&mut self) -> Result<T, Malformed> {
        self.key = true;
        let key = self.value();
        self.key = false;
        self.expect(b':')?;
        key
    }

    /// An object: each field's name and place. `optional` has a bit for each that may be left out. What has no place is
    /// passed over; a field that comes twice is refused.
    ///
    /// # Errors
    /// When something else comes.
    pub fn object(
        &mut self,
        names: &[&str],
        optional: u64,
        places: &mut [&mut dyn FromJson],
    ) -> Result<(), Malformed> {
        let mut seen = 0_u64;
        self.map(&mut |from| {
            let name: String = from.key()?;
            let Some(at) = names.iter().position(|known| *known == name) else { return from.skip() };
            let bit = 1 << at;
            if seen & bit != 0 {
                return Err(Malformed);
            }
            seen |= bit;
            places.get_mut(at).ok_or(Malformed)?.read(from)
        })?;
        let all = (1_u64 << names.len()) - 1;
        if (seen | optional) & all == all { Ok(()) } else { Err(Malformed) }
    }

    /// The name of a variant, as its place in the list, and whether it has content: `"name"` alone, or
    /// `{"name": content}`, which has to be ended with [`Reader::end_variant`].
    ///
    /// # Errors
    /// When something else comes.
    pub fn variant(&mut self, names: &[&str]) -> Result<(Option<usize>, bool), Malformed> {
        let is_object = self.take(b'{');
        let name = self.string()?;
        if is_object {
            self.depth = self.depth.checked_sub(1).ok_or(Malformed)?;
            self.expect(b':')?;
        }
        Ok((names.iter().position(|known| *known == name), is_object))
    }

    /// The end of a variant with content.
    ///
    /// # Errors
    /// When something else comes.
    pub fn end_variant(&mut self, has_content: bool) -> Result<(), Malformed> {
        if has_content {
            self.depth += 1;
            self.expect(b'}')?;
        }
        Ok(())
    }

    /// Passes over whatever comes.
    fn skip(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'[') => self.list(&mut Self::skip),
            Some(b'{') => self.map(&mut |from| {
                let _: String = from.key()?;
                from.skip()
            }),
            _ if self.word("null") || self.word("true") || self.word("false") => Ok(()),
            _ => self.number().map(drop),
        }
    }
}
