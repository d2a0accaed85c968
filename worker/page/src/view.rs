//! The page as a tree.

use handrail_credential::{Kind, utc};
use handrail_customer::Asked;
use handrail_ui::{Node, button, el, report};

use crate::guide::steps;
use crate::model::{Field, Idle, Model, Phase};

/// Everything below the page's `main`.
#[must_use]
pub fn view(model: &Model) -> Vec<Node> {
    match &model.phase {
        Phase::Loading => vec![el("p").attr("role", "status").say("Finding out who sent this link…")],
        Phase::Refused(what, next) => vec![
            el("h1").say("This link cannot be used"),
            el("div")
                .class("card warn")
                .attr("role", "alert")
                .child(el("p").say(what))
                .child(el("p").say(next)),
        ],
        Phase::Asked => vec![sender(model), about(model), begin(model), steps(model)],
        Phase::Form | Phase::Checking | Phase::Sending => {
            vec![sender(model), form(model), result(model), steps(model)]
        }
        Phase::Done => vec![sender(model), done(model)],
        Phase::Downloaded => vec![
            sender(model),
            el("div")
                .class("card")
                .attr("data-part", "downloaded")
                .child(el("h2").say("Sealed and saved"))
                .child(el("p").say("Send the file to the vendor in any way: only the vendor can open it.")),
        ],
    }
}

/// The domain counts, not the name: that is what was proved.
fn sender(model: &Model) -> Node {
    let domain = model.asked.as_ref().map_or("", Asked::domain);
    let customer = model.asked.as_ref().map_or("", |asked| asked.link.claims.customer.as_str());
    el("header")
        .child(el("p").class("small").say("This link was made by"))
        .child(el("p").class("sender").attr("data-part", "sender").say(domain))
        .child(el("p").class("small").say(
            "Your browser has verified this against the keys that the domain publishes. If this is not who you expect, stop here.",
        ))
        .maybe((!customer.is_empty() && model.phase != Phase::Asked)
            .then(|| el("p").class("small").say(format!("Reference: {customer}"))))
        .child(el("h1").say(model.guide.title.as_str()))
}

fn about(model: &Model) -> Node {
    let claims = model.asked.as_ref().map(|asked| &asked.link.claims);
    let guide = claims.map_or("", |c| c.guide.as_str());
    let until = claims.map_or(0, |c| c.exp);
    el("section")
        .child(el("p").say(model.guide.purpose.as_str()))
        .maybe((!model.guide.permissions.is_empty()).then(|| {
            el("details").child(el("summary").say("Permissions it asks for")).child(
                el("ul").children(model.guide.permissions.iter().map(|p| el("li").say(p.as_str()))),
            )
        }))
        .child(el("p").child(
            el("a").attr("href", format!("/g/{guide}")).attr("target", "_blank").attr("rel", "noopener").say("The guide's page"),
        ))
        .child(el("ul")
            .child(el("li").say("What you enter is checked here first, without leaving this page."))
            .child(el("li").say("When you press Check, it is sent once to this service, tried against Microsoft and forgotten."))
            .child(el("li").say("When you press Hand over, it is sealed in this browser so that only the vendor can open it.")))
        .child(el("p").class("small").attr("data-until", until.to_string()).say(format!("The link is good until {}.", day(until))))
}

fn begin(model: &Model) -> Node {
    if model.asked.as_ref().is_some_and(|asked| asked.taken) {
        return el("div").class("card").attr("data-part", "taken").say(
            "Something was already handed over under this link. To replace it, use the page it was handed over with, or ask the vendor to reopen the link.",
        ).child(progress(model));
    }
    el("div")
        .class("card")
        .child(el("p").say("With the Handrail extension: press its button in the browser's toolbar while this page is open. It proves for itself who asks, continues in the portal, and hands over from its panel."))
        .maybe(model.asked.as_ref().and_then(own))
        .child(button("begin", "I have the values: begin").class("primary"))
}

/// What is entered in the portal or opened at Microsoft where nothing secret is made.
fn own(asked: &Asked) -> Option<Node> {
    if !asked.is_proved_afterwards() {
        return None;
    }
    let part = el("div").attr("data-part", "own");
    if let Some(address) = asked.consent() {
        let link = el("a").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer");
        return Some(
            part.child(el("p").say(
                "No secret is made: an administrator agrees to the vendor's own app on Microsoft's page. Begin there, and from no other address: this one is bound to this link. Then hand over the directory's ID.",
            ))
            .child(el("p").child(link.attr("data-own", "consent").say("Consent at Microsoft"))),
        );
    }
    let row = |(id, label, value): (&str, &str, &str)| {
        let value = value.to_owned();
        el("li")
            .say(format!("{label}: "))
            .child(el("code").attr("data-own", id).say(value.as_str()))
            .child(button("copy", "Copy").attr("data-copy", value))
    };
    Some(
        part.child(el("p").say(
            "No secret is made: the app is told to trust the vendor's own issuer, as the steps below say, with exactly these values. Then two IDs are handed over, and the vendor proves them.",
        ))
        .child(el("ul").children(asked.own().into_iter().map(row))),
    )
}

