//! Running programs and telling how far we are.

use std::env;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::paths;

/// A command started at the root of the clone.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(paths::root());
    command
}

/// Cargo, as if a person had typed it: what the outer Cargo told us about ourselves is left out, because
/// build scripts that look at it would rebuild their crates each time.
pub(crate) fn cargo() -> Command {
    let mut command = command(env::var_os("CARGO").map_or_else(|| "cargo".into(), std::path::PathBuf::from));
    for (name, _) in env::vars_os() {
        let told = name.to_string_lossy();
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if ours.iter().any(|prefix| told.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end, its output shown.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", words(command));
    }
    Ok(())
}

/// Runs a command that may be ended and begun again when it takes too long, its output shown.
pub(crate) fn run_within(command: &mut Command, at_most: Duration, tries: u32) -> Result<()> {
    for _ in 0..tries {
        let mut child = command.spawn().with_context(|| format!("cannot start {}", words(command)))?;
        if let Some(status) = ended(&mut child, at_most)? {
            if !status.success() {
                bail!("{} ended with {status}", words(command));
            }
            return Ok(());
        }
        child.kill()?;
        child.wait()?;
        println!("{} took more than {} s; it was ended", words(command), at_most.as_secs());
    }
    bail!("{} did not come to its end in {tries} tries: is the network there?", words(command))
}

/// How a child ended, if it did in this time.
fn ended(child: &mut Child, at_most: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        let status = child.try_wait()?;
        if status.is_some() || start.elapsed() > at_most {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Runs a command to its end, its output shown only when it fails.
pub(crate) fn run_quiet(command: &mut Command) -> Result<()> {
    capture(command).map(drop)
}

/// Runs a command to its end and returns what it printed; what it said is shown only when it fails.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", words(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let printed = String::from_utf8_lossy(&output.stdout);
        bail!("{} ended with {}\n{printed}{said}", words(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed no text", words(command)))
}

/// Whether a command can be run at all and says yes.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as a person would type it, cut short.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for arg in command.get_args().take(6) {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    if command.get_args().len() > 6 {
        text.push_str(" …");
    }
    text
}

/// Numbered progress lines: one when a piece of work begins, one with its time when it ends.
pub(crate) struct Progress {
    total: usize,
    begun: usize,
}

impl Progress {
    /// Progress through so many pieces of work.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, begun: 0 }
    }

    /// Does one piece of work.
    pub(crate) fn step<T>(&mut self, name: &str, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.begun += 1;
        let place = format!("[{}/{}] {name}", self.begun, self.total);
        println!("{place}: {what}");
        let start = Instant::now();
        let done = work().with_context(|| format!("{name} failed"));
        let word = if done.is_ok() { "done" } else { "FAILED" };
        println!("{place}: {word}  {:.1} s", start.elapsed().as_secs_f64());
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_stalls_is_begun_again_and_then_given_up() {
        let begun = env::temp_dir().join(format!("handrail-begun-{}", std::process::id()));
        let mut command = Command::new("sh");
        command.arg("-c").arg(r#"test -e "$0" || { touch "$0"; exec sleep 600; }"#).arg(&begun);
        run_within(&mut command, Duration::from_secs(2), 2).unwrap();
        std::fs::remove_file(begun).unwrap();
        let mut stalls = Command::new("sleep");
        let given_up = run_within(stalls.arg("600"), Duration::from_millis(200), 2).unwrap_err();
        assert!(given_up.to_string().contains("2 tries"), "{given_up}");
        assert!(run_within(&mut Command::new("false"), Duration::from_secs(60), 2).is_err());
    }
}
