//! The compiled plan.

use crate::plan::Plan;

pub(crate) fn render(plan: &Plan) -> Option<String> {
    serde_json::to_string_pretty(plan).ok().map(|json| json + "\n")
}
