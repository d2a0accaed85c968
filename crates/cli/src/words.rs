//! Small words for terminals, shared by the commands.

use handrail_entra::Verdict;

/// A verdict in a word.
pub(crate) const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "FAILED",
        Verdict::Pending => "pending",
        Verdict::CouldNotTell => "could not tell",
    }
}

/// The words without their marks of emphasis.
pub(crate) fn plain(text: &str) -> String {
    text.replace("**", "")
}
