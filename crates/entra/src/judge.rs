//! What each answer means, and which question follows from it.

use handrail_credential::{Kind, Secret, guid};
use handrail_guide::plan::TokenNeed;
use jiff::Timestamp;
use serde_json::Value;

use crate::answer::{self, Directory, Parsed, Problem, Trace, directory};
use crate::api::{Api, is_audience};
use crate::claims::{self, Claims, Doubt};
use crate::cloud::Cloud;
use crate::log::{OTHER_CLOUD, Say};
use crate::pending::{Fresh, wait};
use crate::probe::Probe;
use crate::report::{Missing, Verdict};
use crate::request::Answer;
use crate::roles::directory_roles;
use crate::verifier::{Quest, Verifier};

/// Longest name of a permission that is believed; Microsoft's own are under 60 characters.
const MAX_ROLE_NAME: usize = 100;

impl Verifier {
    pub(crate) fn judge(&mut self, quest: Quest, answer: &Answer, now: Timestamp) {
        match quest {
            Quest::Tenant => self.judge_tenant(answer::login(answer), now),
            Quest::SwapTest => self.judge_swap(answer::login(answer), now),
            Quest::OtherCloud(cloud) => self.judge_other_cloud(cloud, answer::login(answer), now),
            Quest::DomainOwner => self.judge_domain_owner(answer::login(answer), now),
            Quest::Domain => self.judge_domain(answer::login(answer), now),
            Quest::ClientIsTenant => self.judge_client_is_tenant(answer::login(answer), now),
            Quest::Token(at) => self.judge_token(at, answer::login(answer), now),
            Quest::Probe(name) => self.judge_probe(&name, answer, now),
            Quest::Surplus(api) => self.judge_surplus(api, answer::login(answer), now),
        }
    }

    /// Says a problem in the words of its reason.
    pub(crate) fn say_problem(&mut self, id: &str, problem: &Problem, trace: Trace, now: Timestamp) {
        self.say_problem_with(id, problem, trace, &[], now);
    }

    fn say_problem_with(
        &mut self,
        id: &str,
        problem: &Problem,
        trace: Trace,
        more: &[(&str, &str)],
        now: Timestamp,
    ) {
        let tenant = self.tenant.clone().or_else(|| self.tenant_text()).unwrap_or_default();
        let domain = self.domain().unwrap_or_default();
        let mut with = vec![("tenant", tenant.as_str()), ("domain", &domain), ("cloud", OTHER_CLOUD)];
        with.splice(0..0, more.iter().copied());
        self.log.say(
            Say {
                id: id.to_owned(),
                code: problem.reason,
                with: &with,
                aadsts: problem.aadsts,
                retry_after: problem.retry_after,
                trace,
                ..Say::default()
            },
            now,
        );
    }

    fn judge_tenant(&mut self, parsed: Parsed, now: Timestamp) {
        match parsed.outcome {
            Ok(document) => match directory(&document) {
                Some(found) => self.tenant_found(found, parsed.trace, now),
                None => self.say_problem("tenant", &Problem::of("not-microsoft"), parsed.trace, now),
            },
            Err(problem) if is_unknown_tenant(problem.reason) => {
                self.unexplained = Some((problem, parsed.trace));
                if self.id_of(Kind::ClientId).is_some() && self.value(Kind::TenantId).is_some() {
                    self.queue.push_back(Quest::SwapTest);
                }
                let here = self.cloud.hosts().login;
                for cloud in [Cloud::Worldwide, Cloud::GccHigh, Cloud::China] {
                    if cloud.hosts().login != here {
                        self.queue.push_back(Quest::OtherCloud(cloud));
                    }
                }
                if self.domain().is_some() && self.value(Kind::TenantId).is_some() {
                    self.queue.push_back(Quest::DomainOwner);
                }
            }
            Err(problem) => self.say_problem("tenant", &problem, parsed.trace, now),
        }
    }

