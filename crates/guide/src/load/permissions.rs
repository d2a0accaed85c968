//! The permissions of a guide, held against the catalogue.

use super::finding::Finding;
use super::library::{Library, Loaded};
use super::model::{GuideFile, PermissionPart, PermissionRow, ResourceFile};
use super::text::nearest;
use crate::plan::PermissionKind;

/// A permission of the guide with what the catalogue knows about it.
pub(crate) struct KnownPermission<'a> {
    pub(crate) part: &'a PermissionPart,
    pub(crate) resource: &'a ResourceFile,
    pub(crate) row: &'a PermissionRow,
    pub(crate) id: &'a str,
}

/// Looks every permission up in the catalogue; what is not there is an error, never a guess.
pub(crate) fn look_up<'a>(
    library: &'a Library,
    guide: &'a Loaded<GuideFile>,
    findings: &mut Vec<Finding>,
) -> Vec<KnownPermission<'a>> {
    let mut known = Vec::new();
    for (n, part) in guide.file.permissions.iter().enumerate() {
        let at = |key| ["permission".to_owned(), n.to_string(), String::from(key)];
        let mut error = |key, code, what: String, next: String| {
            let path = at(key);
            let path = path.iter().map(String::as_str).collect::<Vec<_>>();
            findings.push(guide.source.error(&path, code, what, next));
        };
        let Some(resource) = library.resources.get(&part.resource) else {
            let all = library.resources.keys().cloned().collect::<Vec<_>>().join(", ");
            error(
                "resource",
                "unknown-resource",
                format!("there is no resource `{}` in the permission catalogue", part.resource),
                format!(
                    "Name one of: {all}; or add portal/permissions/{}.toml with its source.",
                    part.resource
                ),
            );
            continue;
        };
        let Some(row) = resource.file.permissions.iter().find(|row| row.name == part.name) else {
            let near = nearest(&part.name, resource.file.permissions.iter().map(|row| row.name.as_str()));
            error(
                "name",
                "unknown-permission",
                format!("{} has no permission `{}` in the catalogue", resource.file.name, part.name),
                format!(
                    "Did you mean `{near}`? Otherwise add the row with its GUID and source to {}.",
                    resource.source.file
                ),
            );
            continue;
        };
        let id = match part.kind {
            PermissionKind::Application => row.application.as_deref(),
            PermissionKind::Delegated => row.delegated.as_deref(),
        };
        match id {
            Some(id) => known.push(KnownPermission { part, resource: &resource.file, row, id }),
            None => error(
                "kind",
                "permission-kind",
                format!("`{}` has no id of this kind in the catalogue", part.name),
                "Use the other kind, or add the id with its source to the catalogue.".to_owned(),
            ),
        }
    }
    known
}
