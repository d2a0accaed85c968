//! What the practice portal asks: who is signed in, apps, permissions, consent, secrets. `/_practice/portal/…`.
//!
//! The routes stand in for Microsoft's private portal back end; only their effects are like the real ones.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::catalogue::{by_app_id, resources};
use crate::http::{Ask, Reply, json as reply, refuse};
use crate::state::{Directory, Federated, Permission, Principal, Redirect, World, later, new_id};

/// Longest life of a client secret the portal offers: two years.
const MAX_SECRET_DAYS: i64 = 731;

/// Answers a portal request, or nothing when the route is not known.
pub fn answer(world: &mut World, ask: &Ask, route: &[&str]) -> Option<Reply> {
    Some(match (ask.method.as_str(), route) {
        ("GET", ["session"]) => reply(200, &session(world)),
        ("GET", ["resources"]) => reply(200, &json!(resources())),
        ("POST", ["disposed"]) => {
            world.disposed.push(ask.json()["frame"].as_str().unwrap_or("?").to_owned());
            reply(200, &json!({}))
        }
        (_, [directory, rest @ ..]) => {
            if world.directory(directory).is_none() {
                return Some(refuse(404, "NoDirectory", "There is no such directory."));
            }
            return in_directory(world, ask, directory, rest);
        }
        _ => return None,
    })
}

fn in_directory(world: &mut World, ask: &Ask, directory: &str, route: &[&str]) -> Option<Reply> {
    let body = ask.json();
    Some(match (ask.method.as_str(), route) {
        ("GET", []) => reply(200, &about(world.directory(directory)?)),
        ("GET", ["apps"]) => {
            let now = world.clock.now();
            let found = world.directory(directory)?;
            reply(200, &json!(found.apps.iter().map(|a| found.report_app(a, now)).collect::<Vec<_>>()))
        }
        ("POST", ["apps"]) => register(world, directory, &body),
        ("GET", ["apps", app]) => app_reply(world, directory, app),
        ("DELETE", ["apps", app]) => remove(world, directory, app),
        ("POST", ["apps", app, "permissions"]) => change_permissions(world, directory, app, &body),
        ("POST", ["apps", app, "consent"]) => consent(world, directory, app),
        ("POST", ["apps", app, "secrets"]) => add_secret(world, directory, app, &body),
        ("DELETE", ["apps", app, "secrets", key]) => {
            world.directory_mut(directory)?.app_mut(app)?.secrets.retain(|s| s.key_id != *key);
            app_reply(world, directory, app)
        }
        ("POST", ["apps", app, "certificates"]) => upload(world, directory, app, &body),
        ("DELETE", ["apps", app, "certificates", key]) => {
            world.directory_mut(directory)?.app_mut(app)?.certificates.retain(|c| c.key_id != *key);
            app_reply(world, directory, app)
        }
        ("POST", ["apps", app, "federated"]) => trust(world, directory, app, body),
        ("DELETE", ["apps", app, "federated", name]) => {
            let name = crate::http::decode(name);
            world.directory_mut(directory)?.app_mut(app)?.federated.retain(|f| f.name != name);
            app_reply(world, directory, app)
        }
        ("POST", ["apps", app, "redirects"]) => {
            let list: Vec<Redirect> = serde_json::from_value(body["redirects"].clone()).unwrap_or_default();
            world.directory_mut(directory)?.app_mut(app)?.redirects = list;
            app_reply(world, directory, app)
        }
        ("GET", ["settings"]) => reply(200, &settings(world, directory)),
        ("POST", ["settings"]) => {
            let found = &mut world.directory_mut(directory)?.settings;
            for (key, value) in body.as_object().cloned().unwrap_or_default() {
                found[key] = value;
            }
            reply(200, &settings(world, directory))
        }
        ("POST", ["auditing"]) => {
            let from = later(world.clock.now(), AUDITING_SECONDS);
            world.directory_mut(directory)?.auditing_from.get_or_insert(from);
            reply(200, &settings(world, directory))
        }
        ("POST", ["apps", app, "expose"]) => {
            let found = world.directory_mut(directory)?.app_mut(app)?;
            found.exposed = body;
            app_reply(world, directory, app)
        }
        ("GET", ["principals"]) => {
            let list = &world.directory(directory)?.principals;
            reply(200, &json!(list.iter().map(Principal::report).collect::<Vec<_>>()))
        }
        ("POST", ["principals", id, action]) => on_principal(world, directory, id, action, &body),
        ("POST", ["apps", app, "enabled"]) => {
            let app_id = world.directory(directory)?.app(app)?.app_id.clone();
            world.directory_mut(directory)?.principal_mut(&app_id)?.enabled = body["enabled"] == true;
            app_reply(world, directory, app)
        }
        _ => return None,
    })
}

