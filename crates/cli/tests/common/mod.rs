//! A practice tenant behind a proxy and a certificate of its own, and the command as a person runs it.

#![allow(dead_code, clippy::unwrap_used, missing_docs, reason = "helpers of tests, each uses its own")]

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::{Command, Output, Stdio};

use handrail_tenant::{Options, Running, proxy_to};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

pub struct Practice {
    pub running: Running,
    pub _runtime: Runtime,
    pub folder: tempfile::TempDir,
    pub proxy: SocketAddr,
}

impl Practice {
    pub fn start() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = Options { http_port: 0, tls_port: 0, portal: None };
        let running = runtime.block_on(handrail_tenant::start(options)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), &running.certificate_pem).unwrap();
        let proxy = proxy_to(running.tls).unwrap();
        Self { running, _runtime: runtime, folder, proxy }
    }

    pub fn post(&self, what: &str, body: &Value) -> Value {
        let url = format!("http://{}/_practice/{what}", self.running.http);
        let mut answer = ureq::post(url).send(body.to_string().as_bytes()).unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    pub fn good(&self) -> Value {
        self.post(
            "seed",
            &json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true}),
        )
    }

    pub fn handrail(&self, arguments: &[&str], secret: &str) -> Output {
        self.command("check", arguments, secret)
    }

    pub fn command(&self, name: &str, arguments: &[&str], secret: &str) -> Output {
        let mut child = self.spawn(name, arguments);
        // The command may end before it reads, when its arguments are wrong.
        drop(child.stdin.take().unwrap().write_all(secret.as_bytes()));
        child.wait_with_output().unwrap()
    }

    pub fn spawn(&self, name: &str, arguments: &[&str]) -> std::process::Child {
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

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[track_caller]
pub fn ended(output: &Output, code: i32, words: &str, secret: &str) {
    let out = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{out}");
    assert!(out.contains(words), "no `{words}` in:\n{out}");
    assert!(!out.contains(secret), "{out}");
}
