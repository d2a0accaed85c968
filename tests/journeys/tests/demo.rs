//! The demo as a person starts and ends it: to the green verdict, with a window, with its ports taken, and ended in
//! every way there is. Whatever it started is gone afterwards, processes and temporary folders alike.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use handrail_world::browser::Kind;
use handrail_world::wait::until;
use tempfile::TempDir;

/// Every process that the demo starts inherits this variable, wherever it goes.
const MARK: &str = "HANDRAIL_DEMO_TEST";
/// Long enough for a browser's start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running demo.
struct Demo {
    child: Child,
    /// What it prints, line by line.
    lines: Receiver<String>,
    /// Its temporary files; also what marks its processes.
    temporary: TempDir,
}

impl Demo {
    fn start(arguments: &[&str], display: Option<&str>) -> Self {
        let temporary = tempfile::Builder::new().prefix("demo-test-").tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0);
        command.env(MARK, temporary.path()).env("TMPDIR", temporary.path());
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let mut child = command.spawn().unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        Self { child, lines, temporary }
    }

    /// Reads on until a line holds this text; answers all that was read.
    #[track_caller]
    fn says(&mut self, part: &str) -> String {
        let mut read = String::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => read.push_str(&line),
                Err(RecvTimeoutError::Timeout) => panic!("the demo is silent, without {part:?}:\n{read}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the demo ended without {part:?}:\n{read}"),
            }
            if read.lines().next_back().is_some_and(|line| line.contains(part)) {
                return read;
            }
        }
    }

    fn signal(&self, name: &str, whole_group: bool) {
        let target = if whole_group { format!("-{}", self.child.id()) } else { self.child.id().to_string() };
        let sent = Command::new("kill").args([&format!("-{name}"), "--", &target]).status().unwrap();
        assert!(sent.success());
    }

    /// Command lines of what it started and what still runs.
    fn running(&self) -> Vec<(u32, String)> {
        let mark = format!("{MARK}={}", self.temporary.path().display());
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let own = fs::read(entry.path().join("environ")).unwrap_or_default();
            if own.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes()) {
                let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
                found.push((pid, String::from_utf8_lossy(&line).replace('\0', " ")));
            }
        }
        found
    }

    /// Waits for its end and looks for what it left; answers its exit code and its last words.
    #[track_caller]
    fn ends(&mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        let status = until("the demo to end", PATIENCE, || Ok(self.child.try_wait()?)).unwrap();
        let words = self.lines.iter().collect();
        // A process that was just told to go needs a moment to be gone.
        let gone = until("everything to be gone", PATIENCE, || Ok(self.running().is_empty().then_some(())));
        assert!(gone.is_ok(), "left after {:?}: {:?}", begun.elapsed(), self.running());
        let left: Vec<_> =
            fs::read_dir(self.temporary.path()).unwrap().flatten().map(|e| e.file_name()).collect();
        assert!(left.is_empty(), "temporary files are left: {left:?}");
        (status.code(), words)
    }
}

/// Read on a thread of its own, so that a demo that falls silent does not hold the tests.
fn lines_of(out: ChildStdout) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut out = BufReader::new(out);
        let mut line = String::new();
        while matches!(out.read_line(&mut line), Ok(read) if read > 0) {
            if sender.send(std::mem::take(&mut line)).is_err() {
                break;
            }
        }
    });
    lines
}

/// A test that fails in the middle leaves nothing either.
impl Drop for Demo {
    fn drop(&mut self) {
        for (pid, _) in self.running() {
            drop(Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status());
        }
        drop(self.child.wait());
    }
}

/// Free ports, so that tests never depend on what else runs here.
fn free_ports() -> [String; 2] {
    let listeners = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port().to_string())
}

fn start_headless(out: &Path) -> Demo {
    let [worker, tenant] = free_ports();
    let out = out.display().to_string();
    Demo::start(&["--headless", "--port", &worker, "--tenant-port", &tenant, "--out", &out], None)
}

#[test]
fn without_a_display_it_walks_to_the_green_verdict_with_a_picture_of_each_step() {
    let out = tempfile::tempdir().unwrap();
    let [worker, tenant] = free_ports();
    let folder = out.path().display().to_string();
    let mut demo = Demo::start(&["--port", &worker, "--tenant-port", &tenant, "--out", &folder], None);
    let said = demo.says("walkthrough: ");
    assert!(said.contains("verdict: passed"), "{said}");
    assert!(said.contains(&format!("http://127.0.0.1:{worker}")), "the address is not told: {said}");
    assert_eq!(demo.ends().0, Some(0));

    let page = fs::read_to_string(out.path().join("index.html")).unwrap();
    let named: Vec<&str> =
        page.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(named.len() > 40, "only {} pictures", named.len());
    let mut there: Vec<String> = fs::read_dir(out.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".png"))
        .collect();
    there.sort();
    let mut wanted = named.clone();
    wanted.sort_unstable();
    assert_eq!(there, wanted, "pictures on the page and in the folder");
    let last = said.lines().rev().find_map(|line| line.trim().split_once('/')?.0.parse::<u32>().ok());
    let last = last.expect("no step is counted");
    assert!(last > 40, "only {last} steps");
    for step in 1..=last {
        assert!(page.contains(&format!("<b>{step}</b>")), "step {step} is not told of");
    }
}

