//! Microsoft's resources as the practice tenant knows them: application ids, URIs, permissions.
//!
//! Ids come from Microsoft's published permission reference; only what the guides and their wrong turns need is here.
//! For a guide being written, what it asks for is added from its plan.

use std::sync::{LazyLock, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

/// Microsoft Graph's application id.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
/// Office 365 Management APIs' application id.
pub const MANAGEMENT: &str = "c5393580-f805-4401-95e8-94b7a6ef2fc2";
/// Office 365 Exchange Online's application id.
pub const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
/// SharePoint's application id.
pub const SHAREPOINT: &str = "00000003-0000-0ff1-ce00-000000000000";
/// Azure Service Management's application id.
pub const AZURE: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/// An API whose permissions an app can ask for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Application id.
    pub app_id: &'static str,
    /// Name the portal prints.
    pub name: &'static str,
    /// What the tile says below the name.
    pub about: &'static str,
    /// URI the portal prints above the permission list.
    pub uri: &'static str,
    /// Resource URIs the token endpoint accepts, without trailing slash.
    pub uris: &'static [&'static str],
    /// Whether it has a tile, and is not only among the APIs of the organisation.
    pub tile: bool,
    /// Its permissions.
    pub permissions: &'static [Permission],
}

/// One permission name, as application role, delegated scope, or both.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// Name, e.g. `ActivityFeed.Read`.
    pub name: &'static str,
    /// Id of the application role, if there is one.
    pub role: Option<&'static str>,
    /// Id of the delegated scope, if there is one.
    pub scope: Option<&'static str>,
    /// Whether the delegated scope needs an admin's consent.
    pub admin: bool,
    /// What the portal prints beside it.
    pub text: &'static str,
}

const fn both(
    name: &'static str,
    role: &'static str,
    scope: &'static str,
    admin: bool,
    text: &'static str,
) -> Permission {
    Permission { name, role: Some(role), scope: Some(scope), admin, text }
}

const fn scope(name: &'static str, scope: &'static str, text: &'static str) -> Permission {
    Permission { name, role: None, scope: Some(scope), admin: false, text }
}

const fn role(name: &'static str, role: &'static str, text: &'static str) -> Permission {
    Permission { name, role: Some(role), scope: None, admin: true, text }
}

/// What the guides and their wrong turns need, in the order of the tiles.
const RESOURCES: &[Resource] = &[
    Resource {
        app_id: GRAPH,
        name: "Microsoft Graph",
        about: "Take advantage of the tremendous amount of data in Office 365, Enterprise Mobility + Security, and Windows 10. Access Microsoft Entra ID, Excel, Intune, Outlook/Exchange, OneDrive, OneNote, SharePoint, Planner, and more through a single endpoint.",
        uri: "https://graph.microsoft.com/",
        uris: &["https://graph.microsoft.com", GRAPH],
        tile: true,
        permissions: GRAPH_PERMISSIONS,
    },
    Resource {
        app_id: MANAGEMENT,
        name: "Office 365 Management APIs",
        about: "Retrieve information about user, admin, system, and policy actions and events from Office 365 and Microsoft Entra ID activity logs",
        uri: "https://manage.office.com/",
        uris: &["https://manage.office.com", "https://manage-gcc.office.com", MANAGEMENT],
        tile: true,
        permissions: MANAGEMENT_PERMISSIONS,
    },
    Resource {
        app_id: AZURE,
        name: "Azure Service Management",
        about: "Programmatic access to much of the functionality available through the Azure portal",
        uri: "https://management.azure.com/",
        uris: &["https://management.azure.com", "https://management.core.windows.net", AZURE],
        tile: true,
        permissions: &[scope(
            "user_impersonation",
            "41094075-9dad-400e-a0bd-54e686782033",
            "Access Azure Service Management as organization users (preview)",
        )],
    },
    Resource {
        app_id: SHAREPOINT,
        name: "SharePoint",
        about: "Interact remotely with SharePoint data",
        uri: "https://microsoft.sharepoint-df.com/",
        uris: &["https://contoso.sharepoint.com", "https://fabrikam.sharepoint.com", SHAREPOINT],
        tile: true,
        permissions: &[
            role(
                "Sites.Read.All",
                "d13f72ca-a275-4b96-b789-48ebcc4da984",
                "Read items in all site collections",
            ),
            role(
                "Sites.FullControl.All",
                "678536fe-1083-478a-9c59-b99265e6b0d3",
                "Have full control of all site collections",
            ),
        ],
    },
    Resource {
        app_id: EXCHANGE,
        name: "Office 365 Exchange Online",
        about: "Office 365 Exchange Online",
        uri: "https://outlook.office365.com/",
        uris: &["https://outlook.office365.com", "https://outlook.office.com", EXCHANGE],
        tile: false,
        permissions: EXCHANGE_PERMISSIONS,
    },
];

