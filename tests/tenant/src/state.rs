//! The practice tenant's memory: directories, applications, secrets, grants.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalogue;
use crate::clock::Clock;
use crate::published::Published;
use crate::scenario::Scenario;
use crate::secret::SecretText;

/// Everything there is.
pub struct World {
    /// A name of this world; another one after a reset.
    pub id: String,
    /// The clock.
    pub clock: Clock,
    /// The switches.
    pub scenario: Scenario,
    /// The directories.
    pub directories: Vec<Directory>,
    /// Apps that vendors registered elsewhere.
    pub vendor_apps: Vec<crate::consent::VendorApp>,
    /// What vendors publish, by address: their document, and the files of their issuer.
    pub documents: BTreeMap<String, Published>,
    /// Webhooks that vendors' hosts got: headers, body, and the status they were answered with.
    pub webhooks: Vec<Value>,
    /// How many of the next webhooks are refused, and with which status.
    pub webhooks_refused: (u64, u16),
    /// Requests nothing answers, as `METHOD host/path`.
    pub unmatched: Vec<String>,
    /// Frames that got a message they did not know and took themselves away.
    pub disposed: Vec<String>,
    /// Token requests: what was asked and what was answered, without secrets.
    pub token_log: Vec<Value>,
    /// Milliseconds that every answer takes, for benches.
    pub latency_ms: u64,
}

/// One directory (tenant).
pub struct Directory {
    /// Tenant id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Initial domain.
    pub initial_domain: String,
    /// Every verified domain, the primary one first.
    pub domains: Vec<String>,
    /// `tenant_region_scope` of the OpenID document.
    pub region: String,
    /// `tenant_region_sub_scope` of the OpenID document.
    pub sub_region: String,
    /// Tenant settings of the portal's other pages: security defaults, users, policies.
    pub settings: Value,
    /// When audit logging, switched on in the portal, takes effect.
    pub auditing_from: Option<Timestamp>,
    /// Registered applications.
    pub apps: Vec<App>,
    /// Enterprise applications (service principals).
    pub principals: Vec<Principal>,
}

/// An app registration.
pub struct App {
    /// Application (client) id.
    pub app_id: String,
    /// Object id.
    pub object_id: String,
    /// Display name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When the token endpoint knows it.
    pub known_from: Timestamp,
    /// `signInAudience`.
    pub audience: String,
    /// Redirect URIs, with their platform.
    pub redirects: Vec<Redirect>,
    /// Permissions asked for.
    pub wanted: Vec<Permission>,
    /// What it exposes as an API: its URI and scopes.
    pub exposed: Value,
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Federated credentials.
    pub federated: Vec<Federated>,
    /// Client secrets.
    pub secrets: Vec<Secret>,
}

/// A redirect URI.
#[derive(Clone, Serialize, Deserialize)]
pub struct Redirect {
    /// `Web`, `Spa` or `PublicClient`.
    pub platform: String,
    /// The URI.
    pub uri: String,
}

/// A permission of a resource, as role or scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Application id of the resource.
    pub resource: String,
    /// Id of the role or scope.
    pub id: String,
    /// `Role` (application) or `Scope` (delegated).
    pub kind: String,
}

impl Permission {
    /// The permission's name, if the catalogue knows it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let Some(resource) = catalogue::by_app_id(&self.resource) else { return "" };
        let id = Some(self.id.as_str());
        let hit = |p: &&catalogue::Permission| if self.kind == "Role" { p.role == id } else { p.scope == id };
        resource.permissions.iter().find(hit).map_or("", |p| p.name)
    }
}

