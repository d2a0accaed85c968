//! What a test can switch: how the portal looks, how slow things are, what the tenant refuses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The switches. A test posts the ones it changes; the rest stay.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// Label set of the portal: `new` or `old`.
    pub labels: String,
    /// Where blades are drawn: `top` or `react`.
    pub frame: String,
    /// How React frames draw Essentials: `text`, or `input` as some of Microsoft's newer views do.
    pub facts: String,
    /// Language of the portal.
    pub lang: String,
    /// Content security policy of portal documents: `none` or `strict`.
    pub csp: String,
    /// `light` or `dark`.
    pub theme: String,
    /// `<page>.<control>` → another label, as after a rename by Microsoft.
    pub renames: BTreeMap<String, String>,
    /// How long the portal takes.
    pub delays: Delays,
    /// Seconds until granted roles reach tokens.
    pub consent_delay_seconds: i64,
    /// Seconds until a new secret is accepted.
    pub secret_delay_seconds: i64,
    /// Seconds until a new app is known to the token endpoint.
    pub app_delay_seconds: i64,
    /// The tenant's app-management policy.
    pub policy: Policy,
    /// Name of the signed-in person.
    pub person: String,
    /// Directory role of the signed-in person.
    pub role: String,
    /// Directory shown first, by initial domain.
    pub directory: String,
    /// Whether an address opened cold leads to its page; otherwise it lands on home, as is reported of the real one.
    pub deep_links: bool,
    /// Whether a survey call-out comes up.
    pub survey: bool,
    /// Whether hidden, prewarmed copies of the next frame are kept.
    pub prewarm: bool,
    /// Whether class names get random endings.
    pub random_classes: bool,
    /// Whether a left menu's group starts closed.
    pub collapsed_menus: bool,
    /// Application ids of resources that have no service principal in the tenant.
    pub missing_resources: Vec<String>,
    /// Whether a new app gets its service principal, as the portal does it.
    pub service_principals: bool,
    /// Whether unified audit logging is on.
    pub auditing: bool,
    /// A fault of the token endpoint.
    pub token_fault: Option<Fault>,
    /// A fault of the Management API: an AF code, `denied`, `html` or `audit-off`.
    pub management_fault: Option<String>,
    /// A fault of Microsoft Graph: an error code, `licence` or `html`.
    pub graph_fault: Option<String>,
}

/// Milliseconds the portal takes for things.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Delays {
    /// Until a blade is drawn.
    pub blade: u64,
    /// Until the rows of a list are there.
    pub rows: u64,
    /// Until something saved is saved.
    pub save: u64,
}

/// Refusals of the tenant's app-management policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// New client secrets are refused.
    pub block_secrets: bool,
    /// Longest life of a secret in days.
    pub max_secret_days: Option<i64>,
    /// New registrations are refused to people without a role.
    pub block_registration: bool,
}

/// What the token endpoint answers instead of working.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// An AADSTS number, or `429`, `503`, `504`, `html`, `proxy`.
    pub kind: String,
    /// Only for this resource (application id); otherwise for all.
    #[serde(default)]
    pub resource: Option<String>,
    /// Only this many times; otherwise always.
    #[serde(default)]
    pub times: Option<u32>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            labels: "new".into(),
            frame: "top".into(),
            facts: "text".into(),
            lang: "en".into(),
            csp: "none".into(),
            theme: "light".into(),
            renames: BTreeMap::new(),
            delays: Delays::default(),
            consent_delay_seconds: 0,
            secret_delay_seconds: 0,
            app_delay_seconds: 0,
            policy: Policy::default(),
            person: "Adele Vance".into(),
            role: "Global Administrator".into(),
            directory: "contoso.onmicrosoft.com".into(),
            deep_links: true,
            survey: false,
            prewarm: true,
            random_classes: false,
            collapsed_menus: true,
            missing_resources: Vec::new(),
            service_principals: true,
            auditing: true,
            token_fault: None,
            management_fault: None,
            graph_fault: None,
        }
    }
}

impl Scenario {
    /// This scenario with the given switches changed.
    ///
    /// # Errors
    /// Says which switch is unknown or has a wrong value.
    pub fn with(&self, change: &Value) -> Result<Self, String> {
        let mut all = serde_json::to_value(self).map_err(|e| e.to_string())?;
        merge(&mut all, change);
        let new: Self = serde_json::from_value(all).map_err(|e| e.to_string())?;
        let known = |value: &str, set: &[&str]| {
            if set.contains(&value) { Ok(()) } else { Err(format!("`{value}` is none of {set:?}")) }
        };
        known(&new.labels, &["new", "old"])?;
        known(&new.frame, &["top", "react"])?;
        known(&new.facts, &["text", "input"])?;
        known(&new.csp, &["none", "strict"])?;
        known(&new.theme, &["light", "dark"])?;
        Ok(new)
    }
}

fn merge(into: &mut Value, change: &Value) {
    match (into, change) {
        (Value::Object(into), Value::Object(change)) => {
            for (key, value) in change {
                match into.get_mut(key) {
                    Some(old) if old.is_object() && value.is_object() && key != "renames" => {
                        merge(old, value)
                    }
                    _ => {
                        into.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (into, change) => *into = change.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_keeps_the_rest() {
        let s = Scenario::default().with(&json!({"labels": "old", "delays": {"blade": 5}})).unwrap();
        let s = s.with(&json!({"delays": {"rows": 7}})).unwrap();
        assert_eq!((s.labels.as_str(), s.delays.blade, s.delays.rows), ("old", 5, 7));
    }

    #[test]
    fn an_unknown_switch_is_refused() {
        assert!(Scenario::default().with(&json!({"lables": "old"})).unwrap_err().contains("lables"));
        assert!(Scenario::default().with(&json!({"frame": "side"})).unwrap_err().contains("side"));
    }
}
