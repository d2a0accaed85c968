//! How what must be so before becomes known.

use super::Prerequisite;

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