fn form(model: &Model) -> Node {
    let busy = matches!(model.phase, Phase::Checking | Phase::Sending);
    el("section")
        .maybe(idle(model))
        .child(
            el("label")
                .attr("for", "anything")
                .say("Paste everything you have; what is recognised is put in its place"),
        )
        .child(
            el("textarea")
                .attr("id", "anything")
                .attr("rows", "2")
                .attr("autocomplete", "off")
                .attr("spellcheck", "false"),
        )
        .child(el("ul").class("values").children(model.fields.iter().map(row)))
        .children(ends(model))
        .child(share(model))
        .child(
            button(
                "check",
                if model.phase == Phase::Checking { "Checking…" } else { "Check against Microsoft" },
            )
            .class("primary")
            .flag("disabled", busy || !model.complete()),
        )
        .maybe(
            model.trouble.as_ref().map(|t| {
                el("p").class("card warn").attr("role", "alert").attr("data-part", "trouble").say(t)
            }),
        )
}

/// The day the secret ends, where there is one.
fn ends(model: &Model) -> Vec<Node> {
    if model.asked.as_ref().is_some_and(Asked::is_proved_afterwards) {
        return Vec::new();
    }
    vec![
        el("label")
            .attr("for", "ends")
            .say("Day the secret ends, as the portal shows it (e.g. 2027-05-20); optional"),
        el("input")
            .attr("id", "ends")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("inputmode", "numeric"),
    ]
}

/// What becomes of values that nobody touches.
fn idle(model: &Model) -> Option<Node> {
    let card = el("div").class("card warn").attr("data-part", "idle");
    match model.idle {
        Idle::Kept => None,
        Idle::Soon => Some(
            card.attr("role", "alert")
                .child(el("p").say("Nothing happens here. What you entered is wiped within a minute."))
                .child(button("keep", "Keep it")),
        ),
        Idle::Wiped => Some(
            card.attr("role", "status")
                .say("What you entered was wiped, because nothing happened here for 15 minutes. It was not handed over."),
        ),
    }
}

/// Nothing is told without this.
fn share(model: &Model) -> Node {
    let domain = model.asked.as_ref().map_or("", Asked::domain);
    el("label")
        .class("choice")
        .child(el("input").attr("type", "checkbox").attr("id", "share"))
        .say(format!(" Tell {domain} how far I am: begun, values entered, checked. No value is told."))
}

/// How far the vendor is with what was handed over.
fn progress(model: &Model) -> Node {
    let words = model.asked.as_ref().map(Asked::progress).unwrap_or_default();
    el("div")
        .attr("data-part", "progress")
        .child(el("p").attr("role", "status").say(words))
        .child(button("look", "See how far the vendor is"))
}

fn row(field: &Field) -> Node {
    let label = field.kind.map_or(field.id.as_str(), |kind| kind.label());
    let secret = field.kind == Some(Kind::ClientSecret);
    let name = format!("value-{}", field.id);
    let state = match &field.checked {
        None => "missing",
        Some(checked) if field.kept || checked.objection().is_none() => "good",
        Some(_) => "bad",
    };
    let findings = field.checked.iter().flat_map(|checked| &checked.findings).map(|found| {
        el("div")
            .class("finding")
            .attr("role", "status")
            .attr("data-code", found.code)
            .child(el("p").class("what").mark(&found.what))
            .maybe((!found.next.is_empty()).then(|| el("p").class("next").mark(found.next)))
    });
    let checked = field.checked.iter();
    let suggestions = checked.flat_map(|checked| checked.suggestions.iter().map(|s| checked.slip(s)));
    el("li")
        .class("value")
        .attr("data-key", field.id.as_str())
        .attr("data-value-state", state)
        .child(el("label").attr("for", name.as_str()).say(label))
        .child(
            el("input")
                .attr("id", name)
                .attr("type", if secret { "password" } else { "text" })
                .attr("data-value", field.id.as_str())
                .attr("autocomplete", "off")
                .attr("autocapitalize", "off")
                .attr("spellcheck", "false")
                .attr("data-lpignore", "true")
                .attr("data-1p-ignore", "true"),
        )
        .children(findings)
        .children(suggestions.enumerate().map(|(n, words)| {
            button("use-suggestion", "Use it with ")
                .mark(&words)
                .attr("data-for", field.id.as_str())
                .attr("data-n", n.to_string())
        }))
        .maybe(
            (state == "bad")
                .then(|| button("use-anyway", "Use it anyway").attr("data-for", field.id.as_str())),
        )
}

fn result(model: &Model) -> Node {
    let Some(found) = &model.report else { return el("section") };
    let domain = model.asked.as_ref().map_or("", Asked::domain);
    let sending = model.phase == Phase::Sending;
    el("section").attr("aria-live", "polite").child(report(found, &[], None)).maybe(
        model.may_hand_over().then(|| {
            el("div")
                .class("card")
                .child(el("p").say(format!("Sealed so that only {domain} can open it.")))
                .child(
                    button(
                        "hand-over",
                        if sending { "Handing over…".to_owned() } else { format!("Hand over to {domain}") },
                    )
                    .class("primary")
                    .flag("disabled", sending),
                )
                .child(button("download", "Save the sealed file instead").flag("disabled", sending))
        }),
    )
}

fn done(model: &Model) -> Node {
    el("div")
        .class("card")
        .attr("data-part", "receipt")
        .attr("data-receipt", model.asked.as_ref().map_or("", Asked::receipt))
        .child(el("h2").say("Handed over"))
        .child(el("p").say("The values were wiped from this page. Keep the receipt: it proves what was handed over, and permits to replace it."))
        .child(button("receipt", "Save the receipt"))
        .child(progress(model))
        .maybe(model.end_day().map(|_| button("calendar", "Save a reminder of the end date")))
}

/// The day of a moment.
fn day(seconds: i64) -> String {
    utc(seconds).chars().take(10).collect()
}