const MANAGEMENT_PERMISSIONS: &[Permission] = &[
    both(
        "ActivityFeed.Read",
        "594c1fb6-4f81-4475-ae41-0c394909246c",
        "594c1fb6-4f81-4475-ae41-0c394909246c",
        true,
        "Read activity data for your organization",
    ),
    both(
        "ActivityFeed.ReadDlp",
        "4807a72c-ad38-4250-94c9-4eabfe26cd55",
        "4807a72c-ad38-4250-94c9-4eabfe26cd55",
        true,
        "Read DLP policy events including detected sensitive data",
    ),
    both(
        "ActivityReports.Read",
        "b3b78c39-cb1d-4d17-820a-25d9196a800e",
        "b3b78c39-cb1d-4d17-820a-25d9196a800e",
        true,
        "Read activity reports for your organization",
    ),
    both(
        "ServiceHealth.Read",
        "e2cea78f-e743-4d8f-a16a-75b629a038ae",
        "e2cea78f-e743-4d8f-a16a-75b629a038ae",
        true,
        "Read service health information for your organization",
    ),
    both(
        "ThreatIntelligence.Read",
        "17f1c501-83cd-414c-9064-cd10f7aef836",
        "17f1c501-83cd-414c-9064-cd10f7aef836",
        true,
        "Read threat intelligence data for your organization",
    ),
];

const EXCHANGE_PERMISSIONS: &[Permission] = &[
    role("IMAP.AccessAsApp", "5e5addcd-3e8d-4e90-baf5-964efab2b20a", "IMAP.AccessAsApp"),
    role("POP.AccessAsApp", "cb842b43-da6e-4506-86fe-bb12199c656d", "POP.AccessAsApp"),
    role("Exchange.ManageAsApp", "dc50a0fb-09a3-484d-be87-e023b12c6440", "Manage Exchange As Application"),
    role(
        "full_access_as_app",
        "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
        "Use Exchange Web Services with full access to all mailboxes",
    ),
    scope(
        "IMAP.AccessAsUser.All",
        "195adc35-e27b-454b-a7ed-1ecdffa1c09f",
        "Read and write access to mailboxes via IMAP.",
    ),
    scope(
        "POP.AccessAsUser.All",
        "fb698133-92fa-453e-a9ed-688e10f2e5ac",
        "Read and write access to mailboxes via POP.",
    ),
    scope("SMTP.Send", "76faac2a-0f20-42f1-928a-50de5b9dbe52", "Send emails from mailboxes using SMTP AUTH."),
];

const GRAPH_PERMISSIONS: &[Permission] = &[
    both(
        "Application.Read.All",
        "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
        "c79f8feb-a9db-4090-85f9-90d820caa0eb",
        true,
        "Read all applications",
    ),
    both(
        "AuditLog.Read.All",
        "b0afded3-3588-46d8-8b3d-9842eff778da",
        "e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20",
        true,
        "Read all audit log data",
    ),
    both(
        "AuditLogsQuery.Read.All",
        "5e1e9171-754d-478c-812c-f1755a9a4c2d",
        "1d9e7ac3-0eca-442c-82f9-e92625af6e6d",
        true,
        "Read audit logs data from all services",
    ),
    both(
        "Directory.Read.All",
        "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        "06da0dbc-49e2-44d2-8312-53f166ab848a",
        true,
        "Read directory data",
    ),
    both(
        "Directory.ReadWrite.All",
        "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
        "c5366453-9fb0-48a5-a156-24f0c49a4b84",
        true,
        "Read and write directory data",
    ),
    both(
        "Files.ReadWrite.All",
        "75359482-378d-4052-8f01-80520e7db3cd",
        "863451e7-0667-486c-a5d6-d135439485f0",
        false,
        "Read and write files in all site collections",
    ),
    both(
        "Group.Read.All",
        "5b567255-7703-4780-807c-7be8301ae99b",
        "5f8c59db-677d-491f-a6b8-5f174b11ec1d",
        true,
        "Read all groups",
    ),
    scope(
        "IMAP.AccessAsUser.All",
        "652390e4-393a-48de-9484-05f9b1212954",
        "Read and write access to mailboxes via IMAP.",
    ),
    both(
        "Mail.Read",
        "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
        "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
        false,
        "Read mail in all mailboxes",
    ),
    both(
        "Mail.ReadWrite",
        "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
        "024d486e-b451-40bb-833d-3e66d98c5c73",
        false,
        "Read and write mail in all mailboxes",
    ),
    both(
        "Mail.Send",
        "b633e1c5-b582-4048-a93e-9f11b44c7e96",
        "e383f46e-2787-4529-855e-0e479a3ffac0",
        false,
        "Send mail as any user",
    ),
    scope(
        "POP.AccessAsUser.All",
        "d7b7f2d9-0f45-4ea1-9d42-e50810c06991",
        "Read and write access to mailboxes via POP.",
    ),
    both(
        "Policy.Read.All",
        "246dd0d5-5bd0-4def-940b-0421030a5b68",
        "572fea84-0151-49b2-9301-11cb16974376",
        true,
        "Read your organization's policies",
    ),
    both(
        "RoleManagement.Read.Directory",
        "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
        "741c54c3-0c1e-44a1-818b-3f97ab4e8c83",
        true,
        "Read all directory RBAC settings",
    ),
    scope("SMTP.Send", "258f6531-6087-4cc4-bb90-092c5fb3ed3f", "Send emails from mailboxes using SMTP AUTH."),
    both(
        "ServiceHealth.Read.All",
        "79c261e0-fe76-4144-aad5-bdc68fbe4037",
        "55896846-df78-47a7-aa94-8d3d4442ca7f",
        true,
        "Read service health",
    ),
    scope("User.Read", "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "Sign in and read user profile"),
    both(
        "User.Read.All",
        "df021288-bdef-4463-88db-98f22de89214",
        "a154be20-db9c-4678-8ab7-66f6cc099a59",
        true,
        "Read all users' full profiles",
    ),
    both(
        "User.ReadWrite.All",
        "741f803b-c850-494e-b5df-cde7c675a1ca",
        "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4",
        true,
        "Read and write all users' full profiles",
    ),
    scope("email", "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "View users' email address"),
    scope(
        "offline_access",
        "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
        "Maintain access to data you have given it access to",
    ),
    scope("openid", "37f7f235-527c-4136-accd-4a02d197296e", "Sign users in"),
    scope("profile", "14dad69e-099b-42c9-810b-d002981feec1", "View users' basic profile"),
];

/// The resource with this application id.
#[must_use]
pub fn by_app_id(app_id: &str) -> Option<&'static Resource> {
    resources().into_iter().find(|r| r.app_id.eq_ignore_ascii_case(app_id))
}

/// The resource a token was asked for, by its URI or application id without trailing slash.
#[must_use]
pub fn by_uri(uri: &str) -> Option<&'static Resource> {
    let uri = uri.trim_end_matches('/');
    resources().into_iter().find(|r| r.uris.iter().any(|u| u.eq_ignore_ascii_case(uri)))
}

