//! Where a row's secret comes from: `env:`, `file:`, `cmd:`, or the row itself.

use std::process::Stdio;

use handrail_credential::Secret;

use crate::vendor::files::shell;

/// Bytes of a secret that are taken from a file or a program; an Entra secret has at most 64 characters.
const MAX_SECRET: usize = 16 * 1024;

/// What stands in the column is the secret itself.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.is_empty() && !["env:", "file:", "cmd:"].iter().any(|start| text.starts_with(start))
}

/// The secret that a reference stands for, or the code of what is wrong with it. Errors never quote anything.
pub(super) fn resolve(text: &str, run_commands: bool) -> Result<Secret, &'static str> {
    if let Some(name) = text.strip_prefix("env:") {
        return std::env::var(name.trim()).map(Secret::new).map_err(|_| "secret-variable-missing");
    }
    if let Some(path) = text.strip_prefix("file:") {
        let bytes = std::fs::read(path.trim()).map_err(|_| "secret-file-unreadable")?;
        return taken(&bytes);
    }
    if let Some(line) = text.strip_prefix("cmd:") {
        if !run_commands {
            return Err("commands-not-allowed");
        }
        let output = shell(line)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .map_err(|_| "secret-command-failed")?;
        return if output.status.success() { taken(&output.stdout) } else { Err("secret-command-failed") };
    }
    Ok(Secret::new(text))
}

fn taken(bytes: &[u8]) -> Result<Secret, &'static str> {
    if bytes.len() > MAX_SECRET {
        return Err("secret-too-large");
    }
    std::str::from_utf8(bytes)
        .map(|t| Secret::new(t.trim_end_matches(['\r', '\n'])))
        .map_err(|_| "secret-not-text")
}

/// What a code of this module says to people.
pub(super) fn words(code: &str) -> &'static str {
    match code {
        "secret-variable-missing" => "The environment variable of the secret is not set.",
        "secret-file-unreadable" => "The file of the secret cannot be read.",
        "secret-command-failed" => "The command for the secret failed.",
        "commands-not-allowed" => "This row would run a command; allow that with --run-commands.",
        "secret-too-large" => "What the reference leads to is too long for a secret.",
        "secret-not-text" => "What the reference leads to is no text.",
        _ => "This row cannot be read.",
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plain, resolve};

    #[test]
    fn references_are_followed_and_never_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "canary\r\n").unwrap();
        let text = |r: &str, run| resolve(r, run).map(|s| s.expose().to_owned()); // EXPOSE: a test's word.
        assert_eq!(text(&format!("file:{}", file.display()), false), Ok("canary".to_owned()));
        assert_eq!(text("env:PATH", false).ok(), std::env::var("PATH").ok());
        assert_eq!(text("cmd:printf canary", true), Ok("canary".to_owned()));
        assert_eq!(text("cmd:printf canary", false), Err("commands-not-allowed"));
        assert_eq!(text("env:HANDRAIL_NO_SUCH_NAME", false), Err("secret-variable-missing"));
        assert_eq!(text("plain", false), Ok("plain".to_owned()));
        assert!(is_plain("plain") && !is_plain("env:X") && !is_plain(""));
    }
}
