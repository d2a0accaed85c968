//! The order of the proof, as a queue of questions to Microsoft. What an answer means is in `judge`.

use std::collections::{BTreeMap, VecDeque};

use handrail_credential::{Kind, Secret, domain, guid};
use handrail_guide::plan::{Requirements, TokenNeed};
use jiff::Timestamp;

use crate::answer::{Problem, Trace};
use crate::api::{Api, scope};
use crate::cloud::Cloud;
use crate::formats::{self, Given};
use crate::log::{About, Log, Say};
use crate::probe::Probe;
use crate::report::{Report, Verdict};
use crate::request::{Answer, Header, Method, Request, encode};

/// What is to be verified.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Id of the guide.
    pub guide: String,
    /// What it requires.
    pub requirements: Requirements,
    /// The cloud the directory is said to be in; `None` to find out.
    pub cloud: Option<Cloud>,
    /// The values, by id, as they were pasted.
    pub values: BTreeMap<String, Secret>,
    /// When things were changed: a value's id, `consent` or `app`. Without it nothing is ever *pending*.
    pub changed: BTreeMap<String, Timestamp>,
    /// What was seen on the portal's pages: `permission-kind` = `delegated` and `consent` = `not-granted` count.
    pub seen: BTreeMap<String, String>,
    /// A signed statement in place of the secret: a certificate's (private_key_jwt) or a federated credential's.
    pub assertion: Option<Secret>,
    /// The vendor proves it afterwards with a key of its own: nothing secret is asked for, no token either.
    pub by_vendor: bool,
    /// Do not look for permissions that nobody asked for.
    pub no_surplus: bool,
}

/// The next thing to do.
#[derive(Debug)]
pub enum Next {
    /// Send this and give the answer to [`Verifier::answer`].
    Send(Request),
    /// All is said.
    Done(Box<Report>),
}

/// One question to Microsoft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quest {
    /// Does the directory exist?
    Tenant,
    /// The directory is unknown: is the client ID one? Then the two are swapped.
    SwapTest,
    /// The directory is unknown here: is it in this cloud?
    OtherCloud(Cloud),
    /// The directory is unknown: which one does the domain belong to?
    DomainOwner,
    /// Does the domain belong to the directory?
    Domain,
    /// The app is unknown: is its ID that of a directory?
    ClientIsTenant,
    /// A token for the resource at this place of the requirements.
    Token(usize),
    /// A read-only call with a token that was issued.
    Probe(String),
    /// A token for a resource that is not required, to see surplus permissions.
    Surplus(Api),
}

/// How far the look for surplus permissions is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surplus {
    NotYet,
    Asked,
    Settled,
}

/// The most requests one verification makes: a guide with four resources needs about twelve at worst.
const MAX_REQUESTS: u32 = 20;

/// Verifies one case. Ask it for the [`Next`] thing until it is done.
#[derive(Debug)]
pub struct Verifier {
    pub(crate) case: Case,
    pub(crate) given: Vec<Given>,
    pub(crate) log: Log,
    pub(crate) queue: VecDeque<Quest>,
    /// Questions that were sent and not answered yet, in the order they were sent.
    asked: VecDeque<Quest>,
    pub(crate) cloud: Cloud,
    /// The directory's GUID, once known.
    pub(crate) tenant: Option<String>,
    /// Tokens by the application id of their resource.
    pub(crate) tokens: Vec<(String, Secret)>,
    /// Permissions in those tokens that could be read, by the application id of their resource.
    pub(crate) granted: Vec<(String, Vec<String>)>,
    /// A problem that further questions try to explain better.
    pub(crate) unexplained: Option<(Problem, Trace)>,
    surplus: Surplus,
    sent: u32,
}

