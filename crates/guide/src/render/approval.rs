//! One printable sheet for the person who approves: who asks, what changes, which permissions and why, what leaves
//! the tenant, the least roles, how it is taken back.

use std::fmt::Write as _;

use super::markdown::kind_word;
use super::text::{escape, inline};
use crate::plan::Plan;

const STYLE: &str = "body{font:11pt/1.4 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}\
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.4rem 0 .4rem;border-bottom:1px solid #bbb}h3{font-size:1rem;margin:.2rem 0}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border:1px solid #bbb}\
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{background:#f4f4f4;padding:.5rem;white-space:pre-wrap}\
.tier-0,.high{font-weight:bold}.tier-0{color:#a00000}.caution{border-left:4px solid #b35900;padding-left:.6rem}\
.sign td{height:3rem}@media print{body{margin:0;font-size:10pt}h2{break-after:avoid}li,tr{break-inside:avoid}}";

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut body = body(plan);
    body.push_str(
        "<h2>Decision</h2>\n<table class=\"sign\"><tr><th>Approved</th><th>Not approved</th><th>Name, date</th></tr>\
         <tr><td></td><td></td><td></td></tr></table>\n",
    );
    Some(page(&plan.title, &body))
}

/// A whole page around a body.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

/// The sheet without the page around it.
pub(crate) fn body(plan: &Plan) -> String {
    let sheet = &plan.sheet;
    let mut out = format!("<h1>{}</h1>\n<p>{}</p>\n", escape(&plan.title), inline(&sheet.purpose));
    let support =
        plan.vendor.support.as_deref().map_or_else(String::new, |s| format!("; questions: {}", escape(s)));
    let _ = writeln!(
        out,
        "<p>Asked for by <strong>{}</strong> ({}){support}.</p>",
        escape(&plan.vendor.name),
        escape(&plan.vendor.domains.join(", "))
    );
    list(&mut out, "What will be changed", sheet.changes.iter().map(|text| inline(text)));
    permissions(&mut out, plan);
    list(&mut out, "What leaves the tenant", sheet.leaves.iter().map(|text| inline(text)));
    let roles = sheet
        .roles
        .iter()
        .map(|r| format!("<strong>{}</strong>: {}", escape(&r.role), inline(&r.needed_for)));
    list(&mut out, "Least roles that suffice", roles);
    let needs = sheet.prerequisites.iter().map(|need| {
        let (text, known, consequence) =
            (inline(&need.text), inline(&need.known()), inline(&need.consequence));
        format!("{text} <em>{known}</em> Otherwise: {consequence}")
    });
    list(&mut out, "What must be so before", needs);
    list(&mut out, "How it is taken back", sheet.undo.iter().map(|text| inline(text)));
    list(&mut out, "What is not checked", plan.requirements.not_checked.iter().map(|text| inline(text)));
    corrections(&mut out, plan);
    let _ = writeln!(
        out,
        "<p><small>Guide <code>{}</code>, digest <code>{}</code>.</small></p>",
        escape(&plan.guide),
        plan.digest
    );
    out
}

fn permissions(out: &mut String, plan: &Plan) {
    if plan.sheet.permissions.is_empty() {
        return;
    }
    out.push_str(
        "<h2>Permissions</h2>\n<table><tr><th>Permission</th><th>Type</th><th>Why</th><th>Danger</th></tr>\n",
    );
    for p in &plan.sheet.permissions {
        let _ = writeln!(
            out,
            "<tr><td>{}<br><small>{}<br><code>{}</code></small></td><td>{}</td><td>{}</td><td class=\"{}\">{}</td></tr>",
            escape(&p.name),
            escape(&p.resource_name),
            escape(&p.id),
            kind_word(p.kind),
            inline(&p.why),
            escape(&p.danger),
            escape(&p.danger_words())
        );
    }
    out.push_str("</table>\n");
}

fn corrections(out: &mut String, plan: &Plan) {
    if plan.sheet.corrections.is_empty() {
        return;
    }
    out.push_str("<h2>Where the vendor's document is out of date</h2>\n<table><tr><th>It says</th><th>Today</th></tr>\n");
    for part in &plan.sheet.corrections {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}<br><small>{}</small></td></tr>",
            inline(&part.said),
            inline(&part.today),
            escape(&part.source)
        );
    }
    out.push_str("</table>\n");
}

fn list(out: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    let items = items.map(|item| format!("<li>{item}</li>\n")).collect::<String>();
    if !items.is_empty() {
        let _ = write!(out, "<h2>{}</h2>\n<ul>\n{items}</ul>\n", escape(heading));
    }
}
