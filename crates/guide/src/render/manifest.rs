//! The app as a fragment of a Microsoft Graph manifest. It only asks: the consent is a step of its own.

use serde_json::{Value as Json, json};

use crate::plan::{Permission, Plan};

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let app = plan.app.as_ref()?;
    let mut manifest = json!({
        "displayName": app.name,
        "signInAudience": "AzureADMyOrg",
        "requiredResourceAccess": required_resource_access(&plan.sheet.permissions),
    });
    if let (false, Some(object)) = (app.redirect_uris.is_empty(), manifest.as_object_mut()) {
        object.insert("web".to_owned(), json!({ "redirectUris": app.redirect_uris }));
    }
    serde_json::to_string_pretty(&manifest).ok().map(|json| json + "\n")
}

/// The permissions grouped by resource, in the order the guide names them.
pub(crate) fn required_resource_access(permissions: &[Permission]) -> Json {
    let mut resources: Vec<(&str, Vec<Json>)> = Vec::new();
    for permission in permissions {
        let access = json!({ "id": permission.id, "type": permission.kind.access_type() });
        match resources.iter_mut().find(|(id, _)| *id == permission.resource_app_id) {
            Some((_, list)) => list.push(access),
            None => resources.push((&permission.resource_app_id, vec![access])),
        }
    }
    resources
        .into_iter()
        .map(|(id, access)| json!({ "resourceAppId": id, "resourceAccess": access }))
        .collect()
}
