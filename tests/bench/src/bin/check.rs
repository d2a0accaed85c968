//! `cargo xtask bench check`: what the Worker adds to Microsoft's answers, and how many checks it makes in a second, in
//! workerd, beside a JavaScript Worker that does the same job (`peer/worker.js`). One upstream answers both from memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use handrail_bench::canned::{Canned, question};
use handrail_credential::Secret;
use handrail_entra::{Answer, Case, Method, Next, Report, Request, Verdict, Verifier};
use handrail_guide::load::{Library, compile};
use handrail_tenant::{Running, start};
use handrail_world::dist;
use handrail_world::workerd::{Workerd, WorkerdOptions};
use jiff::Timestamp;
use serde_json::{Value, json};
use ureq::Agent;

/// Milliseconds of one upstream answer while latency is measured.
const UPSTREAM: u64 = 10;
const CLIENTS: usize = 16;
const GUIDE: &str = "securus360";

fn main() -> Result<()> {
    let rounds: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(200);
    let seconds: u64 = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(5);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let tenant =
        runtime.block_on(start(handrail_tenant::Options { http_port: 0, tls_port: 0, portal: None }))?;
    let (values, wrong) = planted(&tenant)?;
    let (answers, questions) = recorded(&tenant, &values, &wrong)?;
    let canned = runtime.block_on(Canned::start(answers))?;
    let ours = worker(dist::part("worker")?, &canned)?;
    let peer = worker(bundled()?, &canned)?;
    let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
    for one in [&ours, &peer] {
        same_job(&agent, one, &canned, &values, &wrong, questions)?;
    }
    // Throughput first: it warms both runtimes' compilers up, as an instance that is in use is.
    let (mut a, mut b, mut work_a, mut work_b) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..3 {
        for (one, rates, work) in [(&ours, &mut a, &mut work_a), (&peer, &mut b, &mut work_b)] {
            let (rate, time) = throughput(one, &values, seconds)?;
            rates.push(rate);
            work.push(time);
        }
    }
    let (a, b) = (median(&mut a), median(&mut b));
    println!(
        "processor time of a check: {:.2} ms, the peer {:.2} ms",
        median(&mut work_a),
        median(&mut work_b)
    );
    println!(
        "{a:.0} checks a second, the peer {b:.0}: {:.2} times (bar: 1), {CLIENTS} clients, medians of 3 turns",
        a / b
    );
    canned.delay(UPSTREAM);
    let [critical, with_ours, with_peer] = latency(&canned, &ours, &peer, &values, rounds)?;
    let (adds, peer_adds) = (with_ours - critical, with_peer - critical);
    println!(
        "{questions} questions of {UPSTREAM} ms, medians of {rounds}: {critical:.2} ms, asked at the same time where \
         that is possible"
    );
    println!("the Worker takes {with_ours:.2} ms and adds {adds:.2} ms (bar: 3)");
    println!("the peer takes {with_peer:.2} ms and adds {peer_adds:.2} ms");
    ensure!(adds < 3.0 && a >= b, "a bar was missed");
    Ok(())
}

/// An app that is right, and a secret that is wrong.
fn planted(tenant: &Running) -> Result<(Value, Value)> {
    let url = format!("http://{}/_practice/seed", tenant.http);
    let app = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let text = ureq::post(url).send(app.to_string().as_bytes())?.body_mut().read_to_string()?;
    let made: Value = serde_json::from_str(&text)?;
    let right = json!({"tenant-id": made["tenantId"], "client-id": made["clientId"],
        "tenant-domain": made["domain"], "client-secret": made["secret"]["value"]});
    let mut wrong = right.clone();
    // EXPOSE: a made-up secret of a bench.
    wrong["client-secret"] = handrail_credential::test_secret(9).expose().into();
    Ok((right, wrong))
}

fn case(values: &Value) -> Result<Case> {
    let library =
        Library::load(&dist::root()).map_err(|f| anyhow::anyhow!("{} files do not load", f.len()))?;
    let plan = compile(&library, GUIDE).map_err(|f| anyhow::anyhow!("{} findings", f.len()))?;
    let all = values.as_object().context("values")?;
    Ok(Case {
        guide: GUIDE.into(),
        requirements: plan.requirements,
        values: all
            .iter()
            .map(|(id, v)| (id.clone(), Secret::from(v.as_str().unwrap_or_default())))
            .collect(),
        ..Case::default()
    })
}

