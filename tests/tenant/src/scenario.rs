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
    /// How React frames ask a question: `v8` and `v9` of Fluent, or `native` by the browser's own modal dialog.
    pub dialogs: String,
    /// How React frames draw long lists: `v8`'s list or `v9`'s grid.
    pub lists: String,
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
    /// How a seeded portal differs from the plain one.
    pub drift: Drift,
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

/// What a seed changes in the portal, beyond the other switches: things Microsoft may change any day.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Drift {
    /// All that is diced follows from it.
    pub seed: u32,
    /// Whether commands, menu entries, tabs, columns and facts stand in another order.
    pub order: bool,
    /// Telemetry names: `kept`, `none` or `other`.
    pub telemetry: String,
    /// Whether ids that scripts know are there.
    pub ids: bool,
    /// Whether controls carry `title` and `aria-label` besides their text.
    pub titles: bool,
    /// Whether commands are native buttons.
    pub native: bool,
    /// What an entry of the left menu is: `menuitem`, `link` or `button`.
    pub menu: String,
    /// Whether the portal is drawn from right to left.
    pub rtl: bool,
    /// Apps that fill the list of apps.
    pub rows: u32,
    /// Number of look-alikes.
    pub decoys: u32,
}

impl Default for Drift {
    fn default() -> Self {
        Self {
            seed: 0,
            order: false,
            telemetry: "kept".into(),
            ids: true,
            titles: true,
            native: false,
            menu: "menuitem".into(),
            rtl: false,
            rows: 0,
            decoys: 0,
        }
    }
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
            dialogs: "v8".into(),
            lists: "v8".into(),
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
            drift: Drift::default(),
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
        known(&new.dialogs, &["v8", "v9", "native"])?;
        known(&new.lists, &["v8", "v9"])?;
        known(&new.csp, &["none", "strict"])?;
        known(&new.theme, &["light", "dark"])?;
        known(&new.drift.telemetry, &["kept", "none", "other"])?;
        known(&new.drift.menu, &["menuitem", "link", "button"])?;
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