/// What is offered now: the list above, with what was added to it.
static OFFERED: LazyLock<RwLock<Vec<&'static Resource>>> =
    LazyLock::new(|| RwLock::new(RESOURCES.iter().collect()));

/// Every resource, in the order the portal shows its tiles.
#[must_use]
pub fn resources() -> Vec<&'static Resource> {
    OFFERED.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// One more permission, of a resource that may be new too.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Offer {
    /// Application id of the resource.
    pub app_id: String,
    /// The resource's name in the portal.
    pub api: String,
    /// Whether it has a tile, and is not only among the APIs of the organisation.
    pub tile: bool,
    /// Name of the permission.
    pub name: String,
    /// Id as an application role, …
    pub role: Option<String>,
    /// … or as a delegated scope.
    pub scope: Option<String>,
}

/// Adds a permission that is not offered yet. What is added stays as long as the process, like everything in this list.
pub fn offer(more: Offer) {
    let keep = |text: String| -> &'static str { text.leak() };
    let mut offered = OFFERED.write().unwrap_or_else(PoisonError::into_inner);
    let at = offered.iter().position(|r| r.app_id.eq_ignore_ascii_case(&more.app_id));
    let mut resource = at.map_or_else(|| new_resource(&more), |at| *offered[at]);
    let mut permissions = resource.permissions.to_vec();
    let known = permissions.iter().position(|p| p.name == more.name);
    let has = |p: &Permission| {
        (more.role.is_none() || p.role.is_some()) && (more.scope.is_none() || p.scope.is_some())
    };
    if known.is_some_and(|n| has(&permissions[n])) {
        return;
    }
    let mut permission = known.map_or_else(
        || {
            let text = "What the guide that is being written asks for";
            Permission { name: keep(more.name), role: None, scope: None, admin: true, text }
        },
        |known| permissions.remove(known),
    );
    permission.role = permission.role.or(more.role.map(keep));
    permission.scope = permission.scope.or(more.scope.map(keep));
    permissions.push(permission);
    resource.permissions = permissions.leak();
    let resource = &*Box::leak(Box::new(resource));
    match at {
        Some(at) => offered[at] = resource,
        None => offered.push(resource),
    }
}

fn new_resource(more: &Offer) -> Resource {
    let (app_id, name): (&'static str, &'static str) = (more.app_id.clone().leak(), more.api.clone().leak());
    Resource {
        app_id,
        name,
        about: name,
        uri: app_id,
        uris: vec![app_id].leak(),
        tile: more.tile,
        permissions: &[],
    }
}
