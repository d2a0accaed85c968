//! The bash scripts, run for real against a stand-in for the Azure CLI.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use handrail_guide::load::{Library, compile_library};
use handrail_guide::plan::Plan;
use handrail_guide::render::output;

/// Keeps what was made in files of `$STATE`, and writes every call that changes something into `$STATE/changes`. Consent is
/// refused once for every line of `$STATE/refusals`, as it is for an app that is not everywhere yet.
const FAKE_AZ: &str = r#"#!/usr/bin/env bash
set -eu
id=11111111-2222-4333-8444-555555555555
changed() { printf '%s\n' "$*" >> "$STATE/changes"; }
consent() {
  if [ -s "$STATE/refusals" ]; then sed -i 1d "$STATE/refusals"; return 1; fi
  changed "$*"
  sed -n 's/=Role$//p' "$STATE/permissions" > "$STATE/roles"
  sed -n 's/=Scope$//p' "$STATE/permissions" | grep -F -f - "$STATE/names" | cut -d' ' -f2 | paste -sd' ' > "$STATE/scopes"
}
case "$1 $2 ${3:-} ${4:-}" in
  "account show"*) cat "$STATE/tenant" 2>/dev/null || exit 1 ;;
  "login --tenant refused"*) exit 1 ;;
  "login --tenant"*) printf '%s' "$3" > "$STATE/tenant" ;;
  "ad app list "*) [ ! -e "$STATE/app" ] || echo "$id" ;;
  "ad app create "*) changed "$*"; touch "$STATE/app"; echo "$id" ;;
  "ad app show "*) cat "$STATE/uris" 2>/dev/null || true ;;
  "ad app update "*) changed "$*"; shift 6; printf '%s\n' "$@" > "$STATE/uris" ;;
  "ad app permission list") shift 4; [ ! -e "$STATE/permissions" ] || while IFS='=' read -r p type; do case "$*" in *"$p"*"$type"*) echo "$p" ;; esac; done < "$STATE/permissions" ;;
  "ad app permission add") changed "$*"; printf '%s\n' "${10}" >> "$STATE/permissions" ;;
  "ad app permission admin-consent") consent "$*" ;;
  "ad sp show "*) [ -e "$STATE/sp" ] ;;
  "ad sp create "*) changed "$*"; touch "$STATE/sp" ;;
  "rest --method get "*) case "$*" in *oauth2PermissionGrants) kind=scopes ;; *) kind=roles ;; esac; cat "$STATE/$kind" 2>/dev/null || true ;;
  "ad app credential list") [ ! -e "$STATE/secret" ] || echo 2027-05-20 ;;
  "ad app credential reset") changed "$*"; touch "$STATE/secret"; cat "$STATE/next-secret" ;;
  *) echo "unexpected: $*" >&2; exit 99 ;;
esac
"#;

/// Each takes the secret from its standard input and keeps it apart.
const FAKE_HANDRAIL: &str =
    "#!/usr/bin/env bash\ncat > \"$STATE/checked\"\nprintf '%s ' \"$@\" > \"$STATE/arguments\"\n";
const FAKE_AGE: &str =
    "#!/usr/bin/env bash\ncat > \"$STATE/sealed\"\nprintf '%s ' \"$@\" > \"$STATE/age-arguments\"\n";
const FAKE_SLEEP: &str = "#!/usr/bin/env bash\n";

struct Bench {
    folder: PathBuf,
    secret: String,
    permissions: usize,
}

fn plans() -> BTreeMap<String, Plan> {
    compile_library(&Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()).unwrap()
}

/// Every guide that has a script for the Azure CLI.
fn scripted() -> Vec<String> {
    let guides: Vec<String> = plans()
        .into_iter()
        .filter(|(_, plan)| (output("az").unwrap().render)(plan).is_some())
        .map(|(id, _)| id)
        .collect();
    assert!(guides.len() >= 4, "{guides:?}");
    guides
}