/// Microsoft: the switch "can take up to 60 minutes to take effect".
const AUDITING_SECONDS: i64 = 3600;

fn settings(world: &World, directory: &str) -> Value {
    let Some(found) = world.directory(directory) else { return Value::Null };
    let on = world.scenario.auditing || found.auditing_from.is_some_and(|from| from <= world.clock.now());
    let mut all = found.settings.clone();
    all["auditing"] = json!(if on {
        "on"
    } else if found.auditing_from.is_some() {
        "starting"
    } else {
        "off"
    });
    all
}

fn session(world: &World) -> Value {
    let home = world.directory(&world.scenario.directory).unwrap_or(&world.directories[0]);
    let (who, role) = (world.scenario.person.as_str(), world.scenario.role.as_str());
    let first = who.split(' ').next().unwrap_or("admin");
    json!({
        "world": world.id,
        "user": {"name": who, "upn": format!("{}@{}", first.to_lowercase(), home.initial_domain), "role": role},
        "directory": home.id,
        "directories": world.directories.iter().filter(|d| !d.is_government()).map(about).collect::<Vec<_>>(),
        "scenario": world.scenario,
        "now": world.clock.now().to_string(),
        "mayConsent": CONSENTING.contains(&role),
        "mayConsentGraphRoles": CONSENTING_GRAPH.contains(&role),
        "mayRegister": REGISTERING.contains(&role) || !world.scenario.policy.block_registration,
    })
}

/// Roles that may consent to all but Microsoft Graph application permissions.
const CONSENTING: &[&str] = &[
    "Global Administrator",
    "Privileged Role Administrator",
    "Application Administrator",
    "Cloud Application Administrator",
];
/// Roles that may consent to everything.
const CONSENTING_GRAPH: &[&str] = &["Global Administrator", "Privileged Role Administrator"];
/// Roles that may register apps even where users may not.
const REGISTERING: &[&str] = &[
    "Global Administrator",
    "Application Administrator",
    "Cloud Application Administrator",
    "Application Developer",
];

/// Whether the signed-in person's role suffices to consent to these permissions.
#[must_use]
pub fn may_consent(world: &World, wanted: &[Permission]) -> bool {
    let role = world.scenario.role.as_str();
    let graph_roles = wanted.iter().any(|p| p.kind == "Role" && p.resource == crate::catalogue::GRAPH);
    if graph_roles { CONSENTING_GRAPH.contains(&role) } else { CONSENTING.contains(&role) }
}

fn about(directory: &Directory) -> Value {
    json!({
        "id": directory.id, "name": directory.name, "initialDomain": directory.initial_domain,
        "primaryDomain": directory.domains.first(), "domains": directory.domains,
        "apps": directory.apps.len(), "servicePrincipals": directory.principals.len(),
    })
}

