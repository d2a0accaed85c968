//! The token endpoint, v1 and v2: the client-credentials grant with Microsoft's order of checks and its answers.

use jiff::Timestamp;
use rand::Rng;
use serde_json::{Value, json};

use crate::aadsts::{Aadsts, asked_for};
use crate::assertion;
use crate::catalogue::{GRAPH, MANAGEMENT, Resource, by_uri};
use crate::discovery::{is_special, tenant};
use crate::http::{Ask, Reply, decode, form, json as reply, text};
use crate::jwt::{Signing, basic};
use crate::scenario::Fault;
use crate::state::{App, Directory, World, new_id};

/// What a token is asked for.
struct Request {
    v2: bool,
    grant: String,
    client: String,
    secret: String,
    target: String,
    assertion: String,
}

/// Answers `POST /{tenant}/oauth2[/v2.0]/token`.
pub fn answer(world: &mut World, signing: &Signing, ask: &Ask, name: &str, v2: bool) -> Reply {
    let request = read(ask, v2);
    let resource = request.as_ref().ok().and_then(|r| wanted(r).ok());
    if let Some(fault) = fault(world, resource.map(|(r, _)| r)) {
        log(world, name, request.as_ref().ok(), json!({"fault": fault.kind}));
        return faulty(&fault, ask);
    }
    let result = match &request {
        Ok(r) => issue(world, signing, ask, name, r),
        Err(e) => Err(Aadsts::new(e.code, e.error, e.text.clone())),
    };
    let outcome = match &result {
        Ok(_) => json!({"status": 200}),
        Err(e) => json!({"status": e.status(), "code": e.code}),
    };
    log(world, name, request.as_ref().ok(), outcome);
    match result {
        Ok(body) => reply(200, &body),
        Err(error) => error.reply(ask),
    }
}

fn log(world: &mut World, tenant: &str, request: Option<&Request>, outcome: Value) {
    world.token_log.push(json!({
        "tenant": tenant, "client": request.map(|r| r.client.clone()),
        "target": request.map(|r| r.target.clone()), "outcome": outcome,
    }));
}

fn fault(world: &mut World, resource: Option<&Resource>) -> Option<Fault> {
    let fault = world.scenario.token_fault.clone()?;
    if fault.resource.as_deref().is_some_and(|id| resource.is_none_or(|r| r.app_id != id)) {
        return None;
    }
    match fault.times {
        Some(0) => return None,
        Some(n) => {
            if let Some(f) = &mut world.scenario.token_fault {
                f.times = Some(n - 1);
            }
        }
        None => {}
    }
    Some(fault)
}

fn faulty(fault: &Fault, ask: &Ask) -> Reply {
    match fault.kind.as_str() {
        "429" => {
            let mut answer = text(429, "text/plain", "Too Many Requests");
            answer.headers_mut().insert("retry-after", axum::http::HeaderValue::from_static("60"));
            answer
        }
        "503" => asked_for(90033).reply(ask),
        "504" => text(504, "text/plain", ""),
        "html" => text(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><title>Sign in to your account</title>",
        ),
        "proxy" => text(
            403,
            "text/html",
            "<html><body><h1>Blocked by your organisation's web filter</h1></body></html>",
        ),
        code => asked_for(code.parse().unwrap_or(90036)).reply(ask),
    }
}

fn missing(name: &str) -> Aadsts {
    let text = format!("The request body must contain the following parameter: '{name}'.");
    Aadsts::new(900_144, "invalid_request", text)
}

fn read(ask: &Ask, v2: bool) -> Result<Request, Aadsts> {
    if ask.method != "POST" {
        let text = format!("The endpoint only accepts POST requests. Received a {} request.", ask.method);
        return Err(Aadsts::new(900_561, "invalid_request", text));
    }
    let malformed =
        || Aadsts::new(9_002_313, "invalid_request", "Invalid request. Request is malformed or invalid.");
    let body = std::str::from_utf8(&ask.body).map_err(|_| malformed())?;
    if body.trim_start().starts_with('{') {
        return Err(missing("grant_type"));
    }
    let fields = form(body);
    let field =
        |name: &str| fields.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str()).to_owned();
    if fields.iter().any(|(_, v)| v.contains('\0')) {
        return Err(malformed());
    }
    let (mut client, mut secret) = (field("client_id"), field("client_secret"));
    if let Some((user, password)) = basic(ask.header("authorization")) {
        (client, secret) = (decode(&user), decode(&password));
    }
    if v2 && !field("resource").is_empty() {
        let text = "The 'resource' request parameter isn't supported.";
        return Err(Aadsts::new(901_002, "invalid_request", text));
    }
    Ok(Request {
        v2,
        grant: field("grant_type"),
        client,
        secret,
        target: if v2 { field("scope") } else { field("resource") },
        assertion: field("client_assertion"),
    })
}

