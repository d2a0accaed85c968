//! The texts that style sheets put before and after elements, as far as the sheets can be read. A name may begin or end
//! with one of them, and no text node holds it.

use std::cell::RefCell;

use crate::reader::Index;
use crate::{css_content, text};

/// What the sheets of all known roots generate.
#[derive(Default)]
pub(crate) struct Sheets {
    texts: RefCell<Texts>,
}

#[derive(Default)]
struct Texts {
    known: Vec<String>,
    /// A text depends on an attribute.
    unknown: bool,
}

/// What is left of a wanted text when generated texts are taken off its ends.
pub(crate) enum Rest {
    /// Any of these; may be empty.
    Middles(Vec<String>),
    /// Nothing can be said: generated text may be all of it.
    Unknown,
}

impl Sheets {
    /// The texts an element's own content could be, if generated texts make it the wanted one.
    pub(crate) fn rest_of(&self, index: &Index, wanted: &str) -> Rest {
        let mut texts = self.texts.borrow_mut();
        if let Some(contents) = index.generated() {
            *texts = Texts::default();
            for content in contents.iter() {
                texts.add(&content.as_string().unwrap_or_default());
            }
        }
        if texts.unknown {
            return Rest::Unknown;
        }
        let mut middles: Vec<String> = Vec::new();
        let mut todo = vec![wanted.to_owned()];
        while let Some(now) = todo.pop() {
            for known in &texts.known {
                for rest in [now.strip_prefix(known.as_str()), now.strip_suffix(known.as_str())] {
                    let Some(rest) = rest.map(text::trim) else { continue };
                    if rest.is_empty() {
                        return Rest::Unknown;
                    }
                    if !middles.iter().any(|m| m == rest) {
                        middles.push(rest.to_owned());
                        todo.push(rest.to_owned());
                    }
                }
            }
        }
        Rest::Middles(middles)
    }
}

impl Texts {
    fn add(&mut self, content: &str) {
        self.unknown |= text::contains(content, "attr(");
        let generated = text::normalise(&css_content::fixed_text(content));
        if !generated.is_empty() && !self.known.contains(&generated) {
            self.known.push(generated);
        }
    }
}
