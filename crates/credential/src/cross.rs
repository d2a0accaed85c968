//! What only shows when several values are looked at together: swaps, copies, the ID of another thing.

use crate::catalogue::{Finding, finding};
use crate::check::Kind;
use crate::text::guid;

/// A finding about one of several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// The value it is about.
    pub kind: Kind,
    /// What was found.
    pub finding: Finding,
}

/// Compares the collected values, and those the page shows (object IDs, Secret ID), with one another.
///
/// The texts are the cleaned ones. `shown` holds what the extension read from the page itself and may be empty; it
/// is what makes a swap certain, since no GUID tells by itself what it names.
#[must_use]
pub fn cross_check(values: &[(Kind, &str)], shown: &[(Kind, &str)]) -> Vec<Crossed> {
    let ids: Vec<(Kind, String)> = values.iter().filter_map(|(k, t)| Some((*k, guid(t)?))).collect();
    let seen: Vec<(Kind, String)> = shown.iter().filter_map(|(k, t)| Some((*k, guid(t)?))).collect();
    let find = |all: &[(Kind, String)], kind| all.iter().find(|(k, _)| *k == kind).map(|(_, id)| id.clone());
    let (tenant, client) = (find(&ids, Kind::TenantId), find(&ids, Kind::ClientId));
    let (real_tenant, real_client) = (find(&seen, Kind::TenantId), find(&seen, Kind::ClientId));

    let mut out = Vec::new();
    let mut say = |kind, code, n: &str| out.push(Crossed { kind, finding: finding(code, n) });
    let tenant_is_client = tenant.is_some() && tenant == real_client;
    let client_is_tenant = client.is_some() && client == real_tenant;
    if (client_is_tenant || tenant_is_client) && tenant != client {
        say(Kind::TenantId, "ids-swapped", "");
        say(Kind::ClientId, "ids-swapped", "");
        return out;
    }
    for (kind, id) in &ids {
        if let Some((what, _)) = seen.iter().find(|(k, s)| s == id && k != kind) {
            match (kind, what) {
                (Kind::ClientId, Kind::ObjectId | Kind::ServicePrincipalId) => {
                    say(*kind, "client-is-object", "")
                }
                (Kind::TenantId, Kind::ObjectId | Kind::ServicePrincipalId) => {
                    say(*kind, "tenant-is-object", "")
                }
                (Kind::ClientId | Kind::TenantId, Kind::SecretId) => say(*kind, "id-is-secret-id", ""),
                _ => {}
            }
        }
    }
    for (at, (kind, id)) in ids.iter().enumerate() {
        for (other, same) in ids.iter().skip(at + 1) {
            if id != same {
                continue;
            }
            match (*kind, *other) {
                (Kind::ClientSecret, k) | (k, Kind::ClientSecret) => {
                    say(Kind::ClientSecret, "secret-is-other-id", k.name());
                }
                (a, b) => say(b, "ids-same", &format!("{} {}", a.name(), b.name())),
            }
        }
    }
    out
}