#[test]
fn a_taken_port_is_said_and_another_is_used() {
    let out = tempfile::tempdir().unwrap();
    let taken = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    let [worker, tenant] = taken.each_ref().map(|l| l.local_addr().unwrap().port().to_string());
    let folder = out.path().display().to_string();
    let arguments = ["--headless", "--port", &worker, "--tenant-port", &tenant, "--out", &folder];
    let mut demo = Demo::start(&arguments, None);
    let said = demo.says("walking ");
    for port in [&worker, &tenant] {
        assert!(said.contains(&format!("port {port} is taken")), "{said}");
        assert!(!said.contains(&format!("127.0.0.1:{port}")), "{said}");
    }
    demo.signal("INT", false);
    let (code, words) = demo.ends();
    assert_eq!(code, Some(130), "{words}");
    assert!(words.contains("nothing is left running"), "{words}");
}

#[test]
fn ctrl_c_and_a_polite_kill_leave_nothing_behind() {
    let out = tempfile::tempdir().unwrap();
    // When it is ended, by what, and whether the whole group hears it, as it does from a terminal.
    let ways = [
        ("starting the practice tenant", "TERM", false),
        ("starting the browser", "INT", true),
        ("  2/", "INT", true),
        ("  2/", "HUP", false),
    ];
    for (when, signal, whole_group) in ways {
        let mut demo = start_headless(out.path());
        demo.says(when);
        demo.signal(signal, whole_group);
        assert_eq!(demo.ends().0, Some(130), "{signal} at {when:?}");
    }
}

/// A display that nobody sees, gone when dropped.
struct Display(Child, String);

impl Display {
    /// None where the program is not installed.
    fn open() -> Option<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1680x1050x24", "-nolisten", "tcp"]);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut number = String::new();
        BufReader::new(child.stdout.take()?).read_line(&mut number).ok()?;
        Some(Self(child, format!(":{}", number.trim())))
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Whether this is the command line of the browser, and not that of a process of its own.
fn is_browser(line: &str) -> bool {
    let (of_browser, of_its_own) = match Kind::chosen() {
        Kind::Chromium => ("--remote-debugging-pipe", "--type="),
        Kind::Firefox => ("-no-remote", "-contentproc"),
    };
    line.contains(of_browser) && !line.contains(of_its_own)
}

#[test]
fn with_a_display_the_window_stays_until_it_is_closed_or_ctrl_c_is_pressed() {
    let Some(display) = Display::open() else {
        println!("not tested: Xvfb is not installed");
        return;
    };
    for closed in [true, false] {
        let [worker, tenant] = free_ports();
        let mut demo = Demo::start(&["--port", &worker, "--tenant-port", &tenant], Some(&display.1));
        let said = demo.says("Close the browser or press Ctrl-C");
        for address in [
            "https://portal.azure.com/",
            "https://entra.microsoft.com/",
            &format!("http://127.0.0.1:{worker}"),
        ] {
            assert!(said.contains(address), "{address} is not told: {said}");
        }
        let running = demo.running();
        let (browser, line) = running.iter().find(|(_, line)| is_browser(line)).expect("no browser runs");
        assert!(!line.contains("-headless"), "the window is not shown: {line}");
        assert!(running.iter().any(|(_, line)| line.contains("workerd")), "no Worker runs: {running:?}");
        if closed {
            drop(Command::new("kill").args(["-TERM", &browser.to_string()]).status());
            assert_eq!(demo.ends().0, Some(0));
        } else {
            demo.signal("INT", true);
            assert_eq!(demo.ends().0, Some(130));
        }
    }
}

#[test]
fn with_a_display_the_ring_can_be_followed() {
    let Some(display) = Display::open() else {
        println!("not tested: Xvfb is not installed");
        return;
    };
    let [worker, tenant] = free_ports();
    let arguments = ["--watch", "--port", &worker, "--tenant-port", &tenant];
    let mut demo = Demo::start(&arguments, Some(&display.1));
    // To the first value that is typed: rings on controls of the portal were pressed on the way.
    demo.says(" 11/");
    demo.signal("INT", true);
    assert_eq!(demo.ends().0, Some(130));
}
