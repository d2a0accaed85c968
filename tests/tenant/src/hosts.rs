//! Which of Microsoft's hosts a request is for, and who answers there.

use std::fs;
use std::path::Path;

use rand::RngCore;
use serde_json::json;

use crate::aadsts::Aadsts;
use crate::discovery::{document, is_special, tenant};
use crate::http::{Ask, Reply, json as reply, text};
use crate::jwt::Signing;
use crate::published::Published;
use crate::state::World;
use crate::{apis, consent, control, portal, token};

/// Host names that sign people in, with their aliases.
const LOGIN: &[&str] = &[
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
    "login.microsoftonline.us",
    "login.usgovcloudapi.net",
    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",
];
/// Microsoft Graph's hosts.
const GRAPH: &[&str] = &[
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];
/// The Management API's hosts.
const MANAGEMENT: &[&str] =
    &["manage.office.com", "manage-gcc.office.com", "manage.office365.us", "manage.protection.apps.mil"];
/// The portals' own hosts.
const PORTAL: &[&str] = &["portal.azure.com", "entra.microsoft.com"];
/// Names the certificate is made for.
pub const CERTIFIED: &[&str] = &[
    "*.microsoftonline.com",
    "*.microsoftonline.us",
    "*.windows.net",
    "*.microsoft.com",
    "*.microsoft.us",
    "*.office.com",
    "*.office365.us",
    "*.azure.com",
    "*.reactblade.portal.azure.net",
    "*.partner.microsoftonline.cn",
    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",
    "localhost",
    // A vendor's own domain, and one that a guide names, for who uses the command line.
    "vendor.example",
    "securus360.com",
];

/// Answers a request; what nothing answers is recorded and gets 501.
pub fn dispatch(world: &mut World, signing: &Signing, dist: Option<&Path>, ask: &Ask) -> Reply {
    let host = ask.host.as_str();
    let segments = ask.segments();
    let answer = match segments.as_slice() {
        ["_practice", "portal", rest @ ..] => portal::answer(world, ask, rest),
        ["_practice", rest @ ..] => control::answer(world, ask, rest),
        _ if LOGIN.contains(&host) => login(world, signing, ask),
        _ if GRAPH.contains(&host) => apis::graph(world, ask),
        _ if MANAGEMENT.contains(&host) => apis::management(world, ask),
        _ if host == "purview.microsoft.com" => page(world, dist, ask, "purview.html"),
        _ if PORTAL.contains(&host) => page(world, dist, ask, "index.html"),
        _ if publishes(world, host) => Some(vendor(world, ask)),
        _ if host.ends_with(".reactblade.portal.azure.net") => page(world, dist, ask, "frame.html"),
        _ => None,
    };
    answer.unwrap_or_else(|| {
        world.unmatched.push(format!("{} {host}{}", ask.method, ask.path));
        reply(
            501,
            &json!({"error": {"code": "not-practised", "message": "The practice tenant has no such route."}}),
        )
    })
}

fn login(world: &mut World, signing: &Signing, ask: &Ask) -> Option<Reply> {
    let segments = ask.segments();
    let [name, rest @ ..] = segments.as_slice() else { return None };
    let name = crate::http::decode(name);
    let get = ask.method == "GET";
    if get && name == "favicon.ico" {
        return Some(text(404, "text/plain", ""));
    }
    match rest {
        ["oauth2", "v2.0", "token"] => Some(token::answer(world, signing, ask, &name, true)),
        ["oauth2", "token"] => Some(token::answer(world, signing, ask, &name, false)),
        [".well-known", "openid-configuration"] if get => Some(openid(world, ask, &name, false)),
        ["v2.0", ".well-known", "openid-configuration"] if get => Some(openid(world, ask, &name, true)),
        ["adminconsent"] | ["v2.0", "adminconsent"] | ["oauth2", "v2.0", "authorize"] => {
            consent::answer(world, ask, &name)
        }
        ["discovery", "keys"] | ["discovery", "v2.0", "keys"] if get => Some(reply(200, &signing.key_set())),
        _ => None,
    }
}

fn openid(world: &World, ask: &Ask, name: &str, v2: bool) -> Reply {
    if is_special(name) {
        return open(reply(200, &document(None, name, v2)));
    }
    let found = tenant(world, name, &ask.host, "invalid_tenant");
    open(found.map_or_else(|e: Aadsts| e.reply(ask), |d| reply(200, &document(Some(d), name, v2))))
}

