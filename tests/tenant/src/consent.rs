//! Microsoft's consent page for an app of somebody else: `…/adminconsent` and `…/oauth2/v2.0/authorize`.
//!
//! It is a sign-in page: Handrail draws nothing on it. It exists so that guides which end there can be walked.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::catalogue::by_app_id;
use crate::http::{Ask, Reply, form, json as reply, refuse, text};
use crate::state::{Directory, Grant, Permission, Principal, World, later};

/// An app of a vendor, registered in the vendor's own directory.
pub struct VendorApp {
    /// Application id.
    pub app_id: String,
    /// Display name.
    pub name: String,
    /// Publisher, as the page prints it.
    pub publisher: String,
    /// Whether the publisher is verified.
    pub verified: bool,
    /// What it asks for.
    pub wanted: Vec<Permission>,
}

/// A vendor's app as a test describes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seed {
    name: String,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    verified: bool,
    permissions: Vec<String>,
    /// An app that is there already and asks for other permissions now.
    #[serde(default)]
    client_id: Option<String>,
}

/// Answers `POST /_practice/vendor-app`.
pub fn plant(world: &mut World, ask: &Ask, read: impl Fn(&str) -> Option<Permission>) -> Reply {
    let seed: Seed = match serde_json::from_value(ask.json()) {
        Ok(seed) => seed,
        Err(why) => return refuse(400, "vendor-app", &why.to_string()),
    };
    let wanted: Vec<Permission> = seed.permissions.iter().filter_map(|p| read(p)).collect();
    if wanted.len() != seed.permissions.len() {
        return refuse(400, "vendor-app", "a permission is not in the catalogue");
    }
    let app_id = seed.client_id.unwrap_or_else(crate::state::new_id);
    world.vendor_apps.retain(|app| app.app_id != app_id);
    let (name, publisher, verified) = (seed.name, seed.publisher, seed.verified);
    world.vendor_apps.push(VendorApp { app_id: app_id.clone(), name, publisher, verified, wanted });
    reply(200, &json!({"clientId": app_id}))
}

/// Answers the consent page and its buttons, or nothing when the address names no vendor's app.
pub fn answer(world: &mut World, ask: &Ask, tenant: &str) -> Option<Reply> {
    let posted = form(std::str::from_utf8(&ask.body).unwrap_or(""));
    let asked = form(&ask.query);
    let field = |name: &str| {
        let hit = posted.iter().chain(&asked).find(|(k, _)| k == name);
        hit.map_or_else(String::new, |(_, v)| v.clone())
    };
    let app = world.vendor_apps.iter().find(|a| a.app_id.eq_ignore_ascii_case(&field("client_id")))?;
    let home = world.scenario.directory.clone();
    let directory = world.directory(tenant).or_else(|| world.directory(&home))?;
    let back = field("redirect_uri");
    // The caller's own word goes back as it came (RFC 6749, 4.1.2).
    let state = ask.query.split('&').find(|pair| pair.starts_with("state="));
    let state = state.map(|pair| format!("&{pair}")).unwrap_or_default();
    if ask.method == "GET" {
        let may = crate::portal::may_consent(world, &app.wanted);
        let whole = ask.path.ends_with("/adminconsent");
        let page = page(app, directory, &world.scenario.person, may, whole, &ask.query);
        return Some(text(200, "text/html; charset=utf-8", page));
    }
    let id = directory.id.clone();
    if field("choice") != "accept" {
        return Some(leave(&back, &format!("error=access_denied&error_subcode=cancel&tenant={id}{state}")));
    }
    let whole = ask.path.ends_with("/adminconsent") || field("organisation") == "on";
    let (app_id, name, wanted) = (app.app_id.clone(), app.name.clone(), app.wanted.clone());
    if !crate::portal::may_consent(world, &wanted) {
        return Some(refuse(403, "Forbidden", "Need admin approval"));
    }
    let effective = later(world.clock.now(), world.scenario.consent_delay_seconds);
    let directory = world.directory_mut(&id)?;
    // Without the box it is one person's consent: the app appears, and nothing is granted for everybody.
    grant(directory, &app_id, &name, if whole { wanted } else { Vec::new() }, effective);
    Some(leave(&back, &format!("admin_consent=True&tenant={id}{state}")))
}

fn grant(directory: &mut Directory, app_id: &str, name: &str, wanted: Vec<Permission>, from: Timestamp) {
    if directory.principal(app_id).is_none() {
        directory.principals.push(Principal::new(app_id, name));
    }
    if let Some(principal) = directory.principal_mut(app_id) {
        principal.grants =
            wanted.into_iter().map(|permission| Grant { permission, effective_from: from }).collect();
    }
}

fn leave(back: &str, result: &str) -> Reply {
    if !back.starts_with("https://") && !back.starts_with("http://localhost") {
        let page = format!(
            "<!DOCTYPE html><title>Done</title><p>You may close this window.</p><!-- {} -->",
            escape(result)
        );
        return text(200, "text/html; charset=utf-8", page);
    }
    let to = format!("{back}{}{result}", if back.contains('?') { '&' } else { '?' });
    let mut answer = text(302, "text/plain", "");
    if let Ok(to) = to.parse() {
        answer.headers_mut().insert("location", to);
    }
    answer
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(app: &VendorApp, directory: &Directory, person: &str, may: bool, whole: bool, query: &str) -> String {
    let line = |p: &Permission| {
        let known = by_app_id(&p.resource).and_then(|r| r.permissions.iter().find(|x| x.name == p.name()));
        format!("<li>{}</li>", escape(known.map_or(p.name(), |k| k.text)))
    };
    let list: String = app.wanted.iter().map(line).collect();
    let publisher = if app.verified { escape(&app.publisher) } else { "unverified".into() };
    let organisation = "<label><input type=\"checkbox\" name=\"organisation\"> Consent on behalf of your organization</label>";
    let (title, action) = if may {
        (
            "Permissions requested",
            "<p><button name=\"choice\" value=\"cancel\">Cancel</button> <button name=\"choice\" value=\"accept\">Accept</button></p>",
        )
    } else {
        (
            "Need admin approval",
            "<p>This app needs permission to access resources in your organization that only an admin can grant.</p>\
             <p><a href=\"#\">Have an admin account? Sign in with that account</a></p>",
        )
    };
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign in to your account</title>\
         <style>body{{font:15px sans-serif;background:#f2f2f2}}main{{width:440px;margin:60px auto;padding:44px;background:#fff;\
         box-shadow:0 2px 6px #0003}}button{{padding:6px 24px}}</style><main><div>{} ({})</div><h1>{title}</h1>\
         <h2>{}</h2><p>{publisher}</p><p>This app would like to:</p><ul>{list}</ul>\
         <form method=\"post\" action=\"?{}\">{}{action}</form></main></html>",
        escape(person),
        escape(&directory.initial_domain),
        escape(&app.name),
        escape(query),
        if may && !whole { organisation } else { "" },
    )
}
