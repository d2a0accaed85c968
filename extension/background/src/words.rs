//! What the background says to people, in one place. Guides bring their own words; these are about the run itself.

use handrail_messages::report::Refusal;

pub(crate) const ALREADY_SO: &str = "It was already so.";
pub(crate) const LEFT_OUT: &str = "Left out, as you decided.";
pub(crate) const YOU_CHOSE: &str = "You chose to do it all the same.";
pub(crate) const YOU_WENT_ON: &str = "You went on.";
pub(crate) const COMMAND_SAYS_NO: &str = "The command's answer says that this is not switched on.";
pub(crate) const NO_SERVER_NAME: &str = "This is not the bare name of a server.";
pub(crate) const COMMAND_UNCLEAR: &str = "This does not look like the command's answer.";
pub(crate) const COPY_THE_RIGHT_ONE: &str = "Copy it again, from the line with the right label.";
pub(crate) const THIS_DIRECTORY: &str = "this directory";
pub(crate) const LEFT: &str = "The page was closed or loaded anew, so this is done again from here.";
pub(crate) const FELL: &str = "Handrail failed in this page and took itself away. The page is as it was, and nothing of the \
     run is lost: go on with these words, or load the page again to have ring and card back.";
pub(crate) const FOLDED: &str =
    "There is no room for it in this window: press this first, it is in the menu.";
pub(crate) const BEYOND: &str =
    "A long list draws only the rows in view: scroll it, or search in it. The ring comes when it is there.";
pub(crate) const SEVERAL: &str =
    "There is more than one thing on the page that looks like it, so no ring is drawn. Read carefully.";

pub(crate) const BY_A_COLLEAGUE: &str = "A colleague did it.";

/// The language of everything here.
pub(crate) const LANGUAGE: &str = "en";
/// What the card's upper edge is good for.
pub(crate) const HANDLE: &str = "Press to fold or unfold, pull or use the arrow keys to move";

/// Labels of the card's buttons.
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const BACK: &str = "Back";
pub(crate) const BACK_TO_STEP: &str = "Take me back";
pub(crate) const NEXT: &str = "I did it";
pub(crate) const DONE: &str = "Done";
pub(crate) const IT_IS_SO: &str = "It is so";
pub(crate) const LEAVE_IT: &str = "Leave it as it is";
pub(crate) const NOBODY_HAS_IT: &str = "Nobody has it any more";
pub(crate) const GO_ON: &str = "Go on";

pub(crate) fn look_alike(called: &str, label: &str) -> String {
    format!("This is what {called} shows, not the {label}.")
}

pub(crate) fn looks_like_a_secret(label: &str) -> String {
    format!("This looks like a secret, not the {label}. It was not kept.")
}

pub(crate) fn hand_over_blocked(missing: &[String]) -> Refusal {
    let what = if missing.is_empty() {
        "The last check failed, so nothing is handed over yet.".into()
    } else {
        format!("Nothing is handed over yet. Missing, or something is wrong with it: {}.", missing.join(", "))
    };
    refusal("hand-over-blocked", what, "Mend what the check names, check again, then hand over.")
}

pub(crate) fn check_again() -> Refusal {
    refusal(
        "check-again",
        "The values were not checked under this link since they last changed.".into(),
        "Check them once more, then hand over.",
    )
}

pub(crate) fn page_shows(label: &str, own: &str) -> String {
    format!("The page shows another {label}: {own}.")
}

pub(crate) fn in_directory(directory: Option<&str>) -> String {
    directory.map_or_else(String::new, |d| format!("In {d}"))
}

pub(crate) fn other_directory(was: &str, now: &str) -> String {
    format!(
        "This guide was begun in **{was}**. The tab now shows **{now}**. Nothing is done in another directory. \
         Switch back with the directory menu at the top right, then press **{GO_ON}**."
    )
}

pub(crate) const OTHER_DIRECTORY_TITLE: &str = "Another directory";
pub(crate) const BACK_IN_DIRECTORY: &str = "The tab is back in the right directory. Press **Go on**.";

pub(crate) fn not_found(called: &str, menu: &str) -> String {
    let menu = menu.trim_end_matches('.');
    if called.is_empty() {
        format!("The way there: {menu}.")
    } else {
        format!("Look for {called}. The way there: {menu}.")
    }
}

fn refusal(code: &str, what: String, next: &str) -> Refusal {
    Refusal { code: code.into(), what, next: next.into() }
}