/// A client secret.
pub struct Secret {
    /// Secret ID.
    pub key_id: String,
    /// Description.
    pub description: String,
    /// The value.
    pub text: SecretText,
    /// From when it is accepted.
    pub accepted_from: Timestamp,
    /// When it was made.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

/// A certificate's public half.
pub struct Certificate {
    /// Key id.
    pub key_id: String,
    /// Description.
    pub description: String,
    /// SHA-1 of the certificate in upper-case hex, as the portal prints it.
    pub thumbprint: String,
    /// The same in base64url, as assertions name it.
    pub x5t: String,
    /// SHA-256 in base64url.
    pub x5t_sha256: String,
    /// The key.
    pub key: rsa::RsaPublicKey,
    /// When it was uploaded.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

/// Trust in another issuer's tokens.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Federated {
    /// Name, unique in the app.
    pub name: String,
    /// Issuer, to the letter.
    pub issuer: String,
    /// Subject, to the letter.
    pub subject: String,
    /// Audience.
    pub audience: String,
    /// Description.
    #[serde(default)]
    pub description: String,
}

/// A service principal.
pub struct Principal {
    /// Object id.
    pub object_id: String,
    /// Application id.
    pub app_id: String,
    /// Display name.
    pub name: String,
    /// Whether sign-in is enabled.
    pub enabled: bool,
    /// What was consented to.
    pub grants: Vec<Grant>,
}

/// An admin's consent to one permission.
pub struct Grant {
    /// The permission.
    pub permission: Permission,
    /// From when tokens carry it.
    pub effective_from: Timestamp,
}

impl World {
    /// A fresh world with its standing directories.
    #[must_use]
    pub fn new() -> Self {
        let now = Timestamp::now();
        Self {
            id: new_id(),
            clock: Clock::default(),
            scenario: Scenario::default(),
            directories: standing_directories(now),
            vendor_apps: Vec::new(),
            documents: BTreeMap::new(),
            webhooks: Vec::new(),
            webhooks_refused: (0, 0),
            unmatched: Vec::new(),
            disposed: Vec::new(),
            token_log: Vec::new(),
            latency_ms: 0,
        }
    }

    /// The directory with this id or domain.
    #[must_use]
    pub fn directory(&self, name: &str) -> Option<&Directory> {
        self.directories.iter().find(|d| d.is(name))
    }

    /// The directory with this id or domain, to change it.
    pub fn directory_mut(&mut self, name: &str) -> Option<&mut Directory> {
        self.directories.iter_mut().find(|d| d.is(name))
    }

    /// What tests may look at. Holds no secret.
    #[must_use]
    pub fn report(&self) -> Value {
        json!({
            "now": self.clock.now().to_string(),
            "aheadSeconds": self.clock.ahead_seconds(),
            "scenario": self.scenario,
            "directories": self.directories.iter().map(|d| d.report(self.clock.now())).collect::<Vec<_>>(),
            "unmatched": self.unmatched,
            "disposedFrames": self.disposed,
            "tokenRequests": self.token_log,
        })
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl Directory {
    /// An empty directory.
    #[must_use]
    pub fn new(id: &str, name: &str, domains: &[&str], region: (&str, &str)) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            initial_domain: (*domains.iter().find(|d| d.contains(".onmicrosoft.")).unwrap_or(&domains[0]))
                .into(),
            domains: domains.iter().map(|d| (*d).into()).collect(),
            region: region.0.into(),
            sub_region: region.1.into(),
            settings: settings(domains[0]),
            auditing_from: None,
            apps: Vec::new(),
            principals: Vec::new(),
        }
    }

    /// Whether this directory is meant by an id or a domain.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.id.eq_ignore_ascii_case(name) || self.domains.iter().any(|d| d.eq_ignore_ascii_case(name))
    }

    /// Whether it belongs to the US government cloud.
    #[must_use]
    pub fn is_government(&self) -> bool {
        self.region == "USGov"
    }

    /// The app with this client id or object id.
    #[must_use]
    pub fn app(&self, id: &str) -> Option<&App> {
        self.apps.iter().find(|a| a.app_id.eq_ignore_ascii_case(id) || a.object_id.eq_ignore_ascii_case(id))
    }

    /// The app with this client id or object id, to change it.
    pub fn app_mut(&mut self, id: &str) -> Option<&mut App> {
        self.apps
            .iter_mut()
            .find(|a| a.app_id.eq_ignore_ascii_case(id) || a.object_id.eq_ignore_ascii_case(id))
    }

    /// The service principal of a client id.
    #[must_use]
    pub fn principal(&self, app_id: &str) -> Option<&Principal> {
        self.principals.iter().find(|p| p.app_id.eq_ignore_ascii_case(app_id))
    }

    /// The service principal of a client id, to change it.
    pub fn principal_mut(&mut self, app_id: &str) -> Option<&mut Principal> {
        self.principals.iter_mut().find(|p| p.app_id.eq_ignore_ascii_case(app_id))
    }

