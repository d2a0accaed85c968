//! What the words of a sheet mean: how what must be so before becomes known, and how dangerous a permission is.

use super::{Permission, Prerequisite};

impl Permission {
    /// How dangerous it is, for somebody who does not know the word tier-0.
    #[must_use]
    pub fn danger_words(&self) -> String {
        match self.danger.as_str() {
            "tier-0" => "tier-0: whoever holds it can take over the directory".to_owned(),
            danger => danger.to_owned(),
        }
    }
}

impl Prerequisite {
    /// How it becomes known, as a sentence.
    #[must_use]
    pub fn known(&self) -> String {
        let teller = match self.known_by.as_str() {
            "page" => "The page shows it",
            "command" => "The output of this command tells it",
            "public-document" => "A public document tells it",
            _ => "Nothing tells it, it is a question",
        };
        match self.how.as_deref().map(|how| how.trim_end_matches('.')) {
            Some(how) if self.known_by == "command" => format!("{teller}: `{how}`."),
            Some(how) if self.known_by == "nobody" => format!("{teller}. {how}."),
            Some(how) => format!("{teller}: {how}."),
            None => format!("{teller}."),
        }
    }
}
