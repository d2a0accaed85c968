//! The command at a terminal: a secret is asked for without showing it, and whatever ends the asking leaves the terminal as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "helpers of tests")]

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

/// `handrail check` asking for its secret at a terminal, and both ends of that.
fn asking() -> (Child, File, File) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let theirs = OpenOptions::new().read(true).write(true).open(name).unwrap();
    assert!(echoes(&theirs), "a terminal shows what is typed");
    let child = Command::new(env!("CARGO_BIN_EXE_handrail"))
        .args(["check", "--tenant-id", "contoso.onmicrosoft.com"])
        .args(["--client-id", "11111111-2222-4333-8444-555555555555"])
        .stdin(theirs.try_clone().unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while echoes(&theirs) {
        assert!(start.elapsed() < Duration::from_secs(30), "the secret would be shown");
        std::thread::sleep(Duration::from_millis(20));
    }
    (child, File::from(ours), theirs)
}

fn echoes(terminal: &File) -> bool {
    tcgetattr(terminal).unwrap().local_modes.contains(LocalModes::ECHO)
}

fn words(child: &mut Child) -> String {
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn an_interrupted_question_leaves_a_terminal_that_shows_what_is_typed() {
    let (mut child, _ours, theirs) = asking();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(echoes(&theirs), "nothing that is typed from here on would be shown");
    assert!(words(&mut child).contains("not shown"));
}

#[test]
fn an_answered_question_leaves_a_terminal_that_shows_what_is_typed() {
    let (mut child, mut ours, theirs) = asking();
    ours.write_all(b"\n").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert!(echoes(&theirs));
    assert!(words(&mut child).contains("there was no secret"));
}