    /// Registers an app, with its service principal if asked for.
    pub fn register(
        &mut self,
        name: &str,
        now: Timestamp,
        known_from: Timestamp,
        principal: bool,
    ) -> &mut App {
        let app_id = new_id();
        if principal {
            self.principals.push(Principal::new(&app_id, name));
        }
        self.apps.push(App {
            app_id,
            object_id: new_id(),
            name: name.into(),
            created: now,
            known_from,
            audience: "AzureADMyOrg".into(),
            redirects: Vec::new(),
            wanted: vec![user_read()],
            exposed: json!({"uri": "", "scopes": []}),
            certificates: Vec::new(),
            federated: Vec::new(),
            secrets: Vec::new(),
        });
        let last = self.apps.len() - 1;
        &mut self.apps[last]
    }

    /// Gives tenant-wide consent to what the app asks for now, and to nothing else.
    pub fn consent(&mut self, app_id: &str, effective_from: Timestamp) -> bool {
        let Some((wanted, name)) = self.app(app_id).map(|a| (a.wanted.clone(), a.name.clone())) else {
            return false;
        };
        if self.principal(app_id).is_none() {
            self.principals.push(Principal::new(app_id, &name));
        }
        let Some(principal) = self.principal_mut(app_id) else { return false };
        principal.grants.retain(|g| wanted.contains(&g.permission));
        for permission in wanted {
            if !principal.grants.iter().any(|g| g.permission == permission) {
                principal.grants.push(Grant { permission, effective_from });
            }
        }
        true
    }

    /// Names of the application permissions of one resource that tokens carry now.
    #[must_use]
    pub fn roles(&self, app_id: &str, resource: &str, now: Timestamp) -> BTreeSet<&'static str> {
        let Some(principal) = self.principal(app_id) else { return BTreeSet::new() };
        let live = |g: &&Grant| {
            g.effective_from <= now && g.permission.kind == "Role" && g.permission.resource == resource
        };
        principal.grants.iter().filter(live).map(|g| g.permission.name()).collect()
    }

    fn report(&self, now: Timestamp) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "initialDomain": self.initial_domain,
            "domains": self.domains,
            "region": self.region,
            "settings": self.settings,
            "auditingFrom": self.auditing_from.map(|t| t.to_string()),
            "apps": self.apps.iter().map(|a| self.report_app(a, now)).collect::<Vec<_>>(),
            "servicePrincipals": self.principals.iter().map(Principal::report).collect::<Vec<_>>(),
        })
    }

    /// One app as the portal and tests see it: secrets by hint only.
    #[must_use]
    pub fn report_app(&self, app: &App, now: Timestamp) -> Value {
        let principal = self.principal(&app.app_id);
        let granted = |p: &Permission| principal.is_some_and(|s| s.grants.iter().any(|g| g.permission == *p));
        json!({
            "appId": app.app_id,
            "objectId": app.object_id,
            "displayName": app.name,
            "created": app.created.to_string(),
            "audience": app.audience,
            "redirects": app.redirects,
            "servicePrincipal": principal.map(|p| p.object_id.clone()),
            "enabled": principal.is_none_or(|p| p.enabled),
            "permissions": app.wanted.iter().map(|p| json!({
                "resource": p.resource, "id": p.id, "kind": p.kind, "name": p.name(), "granted": granted(p),
            })).collect::<Vec<_>>(),
            "certificates": app.certificates.iter().map(|c| json!({
                "keyId": c.key_id, "description": c.description, "thumbprint": c.thumbprint,
                "start": c.start.to_string(), "end": c.end.to_string(),
            })).collect::<Vec<_>>(),
            "federated": app.federated,
            "exposed": app.exposed,
            "secrets": app.secrets.iter().map(|s| json!({
                "keyId": s.key_id, "description": s.description, "hint": s.text.hint(),
                "start": s.start.to_string(), "end": s.end.to_string(), "expired": s.end <= now,
            })).collect::<Vec<_>>(),
        })
    }
}

impl App {
    /// Adds a secret of today's shape and answers its place in the list.
    pub fn add_secret(
        &mut self,
        description: &str,
        now: Timestamp,
        life: SignedDuration,
        delay: i64,
    ) -> &Secret {
        self.secrets.push(Secret {
            key_id: new_id(),
            description: description.into(),
            text: SecretText::make(),
            accepted_from: later(now, delay),
            start: now,
            end: now.saturating_add(life).unwrap_or(Timestamp::MAX),
        });
        let last = self.secrets.len() - 1;
        &self.secrets[last]
    }
}

