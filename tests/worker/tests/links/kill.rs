//! The runtime is killed on the spot again and again while links live their whole lives: what was answered stands, and
//! stands once. `HANDRAIL_KILLS` says how often; `cargo xtask bench kill` does it 500 times.
//!
//! Half of the kills come at any moment, the others are aimed: while a check is between its reservation and its end,
//! while a hand-over or a confirmation is under way, and while an alarm tells the vendor.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use handrail_handover::{LinkClaims, PublicKey, REPORT_TYPE, ReportClaims, Signing, commitment};
use handrail_world::dist;
use handrail_world::parties::{self, Customer, Vendor, now};
use handrail_world::tenant::Tenant;
use handrail_world::wait::{LONG, until};
use handrail_world::workerd::{Workerd, WorkerdOptions};
use rand::Rng as _;
use serde_json::{Value, json};
use ureq::Agent;

use super::DOMAIN;

/// Links that live at the same time.
const LIVES: usize = 6;

/// Kills in the short form.
const FEW: usize = 15;

/// What kills wait for: a request that is under way, or an alarm. The empty one waits for nothing.
const AIMS: [&str; 8] = ["", "check", "", "hand-over", "", "acknowledge", "", ALARM];

/// An alarm that has just sent a webhook and has not yet noted that it was taken.
const ALARM: &str = "alarm";

/// How long is waited for what a kill is aimed at.
const PATIENCE: Duration = Duration::from_secs(2);

/// So many kills that come too late for what they are aimed at are made up for.
const MOST_MISSES: usize = 50;

/// What was under way when the runtime was killed.
#[derive(Default)]
struct UnderWay(BTreeMap<&'static str, usize>);

struct Site {
    origin: String,
    tenant: Tenant,
    vendor: Vendor,
    key: Signing,
    over: AtomicBool,
    now: Vec<Mutex<&'static str>>,
    codes: Mutex<Vec<String>>,
    doubtful: AtomicUsize,
}

/// One life after the other, by a client of its own.
struct Life<'a> {
    site: &'a Site,
    agent: Agent,
    at: usize,
}

impl Life<'_> {
    /// Sends until there is an answer. A lost one is asked for again, as every client does.
    fn send(
        &self,
        what: &'static str,
        method: &str,
        target: &str,
        signed: bool,
        body: &Value,
    ) -> (u16, String) {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let begun = Instant::now();
        loop {
            *self.site.now[self.at].lock().unwrap() = what;
            let mut request = ureq::http::Request::builder()
                .method(method)
                .uri(format!("{}{target}", self.site.origin))
                .header("content-type", "application/json");
            if signed {
                let token = self.site.vendor.sign(&self.site.origin, method, target, &text);
                request = request.header("authorization", format!("Handrail {token}"));
            }
            let answer = self.agent.run(request.body(text.clone()).unwrap()).and_then(|mut answer| {
                let text = answer.body_mut().read_to_string()?;
                Ok((answer.status().as_u16(), text))
            });
            *self.site.now[self.at].lock().unwrap() = "";
            match answer {
                Ok(answer) => return answer,
                Err(_) => {
                    self.site.doubtful.fetch_add(1, Ordering::Relaxed);
                    assert!(begun.elapsed() < LONG * 4, "{what} is never answered");
                    std::thread::yield_now();
                }
            }
        }
    }

    fn post(&self, what: &'static str, code: &str, verb: &str, signed: bool, body: &Value) -> Value {
        let (status, text) = self.send(what, "POST", &format!("/api/links/{code}/{verb}"), signed, body);
        assert_eq!(status, 200, "{what}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// A link from making to confirmation. Every answer is held against what was answered before.
    fn live(&self) {
        let Site { vendor, origin, .. } = self.site;
        let claims = LinkClaims { digest: "d".into(), ..vendor.link(origin, "securus360") };
        let code = claims.jti.clone();
        let customer = Customer::new(claims.clone(), json!({"client-id": "a", "client-secret": "b"}));
        let (status, text) = self.send(
            "create",
            "PUT",
            &format!("/api/links/{code}"),
            true,
            &json!({"token": vendor.sign_link(&claims)}),
        );
        assert_eq!(status, 200, "{text}");
        // A check is reserved, runs against Microsoft, and is committed; it fails, and counts all the same.
        let (status, text) = self.send("check", "POST", "/api/check", false, &customer.check());
        assert_eq!(status, 200, "{text}");
        let report = self.site.report(&customer);
        let body = customer.hand_over(vendor, &report, 0);
        let first = self.post("hand-over", &code, "hand-over", false, &body);
        assert_eq!(first["version"], 1);
        let again = self.post("hand-over again", &code, "hand-over", false, &body);
        assert_eq!(first, again, "the same receipt for the same hand-over");
        let got = self.post("collect", &code, "collect", true, &Value::Null);
        assert_eq!((&got["receipt"], &got["sealed"]), (&first["receipt"], &body["sealed"]));
        self.post("acknowledge", &code, "acknowledge", true, &json!({"version": 1}));
        let target = format!("/api/links/{code}/collect");
        let (status, text) = self.send("collect after", "POST", &target, true, &Value::Null);
        assert_eq!(status, 410, "what was confirmed is deleted: {text}");
        self.site.codes.lock().unwrap().push(code);
    }
}

impl Site {
    /// A report as the Worker signs it, for values that nobody at Microsoft knows.
    fn report(&self, customer: &Customer) -> String {
        let values: Vec<(String, handrail_credential::Secret)> = customer
            .values
            .as_object()
            .unwrap()
            .iter()
            .map(|(id, v)| (id.clone(), handrail_credential::Secret::new(v.as_str().unwrap())))
            .collect();
        let claims = ReportClaims {
            iss: self.origin.clone(),
            aud: self.vendor.domain.clone(),
            sub: customer.claims.jti.clone(),
            iat: now(),
            guide: customer.claims.guide.clone(),
            digest: String::new(),
            followed: None,
            tenant: None,
            verdict: "passed".to_owned(),
            commitment: commitment(&customer.salt, values.iter().map(|(id, v)| (id.as_str(), v))),
            report: json!({}),
        };
        self.key.token(REPORT_TYPE, &claims).unwrap()
    }

    fn client(&self, at: usize) -> Life<'_> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            // A connection of a runtime that was killed is of no use.
            .max_idle_connections(0);
        Life { site: self, agent: config.build().new_agent(), at }
    }
}