    fn tenant_found(&mut self, found: Directory, trace: Trace, now: Timestamp) {
        // Microsoft answers for the directory that was asked for; who names another one is not Microsoft.
        if self.id_of(Kind::TenantId).is_some_and(|asked| asked != found.id) {
            self.say_problem("tenant", &Problem::of("not-microsoft"), trace, now);
            return;
        }
        if let Some(told) = found.cloud {
            let elsewhere = told.hosts().login != self.cloud.hosts().login;
            if elsewhere && self.case.cloud.is_some() {
                self.cloud_mismatch(told, trace, now);
                return;
            }
            // GCC shares its sign-in host with the worldwide cloud, and so do the two of the US government.
            self.cloud = told;
        }
        let with = [("tenant", found.id.as_str()), ("cloud", self.cloud.name())];
        self.log.say(
            Say { id: "tenant".into(), code: "tenant-found", with: &with, trace, ..Say::default() },
            now,
        );
        if self.value(Kind::TenantId).is_some() && self.id_of(Kind::TenantId).is_none() {
            self.log.say(
                Say { id: "tenant-id".into(), code: "tenant-id-wanted", with: &with, ..Say::default() },
                now,
            );
        }
        self.tenant = Some(found.id);
        if self.domain().is_some() && self.value(Kind::TenantId).is_some() {
            self.queue.push_back(Quest::Domain);
        }
        if self.case.by_vendor {
            return;
        }
        let tokens = 0..self.case.requirements.tokens.len();
        self.queue.extend(tokens.map(Quest::Token));
        self.queue.extend(self.case.requirements.probes.iter().cloned().map(Quest::Probe));
    }

    fn cloud_mismatch(&mut self, real: Cloud, trace: Trace, now: Timestamp) {
        self.queue.clear();
        self.unexplained = None;
        let with = [("cloud", real.name())];
        self.log.say(
            Say { id: "tenant".into(), code: "cloud-mismatch", with: &with, trace, ..Say::default() },
            now,
        );
    }

    fn judge_swap(&mut self, parsed: Parsed, now: Timestamp) {
        if parsed.outcome.ok().as_ref().and_then(directory).is_some() {
            self.queue.clear();
            self.unexplained = None;
            self.say_problem("tenant", &Problem::of("ids-swapped"), parsed.trace, now);
        }
    }

    fn judge_other_cloud(&mut self, cloud: Cloud, parsed: Parsed, now: Timestamp) {
        let Some(found) = parsed.outcome.ok().as_ref().and_then(directory) else { return };
        let real = found.cloud.filter(|c| c.hosts().login == cloud.hosts().login).unwrap_or(cloud);
        if self.case.cloud.is_some() {
            self.cloud_mismatch(real, parsed.trace, now);
        } else {
            self.queue.clear();
            self.unexplained = None;
            self.cloud = real;
            self.tenant_found(Directory { cloud: Some(real), ..found }, parsed.trace, now);
        }
    }

    fn judge_domain_owner(&mut self, parsed: Parsed, now: Timestamp) {
        let Some(owner) = parsed.outcome.ok().as_ref().and_then(directory) else { return };
        let Some((problem, trace)) = self.unexplained.take() else { return };
        let known = Problem { reason: "tenant-unknown-domain-known", ..problem };
        self.say_problem_with("tenant", &known, trace, &[("other", &owner.id)], now);
    }

    fn judge_domain(&mut self, parsed: Parsed, now: Timestamp) {
        let (problem, trace) = match parsed.outcome {
            Ok(document) => match directory(&document) {
                Some(owner) if Some(&owner.id) == self.tenant.as_ref() => {
                    (Problem::of("domain-belongs"), parsed.trace)
                }
                Some(_) => (Problem::of("domain-of-other-tenant"), parsed.trace),
                None => (Problem::of("not-microsoft"), parsed.trace),
            },
            Err(problem) if is_unknown_tenant(problem.reason) => {
                (Problem { reason: "domain-unknown", ..problem }, parsed.trace)
            }
            Err(problem) => (problem, parsed.trace),
        };
        self.say_problem("domain", &problem, trace, now);
    }

