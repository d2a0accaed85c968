//! OpenID discovery: which tenant is meant, where its endpoints are, which keys sign.

use serde_json::{Value, json};

use crate::aadsts::{Aadsts, no_such_tenant, not_a_tenant_name};
use crate::state::{Directory, World};

/// Words that stand in a tenant's place and are none.
const SPECIAL: &[&str] = &["common", "organizations", "consumers"];

/// Whether a text has the shape of a GUID.
#[must_use]
pub fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = parts.iter().map(|p| p.len()).eq([8, 4, 4, 4, 12]);
    lengths && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_domain(text: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.contains('.') && text.split('.').all(label)
}

/// The directory an address names.
///
/// # Errors
/// 900023 when the name has no tenant's shape, 90002 (with the given `error` word) when there is none.
pub fn tenant<'w>(
    world: &'w World,
    name: &str,
    host: &str,
    word: &'static str,
) -> Result<&'w Directory, Aadsts> {
    if !is_guid(name) && !is_domain(name) {
        return Err(not_a_tenant_name(name));
    }
    let government_host = host.ends_with(".us") || host.ends_with("usgovcloudapi.net");
    let china_host = host.ends_with(".cn");
    let found = world.directory(name).filter(|d| !china_host && (!government_host || d.is_government()));
    found.ok_or_else(|| no_such_tenant(name, word))
}

/// Whether a word means every tenant.
#[must_use]
pub fn is_special(name: &str) -> bool {
    SPECIAL.contains(&name)
}

/// The OpenID document of a tenant, or of `common` and its like.
#[must_use]
pub fn document(directory: Option<&Directory>, name: &str, v2: bool) -> Value {
    let government = directory.is_some_and(Directory::is_government);
    let login = if government { "login.microsoftonline.us" } else { "login.microsoftonline.com" };
    let graph = if government { "graph.microsoft.us" } else { "graph.microsoft.com" };
    let id = directory.map_or(name, |d| d.id.as_str());
    let shown = if directory.is_some() { id } else { "{tenantid}" };
    let (path, keys, issuer) = if v2 {
        ("oauth2/v2.0", "discovery/v2.0/keys", format!("https://{login}/{shown}/v2.0"))
    } else {
        ("oauth2", "discovery/keys", format!("https://sts.windows.net/{shown}/"))
    };
    json!({
        "token_endpoint": format!("https://{login}/{id}/{path}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("https://{login}/{}/{keys}", if v2 { id } else { "common" }),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer,
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("https://{graph}/oidc/userinfo"),
        "authorization_endpoint": format!("https://{login}/{id}/{path}/authorize"),
        "device_authorization_endpoint": format!("https://{login}/{id}/{path}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("https://{login}/{id}/{path}/logout"),
        "claims_supported": ["sub", "iss", "cloud_instance_name", "aud", "exp", "iat", "nonce", "tid", "ver"],
        "kerberos_endpoint": format!("https://{login}/{id}/kerberos"),
        "mtls_endpoint_aliases": {"token_endpoint": format!("https://mtlsauth.microsoft.com/{id}/{path}/token")},
        "tls_client_certificate_bound_access_tokens": true,
        "tenant_region_scope": directory.map(|d| d.region.clone()),
        "tenant_region_sub_scope": directory.map(|d| d.sub_region.clone()).filter(|s| !s.is_empty()),
        "cloud_instance_name": if government { "microsoftonline.us" } else { "microsoftonline.com" },
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": graph,
        "rbac_url": "https://pas.windows.net",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenants_are_found_by_id_and_domain_and_unknown_ones_refused() {
        let world = World::new();
        let host = "login.microsoftonline.com";
        let find = |name: &str| tenant(&world, name, host, "invalid_tenant").map(|d| d.name.clone());
        assert_eq!(find("Contoso.onmicrosoft.com").unwrap(), "Contoso");
        assert_eq!(find(&world.directories[1].id.to_uppercase()).unwrap(), "Fabrikam");
        assert_eq!(find("nowhere.example").unwrap_err().code, 90002);
        assert_eq!(find("not a tenant").unwrap_err().code, 900_023);
        assert_eq!(find("6f2a1c53-8e0d-4b6f-9a37-5d1e0c9b7f4").unwrap_err().code, 900_023);
    }

    #[test]
    fn a_government_tenant_is_named_by_discovery_on_the_public_host() {
        let world = World::new();
        let found = tenant(&world, "northwind.onmicrosoft.us", "login.microsoftonline.com", "invalid_tenant")
            .unwrap();
        let doc = document(Some(found), "", true);
        assert_eq!(doc["cloud_instance_name"], "microsoftonline.us");
        assert_eq!(doc["tenant_region_sub_scope"], "DODCON");
        let elsewhere =
            tenant(&world, "contoso.onmicrosoft.com", "login.microsoftonline.us", "invalid_tenant");
        assert_eq!(elsewhere.map(|d| d.name.clone()).unwrap_err().code, 90002);
    }
}