/// The resource a request is for, and the audience its token gets.
fn wanted(request: &Request) -> Result<(&'static Resource, String), Aadsts> {
    let target = request.target.trim();
    let bad_scope = |code: u32, text: String| Aadsts::new(code, "invalid_scope", text);
    let uri = if request.v2 {
        if target.split_whitespace().count() > 1 {
            let text = format!(
                "The provided request must include a 'scope' input parameter. The provided value for the input \
                 parameter 'scope' is not valid. The scope {target} is not valid. .default scope can't be combined \
                 with resource-specific scopes."
            );
            return Err(bad_scope(70011, text));
        }
        target.strip_suffix("/.default").ok_or_else(|| {
            let text = format!(
                "The provided value for scope {target} is not valid. Client credential flows must have a scope \
                 value with /.default suffixed to the resource identifier (application ID URI)."
            );
            bad_scope(1_002_012, text)
        })?
    } else {
        target
    };
    let resource = by_uri(uri).ok_or_else(|| Aadsts::new(500_011, "invalid_resource", uri))?;
    Ok((resource, uri.to_owned()))
}

fn issue(
    world: &World,
    signing: &Signing,
    ask: &Ask,
    name: &str,
    request: &Request,
) -> Result<Value, Aadsts> {
    if is_special(name) {
        let text = "The grant type is not supported over the /common or /consumers endpoints. Please use the \
                    /organizations or tenant-specific endpoint.";
        return Err(Aadsts::new(9_001_023, "invalid_request", text));
    }
    let directory = tenant(world, name, &ask.host, "invalid_request")?;
    if directory.is_government() && !ask.host.ends_with(".us") {
        let text = "Confidential Client is not supported in Cross Cloud request.";
        return Err(Aadsts::new(900_382, "invalid_request", text));
    }
    check_fields(request)?;
    let now = world.clock.now();
    let app = find_app(directory, &request.client, now)?;
    let target = wanted(request);
    if let Err(e) = &target
        && e.code != 500_011
    {
        return Err(Aadsts::new(e.code, e.error, e.text.clone()));
    }
    check_credential(world, app, request, now)?;
    check_principal(directory, app)?;
    let (resource, audience) = target.map_err(|e| no_resource(&e.text, directory))?;
    if world.scenario.missing_resources.iter().any(|id| id == resource.app_id) {
        return Err(no_resource(&audience, directory));
    }
    Ok(grant(signing, directory, app, resource, &audience, request, now))
}

fn check_fields(request: &Request) -> Result<(), Aadsts> {
    if request.grant.is_empty() {
        return Err(missing("grant_type"));
    }
    if request.grant != "client_credentials" {
        let text = format!("The app requested an unsupported grant type '{}'.", request.grant);
        return Err(Aadsts::new(70003, "unsupported_grant_type", text));
    }
    if request.client.is_empty() {
        return Err(missing("client_id"));
    }
    if request.target.is_empty() && request.v2 {
        let text = "The required field 'scope' is missing from the credential. Ensure that you have all the \
                    necessary parameters for the login request.";
        return Err(Aadsts::new(90014, "invalid_request", text));
    }
    if request.target.is_empty() {
        return Err(missing("resource"));
    }
    Ok(())
}

fn find_app<'d>(directory: &'d Directory, client: &str, now: Timestamp) -> Result<&'d App, Aadsts> {
    let found = directory.apps.iter().find(|a| a.app_id.eq_ignore_ascii_case(client) && a.known_from <= now);
    found.ok_or_else(|| {
        let text = format!(
            "Application with identifier '{client}' was not found in the directory '{}'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You may have sent your authentication request to the wrong tenant.",
            directory.name
        );
        Aadsts::new(700_016, "unauthorized_client", text)
    })
}