    fn judge_client_is_tenant(&mut self, parsed: Parsed, now: Timestamp) {
        if parsed.outcome.ok().as_ref().and_then(directory).is_some()
            && let Some((problem, trace)) = self.unexplained.take()
        {
            let known = Problem { reason: "client-is-tenant", ..problem };
            self.say_problem("token", &known, trace, now);
        }
    }

    fn judge_token(&mut self, at: usize, parsed: Parsed, now: Timestamp) {
        let Some(need) = self.case.requirements.tokens.get(at).cloned() else { return };
        match parsed.outcome {
            Ok(json) => self.judge_issued(&need, &json, parsed.trace, now),
            Err(problem) => self.judge_refused(&need, problem, parsed.trace, now),
        }
    }

    fn judge_issued(&mut self, need: &TokenNeed, json: &Value, trace: Trace, now: Timestamp) {
        let with = [("resource", need.name.as_str())];
        let id = format!("token.{}", need.resource);
        let Some(token) = json.get("access_token").and_then(Value::as_str).map(Secret::from) else {
            self.log.say(Say { id, code: "not-microsoft", with: &with, trace, ..Say::default() }, now);
            return;
        };
        self.prove_formats();
        self.log.say(Say { id, code: "token-issued", with: &with, trace, ..Say::default() }, now);
        let id = format!("claims.{}", need.resource);
        let Some(claims) = claims::read(&token) else {
            self.log.say(Say { id, code: "token-unreadable", with: &with, ..Say::default() }, now);
            self.tokens.push((need.app_id.clone(), token));
            return;
        };
        let code = match self.doubt(&claims, &need.app_id, now) {
            None => "claims-right",
            Some(Doubt::Malformed) => "token-malformed",
            Some(Doubt::Elsewhere) => "token-elsewhere",
            Some(Doubt::NotNow) => "token-not-now",
        };
        self.log.say(Say { id, code, with: &with, ..Say::default() }, now);
        if code == "claims-right" {
            self.judge_roles(need, &claims, now);
            self.tokens.push((need.app_id.clone(), token));
        }
    }

    fn doubt(&mut self, claims: &Claims, app_id: &str, now: Timestamp) -> Option<Doubt> {
        let tenant = self.tenant.clone().unwrap_or_default();
        let client = self.id_of(Kind::ClientId).unwrap_or_default();
        if let Some(uti) = claims.uti.value() {
            let clean: String = uti
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .take(64)
                .collect();
            self.log.token_ids.push(clean);
        }
        let cloud = self.cloud;
        claims.doubt(&tenant, &client, |aud| is_audience(cloud, app_id, aud), now)
    }

    /// A token was issued, so directory, app and secret are what they should be, however odd they look.
    fn prove_formats(&mut self) {
        let proved: Vec<(&str, &str)> = self
            .given
            .iter()
            .filter(|g| match g.kind {
                // Microsoft takes a domain for the directory; who asked for the ID may not.
                // EXPOSE: to see whether it is a GUID.
                Kind::TenantId => guid(g.text.expose()).is_some(),
                kind => matches!(kind, Kind::ClientId | Kind::ClientSecret),
            })
            .map(|g| (g.id.as_str(), g.kind.name()))
            .collect();
        self.log.formats_proved(&proved);
    }

    /// Directory roles are no permissions and are told apart, once.
    fn say_directory_roles(&mut self, claims: &Claims, now: Timestamp) {
        let names = directory_roles(claims.wids.value().map_or(&[], Vec::as_slice));
        if !names.is_empty() && !self.log.checks.iter().any(|c| c.code == "directory-roles") {
            let roles = names.join(", ");
            let with = [("roles", roles.as_str())];
            self.log.say(
                Say { id: "directory-roles".into(), code: "directory-roles", with: &with, ..Say::default() },
                now,
            );
        }
    }

