//! To text.

/// What can be written as JSON.
pub trait ToJson {
    /// Writes it.
    fn write(&self, to: &mut Writer);

    /// Whether a field that says so leaves it out.
    fn is_nothing(&self) -> bool {
        false
    }
}

/// The value as one line.
#[must_use]
pub fn to_string(value: &dyn ToJson) -> String {
    let mut to = Writer::default();
    value.write(&mut to);
    to.text
}

/// The value for people: every part on a line of its own.
#[must_use]
pub fn to_pretty(value: &dyn ToJson) -> String {
    let mut to = Writer { pretty: true, ..Writer::default() };
    value.write(&mut to);
    to.text
}

/// The text so far.
#[derive(Default)]
pub struct Writer {
    text: String,
    pretty: bool,
    depth: usize,
    /// The object that is open has parts already.
    has_parts: bool,
    /// What the next object says of itself before its fields.
    tag: Option<(&'static str, &'static str)>,
}

impl Writer {
    /// Something that stands as it is: a number, `true`, `null`.
    pub(crate) fn plain(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                '\n' => self.plain("\\n"),
                '\r' => self.plain("\\r"),
                '\t' => self.plain("\\t"),
                '\u{8}' => self.plain("\\b"),
                '\u{c}' => self.plain("\\f"),
                '\0'..' ' => {
                    let low = char::from_digit(u32::from(c) % 16, 16).unwrap_or_default();
                    self.plain(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                    self.text.push(low);
                }
                _ => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.has_parts = false;
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        if self.has_parts {
            self.line();
        }
        self.text.push(bracket);
        self.has_parts = true;
    }

    /// Begins another part of what is open.
    fn part(&mut self) {
        if self.has_parts {
            self.text.push(',');
        }
        self.line();
        self.has_parts = true;
    }

    fn line(&mut self) {
        if self.pretty {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.plain("  ");
            }
        }
    }

    fn colon(&mut self) {
        self.plain(if self.pretty { ": " } else { ":" });
    }

    /// A list.
    pub fn list(&mut self, items: &mut dyn Iterator<Item = &dyn ToJson>) {
        self.open('[');
        for item in items {
            self.part();
            item.write(self);
        }
        self.close(']');
    }

    /// A map.
    pub(crate) fn map(&mut self, entries: &mut dyn Iterator<Item = (&dyn ToJson, &dyn ToJson)>) {
        self.open('{');
        for (key, value) in entries {
            self.part();
            let begin = self.text.len();
            key.write(self);
            // A number is a key in quotes.
            if self.text.as_bytes().get(begin).is_none_or(|first| *first != b'"') {
                self.text.insert(begin, '"');
                self.text.push('"');
            }
            self.colon();
            value.write(self);
        }
        self.close('}');
    }

    /// An object. `terse` has a bit for each field that is left out when it is nothing.
    pub fn object(&mut self, names: &[&str], terse: u64, values: &[&dyn ToJson]) {
        self.open('{');
        if let Some((name, tag)) = self.tag.take() {
            self.field(name, &tag);
        }
        for (at, (name, value)) in names.iter().zip(values).enumerate() {
            if terse >> at & 1 == 0 || !value.is_nothing() {
                self.field(name, *value);
            }
        }
        self.close('}');
    }

    fn field(&mut self, name: &str, value: &dyn ToJson) {
        self.part();
        self.string(name);
        self.colon();
        value.write(self);
    }

    /// The next object says this of itself, before its own fields.
    pub const fn tag(&mut self, name: &'static str, tag: &'static str) {
        self.tag = Some((name, tag));
    }

    /// A variant with content: `{"name": content}`. The content is written next, and [`Writer::end_variant`] after it.
    pub fn variant(&mut self, name: &str) {
        self.open('{');
        self.part();
        self.string(name);
        self.colon();
    }

    /// The end of a variant with content.
    pub fn end_variant(&mut self) {
        self.has_parts = true;
        self.close('}');
    }
}
