//! The page as a tree.

use handrail_credential::Kind;
use handrail_customer::{Asked, Trouble, day};
use handrail_handover::LinkClaims;
use handrail_ui::{Node, button, el, fingerprint, how_far, kept, keys_known, own_label, picture, report};
use handrail_words::{checks, say};

use crate::guide::steps;
use crate::model::{Field, Idle, Model, Phase, is_ticked_one_by_one};

/// Everything below the page's `main`.
#[must_use]
pub fn view(model: &Model) -> Vec<Node> {
    match &model.phase {
        Phase::Loading => vec![el("p").attr("role", "status").say(say!("link-loading"))],
        Phase::Refused(why) => {
            let (what, next) = words_of(why);
            let card = el("div").class("card warn").attr("role", "alert");
            let card = card.child(el("p").mark(&what)).child(el("p").mark(&next));
            let mut parts = vec![el("h1").say(say!("page-refused")), card];
            parts.extend(model.fingerprint.map(fingerprint));
            parts
        }
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
                .child(el("h2").say(say!("page-saved")))
                .child(el("p").say(say!("page-saved-lead"))),
        ],
    }
}

/// The domain counts, not the name: that is what was proved.
fn sender(model: &Model) -> Node {
    let domain = model.asked.as_ref().map_or("", Asked::domain);
    let customer = model.asked.as_ref().map_or("", |asked| asked.link.claims.customer.as_str());
    let another =
        model.asked.as_ref().is_some_and(|asked| asked.link.claims.is_for_another(&model.guide.digest));
    let logo = model.asked.as_ref().and_then(|asked| asked.link.logo.as_deref());
    el("header")
        .child(el("p").class("small").say(say!("link-made-by")))
        .child(el("p").class("sender").attr("data-part", "sender").maybe(logo.map(picture)).say(domain))
        .child(el("p").class("small").say(say!("link-proved")))
        .maybe(model.asked.as_ref().map(|asked| {
            let words = keys_known(asked.known_since().as_deref(), asked.is_told());
            el("p").class("small").attr("data-part", "keys").say(words)
        }))
        .maybe(
            (!customer.is_empty() && model.phase != Phase::Asked)
                .then(|| el("p").class("small").say(say!("page-reference", customer = customer))),
        )
        .child(el("h1").say(model.guide.title.as_str()))
        .maybe(another.then(|| {
            el("p")
                .class("card warn")
                .attr("role", "alert")
                .attr("data-part", "another-guide")
                .say(say!("link-another-guide"))
        }))
}

fn about(model: &Model) -> Node {
    let claims = model.asked.as_ref().map(|asked| &asked.link.claims);
    let guide = claims.map_or("", |c| c.guide.as_str());
    let until = claims.map_or(0, |c| c.exp);
    let own = model.asked.as_ref().filter(|_| claims.is_some_and(LinkClaims::is_own));
    el("section")
        .maybe(own.map(|asked| written(model, asked.domain())))
        .child(el("p").say(model.guide.purpose.as_str()))
        .maybe((!model.guide.permissions.is_empty()).then(|| {
            el("details")
                .child(el("summary").say(say!("page-permissions")))
                .child(el("ul").children(model.guide.permissions.iter().map(|p| el("li").say(p.as_str()))))
        }))
        .maybe(own.is_none().then(|| {
            el("p").child(
                el("a")
                    .attr("href", format!("/g/{guide}"))
                    .attr("target", "_blank")
                    .attr("rel", "noopener")
                    .say(say!("page-guide")),
            )
        }))
        .child(
            el("ul")
                .child(el("li").say(say!("page-first")))
                .child(el("li").mark(&say!("page-then")))
                .child(el("li").mark(&say!("page-last"))),
        )
        .child(
            el("p")
                .class("small")
                .attr("data-until", until.to_string())
                .say(say!("page-until", day = &day(until))),
        )
}

/// Who wrote a guide of the vendor's own, and what it asks for: the dangerous first, each to be ticked.
fn written(model: &Model, vendor: &str) -> Node {
    let one = |(at, (danger, words)): (usize, &(String, String))| {
        let how = match danger.as_str() {
            "tier-0" => say!("own-tier-0", vendor = vendor),
            "high" => say!("own-high", vendor = vendor),
            "medium" => say!("danger-medium"),
            _ => say!("danger-low"),
        };
        let words = el("span").say(words.as_str());
        let item = el("li").attr("data-danger", danger.as_str());
        if !is_ticked_one_by_one(danger) {
            return item.child(words).child(el("span").class("small").say(format!(" · {how}")));
        }
        let ticked = model.ticked.contains(&at);
        let tick = el("input").attr("type", "checkbox").attr("data-tick", at.to_string());
        item.child(
            el("label")
                .child(tick.flag("checked", ticked))
                .child(el("strong").say(format!("{how} ")))
                .child(words),
        )
    };
    let order = ["tier-0", "high", "medium", "low"];
    let all = order.into_iter().flat_map(|danger| {
        model.guide.asked.iter().enumerate().filter(move |(_, (own, _))| own == danger).map(one)
    });
    el("div")
        .class("card warn")
        .attr("data-part", "own-guide")
        .child(el("p").child(el("strong").say(say!("own-written", vendor = vendor))))
        .child(el("p").class("small").say(say!("own-known")))
        .child(el("h2").say(say!("page-permissions")))
        .maybe((!model.is_ticked()).then(|| el("p").say(say!("own-dangerous", vendor = vendor))))
        .child(el("ul").children(all))
}

