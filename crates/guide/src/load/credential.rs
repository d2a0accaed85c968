//! Which credential a plan makes: one of those that the vendor accepts, or the one that a vendor's link asks for.

use serde_json::{Value as Json, json};

use super::compile::Options;
use super::fill::Scope;
use super::model::Mode;
use super::variants::{CONSENTED, CREDENTIALS, LINKED};
use crate::plan;

/// Keeps one credential of those the vendor accepts: the wanted one, or the first of the usual order.
pub(crate) fn one_credential(mut root: Json, options: Options<'_>) -> Json {
    match options.credential {
        Some(LINKED) => take_federated(&mut root),
        Some(CONSENTED) => take_consent(&mut root),
        _ => {}
    }
    if let Some(credential) = root.get_mut("credential").and_then(Json::as_object_mut) {
        let usual = CREDENTIALS.into_iter().find(|kind| credential.contains_key(*kind));
        let kept =
            options.credential.filter(|kind| credential.contains_key(*kind)).or(usual).map(str::to_owned);
        credential.retain(|kind, _| Some(kind) == kept.as_ref());
        for name in ["issuer", "subject"] {
            // Known to whoever opened a vendor's link, and put in then.
            let federated = credential.get_mut("federated").and_then(Json::as_object_mut);
            federated.map(|part| part.entry(name).or_insert_with(|| json!(format!("{{{name}}}"))));
        }
        if options.mode == Mode::Renew {
            // Old and new stand side by side until the vendor has the new one, and a row of the portal's table is known
            // by how it begins. So the new one's name begins with the moment of the run; it ends with the guide's own
            // name, by which the next renewal finds it.
            for part in credential.values_mut().filter_map(Json::as_object_mut) {
                let Some(own) = part.get("description").and_then(Json::as_str).map(str::to_owned) else {
                    continue;
                };
                part.insert("own-description".to_owned(), json!(own));
                part.insert("description".to_owned(), json!(format!("{{begun}} {own}")));
            }
        }
    }
    root
}

/// What a vendor's link for a federated credential asks for, whatever the guide's own credential is. A vendor that signs such
/// a link takes it, and the link says what is entered (`{issuer}`, `{subject}`). It is named after its subject: Microsoft takes
/// letters, digits and dashes, and an app has no two of one name.
fn take_federated(root: &mut Json) {
    if let Some(object) = root.as_object_mut().filter(|object| object.contains_key("credential")) {
        let federated = json!({"name": "link-{subject}", "from": "{issuer}"});
        object.insert("credential".to_owned(), json!({ "federated": federated }));
        object.insert("link".to_owned(), json!({ "federated": true }));
        // Under a link it is handed over where it is checked.
        object.remove("hand-over");
    }
}

/// What a vendor's link for a consent asks for: the guide's own consent, begun at the link's address, and the directory's ID.
fn take_consent(root: &mut Json) {
    if let Some(object) = root.as_object_mut().filter(|object| object.contains_key("consent")) {
        object.insert("link".to_owned(), json!({ "consent": true }));
        // Under a link it is handed over where it is checked.
        object.remove("hand-over");
    }
}

/// The credential left after [`one_credential`].
pub(crate) fn made_credential(scope: &Scope) -> Option<plan::Credential> {
    let (kind, part) = scope.at("credential")?.as_object()?.iter().next()?;
    let name = ["own-description", "description", "name"].iter().find_map(|key| part.get(*key))?.as_str()?;
    let days = part.get("days").and_then(Json::as_u64).and_then(|days| u32::try_from(days).ok());
    Some(plan::Credential { kind: kind.clone(), name: name.to_owned(), days })
}