    fn judge_roles(&mut self, need: &TokenNeed, claims: &Claims, now: Timestamp) {
        self.say_directory_roles(claims, now);
        let held = role_names(claims);
        self.granted.push((need.app_id.clone(), held.clone()));
        let missing: Vec<&str> =
            need.roles.iter().map(String::as_str).filter(|r| !held.iter().any(|h| h == r)).collect();
        for role in held.iter().filter(|h| !need.roles.contains(h)) {
            self.log.surplus.push(Missing { resource: need.name.clone(), role: role.clone() });
        }
        for role in &missing {
            self.log.missing.push(Missing { resource: need.name.clone(), role: (*role).to_owned() });
        }
        let (code, verdict, retry_after) = if need.roles.is_empty() {
            ("no-roles-asked", None, None)
        } else if missing.is_empty() {
            ("roles-granted", None, None)
        } else {
            self.why_missing(claims, held.is_empty(), now)
        };
        let roles = if missing.is_empty() { need.roles.join(", ") } else { missing.join(", ") };
        let with = [("resource", need.name.as_str()), ("roles", &roles)];
        let id = format!("roles.{}", need.resource);
        self.log.say(Say { id, code, verdict, retry_after, with: &with, ..Say::default() }, now);
    }

    /// Why permissions are missing, as far as there is evidence.
    fn why_missing(
        &self,
        claims: &Claims,
        none_at_all: bool,
        now: Timestamp,
    ) -> (&'static str, Option<Verdict>, Option<u32>) {
        let consent = self.changed("consent", None);
        let delegated = self.case.seen.get("permission-kind").is_some_and(|k| k == "delegated");
        if claims.scp.value().is_some() {
            return ("delegated-token", None, None);
        }
        if !none_at_all {
            let waiting = wait(Fresh::PartialConsent, consent, now);
            return ("permission-missing", waiting.map(|_| Verdict::Pending), waiting);
        }
        if delegated {
            return ("delegated-instead", None, None);
        }
        if self.case.seen.get("consent").is_some_and(|c| c == "not-granted") {
            return ("consent-missing", None, None);
        }
        if let Some(seconds) = wait(Fresh::Consent, consent, now) {
            return ("consent-pending", None, Some(seconds));
        }
        let code = match (claims.oid.value(), consent) {
            (None, _) => "service-principal-missing",
            // Consent was seen to be given and had its ten minutes: what is left is the other kind of permission.
            (Some(_), Some(_)) => "delegated-instead",
            (Some(_), None) => "no-roles",
        };
        (code, None, None)
    }

    fn judge_refused(&mut self, need: &TokenNeed, problem: Problem, trace: Trace, now: Timestamp) {
        let id = format!("token.{}", need.resource);
        let roles = need.roles.join(", ");
        let with = [("resource", need.name.as_str()), ("roles", &roles)];
        let only_here = matches!(
            problem.reason,
            "resource-missing"
                | "resource-disabled"
                | "permission-retired"
                | "consent-missing"
                | "assignment-required"
        );
        if !only_here {
            self.queue.clear();
        }
        let fresh = |change, at| wait(change, at, now);
        let consent = self.changed("consent", None);
        let app = self.changed("app", None);
        let pending = match problem.reason {
            "secret-wrong" | "secret-expired" => return self.judge_secret(&id, problem, trace, now),
            "app-not-found" => fresh(Fresh::App, app).map(|s| ("app-pending", s)),
            "consent-missing" | "resource-missing" | "service-principal-missing" => {
                fresh(Fresh::Consent, consent).map(|s| ("consent-pending", s))
            }
            _ => None,
        };
        if let Some((reason, seconds)) = pending {
            let known = Problem { reason, retry_after: Some(seconds), ..problem };
            self.say_problem_with(&id, &known, trace, &with, now);
        } else if problem.reason == "app-not-found" {
            self.unexplained = Some((problem, trace));
            self.queue.push_back(Quest::ClientIsTenant);
        } else {
            self.say_problem_with(&id, &problem, trace, &with, now);
        }
    }

