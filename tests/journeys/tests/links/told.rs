//! What `docs/VENDORS.md` tells a vendor to type, typed: every command in the order of the page and as it stands there, but for the
//! names that a reader replaces. What customers and the vendor's web server do in between is done here.

use std::fs;

use handrail_handover::{LinkClaims, jose};
use serde_json::{Value, json};

use crate::afterwards::{ROOT, issued, outside};
use crate::hostile::by_command;
use crate::practice::{Desk, GUIDE, Practice, app, asked, code, copied};

const PAGE: &str = include_str!("../../../../docs/VENDORS.md");

/// The page's reader, half way through it.
struct Reader {
    practice: Practice,
    desk: Desk,
    customer: Desk,
    /// Client ID of the vendor's own app.
    client: String,
    /// The link that was made last.
    url: String,
    /// What the customer's browser came back to.
    returned: String,
}

#[test]
fn every_command_that_vendors_are_told_works_as_it_is_told() {
    let practice = Practice::start(None);
    let desk = Desk::new(&practice.desk.domain);
    copied(&desk);
    let feed = fs::read_to_string(format!("{ROOT}/tests/vectors/guides/lucerne-feed.toml")).unwrap();
    fs::write(desk.path("my-guide.toml"), feed.replace("vendor.example", &desk.domain)).unwrap();
    fs::write(desk.path("customers.csv"), "customer\nContoso\n").unwrap();
    let asks = json!({"name": "Collector", "permissions": ["ActivityFeed.Read"]});
    let client = practice.tenant.vendor_app(&asks).unwrap();
    let customer = Desk::new("customer.example");
    let mut reader = Reader { practice, desk, customer, client, url: String::new(), returned: String::new() };
    let told: Vec<&str> =
        PAGE.lines().filter_map(|line| line.trim_start().strip_prefix("$ handrail ")).collect();
    assert!(told.len() > 15, "{told:?}");
    for line in told {
        reader.types(line);
    }
}

impl Reader {
    fn types(&mut self, line: &str) {
        if line.starts_with("inbox") && !line.contains(" due ") && !self.is_collected() {
            self.customer_hands_over();
            if !line.contains(" collect ") {
                self.run("inbox collect --into inbox/");
            }
        }
        let printed = self.run(line);
        if line.starts_with("link new") {
            let url = printed.lines().find_map(|line| Some(&line[line.find("http")?..])).unwrap();
            self.url = url.to_owned();
        }
        // What was written is put on the vendor's web server.
        let (tenant, domain) = (&self.practice.tenant, &self.desk.domain);
        if line.starts_with("vendor init") {
            tenant.publish(domain, &self.desk.document()).unwrap();
        } else if line.starts_with("vendor issuer init") {
            issued(&self.desk, tenant);
        }
    }

    fn run(&self, line: &str) -> String {
        let code = if self.url.is_empty() { "" } else { code(&self.url) };
        let (origin, returned) = (self.practice.worker.origin(), &self.returned);
        let line = line
            .replace("https://handrail.example", &origin)
            .replace("vendor.example", &self.desk.domain)
            .replace("<guide>", GUIDE)
            .replace("<client ID>", &self.client)
            .replace("<code>", code)
            .replace("<the address the browser came back to>", returned);
        assert!(!line.contains(['<', '…']), "nothing stands for what is in {line}");
        let words: Vec<String> = line.split('"').enumerate().flat_map(|(at, part)| words(at, part)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = outside((&self.desk, &self.practice.tenant), &words);
        let said = [&done.stdout[..], b"\n", &done.stderr[..]].concat();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&said));
        String::from_utf8(done.stdout).unwrap()
    }

    fn is_collected(&self) -> bool {
        self.desk.path(&format!("inbox/{}.v1.handrail.json", code(&self.url))).exists()
    }

    /// The customer of the last link follows it: with a secret, with a federated credential or with a consent.
    fn customer_hands_over(&mut self) {
        let tenant = &self.practice.tenant;
        let look = asked(&format!("{}/api/links/{}", self.practice.worker.origin(), code(&self.url)));
        let claims: LinkClaims = jose::dangerous_claims(look["token"].as_str().unwrap()).unwrap();
        let mut values = if claims.is_own() {
            let made = json!({"permissions": ["ActivityFeed.Read"], "consent": true});
            let made = tenant.seed(&made).unwrap();
            json!({"tenant-id": made["tenantId"], "client-id": made["clientId"], "client-secret": made["secret"]["value"]})
        } else {
            app(tenant)
        };
        let (directory, client) = (text(&values, "tenant-id"), text(&values, "client-id"));
        if let (Some(issuer), Some(subject)) = (&claims.issuer, &claims.subject) {
            let trust = json!({"name": "link", "issuer": issuer, "subject": subject, "audience": "api://AzureADTokenExchange"});
            tenant.portal("POST", &directory, &format!("apps/{client}/federated"), &trust).unwrap();
        }
        if let Some(consent) = &claims.consent {
            let state = consent.rsplit("state=").next().unwrap();
            let back = format!("https://{}/connected", self.desk.domain);
            self.returned = format!("{back}?admin_consent=True&tenant={directory}&state={state}");
        }
        if claims.issuer.is_some() || claims.consent.is_some() {
            values.as_object_mut().unwrap().remove("client-secret");
        }
        let more = ["--receipt", code(&self.url)];
        let done = by_command(&self.practice, &self.customer, (&self.url, &self.desk.domain), &values, &more);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

fn text(values: &Value, name: &str) -> String {
    values[name].as_str().unwrap().to_owned()
}

/// Words as a shell takes them apart: every other piece stood in quotes.
fn words(at: usize, part: &str) -> Vec<String> {
    if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
}
