//! `GET /api/guides`: the guides this Worker can check, with what a check of each needs.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use worker::{Response, Result};

use crate::answer::json_answer;
use crate::guides;

pub(super) fn guides() -> Result<Response> {
    let list: BTreeMap<&str, Value> = guides::all()
        .map(|(id, guide)| {
            let values: Vec<&String> = guide.requirements.values.keys().collect();
            let permissions: Vec<String> = guide
                .permissions
                .iter()
                .map(|p| format!("{} ({}): {}", p.name, p.resource_name, p.why))
                .collect();
            let about = json!({
                "title": guide.title,
                "vendor": guide.vendor,
                "digest": guide.digest,
                "values": values,
                "domains": guide.domains,
                "fields": guide.fields,
                "purpose": guide.purpose,
                "permissions": permissions,
            });
            (id, about)
        })
        .collect();
    json_answer(200, &json!({"guides": list}))
}
