//! Microsoft Graph and the Office 365 Management API, as far as the verifier looks at them.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::catalogue::{GRAPH, by_uri};
use crate::discovery::is_guid;
use crate::http::{Ask, Reply, json as reply, text};
use crate::jwt::claims;
use crate::state::{World, new_id};
use crate::token::is_for_management;

/// Reads that need one of some permissions; what is read does not matter here.
const READS: &[(&str, &[&str])] = &[
    ("users", &["User.Read.All", "User.ReadBasic.All", "User.ReadWrite.All", "Directory.Read.All"]),
    ("groups", &["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"]),
    ("auditLogs/directoryAudits", &["AuditLog.Read.All"]),
    ("auditLogs/signIns", &["AuditLog.Read.All"]),
    ("security/alerts_v2", &["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"]),
    ("security/secureScores", &["SecurityEvents.Read.All", "SecurityEvents.ReadWrite.All"]),
    ("identityProtection/riskyUsers", &["IdentityRiskyUser.Read.All"]),
    ("identityProtection/riskDetections", &["IdentityRiskEvent.Read.All"]),
    ("identity/conditionalAccess/policies", &["Policy.Read.All", "Policy.Read.ConditionalAccess"]),
    ("devices", &["Device.Read.All", "Directory.Read.All"]),
    ("deviceManagement/managedDevices", &["DeviceManagementManagedDevices.Read.All"]),
    ("sites/root", &["Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All"]),
    ("admin/serviceAnnouncement/healthOverviews", &["ServiceHealth.Read.All"]),
    ("roleManagement/directory/roleAssignments", &["RoleManagement.Read.Directory", "Directory.Read.All"]),
];

/// Answers `GET https://graph.microsoft.com/v1.0/…`, or nothing when the route is not known.
#[must_use]
pub fn graph(world: &World, ask: &Ask) -> Option<Reply> {
    let segments = ask.segments();
    let ["v1.0" | "beta", rest @ ..] = segments.as_slice() else { return None };
    let read = READS.iter().find(|(path, _)| rest.join("/") == *path);
    let known =
        matches!(rest, ["organization"] | ["applications"] | ["applications", _] | ["servicePrincipals"]);
    if !(known || read.is_some()) || ask.method != "GET" {
        return None;
    }
    match world.scenario.graph_fault.as_deref() {
        Some("html") => return Some(text(503, "text/html", "<html><h2>Service unavailable</h2></html>")),
        Some("licence") => {
            let code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
            let words = "Neither tenant is B2C or tenant doesn't have premium license";
            return Some(graph_error(403, code, words));
        }
        Some(code) => return Some(graph_error(403, code, "The request failed.")),
        None => {}
    }
    let Some(token) = ask.bearer().and_then(claims) else {
        return Some(graph_error(401, "InvalidAuthenticationToken", "Access token is empty."));
    };
    if by_uri(token["aud"].as_str().unwrap_or("")).is_none_or(|r| r.app_id != GRAPH) {
        return Some(graph_error(
            401,
            "InvalidAuthenticationToken",
            "Access token validation failure. Invalid audience.",
        ));
    }
    let roles = roles(&token);
    if roles.is_empty() {
        let words = "Either scp or roles claim need to be present in the token.";
        return Some(graph_error(401, "UnknownError", words));
    }
    let directory = world.directory(token["tid"].as_str().unwrap_or(""))?;
    let may = |names: &[&str]| roles.iter().any(|r| names.contains(&r.as_str()));
    let denied = || {
        graph_error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    };
    if let Some((path, needed)) = read {
        let one = json!({"id": directory.id});
        let found = if path.ends_with("/root") { one } else { json!({"value": [one]}) };
        return Some(if may(needed) { reply(200, &found) } else { denied() });
    }
    Some(match rest {
        ["organization"] if may(&["Organization.Read.All", "Directory.Read.All"]) => {
            let domains: Vec<Value> = directory.domains.iter().enumerate().map(|(i, d)| {
                json!({"name": d, "isDefault": i == 0, "isInitial": *d == directory.initial_domain, "type": "Managed"})
            }).collect();
            reply(
                200,
                &json!({"value": [{"id": directory.id, "displayName": directory.name, "verifiedDomains": domains}]}),
            )
        }
        ["applications"] if may(&["Application.Read.All", "Directory.Read.All"]) => {
            let now = world.clock.now();
            let apps: Vec<Value> = directory.apps.iter().map(|a| directory.report_app(a, now)).collect();
            reply(200, &json!({"value": apps}))
        }
        _ => denied(),
    })
}

fn graph_error(status: u16, code: &str, message: &str) -> Reply {
    let date = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let inner = json!({"date": date, "request-id": new_id(), "client-request-id": new_id()});
    reply(status, &json!({"error": {"code": code, "message": message, "innerError": inner}}))
}

fn roles(token: &Value) -> Vec<String> {
    let list = token["roles"].as_array().cloned().unwrap_or_default();
    list.iter().filter_map(|r| r.as_str().map(str::to_owned)).collect()
}

/// Answers `GET https://manage.office.com/api/v1.0/{tenant}/activity/feed/subscriptions/list`, or nothing when the
/// route is not known.
#[must_use]
pub fn management(world: &World, ask: &Ask) -> Option<Reply> {
    let segments = ask.segments();
    let ["api", "v1.0", tenant, "activity", "feed", "subscriptions", "list"] = segments.as_slice() else {
        return None;
    };
    if ask.method != "GET" {
        return None;
    }
    let denied = || reply(401, &json!({"Message": "Authorization has been denied for this request."}));
    match world.scenario.management_fault.as_deref() {
        Some("denied") => return Some(denied()),
        Some("html") => {
            return Some(text(502, "text/html", "<html><h2>Our services aren't available right now</h2>"));
        }
        // As it was seen where auditing is off: the service's own exception, which speaks of the tenant.
        Some("audit-off") => {
            let code = format!("ListSubscriptions [TenantId={tenant}] failed. Exception");
            let words = format!(
                "Microsoft.Office.Compliance.Audit.DataServiceException: Tenant {tenant} does not exist."
            );
            return Some(af(400, &code, &words));
        }
        Some(code) => return Some(af(if code == "AF429" { 403 } else { 400 }, code, "The request failed.")),
        None => {}
    }
    let token = match ask.bearer().and_then(claims) {
        Some(t) if is_for_management(t["aud"].as_str().unwrap_or("")) => t,
        _ => return Some(denied()),
    };
    Some(subscriptions(tenant, &token))
}

fn subscriptions(tenant: &str, token: &Value) -> Reply {
    if !is_guid(tenant) {
        return af(
            400,
            "AF20013",
            &format!("The tenant ID passed in the URL ({tenant}) is not a valid GUID."),
        );
    }
    let own = token["tid"].as_str().unwrap_or("");
    if !own.eq_ignore_ascii_case(tenant) {
        let words = format!(
            "The tenant ID passed in the URL ({tenant}) does not match the tenant ID passed in the access token ({own})."
        );
        return af(403, "AF20010", &words);
    }
    let roles = roles(token);
    if !roles.iter().any(|r| r.starts_with("ActivityFeed.Read")) {
        let words = format!(
            "The permission set ({}) sent in the request does not include the expected permission.",
            roles.join(" ")
        );
        return af(401, "AF10001", &words);
    }
    // What `list` answers while auditing is off is not known; Microsoft documents an error for `start` alone.
    reply(200, &json!([]))
}

fn af(status: u16, code: &str, message: &str) -> Reply {
    reply(status, &json!({"error": {"code": code, "message": message}}))
}