fn publishes(world: &World, host: &str) -> bool {
    let root = format!("https://{host}/");
    world.documents.keys().any(|address| address.starts_with(&root))
}

/// A vendor's own host: what it publishes, and where its webhooks go.
fn vendor(world: &mut World, ask: &Ask) -> Reply {
    let published = world.documents.get(&format!("https://{}{}", ask.host, ask.path)).cloned();
    match (ask.method.as_str(), ask.path.as_str(), published) {
        ("GET", _, Some(Published { text: document, status, closed })) => {
            let answer = text(status, "application/json", document.into_bytes());
            if closed { answer } else { open(answer) }
        }
        ("POST", "/webhook", _) => {
            let header = |name: &str| ask.header(name).to_owned();
            let (left, refusal) = world.webhooks_refused;
            let status = if left > 0 { refusal } else { 200 };
            world.webhooks_refused.0 = left.saturating_sub(1);
            world.webhooks.push(json!({
                "status": status, "id": header("webhook-id"), "timestamp": header("webhook-timestamp"),
                "signature": header("webhook-signature"), "body": String::from_utf8_lossy(&ask.body),
            }));
            reply(status, &json!({}))
        }
        _ => text(404, "text/plain", "There is nothing here."),
    }
}

/// Discovery may be read from any page.
fn open(mut answer: Reply) -> Reply {
    answer.headers_mut().insert("access-control-allow-origin", axum::http::HeaderValue::from_static("*"));
    answer
}

/// A file of the practice portal, or its document for everything that is no file.
fn page(world: &World, dist: Option<&Path>, ask: &Ask, document: &str) -> Option<Reply> {
    if ask.method != "GET" {
        return None;
    }
    let segments = ask.segments();
    let Some(dist) = dist else {
        return Some(text(
            503,
            "text/plain",
            "The practice portal is not built: run `cargo xtask build portal`.",
        ));
    };
    match segments.as_slice() {
        ["_portal", name] => {
            let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
            let bytes = plain.then(|| fs::read(dist.join(name)).ok()).flatten()?;
            Some(kept(text(200, kind_of(name), bytes)))
        }
        ["favicon.ico"] => Some(text(204, "image/x-icon", "")),
        [] | [_] | ["audit", "auditsearch"] => Some(shell(world, dist, document)),
        _ => None,
    }
}

