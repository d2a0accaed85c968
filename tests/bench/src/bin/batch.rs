//! `cargo xtask bench batch`: 10,000 rows over 2,000 directories at 50 ms latency, 64 in flight, against the practice tenant;
//! then the same, killed in the middle and gone on with. Bars: 1.15 times the ideal time, 64 MiB, no row lost or twice.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use handrail_tenant::{Options, Running, proxy_to};
use serde_json::{Value, json};

const LATENCY_MS: u64 = 50;
const IN_FLIGHT: usize = 64;

struct World {
    running: Running,
    folder: tempfile::TempDir,
    proxy: SocketAddr,
    command: PathBuf,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = PathBuf::from(arguments.next().context("the command to run")?);
    let tenants: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let running =
        runtime.block_on(handrail_tenant::start(Options { http_port: 0, tls_port: 0, portal: None }))?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("ca.pem"), &running.certificate_pem)?;
    let proxy = proxy_to(running.tls)?;
    let world = World { running, folder, proxy, command };
    let rows = world.rows(tenants, 5)?;
    let ideal = (tenants + rows) as f64 * LATENCY_MS as f64 / 1000.0 / IN_FLIGHT as f64;
    let (took, memory) = world.whole(rows)?;
    println!(
        "{rows} rows over {tenants} directories: {took:.2} s, ideal {ideal:.2} s: {:.2} times (bar: 1.15)",
        took / ideal
    );
    println!("most memory: {:.1} MiB (bar: 64)", memory as f64 / 1024.0);
    let again = world.killed(rows)?;
    println!(
        "killed in the middle and gone on: no row lost, none twice, {again} asked again (bar: {IN_FLIGHT})"
    );
    ensure!(took <= ideal * 1.15 && memory < 64 * 1024 && again <= IN_FLIGHT, "a bar was missed");
    Ok(())
}

impl World {
    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        let url = format!("http://{}/_practice/{what}", self.running.http);
        let mut answer = ureq::post(url).send(body.to_string().as_bytes())?;
        Ok(serde_json::from_str(&answer.body_mut().with_config().limit(64 << 20).read_to_string()?)?)
    }

    fn asked(&self) -> Result<usize> {
        let url = format!("http://{}/_practice/state", self.running.http);
        let text = ureq::get(url).call()?.body_mut().with_config().limit(256 << 20).read_to_string()?;
        Ok(serde_json::from_str::<Value>(&text)?["tokenRequests"].as_array().map_or(0, Vec::len))
    }

    /// Writes the table; directories take turns, as in a list sorted by anything else than directory.
    fn rows(&self, tenants: usize, apps: usize) -> Result<usize> {
        let crowd =
            self.post("crowd", &json!({"tenants": tenants, "apps": apps, "latencyMs": LATENCY_MS}))?;
        let all = crowd["rows"].as_array().context("rows")?;
        let mut text = String::from("tenant,client,secret\n");
        for turn in 0..apps {
            for tenant in 0..tenants {
                let row = &all[tenant * apps + turn];
                let word = |n: usize| row[n].as_str().unwrap_or_default();
                text += &format!("{},{},{}\n", word(0), word(1), word(2));
            }
        }
        std::fs::write(self.folder.path().join("rows.csv"), text)?;
        Ok(all.len())
    }

    fn spawn(&self, out: &Path) -> Result<Child> {
        let mut command = Command::new(&self.command);
        for name in ["ALL_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command
            .env_remove("https_proxy")
            .env("HTTPS_PROXY", format!("http://{}", self.proxy))
            .arg("batch")
            .arg(self.folder.path().join("rows.csv"))
            .arg("--out")
            .arg(out)
            .args(["--in-flight", &IN_FLIGHT.to_string(), "--format", "summary", "--ca"])
            .arg(self.folder.path().join("ca.pem"))
            .arg("--root")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("the command does not start")
    }

    /// Seconds and the most kilobytes.
    fn whole(&self, rows: usize) -> Result<(f64, u64)> {
        let out = self.folder.path().join("whole.ndjson");
        let start = Instant::now();
        let mut child = self.spawn(&out)?;
        let mut memory = 0;
        let status = loop {
            memory = memory.max(peak(child.id()));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let took = start.elapsed().as_secs_f64();
        ensure!(status.code() == Some(0), "the batch ended with {status}");
        each_once(&out, rows)?;
        Ok((took, memory))
    }

    /// How many were asked again.
    fn killed(&self, rows: usize) -> Result<usize> {
        let out = self.folder.path().join("killed.ndjson");
        let before = self.asked()?;
        let mut child = self.spawn(&out)?;
        while lines(&out) < rows / 3 {
            ensure!(child.try_wait()?.is_none(), "the batch ended too early");
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill()?;
        child.wait()?;
        ensure!(self.spawn(&out)?.wait()?.code() == Some(0), "the second run failed");
        each_once(&out, rows)?;
        Ok((self.asked()? - before).saturating_sub(rows))
    }
}

fn lines(file: &Path) -> usize {
    std::fs::read(file).map_or(0, |bytes| bytes.iter().filter(|b| **b == b'\n').count())
}

fn each_once(file: &Path, rows: usize) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let mut numbers = Vec::with_capacity(rows);
    for line in text.lines() {
        let row: Value = serde_json::from_str(line)?;
        ensure!(row["verdict"] == "passed", "a row is {}", row["code"]);
        numbers.push(row["row"].as_u64().unwrap_or(0));
    }
    numbers.sort_unstable();
    ensure!(numbers.iter().copied().eq(1..=rows as u64), "a row is lost or there twice");
    Ok(())
}

fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok()).unwrap_or(0)
}