    /// The secret was rejected: its form tells why better than Microsoft does, and only a sound one may be too new.
    fn judge_secret(&mut self, id: &str, problem: Problem, trace: Trace, now: Timestamp) {
        let warning = self.value(Kind::ClientSecret).and_then(|g| g.warning);
        let sharper = match warning {
            Some("secret-is-id" | "secret-is-other-id") => Some("secret-id-instead"),
            Some("secret-damaged" | "secret-cut" | "secret-foreign") => Some("secret-damaged"),
            Some(_) => Some("secret-other-thing"),
            None => None,
        };
        let change = if problem.reason == "secret-expired" { Fresh::ExpiredSecret } else { Fresh::Secret };
        let fresh = wait(change, self.changed("client-secret", Some(Kind::ClientSecret)), now);
        let known = match (sharper, fresh) {
            (Some(reason), _) if problem.reason == "secret-wrong" => Problem { reason, ..problem },
            (None, Some(seconds)) => {
                Problem { reason: "secret-pending", retry_after: Some(seconds), ..problem }
            }
            _ => problem,
        };
        self.say_problem(id, &known, trace, now);
    }

    fn judge_probe(&mut self, name: &str, answer: &Answer, now: Timestamp) {
        let Some(probe) = Probe::named(name) else { return };
        let id = format!("probe.{name}");
        let parsed = match probe.api {
            Api::Management => answer::management(answer),
            _ => answer::graph(answer),
        };
        let problem = match parsed.outcome {
            Ok(Value::Array(_)) if probe.api == Api::Management => Problem::of("subscriptions-listed"),
            Ok(Value::Object(all)) if all.contains_key("value") || all.contains_key("id") => {
                Problem::of("probe-read")
            }
            Ok(_) => Problem::of("unknown"),
            Err(problem) => problem,
        };
        let with = [("resource", probe.api()), ("roles", "nothing in the token"), ("reads", probe.name)];
        let fresh = matches!(problem.reason, "probe-permission" | "probe-refused")
            .then(|| wait(Fresh::Consent, self.changed("consent", None), now))
            .flatten();
        // The token has the permission already; only the API is behind.
        if let Some(seconds) = fresh {
            self.log.say(
                Say {
                    id,
                    code: "probe-permission",
                    verdict: Some(Verdict::Pending),
                    retry_after: Some(seconds),
                    with: &with,
                    trace: parsed.trace,
                    ..Say::default()
                },
                now,
            );
            return;
        }
        self.say_problem_with(&id, &problem, parsed.trace, &with, now);
    }

    /// A resource nobody asked for: its roles are surplus. Nothing here can spoil the verdict.
    fn judge_surplus(&mut self, api: Api, parsed: Parsed, now: Timestamp) {
        let claims = match parsed.outcome {
            Ok(json) => json
                .get("access_token")
                .and_then(Value::as_str)
                .map(Secret::from)
                .and_then(|t| claims::read(&t)),
            // The API does not exist in this directory, so there is nothing to have.
            Err(problem) if problem.reason == "resource-missing" => return,
            Err(_) => None,
        };
        match claims {
            Some(claims) if self.doubt(&claims, api.app_id(), now).is_none() => {
                for role in role_names(&claims) {
                    self.log.surplus.push(Missing { resource: api.label().to_owned(), role });
                }
            }
            _ => self.not_looked_at(api),
        }
    }

    pub(crate) fn say_surplus(&mut self, now: Timestamp) {
        let names: Vec<String> =
            self.log.surplus.iter().map(|s| format!("{} ({})", s.role, s.resource)).collect();
        let roles = names.join(", ");
        let code = if names.is_empty() { "surplus-none" } else { "surplus-roles" };
        let with = [("roles", roles.as_str())];
        self.log.say(Say { id: "surplus".into(), code, with: &with, ..Say::default() }, now);
    }
}

fn is_unknown_tenant(reason: &str) -> bool {
    matches!(reason, "tenant-unknown" | "tenant-not-usable" | "cloud-mismatch")
}

/// The permissions in a token whose names have the form of permission names.
fn role_names(claims: &Claims) -> Vec<String> {
    let named = |r: &&String| {
        r.len() <= MAX_ROLE_NAME
            && !r.is_empty()
            && r.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    };
    claims.roles.value().into_iter().flatten().filter(named).cloned().collect()
}