/// Switches sign-in, takes consent back, or deletes the enterprise application.
fn on_principal(world: &mut World, directory: &str, id: &str, action: &str, body: &Value) -> Reply {
    let gone = || refuse(404, "NoPrincipal", "There is no such enterprise application in this directory.");
    let Some(found) = world.directory_mut(directory) else { return gone() };
    let Some(principal) = found.principals.iter_mut().find(|p| p.object_id == id) else { return gone() };
    match action {
        "enabled" => principal.enabled = body["enabled"] == true,
        "revoke" => principal.grants.clear(),
        "delete" => {
            found.principals.retain(|p| p.object_id != id);
            return reply(200, &json!({}));
        }
        _ => return refuse(400, "Action", "There is no such action."),
    }
    let now = principal.report();
    reply(200, &now)
}

fn app_reply(world: &World, directory: &str, app: &str) -> Reply {
    let found =
        world.directory(directory).and_then(|d| d.app(app).map(|a| d.report_app(a, world.clock.now())));
    found.map_or_else(
        || refuse(404, "NoApp", "There is no such application in this directory."),
        |v| reply(200, &v),
    )
}

fn register(world: &mut World, directory: &str, body: &Value) -> Reply {
    let name = body["displayName"].as_str().unwrap_or("").trim().to_owned();
    if name.is_empty() || name.chars().count() > 120 {
        return refuse(400, "Name", "The name must have 1 to 120 characters.");
    }
    if session(world)["mayRegister"] != true {
        return refuse(
            403,
            "Forbidden",
            "You do not have permission to register applications in this directory.",
        );
    }
    let now = world.clock.now();
    let known_from = later(now, world.scenario.app_delay_seconds);
    let principal = world.scenario.service_principals;
    let Some(found) = world.directory_mut(directory) else { return refuse(404, "NoDirectory", "") };
    let app = found.register(&name, now, known_from, principal);
    app.audience = body["audience"].as_str().unwrap_or("AzureADMyOrg").to_owned();
    app.redirects = serde_json::from_value(body["redirects"].clone()).unwrap_or_default();
    let id = app.app_id.clone();
    app_reply(world, directory, &id)
}

fn remove(world: &mut World, directory: &str, app: &str) -> Reply {
    if let Some(found) = world.directory_mut(directory) {
        let Some(id) = found.app(app).map(|a| a.app_id.clone()) else {
            return refuse(404, "NoApp", "There is no such application in this directory.");
        };
        found.apps.retain(|a| a.app_id != id);
        found.principals.retain(|p| p.app_id != id);
    }
    reply(200, &json!({}))
}

fn known(permission: &Permission) -> bool {
    by_app_id(&permission.resource).is_some() && !permission.name().is_empty()
}

fn change_permissions(world: &mut World, directory: &str, app: &str, body: &Value) -> Reply {
    let list =
        |key: &str| -> Vec<Permission> { serde_json::from_value(body[key].clone()).unwrap_or_default() };
    let (add, drop) = (list("add"), list("remove"));
    if let Some(bad) = add.iter().find(|p| !known(p)) {
        return refuse(400, "Permission", &format!("There is no permission {} of {}.", bad.id, bad.resource));
    }
    let Some(found) = world.directory_mut(directory).and_then(|d| d.app_mut(app)) else {
        return refuse(404, "NoApp", "There is no such application in this directory.");
    };
    found.wanted.retain(|p| !drop.contains(p));
    for permission in add {
        if !found.wanted.contains(&permission) {
            found.wanted.push(permission);
        }
    }
    app_reply(world, directory, app)
}

fn consent(world: &mut World, directory: &str, app: &str) -> Reply {
    let Some(found) = world.directory(directory).and_then(|d| d.app(app)) else {
        return refuse(404, "NoApp", "There is no such application in this directory.");
    };
    if !may_consent(world, &found.wanted) {
        return refuse(403, "Forbidden", "You do not have the role that is needed to grant admin consent.");
    }
    let missing = &world.scenario.missing_resources;
    if let Some(lost) = found.wanted.iter().find(|p| missing.contains(&p.resource)) {
        let name = by_app_id(&lost.resource).map_or("", |r| r.name);
        let words = format!(
            "Could not grant admin consent. Your organization does not have a subscription (or service principal) \
             for the following API(s): {name}"
        );
        return refuse(400, "NoSubscription", &words);
    }
    let app_id = found.app_id.clone();
    let effective = later(world.clock.now(), world.scenario.consent_delay_seconds);
    if let Some(d) = world.directory_mut(directory) {
        d.consent(&app_id, effective);
    }
    app_reply(world, directory, app)
}

