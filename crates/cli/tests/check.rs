//! `handrail check` as a person runs it, against the practice tenant's TLS listener, reached through a proxy that
//! leads every host there. What is proved: exit codes, words, that the secret shows nowhere, and a whole batch.

#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Output, Stdio};

use handrail_tenant::{Options, Running, proxy_to};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

struct Practice {
    running: Running,
    _runtime: Runtime,
    folder: tempfile::TempDir,
    proxy: SocketAddr,
}

impl Practice {
    fn start() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = Options { http_port: 0, tls_port: 0, portal: None };
        let running = runtime.block_on(handrail_tenant::start(options)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), &running.certificate_pem).unwrap();
        let proxy = proxy_to(running.tls).unwrap();
        Self { running, _runtime: runtime, folder, proxy }
    }

    fn post(&self, what: &str, body: &Value) -> Value {
        let url = format!("http://{}/_practice/{what}", self.running.http);
        let mut answer = ureq::post(url).send(body.to_string().as_bytes()).unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    fn good(&self) -> Value {
        self.post(
            "seed",
            &json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true}),
        )
    }

    fn handrail(&self, arguments: &[&str], secret: &str) -> Output {
        self.command("check", arguments, secret)
    }

    fn command(&self, name: &str, arguments: &[&str], secret: &str) -> Output {
        let mut child = self.spawn(name, arguments);
        // The command may end before it reads, when its arguments are wrong.
        drop(child.stdin.take().unwrap().write_all(secret.as_bytes()));
        child.wait_with_output().unwrap()
    }

    fn spawn(&self, name: &str, arguments: &[&str]) -> std::process::Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handrail"));
        // A proxy of the machine must not get in the way of ours.
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command
            .arg(name)
            .args(arguments)
            .arg("--ca")
            .arg(self.folder.path().join("ca.pem"))
            .arg("--root")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .env("HTTPS_PROXY", format!("http://{}", self.proxy))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[track_caller]
fn ended(output: &Output, code: i32, words: &str, secret: &str) {
    let out = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{out}");
    assert!(out.contains(words), "no `{words}` in:\n{out}");
    assert!(!out.contains(secret), "{out}");
}

#[test]
fn each_outcome_has_its_exit_code() {
    let practice = Practice::start();
    let made = practice.good();
    let secret = text(&made["secret"]["value"]);
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    let guide = ["--guide", "securus360", "--tenant-domain", text(&made["domain"])];
    let all = [&ids[..], &guide[..]].concat();
    ended(&practice.handrail(&ids, secret), 0, "passed", secret);
    ended(&practice.handrail(&[&all[..], &["--client-secret-stdin"]].concat(), secret), 0, "passed", secret);
    let wrong = practice.handrail(&all, text(&made["secret"]["keyId"]));
    ended(&wrong, 1, "Secret ID was copied instead of the Value", secret);
    ended(&practice.handrail(&ids[..2], secret), 2, "--client-id is missing", secret);
    let told = practice.handrail(&[&all[..], &["--value", &format!("client-secret={secret}")]].concat(), "");
    ended(&told, 2, "on the command line", secret);
    practice.post("scenario", &json!({"tokenFault": {"kind": "53003"}}));
    ended(&practice.handrail(&all, secret), 4, "Conditional Access", secret);
}

#[test]
fn the_json_is_a_report() {
    let practice = Practice::start();
    let made = practice.post("seed", &json!({"permissions": ["ActivityFeed.Read"], "consent": true}));
    let domain = text(&made["domain"]);
    let output = practice.handrail(
        &[
            "--guide",
            "securus360",
            "--json",
            "--tenant-id",
            text(&made["tenantId"]),
            "--client-id",
            text(&made["clientId"]),
            "--tenant-domain",
            domain,
        ],
        text(&made["secret"]["value"]),
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["verdict"], "failed");
    assert_eq!(report["missing"][0]["role"], "ActivityFeed.ReadDlp");
}

#[test]
fn a_file_of_rows_is_checked_row_by_row() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let (secret, id) = (text(&made["secret"]["value"]), text(&made["secret"]["keyId"]));
    let file = practice.folder.path().join("rows.csv");
    std::fs::write(practice.folder.path().join("secret"), secret).unwrap();
    let reference = format!("file:{}", practice.folder.path().join("secret").display());
    let rows = format!(
        "tenant,client,secret\n{tenant},{client},{reference}\n{tenant},{client},{id}\nonly one\n{tenant},{client},{secret}\n{tenant},{client},env:HANDRAIL_NONE\n"
    );
    std::fs::write(&file, rows).unwrap();
    let output = practice.command("batch", &[file.to_str().unwrap()], "");
    ended(&output, 1, "secret-id-instead", secret);
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut verdicts: Vec<(String, String)> = out
        .lines()
        .map(|l| l.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .map(|l| (l[0].clone(), l[3].clone()))
        .collect();
    verdicts.sort();
    let wanted = ["passed", "FAILED", "could not tell", "passed", "could not tell"];
    assert_eq!(verdicts.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>(), wanted);
}

/// Killed in the middle and started again: every row is there once.
#[test]
fn a_batch_goes_on_where_it_was_killed() {
    let practice = Practice::start();
    let made = practice.good();
    let (tenant, client) = (text(&made["tenantId"]), text(&made["clientId"]));
    let file = practice.folder.path().join("rows.csv");
    let out = practice.folder.path().join("out.ndjson");
    let rows: String = (0..300).map(|n| format!("{tenant},{client},wrong-secret-number-{n:04}\n")).collect();
    std::fs::write(&file, format!("tenant,client,secret\n{rows}")).unwrap();
    let arguments = [file.to_str().unwrap(), "--out", out.to_str().unwrap(), "--in-flight", "8"];
    let done = || std::fs::read_to_string(&out).unwrap_or_default().lines().count();
    let mut child = practice.spawn("batch", &arguments);
    while done() < 40 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = done();
    // The last line may have been cut by the kill.
    let mut cut = std::fs::read_to_string(&out).unwrap();
    cut.push_str("{\"row\":300,\"ver");
    std::fs::write(&out, cut).unwrap();
    let output = practice.command("batch", &arguments, "");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&out).unwrap();
    let mut numbers: Vec<u64> =
        text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["row"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=300).collect::<Vec<_>>());
    assert!(before >= 40 && !text.contains("wrong-secret-number"));
    let other = practice.folder.path().join("other.csv");
    std::fs::write(&other, "tenant,client,secret\n").unwrap();
    let refused = practice.command("batch", &[other.to_str().unwrap(), "--out", out.to_str().unwrap()], "");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_host_that_cannot_be_reached_is_could_not_tell() {
    let practice = Practice::start();
    let made = practice.good();
    let secret = text(&made["secret"]["value"]);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let practice = Practice { proxy: nobody, ..practice };
    let ids = ["--tenant-id", text(&made["tenantId"]), "--client-id", text(&made["clientId"])];
    ended(&practice.handrail(&ids, secret), 4, "could not be reached", secret);
}
