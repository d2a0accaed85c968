//! What the page behind a link and the panel both say of it.

use handrail_words::{checks, id, say};

use crate::{Node, button, el};

/// What a value of the vendor's issuer is called in the portal: `issuer`, `subject`, `audience`.
#[must_use]
pub fn own_label(id: &str) -> String {
    match id {
        "issuer" => say!("own-issuer"),
        "subject" => say!("own-subject"),
        _ => say!("own-audience"),
    }
}

/// Words that a page has a moment after it opened; nothing before.
fn later(id: &str) -> String {
    checks::known(id, &[]).unwrap_or_default()
}

/// How far the vendor is with what was handed over, in a sentence or two; nothing where nothing was. `standing` is one of
/// the state machine's words; of the vendor's own try: its state, code, what happened and what to do as the service says it.
#[must_use]
pub fn how_far(standing: &str, proof: [&str; 4]) -> String {
    let words = match standing {
        "handed-over" => later(id!("standing-handed-over")),
        "collected" => later(id!("standing-collected")),
        "deleted" => later(id!("standing-deleted")),
        "acknowledged" => later(id!("standing-acknowledged")),
        "first-data" => later(id!("standing-first-data")),
        "proved" => later(id!("standing-proved")),
        "not-proved" => later(id!("standing-not-proved")),
        _ => String::new(),
    };
    format!("{words} {}", tried(proof)).trim().to_owned()
}

/// How long what was handed over is kept, where it still is; `day` as `2027-05-20`.
#[must_use]
pub fn kept(day: &str) -> String {
    say!("link-kept", day = day)
}

/// How the keys of a link's sender are known here: since a day (`2026-11-23`), by a fingerprint that was entered, or not
/// before this link.
#[must_use]
pub fn keys_known(since: Option<&str>, is_told: bool) -> String {
    match since {
        Some(day) => say!("link-same", day = day),
        None if is_told => say!("link-told"),
        None => say!("link-first"),
    }
}

/// Where the fingerprint is entered that the vendor told, when its keys are not those that were seen before. The one it has
/// to be is not shown: copied from here it would prove nothing. `is_wrong`: what was entered last is another.
#[must_use]
pub fn fingerprint(is_wrong: bool) -> Node {
    let wrong = el("p").attr("id", "mistold").attr("role", "alert");
    el("div")
        .attr("data-part", "fingerprint")
        .child(el("label").attr("for", "fingerprint").say(say!("link-fingerprint")))
        .child(
            el("input")
                .class("paste")
                .attr("id", "fingerprint")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "off")
                .attr("spellcheck", "false")
                .maybe_attr("aria-invalid", is_wrong.then_some("true"))
                .maybe_attr("aria-describedby", is_wrong.then_some("mistold")),
        )
        .maybe(is_wrong.then(|| wrong.say(say!("link-mistold"))))
        .child(button("compare", say!("link-compare")).class("primary"))
}

/// A vendor's logo beside its domain, small whatever its own size. It has no words: the domain is the sender's name.
#[must_use]
pub fn picture(address: &str) -> Node {
    el("img").class("logo").attr("src", address).attr("alt", "").attr("width", "48").attr("height", "48")
}

/// What became of the vendor's own try.
fn tried([state, code, what, next]: [&str; 4]) -> String {
    let (what, next) = match state {
        "pending" => (later(id!("proof-pending")), later(id!("proof-pending.next"))),
        "passed" => (later(id!("proof-passed")), later(id!("proof-passed.next"))),
        _ => {
            let id = format!("reason-{code}");
            match checks::known(&id, &[]) {
                Some(what) => (what, checks::known(&format!("{id}.next"), &[]).unwrap_or_default()),
                None => checks::refusal(code, what, next),
            }
        }
    };
    // Marked up for reports; here they are one sentence.
    format!("{what} {next}").replace("**", "")
}
