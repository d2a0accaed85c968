//! Every word of the vendor's page.

pub(super) const TITLE: &str = "Your links";
pub(super) const SIGN_IN_LEAD: &str =
    "Sign in with a one-time code. Where your keys are, this makes one, good for five minutes:";
pub(super) const DOMAIN: &str = "Your domain";
pub(super) const CODE: &str = "Code";
pub(super) const SIGN_IN: &str = "Sign in";
pub(super) const SIGNED_OUT: &str = "You are signed out.";
pub(super) const REFRESH: &str = "Look again";
pub(super) const SIGN_OUT: &str = "Sign out";
pub(super) const UNTIL: &str = "Signed in until";
pub(super) const EMPTY: &str = "There is no link yet. Make the first one:";
pub(super) const MORE: &str = "There are more; handrail link list shows them all.";
pub(super) const PRIVACY: &str = "This page shows where links stand. What customers hand over is sealed to your keys: \
neither this page nor this service can open it. Collect it with the command line.";
pub(super) const NOBODY: &str = "No reference";
pub(super) const STEP: &str = "The customer is at";
pub(super) const VERDICT: &str = "Last check:";
pub(super) const EXPIRES: &str = "Link until";
pub(super) const ENDS: &str = "Credential ends";
pub(super) const KEPT: &str = "Kept until";

/// Whose move it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// The vendor's.
    Yours,
    /// The customer's.
    Theirs,
    /// Nobody's: all is well.
    Well,
    /// Nobody's: it is over.
    Over,
}

/// The groups, in the order in which they are shown.
pub(super) const GROUPS: [(Group, &str); 4] = [
    (Group::Yours, "Your move"),
    (Group::Theirs, "The customer's move"),
    (Group::Well, "Done"),
    (Group::Over, "Over"),
];

/// Every standing of a link, by its stable word.
const STANDINGS: [(&str, Group, &str); 14] = [
    ("handed-over", Group::Yours, "handed over; collect it with handrail inbox collect"),
    ("collected", Group::Yours, "collected; confirm it with handrail inbox ack"),
    ("not-proved", Group::Yours, "handed over, but your own try failed"),
    (
        "deleted",
        Group::Yours,
        "deleted, because it was not confirmed in time; reopen it with handrail link reopen",
    ),
    ("created", Group::Theirs, "not opened yet"),
    ("opened", Group::Theirs, "the customer has begun"),
    ("checked", Group::Theirs, "checked, not handed over yet"),
    ("reopened", Group::Theirs, "reopened for another hand-over"),
    ("acknowledged", Group::Well, "collected and confirmed"),
    ("proved", Group::Well, "proved by you"),
    ("first-data", Group::Well, "first data was seen"),
    ("expired", Group::Over, "expired unused"),
    ("revoked", Group::Over, "withdrawn"),
    ("", Group::Over, "unknown"),
];

/// What a standing means; one that this page does not know yet is shown by its word.
pub(super) fn standing(word: &str) -> (Group, &str) {
    let known = STANDINGS.iter().find(|(known, _, _)| *known == word);
    known.map_or((Group::Theirs, word), |(_, group, words)| (*group, *words))
}

/// The verdict of the last check.
pub(super) fn verdict(word: &str) -> &str {
    match word {
        "passed" => "passed",
        "failed" => "failed",
        "pending" => "pending",
        "could-not-tell" => "could not tell",
        other => other,
    }
}