impl Verifier {
    /// Checks the formats and prepares the questions.
    #[must_use]
    pub fn new(mut case: Case, now: Timestamp) -> Self {
        if case.by_vendor || case.assertion.is_some() {
            case.requirements.values.retain(|_, kind| !kind.is_secret());
        }
        if case.requirements.tokens.is_empty() {
            case.requirements.tokens.push(proof());
        }
        let mut log = Log::new(&mut case.requirements);
        let values = &case.values;
        let given = formats::check_all(&case.requirements, |id| values.get(id).cloned(), &mut log, now);
        let mut queue = VecDeque::new();
        if given.is_some() {
            queue.push_back(Quest::Tenant);
        }
        Self {
            cloud: case.cloud.unwrap_or(Cloud::Worldwide),
            given: given.unwrap_or_default(),
            case,
            log,
            queue,
            asked: VecDeque::new(),
            tenant: None,
            tokens: Vec::new(),
            granted: Vec::new(),
            unexplained: None,
            surplus: Surplus::NotYet,
            sent: 0,
        }
    }

    /// The next request, or the report.
    pub fn next(&mut self, now: Timestamp) -> Next {
        loop {
            if self.queue.is_empty() {
                self.settle(now);
            }
            let Some(quest) = self.queue.pop_front() else {
                return Next::Done(Box::new(self.report(now)));
            };
            if let Some(request) = self.send(quest, now) {
                return Next::Send(request);
            }
        }
    }

    /// A request that may be sent before those that were sent are answered, if there is one.
    ///
    /// Never a second token before the first was issued: a wrong secret costs one try.
    pub fn also(&mut self, now: Timestamp) -> Option<Request> {
        // What a probe finds does not matter to what other tokens hold.
        if self.queue.is_empty() && matches!(self.asked.back(), Some(Quest::Probe(_))) {
            self.look_for_surplus();
        }
        while self.queue.front().is_some_and(|next| self.may_go_along(next)) {
            let quest = self.queue.pop_front()?;
            if let Some(request) = self.send(quest, now) {
                return Some(request);
            }
        }
        None
    }

    /// What is said without asking waits for the answers before it: a report is in the same order either way.
    fn may_go_along(&self, next: &Quest) -> bool {
        if self.sent >= MAX_REQUESTS {
            return false;
        }
        match (self.asked.back(), next) {
            (_, Quest::Token(at)) if self.scope_of(*at).is_none() => false,
            (Some(Quest::Domain), Quest::Token(_))
            | (Some(Quest::Surplus(_)), Quest::Surplus(_))
            | (Some(Quest::Probe(_)), Quest::Probe(_) | Quest::Surplus(_)) => true,
            (Some(Quest::Token(_)), Quest::Token(_)) => !self.tokens.is_empty(),
            _ => false,
        }
    }

    fn send(&mut self, quest: Quest, now: Timestamp) -> Option<Request> {
        if self.sent >= MAX_REQUESTS {
            self.queue.clear();
            self.log.say(Say { id: "requests".into(), code: "too-many-requests", ..Say::default() }, now);
            return None;
        }
        let request = self.request(&quest, now)?;
        self.asked.push_back(quest);
        self.sent += 1;
        Some(request)
    }

    /// Takes the answer to the request that waits for one the longest.
    pub fn answer(&mut self, answer: &Answer, now: Timestamp) {
        if let Some(quest) = self.asked.pop_front() {
            self.judge(quest, answer, now);
        }
    }

    /// The queue is empty: say what could not be explained better, then look for surplus, once.
    fn settle(&mut self, now: Timestamp) {
        if let Some((problem, trace)) = self.unexplained.take() {
            let id = if problem.reason == "app-not-found" { "token" } else { "tenant" };
            self.say_problem(id, &problem, trace, now);
        }
        if self.look_for_surplus() && !self.queue.is_empty() {
            return;
        }
        match self.surplus {
            Surplus::NotYet => {
                self.surplus = Surplus::Settled;
                // No token and yet nothing wrong: nobody was asked, and that is no pass.
                if self.tokens.is_empty() && self.log.checks.iter().all(|c| c.verdict == Verdict::Passed) {
                    let code = if self.case.by_vendor { "vendor-proves" } else { "nothing-proved" };
                    self.log.say(Say { id: "token".into(), code, ..Say::default() }, now);
                }
                let code = if self.case.no_surplus { "surplus-unwanted" } else { "surplus-unreached" };
                self.log.leave_out(code, None);
            }
            Surplus::Asked => {
                self.surplus = Surplus::Settled;
                self.say_surplus(now);
            }
            Surplus::Settled => {}
        }
    }