pub(crate) fn link_other_origin(link: &str, named: &str) -> Refusal {
    refusal(
        "link-other-origin",
        format!("The link is from {link} but wants the values checked at {named}, which was not approved."),
        "Do not go on with this link. Ask the sender, by another way than this link, where the values are meant to go.",
    )
}

pub(crate) fn link_unknown_guide(guide: &str) -> Refusal {
    refusal(
        "link-unknown-guide",
        format!("The link asks for a guide that is not in this version: {guide}."),
        "Update Handrail, or ask the sender for another link.",
    )
}

/// What the colleague is sent. Everything in it may be read by anybody.
pub(crate) fn for_colleague(title: &str, directory: &str, step: &str, roles: &str, code: &str) -> String {
    let place = if directory.is_empty() { String::new() } else { format!(" in {directory}") };
    format!(
        "Please go on with “{title}”{place}. It stands at: {step}.\n\nThe roles it needs:\n{roles}\n\n\
         Open the portal, press Handrail's button, and paste this whole text under “Go on for a colleague”. No secret \
         is in it.\n\n{code}\n"
    )
}

pub(crate) fn handed_broken() -> Refusal {
    refusal(
        "handed-broken",
        "This is no run that a colleague handed over, or a part of it is missing.".into(),
        "Paste the whole text the colleague sent, its last line too.",
    )
}

pub(crate) fn proved(what: &str, time: &str) -> String {
    format!("Tried on {time}: {what}")
}

pub(crate) fn still_accepted() -> Refusal {
    refusal(
        "still-accepted",
        "Microsoft still accepts this secret.".into(),
        "Make sure that it is deleted, that it is the one of this app, and try again: it takes a minute to reach every server.",
    )
}

pub(crate) fn not_proved() -> Refusal {
    refusal("not-proved", "There was no clear answer, so nothing is proved.".into(), "Try again in a minute.")
}

/// What was pasted as the old secret is not one, as `what` says.
pub(crate) fn proves_nothing(what: &str) -> Refusal {
    refusal(
        "proves-nothing",
        format!("This was not tried: {what}"),
        "Paste the whole old Value. If nobody has it any more, say so.",
    )
}

pub(crate) fn plan_broken() -> Refusal {
    refusal(
        "plan-broken",
        "This guide could not be read.".into(),
        "Install Handrail anew; if it stays so, tell whoever gave it to you.",
    )
}

pub(crate) fn link_broken() -> Refusal {
    refusal(
        "link-broken",
        "The link names a checking service in a form that is no web address.".into(),
        "Ask the sender for a new link.",
    )
}

pub(crate) fn offline(origin: &str) -> Refusal {
    refusal(
        "check-unreachable",
        format!("{origin} could not be reached."),
        "Nothing was lost. Look at your connection and press the button again.",
    )
}

pub(crate) fn bad_answer(origin: &str, status: u16) -> Refusal {
    refusal(
        "check-no-answer",
        format!("{origin} gave no usable answer (HTTP {status})."),
        "Nothing was lost. Try again in a minute; if it stays so, tell whoever runs the service.",
    )
}

pub(crate) fn not_approved(origin: &str) -> Refusal {
    refusal(
        "origin-not-approved",
        format!("Values have not been approved for {origin}."),
        "Approve the address by name first, or choose another.",
    )
}

pub(crate) fn values_missing(labels: &[String]) -> Refusal {
    refusal(
        "values-missing",
        format!("Missing, or something is wrong with it: {}.", labels.join(", ")),
        "Look at the values: paste what is missing, mend what is wrong, or say that you use it anyway.",
    )
}

pub(crate) fn no_portal_tab() -> Refusal {
    refusal(
        "no-tab",
        "There is no browser tab to guide you in.".into(),
        "Open the portal in a tab and press Handrail's button there.",
    )
}

pub(crate) fn busy_tab(title: &str) -> Refusal {
    refusal(
        "tab-busy",
        format!("Another guide is under way in this tab: {title}."),
        "Finish or cancel it first, or use another tab.",
    )
}

pub(crate) fn own_fault() -> Refusal {
    refusal(
        "own-fault",
        "Handrail failed and began anew with what was saved. What you did last may be lost.".into(),
        "Look whether the step is the right one and go on. If it happens again, tell whoever gave Handrail to you.",
    )
}

pub(crate) fn idle_wiped() -> Refusal {
    refusal(
        "idle-wiped",
        "The secret was wiped from memory because nothing happened for a long time.".into(),
        "Paste it again if you still have it. If not, make a new client secret.",
    )
}
