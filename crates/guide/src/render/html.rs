//! The whole guide as a page to print: the approval sheet, then every step.

use std::fmt::Write as _;

use super::approval;
use super::text::{escape, html, in_words};
use crate::plan::Plan;

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut body = approval::body(plan);
    let mut group = "";
    for (n, step) in plan.steps.iter().enumerate() {
        if step.group != group {
            if !group.is_empty() {
                body.push_str("</ol>\n");
            }
            group = &step.group;
            let _ = write!(body, "<h2>{}</h2>\n<ol start=\"{}\">\n", escape(group), n + 1);
        }
        let _ = write!(body, "<li><h3>{}</h3>{}", escape(&step.title), html(&in_words(&step.text)));
        if let Some(copy) = &step.copy {
            let _ = write!(body, "<pre>{}</pre>", escape(copy.trim()));
        }
        if let Some(caution) = &step.caution {
            let _ = write!(body, "<div class=\"caution\">{}</div>", html(caution));
        }
        body.push_str("</li>\n");
    }
    if !group.is_empty() {
        body.push_str("</ol>\n");
    }
    Some(approval::page(&plan.title, &body))
}
