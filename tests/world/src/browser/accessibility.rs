//! What a screen reader is given: the browser's accessibility tree, read as it is read aloud, in the words that Chromium has
//! for it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A node of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Spoken {
    /// `dialog`, `button`, `heading`, `StaticText`…
    pub role: String,
    /// How it is called.
    pub name: String,
    /// What describes it.
    pub description: String,
    /// What else is told of it, by name: `focusable`, `expanded`, `level`, `live`…
    pub more: BTreeMap<String, String>,
    /// The nodes it is in, as places in the list, the nearest first.
    pub within: Vec<usize>,
}

impl Spoken {
    /// Whether this is said of it.
    #[must_use]
    pub fn is(&self, what: &str) -> bool {
        self.more.get(what).is_some_and(|told| told == "true")
    }
}

/// The nodes of Chromium's tree that are told, parents before their children.
pub(super) fn in_order(nodes: &[Value]) -> Vec<Spoken> {
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut told = Vec::new();
    for root in nodes.iter().filter(|node| node["parentId"].is_null()) {
        walk(root, &by_id, &mut Vec::new(), &mut told);
    }
    told
}

fn walk(node: &Value, by_id: &BTreeMap<&str, &Value>, within: &mut Vec<usize>, told: &mut Vec<Spoken>) {
    let is_told = node["ignored"] != Value::Bool(true);
    if is_told {
        let text = |name: &str| node[name]["value"].as_str().unwrap_or_default().to_owned();
        let properties = node["properties"].as_array().cloned().unwrap_or_default();
        let more = properties.iter().filter_map(|property| {
            let value = &property["value"]["value"];
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some((property["name"].as_str()?.to_owned(), value))
        });
        let (role, name, description) = (text("role"), text("name"), text("description"));
        told.push(Spoken {
            role,
            name,
            description,
            more: more.collect(),
            within: within.iter().rev().copied().collect(),
        });
        within.push(told.len() - 1);
    }
    for child in node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Some(child) = by_id.get(child) {
            walk(child, by_id, within, told);
        }
    }
    if is_told {
        within.pop();
    }
}
