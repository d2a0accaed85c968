//! What the organisation sets for everybody through the browser (`static/managed.json`): where values may go, whose links
//! count, and whether anything is sent at all.

use vecmap::VecSet;

use handrail_credential::domain;
use handrail_json::from_str;
use handrail_messages::report::Refusal;
use serde_json::Value;

use crate::portals::origin_of;
use crate::words;

/// The policy. Without one everything is as the admin decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    /// Origins that are approved for everybody.
    pub(crate) approved: VecSet<String>,
    /// The only Workers there are; none: any.
    workers: Option<VecSet<String>>,
    /// The only vendors whose links count, by their domain; none: any.
    vendors: Option<VecSet<String>>,
    /// Nothing is sent: no check, no hand-over.
    keeps: bool,
}

impl Policy {
    /// Reads what the browser hands over, a JSON object. Firefox hands it over as it was written, without a look at the
    /// schema: a list that is none allows nothing, an entry that is none is left out, and only `true` sends.
    pub(crate) fn read(managed: &str) -> Self {
        let managed: Value = from_str(managed).unwrap_or_default();
        let set = |key: &str| managed.get(key).filter(|value| !value.is_null());
        let list = |key: &str, read: fn(&str) -> Option<String>| {
            let entries = set(key)?.as_array().into_iter().flatten();
            Some(entries.filter_map(Value::as_str).filter_map(read).collect())
        };
        Self {
            approved: list("approvedOrigins", origin_of).unwrap_or_default(),
            workers: list("allowedWorkers", origin_of),
            vendors: list("allowedVendors", domain),
            keeps: set("sending").is_some_and(|sending| *sending != Value::Bool(true)),
        }
    }

    /// Whether this Worker may be used.
    ///
    /// # Errors
    /// When the policy lists others.
    pub(crate) fn worker(&self, origin: &str) -> Result<(), Refusal> {
        let allowed = self.workers.as_ref().is_none_or(|list| list.contains(origin));
        allowed.then_some(()).ok_or_else(|| words::policy_worker(origin))
    }

    /// Whether links of this vendor count.
    ///
    /// # Errors
    /// When the policy lists others.
    pub(crate) fn vendor(&self, name: &str) -> Result<(), Refusal> {
        let allowed =
            self.vendors.as_ref().is_none_or(|list| domain(name).is_some_and(|d| list.contains(&d)));
        allowed.then_some(()).ok_or_else(|| words::policy_vendor(name))
    }

    /// Whether values may be sent to this origin, for this vendor's link where it is one.
    ///
    /// # Errors
    /// When sending is off, or the policy lists others.
    pub(crate) fn send(&self, origin: Option<&str>, vendor: Option<&str>) -> Result<(), Refusal> {
        if self.keeps {
            return Err(words::policy_sending());
        }
        origin.map_or(Ok(()), |origin| self.worker(origin))?;
        vendor.map_or(Ok(()), |vendor| self.vendor(vendor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://check.example";
    const OTHER: &str = "https://other.example";
    const VENDOR: &str = "vendor.example";

    /// What is allowed of: our Worker, another one, our vendor's link, another's; empty, or the code of the refusal.
    fn decisions(policy: &str) -> [String; 4] {
        let policy = Policy::read(policy);
        let code = |of: Result<(), Refusal>| of.err().map(|refusal| refusal.code).unwrap_or_default();
        [
            code(policy.send(Some(OURS), None)),
            code(policy.send(Some(OTHER), None)),
            code(policy.send(Some(OURS), Some(VENDOR))),
            code(policy.send(Some(OURS), Some("stranger.example"))),
        ]
    }

    #[test]
    fn each_rule_forbids_what_it_says_and_nothing_else() {
        let (worker, vendor, off) = ("policy-worker", "policy-vendor", "policy-sending");
        let table = [
            ("", ["", "", "", ""]),
            ("{}", ["", "", "", ""]),
            (r#"{"allowedWorkers":null,"allowedVendors":null,"sending":null}"#, ["", "", "", ""]),
            (r#"{"sending":true}"#, ["", "", "", ""]),
            (r#"{"approvedOrigins":["https://check.example"]}"#, ["", "", "", ""]),
            // As a policy is written: capitals, a path, a port that says nothing.
            (r#"{"allowedWorkers":["https://Check.example:443/x"]}"#, ["", worker, "", ""]),
            (r#"{"allowedWorkers":["https://other.example"]}"#, [worker, "", worker, worker]),
            (r#"{"allowedWorkers":["http://check.example"]}"#, [worker, worker, worker, worker]),
            (r#"{"allowedWorkers":[]}"#, [worker, worker, worker, worker]),
            (r#"{"allowedWorkers":"https://check.example"}"#, [worker, worker, worker, worker]),
            (r#"{"allowedWorkers":[7,"https://check.example"]}"#, ["", worker, "", ""]),
            (r#"{"allowedVendors":["Vendor.example"]}"#, ["", "", "", vendor]),
            (r#"{"allowedVendors":["example"]}"#, ["", "", vendor, vendor]),
            (r#"{"allowedVendors":[]}"#, ["", "", vendor, vendor]),
            (r#"{"allowedVendors":{"vendor.example":true}}"#, ["", "", vendor, vendor]),
            (
                r#"{"allowedWorkers":["https://check.example"],"allowedVendors":["vendor.example"]}"#,
                ["", worker, "", vendor],
            ),
            (r#"{"sending":false}"#, [off, off, off, off]),
            (r#"{"sending":"no"}"#, [off, off, off, off]),
            (r#"{"sending":false,"allowedWorkers":["https://check.example"]}"#, [off, off, off, off]),
        ];
        for (policy, expected) in table {
            assert_eq!(decisions(policy), expected, "{policy}");
        }
    }

    #[test]
    fn a_subdomain_of_an_allowed_vendor_is_another_vendor() {
        let policy = Policy::read(r#"{"allowedVendors":["vendor.example"]}"#);
        for other in ["x.vendor.example", "vendor.example.evil.example", "evilvendor.example", "", "."] {
            assert!(policy.vendor(other).is_err(), "{other}");
        }
    }

    #[test]
    fn the_schema_names_exactly_what_is_read() {
        let schema: Value = serde_json::from_str(include_str!("../../static/managed.json")).unwrap();
        let mut keys: Vec<&str> =
            schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        // The last two are read in JavaScript: `labels.js`, `words.js`.
        let read =
            ["allowedVendors", "allowedWorkers", "approvedOrigins", "language", "newerLabels", "sending"];
        assert_eq!(keys, read);
        let doc = include_str!("../../../docs/policies.md");
        for key in keys {
            assert!(doc.contains(&format!("| `{key}` |")), "docs/policies.md does not list {key}");
        }
    }
}
