//! The guide as a tree in which recipes look up what they put in: its own parts, and what follows from them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::model::{GuideFile, VendorMoment};
use super::permissions::KnownPermission;
use crate::plan::PermissionKind;

/// The guide as a tree for placeholders, with what follows from it: `permissions`, `apis`, `wants`, `consent-role`.
pub(crate) fn tree(file: &GuideFile, permissions: &[KnownPermission<'_>]) -> Json {
    let mut root = serde_json::to_value(file).unwrap_or(Json::Null);
    let all = permissions.iter().map(permission_json).collect::<Vec<_>>();
    let wants =
        file.values.iter().map(|value| (value.id.clone(), json!(true))).collect::<serde_json::Map<_, _>>();
    if let Some(object) = root.as_object_mut() {
        object.insert("permissions".to_owned(), Json::Array(all));
        // The vendor's own app brings its permissions along; there is nothing to add then.
        let added = if file.app.is_some() { apis(permissions) } else { Vec::new() };
        object.insert("apis".to_owned(), Json::Array(added));
        object.insert("wants".to_owned(), Json::Object(wants));
        for (name, at) in [("vendor-before", VendorMoment::Before), ("vendor-after", VendorMoment::After)] {
            let steps = file.vendor_steps.iter().filter(|step| step.at == at);
            object.insert(name.to_owned(), json!(steps.collect::<Vec<_>>()));
        }
        let more =
            file.app.iter().flat_map(|app| app.redirect_uris.iter().skip(1)).map(|uri| json!({ "uri": uri }));
        object.insert("more-redirect-uris".to_owned(), more.collect());
        object.insert("consent-role".to_owned(), json!(consent_role(permissions)));
        object.insert("procedure".to_owned(), procedures(file));
        if let (Some(consent), Some(part)) =
            (&file.consent, object.get_mut("consent").and_then(Json::as_object_mut))
        {
            part.insert("any".to_owned(), json!(consent.names.join("|")));
            part.insert("search".to_owned(), json!(common_beginning(&consent.names)));
        }
        if let Some(vendor) = object.get_mut("vendor").and_then(Json::as_object_mut) {
            // A recipe may say where questions go, and a guide need not.
            vendor.entry("support").or_insert_with(|| json!(format!("your contact at {}", file.vendor.name)));
        }
        let names = permissions.iter().map(|known| known.part.name.as_str()).collect::<Vec<_>>();
        object.insert("permission-names".to_owned(), json!(names.join(", ")));
        for part in object.get_mut("unsafe").and_then(Json::as_array_mut).into_iter().flatten() {
            let own = part.get("title").and_then(Json::as_str).map(str::to_owned);
            let id = part.get("id").and_then(Json::as_str).unwrap_or_default().replace('-', " ");
            part["title"] = json!(own.unwrap_or(id));
        }
    }
    root
}

/// The permissions by API and kind, in the order in which they are named: one walk through the permission pane each.
fn apis(permissions: &[KnownPermission<'_>]) -> Vec<Json> {
    let mut apis: Vec<Json> = Vec::new();
    for known in permissions {
        let same = |api: &&mut Json| {
            api.get("key") == Some(&json!(known.part.resource))
                && api.get("kind") == Some(&json!(known.part.kind))
        };
        match apis
            .iter_mut()
            .find(same)
            .and_then(|api| api.get_mut("permissions"))
            .and_then(Json::as_array_mut)
        {
            Some(list) => list.push(permission_json(known)),
            None => apis.push(json!({
                "key": known.part.resource, "name": known.resource.name, "kind": known.part.kind,
                "other-kind": other_kind(known.part.kind),
                "tab": known.resource.tab, "permissions": [permission_json(known)],
            })),
        }
    }
    apis.iter_mut().for_each(add_groups);
    apis
}

/// The groups under which the permission pane lists an API's permissions: the name before the first dot.
fn add_groups(api: &mut Json) {
    let permissions = api.get("permissions").and_then(Json::as_array).cloned().unwrap_or_default();
    let mut groups: Vec<Json> = Vec::new();
    for permission in permissions {
        let name = permission.get("group").cloned().unwrap_or_default();
        let same = |group: &&mut Json| group.get("name") == Some(&name);
        match groups
            .iter_mut()
            .find(same)
            .and_then(|group| group.get_mut("permissions"))
            .and_then(Json::as_array_mut)
        {
            Some(list) => list.push(permission),
            None => groups.push(json!({ "name": name, "permissions": [permission] })),
        }
    }
    if let Some(object) = api.as_object_mut() {
        object.insert("groups".to_owned(), Json::Array(groups));
    }
}

/// The kind it must not be.
const fn other_kind(kind: PermissionKind) -> PermissionKind {
    match kind {
        PermissionKind::Application => PermissionKind::Delegated,
        PermissionKind::Delegated => PermissionKind::Application,
    }
}

fn permission_json(known: &KnownPermission<'_>) -> Json {
    let own = known.part.name.split('.').next().unwrap_or_default();
    let group = known.row.group.as_deref().unwrap_or(own);
    json!({
        "name": known.part.name, "kind": known.part.kind, "other-kind": other_kind(known.part.kind),
        "resource": known.resource.name, "why": known.part.why, "group": group, "statements": known.part.statements,
    })
}

/// The least role that may consent to all of them.
fn consent_role(permissions: &[KnownPermission<'_>]) -> String {
    let least = "Cloud Application Administrator";
    permissions
        .iter()
        .filter(|known| known.part.kind == PermissionKind::Application)
        .map(|known| known.resource.consent_role.as_str())
        .find(|role| *role != least)
        .unwrap_or(least)
        .to_owned()
}

/// Fewer characters find too much.
const SHORTEST_SEARCH: usize = 4;

/// What several names begin with, for a search that finds them all; the first name where they have nothing in common.
fn common_beginning(names: &[String]) -> String {
    let first = names.first().map(String::as_str).unwrap_or_default();
    let same = |at: usize, c: char| names.iter().all(|name| name.chars().nth(at) == Some(c));
    let common =
        first.chars().enumerate().take_while(|(at, c)| same(*at, *c)).map(|(_, c)| c).collect::<String>();
    if common.trim().len() < SHORTEST_SEARCH { first.to_owned() } else { common.trim().to_owned() }
}

/// What decisions offer, by the procedure that carries it out: each with its id, its words and what it is done with.
fn procedures(file: &GuideFile) -> Json {
    let optional =
        file.optionals.iter().map(|o| (&o.procedure, json!({"id": o.id, "text": o.chosen, "with": o.with})));
    let weakening = file
        .unsafes
        .iter()
        .map(|u| (&u.procedure, json!({"id": u.id, "text": u.said, "undo": u.undo, "with": u.with})));
    let mut by_name: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for (procedure, item) in optional.chain(weakening) {
        if let Some(name) = procedure {
            by_name.entry(name).or_default().push(item);
        }
    }
    json!(by_name)
}
