//! The control API of tests: `/_practice/state`, `reset`, `scenario`, `clock`, `seed`, `offer`, `crowd`, `vendor-app`, `issuer`,
//! `document`, `webhooks`, `canaries`.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::catalogue::{MANAGEMENT, by_app_id, offer};
use crate::http::{Ask, Reply, json as reply, refuse};
use crate::published::{DOCUMENT, Published};
use crate::state::{Permission, World, later};

/// Answers a control request, or nothing when the route is not known.
pub fn answer(world: &mut World, ask: &Ask, route: &[&str]) -> Option<Reply> {
    Some(match (ask.method.as_str(), route) {
        ("GET", ["state"]) => reply(200, &world.report()),
        ("GET", ["canaries"]) => {
            let secrets = world.directories.iter().flat_map(|d| &d.apps).flat_map(|a| &a.secrets);
            reply(200, &json!(secrets.map(|s| s.text.reveal()).collect::<Vec<_>>()))
        }
        ("POST", ["issuer"]) => {
            let body = ask.json();
            let issuer = body["issuer"].as_str().unwrap_or("").trim_end_matches('/').to_owned();
            let keys = format!("{issuer}/jwks.json");
            let configuration = json!({"issuer": issuer, "jwks_uri": keys}).to_string();
            world.publish(
                &format!("{issuer}/.well-known/openid-configuration"),
                Published::open(configuration),
            );
            world.publish(&keys, Published::open(body["jwks"].to_string()));
            reply(200, &json!({}))
        }
        ("POST", ["document"]) => {
            let body = ask.json();
            let host = body["host"].as_str().unwrap_or_default();
            let path = body["path"].as_str().unwrap_or(DOCUMENT);
            let published = Published {
                text: body["text"].as_str().unwrap_or_default().to_owned(),
                status: body["status"].as_u64().and_then(|n| n.try_into().ok()).unwrap_or(200),
                closed: body["closed"].as_bool().unwrap_or_default(),
            };
            world.publish(&format!("https://{host}{path}"), published);
            reply(200, &json!({}))
        }
        ("GET", ["webhooks"]) => reply(200, &json!(world.webhooks)),
        ("GET", ["webhooks", "count"]) => reply(200, &json!(world.webhooks.len())),
        ("POST", ["webhooks"]) => {
            let status = ask.json()["status"].as_u64().and_then(|status| status.try_into().ok());
            let count = ask.json()["refuse"].as_u64().unwrap_or_default();
            world.webhooks_refused = (count, status.unwrap_or(503));
            reply(200, &json!({}))
        }
        ("POST", ["vendor-app"]) => crate::consent::plant(world, ask, permission),
        ("POST", ["reset"]) => {
            *world = World::new();
            reply(200, &world.report())
        }
        ("POST", ["scenario"]) => match world.scenario.with(&ask.json()) {
            Ok(scenario) => {
                world.scenario = scenario;
                reply(200, &json!(world.scenario))
            }
            Err(why) => refuse(400, "scenario", &why),
        },
        ("POST", ["clock"]) => match ask.json()["advanceSeconds"].as_i64() {
            Some(seconds) => {
                world.clock.advance(seconds);
                reply(200, &json!({"now": world.clock.now().to_string()}))
            }
            None => refuse(400, "clock", "`advanceSeconds` is not a whole number"),
        },
        ("POST", ["offer"]) => match serde_json::from_value(ask.json()) {
            Ok(more) => {
                offer(more);
                reply(200, &json!({}))
            }
            Err(why) => refuse(400, "offer", &why.to_string()),
        },
        ("POST", ["crowd"]) => crowd(world, &ask.json()),
        ("POST", ["seed"]) => match serde_json::from_value::<Seed>(ask.json()) {
            Ok(seed) => plant(world, &seed),
            Err(why) => refuse(400, "seed", &why.to_string()),
        },
        _ => return None,
    })
}