/// Bundles are kept by the browser, so that frames of the same view do not compile them anew.
fn kept(mut answer: Reply) -> Reply {
    let value = axum::http::HeaderValue::from_static("private, max-age=600");
    answer.headers_mut().insert("cache-control", value);
    answer
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn shell(world: &World, dist: &Path, document: &str) -> Reply {
    let Ok(html) = fs::read_to_string(dist.join(document)) else {
        return text(503, "text/plain", "The practice portal is not built: run `cargo xtask build portal`.");
    };
    let mut bytes = [0_u8; 16];
    rand::thread_rng().fill_bytes(&mut bytes);
    let nonce: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let html = html.replace("{nonce}", &nonce).replace("{lang}", &world.scenario.lang);
    let mut answer = text(200, "text/html; charset=utf-8", html);
    let framing = "frame-ancestors 'self' https://portal.azure.com https://entra.microsoft.com";
    let policy = if world.scenario.csp == "strict" {
        format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; frame-src https://*.reactblade.portal.azure.net; base-uri 'none'; \
             form-action 'none'; {framing}"
        )
    } else {
        framing.to_owned()
    };
    if let Ok(value) = policy.parse() {
        answer.headers_mut().insert("content-security-policy", value);
    }
    answer
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::{HeaderMap, Method};
    use serde_json::{Value, json};

    use super::*;
    use crate::jwt::claims;

    struct Desk {
        world: World,
        signing: Signing,
    }

    impl Desk {
        fn new() -> Self {
            Self { world: World::new(), signing: Signing::make().unwrap() }
        }

        fn ask(&mut self, method: &str, host: &str, path: &str, body: &str) -> (u16, Value) {
            self.ask_as(method, host, path, body, None)
        }

        fn ask_as(
            &mut self,
            method: &str,
            host: &str,
            path: &str,
            body: &str,
            token: Option<&str>,
        ) -> (u16, Value) {
            let mut headers = HeaderMap::new();
            if let Some(token) = token {
                headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
            }
            let ask = Ask {
                host: host.into(),
                method: Method::from_bytes(method.as_bytes()).unwrap(),
                path: path.split('?').next().unwrap_or("").into(),
                query: path.split_once('?').map_or("", |(_, q)| q).into(),
                headers,
                body: body.as_bytes().to_vec(),
            };
            let answer = dispatch(&mut self.world, &self.signing, None, &ask);
            let status = answer.status().as_u16();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let bytes = runtime.block_on(to_bytes(answer.into_body(), usize::MAX)).unwrap();
            (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
        }

        fn control(&mut self, route: &str, body: &Value) -> Value {
            let (status, answer) =
                self.ask("POST", "localhost", &format!("/_practice/{route}"), &body.to_string());
            assert_eq!(status, 200, "{route}: {answer}");
            answer
        }

        fn token(&mut self, seed: &Value, secret: &str, scope: &str) -> (u16, Value) {
            let body = format!(
                "grant_type=client_credentials&client_id={}&client_secret={secret}&scope={scope}",
                seed["clientId"].as_str().unwrap()
            );
            let path = format!("/{}/oauth2/v2.0/token", seed["tenantId"].as_str().unwrap());
            self.ask("POST", "login.microsoftonline.com", &path, &body)
        }
    }

    const MANAGE: &str = "https%3A%2F%2Fmanage.office.com%2F.default";
    const FEED: [&str; 2] = ["ActivityFeed.Read", "ActivityFeed.ReadDlp"];

    fn value(seed: &Value) -> String {
        seed["secret"]["value"].as_str().unwrap().to_owned()
    }

    #[test]
    fn consented_roles_are_in_the_token_and_the_feed_answers() {
        let mut desk = Desk::new();
        let seed = desk.control("seed", &json!({"permissions": FEED, "consent": true}));
        let (status, body) = desk.token(&seed, &value(&seed), MANAGE);
        assert_eq!(status, 200);
        let token = body["access_token"].as_str().unwrap();
        let read = claims(token).unwrap();
        assert_eq!(read["roles"], json!(FEED));
        assert_eq!((&read["tid"], &read["appid"]), (&seed["tenantId"], &seed["clientId"]));
        let path =
            format!("/api/v1.0/{}/activity/feed/subscriptions/list", seed["tenantId"].as_str().unwrap());
        assert_eq!(desk.ask_as("GET", "manage.office.com", &path, "", Some(token)), (200, json!([])));
        let other = path.replace(seed["tenantId"].as_str().unwrap(), "b81d7e0a-24c9-47e3-8f56-90ab3c4d5e61");
        let (status, body) = desk.ask_as("GET", "manage.office.com", &other, "", Some(token));
        assert_eq!((status, &body["error"]["code"]), (403, &json!("AF20010")));
    }

    #[test]
    fn without_consent_or_with_delegated_permissions_the_token_has_no_roles() {
        let mut desk = Desk::new();
        let delegated = json!({"permissions": ["ActivityFeed.Read:Scope"], "consent": true});
        for body in [json!({"permissions": FEED}), delegated] {
            let seed = desk.control("seed", &body);
            let (status, answer) = desk.token(&seed, &value(&seed), MANAGE);
            assert_eq!(status, 200);
            assert_eq!(claims(answer["access_token"].as_str().unwrap()).unwrap().get("roles"), None);
        }
    }

    #[test]
    fn each_wrong_value_has_its_own_code() {
        let mut desk = Desk::new();
        let seed = desk.control("seed", &json!({}));
        let secret = value(&seed);
        let code = |desk: &mut Desk, seed: &Value, secret: &str, scope: &str| {
            let (status, body) = desk.token(seed, secret, scope);
            (status, body["error_codes"][0].as_u64().unwrap(), body["error"].as_str().unwrap().to_owned())
        };
        let client = |c: u64| (401, c, "invalid_client".to_owned());
        assert_eq!(
            code(&mut desk, &seed, seed["secret"]["keyId"].as_str().unwrap(), MANAGE),
            client(7_000_215)
        );
        assert_eq!(code(&mut desk, &seed, "", MANAGE), client(7_000_216));
        let scope = (400, 1_002_012, "invalid_scope".to_owned());
        assert_eq!(code(&mut desk, &seed, &secret, "https://manage.office.com/read"), scope);
        let unknown = (400, 500_011, "invalid_resource".to_owned());
        assert_eq!(code(&mut desk, &seed, &secret, "https://nobody.example/.default"), unknown);
        let mut swapped = seed.clone();
        swapped["tenantId"] = seed["clientId"].clone();
        assert_eq!(code(&mut desk, &swapped, &secret, MANAGE).1, 90002);
        swapped = seed.clone();
        swapped["clientId"] = seed["objectId"].clone();
        assert_eq!(
            code(&mut desk, &swapped, &secret, MANAGE),
            (400, 700_016, "unauthorized_client".to_owned())
        );
        let ended = desk.control("seed", &json!({"expired": true}));
        assert_eq!(code(&mut desk, &ended, &value(&ended), MANAGE), client(7_000_222));
        let bare = desk.control("seed", &json!({"principal": false}));
        assert_eq!(code(&mut desk, &bare, &value(&bare), MANAGE), client(7_000_229));
        let off = desk.control("seed", &json!({"enabled": false}));
        assert_eq!(code(&mut desk, &off, &value(&off), MANAGE).1, 7_000_112);
        desk.control("scenario", &json!({"tokenFault": {"kind": "53003", "times": 1}}));
        assert_eq!(code(&mut desk, &seed, &secret, MANAGE).1, 53003);
        assert_eq!(desk.token(&seed, &secret, MANAGE).0, 200);
    }

    #[test]
    fn replication_follows_the_clock() {
        let mut desk = Desk::new();
        desk.control("scenario", &json!({"secretDelaySeconds": 20, "consentDelaySeconds": 60}));
        let seed = desk.control("seed", &json!({"permissions": FEED, "consent": true}));
        let secret = value(&seed);
        assert_eq!(desk.token(&seed, &secret, MANAGE).0, 401);
        desk.control("clock", &json!({"advanceSeconds": 21}));
        let roles =
            |body: &Value| claims(body["access_token"].as_str().unwrap()).unwrap().get("roles").cloned();
        assert_eq!(roles(&desk.token(&seed, &secret, MANAGE).1), None);
        desk.control("clock", &json!({"advanceSeconds": 60}));
        assert_eq!(roles(&desk.token(&seed, &secret, MANAGE).1), Some(json!(FEED)));
        desk.control("clock", &json!({"advanceSeconds": 181 * 86400}));
        assert_eq!(desk.token(&seed, &secret, MANAGE).1["error_codes"], json!([7_000_222]));
    }

    #[test]
    fn the_portal_api_leads_to_the_same_token() {
        let mut desk = Desk::new();
        let app = desk.control("portal/contoso.onmicrosoft.com/apps", &json!({"displayName": "Collector"}));
        let at = format!("portal/contoso.onmicrosoft.com/apps/{}", app["appId"].as_str().unwrap());
        let add = json!({"add": [{
            "resource": crate::catalogue::MANAGEMENT, "id": "594c1fb6-4f81-4475-ae41-0c394909246c", "kind": "Role",
        }]});
        desk.control(&format!("{at}/permissions"), &add);
        let after = desk.control(&format!("{at}/consent"), &json!({}));
        assert!(after["permissions"].as_array().unwrap().iter().all(|p| p["granted"] == true));
        let secret = desk.control(&format!("{at}/secrets"), &json!({"description": "d", "days": 180}));
        let seed = json!({"tenantId": "contoso.onmicrosoft.com", "clientId": app["appId"]});
        let (status, _) = desk.token(&seed, secret["value"].as_str().unwrap(), MANAGE);
        assert_eq!(status, 200);
        let report = desk.ask("GET", "localhost", "/_practice/state", "").1.to_string();
        assert!(!report.contains(secret["value"].as_str().unwrap()));
    }

    #[test]
    fn a_lesser_role_may_not_consent_and_a_policy_blocks_secrets() {
        let mut desk = Desk::new();
        let change = json!({"role": "Application Developer", "policy": {"maxSecretDays": 90}});
        desk.control("scenario", &change);
        let app = desk.control("portal/contoso.onmicrosoft.com/apps", &json!({"displayName": "Collector"}));
        let at = format!("/_practice/portal/contoso.onmicrosoft.com/apps/{}", app["appId"].as_str().unwrap());
        assert_eq!(desk.ask("POST", "portal.azure.com", &format!("{at}/consent"), "{}").0, 403);
        let secrets = format!("{at}/secrets");
        assert_eq!(desk.ask("POST", "portal.azure.com", &secrets, r#"{"days":180}"#).0, 403);
        assert_eq!(desk.ask("POST", "portal.azure.com", &secrets, r#"{"days":90}"#).0, 200);
    }

    #[test]
    fn unknown_routes_are_refused_and_recorded() {
        let mut desk = Desk::new();
        assert_eq!(desk.ask("GET", "graph.microsoft.com", "/v1.0/me", "").0, 501);
        let state = desk.ask("GET", "localhost", "/_practice/state", "").1;
        assert_eq!(state["unmatched"], json!(["GET graph.microsoft.com/v1.0/me"]));
    }

    #[test]
    fn a_vendors_app_is_consented_to_on_the_sign_in_page() {
        let mut desk = Desk::new();
        let app = desk.control("vendor-app", &json!({"name": "Collector Cloud", "permissions": FEED}));
        let client = app["clientId"].as_str().unwrap();
        let path = format!(
            "/organizations/v2.0/adminconsent?client_id={client}&redirect_uri=https://vendor.example/back&state=of-this-link"
        );
        assert_eq!(desk.ask("GET", "login.microsoftonline.com", &path, "").0, 200);
        assert_eq!(desk.ask("POST", "login.microsoftonline.com", &path, "choice=accept").0, 302);
        let list =
            desk.ask("GET", "portal.azure.com", "/_practice/portal/contoso.onmicrosoft.com/principals", "").1;
        let mine = list.as_array().unwrap().iter().find(|p| p["appId"] == client).unwrap();
        assert_eq!(mine["grants"].as_array().unwrap().len(), 2);
        desk.control("scenario", &json!({"role": "User"}));
        assert_eq!(desk.ask("POST", "login.microsoftonline.com", &path, "choice=accept").0, 403);
    }

    #[test]
    fn certificates_and_federated_credentials_take_the_place_of_a_secret() {
        let mut desk = Desk::new();
        let seed = desk.control("seed", &json!({"permissions": FEED, "consent": true, "secretDays": null}));
        let client = seed["clientId"].as_str().unwrap().to_owned();
        let tenant = seed["tenantId"].as_str().unwrap().to_owned();
        let other = Signing::make().unwrap();
        let now = jiff::Timestamp::now().as_second();
        let claims = json!({
            "iss": "https://vendor.example", "sub": "link-1", "aud": "api://AzureADTokenExchange", "nbf": now, "exp": now + 300,
        });
        let assertion = other.sign(&claims, false);
        let ask = |desk: &mut Desk| {
            let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
            let body = format!(
                "grant_type=client_credentials&client_id={client}&scope={MANAGE}&client_assertion_type={kind}&client_assertion={assertion}"
            );
            desk.ask("POST", "login.microsoftonline.com", &format!("/{tenant}/oauth2/v2.0/token"), &body)
        };
        assert_eq!(ask(&mut desk).1["error_codes"], json!([700_211]));
        let at = format!("portal/{tenant}/apps/{client}/federated");
        let mut trust = json!({
            "name": "vendor", "issuer": "https://vendor.example", "subject": "link-2", "audience": "api://AzureADTokenExchange",
        });
        desk.control(&at, &trust);
        assert_eq!(ask(&mut desk).1["error_codes"], json!([700_213]));
        (trust["name"], trust["subject"]) = (json!("again"), json!("link-1"));
        desk.control(&at, &trust);
        assert_eq!(ask(&mut desk).1["error_codes"], json!([50166]));
        desk.control("issuer", &json!({"issuer": "https://vendor.example/", "jwks": other.key_set()}));
        let (status, body) = ask(&mut desk);
        assert_eq!(status, 200, "{body}");
        let read = crate::jwt::claims(body["access_token"].as_str().unwrap()).unwrap();
        assert_eq!((&read["appidacr"], &read["roles"]), (&json!("2"), &json!(FEED)));
        let forged = Signing::make().unwrap();
        desk.control("issuer", &json!({"issuer": "https://vendor.example", "jwks": forged.key_set()}));
        assert_eq!(ask(&mut desk).1["error_codes"], json!([50013]));
        let other =
            json!({"issuer": "https://other.example", "jwks_uri": "https://vendor.example/jwks.json"});
        let path = "/.well-known/openid-configuration";
        desk.control("document", &json!({"host": "vendor.example", "path": path, "text": other.to_string()}));
        assert_eq!(ask(&mut desk).1["error_codes"], json!([50166]), "it says that it is somebody else");
    }
}
