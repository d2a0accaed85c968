//! A first draft of a guide from a vendor's set-up document: what it recognises, and every line that is outdated,
//! dangerous, exchanged or lost, with what is true today.
//!
//! A draft is a beginning for a person. Nothing is taken over that the catalogues do not know, and no sentence of the
//! document goes into the guide.

mod decode;
mod notes;
mod permissions;
mod plain;
mod reading;
mod vendor;
mod words;
mod write;

use crate::load::Library;
pub use decode::decode;
pub use notes::Note;

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The guide file, with the notes as comments at its head.
    pub guide: String,
    /// What a person has to look at.
    pub notes: Vec<Note>,
}

/// Drafts a guide from the text of a document (plain text, Markdown or HTML).
#[must_use]
pub fn draft(library: &Library, text: &str) -> Draft {
    let lines = plain::lines(text);
    let words = words::Words::new(library);
    let reading = reading::read(library, &words, &lines);
    let notes = notes::notes(library, &words, &lines, &reading);
    Draft { guide: write::guide(library, &reading, &notes), notes }
}