fn begin(model: &Model) -> Node {
    if model.asked.as_ref().is_some_and(|asked| asked.taken) {
        let card = el("div").class("card").attr("data-part", "taken");
        return card.say(say!("link-taken")).child(progress(model));
    }
    el("div")
        .class("card")
        .child(el("p").say(say!("page-extension")))
        .maybe(model.asked.as_ref().and_then(own))
        .child(button("begin", say!("page-begin")).class("primary").flag("disabled", !model.is_ticked()))
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
            part.child(el("p").say(say!("link-consent")))
                .child(el("p").child(link.attr("data-own", "consent").say(say!("consent-link")))),
        );
    }
    let row = |(id, value): (&str, &str)| {
        let value = value.to_owned();
        el("li")
            .say(format!("{}: ", own_label(id)))
            .child(el("code").attr("data-own", id).say(value.as_str()))
            .child(button("copy", say!("copy")).attr("data-copy", value))
    };
    Some(part.child(el("p").say(say!("page-own"))).child(el("ul").children(asked.own().into_iter().map(row))))
}

fn form(model: &Model) -> Node {
    let busy = matches!(model.phase, Phase::Checking | Phase::Sending);
    el("section")
        .maybe(idle(model))
        .child(el("label").attr("for", "anything").say(say!("page-anything")))
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
                if model.phase == Phase::Checking { say!("checking") } else { say!("page-check") },
            )
            .class("primary")
            .flag("disabled", busy || !model.complete()),
        )
        .maybe(model.trouble.as_ref().map(|why| {
            let (what, next) = words_of(why);
            let card = el("p").class("card warn").attr("role", "alert").attr("data-part", "trouble");
            card.mark(&format!("{what} {next}"))
        }))
}

/// The day the secret ends, where there is one.
fn ends(model: &Model) -> Vec<Node> {
    if model.asked.as_ref().is_some_and(Asked::is_proved_afterwards) {
        return Vec::new();
    }
    vec![
        el("label").attr("for", "ends").say(say!("page-ends")),
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
                .child(el("p").say(say!("page-idle")))
                .child(button("keep", say!("page-keep"))),
        ),
        Idle::Wiped => Some(card.attr("role", "status").say(say!("page-idle-wiped"))),
    }
}

/// Nothing is told without this.
fn share(model: &Model) -> Node {
    let domain = model.asked.as_ref().map_or("", Asked::domain);
    el("label")
        .class("choice")
        .child(el("input").attr("type", "checkbox").attr("id", "share"))
        .say(format!(" {}", say!("page-share", vendor = domain)))
}

/// What went wrong, in the language spoken: what happened, and what to do.
fn words_of(why: &Trouble) -> (String, String) {
    if *why == Trouble::default() {
        return (say!("link-no-answer"), say!("link-no-answer.next"));
    }
    checks::refusal(&why.code, &why.what, &why.next)
}

/// How far the vendor is with what was handed over.
fn progress(model: &Model) -> Node {
    let words = model.asked.as_ref().map(|asked| how_far(&asked.standing, asked.proof.parts()));
    let words = words.unwrap_or_default();
    let until = model.asked.as_ref().and_then(Asked::kept_until);
    el("div")
        .attr("data-part", "progress")
        .child(el("p").attr("role", "status").say(words))
        .maybe(until.map(|day| el("p").attr("data-kept", day.as_str()).say(kept(&day))))
        .child(button("look", say!("link-look")))
}

fn row(field: &Field) -> Node {
    let label = checks::named("label", field.kind.map_or(field.id.as_str(), |kind| kind.name()));
    let secret = field.kind == Some(Kind::ClientSecret);
    let name = format!("value-{}", field.id);
    let state = match &field.checked {
        None => "missing",
        Some(checked) if field.kept || checked.objection().is_none() => "good",
        Some(_) => "bad",
    };
    let findings = field.checked.iter().flat_map(|checked| &checked.findings).map(|found| {
        let (what, next) = checks::finding(found.code, &found.n);
        el("div")
            .class("finding")
            .attr("role", "status")
            .attr("data-code", found.code)
            .child(el("p").class("what").mark(&what))
            .maybe((!next.is_empty()).then(|| el("p").class("next").mark(&next)))
    });
    let checked = field.checked.iter();
    let suggestions = checked.flat_map(|checked| {
        checked.suggestions.iter().map(|offer| {
            let slip = checked.slip(offer);
            checks::slip(slip.code, &slip.character, slip.place)
        })
    });
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
            el("button")
                .attr("type", "button")
                .attr("data-act", "use-suggestion")
                .mark(&say!("page-use-with", slip = &words))
                .attr("data-for", field.id.as_str())
                .attr("data-n", n.to_string())
        }))
        .maybe(
            (state == "bad")
                .then(|| button("use-anyway", say!("use-anyway")).attr("data-for", field.id.as_str())),
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
                .child(el("p").say(say!("page-sealed", vendor = domain)))
                .child(
                    button(
                        "hand-over",
                        if sending { say!("handing-over") } else { say!("hand-over-to", vendor = domain) },
                    )
                    .class("primary")
                    .flag("disabled", sending),
                )
                .child(button("download", say!("page-download")).flag("disabled", sending))
        }),
    )
}

fn done(model: &Model) -> Node {
    el("div")
        .class("card")
        .attr("data-part", "receipt")
        .attr("data-receipt", model.asked.as_ref().map_or("", Asked::receipt))
        .child(el("h2").say(say!("page-handed-over")))
        .child(el("p").say(format!("{} {}", say!("page-wiped"), say!("receipt-keep"))))
        .child(button("receipt", say!("receipt-save")))
        .child(progress(model))
        .maybe(model.reminder(0).map(|_| button("calendar", say!("page-calendar"))))
}
