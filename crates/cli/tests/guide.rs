//! `handrail guide …` as a person runs it.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use handrail_guide::render::OUTPUTS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn handrail(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_handrail")).args(arguments).current_dir(root()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn coverage_ends_with_every_statement() {
    let output = handrail(&["guide", "coverage"]);
    assert!(output.status.success());
    assert_eq!(said(&output).trim_end().lines().last(), Some("199 of 199 statements"));
}

#[test]
fn a_clean_guide_lints_with_success_and_a_bad_file_with_failure_and_its_place() {
    assert!(handrail(&["guide", "lint", "squaredup"]).status.success());
    let file = std::env::temp_dir().join(format!("handrail-bad-{}.toml", std::process::id()));
    std::fs::write(&file, "title = \"Bad\"\npurpose = \"x\"\n[vendor]\nname = \"x\"\ndomains = [\"x.example\"]\nfavourite = 1\n").unwrap();
    let output = handrail(&["guide", "lint", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(":6: error [format]"), "{}", said(&output));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn every_output_of_a_guide_is_rendered() {
    for format in OUTPUTS.iter().map(|output| output.name) {
        let output = handrail(&["guide", "render", "securus360", "--as", format]);
        assert!(output.status.success() && !output.stdout.is_empty(), "{format}");
    }
    let none = handrail(&["guide", "render", "rapid7-insightidr", "--as", "az"]);
    assert_eq!(none.status.code(), Some(1), "a guide without an app has no script");
    let other = handrail(&["guide", "render", "securus360", "--credential", "certificate"]);
    assert!(!other.status.success(), "its vendor takes a secret");
    assert_eq!(
        handrail(&["guide", "render", "securus360", "--credential", "secrets"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_new_guide_from_flags_lints_clean() {
    let file = std::env::temp_dir().join(format!("handrail-new-{}.toml", std::process::id()));
    let output = handrail(&[
        "guide",
        "new",
        "--vendor",
        "Contoso Watch",
        "--domain",
        "contoso-watch.example",
        "--purpose",
        "Reads sign-in logs.",
        "--app",
        "Contoso Watch",
        "--permission",
        "AuditLog.Read.All=to read the sign-in logs",
        "--to",
        "Settings",
        "--out",
        file.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}{}", said(&output), String::from_utf8_lossy(&output.stderr));
    assert!(handrail(&["guide", "lint", file.to_str().unwrap()]).status.success());
    std::fs::remove_file(file).unwrap();
}

#[test]
fn saved_guide_health_of_several_admins_is_merged_into_advice_and_anything_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let line = |locator: &str, fault: &str, times: u32| {
        format!(
            r#"{{"control":"register-application.register","lang":"en","build":"wasm","locator":{locator},"fault":"{fault}","times":{times},"last":"2026-11-22"}}"#
        )
    };
    let save = |name: &str, lines: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, format!(r#"{{"format":1,"version":"0.1.0","lines":[{lines}]}}"#)).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (one, two) = (save("one.json", &line("1", "", 2)), save("two.json", &line("1", "", 1)));
    let output = handrail(&["guide", "health", &one]);
    assert!(output.status.success() && said(&output).contains(" 0 pieces of advice"), "{}", said(&output));
    let output = handrail(&["guide", "health", &one, &two]);
    assert!(said(&output).contains("portal/register-application.toml: register-application.register [en]"));
    assert!(said(&output).contains("→ Move way 2 (attribute) to the front."), "{}", said(&output));
    let foreign = save("foreign.json", r#"{"control":"a.b","url":"https://portal.azure.com/"}"#);
    let refused = handrail(&["guide", "health", &foreign]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no file saved under Guide health"));
}

#[test]
fn a_new_guide_of_every_family_lints_clean_asked_for_or_by_flags() {
    let folder = tempfile::tempdir().unwrap();
    let flags = [
        "--vendor",
        "Tailspin",
        "--domain",
        "tailspin.example",
        "--purpose",
        "Reads sign-ins.",
        "--to",
        "Settings",
    ];
    let permission = ["--permission", "AuditLog.Read.All=to read the sign-ins it watches"];
    let families: [&[&str]; 4] = [
        &["--app", "Tailspin"],
        &["--app", "Tailspin", "--credential", "certificate"],
        &["--app", "Tailspin", "--credential", "federated"],
        &["--consent-to", "Tailspin App"],
    ];
    for (n, family) in families.into_iter().enumerate() {
        let file = folder.path().join(format!("t{n}.toml"));
        let out = ["--out", file.to_str().unwrap()];
        let all = [&["guide", "new"], &flags[..], &permission, family, &out].concat();
        let made = handrail(&all);
        assert!(made.status.success(), "{family:?}: {}", said(&made));
        let linted = handrail(&["guide", "lint", file.to_str().unwrap(), "--strict"]);
        assert!(linted.status.success(), "{family:?}: {}", said(&linted));
        let shown = handrail(&["guide", "show", file.to_str().unwrap()]);
        assert!(shown.status.success(), "{family:?}: {}", said(&shown));
    }

    // The same by answers.
    let file = folder.path().join("asked.toml");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_handrail"))
        .args(["guide", "--root", root().to_str().unwrap(), "new", "--out", file.to_str().unwrap()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // What is wrong is said and asked again; nothing that was answered is lost.
    let answers = "\nTailspin\nthe web\nhttps://tailspin.example/start\nReads sign-ins.\nappp\napp\nTailspin\nkey\n\
                   certificate\nMicrosoft Graph/AuditLogs.Read.All=to read\nMail.Read=to read mail\n\
                   Microsoft Graph/AuditLog.Read.All=to read the sign-ins it watches\n\
                   offline_access=to go on when nobody is there\n\nSettings\n";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let written = std::fs::read_to_string(&file).unwrap();
    for part in [
        "[credential.certificate]",
        "[\"tailspin.example\"]",
        "resource = \"microsoft-graph\"",
        "kind = \"delegated\"",
    ] {
        assert!(written.contains(part), "{part} is not in {written}");
    }
    let told = said(&output);
    for told_of in [
        "an answer is needed here",
        "`the web` is no domain",
        "write app or consent",
        "`key` is no credential",
        "did you mean `AuditLog.Read.All`?",
        "write exchange-online/Mail.Read=why or microsoft-graph/Mail.Read=why",
    ] {
        assert!(told.contains(told_of), "{told_of} is not in {told}");
    }
}