/// Drives the verifier natively against the practice tenant and keeps every answer.
fn recorded(
    tenant: &Running,
    right: &Value,
    wrong: &Value,
) -> Result<(HashMap<handrail_bench::canned::Question, Vec<u8>>, u64)> {
    let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
    let mut answers = HashMap::new();
    let mut count = 0;
    for (values, verdict) in [(right, Verdict::Passed), (wrong, Verdict::Failed)] {
        let mut asked = 0;
        let report = drive(case(values)?, |request| {
            asked += 1;
            let (answer, raw) = ask(&agent, &format!("http://{}", tenant.http), request)?;
            let path = request.url.split_once(request.host).map_or("/", |(_, path)| path);
            // EXPOSE: made-up values of a bench.
            let body = request.body.as_ref().map_or("", |b| b.expose());
            answers.insert(question(request.host, path, body.as_bytes()), raw);
            Ok(answer)
        })?;
        ensure!(report.verdict == verdict, "the practice tenant: {:?}", report.first_problem());
        count = count.max(asked);
    }
    Ok((answers, count))
}

fn drive(case: Case, mut send: impl FnMut(&Request) -> Result<Answer>) -> Result<Report> {
    let now = || Timestamp::now();
    let mut verifier = Verifier::new(case, now());
    loop {
        match verifier.next(now()) {
            Next::Done(report) => return Ok(*report),
            Next::Send(request) => verifier.answer(&send(&request)?, now()),
        }
    }
}