    /// Asks for tokens of the resources that are not required, once, when all but probes passed; says whether it did.
    fn look_for_surplus(&mut self) -> bool {
        let mut others = self.log.checks.iter().filter(|check| !check.id.starts_with("probe."));
        let looks = self.surplus == Surplus::NotYet
            && !self.case.no_surplus
            && !self.tokens.is_empty()
            && others.all(|check| check.verdict == Verdict::Passed);
        if looks {
            self.surplus = Surplus::Asked;
            let tokens = &self.case.requirements.tokens;
            let is_required = |api: &Api| tokens.iter().any(|t| Api::of(&t.app_id) == Some(*api));
            let rest = Api::ALL.into_iter().filter(|api| !is_required(api));
            self.queue.extend(rest.map(Quest::Surplus));
        }
        looks
    }

    /// The report as it stands.
    fn report(&self, now: Timestamp) -> Report {
        let client = self.id_of(Kind::ClientId);
        let about = About {
            guide: &self.case.guide,
            cloud: self.tenant.is_some().then(|| self.cloud.name()),
            tenant: self.tenant.as_deref(),
            client: client.as_deref(),
        };
        self.log.report(&about, now)
    }

    /// The value of a kind.
    pub(crate) fn value(&self, kind: Kind) -> Option<&Given> {
        self.given.iter().find(|g| g.kind == kind)
    }

    /// The GUID of a kind.
    pub(crate) fn id_of(&self, kind: Kind) -> Option<String> {
        // EXPOSE: only a GUID comes out.
        guid(self.value(kind)?.text.expose())
    }

    /// The directory's domain.
    pub(crate) fn domain(&self) -> Option<String> {
        // EXPOSE: only a domain comes out.
        domain(self.value(Kind::TenantDomain)?.text.expose())
    }

    /// What names the directory before its GUID is known: a GUID or a domain, nothing else can reach a URL.
    pub(crate) fn tenant_text(&self) -> Option<String> {
        let pasted = self.value(Kind::TenantId).map(|g| {
            // EXPOSE: only a GUID or a domain comes out.
            guid(g.text.expose()).or_else(|| domain(g.text.expose()))
        });
        pasted.unwrap_or_else(|| self.domain())
    }

    /// When the value of a kind was changed.
    pub(crate) fn changed(&self, name: &str, kind: Option<Kind>) -> Option<Timestamp> {
        let by_value = kind.and_then(|k| self.value(k)).and_then(|g| self.case.changed.get(&g.id));
        by_value.or_else(|| self.case.changed.get(name)).copied()
    }

    fn scope_of(&self, token: usize) -> Option<String> {
        scope(self.cloud, &self.case.requirements.tokens.get(token)?.app_id)
    }

    fn request(&mut self, quest: &Quest, now: Timestamp) -> Option<Request> {
        let login = self.cloud.hosts().login;
        match quest {
            Quest::Tenant => self.tenant_text().map(|t| discovery(login, &t)),
            Quest::SwapTest | Quest::ClientIsTenant => {
                self.id_of(Kind::ClientId).map(|c| discovery(login, &c))
            }
            Quest::OtherCloud(cloud) => self.tenant_text().map(|t| discovery(cloud.hosts().login, &t)),
            Quest::Domain | Quest::DomainOwner => self.domain().map(|d| discovery(login, &d)),
            Quest::Token(at) => {
                let Some(scope) = self.scope_of(*at) else {
                    let need = self.case.requirements.tokens.get(*at)?;
                    let with = [("resource", need.name.as_str()), ("cloud", self.cloud.name())];
                    let id = format!("token.{}", need.resource);
                    self.log.say(Say { id, code: "not-documented", with: &with, ..Say::default() }, now);
                    return None;
                };
                self.token_request(&scope)
            }
            Quest::Surplus(api) => match scope(self.cloud, api.app_id()) {
                Some(scope) => self.token_request(&scope),
                None => {
                    self.not_looked_at(*api);
                    None
                }
            },
            Quest::Probe(name) => self.probe_request(name),
        }
    }

