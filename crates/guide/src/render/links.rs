//! The deep link of every step. A link is a help, not a promise: the portal sometimes lands elsewhere.

use std::fmt::Write as _;

use super::text::cell;
use crate::plan::{PORTALS, Plan, Route};

/// The portals with a column of their own.
const COLUMNS: [&str; 2] = ["entra", "azure"];

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut text = format!("# {}: links\n\n", plan.title);
    text.push_str("`{client-id}` and the like stand for values of your app. A page that opens elsewhere is found by the words.\n\n");
    text.push_str("| Step | Entra admin center | Azure portal | In words |\n|---|---|---|---|\n");
    for step in &plan.steps {
        let Some(page) = step.page.as_deref().and_then(|id| plan.page(id)) else { continue };
        let link = |portal: &str| {
            // A page with a portal of its own is the same from either.
            let own = page.routes.iter().find(|route| route.portal == portal);
            let route =
                own.or_else(|| page.routes.iter().find(|route| !COLUMNS.contains(&route.portal.as_str())));
            route.map_or_else(|| "–".to_owned(), |route| format!("<{}>", address(route).1))
        };
        let [entra, azure] = COLUMNS.map(link);
        let _ = writeln!(text, "| {} | {entra} | {azure} | {} |", cell(&step.title), cell(&page.menu));
    }
    Some(text)
}

/// The portal's name for people, and the whole address.
pub(crate) fn address(route: &Route) -> (&'static str, String) {
    let known = PORTALS.iter().find(|(key, _, _)| *key == route.portal);
    let (_, name, host) = known.unwrap_or(&PORTALS[0]);
    (name, format!("{host}{}", route.path))
}