fn start() -> (Site, Workerd) {
    let tenant = Tenant::start(None, 0, 0).unwrap();
    let mut options = WorkerdOptions::new(dist::part("worker").unwrap(), tenant.http());
    options.vars = parties::vars();
    // All lives come from one address, and a quick machine lives many in a minute.
    options.vars.push(("CHECKS_PER_MINUTE".to_owned(), u32::MAX.to_string()));
    let key = Signing::parse(&options.vars[0].1).unwrap();
    options.objects = parties::objects();
    let worker = Workerd::start(options).unwrap();
    let vendor = Vendor::new(DOMAIN);
    let keys: Vec<PublicKey> = vec![key.public()];
    let document = vendor.document(&worker.origin(), keys.iter().map(PublicKey::jwk).collect());
    tenant.publish(DOMAIN, &json!(document)).unwrap();
    let site = Site {
        origin: worker.origin(),
        tenant,
        vendor,
        key,
        over: AtomicBool::new(false),
        now: (0..LIVES).map(|_| Mutex::new("")).collect(),
        codes: Mutex::default(),
        doubtful: AtomicUsize::new(0),
    };
    let hook = json!({"url": format!("https://{DOMAIN}/webhook")});
    let (status, text) = site.client(0).send("webhook", "PUT", "/api/vendor/webhook", true, &hook);
    assert_eq!(status, 200, "{text}");
    (site, worker)
}

impl Site {
    /// Waits for the moment of a kill; what was under way then.
    fn aim(&self, what: &'static str) {
        let begun = Instant::now();
        let far = |most: u64| Duration::from_micros(rand::thread_rng().gen_range(0..most));
        if what.is_empty() {
            // Somewhere within the life of a link; nothing is waited for, so any moment may be the one.
            return std::thread::sleep(far(400_000));
        }
        let sent = self.tenant.webhook_count().unwrap();
        while begun.elapsed() < PATIENCE {
            let there = match what {
                ALARM => self.tenant.webhook_count().unwrap() > sent,
                _ => self.now.iter().any(|now| *now.lock().unwrap() == what),
            };
            if there {
                break;
            }
            // Far less than the milliseconds that what it is aimed at takes.
            std::thread::sleep(Duration::from_micros(200));
        }
        // An alarm is as good as over when its webhook was answered; a request takes some milliseconds.
        std::thread::sleep(far(if what == ALARM { 1_500 } else { 15_000 }));
    }
}

