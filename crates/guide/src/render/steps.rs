//! Every step as words, with the way there and its deep links: what the page behind a link shows to whoever has no
//! extension. JSON, because that page builds what it shows itself.

use serde::Serialize;

use super::links::address;
use super::text::in_words;
use crate::plan::{Plan, Step};

/// One step.
#[derive(Serialize)]
struct Line<'a> {
    group: &'a str,
    title: &'a str,
    /// With `**strong**` and `` `code` ``; `{client-id}` and the like stand for values.
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<&'a str>,
    /// The way to its page in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    menu: Option<&'a str>,
    /// Name of the portal and address of the page there.
    links: Vec<(&'static str, String)>,
}

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut shown = "";
    let lines = plan.steps.iter().map(|step| {
        // The way is said once where several steps happen on one page.
        let page = step.page.as_deref().unwrap_or_default();
        let is_new = page != shown;
        shown = page;
        line(plan, step, is_new)
    });
    serde_json::to_string(&lines.collect::<Vec<_>>()).ok().map(|json| json + "\n")
}

fn line<'a>(plan: &'a Plan, step: &'a Step, with_way: bool) -> Line<'a> {
    let page = step.page.as_deref().and_then(|id| plan.page(id)).filter(|_| with_way);
    Line {
        group: &step.group,
        title: &step.title,
        text: in_words(&step.text),
        copy: step.copy.as_deref(),
        caution: step.caution.as_deref(),
        menu: page.map(|page| page.menu.as_str()).filter(|menu| !menu.is_empty()),
        links: page.into_iter().flat_map(|page| page.routes.iter().map(address)).collect(),
    }
}
