//! The approval sheet: everything that is asked for, before anything is changed. Made to be printed and forwarded.

use handrail_guide::plan::{Correction, Permission, PermissionKind, Prerequisite, RoleNeed};
use handrail_messages::panel::SheetView;

use crate::node::{Node, el};

/// The sheet.
#[must_use]
pub fn sheet(view: &SheetView) -> Node {
    let sheet = &view.sheet;
    el("article")
        .class("sheet")
        .attr("data-part", "sheet")
        .child(el("h2").say(view.title.as_str()))
        .child(asker(view))
        .child(el("p").mark(&sheet.purpose))
        .maybe(list("What will be changed", &sheet.changes))
        .maybe(section("Permissions", "ul", sheet.permissions.iter().map(permission)))
        .maybe(list("What leaves your directory", &sheet.leaves))
        .maybe(section("Who can do this", "ul", sheet.roles.iter().map(role)))
        .maybe(section("Before you begin", "ul", sheet.prerequisites.iter().map(prerequisite)))
        .maybe(list("How it is undone", &sheet.undo))
        .maybe(list("What is not checked", &view.not_checked))
        .maybe(steps(view))
        .maybe(corrections(&sheet.corrections))
        .child(origin(view))
        .child(el("p").class("small").say(live(view)))
        .maybe(short_digest(view))
}

fn asker(view: &SheetView) -> Node {
    let who = match &view.link {
        Some(link) => format!("{} · the link is from {link}", view.vendor),
        None => format!("{} · started by you, not from a link", view.vendor),
    };
    el("p")
        .class("asker")
        .child(el("strong").say(who))
        .maybe(view.support.as_ref().map(|s| el("span").class("small").say(format!(" Questions: {s}"))))
}

fn section(title: &str, tag: &'static str, items: impl Iterator<Item = Node>) -> Option<Node> {
    let items: Vec<Node> = items.collect();
    (!items.is_empty()).then(|| el("section").child(el("h3").say(title)).child(el(tag).children(items)))
}

fn list(title: &str, items: &[String]) -> Option<Node> {
    section(title, "ul", items.iter().map(|i| el("li").mark(i)))
}

fn permission(p: &Permission) -> Node {
    let kind = match p.kind {
        PermissionKind::Application => "application",
        PermissionKind::Delegated => "delegated",
    };
    let danger = match p.danger.as_str() {
        "tier-0" => format!("**{}**", p.danger_words()),
        danger => format!("risk {danger}"),
    };
    el("li")
        .attr("data-permission", p.name.as_str())
        .attr("data-danger", p.danger.as_str())
        .child(el("code").say(p.name.as_str()))
        .child(el("span").class("small").say(format!(" {} · {kind} · ", p.resource_name)).mark(&danger))
        .child(el("p").mark(&p.why))
        .child(el("p").class("small").child(el("code").say(p.id.as_str())))
}

fn role(r: &RoleNeed) -> Node {
    el("li").child(el("strong").say(r.role.as_str())).child(el("span").mark(&format!(": {}", r.needed_for)))
}

fn prerequisite(p: &Prerequisite) -> Node {
    el("li")
        .attr("data-known-by", p.known_by.as_str())
        .mark(&p.text)
        .child(el("p").class("small").mark(&p.known()))
        .child(el("p").class("small").mark(&format!("Otherwise: {}", p.consequence)))
}

fn steps(view: &SheetView) -> Option<Node> {
    (!view.steps.is_empty()).then(|| {
        el("details")
            .child(el("summary").say(format!("The {} steps", view.steps.len())))
            .child(el("ol").children(view.steps.iter().map(|s| el("li").mark(s))))
    })
}

fn corrections(list: &[Correction]) -> Option<Node> {
    (!list.is_empty()).then(|| {
        el("details").child(el("summary").say("Where this differs from the vendor's document")).child(
            el("ul").children(list.iter().map(|c| {
                el("li")
                    .child(el("p").mark(&format!("The document: {}", c.said)))
                    .child(el("p").mark(&format!("Today: {}", c.today)))
                    .child(el("p").class("small").say(c.source.as_str()))
            })),
        )
    })
}

fn origin(view: &SheetView) -> Node {
    let words = match &view.origin {
        Some(o) if o.practice => format!(
            "Values can be checked at the practice service {}. Nothing is sent without a press.",
            o.origin
        ),
        Some(o) => format!("Values can be checked at {}. Nothing is sent without a press.", o.origin),
        None => "No checking service is set; nothing is sent anywhere.".to_owned(),
    };
    el("p").say(words)
}

fn live(view: &SheetView) -> String {
    match view.confirmed {
        (0, _) => "None of this guide's pages has yet been confirmed on the live portal. If a button looks different, the words on the card still lead you.".to_owned(),
        (n, all) => format!("{n} of {all} pages of this guide have been confirmed on the live portal."),
    }
}

fn short_digest(view: &SheetView) -> Option<Node> {
    let short: String = view.digest.chars().take(16).collect();
    (!short.is_empty()).then(|| el("p").class("small").say("Guide ").child(el("code").say(short)))
}
