//! A made-up Microsoft with one app in one directory, and knobs for what is wrong.

use std::iter;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use handrail_credential::{Secret, test_secret};
use handrail_entra::{Answer, Case, Next, Report, Request, Verifier};
use handrail_guide::plan::{Requirements, TokenNeed, ValueKind};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub(crate) const TENANT: &str = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
pub(crate) const OTHER_TENANT: &str = "11111111-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
pub(crate) const CLIENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
pub(crate) const OBJECT: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
pub(crate) const SECRET_ID: &str = "2c9e6679-7425-40de-944b-e07fc1f90ae7";
pub(crate) const CORRELATION: &str = "aaaaaaaa-7425-40de-944b-e07fc1f90ae7";
pub(crate) const TRACE: &str = "bbbbbbbb-7425-40de-944b-e07fc1f90ae7";
pub(crate) const NOW: i64 = 1_900_000_000;

pub(crate) fn at(offset: i64) -> Timestamp {
    Timestamp::from_second(NOW + offset).unwrap()
}

/// A case in which everything is right.
pub(crate) fn case() -> Case {
    let values = [
        ("tenant-id", ValueKind::TenantId, TENANT.to_owned()),
        ("client-id", ValueKind::ClientId, CLIENT.to_owned()),
        // EXPOSE: a made-up secret of a test.
        ("client-secret", ValueKind::ClientSecret, test_secret(1).expose().to_owned()),
        ("tenant-domain", ValueKind::TenantDomain, "contoso.onmicrosoft.com".to_owned()),
    ];
    let mend = [
        ("tenant-id", "app.copy-ids"),
        ("client-id", "app.copy-ids"),
        ("client-secret", "secret.add"),
        ("tenant-domain", "domain.copy"),
        ("permission", "permissions.tick"),
        ("consent", "consent.grant"),
        ("audit", "audit.confirm"),
    ];
    Case {
        guide: "example".into(),
        requirements: Requirements {
            values: values.iter().map(|(id, kind, _)| ((*id).to_owned(), *kind)).collect(),
            tokens: vec![TokenNeed {
                resource: "office-365-management".into(),
                name: "Office 365 Management APIs".into(),
                app_id: "c5393580-f805-4401-95e8-94b7a6ef2fc2".into(),
                roles: vec!["ActivityFeed.Read".into(), "ActivityFeed.ReadDlp".into()],
            }],
            probes: vec!["management-subscriptions".into()],
            not_checked: vec!["Whether the collector runs.".into()],
            mend: mend.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        },
        values: values.into_iter().map(|(id, _, text)| (id.to_owned(), Secret::new(text))).collect(),
        ..Case::default()
    }
}

#[derive(Clone)]
pub(crate) struct Fake {
    pub(crate) secret: String,
    pub(crate) roles: Vec<&'static str>,
    pub(crate) graph_roles: Vec<&'static str>,
    pub(crate) graph_fails: bool,
    pub(crate) oid: bool,
    pub(crate) scp: bool,
    pub(crate) azp: bool,
    pub(crate) aud: &'static str,
    pub(crate) login: &'static str,
    pub(crate) management: &'static str,
    pub(crate) cloud: (&'static str, &'static str, &'static str),
    pub(crate) claims: Map<String, Value>,
    pub(crate) token_error: Option<u32>,
    pub(crate) token_answer: Option<Answer>,
    pub(crate) probe: Option<Answer>,
    pub(crate) all: Option<Answer>,
    pub(crate) posts: u32,
    pub(crate) urls: Vec<String>,
    pub(crate) debugged: String,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            // EXPOSE: a made-up secret of a test.
            secret: test_secret(1).expose().to_owned(),
            roles: vec!["ActivityFeed.Read", "ActivityFeed.ReadDlp"],
            graph_roles: vec![],
            graph_fails: false,
            oid: true,
            scp: false,
            azp: false,
            aud: "https://manage.office.com",
            login: "login.microsoftonline.com",
            management: "manage.office.com",
            cloud: ("microsoftonline.com", "EU", ""),
            claims: Map::new(),
            token_error: None,
            token_answer: None,
            probe: None,
            all: None,
            posts: 0,
            urls: Vec::new(),
            debugged: String::new(),
        }
    }
}

/// Drives a case to its report, and holds that it is the same when what may be sent at the same time is.
pub(crate) fn run(fake: &mut Fake, case: Case) -> Report {
    let together = drive_together(&mut Verifier::new(case.clone(), at(0)), &mut fake.clone());
    let report = drive(&mut Verifier::new(case, at(0)), fake);
    assert_eq!(together, report);
    report
}

fn drive_together(verifier: &mut Verifier, fake: &mut Fake) -> Report {
    loop {
        let first = match verifier.next(at(0)) {
            Next::Done(report) => return *report,
            Next::Send(request) => request,
        };
        let more: Vec<Request> = iter::from_fn(|| verifier.also(at(0))).collect();
        // Sent in any order, answered in the order asked for.
        let mut answers: Vec<Answer> = more.iter().rev().map(|request| fake.answer(request)).collect();
        answers.push(fake.answer(&first));
        for answer in answers.iter().rev() {
            verifier.answer(answer, at(0));
        }
    }
}

