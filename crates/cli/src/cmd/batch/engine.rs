//! Checks rows at the same time, a bounded number of them: each credential once, each directory looked up once.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use handrail_credential::{Secret, guid};
use handrail_entra::{Answer, Case, Method, Next, Report, Verdict, Verifier};
use ureq::Agent;

use super::source;
use super::table::Row;
use crate::microsoft;

/// Waits this long at most when Microsoft asks for patience, then goes on.
const LONGEST_WAIT: u32 = 120;

/// Tries of one row that Microsoft asked to wait for.
const TRIES: u32 = 4;

/// Stack of a worker: requests are driven, nothing recurses; 64 workers stay under 64 MiB together with the rest.
const STACK: usize = 256 * 1024;

/// The result of one row.
#[derive(Clone)]
pub(crate) struct Done {
    pub(crate) number: usize,
    pub(crate) tenant: String,
    pub(crate) client: String,
    /// The end date that the row gives.
    pub(crate) expires: Option<String>,
    pub(crate) outcome: Outcome,
}

/// A report, or the code of what is wrong with the row itself.
#[derive(Clone)]
pub(crate) enum Outcome {
    Report(Arc<Report>),
    BadRow(&'static str),
}

impl Done {
    pub(crate) fn verdict(&self) -> Verdict {
        match &self.outcome {
            Outcome::Report(report) => report.verdict,
            Outcome::BadRow(_) => Verdict::CouldNotTell,
        }
    }

    /// The stable code of the first problem; empty when there is none.
    pub(crate) fn code(&self) -> String {
        match &self.outcome {
            Outcome::Report(report) => report.first_problem().map_or_else(String::new, |c| c.code.clone()),
            Outcome::BadRow(code) => (*code).to_owned(),
        }
    }

    pub(crate) fn what(&self) -> String {
        match &self.outcome {
            Outcome::Report(report) => {
                report.first_problem().map_or_else(String::new, |c| crate::words::plain(&c.what))
            }
            Outcome::BadRow(code) => source::words(code).to_owned(),
        }
    }
}

/// A credential's result: being made by one worker, or made.
enum Slot {
    Working,
    Made(Arc<Report>),
}

/// A directory's discovery document: being fetched, or fetched.
enum Page {
    Fetching,
    Here(Answer),
}

struct Shared {
    base: Case,
    agent: Agent,
    run_commands: bool,
    rows: Mutex<std::vec::IntoIter<Row>>,
    /// By the digest of everything that makes the credential; no secret is kept here.
    slots: Mutex<HashMap<[u8; 32], Slot>>,
    /// Rows that still need a credential's report: after the last one it is dropped.
    left: Mutex<HashMap<[u8; 32], u32>>,
    pages: Mutex<HashMap<String, Page>>,
    changed: Condvar,
    fetched: Condvar,
    /// Nobody asks before this moment.
    wait_until: Mutex<Option<Instant>>,
}

/// Checks rows.
pub(crate) struct Engine {
    base: Case,
    agent: Agent,
    in_flight: usize,
    run_commands: bool,
}

impl Engine {
    pub(crate) fn new(base: Case, agent: Agent, in_flight: usize, run_commands: bool) -> Self {
        Self { base, agent, in_flight, run_commands }
    }

    /// Checks all rows and hands each result over as soon as it is there.
    pub(crate) fn run(self, rows: Vec<Row>, take: &mut dyn FnMut(Done)) {
        let workers = self.in_flight.min(rows.len());
        let mut left: HashMap<[u8; 32], u32> = HashMap::new();
        for row in rows.iter().filter(|row| row.problem.is_none()) {
            *left.entry(digest(&row.values)).or_default() += 1;
        }
        let shared = Arc::new(Shared {
            base: self.base,
            agent: self.agent,
            run_commands: self.run_commands,
            rows: Mutex::new(rows.into_iter()),
            slots: Mutex::default(),
            left: Mutex::new(left),
            pages: Mutex::default(),
            changed: Condvar::new(),
            fetched: Condvar::new(),
            wait_until: Mutex::default(),
        });
        let (send, receive): (Sender<Done>, Receiver<Done>) = channel();
        let mut threads = Vec::new();
        for _ in 0..workers {
            let (shared, send) = (Arc::clone(&shared), send.clone());
            let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
                loop {
                    // The lock ends with this line: in the head of a loop it would last as long as the row is checked.
                    let next = lock(&shared.rows).next();
                    let Some(row) = next else { return };
                    if send.send(shared.row(row)).is_err() {
                        return;
                    }
                }
            });
            threads.extend(thread.ok());
        }
        drop(send);
        for done in receive {
            take(done);
        }
        for thread in threads {
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn row(&self, row: Row) -> Done {
        let id = |name: &str| {
            let text = row.values.get(name).map_or("", |v| v.expose()); // EXPOSE: two IDs, by which the reader knows the row.
            guid(text.trim()).or_else(|| handrail_credential::domain(text.trim())).unwrap_or_default()
        };
        let (number, tenant, client, expires) =
            (row.number, id("tenant-id"), id("client-id"), row.expires.clone());
        let outcome = match row.problem {
            Some(code) => Outcome::BadRow(code),
            None => {
                // A reference stands for its secret here, so that nothing has to be read twice.
                let key = digest(&row.values);
                let outcome = match self.values(row) {
                    Ok(values) => Outcome::Report(self.once(key, &values)),
                    Err(code) => Outcome::BadRow(code),
                };
                self.leave(key);
                outcome
            }
        };
        Done { number, tenant, client, expires, outcome }
    }

    fn values(&self, row: Row) -> Result<BTreeMap<String, Secret>, &'static str> {
        let mut values = row.values;
        if let Some(secret) = values.get_mut("client-secret") {
            // EXPOSE: a reference, or the secret to itself.
            *secret = source::resolve(secret.expose(), self.run_commands)?;
        }
        Ok(values)
    }

