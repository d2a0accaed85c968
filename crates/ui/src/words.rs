//! Words of the shared views, in one place.

pub(crate) const PASSED: &str = "Everything is in place";
pub(crate) const FAILED: &str = "Not yet right";
pub(crate) const PENDING: &str = "Waiting for Microsoft";
pub(crate) const COULD_NOT_TELL: &str = "Could not tell";

pub(crate) const PASSED_TEXT: &str = "Microsoft accepted the values and the permissions are there.";
pub(crate) const FAILED_TEXT: &str = "Something has to be mended first. Each line says what and where.";
pub(crate) const PENDING_TEXT: &str =
    "A change was made a moment ago and has not reached every server. This asks again by itself.";
pub(crate) const COULD_NOT_TELL_TEXT: &str = "There was no clear answer. Nothing is taken as proved.";

pub(crate) const MEND: &str = "Go to step";

pub(crate) const fn word(verdict: handrail_messages::report::Verdict) -> &'static str {
    use handrail_messages::report::Verdict;
    match verdict {
        Verdict::Passed => "Passed",
        Verdict::Failed => "Failed",
        Verdict::Pending => "Waiting",
        Verdict::CouldNotTell => "Could not tell",
    }
}

pub(crate) const fn mark(verdict: handrail_messages::report::Verdict) -> &'static str {
    use handrail_messages::report::Verdict;
    match verdict {
        Verdict::Passed => "✓",
        Verdict::Failed => "✕",
        Verdict::Pending => "…",
        Verdict::CouldNotTell => "?",
    }
}