/// Many directories with apps in them, and how slow Microsoft is to answer: for benches. One row for each app:
/// directory, app, secret.
fn crowd(world: &mut World, wish: &Value) -> Reply {
    let number = |name: &str| wish[name].as_u64().unwrap_or(0);
    let now = world.clock.now();
    world.latency_ms = number("latencyMs");
    let mut rows = Vec::new();
    for n in 0..number("tenants") {
        let id = crate::state::new_id();
        let mut directory =
            crate::state::Directory::new(&id, "Crowd", &[&format!("crowd{n}.onmicrosoft.com")], ("EU", ""));
        for _ in 0..number("apps") {
            let app = directory.register("Crowd App", now, now, true);
            let client = app.app_id.clone();
            let secret = app.add_secret("crowd", now, SignedDuration::from_hours(24 * 180), 0);
            rows.push(json!([id, client, secret.text.reveal()]));
        }
        world.directories.push(directory);
    }
    reply(200, &json!({"rows": rows}))
}

/// An app that is there before a test begins.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Seed {
    directory: String,
    name: String,
    /// Permission names; a name alone is a role of the Management API, `<resource app id>/<name>` of another
    /// resource, and `:Scope` at the end makes it delegated.
    permissions: Vec<String>,
    consent: bool,
    secret_days: Option<i64>,
    /// Description of the secret.
    secret_name: String,
    /// Already ended when planted.
    expired: bool,
    principal: bool,
    enabled: bool,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            directory: "contoso.onmicrosoft.com".into(),
            name: "Seeded App".into(),
            permissions: Vec::new(),
            consent: false,
            secret_days: Some(180),
            secret_name: "seeded".into(),
            expired: false,
            principal: true,
            enabled: true,
        }
    }
}

fn permission(text: &str) -> Option<Permission> {
    let (text, kind) = text.strip_suffix(":Scope").map_or((text, "Role"), |t| (t, "Scope"));
    let (resource, name) = text.split_once('/').unwrap_or((MANAGEMENT, text));
    let found = by_app_id(resource)?.permissions.iter().find(|p| p.name == name)?;
    let id = if kind == "Role" { found.role? } else { found.scope? };
    Some(Permission { resource: resource.into(), id: id.into(), kind: kind.into() })
}

fn plant(world: &mut World, seed: &Seed) -> Reply {
    let (now, consent_delay) = (world.clock.now(), world.scenario.consent_delay_seconds);
    let delay = world.scenario.secret_delay_seconds;
    let mut wanted = Vec::new();
    for text in &seed.permissions {
        match permission(text) {
            Some(p) => wanted.push(p),
            None => return refuse(400, "seed", &format!("no permission `{text}`")),
        }
    }
    let Some(directory) = world.directory_mut(&seed.directory) else {
        return refuse(404, "seed", "no such directory");
    };
    let app = directory.register(&seed.name, now, now, seed.principal);
    app.wanted.extend(wanted);
    let (app_id, object_id) = (app.app_id.clone(), app.object_id.clone());
    let mut made = Value::Null;
    if let Some(days) = seed.secret_days {
        let life = SignedDuration::from_hours(24 * days);
        let start = if seed.expired { later(now, -life.as_secs() - 60) } else { now };
        let secret = app.add_secret(&seed.secret_name, start, life, if seed.expired { 0 } else { delay });
        made = json!({"value": secret.text.reveal(), "keyId": secret.key_id, "end": secret.end.to_string()});
    }
    if seed.consent {
        directory.consent(&app_id, later(now, consent_delay));
    }
    if let Some(principal) = directory.principal_mut(&app_id) {
        principal.enabled = seed.enabled;
    }
    reply(
        200,
        &json!({
            "tenantId": directory.id, "domain": directory.initial_domain, "clientId": app_id,
            "objectId": object_id, "secret": made,
            "servicePrincipalId": directory.principal(&app_id).map(|p| p.object_id.clone()),
        }),
    )
}