impl Bench {
    fn new(name: &str, guide: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("handrail-az-{}-{name}-{guide}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("bin")).unwrap();
        std::fs::create_dir_all(folder.join("state")).unwrap();
        let programs =
            [("az", FAKE_AZ), ("handrail", FAKE_HANDRAIL), ("age", FAKE_AGE), ("sleep", FAKE_SLEEP)];
        for (name, text) in programs {
            let path = folder.join("bin").join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let plan = plans().remove(guide).unwrap();
        std::fs::write(folder.join("script.sh"), (output("az").unwrap().render)(&plan).unwrap()).unwrap();
        let names = plan.sheet.permissions.iter().map(|p| format!("{} {}\n", p.id, p.name));
        std::fs::write(folder.join("state/names"), names.collect::<String>()).unwrap();
        let secret =
            format!("made-up-{:?}", std::time::SystemTime::now()).replace(|c: char| !c.is_alphanumeric(), "");
        std::fs::write(folder.join("state/next-secret"), &secret).unwrap();
        Self { folder, secret, permissions: plan.sheet.permissions.len() }
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

/// What a whole run is told.
const WHOLE: &[&str] = &["--tenant", TENANT, "--seal-to", "age1made-up", "--server", "itsm.contoso.com"];

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr)
}

#[test]
fn every_script_makes_everything_once_and_a_second_run_changes_nothing() {
    for guide in scripted() {
        let bench = Bench::new("twice", &guide);
        let first = bench.run(WHOLE);
        let said = said(&first);
        assert!(first.status.success(), "{guide}: {said}");
        let changes = bench.state("changes");
        assert_eq!(changes.matches("ad app create").count(), 1, "{guide}: {changes}");
        assert_eq!(changes.matches("permission add").count(), bench.permissions, "{guide}: {changes}");
        assert_eq!(changes.matches("admin-consent").count(), 1, "{guide}: {changes}");
        assert!(changes.contains("--append"), "{guide}: {changes}");
        for place in ["checked", "sealed"] {
            assert_eq!(bench.state(place), bench.secret, "{guide}: the secret went there by pipe");
        }
        let told = [said, changes.clone(), bench.state("arguments"), bench.state("age-arguments")];
        assert!(!told.iter().any(|t| t.contains(&bench.secret)), "{guide}: the secret was told");

        let second = bench.run(WHOLE);
        assert!(second.status.success(), "{guide}");
        assert_eq!(bench.state("changes"), changes, "{guide}: a second run changes nothing");
    }
}

#[test]
fn a_dry_run_changes_nothing_and_says_what_it_would_do() {
    for guide in scripted() {
        let bench = Bench::new("dry", &guide);
        let run = bench.run(&["--tenant", TENANT, "--dry-run", "--server", "itsm.contoso.com"]);
        let said = said(&run);
        assert!(run.status.success(), "{guide}: {said}");
        assert_eq!(bench.state("changes"), "", "{guide}");
        for would in [
            "would run: az ad app create",
            "would run: az ad app permission admin-consent",
            "would make a secret",
        ] {
            assert!(said.contains(would), "{guide}: {said}");
        }
    }
}

#[test]
fn what_others_gave_the_app_stays_with_it() {
    let bench = Bench::new("others", "pandora-itsm");
    std::fs::write(bench.folder.join("state/app"), "").unwrap();
    std::fs::write(bench.folder.join("state/uris"), "https://other.contoso.com/in\n").unwrap();
    let run = bench.run(WHOLE);
    assert!(run.status.success(), "{}", said(&run));
    let uris = bench.state("uris");
    assert!(uris.contains("https://other.contoso.com/in\n"), "{uris}");
    assert!(uris.contains("https://itsm.contoso.com/pandora\n"), "{uris}");
    assert!(!bench.state("changes").contains("ad app create"));
}

#[test]
fn a_consent_that_is_refused_is_tried_again_and_made_up_for_by_the_next_run() {
    for guide in ["securus360", "pandora-itsm"] {
        let bench = Bench::new("refused", guide);
        let refusals = bench.folder.join("state/refusals");
        std::fs::write(&refusals, "soon\n".repeat(2)).unwrap();
        let run = bench.run(WHOLE);
        assert!(run.status.success(), "{guide}: {}", said(&run));

        let bench = Bench::new("never", guide);
        let refusals = bench.folder.join("state/refusals");
        std::fs::write(&refusals, "never\n".repeat(9)).unwrap();
        let run = bench.run(WHOLE);
        assert_eq!(run.status.code(), Some(1), "{guide}");
        assert!(said(&run).contains(&format!("{TENANT}: FAILED")), "{guide}: {}", said(&run));
        assert!(!bench.state("changes").contains("credential reset"), "{guide}: no secret without consent");
        std::fs::remove_file(&refusals).unwrap();
        assert!(bench.run(WHOLE).status.success(), "{guide}");
        assert_eq!(bench.state("changes").matches("admin-consent").count(), 1, "{guide}");
    }
}

#[test]
fn no_secret_is_made_that_nobody_could_read() {
    let bench = Bench::new("unsealed", "securus360");
    let run = bench.run(&["--tenant", TENANT]);
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    assert_eq!(bench.state("changes"), "");
}

#[test]
fn a_list_of_tenants_gets_a_result_each_and_a_trace_is_refused() {
    let bench = Bench::new("list", "securus360");
    std::fs::write(
        bench.folder.join("tenants.txt"),
        format!("# ours\nrefused.onmicrosoft.com\n{TENANT}\n\nfabrikam.onmicrosoft.com # third\n"),
    )
    .unwrap();
    let run = bench.run(&["--tenants", "tenants.txt", "--dry-run"]);
    let said = said(&run);
    for result in
        ["refused.onmicrosoft.com: FAILED", &format!("{TENANT}: ok"), "fabrikam.onmicrosoft.com: ok"]
    {
        assert_eq!(said.matches(result).count(), 1, "{result}: {said}");
    }
    assert_eq!(run.status.code(), Some(1), "one of three failed");
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
    for (id, plan) in
        compile_library(&Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap())
            .unwrap()
    {
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