    fn token_request(&self, scope: &str) -> Option<Request> {
        let tenant = self.tenant.as_deref()?;
        let client = self.id_of(Kind::ClientId)?;
        let mut body = String::with_capacity(512);
        // RFC 7523, 2.2.
        const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        // EXPOSE: into the body of a request to the sign-in host of the cloud table; the body is a secret itself.
        let proof = match &self.case.assertion {
            Some(assertion) => {
                [("client_assertion_type", JWT_BEARER), ("client_assertion", assertion.expose())]
            }
            None => [("client_secret", self.value(Kind::ClientSecret)?.text.expose()), ("", "")],
        };
        let common = [("client_id", client.as_str()), ("scope", scope)];
        for (name, value) in common.into_iter().chain(proof).filter(|(name, _)| !name.is_empty()) {
            body.push_str(name);
            body.push('=');
            encode(value, &mut body);
            body.push('&');
        }
        body.push_str("grant_type=client_credentials");
        let host = self.cloud.hosts().login;
        Some(Request {
            method: Method::Post,
            host,
            url: format!("https://{host}/{tenant}/oauth2/v2.0/token"),
            headers: vec![
                header("content-type", "application/x-www-form-urlencoded"),
                header("accept", "application/json"),
            ],
            body: Some(Secret::new(body)),
        })
    }

    /// A read that changes nothing, with a token that has one of the permissions for it.
    fn probe_request(&mut self, name: &str) -> Option<Request> {
        let built = Probe::named(name).and_then(|probe| self.probe_call(probe));
        if built.is_none() {
            self.log.leave_out("probe-unmade", Some(("probe", name)));
        }
        built
    }

    fn probe_call(&self, probe: &Probe) -> Option<Request> {
        let (_, token) = self.tokens.iter().find(|(app, _)| app.eq_ignore_ascii_case(probe.app_id()))?;
        let host = match probe.api {
            Api::Management => self.cloud.hosts().management?,
            _ => self.cloud.hosts().graph,
        };
        let tenant = self.tenant.as_deref()?;
        // A token that cannot be read is no failure: then the call itself shows what it is good for.
        let read = self.granted.iter().find(|(app, _)| app.eq_ignore_ascii_case(probe.app_id()));
        if read.is_some_and(|(_, roles)| !roles.iter().any(|r| probe.roles.contains(&r.as_str()))) {
            return None;
        }
        // EXPOSE: into the header of a request to an API of the cloud table; headers are secrets.
        let bearer = format!("Bearer {}", token.expose());
        Some(Request {
            method: Method::Get,
            host,
            url: format!("https://{host}{}", probe.path.replace("{tenant}", tenant)),
            headers: vec![
                Header { name: "authorization", value: Secret::new(bearer) },
                header("accept", "application/json"),
            ],
            body: None,
        })
    }

    pub(crate) fn not_looked_at(&mut self, api: Api) {
        self.log.leave_out("resource-unseen", Some(("resource", api.label())));
    }
}

/// The token that is asked for when the guide needs none: only Microsoft can say that a secret is right.
fn proof() -> TokenNeed {
    TokenNeed {
        resource: "proof".to_owned(),
        name: Api::Graph.label().to_owned(),
        app_id: Api::Graph.app_id().to_owned(),
        roles: Vec::new(),
    }
}

fn header(name: &'static str, value: &str) -> Header {
    Header { name, value: Secret::new(value) }
}

fn discovery(host: &'static str, tenant: &str) -> Request {
    Request {
        method: Method::Get,
        host,
        url: format!("https://{host}/{tenant}/v2.0/.well-known/openid-configuration"),
        headers: vec![header("accept", "application/json")],
        body: None,
    }
}