#[test]
fn what_was_answered_stands_once_however_often_the_runtime_is_killed() {
    let kills = std::env::var("HANDRAIL_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let (site, mut worker) = start();
    let mut hit = UnderWay::default();
    let begun = Instant::now();
    let kills = std::thread::scope(|threads| {
        let lives: Vec<_> = (0..LIVES)
            .map(|at| {
                let site = &site;
                threads.spawn(move || {
                    let life = site.client(at);
                    while !site.over.load(Ordering::Relaxed) {
                        life.live();
                    }
                })
            })
            .collect();
        let mut misses = 0;
        let mut at = 0;
        while at < kills + misses {
            let aim = AIMS[(at - misses) % AIMS.len()];
            site.aim(aim);
            worker.kill();
            at += 1;
            let under_way: Vec<_> = site.now.iter().map(|now| *now.lock().unwrap()).collect();
            // A request can be over before its kill comes; then it is aimed at once more.
            if !aim.is_empty() && aim != ALARM && !under_way.contains(&aim) && misses < MOST_MISSES {
                misses += 1;
            }
            for now in under_way {
                *hit.0.entry(now).or_default() += 1;
            }
            if aim == ALARM {
                *hit.0.entry(ALARM).or_default() += 1;
            }
            worker.restart().unwrap();
            if lives.iter().any(std::thread::ScopedJoinHandle::is_finished) {
                break;
            }
        }
        site.over.store(true, Ordering::Relaxed);
        at
    });
    let codes = site.codes.lock().unwrap().clone();
    hit.0.remove("");
    println!(
        "{kills} kills in {} s; {} links lived whole lives; {} requests were cut off; under way at the kills: {:?}",
        begun.elapsed().as_secs(),
        codes.len(),
        site.doubtful.load(Ordering::Relaxed),
        hit.0
    );
    assert!(codes.len() >= LIVES, "links came to their end");
    for aim in AIMS.iter().filter(|aim| !aim.is_empty()) {
        assert!(hit.0.contains_key(aim) || kills < AIMS.len(), "no kill came during {aim}: {:?}", hit.0);
    }
    the_index_knows_every_end(&site, &codes);
    let life = site.client(0);
    for code in &codes {
        let (_, text) = life.send("state", "GET", &format!("/api/links/{code}/state"), true, &Value::Null);
        let state: Value = serde_json::from_str(&text).unwrap();
        let count =
            |what: &str| state["history"].as_array().unwrap().iter().filter(|h| h["what"] == what).count();
        for what in STAGES {
            assert_eq!(count(what), 1, "{code}: {what} in {text}");
        }
        assert_eq!(count("replaced"), 0, "{code}");
    }
    every_stage_is_told_as_one_message(&site, &codes);
}

/// What happens once in the life of a link here, and is told by webhook.
const STAGES: [&str; 4] = ["created", "handed-over", "collected", "acknowledged"];

/// What the alarms tell reaches the index, however often they were cut off.
fn the_index_knows_every_end(site: &Site, codes: &[String]) {
    let life = site.client(0);
    until("the index to know every end", LONG * 2, || {
        let (_, text) = life.send("list", "GET", "/api/vendor/links", true, &Value::Null);
        let listed: Value = serde_json::from_str(&text)?;
        let ended: BTreeSet<&str> = listed["links"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|row| row["standing"] == "acknowledged" && row["version"] == 1)
            .filter_map(|row| row["code"].as_str())
            .collect();
        Ok(codes.iter().all(|code| ended.contains(code.as_str())).then_some(()))
    })
    .unwrap();
}

/// A webhook that was cut off is sent again, so it may come twice; then it is the same message, by its id.
fn every_stage_is_told_as_one_message(site: &Site, codes: &[String]) {
    until("every webhook", LONG * 2, || {
        let mut told: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let hooks = site.tenant.webhooks()?;
        for hook in &hooks {
            let body: Value = serde_json::from_str(hook["body"].as_str().unwrap_or_default())?;
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let about = (text(&body["data"]["code"]), text(&body["type"]));
            told.entry(about).or_default().insert(text(&hook["id"]));
        }
        let ids = |code: &String, stage: &str| {
            told.get(&(code.clone(), format!("link.{stage}"))).map_or(0, BTreeSet::len)
        };
        let all = || codes.iter().flat_map(|code| STAGES.map(|stage| ids(code, stage)));
        assert!(all().all(|count| count <= 1), "two messages about one thing");
        let whole = all().all(|count| count == 1);
        if whole {
            println!("{} webhooks for {} messages", hooks.len(), told.len());
        }
        Ok(whole.then_some(()))
    })
    .unwrap();
}