pub(crate) fn drive(verifier: &mut Verifier, fake: &mut Fake) -> Report {
    loop {
        match verifier.next(at(0)) {
            Next::Done(report) => return *report,
            Next::Send(request) => {
                let answer = fake.answer(&request);
                verifier.answer(&answer, at(0));
                fake.debugged.push_str(&format!("{request:?}{answer:?}{verifier:?}"));
            }
        }
    }
}

impl Fake {
    fn answer(&mut self, request: &Request) -> Answer {
        self.urls.push(request.url.clone());
        if let Some(answer) = &self.all {
            return answer.clone();
        }
        let path = request.url.strip_prefix(&format!("https://{}/", request.host)).unwrap().to_owned();
        let first = path.split('/').next().unwrap().to_owned();
        if path.ends_with("openid-configuration") {
            self.discovery(request.host, &first)
        } else if let Some(body) = &request.body {
            self.posts += 1;
            // EXPOSE: a made-up secret of a test.
            self.token(&first, body.expose())
        } else {
            assert!(path.ends_with("activity/feed/subscriptions/list"), "{path}");
            self.probe.clone().unwrap_or_else(|| {
                assert_eq!(request.host, self.management_host());
                ok(json!([]))
            })
        }
    }

    fn management_host(&self) -> &str {
        if self.login.ends_with(".us") { "manage.office365.us" } else { self.management }
    }

    fn discovery(&self, host: &str, name: &str) -> Answer {
        let id = match name {
            TENANT | "contoso.onmicrosoft.com" => TENANT,
            OTHER_TENANT | "fabrikam.onmicrosoft.com" => OTHER_TENANT,
            _ => return error(400, 90_002),
        };
        if host != self.login {
            return error(400, 90_002);
        }
        ok(json!({
            "issuer": format!("https://{host}/{id}/v2.0"),
            "cloud_instance_name": self.cloud.0,
            "tenant_region_scope": self.cloud.1,
            "tenant_region_sub_scope": self.cloud.2,
        }))
    }

    fn token(&self, tenant: &str, body: &str) -> Answer {
        if let Some(answer) = &self.token_answer {
            return answer.clone();
        }
        if let Some(code) = self.token_error {
            return error(400, code);
        }
        let field = |name: &str| {
            let value = body.split('&').find_map(|p| p.strip_prefix(&format!("{name}="))).unwrap();
            value.replace("%3A", ":").replace("%2F", "/")
        };
        if tenant != TENANT || field("client_id") != CLIENT {
            return error(400, 700_016);
        }
        if field("client_secret") != self.secret {
            return error(401, 7_000_215);
        }
        let scope = field("scope");
        let wanted = scope.strip_suffix("/.default").unwrap();
        let (aud, roles) = if wanted.contains("manage.office") {
            (self.aud, &self.roles)
        } else if self.graph_fails {
            return error(400, 90_033);
        } else if wanted.contains("graph") {
            (wanted, &self.graph_roles)
        } else {
            return error(400, 500_011);
        };
        ok(json!({"token_type": "Bearer", "expires_in": 3599, "access_token": self.jwt(aud, roles)}))
    }

    fn jwt(&self, aud: &str, roles: &[&str]) -> String {
        let mut claims = json!({
            "aud": aud, "tid": TENANT, "appid": CLIENT, "iat": NOW, "nbf": NOW, "exp": NOW + 3599,
            "uti": "abc-DEF_123", "ver": "1.0",
        });
        let map = claims.as_object_mut().unwrap();
        if !roles.is_empty() {
            map.insert("roles".into(), json!(roles));
        }
        if self.oid {
            map.insert("oid".into(), json!(OBJECT));
        }
        if self.scp {
            map.insert("scp".into(), json!("User.Read"));
        }
        if self.azp {
            map.insert("azp".into(), json!(CLIENT));
        }
        for (name, value) in &self.claims {
            if name == "appid" && value.is_null() {
                map.remove(name);
            } else {
                map.insert(name.clone(), value.clone());
            }
        }
        let part = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
        format!("{}.{}.c2ln", part(&json!({"alg": "RS256", "typ": "JWT", "nonce": "n"})), part(&claims))
    }
}

fn ok(body: Value) -> Answer {
    Answer::Response { status: 200, headers: Vec::new(), body: Secret::new(body.to_string()) }
}

fn error(status: u16, code: u32) -> Answer {
    let body = json!({
        "error": "invalid_request",
        "error_description": format!("AADSTS{code}: Words. Trace ID: {TRACE} Correlation ID: {CORRELATION} Timestamp: 2026-11-21 12:00:00Z"),
        "error_codes": [code],
        "timestamp": "2026-11-21 12:00:00Z",
        "trace_id": TRACE,
        "correlation_id": CORRELATION,
    });
    Answer::Response { status, headers: Vec::new(), body: Secret::new(body.to_string()) }
}
