//! The deep link of every step. A link is a help, not a promise: the portal sometimes lands elsewhere.

use std::fmt::Write as _;

use super::text::cell;
use crate::plan::Plan;

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut text = format!("# {}: links\n\n", plan.title);
    text.push_str("`{client-id}` and the like stand for values of your app. A page that opens elsewhere is found by the words.\n\n");
    text.push_str("| Step | Entra admin center | Azure portal | In words |\n|---|---|---|---|\n");
    for step in &plan.steps {
        let Some(page) = step.page.as_deref().and_then(|id| plan.page(id)) else { continue };
        let link = |portal: &str| {
            let host =
                if portal == "azure" { "https://portal.azure.com" } else { "https://entra.microsoft.com" };
            let route = page.routes.iter().find(|route| route.portal == portal);
            route.map_or_else(|| "–".to_owned(), |route| format!("<{host}{}>", route.path))
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            cell(&step.title),
            link("entra"),
            link("azure"),
            cell(&page.menu)
        );
    }
    Some(text)
}
