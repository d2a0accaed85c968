//! What the background says to people with more than one word to put in. Guides bring their own words; these are about
//! the run itself, and stand in `locales/`.

use handrail_messages::report::Refusal;
use handrail_words::{Arg, say, text, with};

/// What a message takes for a list or a name that is empty.
const NONE: &str = "none";

fn or_none(words: &str) -> &str {
    if words.is_empty() { NONE } else { words }
}

pub(crate) fn look_alike(called: &str, label: &str) -> String {
    say!("look-alike", called = called, label = label)
}

pub(crate) fn looks_like_a_secret(label: &str) -> String {
    say!("looks-like-a-secret", label = label)
}

pub(crate) fn check_again() -> Refusal {
    refusal("check-again", &[])
}

pub(crate) fn page_shows(label: &str, own: &str) -> String {
    say!("page-shows", label = label, own = own)
}

pub(crate) fn in_directory(directory: Option<&str>) -> String {
    directory.map_or_else(String::new, |d| say!("card-directory", directory = d))
}

pub(crate) fn other_directory(was: &str, now: &str) -> String {
    say!("card-other-directory-text", was = was, now = now)
}

pub(crate) fn not_found(called: &str, menu: &str) -> String {
    let menu = menu.trim_end_matches('.');
    if called.is_empty() {
        say!("card-way", menu = menu)
    } else {
        say!("card-not-found", called = called, menu = menu)
    }
}

/// What the colleague is sent. Everything in it may be read by anybody.
pub(crate) fn for_colleague(title: &str, directory: &str, step: &str, roles: &str, code: &str) -> String {
    let directory = or_none(directory);
    say!("for-colleague", title = title, directory = directory, step = step, roles = roles, code = code)
}

pub(crate) fn proved(what: &str, time: &str) -> String {
    say!("proved", time = time, what = what)
}

/// What cannot be done: the message `refusal-<code>` says what, its `next` what to do instead.
fn refusal(code: &str, args: &[(&str, Arg<'_>)]) -> Refusal {
    let id = format!("refusal-{code}");
    Refusal { code: code.into(), what: with(&id, args), next: text(&format!("{id}.next")) }
}

pub(crate) fn hand_over_blocked(missing: &[String]) -> Refusal {
    refusal("hand-over-blocked", &[("missing", or_none(&missing.join(", ")).into())])
}

pub(crate) fn link_other_origin(link: &str, named: &str) -> Refusal {
    refusal("link-other-origin", &[("link", link.into()), ("named", named.into())])
}

pub(crate) fn link_unknown_guide(guide: &str) -> Refusal {
    refusal("link-unknown-guide", &[("guide", guide.into())])
}

pub(crate) fn guide_unfit() -> Refusal {
    refusal("guide-unfit", &[])
}

pub(crate) fn handed_broken() -> Refusal {
    refusal("handed-broken", &[])
}

pub(crate) fn still_accepted() -> Refusal {
    refusal("still-accepted", &[])
}

pub(crate) fn not_proved() -> Refusal {
    refusal("not-proved", &[])
}

/// What was pasted as the old secret is not one, as `what` says.
pub(crate) fn proves_nothing(what: &str) -> Refusal {
    refusal("proves-nothing", &[("what", what.into())])
}

pub(crate) fn plan_broken() -> Refusal {
    refusal("plan-broken", &[])
}

pub(crate) fn link_broken() -> Refusal {
    refusal("link-broken", &[])
}

pub(crate) fn offline(origin: &str) -> Refusal {
    refusal("check-unreachable", &[("origin", origin.into())])
}

pub(crate) fn bad_answer(origin: &str, status: u16) -> Refusal {
    refusal("check-no-answer", &[("origin", origin.into()), ("status", (&status.to_string()).into())])
}

pub(crate) fn not_approved(origin: &str) -> Refusal {
    refusal("origin-not-approved", &[("origin", origin.into())])
}

pub(crate) fn policy_sending() -> Refusal {
    refusal("policy-sending", &[])
}

pub(crate) fn policy_worker(origin: &str) -> Refusal {
    refusal("policy-worker", &[("origin", origin.into())])
}

pub(crate) fn policy_vendor(vendor: &str) -> Refusal {
    refusal("policy-vendor", &[("vendor", vendor.into())])
}

pub(crate) fn host_blocked(host: &str) -> Refusal {
    refusal("host-blocked", &[("host", host.into())])
}

pub(crate) fn host_withheld(host: &str) -> Refusal {
    refusal("host-withheld", &[("host", host.into())])
}

pub(crate) fn host_closed(host: &str) -> Refusal {
    refusal("host-closed", &[("host", host.into())])
}

pub(crate) fn values_missing(labels: &[String]) -> Refusal {
    refusal("values-missing", &[("values", (&labels.join(", ")).into())])
}

pub(crate) fn no_portal_tab() -> Refusal {
    refusal("no-tab", &[])
}

pub(crate) fn busy_tab(title: &str) -> Refusal {
    refusal("tab-busy", &[("title", title.into())])
}

pub(crate) fn own_fault() -> Refusal {
    refusal("own-fault", &[])
}

pub(crate) fn idle_wiped() -> Refusal {
    refusal("idle-wiped", &[])
}
