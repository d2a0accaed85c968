//! Programs that start programs: run in a process group of their own, so that nothing of them is left when
//! they end, take too long, or a person presses Ctrl-C.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The groups that Ctrl-C is passed on to.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How long a program may take to clean up after Ctrl-C before it is ended.
const GRACE: Duration = Duration::from_secs(10);

/// How a group ended.
pub(crate) enum Ended {
    /// By itself.
    With(ExitStatus),
    /// It took longer than it was given.
    TookTooLong,
}

/// From here on Ctrl-C (and a polite kill) is passed on to the running groups, or ends us where none runs.
pub(crate) fn watch_for_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        let groups = RUNNING.lock().map(|groups| groups.clone()).unwrap_or_default();
        if groups.is_empty() {
            end_children();
            std::process::exit(130);
        }
        groups.iter().for_each(|group| signal("INT", *group));
        thread::sleep(GRACE);
        groups.iter().for_each(|group| signal("KILL", *group));
    })
    .context("cannot listen for Ctrl-C")
}

/// Ends what we started outside a group, a build for example: the signal may have come to us alone.
fn end_children() {
    let table = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).stderr(Stdio::null()).output();
    let table = table.map(|said| String::from_utf8_lossy(&said.stdout).into_owned()).unwrap_or_default();
    let below = descendants(&table, std::process::id());
    if !below.is_empty() {
        let pids = below.iter().map(u32::to_string);
        let _ = Command::new("kill").arg("-TERM").args(pids).stderr(Stdio::null()).status();
    }
}

/// Every process below one, by a table of process and parent.
fn descendants(table: &str, root: u32) -> Vec<u32> {
    let rows = || {
        table.lines().filter_map(|line| {
            let (pid, parent) = line.trim().split_once(char::is_whitespace)?;
            Some((pid.parse::<u32>().ok()?, parent.trim().parse::<u32>().ok()?))
        })
    };
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(rows().filter(|(_, of)| *of == parent).map(|(pid, _)| pid));
        next += 1;
    }
    found.split_off(1)
}

/// Whether somebody pressed Ctrl-C.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Runs a command in a group of its own to its end, at most for so long. Each line that it prints is passed on.
/// When it has ended, what it started and left is ended too.
pub(crate) fn run(
    command: &mut Command,
    at_most: Option<Duration>,
    mut line: impl FnMut(&str) + Send,
) -> Result<Ended> {
    own_group(command);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start it")?;
    let group = child.id();
    now_running(group);
    let printed = child.stdout.take().context("no output")?;
    let ended = thread::scope(|scope| {
        scope.spawn(move || {
            for text in BufReader::new(printed).lines().map_while(Result::ok) {
                line(&text);
            }
        });
        let ended = wait(&mut child, at_most);
        signal("KILL", group);
        ended
    });
    no_longer_running(group);
    ended
}

fn wait(child: &mut Child, at_most: Option<Duration>) -> Result<Ended> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ended::With(status));
        }
        if at_most.is_some_and(|limit| start.elapsed() > limit) {
            signal("KILL", child.id());
            child.kill().ok();
            child.wait()?;
            return Ok(Ended::TookTooLong);
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn now_running(group: u32) {
    if let Ok(mut running) = RUNNING.lock() {
        running.push(group);
    }
}

fn no_longer_running(group: u32) {
    if let Ok(mut running) = RUNNING.lock() {
        running.retain(|other| *other != group);
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Sends a signal to every process of the group; one that is gone already is no error.
fn signal(name: &str, group: u32) {
    if cfg!(unix) {
        let _ =
            Command::new("sh").args(["-c", &format!("kill -{name} -{group}")]).stderr(Stdio::null()).status();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Whether a process still does something; one that nobody has waited for yet does not.
    fn alive(pid: &str) -> bool {
        if std::path::Path::new("/proc/self/stat").exists() {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            return stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(" Z"));
        }
        let state = Command::new("ps").args(["-o", "stat=", "-p", pid]).output().unwrap();
        let state = String::from_utf8(state.stdout).unwrap();
        !state.trim().is_empty() && !state.starts_with('Z')
    }

    #[test]
    fn what_a_program_leaves_behind_is_ended() {
        let mut pid = String::new();
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 60 & echo $!"]);
        let ended = run(&mut shell, None, |line| pid = line.to_owned()).unwrap();
        assert!(matches!(ended, Ended::With(status) if status.success()));
        let gone = (0..40).any(|_| {
            thread::sleep(Duration::from_millis(25));
            !alive(&pid)
        });
        assert!(gone, "process {pid} is still there");
    }

    #[test]
    fn what_is_below_a_process_is_found_in_a_table_in_any_order() {
        let table = "   12     1\n  40    30\n  30    12\n   13     1\n";
        assert_eq!(descendants(table, 12), [30, 40]);
        assert_eq!(descendants(table, 40), Vec::<u32>::new());
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let mut shell = Command::new("sleep");
        let ended = run(shell.arg("60"), Some(Duration::from_millis(100)), |_| {}).unwrap();
        assert!(matches!(ended, Ended::TookTooLong));
    }
}
