//! The approval sheet: everything that is asked for, before anything is changed. Made to be printed and forwarded.

use handrail_guide::plan::{Correction, Permission, PermissionKind, Prerequisite, RoleNeed};
use handrail_messages::panel::{OriginLine, SheetView};
use handrail_words::say;

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
        .maybe(list(&say!("sheet-changes"), &sheet.changes))
        .maybe(section(&say!("sheet-permissions"), "ul", sheet.permissions.iter().map(permission)))
        .maybe(list(&say!("sheet-leaves"), &sheet.leaves))
        .maybe(section(&say!("sheet-roles"), "ul", sheet.roles.iter().map(role)))
        .maybe(section(&say!("sheet-prerequisites"), "ul", sheet.prerequisites.iter().map(prerequisite)))
        .maybe(list(&say!("sheet-undo"), &sheet.undo))
        .maybe(list(&say!("sheet-not-checked"), &view.not_checked))
        .maybe(steps(view))
        .maybe(corrections(&sheet.corrections))
        .child(origin(view))
        .child(el("p").class("small").say(live(view)))
        .maybe(short_digest(view))
}

fn asker(view: &SheetView) -> Node {
    let who = match &view.link {
        Some(link) => say!("sheet-from-link", vendor = &view.vendor, link = link),
        None => say!("sheet-from-you", vendor = &view.vendor),
    };
    el("p").class("asker").child(el("strong").say(who)).maybe(
        view.support
            .as_ref()
            .map(|s| el("span").class("small").say(format!(" {}", say!("questions", support = s)))),
    )
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
        PermissionKind::Application => say!("permission-application"),
        PermissionKind::Delegated => say!("permission-delegated"),
    };
    let danger = match p.danger.as_str() {
        "low" => say!("danger-low"),
        "medium" => say!("danger-medium"),
        "high" => say!("danger-high"),
        _ => format!("**{}**", say!("danger-tier-0")),
    };
    el("li")
        .attr("data-permission", p.name.as_str())
        .attr("data-danger", p.danger.as_str())
        .child(el("code").say(p.name.as_str()))
        .child(el("span").class("small").say(format!(" {} · {kind} · ", p.resource_name)).mark(&danger))
        .child(el("p").mark(&p.why))
        .maybe((!p.id.is_empty()).then(|| el("p").class("small").child(el("code").say(p.id.as_str()))))
}

fn role(r: &RoleNeed) -> Node {
    el("li").child(el("strong").say(r.role.as_str())).child(el("span").mark(&format!(": {}", r.needed_for)))
}

fn prerequisite(p: &Prerequisite) -> Node {
    el("li")
        .attr("data-known-by", p.known_by.as_str())
        .mark(&p.text)
        .child(el("p").class("small").mark(&known(p)))
        .child(el("p").class("small").mark(&say!("prerequisite-otherwise", consequence = &p.consequence)))
}

/// How what must be so before the first step becomes known.
fn known(p: &Prerequisite) -> String {
    let how = p.how.as_deref().map(|how| how.trim_end_matches('.'));
    match (p.known_by.as_str(), how) {
        ("page", Some(how)) => say!("known-page", how = how),
        ("page", None) => say!("known-page-alone"),
        ("command", Some(how)) => say!("known-command", how = how),
        ("command", None) => say!("known-command-alone"),
        ("public-document", Some(how)) => say!("known-document", how = how),
        ("public-document", None) => say!("known-document-alone"),
        (_, Some(how)) => say!("known-nobody", how = how),
        (_, None) => say!("known-nobody-alone"),
    }
}

fn steps(view: &SheetView) -> Option<Node> {
    (!view.steps.is_empty()).then(|| {
        el("details")
            .child(el("summary").say(say!("sheet-steps", n = view.steps.len())))
            .child(el("ol").children(view.steps.iter().map(|s| el("li").mark(s))))
    })
}

fn corrections(list: &[Correction]) -> Option<Node> {
    (!list.is_empty()).then(|| {
        el("details").child(el("summary").say(say!("sheet-corrections"))).child(el("ul").children(
            list.iter().map(|c| {
                el("li")
                    .child(el("p").mark(&say!("correction-said", said = &c.said)))
                    .child(el("p").mark(&say!("correction-today", today = &c.today)))
                    .child(el("p").class("small").say(c.source.as_str()))
            }),
        ))
    })
}

fn origin(view: &SheetView) -> Node {
    let words = match &view.origin {
        Some(OriginLine { barred: Some(why), .. }) => format!("{} {}", why.what, why.next),
        Some(o) if o.practice => say!("sheet-origin-practice", origin = &o.origin),
        Some(o) => say!("sheet-origin", origin = &o.origin),
        None => say!("sheet-origin-none"),
    };
    el("p").say(words)
}

fn live(view: &SheetView) -> String {
    match view.confirmed {
        (0, _) => say!("sheet-live-none"),
        (n, all) => say!("sheet-live", n = n, all = all),
    }
}

fn short_digest(view: &SheetView) -> Option<Node> {
    let short: String = view.digest.chars().take(16).collect();
    (!short.is_empty()).then(|| {
        el("p").class("small").say(format!("{} ", say!("sheet-digest"))).child(el("code").say(short))
    })
}