/// One question over plain HTTP: what came, for the verifier and as bytes to play back.
fn ask(agent: &Agent, base: &str, request: &Request) -> Result<(Answer, Vec<u8>)> {
    let path = request.url.split_once(request.host).map_or("/", |(_, path)| path);
    let url = format!("{base}{path}");
    let mut response = match request.method {
        Method::Get => {
            let mut call = agent.get(&url).header("host", request.host);
            for h in &request.headers {
                call = call.header(h.name, h.value.expose()); // EXPOSE: made-up values of a bench.
            }
            call.call()?
        }
        Method::Post => {
            let mut call = agent.post(&url).header("host", request.host);
            for h in &request.headers {
                call = call.header(h.name, h.value.expose()); // EXPOSE: made-up values of a bench.
            }
            call.send(request.body.as_ref().map_or("", |b| b.expose()))? // EXPOSE: made-up values of a bench.
        }
    };
    let status = response.status().as_u16();
    let named = |name: &&str| {
        let value = response.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    let headers: Vec<(String, String)> = handrail_entra::WANTED_HEADERS.iter().filter_map(named).collect();
    let text = response.body_mut().read_to_string()?;
    let mut raw = format!(
        "HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
        text.len()
    );
    for (name, value) in &headers {
        raw += &format!("{name}: {value}\r\n");
    }
    raw += &format!("\r\n{text}");
    Ok((Answer::Response { status, headers, body: Secret::new(text) }, raw.into_bytes()))
}

fn worker(folder: PathBuf, canned: &Canned) -> Result<Workerd> {
    let mut options = WorkerdOptions::new(folder, canned.address);
    options.vars.push(("ANONYMOUS_CHECKS".into(), "practice".into()));
    Workerd::start(options)
}

/// The peer and its library in one file.
fn bundled() -> Result<PathBuf> {
    let out = dist::root().join("target/handrail/peer");
    std::fs::create_dir_all(&out)?;
    let status = std::process::Command::new(dist::root().join("node_modules/.bin/esbuild"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("peer/worker.js"))
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
        .arg(format!("--outfile={}", out.join("index.js").display()))
        .status()
        .context("esbuild is missing: run `cargo xtask tools`")?;
    ensure!(status.success(), "esbuild failed");
    Ok(out)
}

fn body(values: &Value) -> String {
    json!({"guide": GUIDE, "values": values}).to_string()
}

fn post(agent: &Agent, worker: &Workerd, text: &str) -> Result<String> {
    let url = format!("{}/api/check", worker.origin());
    let mut got = agent.post(url).header("content-type", "application/json").send(text)?;
    Ok(got.body_mut().read_to_string()?)
}

/// Both ask as many questions, call the right one right and the wrong one wrong.
fn same_job(
    agent: &Agent,
    worker: &Workerd,
    canned: &Canned,
    right: &Value,
    wrong: &Value,
    questions: u64,
) -> Result<()> {
    for (values, verdict) in [(right, "passed"), (wrong, "failed")] {
        let before = canned.asked();
        let report: Value = serde_json::from_str(&post(agent, worker, &body(values))?)?;
        ensure!(report["verdict"] == verdict, "{report:#}\n{}", worker.log());
        ensure!(
            verdict == "failed" || canned.asked() - before == questions,
            "{} questions",
            canned.asked() - before
        );
    }
    Ok(())
}

/// Medians in milliseconds: the questions alone, through our Worker, through the peer; taking turns.
fn latency(
    canned: &Canned,
    ours: &Workerd,
    peer: &Workerd,
    values: &Value,
    rounds: usize,
) -> Result<[f64; 3]> {
    let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
    let text = body(values);
    let plain = case(values)?;
    let base = format!("http://{}", canned.address);
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..rounds + 20 {
        let mut taken = [questions(&agent, &base, &plain)?, 0.0, 0.0];
        for (at, worker) in [(1, ours), (2, peer)] {
            let start = Instant::now();
            post(&agent, worker, &text)?;
            taken[at] = start.elapsed().as_secs_f64() * 1e3;
        }
        // The first ones warm connections and compilers up.
        if round >= 20 {
            for (all, one) in times.iter_mut().zip(taken) {
                all.push(one);
            }
        }
    }
    Ok(times.map(|mut all| median(&mut all)))
}

/// Milliseconds of the questions alone, at the same time where the verifier allows it.
fn questions(agent: &Agent, base: &str, case: &Case) -> Result<f64> {
    let mut verifier = Verifier::new(case.clone(), Timestamp::now());
    let mut taken = 0.0;
    loop {
        let first = match verifier.next(Timestamp::now()) {
            Next::Done(_) => return Ok(taken),
            Next::Send(request) => request,
        };
        let mut requests = vec![first];
        requests.extend(std::iter::from_fn(|| verifier.also(Timestamp::now())));
        let start = Instant::now();
        let answers = asked(agent, base, &requests)?;
        taken += start.elapsed().as_secs_f64() * 1e3;
        for (answer, _) in answers {
            verifier.answer(&answer, Timestamp::now());
        }
    }
}

/// The answers to requests that are sent at the same time. A thread of its own costs as much as the Worker may add, so
/// that the first has none.
fn asked(agent: &Agent, base: &str, requests: &[Request]) -> Result<Vec<(Answer, Vec<u8>)>> {
    let Some((first, rest)) = requests.split_first() else { return Ok(Vec::new()) };
    std::thread::scope(|scope| {
        let rest: Vec<_> = rest.iter().map(|r| scope.spawn(|| ask(agent, base, r))).collect();
        let mut answers = vec![ask(agent, base, first)?];
        for one in rest {
            answers.push(one.join().map_err(|_| anyhow::anyhow!("a thread panicked"))??);
        }
        Ok(answers)
    })
}

/// Seconds of processor time that a Worker's runtime has used; Linux alone tells it.
fn work(worker: &Workerd) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", worker.process()?)).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    // The kernel counts a hundred a second for programs, whatever it does for itself.
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// Checks a second, and milliseconds of processor time for each (0 where nobody tells it).
fn throughput(worker: &Workerd, values: &Value, seconds: u64) -> Result<(f64, f64)> {
    let (text, done, over) = (body(values), AtomicU64::new(0), AtomicBool::new(false));
    let (start, before) = (Instant::now(), work(worker));
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let agent = Agent::config_builder().build().new_agent();
                while !over.load(Ordering::Relaxed) {
                    if post(&agent, worker, &text).is_ok_and(|t| t.contains("\"passed\"")) {
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        std::thread::sleep(Duration::from_secs(seconds));
        over.store(true, Ordering::Relaxed);
    });
    let done = done.load(Ordering::Relaxed) as f64;
    let time = work(worker).zip(before).map_or(0.0, |(after, before)| (after - before) * 1e3 / done.max(1.0));
    Ok((done / start.elapsed().as_secs_f64(), time))
}

fn median(all: &mut [f64]) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}
