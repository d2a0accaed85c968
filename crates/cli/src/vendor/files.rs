//! Files that only their owner may read, and commands that keep what no file should.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use zeroize::Zeroizing;

/// Writes a file that only its owner can read, and makes its folder where there is none. An existing one is replaced as a
/// whole, or not at all.
pub(crate) fn write_private(file: &Path, text: &[u8]) -> anyhow::Result<()> {
    let told = || format!("cannot write {}", file.display());
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let name = file.file_name().with_context(told)?.to_string_lossy();
    let fresh = folder.join(format!(".{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    fs::create_dir_all(folder).with_context(told)?;
    let written = options.open(&fresh).and_then(|mut out| {
        out.write_all(text)?;
        out.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&fresh, file));
    if moved.is_err() {
        drop(fs::remove_file(&fresh));
    }
    moved.with_context(told)
}

/// Reads a file of secrets; one that others can read is refused, as ssh does.
pub(crate) fn read_private(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    refuse(file, 0o077, "read")?;
    read(file).map(Zeroizing::new)
}

/// Reads a file that is no secret and has to be the user's own; one that others can change is refused.
pub(crate) fn read_own(file: &Path) -> anyhow::Result<String> {
    refuse(file, 0o022, "changed")?;
    read(file)
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Refuses a file that gives others one of these permissions, where files have such.
#[cfg_attr(not(unix), allow(unused_variables, reason = "only there are permissions bits"))]
fn refuse(file: &Path, others: u32, what: &str) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let told = || format!("cannot read {}", file.display());
        let mode = fs::metadata(file).with_context(told)?.permissions().mode();
        ensure!(mode & others == 0, "{} can be {what} by others: run `chmod 600 {0}`", file.display());
    }
    Ok(())
}

/// Gives a text to another command's standard input.
pub(crate) fn pipe_to(command: &str, text: &[u8]) -> anyhow::Result<()> {
    let mut child =
        shell(command).stdin(Stdio::piped()).spawn().with_context(|| format!("cannot run `{command}`"))?;
    let mut stdin = child.stdin.take().context("the command has no standard input")?;
    stdin.write_all(text).with_context(|| format!("`{command}` did not take what was given to it"))?;
    drop(stdin);
    ensure!(child.wait()?.success(), "`{command}` failed");
    Ok(())
}

/// What another command prints.
pub(crate) fn read_from(command: &str) -> anyhow::Result<Zeroizing<String>> {
    let output = shell(command)
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run `{command}`"))?;
    ensure!(output.status.success(), "`{command}` failed");
    Ok(Zeroizing::new(String::from_utf8(output.stdout).context("the command printed no text")?))
}

/// A command line for the shell of this machine.
pub(crate) fn shell(command: &str) -> Command {
    let (program, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(program);
    shell.args([flag, command]);
    shell
}