    /// The report for a credential: made by the first row that has it, waited for by the others.
    fn once(&self, key: [u8; 32], values: &BTreeMap<String, Secret>) -> Arc<Report> {
        let mut slots = lock(&self.slots);
        loop {
            match slots.get(&key) {
                Some(Slot::Made(report)) => return Arc::clone(report),
                Some(Slot::Working) => {
                    slots = self.changed.wait(slots).unwrap_or_else(PoisonError::into_inner)
                }
                None => break,
            }
        }
        slots.insert(key, Slot::Working);
        drop(slots);
        let report = Arc::new(self.patient(values));
        lock(&self.slots).insert(key, Slot::Made(Arc::clone(&report)));
        self.changed.notify_all();
        report
    }

    /// One row fewer needs this credential's report.
    fn leave(&self, key: [u8; 32]) {
        let mut left = lock(&self.left);
        let last = left.get_mut(&key).is_none_or(|rows| {
            *rows = rows.saturating_sub(1);
            *rows == 0
        });
        if last {
            left.remove(&key);
            drop(left);
            lock(&self.slots).remove(&key);
        }
    }

    /// Asks again when Microsoft asked to wait; everybody waits then.
    fn patient(&self, values: &BTreeMap<String, Secret>) -> Report {
        let mut tries = 1;
        loop {
            let report = self.verify(Case { values: values.clone(), ..self.base.clone() });
            let throttled = report.checks.iter().any(|c| c.code == "throttled");
            match report.retry_after {
                Some(seconds) if throttled && tries < TRIES => {
                    tries += 1;
                    let until = Instant::now() + Duration::from_secs(u64::from(seconds.min(LONGEST_WAIT)));
                    let mut gate = lock(&self.wait_until);
                    *gate = Some(gate.map_or(until, |g| g.max(until)));
                }
                _ => return report,
            }
        }
    }

    fn pause(&self) {
        while let Some(left) =
            lock(&self.wait_until).and_then(|until| until.checked_duration_since(Instant::now()))
        {
            std::thread::sleep(left);
        }
    }

    fn verify(&self, case: Case) -> Report {
        let mut verifier = Verifier::new(case, microsoft::now());
        loop {
            match verifier.next(microsoft::now()) {
                Next::Done(report) => return *report,
                Next::Send(request) => {
                    self.pause();
                    // Only discovery is a GET without a token: the same answer for every row of a directory.
                    let public = request.method == Method::Get
                        && !request.headers.iter().any(|h| h.name == "authorization");
                    let answer = if public {
                        self.page(&request)
                    } else {
                        microsoft::send(&self.agent, &request).unwrap_or(Answer::Unreachable)
                    };
                    verifier.answer(&answer, microsoft::now());
                }
            }
        }
    }

    fn page(&self, request: &handrail_entra::Request) -> Answer {
        let mut pages = lock(&self.pages);
        loop {
            match pages.get(&request.url) {
                Some(Page::Here(answer)) => return answer.clone(),
                Some(Page::Fetching) => {
                    pages = self.fetched.wait(pages).unwrap_or_else(PoisonError::into_inner)
                }
                None => break,
            }
        }
        pages.insert(request.url.clone(), Page::Fetching);
        drop(pages);
        let answer = microsoft::send(&self.agent, request).unwrap_or(Answer::Unreachable);
        let mut pages = lock(&self.pages);
        match &answer {
            // What may be another answer in a moment is not kept.
            Answer::Response { status: 200 | 400 | 404, .. } => {
                pages.insert(request.url.clone(), Page::Here(answer.clone()))
            }
            _ => pages.remove(&request.url),
        };
        drop(pages);
        self.fetched.notify_all();
        answer
    }
}

/// A name for a credential under which its result is kept.
fn digest(values: &BTreeMap<String, Secret>) -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new();
    for (id, value) in values {
        let text = value.expose(); // EXPOSE: into a digest that lives as long as this run.
        for part in [id.as_str(), text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().into()
}
