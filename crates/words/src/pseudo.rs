//! Languages nobody speaks, made from English for tests: what does not come out of the files of messages is seen at
//! once, and so is what has no room for longer words or runs the wrong way.

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::parser::{ParserError, parse};
use fluent_syntax::serializer::serialize;

/// What a language says of itself, and is no sentence.
const OF_ITSELF: [&str; 2] = ["language-tag", "language-direction"];

/// How words are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pseudo {
    /// Every letter with an accent and every vowel twice: a third longer than English.
    Accented,
    /// Every word from right to left, its letters turned around.
    Mirrored,
}

impl Pseudo {
    /// Its language tag; browsers know both.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Accented => "en-XA",
            Self::Mirrored => "ar-XB",
        }
    }

    /// Where its lines begin.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Accented => "ltr",
            Self::Mirrored => "rtl",
        }
    }

    /// A file of messages in this language.
    ///
    /// # Errors
    /// What cannot be read, and where.
    pub fn file(self, source: &str) -> Result<String, Vec<ParserError>> {
        let resource = parse(source.to_owned()).map_err(|(_, errors)| errors)?;
        let body = resource.body.into_iter().map(|entry| match entry {
            // What a language says of itself is no sentence.
            Entry::Message(mut message) if OF_ITSELF.contains(&message.id.name.as_str()) => {
                let text = if message.id.name == "language-tag" { self.tag() } else { self.direction() };
                let elements = vec![PatternElement::TextElement { value: text.to_owned() }];
                message.value = Some(Pattern { elements });
                Entry::Message(message)
            }
            Entry::Message(mut message) => {
                if let Some(value) = &mut message.value {
                    self.pattern(value);
                }
                for attribute in &mut message.attributes {
                    self.pattern(&mut attribute.value);
                }
                Entry::Message(message)
            }
            other => other,
        });
        Ok(serialize(&Resource { body: body.collect() }))
    }

    fn pattern(self, pattern: &mut Pattern<String>) {
        for element in &mut pattern.elements {
            match element {
                PatternElement::TextElement { value } => *value = self.words(value),
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    for variant in variants {
                        self.pattern(&mut variant.value);
                    }
                }
                PatternElement::Placeable { .. } => {}
            }
        }
    }

    /// A text in this language; marks, figures and blanks stay.
    #[must_use]
    pub fn words(self, text: &str) -> String {
        match self {
            Self::Accented => text.chars().flat_map(accented).collect(),
            Self::Mirrored => mirrored(text),
        }
    }
}

/// A letter with an accent; a vowel twice.
fn accented(letter: char) -> impl Iterator<Item = char> {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const WITH: &str = "áƀçďéƒĝħíĵķłɱñóƥɋřšťúṽẃẋýžÁƁÇĎÉƑĜĦÍĴĶŁṀÑÓƤɊŘŠŤÚṼẂẊÝŽ";
    let found =
        PLAIN.chars().zip(WITH.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, with)| with);
    let times = if "aeiouAEIOU".contains(letter) { 2 } else { 1 };
    std::iter::repeat_n(found, times)
}

/// Every word between the marks that turn its letters' direction around.
fn mirrored(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        if letter.is_alphabetic() != inside {
            inside = !inside;
            out.push(if inside { '\u{202e}' } else { '\u{202c}' });
        }
        out.extend(if inside { accented(letter).take(1).next() } else { Some(letter) });
    }
    if inside {
        out.push('\u{202c}');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Pseudo::{Accented, Mirrored};

    #[test]
    fn what_stands_around_words_stays() {
        let source = "step = Step { $n } of **{ $all }**\n    .next = { $n ->\n        [one] Go\n       *[other] Do `it`\n    }\n";
        let accented = Accented.file(source).unwrap();
        assert!(accented.contains("step = Šťééƥ { $n } óóƒ **{ $all }**"), "{accented}");
        assert!(accented.contains("*[other] Ďóó `ííť`"), "{accented}");
        assert_eq!(Mirrored.words("Go on"), "\u{202e}Ĝó\u{202c} \u{202e}óñ\u{202c}");
    }

    #[test]
    fn the_mirrored_language_says_that_it_runs_from_right_to_left() {
        let file = Mirrored.file("language-tag = en\nlanguage-direction = ltr\n").unwrap();
        assert_eq!(file, "language-tag = ar-XB\nlanguage-direction = rtl\n");
    }
}
