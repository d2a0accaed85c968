//! The pages for people: what this is, and one page per guide, whose address the extension's button reads.
//!
//! Static HTML without a script. A guide's page says what will be asked for, and how to begin.

use worker::{Response, Result};

use crate::answer::page;
use crate::guides;

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1.25rem;\
color:#1b1b1f;background:#fff;overflow-wrap:anywhere}h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.1rem;margin-top:2rem}\
code{background:#f0f0f4;padding:.1em .35em;border-radius:4px}li{margin:.35rem 0}a{color:#0b57d0}\
.card{border:1px solid #d5d5dc;border-radius:12px;padding:1rem 1.25rem;margin:1.5rem 0}\
.plain{list-style:none;padding:0}.plain .card{margin:.75rem 0}\
input,button{font:inherit;padding:.45em .6em;max-width:100%;box-sizing:border-box}\
@media(prefers-color-scheme:dark){body{color:#e8e8ee;background:#17171b}code{background:#2a2a31}\
.card{border-color:#3a3a44}a{color:#9cc2ff}}";

pub(super) fn home() -> Result<Response> {
    let list: String = guides::all()
        .map(|(id, g)| format!("<li><a href=\"/g/{}\">{}</a></li>", escape(id), escape(&g.title)))
        .collect();
    page(
        200,
        document(
            "Handrail",
            &format!(
                "<h1>Handrail</h1><p>Walks an administrator through a vendor's Microsoft 365 integration, checks \
every value on the way and proves the result against Microsoft.</p><h2>Guides</h2><ul>{list}</ul>\
<p>This service checks what was collected and keeps nothing of it.</p>"
            ),
        ),
    )
}

pub(super) fn guide(id: &str) -> Result<Response> {
    let Some(guide) = guides::one(id) else { return not_found() };
    let permissions: String = guide
        .permissions
        .iter()
        .map(|p| {
            format!("<li><b>{}</b> ({}): {}</li>", escape(&p.name), escape(&p.resource_name), escape(&p.why))
        })
        .collect();
    let leaves: String = guide.leaves.iter().map(|l| format!("<li>{}</li>", escape(l))).collect();
    let roles: String = guide
        .roles
        .iter()
        .map(|r| format!("<li><b>{}</b>: {}</li>", escape(&r.role), escape(&r.needed_for)))
        .collect();
    let body = format!(
        "<h1>{title}</h1><p>{purpose}</p><div class=\"card\"><b>To begin</b><p>Press the Handrail button of your \
browser while this page is open. Nothing has been changed or sent so far.</p></div>\
<h2>Permissions {vendor} asks for</h2><ul>{permissions}</ul><h2>What leaves your directory</h2><ul>{leaves}</ul>\
<h2>Who can do it</h2><ul>{roles}</ul>",
        title = escape(&guide.title),
        vendor = escape(&guide.vendor),
        purpose = escape(&guide.purpose),
    );
    page(200, document(&guide.title, &body))
}

pub(super) fn not_found() -> Result<Response> {
    page(404, document("Not found", "<h1>There is nothing here</h1><p><a href=\"/\">All guides</a></p>"))
}

pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
<title>{}</title><style>{STYLE}</style><main>{body}</main></html>",
        escape(title)
    )
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }
}