fn check_credential(world: &World, app: &App, request: &Request, now: Timestamp) -> Result<(), Aadsts> {
    if !request.assertion.is_empty() {
        return assertion::check(world, app, &request.assertion);
    }
    if request.secret.is_empty() {
        let text = "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' \
                    grant type.";
        return Err(Aadsts::new(7_000_216, "invalid_client", text));
    }
    let hit = app.secrets.iter().find(|s| s.text.matches(&request.secret) && s.accepted_from <= now);
    match hit {
        Some(secret) if secret.end <= now => {
            let text = format!(
                "The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new \
                 keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for \
                 added security: https://aka.ms/certCreds.",
                app.app_id
            );
            Err(Aadsts::new(7_000_222, "invalid_client", text))
        }
        Some(_) => Ok(()),
        None => {
            let text = format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret \
                 value, not the client secret ID, for a secret added to app '{}'.",
                app.app_id
            );
            Err(Aadsts::new(7_000_215, "invalid_client", text))
        }
    }
}

fn check_principal(directory: &Directory, app: &App) -> Result<(), Aadsts> {
    let Some(principal) = directory.principal(&app.app_id) else {
        let text = format!(
            "The client application {} is missing service principal in the tenant {}. See instructions here: \
             https://go.microsoft.com/fwlink/?linkid=2225119",
            app.app_id, directory.id
        );
        return Err(Aadsts::new(7_000_229, "invalid_client", text));
    };
    if !principal.enabled {
        let text = format!("Application '{}'({}) is disabled.", app.app_id, app.name);
        return Err(Aadsts::new(7_000_112, "unauthorized_client", text));
    }
    Ok(())
}

fn no_resource(uri: &str, directory: &Directory) -> Aadsts {
    let text = format!(
        "The resource principal named {uri} was not found in the tenant named {}. This can happen if the application \
         has not been installed by the administrator of the tenant or consented to by any user in the tenant. You \
         might have sent your authentication request to the wrong tenant.",
        directory.name
    );
    Aadsts::new(500_011, "invalid_resource", text)
}

fn grant(
    signing: &Signing,
    directory: &Directory,
    app: &App,
    resource: &Resource,
    audience: &str,
    request: &Request,
    now: Timestamp,
) -> Value {
    let issued = Timestamp::now().as_second() - 300;
    let life = rand::thread_rng().gen_range(3599..3900);
    let expires = issued + 300 + life;
    let principal = directory.principal(&app.app_id).map(|p| p.object_id.clone());
    let roles = directory.roles(&app.app_id, resource.app_id, now);
    let mut claims = json!({
        "aud": audience,
        "iss": format!("https://sts.windows.net/{}/", directory.id),
        "iat": issued, "nbf": issued, "exp": expires,
        "aio": new_id().replace('-', ""),
        "appid": app.app_id, "appidacr": if request.assertion.is_empty() { "1" } else { "2" },
        "idp": format!("https://sts.windows.net/{}/", directory.id),
        "oid": principal, "rh": "0.",
        "sub": principal, "tid": directory.id,
        "uti": new_id().replace('-', ""), "ver": "1.0",
    });
    if !roles.is_empty() {
        claims["roles"] = json!(roles);
    }
    if resource.app_id == GRAPH {
        claims["app_displayname"] = json!(app.name);
        claims["idtyp"] = json!("app");
        claims["tenant_region_scope"] = json!(directory.region);
        claims["wids"] = json!(["0997a1d0-0d1d-4acb-b408-d5ca73121e90"]);
    }
    let token = signing.sign(&claims, resource.app_id == GRAPH);
    if request.v2 {
        return json!({"token_type": "Bearer", "expires_in": life, "ext_expires_in": life, "access_token": token});
    }
    json!({
        "token_type": "Bearer", "expires_in": life.to_string(), "ext_expires_in": life.to_string(),
        "expires_on": expires.to_string(), "not_before": issued.to_string(),
        "resource": audience, "access_token": token,
    })
}

/// Whether a token's audience is the Management API.
#[must_use]
pub fn is_for_management(audience: &str) -> bool {
    by_uri(audience).is_some_and(|r| r.app_id == MANAGEMENT)
}
