//! The bash scripts, run for real against a stand-in for the Azure CLI.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use handrail_guide::load::compile_all;
use handrail_guide::render::output;

/// Keeps what was made in files of `$STATE`, and writes every call that changes something into `$STATE/changes`.
const FAKE_AZ: &str = r#"#!/usr/bin/env bash
set -eu
id=11111111-2222-4333-8444-555555555555
changed() { printf '%s\n' "$*" >> "$STATE/changes"; }
case "$1 $2 ${3:-} ${4:-}" in
  "account show"*) cat "$STATE/tenant" 2>/dev/null || exit 1 ;;
  "login --tenant"*) printf '%s' "$3" > "$STATE/tenant" ;;
  "ad app list "*) [ ! -e "$STATE/app" ] || echo "$id" ;;
  "ad app create "*) changed "$*"; touch "$STATE/app" ;;
  "ad app update "*) changed "$*" ;;
  "ad app permission list") shift 4; [ ! -e "$STATE/permissions" ] || while read -r p; do case "$*" in *"$p"*) echo "$p" ;; esac; done < "$STATE/permissions" ;;
  "ad app permission add") changed "$*"; printf '%s\n' "${10%=*}" >> "$STATE/permissions" ;;
  "ad app permission admin-consent") changed "$*"; cp "$STATE/permissions" "$STATE/granted" ;;
  "ad sp show "*) [ -e "$STATE/sp" ] ;;
  "ad sp create "*) changed "$*"; touch "$STATE/sp" ;;
  "rest --method get "*) cat "$STATE/granted" 2>/dev/null || true ;;
  "ad app credential list") [ ! -e "$STATE/secret" ] || echo 2027-05-20 ;;
  "ad app credential reset") changed "$*"; touch "$STATE/secret"; cat "$STATE/next-secret" ;;
  *) echo "unexpected: $*" >&2; exit 99 ;;
esac
"#;

/// Takes the secret from its standard input and keeps it apart.
const FAKE_HANDRAIL: &str =
    "#!/usr/bin/env bash\ncat > \"$STATE/checked\"\nprintf '%s ' \"$@\" > \"$STATE/arguments\"\n";

struct Bench {
    folder: PathBuf,
    secret: String,
}

impl Bench {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("handrail-az-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("bin")).unwrap();
        std::fs::create_dir_all(folder.join("state")).unwrap();
        for (name, text) in [("az", FAKE_AZ), ("handrail", FAKE_HANDRAIL)] {
            let path = folder.join("bin").join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let plan = compile_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .unwrap()
            .remove("securus360")
            .unwrap();
        std::fs::write(folder.join("script.sh"), (output("az").unwrap().render)(&plan).unwrap()).unwrap();
        let secret =
            format!("made-up-{:?}", std::time::SystemTime::now()).replace(|c: char| !c.is_alphanumeric(), "");
        std::fs::write(folder.join("state/next-secret"), &secret).unwrap();
        Self { folder, secret }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new("bash")
            .arg(self.folder.join("script.sh"))
            .args(arguments)
            .env("PATH", format!("{}:/usr/bin:/bin", self.folder.join("bin").display()))
            .env("STATE", self.folder.join("state"))
            .current_dir(&self.folder)
            .output()
            .unwrap()
    }

    fn state(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join("state").join(name)).unwrap_or_default()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const TENANT: &str = "7d3a5e0c-6f1b-4a52-9c55-1f2a3b4c5d6e";

#[test]
fn the_script_makes_everything_once_and_a_second_run_changes_nothing() {
    let bench = Bench::new("twice");
    let first = bench.run(&["--tenant", TENANT]);
    let said = String::from_utf8_lossy(&first.stdout).into_owned() + &String::from_utf8_lossy(&first.stderr);
    assert!(first.status.success(), "{said}");
    let changes = bench.state("changes");
    assert_eq!(changes.matches("permission add").count(), 2, "{changes}");
    assert_eq!(changes.matches("admin-consent").count(), 1, "{changes}");
    assert!(changes.contains("--append"), "{changes}");
    assert_eq!(bench.state("checked"), bench.secret, "the secret went to handrail by pipe");
    assert!(!said.contains(&bench.secret), "the secret was printed");
    assert!(!bench.state("arguments").contains(&bench.secret), "the secret stood in an argument");

    let second = bench.run(&["--tenant", TENANT]);
    assert!(second.status.success());
    assert_eq!(bench.state("changes"), changes, "a second run changes nothing");
}

#[test]
fn a_dry_run_changes_nothing_and_says_what_it_would_do() {
    let bench = Bench::new("dry");
    let run = bench.run(&["--tenant", TENANT, "--dry-run"]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(bench.state("changes"), "");
    assert!(said.contains("would run: az ad app create"), "{said}");
    assert!(said.contains("would make a secret"), "{said}");
}

#[test]
fn a_list_of_tenants_gets_a_result_each_and_a_trace_is_refused() {
    let bench = Bench::new("list");
    std::fs::write(
        bench.folder.join("tenants.txt"),
        format!("# ours\n{TENANT}\n\nfabrikam.onmicrosoft.com # second\n"),
    )
    .unwrap();
    let run = bench.run(&["--tenants", "tenants.txt", "--dry-run"]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        said.contains(&format!("{TENANT}: ok")) && said.contains("fabrikam.onmicrosoft.com: ok"),
        "{said}"
    );
    let traced = Command::new("bash")
        .arg("-x")
        .arg(bench.folder.join("script.sh"))
        .args(["--tenant", TENANT])
        .output()
        .unwrap();
    assert_eq!(traced.status.code(), Some(2));
    assert_eq!(bench.run(&[]).status.code(), Some(2), "no tenant named");
}

#[test]
fn every_bash_script_parses() {
    for (id, plan) in compile_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap() {
        let Some(text) = (output("az").unwrap().render)(&plan) else { continue };
        let path = std::env::temp_dir().join(format!("handrail-{}-{id}.sh", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let parsed = Command::new("bash").arg("-n").arg(&path).output().unwrap();
        assert!(parsed.status.success(), "{id}: {}", String::from_utf8_lossy(&parsed.stderr));
        if let Ok(linted) = Command::new("shellcheck").arg(&path).output() {
            assert!(linted.status.success(), "{id}: {}", String::from_utf8_lossy(&linted.stdout));
        }
        std::fs::remove_file(&path).unwrap();
    }
}