fn add_secret(world: &mut World, directory: &str, app: &str, body: &Value) -> Reply {
    let days = body["days"].as_i64().unwrap_or(180);
    if !(1..=MAX_SECRET_DAYS).contains(&days) {
        return refuse(
            400,
            "Lifetime",
            "Client secret lifetime is limited to two years (24 months) or less.",
        );
    }
    let policy = &world.scenario.policy;
    if policy.block_secrets {
        let words = "Credential type not allowed as per assigned policy 'passwordAddition'.";
        return refuse(403, "CredentialTypeNotAllowedAsPerAppPolicy", words);
    }
    if let Some(most) = policy.max_secret_days.filter(|most| days > *most) {
        let words = format!(
            "Credential lifetime exceeds the maximum value allowed as per assigned policy 'passwordLifetime': {most} days."
        );
        return refuse(403, "CredentialLifetimeAsPerAppPolicy", &words);
    }
    let (now, delay) = (world.clock.now(), world.scenario.secret_delay_seconds);
    let Some(found) = world.directory_mut(directory).and_then(|d| d.app_mut(app)) else {
        return refuse(404, "NoApp", "There is no such application in this directory.");
    };
    let asked = body["description"].as_str().unwrap_or("").trim();
    let description = if asked.is_empty() {
        format!("Password uploaded on {}", now.strftime("%a %b %d %Y"))
    } else {
        asked.to_owned()
    };
    let secret = found.add_secret(&description, now, SignedDuration::from_hours(24 * days), delay);
    reply(
        200,
        &json!({
            "keyId": secret.key_id, "description": secret.description, "value": secret.text.reveal(),
            "end": secret.end.to_string(), "requestId": new_id(),
        }),
    )
}

/// Adds an uploaded certificate. It ends after a year: its own dates are not read here.
fn upload(world: &mut World, directory: &str, app: &str, body: &Value) -> Reply {
    let now = world.clock.now();
    let (text, about) =
        (body["certificate"].as_str().unwrap_or(""), body["description"].as_str().unwrap_or(""));
    let Some(certificate) = crate::assertion::certificate(text, about, now, later(now, 365 * 86400)) else {
        return refuse(
            400,
            "Certificate",
            "The file is not a certificate with an RSA key (.cer, .pem, .crt).",
        );
    };
    let Some(found) = world.directory_mut(directory).and_then(|d| d.app_mut(app)) else {
        return refuse(404, "NoApp", "There is no such application in this directory.");
    };
    found.certificates.push(certificate);
    app_reply(world, directory, app)
}

/// Most federated credentials an app may have.
const MAX_FEDERATED: usize = 20;

fn trust(world: &mut World, directory: &str, app: &str, body: Value) -> Reply {
    let credential: Federated = match serde_json::from_value(body) {
        Ok(credential) => credential,
        Err(why) => return refuse(400, "Federated", &why.to_string()),
    };
    let Some(found) = world.directory_mut(directory).and_then(|d| d.app_mut(app)) else {
        return refuse(404, "NoApp", "There is no such application in this directory.");
    };
    let twice = |f: &Federated| {
        f.name == credential.name || (f.issuer == credential.issuer && f.subject == credential.subject)
    };
    if found.federated.iter().any(twice) || found.federated.len() >= MAX_FEDERATED {
        return refuse(
            409,
            "Federated",
            "A credential of this name, or with this issuer and subject, is there already.",
        );
    }
    if !credential.issuer.starts_with("https://")
        || credential.subject.is_empty()
        || credential.name.is_empty()
    {
        return refuse(
            400,
            "Federated",
            "Issuer must be an https address; name and subject must not be empty.",
        );
    }
    found.federated.push(credential);
    app_reply(world, directory, app)
}