impl Principal {
    /// A new, enabled service principal without grants.
    #[must_use]
    pub fn new(app_id: &str, name: &str) -> Self {
        Self {
            object_id: new_id(),
            app_id: app_id.into(),
            name: name.into(),
            enabled: true,
            grants: Vec::new(),
        }
    }

    /// The principal as the portal and tests see it.
    #[must_use]
    pub fn report(&self) -> Value {
        json!({
            "objectId": self.object_id, "appId": self.app_id, "displayName": self.name, "enabled": self.enabled,
            "grants": self.grants.iter().map(|g| json!({
                "resource": g.permission.resource, "id": g.permission.id, "kind": g.permission.kind, "name": g.permission.name(),
                "effectiveFrom": g.effective_from.to_string(),
            })).collect::<Vec<_>>(),
        })
    }
}

/// A fresh GUID.
#[must_use]
pub fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// A moment some seconds after another.
#[must_use]
pub fn later(from: Timestamp, seconds: i64) -> Timestamp {
    from.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// The delegated permission the portal gives every new app.
#[must_use]
pub fn user_read() -> Permission {
    Permission {
        resource: catalogue::GRAPH.into(),
        id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d".into(),
        kind: "Scope".into(),
    }
}

fn settings(domain: &str) -> Value {
    let user = |name: &str, first: &str| {
        json!({
            "id": new_id(), "name": name, "upn": format!("{first}@{domain}"), "enabled": true, "mfa": "disabled",
            "roles": [],
        })
    };
    json!({
        "securityDefaults": true,
        "appPasswords": false,
        "users": [user("Adele Vance", "adele"), user("Alex Wilber", "alex"), user("Break Glass", "breakglass")],
        "policies": [],
    })
}

fn standing_directories(now: Timestamp) -> Vec<Directory> {
    let mut contoso = Directory::new(
        "6f2a1c53-8e0d-4b6f-9a37-5d1e0c9b7f42",
        "Contoso",
        &["contoso.onmicrosoft.com", "contoso.com"],
        ("EU", ""),
    );
    for name in CONTOSO_APPS {
        contoso.register(name, now, now, true);
    }
    let mut fabrikam = Directory::new(
        "b81d7e0a-24c9-47e3-8f56-90ab3c4d5e61",
        "Fabrikam",
        &["fabrikam.onmicrosoft.com"],
        ("NA", ""),
    );
    fabrikam.register("Payroll Export", now, now, true);
    let government = Directory::new(
        "c2f4b96d-7a15-4d08-b3e1-6e8f7a90d1b4",
        "Northwind Agency",
        &["northwind.onmicrosoft.us"],
        ("USGov", "DODCON"),
    );
    vec![contoso, fabrikam, government]
}

/// Apps somebody registered before: enough of them that the portal's list is virtualised.
const CONTOSO_APPS: &[&str] = &[
    "Backup Connector",
    "Badge Printer",
    "BI Gateway",
    "Budget Planner",
    "Build Agent",
    "Calendar Sync",
    "Campaign Mailer",
    "Canteen Orders",
    "Case Archive",
    "CCTV Archive",
    "Chat Archiver",
    "Cloud Cost Report",
    "Collection Service",
    "Contract Signer",
    "CRM Sync",
    "Customer Portal",
    "Data Lake Loader",
    "Device Inventory",
    "Disaster Recovery",
    "Document Scanner",
    "Door Access",
    "E-Learning",
    "Energy Monitor",
    "Expense Reports",
    "Facility Tickets",
    "Fleet Tracker",
    "Graph Explorer Test",
    "Help Desk Bot",
    "HR Onboarding",
    "Intranet Search",
    "Invoice Reader",
    "Kiosk",
    "Lab Results",
    "Log Forwarder",
    "Mail Archive",
    "Meeting Rooms",
    "Newsletter",
    "Order Tracking",
    "Parking",
    "Password Portal",
    "Print Service",
    "Project Board",
    "Quality Audit",
    "Reception Screen",
    "Security Scanner",
    "Shift Planner",
    "Signage",
    "Survey Tool",
    "Travel Desk",
    "Visitor Log",
    "Warehouse Scanner",
    "Wiki Sync",
    "Workflow Engine",
];
